// Parameters: their types, defaults and bounds, and the values that packs set.
#include <fmt/format.h>

#include "language/types/check_declaration.hpp"
#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using language::ExprKind;
using language::index;
using language::ParamId;

namespace {

// Whether constants of a type can be written.
bool has_constants(const TypeTable& types, TypeId type) {
  switch (types.kind(type)) {
    case Kind::entity:
    case Kind::record:
      return false;
    case Kind::list:
    case Kind::set:
    case Kind::optional:
      return has_constants(types, types.at(type).element);
    default:
      return true;
  }
}

// Reports the first part of a bound that is known only when records are: a bound is tested before.
bool speaks_of(Checking& checking, ExprId id, std::uint32_t param) {
  const language::Expr& expr = checking.program.expr(id);
  const bool other_param = expr.kind == ExprKind::param && expr.ref != param;
  switch (expr.kind) {
    case ExprKind::all:
    case ExprKind::now:
    case ExprKind::today:
    case ExprKind::period:
    case ExprKind::query:
    case ExprKind::call:
    case ExprKind::param:
      if (expr.kind == ExprKind::param && !other_param) break;
      checking.sink
          .add(Code::not_constant, expr.span, "a bound speaks of its own parameter",
               "known only when rules are evaluated")
          .label(checking.program.params[param].name_span, "the parameter");
      return false;
    default:
      break;
  }
  const std::vector<ExprId> operands = expr.operands;
  for (const ExprId operand : operands) {
    if (!speaks_of(checking, operand, param)) return false;
  }
  return true;
}

void report_unknown_target(Checking& checking, const syntax::DottedName& target) {
  const auto& program = checking.program;
  const std::size_t dot = target.text.rfind('.');
  std::vector<std::string_view> candidates;
  if (dot != std::string::npos) {
    const std::string control = target.text.substr(0, dot);
    const auto found = checking.declarations.controls_by_id.find(control);
    if (found == checking.declarations.controls_by_id.end()) {
      for (const auto& [id, unused] : checking.declarations.controls_by_id) candidates.push_back(id);
      auto& diagnostic = checking.sink.add(Code::unknown_control, target.span,
                                           fmt::format("there is no control `{}`", control), "not known");
      const std::string_view near = diagnostics::nearest(control, candidates);
      if (!near.empty()) {
        diagnostic.fix("a control with a similar id", target.span,
                       fmt::format("{}{}", near, target.text.substr(dot)));
      } else {
        diagnostic.help("a pack sets parameters of the controls that it includes");
      }
      return;
    }
    if (checking.broken(checking.declarations.controls[index(found->second)].decl->span)) return;
  }
  for (const language::ParamDef& param : program.params) candidates.push_back(param.qualified_name);
  auto& diagnostic = checking.sink.add(Code::unknown_param, target.span,
                                       fmt::format("there is no parameter `{}`", target.text), "not known");
  const std::string_view near = diagnostics::nearest(target.text, candidates);
  if (!near.empty()) diagnostic.fix("a parameter with a similar name", target.span, std::string(near));
}

}  // namespace

void declare_params(Checking& checking) {
  for (std::uint32_t id = 0; id < checking.program.params.size(); ++id) {
    const auto& [decl, file] = checking.declarations.params[id];
    const TypeId type = resolve_type(checking, file, decl->type);
    if (decl->type == syntax::TypeExprId::none && !checking.broken(decl->span)) {
      checking.sink.add(Code::needs_type, decl->name.span,
                        fmt::format("`{}` does not say its type", decl->name.text), "its type is missing");
    } else if (type != unknown && !has_constants(checking.program.types, type)) {
      checking.sink.add(Code::not_constant, checking.tree(file).type(decl->type).span,
                        fmt::format("no constant is a `{}`", checking.spelling(type)),
                        "a parameter is set before any record is read");
    }
    checking.program.params[id].type = type;
  }
}

void check_params(Checking& checking) {
  for (std::uint32_t id = 0; id < checking.program.params.size(); ++id) {
    const auto& [decl, file] = checking.declarations.params[id];
    const TypeId type = checking.program.params[id].type;
    const std::optional<language::ControlId> control = checking.program.params[id].control;
    std::vector<language::Local> locals;
    if (decl->default_value != SyntaxId::none) {
      ExpressionChecker expressions(checking, file, locals, std::nullopt);
      ExprId value = ExprId::none;
      if (type == unknown) {
        value = expressions.check(decl->default_value, unknown);
      } else {
        const Asker asker{checking.tree(file).type(decl->type).span, "declared as"};
        value = expressions.check(decl->default_value, type, &asker);
      }
      require_constant(checking, value, "a default");
      checking.program.params[id].default_value = value;
    }
    if (decl->bound != SyntaxId::none) {
      const bool was_used = checking.params_used[id];
      ExpressionChecker expressions(checking, file, locals, control);
      const ExprId bound = expressions.condition(decl->bound).id;
      speaks_of(checking, bound, id);
      checking.params_used[id] = was_used;  // a bound alone is no use
      checking.program.params[id].bound = bound;
    }
  }
}

void check_packs(Checking& checking) {
  std::unordered_map<std::string_view, std::uint32_t> by_name;
  for (std::uint32_t id = 0; id < checking.program.params.size(); ++id)
    by_name.emplace(checking.program.params[id].qualified_name, id);
  std::unordered_map<std::uint32_t, Span> set;
  for (const auto& [decl, file] : checking.declarations.packs) {
    for (const syntax::PackSet& entry : decl->sets) {
      const auto found = by_name.find(entry.target.text);
      if (found == by_name.end()) {
        report_unknown_target(checking, entry.target);
        continue;
      }
      const std::uint32_t id = found->second;
      const auto [first, is_new] = set.emplace(id, entry.target.span);
      if (!is_new) {
        checking.sink
            .add(Code::duplicate_name, entry.target.span, fmt::format("`{}` is set twice", entry.target.text),
                 "set again here")
            .label(first->second, "first set here");
        continue;
      }
      std::vector<language::Local> locals;
      ExpressionChecker expressions(checking, file, locals, std::nullopt);
      const Asker asker{checking.program.params[id].name_span, "declared as"};
      const ExprId value = expressions.check(entry.value, checking.program.params[id].type, &asker);
      require_constant(checking, value, "the value of a parameter");
      checking.program.settings.push_back({static_cast<ParamId>(id), value, entry.span});
    }
  }
}

}  // namespace writ::types
