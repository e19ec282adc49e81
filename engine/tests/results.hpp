// What became of tests. Plain data: reports read it and the program, and nothing else; places in the records that
// tests give are places in the rules.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/verdict/verdicts.hpp"
#include "language/program.hpp"

namespace writ::tests {

// Why a test, or one of its expectations, cannot be decided.
struct Fault {
  std::string message;  // as diagnostics are worded
  source::Span span;
  std::string other;  // where another place explains it: what stands there
  source::Span other_span;
};

struct ExpectationResult {
  std::uint32_t expectation = 0;  // index in the test
  bool met = false;
  // Of one that is not met: what was found instead, and why.
  std::string found;
  std::vector<verdict::Finding> findings;
  std::vector<verdict::Failure> failures;
  std::vector<verdict::MemberTrace> members;
  std::vector<verdict::Decider> because;  // of a condition
};

enum class Status : std::uint8_t {
  passed,
  failed,  // an expectation is not met
  error,   // it cannot be carried out: a field is read that the test leaves out, a value cannot be computed
};
std::string_view spelling(Status status);  // `passed`, `failed`, `error`

struct TestResult {
  std::uint32_t test = 0;  // index in Program::tests
  Status status = Status::passed;
  std::vector<ExpectationResult> expectations;  // in order; those that could be decided
  std::vector<Fault> faults;
};

}  // namespace writ::tests
