#include <algorithm>
#include <cassert>
#include <map>

#include "engine/plan/analysis.hpp"
#include "engine/plan/plan.hpp"

namespace writ::plan {

using language::Expr;
using language::ExprKind;
using language::Program;

namespace {

bool contains(const std::vector<std::uint32_t>& sorted, std::uint32_t local) {
  return std::binary_search(sorted.begin(), sorted.end(), local);
}

// Lowers the pipelines of one declaration at a time.
class Lowering {
 public:
  explicit Lowering(const Program& program) : program_(program) {}

  Plan run(const LowerOptions& options) {
    plan_.exprs = analyse(program_, options.fields_may_fail);
    plan_.queries.resize(program_.queries.size());
    for (std::size_t i = 0; i < program_.queries.size(); ++i) lower_query(i);
    plan_.functions.resize(program_.functions.size());
    for (std::size_t i = 0; i < program_.functions.size(); ++i) lower_function(i);
    for (const auto& check : program_.checks) plan_.checks.push_back(lower_check(check));
    return std::move(plan_);
  }

 private:
  struct Conjunct {
    ExprId expr = ExprId::none;
    bool proved = false;  // true for every tuple that is left: need not be tested
    bool tested = false;  // a prefilter has dropped what is false
  };

  struct Binder {
    LocalId local{};
    ExprId collection = ExprId::none;
  };

  void lower_query(std::size_t id) {
    const auto& query = program_.queries[id];
    std::vector<Binder> binders;
    for (const auto& clause : query.clauses) binders.push_back({clause.local, clause.collection});
    plan_.queries[id] = join(
        binders, {}, query.where == ExprId::none ? std::vector<ExprId>{} : conjuncts(program_, query.where), false);
  }

  void lower_function(std::size_t id) {
    const auto& function = program_.functions[id];
    if (function.params != 1 || function.body == ExprId::none) return;
    const types::Type& type = program_.types.at(function.locals[0].type);
    if (type.kind != types::Kind::entity) return;
    plan_.functions[id] = {true, static_cast<EntityId>(type.decl)};
  }

  CheckPlan lower_check(const language::CheckDef& check) {
    CheckPlan out;
    std::size_t at = 0;
    while (at < check.steps.size()) {
      std::vector<Binder> binders;
      std::vector<Binder> lets;
      std::vector<ExprId> where;
      while (at < check.steps.size() && check.steps[at].kind == language::StepKind::bind) {
        binders.push_back({check.steps[at].local, check.steps[at].value});
        ++at;
      }
      while (at < check.steps.size() && check.steps[at].kind == language::StepKind::let) {
        lets.push_back({check.steps[at].local, check.steps[at].value});
        ++at;
      }
      if (at < check.steps.size() && check.steps[at].kind == language::StepKind::where) {
        where = conjuncts(program_, check.steps[at].value);
        ++at;
      }
      out.stages.push_back({join(binders, lets, where, out.stages.empty())});
    }
    out.scans = !out.stages.empty() && !out.stages.front().pipeline.operators.empty() &&
                out.stages.front().pipeline.operators.front().kind == OperatorKind::scan;
    return out;
  }

  const ExprFacts& facts(ExprId id) const { return plan_.facts(id); }

  // Binders left to right, each by the cheapest way; then lets; then what is left of the conjuncts. `scan_first`:
  // the first binder runs over all records in order, so that it can be cut into ranges.
  Pipeline join(const std::vector<Binder>& binders, const std::vector<Binder>& lets,
                const std::vector<ExprId>& where, bool scan_first) {
    Pipeline pipeline;
    std::vector<Conjunct> conjuncts;
    for (const ExprId expr : where) conjuncts.push_back({expr, false, false});
    // Locals that this pipeline binds and that are not bound yet.
    std::vector<std::uint32_t> unbound;
    for (const auto& binder : binders) unbound.push_back(language::index(binder.local));
    for (const auto& let : lets) unbound.push_back(language::index(let.local));
    std::sort(unbound.begin(), unbound.end());

    const auto ready = [&](ExprId expr) {
      for (const std::uint32_t local : facts(expr).locals) {
        if (contains(unbound, local)) return false;
      }
      return true;
    };
    const auto filter_ready = [&] {
      for (auto& conjunct : conjuncts) {
        if (conjunct.tested || conjunct.proved || !ready(conjunct.expr)) continue;
        Operator filter;
        filter.kind = OperatorKind::prefilter;
        filter.value = conjunct.expr;
        pipeline.operators.push_back(std::move(filter));
        conjunct.tested = true;
        conjunct.proved = !facts(conjunct.expr).fallible;
      }
    };

    for (std::size_t i = 0; i < binders.size(); ++i) {
      const Binder& binder = binders[i];
      const bool first_of_check = scan_first && i == 0 && program_.expr(binder.collection).kind == ExprKind::all;
      if (!first_of_check) filter_ready();
      pipeline.operators.push_back(bind(binder, conjuncts, unbound, first_of_check));
      unbound.erase(std::find(unbound.begin(), unbound.end(), language::index(binder.local)));
      if (i + 1 < binders.size()) filter_ready();
    }
    for (const auto& let : lets) {
      Operator compute;
      compute.kind = OperatorKind::compute;
      compute.local = let.local;
      compute.value = let.collection;
      pipeline.operators.push_back(std::move(compute));
    }
    for (const auto& conjunct : conjuncts) {
      if (!conjunct.proved) pipeline.where.push_back(conjunct.expr);
    }
    return pipeline;
  }

  Operator bind(const Binder& binder, std::vector<Conjunct>& conjuncts, const std::vector<std::uint32_t>& unbound,
                bool first_of_check) {
    const Expr& collection = program_.expr(binder.collection);
    Operator op;
    op.local = binder.local;
    if (collection.kind != ExprKind::all) {
      op.kind = OperatorKind::expand;
      op.value = binder.collection;
      return op;
    }
    op.entity = static_cast<EntityId>(collection.ref);
    if (first_of_check) {
      op.kind = OperatorKind::scan;
      return op;
    }
    Index index;
    index.entity = op.entity;
    index.local = binder.local;
    const std::uint32_t own = language::index(binder.local);
    const auto only_own = [&](ExprId expr) {
      return facts(expr).locals.size() == 1 && facts(expr).locals[0] == own;
    };
    const auto bound_before = [&](ExprId expr) {
      for (const std::uint32_t local : facts(expr).locals) {
        if (contains(unbound, local)) return false;  // `own` is still among the unbound
      }
      return true;
    };
    for (auto& conjunct : conjuncts) {
      if (conjunct.tested || conjunct.proved) continue;
      const Expr& expr = program_.expr(conjunct.expr);
      if (only_own(conjunct.expr)) {
        index.filters.push_back(conjunct.expr);
      } else if (expr.kind == ExprKind::equal && only_own(expr.operands[0]) && bound_before(expr.operands[1])) {
        index.keys.push_back(expr.operands[0]);
        op.keys.push_back(expr.operands[1]);
      } else if (expr.kind == ExprKind::equal && only_own(expr.operands[1]) && bound_before(expr.operands[0])) {
        index.keys.push_back(expr.operands[1]);
        op.keys.push_back(expr.operands[0]);
      } else {
        continue;
      }
      conjunct.tested = true;
      conjunct.proved = !facts(conjunct.expr).fallible;
    }
    if (index.keys.empty() && index.filters.empty()) {
      op.kind = OperatorKind::scan;
      return op;
    }
    op.kind = OperatorKind::lookup;
    op.index = share(std::move(index));
    return op;
  }

  // Equal indexes are built once, whichever declarations ask for them: the numbers of their expressions are equal
  // up to the local's own number, which is part of the key.
  IndexId share(Index index) {
    std::vector<std::uint32_t> key{language::index(index.entity), language::index(index.local),
                                   static_cast<std::uint32_t>(index.keys.size())};
    for (const ExprId expr : index.keys) key.push_back(facts(expr).number);
    for (const ExprId expr : index.filters) key.push_back(facts(expr).number);
    const auto [entry, added] = shared_.emplace(std::move(key), static_cast<std::uint32_t>(plan_.indexes.size()));
    if (added) plan_.indexes.push_back(std::move(index));
    return static_cast<IndexId>(entry->second);
  }

  const Program& program_;
  Plan plan_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> shared_;
};

}  // namespace

Plan lower(const Program& program, const LowerOptions& options) {
  Plan plan = Lowering(program).run(options);
  assert(verify(program, plan).empty());
  return plan;
}

}  // namespace writ::plan
