// Which conditions tests made true and false. A condition is a `where`, a `require`, what an `if` asks, what an
// `every` or a `percent` wants satisfied; of one that is made with `and`, `or` and `not`, each part is a condition
// of its own, and the whole is none: it is decided by them.
// Observed by evaluating the checks and conditions of a test once more, member by member and part by part, as they
// are written; the evaluation that decides is not burdened.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/eval/run.hpp"
#include "language/program.hpp"

namespace writ::tests {

// How often each expression, by ExprId, was true and false as a condition.
struct Observations {
  std::vector<std::uint64_t> held;
  std::vector<std::uint64_t> broke;

  void add(const Observations& other);
};

// Observes the conditions that making the derived records and deciding the test's expectations ask for.
void observe(eval::Run& run, const language::TestDef& test, Observations& into);

// `part`: of an `and` or `or` elsewhere, as in a function of type Bool.
enum class ConditionKind : std::uint8_t { where, require, if_, satisfies, part };
std::string_view spelling(ConditionKind kind);  // `where`, `require`, `if`, `satisfies`, `part`

// One condition of the rules, however often a template or a function brings it in.
struct Condition {
  ConditionKind kind{};
  source::Span span;
  // `ACC-07.disabled_in_time`, `left_on`, `derive Account`: the declaration that it stands in.
  std::string owner;
  std::uint64_t held = 0;
  std::uint64_t broke = 0;
  // What a comment `# coverage: …` on its last line says of a side that cannot be; empty where there is none.
  std::string excused;
  bool both() const { return held > 0 && broke > 0; }
  bool covered() const { return both() || (!excused.empty() && held + broke > 0); }
};

// The conditions of checks, functions and derivations in the given files, by file and place.
std::vector<Condition> conditions(const language::Program& program, const Observations& observed,
                                  const std::vector<source::FileId>& files);

}  // namespace writ::tests
