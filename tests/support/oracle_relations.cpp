#include "tests/support/oracle_relations.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace writ::support {

using facts::EvalError;
using language::DerivationDef;
using language::ExprKind;
using language::index;
using types::Kind;

namespace {

bool same(const std::vector<Value>& a, const std::vector<Value>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Value& left, const Value& right) { return facts::equal(left, right); });
}

bool holds(const OracleEvaluator::Tuples& tuples, const std::vector<Value>& tuple) {
  return std::any_of(tuples.begin(), tuples.end(), [&](const auto& other) { return same(other, tuple); });
}

}  // namespace

// Operands are made before what they are operands of, so it is the last one at its place that says yes or no.
ExprId condition_of(const language::Program& program, const DerivationDef& clause) {
  ExprId out = ExprId::none;
  for (std::uint32_t id = 0; id < program.exprs.size(); ++id) {
    const language::Expr& expr = program.exprs[id];
    const bool there = expr.span.file == clause.span.file && expr.span.begin == clause.span.begin &&
                       expr.span.end == clause.span.end;
    if (there && program.types.kind(expr.type) == Kind::boolean) out = static_cast<ExprId>(id);
  }
  return out;
}

std::set<std::uint32_t> OracleRelations::used_by(std::uint32_t relation) const {
  std::set<std::uint32_t> out;
  std::set<std::uint32_t> functions;
  for (std::size_t id = 0; id < conditions_.size(); ++id) {
    if (index(program_.derivations[id].target) == relation) used_in(conditions_[id], out, functions);
  }
  return out;
}

void OracleRelations::used_in(ExprId id, std::set<std::uint32_t>& out, std::set<std::uint32_t>& functions) const {
  if (id == ExprId::none) return;
  const language::Expr& expr = program_.expr(id);
  for (const ExprId operand : expr.operands) used_in(operand, out, functions);
  if (expr.kind == ExprKind::all && program_.entities[expr.ref].relation) out.insert(expr.ref);
  if (expr.kind == ExprKind::call && functions.insert(expr.ref).second)
    used_in(program_.functions[expr.ref].body, out, functions);
  if (expr.kind != ExprKind::query) return;
  const language::Query& query = program_.queries[expr.ref];
  for (const language::Clause& clause : query.clauses) used_in(clause.collection, out, functions);
  for (const ExprId part : {query.where, query.body, query.order, query.range}) used_in(part, out, functions);
}

std::vector<std::string> OracleRelations::compare(const std::set<std::uint32_t>& wanted) {
  std::vector<std::string> out;
  // What each needs, through others too, by trying all ways.
  std::map<std::uint32_t, std::set<std::uint32_t>> needs;
  std::vector<std::uint32_t> open(wanted.begin(), wanted.end());
  while (!open.empty()) {
    const std::uint32_t relation = open.back();
    open.pop_back();
    if (needs.contains(relation)) continue;
    needs[relation] = used_by(relation);
    open.insert(open.end(), needs[relation].begin(), needs[relation].end());
  }
  for (bool more = true; more;) {
    more = false;
    for (auto& [relation, used] : needs) {
      const std::set<std::uint32_t> before = used;
      for (const std::uint32_t other : before) used.insert(needs[other].begin(), needs[other].end());
      more = more || used.size() > before.size();
    }
  }
  std::set<std::uint32_t> known;
  while (known.size() < needs.size() && out.empty()) {
    for (const auto& [relation, used] : needs) {
      if (known.contains(relation)) continue;
      std::set<std::uint32_t> together{relation};
      for (const std::uint32_t other : used) {
        if (needs[other].contains(relation)) together.insert(other);
      }
      const bool ready = std::all_of(used.begin(), used.end(), [&](std::uint32_t other) {
        return known.contains(other) || together.contains(other);
      });
      if (!ready) continue;
      find(together);
      const bool whole = std::none_of(together.begin(), together.end(),
                                      [&](std::uint32_t one) { return store_.entities[one].broken; });
      for (const std::uint32_t one : together) compare_one(one, whole, out);
      evaluator_.tuples.clear();
      known.insert(together.begin(), together.end());
    }
  }
  return out;
}

void OracleRelations::find(const std::set<std::uint32_t>& together) {
  const auto round = [&] {
    more_ = false;
    for (std::size_t i = 0; i < program_.derivations.size(); ++i) {
      const DerivationDef& clause = program_.derivations[i];
      // Alternatives of one clause have the condition of the clause.
      const bool repeated = i > 0 && conditions_[i - 1] == conditions_[i];
      if (together.contains(index(clause.target)) && !repeated) try_clause(i);
    }
  };
  for (const std::uint32_t relation : together) evaluator_.tuples[relation];
  do round();
  while (more_);
  // The engine takes conditions apart, and can come upon a failure in a part of one that holds, or does not,
  // whatever the part comes to. So a relation that it knows not as a whole is right as well where there is such a
  // part.
  const bool doubtful = std::any_of(together.begin(), together.end(), [&](std::uint32_t relation) {
    return store_.entities[relation].broken && !failed_.contains(relation);
  });
  if (!doubtful) return;
  all_again_ = true;
  evaluator_.try_all_parts = true;
  round();
  evaluator_.try_all_parts = false;
  all_again_ = false;
}

void OracleRelations::try_clause(std::size_t id) {
  Locals locals(program_.derivations[id].locals.size());
  try_records(id, 0, locals);
}

void OracleRelations::try_records(std::size_t id, std::size_t column, Locals& locals) {
  const DerivationDef& clause = program_.derivations[id];
  const auto& columns = program_.entity(clause.target).fields;
  if (column == columns.size()) {
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < columns.size(); ++i) {
      if (program_.types.kind(columns[i].type) != Kind::entity) open.push_back(i);
    }
    // One may be told by another one, in this alternative or that.
    do try_values(id, open, locals);
    while (std::next_permutation(open.begin(), open.end()));
    return;
  }
  const types::Type& type = program_.types.at(columns[column].type);
  if (type.kind != Kind::entity) return try_records(id, column + 1, locals);
  const std::uint32_t rows = store_.entities[type.decl].rows;
  if (rows == 0) may_fail_.insert(index(clause.target));
  for (std::uint32_t row = 0; row < rows; ++row) {
    locals[column] = Value::row(row);
    try_records(id, column + 1, locals);
  }
}

void OracleRelations::try_values(std::size_t id, std::vector<std::uint32_t> open, Locals& locals) {
  const DerivationDef& clause = program_.derivations[id];
  if (open.empty()) return try_tuple(id, locals);
  std::vector<Value> values;
  said(conditions_[id], open, locals, values);
  const std::uint32_t column = open.front();
  open.erase(open.begin());
  for (const Value& value : values) {
    if (value.is_error()) {
      may_fail_.insert(index(clause.target));
      continue;
    }
    locals[column] = value;
    try_values(id, open, locals);
  }
}

// What equations make of the first of the open columns, for any elements that `some` runs over.
void OracleRelations::said(ExprId id, const std::vector<std::uint32_t>& open, Locals& locals,
                           std::vector<Value>& out) {
  const language::Expr& expr = program_.expr(id);
  switch (expr.kind) {
    case ExprKind::logical_and:
    case ExprKind::logical_or:
      for (const ExprId operand : expr.operands) said(operand, open, locals, out);
      return;
    case ExprKind::query:
      if (program_.queries[expr.ref].kind == syntax::QueryKind::some)
        said_in(program_.queries[expr.ref], 0, open, locals, out);
      return;
    case ExprKind::equal:
      for (const std::size_t side : {0U, 1U}) {
        const ExprId other = expr.operands[1 - side];
        if (!names(expr.operands[side], open.front()) || evaluator_.mentions(other, open)) continue;
        const Value value = evaluator_.eval(other, locals);
        const bool known =
            std::any_of(out.begin(), out.end(), [&](const Value& had) { return facts::equal(had, value); });
        if (value.is_error() || (value.is_present() && !known)) out.push_back(value);
      }
      return;
    default:
      return;
  }
}

void OracleRelations::said_in(const language::Query& query, std::size_t clause,
                              const std::vector<std::uint32_t>& open, Locals& locals, std::vector<Value>& out) {
  if (clause == query.clauses.size()) {
    if (query.where != ExprId::none) said(query.where, open, locals, out);
    return;
  }
  if (evaluator_.mentions(query.clauses[clause].collection, open)) return;
  const Value collection = evaluator_.eval(query.clauses[clause].collection, locals);
  if (collection.is_error()) {
    out.push_back(collection);
    return;
  }
  for (std::uint32_t i = 0; i < facts::list_size(collection); ++i) {
    locals[index(query.clauses[clause].local)] = facts::list_element(collection, i);
    said_in(query, clause + 1, open, locals, out);
  }
}

// The variable itself, or it as a value that might have been missing.
bool OracleRelations::names(ExprId id, std::uint32_t local) const {
  const language::Expr& expr = program_.expr(id);
  if (expr.kind == ExprKind::local) return expr.ref == local;
  return expr.kind == ExprKind::widen && program_.types.is_optional(expr.type) && names(expr.operands[0], local);
}

void OracleRelations::try_tuple(std::size_t id, Locals& locals) {
  const DerivationDef& clause = program_.derivations[id];
  const std::uint32_t relation = index(clause.target);
  const Tuple tuple(locals.begin(),
                    locals.begin() + static_cast<std::ptrdiff_t>(program_.entity(clause.target).fields.size()));
  OracleEvaluator::Tuples& tuples = evaluator_.tuples.at(relation);
  evaluator_.go_through(tuples.size());
  const bool known = holds(tuples, tuple);
  if (known && !all_again_) return;
  evaluator_.part_failed = false;
  const Value value = evaluator_.eval(conditions_[id], locals);
  if (evaluator_.part_failed) may_fail_.insert(relation);
  if (value.is_error()) failed_.insert(relation);
  if (!value.is_true() || known) return;
  tuples.push_back(tuple);
  more_ = true;
}

void OracleRelations::compare_one(std::uint32_t relation, bool whole, std::vector<std::string>& out) {
  const language::EntityDef& entity = program_.entities[relation];
  const facts::EntityFacts& found = store_.entities[relation];
  const OracleEvaluator::Tuples& tuples = evaluator_.tuples.at(relation);
  OracleEvaluator::Tuples engine;
  for (std::uint32_t row = 0; row < found.rows; ++row) {
    Tuple tuple;
    for (const facts::Column& column : found.columns) tuple.push_back(column.at(row));
    evaluator_.go_through(engine.size() + tuples.size());
    if (holds(engine, tuple))
      out.push_back(fmt::format("{}: the engine has ({}) twice", entity.name, text(relation, tuple)));
    if (!holds(tuples, tuple))
      out.push_back(fmt::format("{}: only the engine has ({})", entity.name, text(relation, tuple)));
    engine.push_back(std::move(tuple));
  }
  // Of relations that are not known as a whole some may lack.
  for (const Tuple& tuple : tuples) {
    if (whole && !holds(engine, tuple))
      out.push_back(fmt::format("{}: only the oracle has ({})", entity.name, text(relation, tuple)));
  }
  if (!found.broken && failed_.contains(relation))
    out.push_back(
        fmt::format("{}: its condition fails for a combination, and the engine does not say so", entity.name));
  if (found.broken && !failed_.contains(relation) && !may_fail_.contains(relation))
    out.push_back(fmt::format("{}: only the engine fails: {}", entity.name, found.broken_reason));
}

std::string OracleRelations::text(std::uint32_t relation, const Tuple& tuple) const {
  std::string out;
  for (std::size_t i = 0; i < tuple.size(); ++i)
    out += (i == 0 ? "" : ", ") +
           facts::to_text(tuple[i], program_.entities[relation].fields[i].type, program_, store_);
  return out;
}

}  // namespace writ::support
