// Runs checks: who is in a check's population, and who breaks which requirement.
// A check whose population starts with a scan is cut into ranges of rows, so that threads share it; results of the
// ranges, taken in order, are the check's.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/eval/run.hpp"
#include "language/program.hpp"

namespace writ::eval {

// One member of a population, or a combination of records that failed before it was known to be one.
struct Member {
  std::vector<Value> locals;      // by LocalId; missing where not bound yet
  std::vector<bool> bound;        // by LocalId
  std::uint32_t requirement = 0;  // that it breaks
  Value message;                  // broken: the text, or the error that kept it from being made
  Value error;                    // failed: why
};

struct Range {
  language::CheckId check{};
  std::uint32_t first = 0;  // rows of the first scan; the whole check where it has none
  std::uint32_t last = 0;
};

struct RangeResult {
  std::uint64_t population = 0;
  std::uint64_t failed_in_scope = 0;  // members whose requirement failed to evaluate
  std::vector<Member> broken;
  std::vector<Member> failed;
  facts::Arena arena;  // owns what members' values point to
};

std::vector<Range> ranges(const Run& run, const std::vector<language::CheckId>& checks);
RangeResult run_range(Run& run, const Range& range);

// Every member of the population of a range, in order, whether it breaks a requirement or not.
std::vector<Member> members(Run& run, const Range& range, facts::Arena& arena);

std::string_view reason(facts::EvalError error);  // `division by zero`

}  // namespace writ::eval
