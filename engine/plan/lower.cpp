#include <algorithm>
#include <cassert>
#include <map>
#include <optional>

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
  Lowering(const Program& program, const LowerOptions& options) : program_(program), options_(options) {}

  Plan run() {
    plan_.exprs = analyse(program_, options_.fields_may_fail);
    plan_.queries.resize(program_.queries.size());
    for (std::size_t i = 0; i < program_.queries.size(); ++i) lower_query(i);
    plan_.functions.resize(program_.functions.size());
    for (std::size_t i = 0; i < program_.functions.size(); ++i) lower_function(i);
    for (const auto& check : program_.checks) plan_.checks.push_back(lower_check(check));
    plan_.derivations.resize(program_.derivations.size());
    for (const auto& stratum : program_.strata) {
      for (const std::uint32_t id : stratum.derivations) lower_derivation(id, stratum);
    }
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
    ExprId value = ExprId::none;  // the collection; of a let, the value itself
    bool let = false;
  };

  void lower_query(std::size_t id) {
    const auto& query = program_.queries[id];
    std::vector<Binder> binders;
    for (const auto& clause : query.clauses) binders.push_back({clause.local, clause.collection, false});
    plan_.queries[id] = join(
        binders, query.where == ExprId::none ? std::vector<ExprId>{} : conjuncts(program_, query.where), false);
  }

  void lower_function(std::size_t id) {
    const auto& function = program_.functions[id];
    if (!options_.rewrite || function.params != 1 || function.body == ExprId::none) return;
    const types::Type& type = program_.types.at(function.locals[0].type);
    if (type.kind != types::Kind::entity) return;
    plan_.functions[id] = {true, static_cast<EntityId>(type.decl)};
  }

  CheckPlan lower_check(const language::CheckDef& check) {
    CheckPlan out;
    out.stages = lower_steps(check.steps, true);
    out.scans = !out.stages.empty() && !out.stages.front().pipeline.operators.empty() &&
                out.stages.front().pipeline.operators.front().kind == OperatorKind::scan;
    return out;
  }

  // `scan_first`: see join.
  std::vector<Stage> lower_steps(const std::vector<language::Step>& steps, bool scan_first) {
    std::vector<Stage> out;
    std::size_t at = 0;
    while (at < steps.size()) {
      std::vector<Binder> binders;
      std::vector<ExprId> where;
      while (at < steps.size() && steps[at].kind == language::StepKind::bind) {
        binders.push_back({steps[at].local, steps[at].value, false});
        ++at;
      }
      while (at < steps.size() && steps[at].kind == language::StepKind::let) {
        binders.push_back({steps[at].local, steps[at].value, true});
        ++at;
      }
      if (at < steps.size() && steps[at].kind == language::StepKind::where) {
        where = conjuncts(program_, steps[at].value);
        ++at;
      }
      out.push_back({join(binders, where, scan_first && out.empty())});
    }
    return out;
  }

  const ExprFacts& facts(ExprId id) const { return plan_.facts(id); }

  // The binders of a relation's clause start with those whose new records are looked for, if any are.
  void lower_derivation(std::uint32_t id, const language::Stratum& stratum) {
    const auto& derivation = program_.derivations[id];
    if (!program_.entity(derivation.target).relation) {
      plan_.derivations[id].stages = lower_steps(derivation.steps, false);
      return;
    }
    std::vector<Binder> binders;
    std::vector<ExprId> where;
    for (const auto& step : derivation.steps) {
      if (step.kind != language::StepKind::where) {
        binders.push_back({step.local, step.value, step.kind == language::StepKind::let});
      } else {
        for (const ExprId conjunct : conjuncts(program_, step.value)) where.push_back(conjunct);
      }
    }
    DerivationPlan& plan = plan_.derivations[id];
    plan.whole = join(ordered(binders, where, std::nullopt), where, false);
    if (!stratum.recursive) return;
    for (std::size_t i = 0; i < binders.size(); ++i) {
      const Expr& source = program_.expr(binders[i].value);
      const bool grows =
          !binders[i].let && source.kind == ExprKind::all &&
          std::any_of(stratum.derivations.begin(), stratum.derivations.end(), [&](std::uint32_t other) {
            return language::index(program_.derivations[other].target) == source.ref;
          });
      if (grows) plan.deltas.push_back(join(ordered(binders, where, i), where, true));
    }
  }

  // Binders so that each is bound by what is bound before, where that can be: lets as soon as they can be computed,
  // then what an equation looks up, then the elements of a value, then all records of an entity. Quadratic in the
  // binders of one derivation.
  std::vector<Binder> ordered(std::vector<Binder> binders, const std::vector<ExprId>& where,
                              std::optional<std::size_t> first) const {
    std::vector<Binder> out;
    std::vector<std::uint32_t> open;
    for (const Binder& binder : binders) open.push_back(language::index(binder.local));
    const auto take = [&](std::size_t at) {
      std::erase(open, language::index(binders[at].local));
      out.push_back(binders[at]);
      binders.erase(binders.begin() + static_cast<std::ptrdiff_t>(at));
    };
    const auto bound_but = [&](ExprId expr, std::uint32_t own) {
      return std::none_of(facts(expr).locals.begin(), facts(expr).locals.end(), [&](std::uint32_t local) {
        return local != own && std::find(open.begin(), open.end(), local) != open.end();
      });
    };
    constexpr std::uint32_t none = 0xffffffff;
    const auto rank = [&](const Binder& binder) {
      const std::uint32_t own = language::index(binder.local);
      if (!bound_but(binder.value, none)) return 4;
      if (binder.let) return 0;
      if (program_.expr(binder.value).kind != ExprKind::all) return 2;
      const bool looked_up = std::any_of(where.begin(), where.end(), [&](ExprId conjunct) {
        const Expr& expr = program_.expr(conjunct);
        if (expr.kind != ExprKind::equal) return false;
        return (facts(expr.operands[0]).locals == std::vector{own} && bound_but(expr.operands[1], none)) ||
               (facts(expr.operands[1]).locals == std::vector{own} && bound_but(expr.operands[0], none));
      });
      return looked_up ? 1 : 3;
    };
    if (first) take(*first);
    while (!binders.empty()) {
      std::size_t best = 0;
      for (std::size_t i = 1; i < binders.size(); ++i) {
        if (rank(binders[i]) < rank(binders[best])) best = i;
      }
      take(best);
    }
    return out;
  }

  // Binders left to right, each by the cheapest way; then what is left of the conjuncts. `scan_first`: the first
  // binder runs over all records in order, so that it can be cut into ranges.
  Pipeline join(const std::vector<Binder>& binders, const std::vector<ExprId>& where, bool scan_first) {
    Pipeline pipeline;
    std::vector<Conjunct> conjuncts;
    for (const ExprId expr : where) conjuncts.push_back({expr, false, false});
    // Locals that this pipeline binds and that are not bound yet.
    std::vector<std::uint32_t> unbound;
    for (const auto& binder : binders) unbound.push_back(language::index(binder.local));
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
      const bool first_of_check = scan_first && i == 0 && program_.expr(binder.value).kind == ExprKind::all;
      if (!binder.let && !first_of_check) filter_ready();
      pipeline.operators.push_back(binder.let ? compute(binder) : bind(binder, conjuncts, unbound, first_of_check));
      unbound.erase(std::find(unbound.begin(), unbound.end(), language::index(binder.local)));
      const bool another = std::any_of(binders.begin() + static_cast<std::ptrdiff_t>(i) + 1, binders.end(),
                                       [](const Binder& next) { return !next.let; });
      if (!binder.let && another) filter_ready();
    }
    for (const auto& conjunct : conjuncts) {
      if (!conjunct.proved) pipeline.where.push_back(conjunct.expr);
    }
    return pipeline;
  }

  static Operator compute(const Binder& binder) {
    Operator op;
    op.kind = OperatorKind::compute;
    op.local = binder.local;
    op.value = binder.value;
    return op;
  }

  Operator bind(const Binder& binder, std::vector<Conjunct>& conjuncts, const std::vector<std::uint32_t>& unbound,
                bool first_of_check) {
    const Expr& collection = program_.expr(binder.value);
    Operator op;
    op.local = binder.local;
    if (collection.kind != ExprKind::all) {
      op.kind = OperatorKind::expand;
      op.value = binder.value;
      return op;
    }
    op.entity = static_cast<EntityId>(collection.ref);
    if (first_of_check || !options_.rewrite) {
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
    std::vector<Conjunct*> equations;
    for (auto& conjunct : conjuncts) {
      if (conjunct.tested || conjunct.proved) continue;
      const Expr& expr = program_.expr(conjunct.expr);
      if (only_own(conjunct.expr)) {
        index.filters.push_back(conjunct.expr);
        conjunct.tested = true;
        conjunct.proved = !facts(conjunct.expr).fallible;
        continue;
      }
      if (expr.kind == ExprKind::equal && only_own(expr.operands[0]) && bound_before(expr.operands[1])) {
        index.keys.push_back(expr.operands[0]);
        op.keys.push_back(expr.operands[1]);
      } else if (expr.kind == ExprKind::equal && only_own(expr.operands[1]) && bound_before(expr.operands[0])) {
        index.keys.push_back(expr.operands[1]);
        op.keys.push_back(expr.operands[0]);
      } else {
        continue;
      }
      equations.push_back(&conjunct);
    }
    // Where one key fails, nothing is looked up, and the others prove nothing.
    const bool sound = std::none_of(equations.begin(), equations.end(),
                                    [&](const Conjunct* one) { return facts(one->expr).fallible; });
    for (Conjunct* equation : equations) {
      equation->tested = true;
      equation->proved = sound;
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
  const LowerOptions& options_;
  Plan plan_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> shared_;
};

}  // namespace

Plan lower(const Program& program, const LowerOptions& options) {
  Plan plan = Lowering(program, options).run();
  assert(verify(program, plan).empty());
  return plan;
}

}  // namespace writ::plan
