// `writ eval --expr`: one expression over evidence, its value and what is wrong with it.
#pragma once

#include <optional>
#include <string>

#include "cli/run.hpp"
#include "engine/expression.hpp"
#include "language/expression.hpp"

namespace writ::cli {

// The rules that are named; the library and the functions alone where none are.
std::optional<Rules> rules_of(Session& session, const std::vector<std::string>& packs);

// Says why an expression has no value, or one that rests on evidence in part bad. True where it has a sound one.
bool tell_failures(Session& session, const language::Program& program, const engine::ExpressionRun& run);

struct ExpressionArguments {
  std::string text;
  bool json = false;
  std::string output;
  bool allow_inconclusive = false;
};

ExitStatus evaluate_expression(Session& session, const RunArguments& arguments,
                               const ExpressionArguments& expression);

}  // namespace writ::cli
