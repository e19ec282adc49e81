#include "engine/eval/trace.hpp"

#include <algorithm>

#include "engine/eval/compare.hpp"
#include "engine/eval/population.hpp"

namespace writ::eval {

using language::Expr;
using language::ExprKind;
using language::QueryKind;

namespace {

constexpr std::uint32_t deepest = 8;
constexpr std::size_t most_deciders = 40;
constexpr std::uint32_t most_near_misses = 3;

// Finds one combination for which a condition has a wanted value; keeps what its locals are bound to.
class Witness : public PipelineSink {
 public:
  Witness(Evaluator& evaluator, ExprId body, bool wanted) : evaluator_(evaluator), body_(body), wanted_(wanted) {}
  bool decided(std::uint32_t) const override { return found_; }
  void failed(Tuples&, std::uint32_t, std::uint32_t, const Value&) override {}
  void accept(Tuples& tuples, const std::vector<std::uint32_t>&, const std::vector<Value>& verdicts) override {
    const Vec bodies = body_ == ExprId::none ? Vec(Value::boolean(wanted_)) : evaluator_.eval(body_, tuples);
    for (std::uint32_t i = 0; i < tuples.size() && !found_; ++i) {
      if (!verdicts[i].is_true() || bodies[i].is_true() != wanted_ || bodies[i].is_error()) continue;
      found_ = true;
      locals.resize(tuples.locals());
      bound.resize(tuples.locals());
      for (std::uint32_t local = 0; local < tuples.locals(); ++local) {
        if (const Value* values = tuples.local(static_cast<LocalId>(local))) {
          locals[local] = values[i];
          bound[local] = true;
        }
      }
    }
  }
  bool found() const { return found_; }

  std::vector<Value> locals;
  std::vector<bool> bound;

 private:
  Evaluator& evaluator_;
  ExprId body_;
  bool wanted_;
  bool found_ = false;
};

bool is_plain(ExprKind kind) {
  return kind == ExprKind::literal || kind == ExprKind::enum_member || kind == ExprKind::missing;
}

}  // namespace

std::vector<verdict::Decider> Tracer::trace(ExprId condition, Tuples& tuples) {
  deciders_.clear();
  explain(condition, tuples, 0);
  return std::move(deciders_);
}

void Tracer::explain(ExprId id, Tuples& tuples, std::uint32_t depth) {
  if (depth > deepest || deciders_.size() >= most_deciders) return;
  const Expr& expr = run_.program.expr(id);
  switch (expr.kind) {
    case ExprKind::logical_and:
    case ExprKind::logical_or:
      logical(expr, value(id, tuples), tuples, depth);
      return;
    case ExprKind::logical_not:
    case ExprKind::widen:
    case ExprKind::present:
      explain(expr.operands[0], tuples, depth);
      return;
    case ExprKind::conditional: {
      const Value condition = value(expr.operands[0], tuples);
      explain(expr.operands[0], tuples, depth);
      if (!condition.is_error()) explain(expr.operands[condition.is_true() ? 1 : 2], tuples, depth);
      return;
    }
    case ExprKind::query:
      query(id, expr, value(id, tuples), tuples, depth);
      return;
    case ExprKind::call:
      call(id, expr, value(id, tuples), tuples, depth);
      return;
    case ExprKind::field:
    case ExprKind::safe_field:
    case ExprKind::local:
      leaf(id, tuples, depth);
      return;
    default:
      operands(expr, tuples, depth);
      return;
  }
}

// What decides an `and` that is false is the side that is false; where both sides were needed, both.
void Tracer::logical(const Expr& expr, const Value& result, Tuples& tuples, std::uint32_t depth) {
  const bool is_and = expr.kind == ExprKind::logical_and;
  const bool decides_alone = is_and ? result.is_false() : result.is_true();
  const Value left = value(expr.operands[0], tuples);
  if (decides_alone) {
    const bool left_decides = is_and ? left.is_false() : left.is_true();
    explain(expr.operands[left_decides ? 0 : 1], tuples, depth);
    return;
  }
  if (result.is_error()) {
    explain(expr.operands[left.is_error() ? 0 : 1], tuples, depth);
    return;
  }
  explain(expr.operands[0], tuples, depth);
  explain(expr.operands[1], tuples, depth);
}

void Tracer::operands(const Expr& expr, Tuples& tuples, std::uint32_t depth) {
  for (const ExprId operand : expr.operands) {
    const ExprKind kind = run_.program.expr(operand).kind;
    if (is_plain(kind)) continue;
    if (kind == ExprKind::query || kind == ExprKind::call || kind == ExprKind::conditional) {
      explain(operand, tuples, depth);
    } else {
      leaf(operand, tuples, depth);
    }
  }
}

void Tracer::leaf(ExprId id, Tuples& tuples, std::uint32_t depth) {
  const Expr& expr = run_.program.expr(id);
  if (expr.kind == ExprKind::present || expr.kind == ExprKind::widen) {
    leaf(expr.operands[0], tuples, depth);
    return;
  }
  if (is_plain(expr.kind)) return;
  add(id, value(id, tuples), place(id, tuples), depth);
  // A sum or a call within is shown with what it is made of.
  if (expr.kind != ExprKind::field && expr.kind != ExprKind::safe_field && expr.kind != ExprKind::local &&
      depth < deepest) {
    operands(expr, tuples, depth + 1);
  }
}

void Tracer::query(ExprId id, const Expr& expr, const Value& result, Tuples& tuples, std::uint32_t depth) {
  const language::Query& query = run_.program.queries[expr.ref];
  add(id, result, std::nullopt, depth);
  const bool exists =
      (query.kind == QueryKind::some && result.is_true()) || (query.kind == QueryKind::no && result.is_false());
  const bool counterexample = query.kind == QueryKind::every && result.is_false();
  if (!exists && !counterexample) {
    if (query.kind == QueryKind::some || query.kind == QueryKind::no) near_misses(query, tuples, depth);
    return;
  }
  Witness witness(evaluator_, counterexample ? query.body : ExprId::none, !counterexample);
  evaluator_.run(run_.plan.queries[expr.ref], 0, tuples, {0}, witness);
  if (!witness.found()) return;
  Tuples one(evaluator_.pool(), 1, tuples.locals());
  for (std::uint32_t local = 0; local < tuples.locals(); ++local) {
    if (witness.bound[local]) one.bind(static_cast<LocalId>(local), Vec(witness.locals[local]));
  }
  for (const language::Clause& clause : query.clauses) {
    element(clause, witness.locals[language::index(clause.local)], depth + 1);
  }
  if (query.where != ExprId::none) explain(query.where, one, depth + 1);
  if (counterexample) explain(query.body, one, depth + 1);
}

// A record of a collection; what else it holds is seen where it is looked at.
void Tracer::element(const language::Clause& clause, const Value& bound, std::uint32_t depth) {
  if (bound.kind != ValueKind::row) return;
  const types::Type& type = run_.program.types.at(run_.program.expr(clause.collection).type);
  const auto entity = static_cast<types::EntityId>(run_.program.types.at(type.element).decl);
  verdict::Decider decider;
  decider.expression = plan::source_text(run_.program, clause.collection);
  decider.value = facts::to_text(bound, type.element, run_.program, run_.store);
  decider.span = run_.program.expr(clause.collection).span;
  if (!run_.program.entity(entity).relation)
    decider.place = run_.store.locate(entity, static_cast<std::uint32_t>(bound.i));
  decider.depth = depth;
  deciders_.push_back(std::move(decider));
}

// Why none of a few elements is the one that was looked for.
void Tracer::near_misses(const language::Query& query, Tuples& tuples, std::uint32_t depth) {
  const language::Clause& clause = query.clauses.front();
  const Expr& over = run_.program.expr(clause.collection);
  if (query.clauses.size() != 1 || query.where == ExprId::none || over.kind == ExprKind::all) return;
  const Value collection = value(clause.collection, tuples);
  if (collection.is_error()) return;
  const std::uint32_t size = facts::list_size(collection);
  if (size == 0) add(clause.collection, collection, std::nullopt, depth + 1);
  if (size > most_near_misses) return;
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value bound = facts::list_element(collection, i);
    Tuples one(evaluator_.pool(), tuples, {0});
    one.bind(clause.local, Vec(bound));
    element(clause, bound, depth + 1);
    explain(query.where, one, depth + 1);
  }
}

void Tracer::call(ExprId id, const Expr& expr, const Value& result, Tuples& tuples, std::uint32_t depth) {
  add(id, result, std::nullopt, depth);
  const language::FunctionDef& function = run_.program.functions[expr.ref];
  Tuples frame(evaluator_.pool(), 1, static_cast<std::uint32_t>(function.locals.size()));
  for (std::uint32_t p = 0; p < function.params; ++p) {
    frame.bind(static_cast<LocalId>(p), Vec(value(expr.operands[p], tuples)));
  }
  explain(function.body, frame, depth + 1);
}

void Tracer::add(ExprId id, const Value& result, std::optional<facts::TextPlace> at, std::uint32_t depth) {
  const Expr& expr = run_.program.expr(id);
  verdict::Decider decider;
  decider.expression = plan::source_text(run_.program, id);
  decider.value = result.is_error() ? std::string(reason(static_cast<facts::EvalError>(result.aux)))
                                    : facts::to_text(result, expr.type, run_.program, run_.store);
  decider.span = expr.span;
  decider.place = std::move(at);
  decider.depth = depth;
  const auto repeated = [&](const verdict::Decider& other) {
    return other.expression == decider.expression && other.value == decider.value && other.depth == decider.depth;
  };
  if (std::any_of(deciders_.begin(), deciders_.end(), repeated)) return;
  deciders_.push_back(std::move(decider));
}

// Where the evidence holds a field, reached from a record through any number of nested records.
std::optional<facts::TextPlace> Tracer::place(ExprId id, Tuples& tuples) {
  const Expr* expr = &run_.program.expr(id);
  language::Path path;
  while (expr->kind == ExprKind::field || expr->kind == ExprKind::safe_field) {
    const ExprId object = expr->operands[0];
    const types::Type& type =
        run_.program.types.at(run_.program.types.strip_optional(run_.program.expr(object).type));
    const auto& fields = type.kind == types::Kind::entity ? run_.program.entities[type.decl].fields
                                                          : run_.program.records[type.decl].fields;
    const language::FieldDef& field = fields[expr->ref];
    if (field.inverse) return std::nullopt;
    path.insert(path.begin(), field.path.begin(), field.path.end());
    if (type.kind == types::Kind::entity) {
      const Value record = value(object, tuples);
      if (record.kind != ValueKind::row) return std::nullopt;
      if (run_.program.entities[type.decl].relation) return related_place(id, expr->type, tuples);
      return run_.store.locate(static_cast<types::EntityId>(type.decl), static_cast<std::uint32_t>(record.i), path);
    }
    expr = &run_.program.expr(object);
    while (expr->kind == ExprKind::present) expr = &run_.program.expr(expr->operands[0]);
  }
  if (expr->kind != ExprKind::local || !path.empty()) return std::nullopt;
  return related_place(id, expr->type, tuples);
}

// Where the record stands that an expression gives; nothing where it gives something else.
std::optional<facts::TextPlace> Tracer::related_place(ExprId id, types::TypeId type_id, Tuples& tuples) {
  const types::Type& type = run_.program.types.at(run_.program.types.strip_optional(type_id));
  const Value record = value(id, tuples);
  if (type.kind != types::Kind::entity || record.kind != ValueKind::row) return std::nullopt;
  return run_.store.locate(static_cast<types::EntityId>(type.decl), static_cast<std::uint32_t>(record.i));
}

}  // namespace writ::eval
