#include "tests/support/oracle_reads.hpp"

#include "tests/support/oracle_relations.hpp"

namespace writ::support {

using language::ExprKind;
using language::index;
using types::Kind;

OracleReads::OracleReads(const language::Program& program, language::CheckId id) : program_(program) {
  const language::CheckDef& check = program.checks[index(id)];
  for (const language::Step& step : check.steps) walk(step.value);
  for (const language::Requirement& requirement : check.requirements) {
    walk(requirement.condition);
    walk(requirement.message);
  }
  for (const language::WaiverDef& waiver : program.waivers) {
    if (waiver.check == id) walk(waiver.where);
  }
}

OracleReads OracleReads::of_derivations(const language::Program& program, std::uint32_t entity) {
  OracleReads out(program);
  out.sources_too_ = false;
  for (const language::DerivationDef& derivation : program.derivations) {
    if (index(derivation.target) == entity) out.derivation(derivation);
  }
  return out;
}

void OracleReads::walk(ExprId id) {
  if (id == ExprId::none) return;
  const language::Expr& expr = program_.expr(id);
  for (const ExprId operand : expr.operands) walk(operand);
  if (expr.kind == ExprKind::all && program_.entities[expr.ref].relation) {
    relation(expr.ref);
  } else if (expr.kind == ExprKind::all) {
    asked_.insert(expr.ref);
    entity(expr.ref);
  }
  if (expr.kind == ExprKind::is_present || expr.kind == ExprKind::is_dangling || expr.kind == ExprKind::coalesce) {
    const types::Type& asked =
        program_.types.at(program_.types.strip_optional(program_.expr(expr.operands[0]).type));
    if (asked.kind == Kind::entity) asked_.insert(asked.decl);
  }
  if (expr.kind == ExprKind::field || expr.kind == ExprKind::safe_field) field(expr);
  if (expr.kind == ExprKind::call && functions_.insert(expr.ref).second) walk(program_.functions[expr.ref].body);
  if (expr.kind != ExprKind::query) return;
  const language::Query& query = program_.queries[expr.ref];
  for (const language::Clause& clause : query.clauses) walk(clause.collection);
  for (const ExprId part : {query.where, query.body, query.order, query.range}) walk(part);
}

void OracleReads::derivation(const language::DerivationDef& derivation) {
  for (const language::Step& step : derivation.steps) walk(step.value);
  for (const language::Requirement& requirement : derivation.requirements) {
    walk(requirement.condition);
    walk(requirement.message);
  }
  for (const ExprId value : derivation.values) walk(value);
}

// What its clauses are written with, and the records that its variables can stand for.
void OracleReads::relation(std::uint32_t id) {
  if (!relations_.insert(id).second) return;
  for (const language::FieldDef& column : program_.entities[id].fields) {
    const types::Type& type = program_.types.at(column.type);
    if (type.kind == Kind::entity) entity(type.decl);
  }
  for (const language::DerivationDef& clause : program_.derivations) {
    if (index(clause.target) == id) walk(condition_of(program_, clause));
  }
}

// With the records, what they are derived of.
void OracleReads::entity(std::uint32_t id) {
  if (!entities_.insert(id).second || !sources_too_) return;
  for (const language::DerivationDef& one : program_.derivations) {
    if (index(one.target) == id) derivation(one);
  }
}

void OracleReads::field(const language::Expr& expr) {
  const types::Type& object =
      program_.types.at(program_.types.strip_optional(program_.expr(expr.operands[0]).type));
  if (object.kind == Kind::entity && program_.entities[object.decl].relation) return;
  if (object.kind == Kind::entity) {
    asked_.insert(object.decl);
    entity(object.decl);
    fields_.insert({object.decl, expr.ref});
  }
  const auto& fields =
      object.kind == Kind::entity ? program_.entities[object.decl].fields : program_.records[object.decl].fields;
  if (fields[expr.ref].inverse) {
    asked_.insert(index(fields[expr.ref].inverse_entity));
    entity(index(fields[expr.ref].inverse_entity));
    fields_.insert({index(fields[expr.ref].inverse_entity), fields[expr.ref].inverse_field});
  }
  entities_within(fields[expr.ref].type);
}

// What values of a type refer to, nested records included.
void OracleReads::entities_within(types::TypeId id) {
  types::Type type = program_.types.at(id);
  while (type.kind == Kind::optional || type.kind == Kind::list || type.kind == Kind::set)
    type = program_.types.at(type.element);
  if (type.kind == Kind::entity) entity(type.decl);
  if (type.kind != Kind::record) return;
  for (const language::FieldDef& part : program_.records[type.decl].fields) entities_within(part.type);
}

}  // namespace writ::support
