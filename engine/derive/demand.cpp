#include "engine/derive/demand.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/eval/evaluator.hpp"
#include "language/dependencies/walk.hpp"

namespace writ::derive {

using eval::Evaluator;
using eval::Tuples;
using eval::Value;
using language::Expr;
using language::ExprId;
using language::ExprKind;
using language::index;
using plan::Operator;
using plan::OperatorKind;
using plan::Pipeline;

namespace {

// Runs over the combinations that a frame leaves of what some expressions need.
class Search {
 public:
  Search(eval::Run& run, const std::vector<std::vector<Call>>& calls, const std::vector<bool>& complete)
      : run_(run), calls_(calls), complete_(complete), evaluator_(run), walk_(run.program) {}

  // Adds the rows that the column's key has in any combination. False where they cannot be told, or only at more
  // cost than is worth while. Where a key fails every tuple is asked for.
  bool collect(const Site& site, unsigned column, types::EntityId loops, std::vector<bool>& rows) {
    for (const ExprId key : site.keys) {
      const bool wanted = key == site.by_column[column];
      if (!wanted && !run_.plan.facts(key).fallible) continue;
      Collector collector(*this, key, wanted ? &rows : nullptr);
      if (!from(site.frame, {key}, collector) || !known_) return false;
    }
    if (site.by_column[column] == ExprId::none) what_is_said(site, column, loops, rows);
    return known_;
  }

 private:
  class Receiver : public eval::PipelineSink {
   public:
    explicit Receiver(Search& search) : search_(search) {}
    bool decided(std::uint32_t) const override { return !search_.known_; }
    void failed(Tuples&, std::uint32_t, std::uint32_t, const Value&) override {}

   protected:
    Search& search_;
  };

  class Collector : public Receiver {
   public:
    Collector(Search& search, ExprId key, std::vector<bool>* rows) : Receiver(search), key_(key), rows_(rows) {}
    void accept(Tuples& tuples, const std::vector<std::uint32_t>&, const std::vector<Value>&) override {
      search_.spend(tuples.size());
      const eval::Vec values = search_.evaluator_.eval(key_, tuples);
      for (std::uint32_t i = 0; i < tuples.size(); ++i) {
        if (values[i].is_error()) search_.known_ = false;
        if (rows_ != nullptr && values[i].kind == facts::ValueKind::row)
          (*rows_)[static_cast<std::size_t>(values[i].i)] = true;
      }
    }

   private:
    ExprId key_;
    std::vector<bool>* rows_;
  };

  // Calls a function: goes on with what its frame binds behind the parameters.
  class Caller : public Receiver {
   public:
    Caller(Search& search, const Call& call, const std::vector<std::uint32_t>& params, const Pipeline& body,
           Receiver& next)
        : Receiver(search), call_(call), params_(params), body_(body), next_(next) {}
    void accept(Tuples& tuples, const std::vector<std::uint32_t>&, const std::vector<Value>&) override {
      search_.spend(tuples.size());
      Tuples frame(search_.evaluator_.pool(), tuples.size(), search_.run_.max_locals());
      for (const std::uint32_t param : params_) {
        frame.bind(static_cast<language::LocalId>(param), search_.evaluator_.eval(call_.arguments[param], tuples));
      }
      search_.evaluator_.run(body_, 0, frame, std::vector<std::uint32_t>(tuples.size()), next_);
    }

   private:
    const Call& call_;
    const std::vector<std::uint32_t>& params_;
    const Pipeline& body_;
    Receiver& next_;
  };

  bool from(const Frame& frame, const std::vector<ExprId>& wanted, Receiver& next) {
    spend(Evaluator::batch_size);
    if (!known_) return false;
    std::vector<std::uint32_t> needed;
    const std::optional<Pipeline> pipeline = reduced(frame, wanted, needed);
    if (!pipeline) return false;
    std::vector<std::uint32_t> params;
    if (frame.function) {
      std::copy_if(needed.begin(), needed.end(), std::back_inserter(params),
                   [&](std::uint32_t local) { return local < run_.program.functions[*frame.function].params; });
    }
    if (params.empty()) {
      Tuples one(evaluator_.pool(), 1, run_.max_locals());
      evaluator_.run(*pipeline, 0, one, {0}, next);
      return true;
    }
    for (const Call& call : calls_[*frame.function]) {
      std::vector<ExprId> arguments;
      for (const std::uint32_t param : params) arguments.push_back(call.arguments[param]);
      if (std::any_of(arguments.begin(), arguments.end(), [&](ExprId argument) { return waits(argument); }))
        return false;
      Caller caller(*this, call, params, *pipeline, next);
      if (!from(call.frame, arguments, caller)) return false;
    }
    return true;
  }

  class Loops : public Receiver {
   public:
    Loops(Search& search, language::LocalId tuple, std::vector<bool>& rows)
        : Receiver(search), tuple_(tuple), rows_(rows) {}
    void accept(Tuples& tuples, const std::vector<std::uint32_t>&, const std::vector<Value>&) override {
      const Value* loops = tuples.local(tuple_);
      for (std::uint32_t i = 0; i < tuples.size(); ++i) rows_[static_cast<std::size_t>(loops[i].i)] = true;
    }

   private:
    language::LocalId tuple_;
    std::vector<bool>& rows_;
  };

  // The records for which no condition fails that speaks of this column of the tuple alone. Tuple n is that of
  // record n with itself.
  void what_is_said(const Site& site, unsigned column, types::EntityId loops, std::vector<bool>& rows) {
    Pipeline pipeline;
    Operator scan;
    scan.kind = OperatorKind::scan;
    scan.local = static_cast<language::LocalId>(site.tuple);
    scan.entity = loops;
    pipeline.operators.push_back(std::move(scan));
    std::set<std::uint32_t> bound{site.tuple};
    const auto speaks_of_it_alone = [&](ExprId expr) {
      const auto& used = run_.plan.facts(expr).locals;
      return !waits(expr) && !reads_other(expr, site.tuple, column) &&
             std::all_of(used.begin(), used.end(), [&](std::uint32_t local) { return bound.contains(local); });
    };
    for (const Operator& value : site.values) {
      if (!speaks_of_it_alone(value.value)) continue;
      pipeline.operators.push_back(value);
      bound.insert(index(value.local));
    }
    for (const ExprId condition : site.conditions) {
      if (speaks_of_it_alone(condition)) pipeline.operators.push_back(filter(condition));
    }
    Loops sink(*this, static_cast<language::LocalId>(site.tuple), rows);
    Tuples one(evaluator_.pool(), 1, run_.max_locals());
    evaluator_.run(pipeline, 0, one, {0}, sink);
  }

  // Whether the expression uses the tuple but for this column of it.
  bool reads_other(ExprId root, std::uint32_t tuple, unsigned column) {
    std::size_t tuples = 0, fields = 0;
    walk_.run(root, [&](const Expr& expr) {
      if (expr.kind == ExprKind::local && expr.ref == tuple) ++tuples;
      if (expr.kind != ExprKind::field || expr.ref != column) return;
      const Expr& object = run_.program.expr(expr.operands[0]);
      if (object.kind == ExprKind::local && object.ref == tuple) ++fields;
    });
    return tuples > fields;
  }

  // What the frame does to bind the locals that the expressions need, and the conditions on these. Nothing where
  // that needs a relation that is not known yet, or is known in part.
  std::optional<Pipeline> reduced(const Frame& frame, const std::vector<ExprId>& wanted,
                                  std::vector<std::uint32_t>& needed) {
    std::set<std::uint32_t> locals;
    const auto need = [&](ExprId expr) {
      const auto& used = run_.plan.facts(expr).locals;
      locals.insert(used.begin(), used.end());
    };
    for (const ExprId expr : wanted) {
      if (waits(expr)) return std::nullopt;
      need(expr);
    }
    std::vector<bool> kept(frame.binders.size());
    for (std::size_t i = frame.binders.size(); i-- > 0;) {
      const Operator& op = frame.binders[i];
      if (!locals.contains(index(op.local))) continue;
      if (waits(op)) return std::nullopt;
      kept[i] = true;
      for (const ExprId key : op.keys) need(key);
      if (op.value != ExprId::none) need(op.value);
    }
    Pipeline out;
    std::set<std::uint32_t> unbound;
    std::vector<ExprId> conditions;
    for (const ExprId condition : frame.conditions) {
      const auto& used = run_.plan.facts(condition).locals;
      const bool known =
          std::all_of(used.begin(), used.end(), [&](std::uint32_t local) { return locals.contains(local); });
      if (known && !waits(condition)) conditions.push_back(condition);
    }
    for (std::size_t i = 0; i < frame.binders.size(); ++i) {
      if (kept[i]) unbound.insert(index(frame.binders[i].local));
    }
    const auto test = [&] {
      std::erase_if(conditions, [&](ExprId condition) {
        const auto& used = run_.plan.facts(condition).locals;
        if (std::any_of(used.begin(), used.end(), [&](std::uint32_t local) { return unbound.contains(local); }))
          return false;
        out.operators.push_back(filter(condition));
        return true;
      });
    };
    test();
    for (std::size_t i = 0; i < frame.binders.size(); ++i) {
      if (!kept[i]) continue;
      out.operators.push_back(frame.binders[i]);
      unbound.erase(index(frame.binders[i].local));
      test();
    }
    needed.assign(locals.begin(), locals.end());
    return out;
  }

  static Operator filter(ExprId condition) {
    Operator op;
    op.kind = OperatorKind::prefilter;
    op.value = condition;
    return op;
  }

  bool waits(const Operator& op) {
    if (op.kind == OperatorKind::scan) return waits(op.entity);
    if (op.kind == OperatorKind::lookup) {
      const plan::Index& def = run_.plan.indexes[index(op.index)];
      const auto any = [&](const std::vector<ExprId>& exprs) {
        return std::any_of(exprs.begin(), exprs.end(), [&](ExprId expr) { return waits(expr); });
      };
      return waits(op.entity) || any(def.keys) || any(def.filters) || any(op.keys);
    }
    return waits(op.value);
  }

  bool waits(types::EntityId entity) const {
    return run_.program.entity(entity).relation && !complete_[index(entity)];
  }

  // Whether the expression asks a relation of which not every tuple is known.
  bool waits(ExprId root) {
    const auto [known, added] = waits_.emplace(root, false);
    if (!added) return known->second;
    bool found = false;
    std::vector<ExprId> called;
    walk_.run(root, [&](const Expr& expr) {
      if (expr.kind == ExprKind::all && waits(static_cast<types::EntityId>(expr.ref))) found = true;
      if (expr.kind == ExprKind::call) called.push_back(run_.program.functions[expr.ref].body);
    });
    for (const ExprId body : called) found = found || waits(body);
    return waits_[root] = found;
  }

  void spend(std::uint32_t tuples) {
    spent_ += tuples;
    if (spent_ > most_tuples) known_ = false;
  }

  // A key that is computed from more combinations is not followed.
  static constexpr std::uint64_t most_tuples = 10'000'000;

  eval::Run& run_;
  const std::vector<std::vector<Call>>& calls_;
  const std::vector<bool>& complete_;
  Evaluator evaluator_;
  dependencies::Walk walk_;
  std::map<ExprId, bool> waits_;
  std::uint64_t spent_ = 0;
  bool known_ = true;
};

}  // namespace

Demand::Demand(eval::Run& run, const std::vector<language::CheckId>& checks,
               const std::vector<std::uint32_t>& relations)
    : run_(run), sites_(sites_of(run.program, run.plan, checks, relations)) {}

std::optional<Asked> Demand::of(types::EntityId relation, const std::vector<bool>& complete) {
  const auto sites = sites_.sites.find(index(relation));
  if (sites_.whole.contains(index(relation)) || sites == sites_.sites.end()) return std::nullopt;
  const language::EntityDef& def = run_.program.entity(relation);
  std::optional<Asked> best;
  for (const unsigned column : {0U, 1U}) {
    const auto& type = run_.program.types.at(def.fields[column].type);
    std::vector<bool> rows(run_.store.entities[type.decl].rows);
    Search search(run_, sites_.calls, complete);
    const bool known = std::all_of(sites->second.begin(), sites->second.end(),
                                   [&](const Site& site) { return search.collect(site, column, relation, rows); });
    if (!known) continue;
    Asked asked{column, {}};
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
      if (rows[row]) asked.rows.push_back(row);
    }
    // A column that is asked for of nearly every record saves nothing.
    if (asked.rows.size() > rows.size() / 4 * 3) continue;
    if (!best || asked.rows.size() < best->rows.size()) best = std::move(asked);
  }
  return best;
}

}  // namespace writ::derive
