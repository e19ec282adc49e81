// Runs the tests of a program: for each, the records that it gives become a fact store, the checks that it expects
// something of are evaluated, and each expectation is judged. Tests share nothing and run in parallel; results come
// in the order in which they were asked for.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/facts/functions.hpp"
#include "engine/tests/coverage.hpp"
#include "engine/tests/results.hpp"
#include "language/program.hpp"

namespace writ::tests {

struct TestOptions {
  unsigned threads = 0;   // 0: one a processor
  bool coverage = false;  // fills TestRun::observed
};

struct TestRun {
  std::vector<TestResult> results;
  Observations observed;
};

// `chosen` are indexes in Program::tests. The program has no errors.
TestRun run_tests(const language::Program& program, facts::KernelTable kernels,
                  const std::vector<std::uint32_t>& chosen, const TestOptions& options);

}  // namespace writ::tests
