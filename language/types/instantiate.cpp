#include "language/types/instantiate.hpp"

namespace writ::types {

using language::Expr;
using language::ExprId;
using language::ExprKind;
using language::index;
using language::LocalId;

Instantiation::Instantiation(language::Program& program, const language::IncludeDef& include)
    : program_(program), include_(include), head_(program.templates[index(include.id)].head()) {}

LocalId Instantiation::local(LocalId id) const { return static_cast<LocalId>(index(id) - head_); }

ExprId Instantiation::copy(ExprId id) {
  if (id == ExprId::none) return id;
  if (const auto known = copied_.find(index(id)); known != copied_.end()) return known->second;
  Expr made = program_.expr(id);  // a copy: the table grows
  if (made.kind == ExprKind::local && made.ref < head_) {
    const auto arguments = static_cast<std::uint32_t>(include_.arguments.size());
    if (made.ref < arguments) {
      const Expr& value = program_.expr(include_.arguments[made.ref]);
      made.kind = value.kind;
      made.type = value.type;
      made.operands = value.operands;
      made.ref = value.ref;
    } else {
      made.kind = ExprKind::param;
      made.ref = index(include_.params[made.ref - arguments]);
    }
  } else {
    if (made.kind == ExprKind::local) made.ref -= head_;
    if (made.kind == ExprKind::query) made.ref = copy_query(made.ref);
    for (ExprId& operand : made.operands) operand = copy(operand);
  }
  const auto copy_id = static_cast<ExprId>(program_.exprs.size());
  program_.exprs.push_back(std::move(made));
  copied_.emplace(index(id), copy_id);
  return copy_id;
}

std::uint32_t Instantiation::copy_query(std::uint32_t id) {
  language::Query made = program_.queries[id];
  for (language::Clause& clause : made.clauses) {
    clause.local = local(clause.local);
    clause.collection = copy(clause.collection);
  }
  made.where = copy(made.where);
  made.body = copy(made.body);
  made.order = copy(made.order);
  made.range = copy(made.range);
  program_.queries.push_back(std::move(made));
  return static_cast<std::uint32_t>(program_.queries.size() - 1);
}

language::CheckDef Instantiation::copy(const language::CheckDef& check) {
  language::CheckDef made = check;
  made.locals.erase(made.locals.begin(), made.locals.begin() + head_);
  for (language::Step& step : made.steps) {
    if (step.kind != language::StepKind::where) step.local = local(step.local);
    for (LocalId& column : step.columns) column = local(column);
    step.value = copy(step.value);
  }
  for (language::Requirement& requirement : made.requirements) {
    requirement.condition = copy(requirement.condition);
    requirement.message = copy(requirement.message);
  }
  made.from = include_.id;
  made.included_at = include_.span;
  return made;
}

}  // namespace writ::types
