// Tests: the records that they give, typed field by field, and what they expect. In: the checked program, whose
// declarations a test names. Out: Program::tests.
#pragma once

#include "language/types/check_expression.hpp"

namespace writ::types {

// A record of `given`, fields of which may be left out. `expressions` is the test's.
std::optional<language::GivenRecord> check_given(Checking& checking, std::uint32_t file,
                                                 ExpressionChecker& expressions, const syntax::TestGiven& given);
// An expectation of a test whose records have been checked; `damaged`: some of it did not parse or could not be
// typed, so that what seems to be missing is not reported.
std::optional<language::Expectation> check_expectation(Checking& checking, std::uint32_t file,
                                                       const language::TestDef& test, bool damaged,
                                                       const syntax::TestExpect& expect);

// Where the clock, or the audit period, is read first, directly or in a function that is called.
struct ClockReads {
  std::optional<Span> now;
  std::optional<Span> period;
};

// Answers for many roots; what functions read is found out once.
class ClockFinder {
 public:
  explicit ClockFinder(const language::Program& program);
  void find(ExprId root, ClockReads& into);

 private:
  const ClockReads& of_function(std::uint32_t function);

  const language::Program& program_;
  std::vector<std::optional<ClockReads>> functions_;
};

}  // namespace writ::types
