// Reads of fields that a test leaves out: they keep what hangs on them from being decided.
#pragma once

#include <set>
#include <vector>

#include "engine/eval/run.hpp"
#include "engine/tests/fixture.hpp"
#include "engine/tests/results.hpp"

namespace writ::tests {

class UnsetReads {
 public:
  UnsetReads(eval::Run& run, const Fixture& fixture, TestResult& result)
      : run_(run), fixture_(fixture), result_(result) {}

  // Whether the expectation cannot be decided for them. Each field is reported once, as a fault of the result. What
  // a message reads counts only where the expectation says something of the message.
  bool any(const language::Expectation& expectation, const std::vector<const verdict::CheckResult*>& checks);

 private:
  void report(std::uint32_t number, source::Span read);

  eval::Run& run_;
  const Fixture& fixture_;
  TestResult& result_;
  std::set<std::uint32_t> reported_;
};

}  // namespace writ::tests
