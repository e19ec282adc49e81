#include "engine/derive/derive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "engine/derive/closure.hpp"
#include "engine/derive/demand.hpp"
#include "engine/derive/tuples.hpp"
#include "engine/eval/evaluator.hpp"
#include "engine/eval/population.hpp"

namespace writ::derive {

using eval::Evaluator;
using eval::Tuples;
using eval::Vec;
using facts::Value;
using language::DerivationDef;
using language::index;

namespace {

class Deriving {
 public:
  Deriving(eval::Run& run, facts::FactStore& store) : run_(run), store_(store) {}

  // `demand` tells what is asked of a closure; null: everything. Gives whether every tuple was computed.
  bool run(const language::Stratum& stratum, Demand* demand, const std::vector<bool>& complete) {
    Evaluator evaluator(run_);
    evaluator_ = &evaluator;
    begin(stratum);
    if (const auto closure = closure_of(run_.program, stratum)) {
      if (const auto whole = close_over(*closure, demand, complete)) {
        evaluator_ = nullptr;
        return *whole;
      }
      begin(stratum);
    }
    std::map<std::uint32_t, std::uint32_t> known;  // rows of each target that earlier rounds have seen
    for (auto& [entity, set] : targets_) known[entity] = 0;
    bool more = publish();
    while (more && stratum.recursive) {
      std::map<std::uint32_t, std::uint32_t> now;
      for (auto& [entity, set] : targets_) now[entity] = set.rows();
      for (const std::uint32_t id : stratum.derivations) from_new(id, known, now);
      known = std::move(now);
      more = publish();
    }
    evaluator_ = nullptr;
    for (auto& [entity, set] : targets_) store_.arenas.push_back(set.take_texts());
    return true;
  }

 private:
  class Sink : public eval::PipelineSink {
   public:
    Sink(Deriving& deriving, const DerivationDef& derivation) : deriving_(deriving), derivation_(derivation) {}
    void failed(Tuples&, std::uint32_t, std::uint32_t, const Value& error) override {
      deriving_.fail(derivation_, error);
    }
    void accept(Tuples& tuples, const std::vector<std::uint32_t>&, const std::vector<Value>& verdicts) override {
      deriving_.take(derivation_, tuples, verdicts);
    }

   private:
    Deriving& deriving_;
    const DerivationDef& derivation_;
  };

  // What there is before any rule uses its own stratum.
  void begin(const language::Stratum& stratum) {
    targets_.clear();
    for (const std::uint32_t id : stratum.derivations) {
      const types::EntityId target = run_.program.derivations[id].target;
      targets_.try_emplace(index(target), run_.program, target, store_);
    }
    for (const std::uint32_t id : stratum.derivations) from_all(id);
  }

  // What leads to a tuple by a relation of the same stratum is found in later rounds, since that is empty yet.
  void from_all(std::uint32_t id) {
    const DerivationDef& derivation = run_.program.derivations[id];
    const plan::DerivationPlan& plan = run_.plan.derivations[id];
    if (!plan.deltas.empty()) return;
    Sink sink(*this, derivation);
    Tuples one(evaluator_->pool(), 1, static_cast<std::uint32_t>(derivation.locals.size()));
    evaluator_->run(plan.whole, 0, one, {0}, sink);
  }

  void from_new(std::uint32_t id, const std::map<std::uint32_t, std::uint32_t>& known,
                const std::map<std::uint32_t, std::uint32_t>& now) {
    const DerivationDef& derivation = run_.program.derivations[id];
    Sink sink(*this, derivation);
    for (const plan::Pipeline& delta : run_.plan.derivations[id].deltas) {
      const plan::Operator& scan = delta.operators.front();
      const std::uint32_t last = now.at(index(scan.entity));
      for (std::uint32_t first = known.at(index(scan.entity)); first < last; first += Evaluator::batch_size) {
        const std::uint32_t count = std::min(Evaluator::batch_size, last - first);
        Tuples batch(evaluator_->pool(), count, static_cast<std::uint32_t>(derivation.locals.size()));
        eval::Buffer rows(evaluator_->pool(), count);
        for (std::uint32_t i = 0; i < count; ++i) rows[i] = Value::row(first + i);
        batch.bind(scan.local, std::move(rows));
        evaluator_->run(delta, 1, batch, std::vector<std::uint32_t>(count), sink);
      }
    }
  }

  // The steps are what comes of tuples that relate each record to itself: of these, the column that is kept says
  // from where a step leads, and the other one to where. Gives whether every tuple was computed; nothing where a
  // step failed for some record: whether that record is reached at all, and so whether the failure counts, only
  // rounds can tell.
  std::optional<bool> close_over(const Closure& closure, Demand* demand, const std::vector<bool>& complete) {
    const types::EntityId target = run_.program.derivations[closure.derivation].target;
    const language::EntityDef& relation = run_.program.entity(target);
    const auto entity = static_cast<types::EntityId>(run_.program.types.at(relation.fields[0].type).decl);
    const std::uint32_t records = store_.entity(entity).rows;
    TupleSet& set = targets_.at(index(target));
    set.publish();
    Pairs begin = set.pairs();
    Pairs steps = begin;
    std::vector<std::uint32_t> every(records);
    std::iota(every.begin(), every.end(), 0U);
    set.replace(every, every);
    run_.grew(target);
    if (!closure.by_itself) {
      // What it leads to is gathered apart, since the set holds the tuples that it is made of.
      Gathered gathered;
      gathered_ = &gathered;
      from_new(closure.derivation, {{index(target), 0}}, {{index(target), records}});
      gathered_ = nullptr;
      if (gathered.failed) return std::nullopt;
      steps = std::move(gathered.pairs);
    }
    std::optional<Asked> asked;
    if (demand != nullptr) asked = demand->of(target, complete);
    const bool backwards = closure.kept == 1;
    if (backwards) {
      for (Pairs* pairs : {&begin, &steps}) {
        for (auto& [from, to] : *pairs) std::swap(from, to);
      }
    }
    Closed closed;
    if (!asked) {
      closed = close(begin, steps, records, every);
    } else if (asked->column == closure.kept) {
      closed = close(begin, steps, records, asked->rows);
    } else {
      closed = close_back(begin, steps, records, asked->rows);
    }
    if (backwards) std::swap(closed.from, closed.to);
    set.replace(std::move(closed.from), std::move(closed.to));
    run_.grew(target);
    return !asked;
  }

  bool publish() {
    bool any = false;
    for (auto& [entity, set] : targets_) {
      if (set.publish() == 0) continue;
      run_.grew(set.relation());
      any = true;
    }
    return any;
  }

  void take(const DerivationDef& derivation, Tuples& tuples, const std::vector<Value>& verdicts) {
    std::vector<Vec> columns;
    columns.reserve(derivation.values.size());
    for (const language::ExprId value : derivation.values) columns.push_back(evaluator_->eval(value, tuples));
    TupleSet& set = targets_.at(index(derivation.target));
    std::vector<Value> tuple(columns.size());
    for (std::uint32_t i = 0; i < tuples.size(); ++i) {
      Value error = verdicts[i];
      for (std::size_t c = 0; c < columns.size(); ++c) {
        tuple[c] = columns[c][i];
        if (tuple[c].is_error() && !error.is_error()) error = tuple[c];
      }
      if (error.is_error()) {
        fail(derivation, error);
      } else if (gathered_ != nullptr) {
        gathered_->pairs.emplace_back(static_cast<std::uint32_t>(tuple[0].i),
                                      static_cast<std::uint32_t>(tuple[1].i));
      } else {
        set.add(tuple);
      }
    }
  }

  void fail(const DerivationDef& derivation, const Value& error) {
    if (gathered_ != nullptr) {
      gathered_->failed = true;
      return;
    }
    facts::EntityFacts& facts = store_.entities[index(derivation.target)];
    if (facts.broken) return;
    facts.broken = true;
    const std::uint32_t failed = error.failed_expr();
    const source::Span at = failed == 0 ? derivation.span : run_.program.exprs[failed - 1].span;
    const source::LineColumn place = run_.program.sources->line_column(at.file, at.begin);
    const std::string text =
        failed == 0 ? std::string("its condition")
                    : fmt::format("`{}`", plan::source_text(run_.program, language::ExprId{failed - 1}));
    facts.broken_reason =
        fmt::format("{} at {}:{}:{} failed for a record: {}", text, run_.program.sources->path(at.file), place.line,
                    place.column, eval::reason(static_cast<facts::EvalError>(error.aux)));
  }

  eval::Run& run_;
  facts::FactStore& store_;
  struct Gathered {
    Pairs pairs;
    bool failed = false;
  };
  Gathered* gathered_ = nullptr;               // where tuples go instead of their set
  Evaluator* evaluator_ = nullptr;             // of the stratum
  std::map<std::uint32_t, TupleSet> targets_;  // of the stratum, by entity
};

}  // namespace

namespace {

void derive(eval::Run& run, facts::FactStore& store, const std::vector<std::uint32_t>& relations, Demand* demand) {
  Deriving deriving(run, store);
  std::vector<bool> complete(run.program.entities.size());
  for (const language::Stratum& stratum : run.program.strata) {
    const auto target = [&](std::uint32_t id) { return index(run.program.derivations[id].target); };
    if (!std::binary_search(relations.begin(), relations.end(), target(stratum.derivations.front()))) continue;
    const bool whole = deriving.run(stratum, demand, complete);
    for (const std::uint32_t id : stratum.derivations) complete[target(id)] = whole;
  }
}

}  // namespace

void derive(eval::Run& run, facts::FactStore& store, const std::vector<std::uint32_t>& relations) {
  derive(run, store, relations, nullptr);
}

void derive_for(eval::Run& run, facts::FactStore& store, const std::vector<dependencies::Reads>& reads,
                const std::vector<language::CheckId>& checks) {
  const std::vector<std::uint32_t> relations = relations_of(reads, checks);
  if (relations.empty()) return;
  Demand demand(run, checks, relations);
  derive(run, store, relations, &demand);
}

std::vector<std::uint32_t> relations_of(const std::vector<dependencies::Reads>& reads,
                                        const std::vector<language::CheckId>& checks) {
  std::vector<std::uint32_t> out;
  for (const language::CheckId check : checks) {
    const auto& relations = reads[index(check)].relations;
    out.insert(out.end(), relations.begin(), relations.end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::uint32_t> all_relations(const language::Program& program) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t id = 0; id < program.entities.size(); ++id) {
    if (program.entities[id].relation) out.push_back(id);
  }
  return out;
}

}  // namespace writ::derive
