// Evaluates checks and conditions once more, one combination of records at a time, and notes what each condition
// was. Costs a multiple of what deciding costs: it is for the few records of tests.
#include <algorithm>
#include <set>

#include "engine/eval/evaluator.hpp"
#include "engine/tests/coverage.hpp"

namespace writ::tests {

using eval::Tuples;
using facts::Value;
using facts::ValueKind;
using language::Expr;
using language::ExprId;
using language::ExprKind;
using language::index;
using language::LocalId;
using language::QueryKind;

void Observations::add(const Observations& other) {
  held.resize(std::max(held.size(), other.held.size()));
  broke.resize(held.size());
  for (std::size_t i = 0; i < other.held.size(); ++i) {
    held[i] += other.held[i];
    broke[i] += other.broke[i];
  }
}

namespace {

class Observing {
 public:
  Observing(eval::Run& run, Observations& into) : run_(run), into_(into), evaluator_(run) {}

  void check(language::CheckId id) {
    const language::CheckDef& check = run_.program.checks[index(id)];
    Frame frame(check.locals.size());
    steps(check.steps, 0, frame, [&] {
      require(check.requirements, frame);
    });
  }

  void derivation(const language::DerivationDef& derivation) {
    Frame frame(derivation.locals.size());
    steps(derivation.steps, 0, frame, [&] {
      if (!require(derivation.requirements, frame)) return;
      for (const ExprId value : derivation.values) {
        if (value != ExprId::none) walk(value, frame);
      }
    });
  }

  void expression(ExprId id, std::size_t locals) {
    Frame frame(locals);
    walk(id, frame);
  }

 private:
  // What the locals of one declaration are bound to.
  struct Frame {
    explicit Frame(std::size_t locals) : values(locals), bound(locals, false) {}
    void bind(LocalId local, const Value& value) {
      values[index(local)] = value;
      bound[index(local)] = true;
    }
    std::vector<Value> values;
    std::vector<bool> bound;
  };

  Value value(ExprId id, const Frame& frame) {
    if (run_.plan.facts(id).closed) return run_.constant(id);
    Tuples one(evaluator_.pool(), 1, static_cast<std::uint32_t>(frame.values.size()));
    for (std::uint32_t local = 0; local < frame.values.size(); ++local) {
      if (frame.bound[local]) one.bind(static_cast<LocalId>(local), eval::Vec(frame.values[local]));
    }
    return evaluator_.eval(id, one)[0];
  }

  // A condition: its value, noted part by part.
  Value condition(ExprId id, Frame& frame) {
    const Expr& expr = run_.program.expr(id);
    switch (expr.kind) {
      case ExprKind::logical_and:
      case ExprKind::logical_or: {
        const Value left = condition(expr.operands[0], frame);
        const bool decided = expr.kind == ExprKind::logical_and ? left.is_false() : left.is_true();
        if (decided) return left;
        const Value right = condition(expr.operands[1], frame);
        const bool right_decides = expr.kind == ExprKind::logical_and ? right.is_false() : right.is_true();
        return left.is_error() && !right_decides ? left : right;
      }
      case ExprKind::logical_not: {
        const Value inner = condition(expr.operands[0], frame);
        return inner.is_error() ? inner : Value::boolean(!inner.is_true());
      }
      default: {
        const Value result = value(id, frame);
        if (result.is_true()) ++into_.held[index(id)];
        if (result.is_false()) ++into_.broke[index(id)];
        walk(id, frame);
        return result;
      }
    }
  }

  // Whether all hold; none is looked at behind one that does not.
  bool require(const std::vector<language::Requirement>& requirements, Frame& frame) {
    for (const language::Requirement& requirement : requirements) {
      const Value holds = condition(requirement.condition, frame);
      if (holds.is_false()) walk(requirement.message, frame);
      if (!holds.is_true()) return false;
    }
    return true;
  }

  // The conditions within an expression that its evaluation comes to.
  void walk(ExprId id, Frame& frame) {
    const Expr& expr = run_.program.expr(id);
    switch (expr.kind) {
      case ExprKind::logical_and:
      case ExprKind::logical_or:
      case ExprKind::logical_not:
        condition(id, frame);
        return;
      case ExprKind::conditional: {
        const Value holds = condition(expr.operands[0], frame);
        if (!holds.is_error()) walk(expr.operands[holds.is_true() ? 1 : 2], frame);
        return;
      }
      case ExprKind::coalesce:
        walk(expr.operands[0], frame);
        if (!value(expr.operands[0], frame).is_present()) walk(expr.operands[1], frame);
        return;
      case ExprKind::call:
        for (const ExprId operand : expr.operands) walk(operand, frame);
        call(expr, frame);
        return;
      case ExprKind::query:
        query(run_.program.queries[expr.ref], 0, frame);
        return;
      default:
        for (const ExprId operand : expr.operands) walk(operand, frame);
        return;
    }
  }

  void call(const Expr& expr, Frame& frame) {
    const language::FunctionDef& function = run_.program.functions[expr.ref];
    Frame inner(function.locals.size());
    std::vector<std::int64_t> key{expr.ref};
    bool comparable = true;
    for (std::uint32_t p = 0; p < function.params; ++p) {
      const Value argument = value(expr.operands[p], frame);
      if (argument.is_error()) return;
      inner.bind(static_cast<LocalId>(p), argument);
      comparable = comparable && argument.kind == ValueKind::row;
      key.push_back(argument.i);
    }
    // What a function does with a record it does again.
    if (comparable && !called_.insert(std::move(key)).second) return;
    walk(function.body, inner);
  }

  void query(const language::Query& query, std::size_t clause, Frame& frame) {
    if (clause < query.clauses.size()) {
      walk(query.clauses[clause].collection, frame);
      each(query.clauses[clause].collection, query.clauses[clause].local, frame,
           [&] { this->query(query, clause + 1, frame); });
      return;
    }
    if (query.where != ExprId::none && !condition(query.where, frame).is_true()) return;
    const bool satisfies = query.kind == QueryKind::every || query.kind == QueryKind::percent;
    if (query.body != ExprId::none) {
      if (satisfies) {
        condition(query.body, frame);
      } else {
        walk(query.body, frame);
      }
    }
    if (query.order != ExprId::none) walk(query.order, frame);
  }

  // Calls `use` with each element of a collection bound.
  template <typename Use>
  void each(ExprId collection, LocalId local, Frame& frame, const Use& use) {
    const Value list = value(collection, frame);
    if (list.is_error()) return;
    const std::uint32_t size = facts::list_size(list);
    for (std::uint32_t i = 0; i < size; ++i) {
      frame.bind(local, facts::list_element(list, i));
      use();
    }
    frame.bound[index(local)] = false;
  }

  // Calls `end` for each combination that all steps let through.
  template <typename End>
  void steps(const std::vector<language::Step>& all, std::size_t at, Frame& frame, const End& end) {
    if (at == all.size()) {
      end();
      return;
    }
    const language::Step& step = all[at];
    switch (step.kind) {
      case language::StepKind::bind:
        walk(step.value, frame);
        each(step.value, step.local, frame, [&] { steps(all, at + 1, frame, end); });
        return;
      case language::StepKind::let:
        walk(step.value, frame);
        frame.bind(step.local, value(step.value, frame));
        steps(all, at + 1, frame, end);
        return;
      case language::StepKind::where:
        if (condition(step.value, frame).is_true()) steps(all, at + 1, frame, end);
        return;
    }
  }

  eval::Run& run_;
  Observations& into_;
  eval::Evaluator evaluator_;
  std::set<std::vector<std::int64_t>> called_;  // function and rows
};

}  // namespace

void observe(eval::Run& run, const language::TestDef& test, Observations& into) {
  Observing observing(run, into);
  for (const language::DerivationDef& derivation : run.program.derivations) observing.derivation(derivation);
  std::set<std::uint32_t> seen;
  for (const language::Expectation& expectation : test.expectations) {
    for (const language::CheckId check : expectation.checks) {
      if (seen.insert(index(check)).second) observing.check(check);
    }
    if (expectation.condition != ExprId::none)
      observing.expression(expectation.condition, expectation.locals.size());
  }
}

}  // namespace writ::tests
