// Values of parameters: `set ACC-07.grace = 4 hours`, in a pack, in a profile or in a test.
#include <fmt/format.h>

#include "language/names/patterns.hpp"
#include "language/types/check_declaration.hpp"
#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using language::index;
using language::ParamId;

namespace {

// The parameters of a control are tried first: a misspelt name is more likely than a misspelt id.
void unknown_param(Checking& checking, const syntax::DottedName& target) {
  const auto& program = checking.program;
  const std::size_t dot = target.text.rfind('.');
  if (dot != std::string::npos) {
    const std::string control = target.text.substr(0, dot);
    const auto found = checking.declarations.controls_by_id.find(control);
    if (found == checking.declarations.controls_by_id.end()) {
      const Span id{target.span.file, target.span.begin, target.span.begin + static_cast<std::uint32_t>(dot)};
      unknown_control(checking, id, control);
      return;
    }
    if (checking.broken(checking.declarations.controls[index(found->second)].decl->span)) return;
  }
  std::vector<std::string_view> candidates;
  for (const language::ParamDef& param : program.params) candidates.push_back(param.qualified_name);
  auto& diagnostic = checking.sink.add(Code::unknown_param, target.span,
                                       fmt::format("there is no parameter `{}`", target.text), "not known");
  const std::string_view near = diagnostics::nearest(target.text, candidates);
  if (!near.empty()) diagnostic.fix("a parameter with a similar name", target.span, std::string(near));
}

}  // namespace

void unknown_control(Checking& checking, Span span, std::string_view id) {
  std::vector<std::string_view> candidates;
  for (const auto& [known, unused] : checking.declarations.controls_by_id) candidates.push_back(known);
  auto& diagnostic =
      checking.sink.add(Code::unknown_control, span, fmt::format("there is no control `{}`", id), "not known");
  for (const language::LibraryModule& module : checking.library) {
    for (const std::string_view known : names::control_ids(module.text)) {
      candidates.push_back(known);
      if (known != id) continue;
      diagnostic.help(
          fmt::format("`{}` has it: `include {}`, or `include {}` alone", module.name, module.name, id));
      return;
    }
  }
  const std::string_view near = diagnostics::nearest(id, candidates);
  if (!near.empty()) {
    diagnostic.fix("a control with a similar id", span, std::string(near));
  } else {
    diagnostic.help("a pack speaks of the controls that it includes, and of those that stand beside it");
  }
}

std::optional<language::ParamSetting> check_setting(Checking& checking, std::uint32_t file,
                                                    const syntax::PackSet& decl) {
  for (std::uint32_t id = 0; id < checking.program.params.size(); ++id) {
    if (checking.program.params[id].qualified_name != decl.target.text) continue;
    std::vector<language::Local> locals;
    ExpressionChecker expressions(checking, file, locals, std::nullopt);
    const TypeId type = checking.program.params[id].type;
    const Asker asker{checking.program.params[id].name_span, "declared as"};
    const ExprId value = expressions.check(decl.value, type, type == unknown ? nullptr : &asker);
    require_constant(checking, value, "the value of a parameter");
    return language::ParamSetting{static_cast<ParamId>(id), value, decl.span};
  }
  unknown_param(checking, decl.target);
  return std::nullopt;
}

}  // namespace writ::types
