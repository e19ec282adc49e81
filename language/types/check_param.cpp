// Parameters: their types, defaults and bounds.
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
bool speaks_of(Checking& checking, ExprId id, const Own& own) {
  const language::Expr& expr = checking.program.expr(id);
  switch (expr.kind) {
    case ExprKind::all:
    case ExprKind::now:
    case ExprKind::today:
    case ExprKind::period:
    case ExprKind::query:
    case ExprKind::call:
    case ExprKind::param:
    case ExprKind::local:
      if (expr.kind == own.kind && expr.ref == own.ref) break;
      checking.sink
          .add(Code::not_constant, expr.span, "a bound speaks of its own parameter",
               "known only when rules are evaluated")
          .label(own.span, "the parameter");
      return false;
    default:
      break;
  }
  const std::vector<ExprId> operands = expr.operands;
  for (const ExprId operand : operands) {
    if (!speaks_of(checking, operand, own)) return false;
  }
  return true;
}

}  // namespace

TypeId check_param_type(Checking& checking, std::uint32_t file, const syntax::Name& name,
                        syntax::TypeExprId written, Span whole) {
  const TypeId type = resolve_type(checking, file, written);
  if (written == syntax::TypeExprId::none && !checking.broken(whole)) {
    checking.sink.add(Code::needs_type, name.span, fmt::format("`{}` does not say its type", name.text),
                      "its type is missing");
  } else if (type != unknown && !has_constants(checking.program.types, type)) {
    checking.sink.add(Code::not_constant, checking.tree(file).type(written).span,
                      fmt::format("no constant is a `{}`", checking.spelling(type)),
                      "a parameter is set before any record is read");
  }
  return type;
}

ExprId check_default(Checking& checking, std::uint32_t file, SyntaxId value, syntax::TypeExprId written,
                     TypeId type) {
  if (value == SyntaxId::none) return ExprId::none;
  std::vector<language::Local> locals;
  ExpressionChecker expressions(checking, file, locals, std::nullopt);
  ExprId made = ExprId::none;
  if (type == unknown) {
    made = expressions.check(value, unknown);
  } else {
    const Asker asker{checking.tree(file).type(written).span, "declared as"};
    made = expressions.check(value, type, &asker);
  }
  require_constant(checking, made, "a default");
  return made;
}

ExprId check_bound(Checking& checking, ExpressionChecker& expressions, SyntaxId condition, const Own& own) {
  if (condition == SyntaxId::none) return ExprId::none;
  const ExprId bound = expressions.condition(condition).id;
  speaks_of(checking, bound, own);
  return bound;
}

void declare_params(Checking& checking) {
  for (std::uint32_t id = 0; id < checking.program.params.size(); ++id) {
    const auto& [decl, file] = checking.declarations.params[id];
    checking.program.params[id].type = check_param_type(checking, file, decl->name, decl->type, decl->span);
  }
}

void check_params(Checking& checking) {
  for (std::uint32_t id = 0; id < checking.program.params.size(); ++id) {
    const auto& [decl, file] = checking.declarations.params[id];
    const ExprId value =
        check_default(checking, file, decl->default_value, decl->type, checking.program.params[id].type);
    checking.program.params[id].default_value = value;
    const bool was_used = checking.params_used[id];
    std::vector<language::Local> locals;
    ExpressionChecker expressions(checking, file, locals, checking.program.params[id].control);
    const Own own{ExprKind::param, id, checking.program.params[id].name_span};
    const ExprId bound = check_bound(checking, expressions, decl->bound, own);
    checking.params_used[id] = was_used;  // a bound alone is no use
    checking.program.params[id].bound = bound;
  }
}

}  // namespace writ::types
