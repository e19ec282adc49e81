#include "engine/verdict/decide.hpp"

#include <fmt/format.h>
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "engine/eval/population.hpp"
#include "engine/verdict/findings.hpp"
#include "language/dependencies/graph.hpp"

namespace writ::verdict {

using language::CheckDef;
using language::CheckId;
using language::ControlDef;
using types::EntityId;

namespace {

// How the evidence of one check stands, before anything is evaluated.
struct EvidenceState {
  bool evaluable = true;  // every entity was supplied whole
  bool errors = false;    // bad records, or files that broke off
  bool lacking = false;   // not supplied, or too old
  std::vector<std::string> reasons;
};

class Deciding {
 public:
  Deciding(eval::Run& run, const DecideOptions& options)
      : run_(run), options_(options), reads_(dependencies::reads_of_checks(run.program)) {}

  Verdicts decide(const std::vector<CheckId>& checks) {
    std::vector<CheckResult> results(checks.size());
    std::vector<EvidenceState> states;
    std::vector<CheckId> evaluable;
    for (const CheckId check : checks) {
      states.push_back(evidence(check));
      if (states.back().evaluable) evaluable.push_back(check);
    }
    const unsigned threads =
        options_.threads == 0 ? static_cast<unsigned>(tbb::this_task_arena::max_concurrency()) : options_.threads;
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism, std::max(threads, 1U));
    const std::vector<eval::Range> ranges = eval::ranges(run_, evaluable);
    std::vector<Outcome> outcomes(ranges.size());
    evaluate(ranges, outcomes);
    explain(ranges, outcomes);
    std::size_t at = 0;
    for (std::size_t i = 0; i < checks.size(); ++i) {
      CheckResult& result = results[i];
      result.check = checks[i];
      result.reasons = std::move(states[i].reasons);
      for (; at < ranges.size() && ranges[at].check == checks[i]; ++at) merge(result, outcomes[at]);
      judge(result, states[i]);
    }
    return assemble(std::move(results));
  }

 private:
  struct Outcome {
    std::uint64_t population = 0;
    std::uint64_t failed_in_scope = 0;
    std::vector<Finding> findings;
    std::vector<Failure> failures;
    std::vector<eval::Member> broken;  // the members behind the findings
    facts::Arena arena;                // owns what they point to
  };

  EvidenceState evidence(CheckId id) const {
    EvidenceState state;
    const CheckDef& check = run_.program.checks[language::index(id)];
    const ControlDef& control = run_.program.controls[language::index(check.control)];
    for (const std::uint32_t entity : reads_[language::index(id)].entities) {
      const std::string& name = run_.program.entities[entity].name;
      const facts::EntityFacts& facts = run_.store.entities[entity];
      if (facts.broken) {
        state.evaluable = false;
        state.errors = true;
        state.reasons.push_back(fmt::format("the evidence of `{}` is broken: {}", name, facts.broken_reason));
      } else if (!facts.supplied) {
        state.evaluable = false;
        state.lacking = true;
        state.reasons.push_back(fmt::format("no evidence of `{}` was supplied", name));
      } else if (facts.bad > 0) {
        state.errors = true;
        state.reasons.push_back(fmt::format("{} of `{}` {} set aside as bad", records(facts.bad), name,
                                            facts.bad == 1 ? "was" : "were"));
      }
      misspelt(reads_[language::index(id)], entity, state);
      if (!facts.supplied) continue;
      for (const language::EvidenceDef& clause : control.evidence) {
        if (static_cast<std::uint32_t>(clause.entity) == entity && clause.within != language::ExprId::none) {
          age(facts, name, clause.within, state);
        }
      }
    }
    return state;
  }

  // A member that the entity does not know, named almost like a field that the check reads and some records lack:
  // what the check takes for absent may stand there under the wrong name.
  void misspelt(const dependencies::Reads& reads, std::uint32_t entity, EvidenceState& state) const {
    const language::EntityDef& def = run_.program.entities[entity];
    for (const facts::UnknownField& unknown : run_.store.unknown_fields) {
      if (static_cast<std::uint32_t>(unknown.entity) != entity || unknown.nearest.empty()) continue;
      for (const dependencies::FieldUse& use : reads.fields) {
        if (use.entity != entity || def.fields[use.field].name != unknown.nearest) continue;
        const bool may_be_absent =
            def.fields[use.field].has_default || !run_.store.entities[entity].columns[use.field].absent.empty();
        if (!may_be_absent) continue;
        state.errors = true;
        state.reasons.push_back(fmt::format(
            "{} of `{}` {} a member `{}`, which is no field of it; `{}` may be meant", records(unknown.count),
            def.name, unknown.count == 1 ? "has" : "have", unknown.name, unknown.nearest));
      }
    }
  }

  static std::string records(std::uint64_t count) {
    return fmt::format("{} record{}", count, count == 1 ? "" : "s");
  }

  void age(const facts::EntityFacts& facts, const std::string& name, language::ExprId within,
           EvidenceState& state) const {
    const facts::Value limit = run_.constant(within);
    if (limit.is_error() || !limit.is_present()) {
      state.errors = true;
      state.reasons.push_back(fmt::format("the age asked of the evidence of `{}` could not be computed", name));
      return;
    }
    const std::string asked = limit.kind == facts::ValueKind::period ? types::to_text(limit.as_period())
                                                                     : types::to_text(limit.as_duration());
    if (!facts.collected_at) {
      // An empty entity without a file of records has no date either; it is asked for one all the same.
      state.lacking = true;
      const std::string where =
          facts.undated_file.empty() ? std::string() : fmt::format(" (`{}`)", facts.undated_file);
      state.reasons.push_back(
          fmt::format("the evidence of `{}`{} does not say when it was collected, and it must be at most {} old",
                      name, where, asked));
      return;
    }
    const auto valid_until = limit.kind == facts::ValueKind::period
                                 ? types::add(*facts.collected_at, limit.as_period())
                                 : types::add(*facts.collected_at, limit.as_duration());
    if (valid_until && *valid_until >= run_.clock.now) return;
    state.lacking = true;
    state.reasons.push_back(
        fmt::format("the evidence of `{}` was collected at {}, {} before now, and must be at most {} old", name,
                    types::to_text(*facts.collected_at),
                    types::to_text(types::difference(run_.clock.now, *facts.collected_at)), asked));
  }

  void evaluate(const std::vector<eval::Range>& ranges, std::vector<Outcome>& outcomes) {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, ranges.size(), 1),
        [&](const tbb::blocked_range<std::size_t>& part) {
          for (std::size_t i = part.begin(); i != part.end(); ++i) outcomes[i] = outcome(ranges[i]);
        },
        tbb::simple_partitioner());
  }

  // The first findings of each check, as many as are wanted, get what only their readers need.
  void explain(const std::vector<eval::Range>& ranges, std::vector<Outcome>& outcomes) {
    std::vector<std::size_t> wanted(ranges.size());
    std::size_t left = options_.max_explained;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      if (i > 0 && ranges[i].check != ranges[i - 1].check) left = options_.max_explained;
      wanted[i] = std::min(left, outcomes[i].findings.size());
      left -= wanted[i];
    }
    tbb::parallel_for(std::size_t{0}, ranges.size(), [&](std::size_t i) {
      if (wanted[i] == 0) return;
      eval::Evaluator evaluator(run_);
      for (std::size_t k = 0; k < wanted[i]; ++k) {
        verdict::explain(evaluator, ranges[i].check, outcomes[i].broken[k], outcomes[i].findings[k]);
      }
    });
  }

  Outcome outcome(const eval::Range& range) {
    Outcome out;
    eval::RangeResult result = eval::run_range(run_, range);
    out.population = result.population;
    out.failed_in_scope = result.failed_in_scope;
    const CheckDef& check = run_.program.checks[language::index(range.check)];
    for (const eval::Member& member : result.broken) out.findings.push_back(finding(run_, range.check, member));
    if (result.broken.size() > options_.max_explained) result.broken.resize(options_.max_explained);
    out.broken = std::move(result.broken);
    out.arena = std::move(result.arena);
    for (const eval::Member& member : result.failed) out.failures.push_back(failure(run_, check, member));
    return out;
  }

  static void merge(CheckResult& result, Outcome& outcome) {
    result.population += outcome.population;
    result.tested += outcome.population - outcome.failed_in_scope;
    result.broken += outcome.findings.size();
    std::move(outcome.findings.begin(), outcome.findings.end(), std::back_inserter(result.findings));
    std::move(outcome.failures.begin(), outcome.failures.end(), std::back_inserter(result.failures));
  }

  // The first row of the table that holds.
  void judge(CheckResult& result, const EvidenceState& state) const {
    const CheckDef& check = run_.program.checks[language::index(result.check)];
    const bool sound = state.evaluable && !state.errors && !state.lacking && result.failures.empty();
    if (sound && result.population == 0 && check.when_empty == language::WhenEmpty::fail) {
      Finding finding;
      finding.key = organization_key;
      finding.message = "nothing is in scope, and the check says that this fails";
      finding.fingerprint = fingerprint(check.qualified_name, finding.key);
      result.findings.push_back(std::move(finding));
      ++result.broken;
    }
    if (!result.failures.empty()) {
      const std::size_t count = result.failures.size();
      result.reasons.push_back(fmt::format("{} member{} could not be evaluated", count, count == 1 ? "" : "s"));
    }
    if (result.broken > 0) {
      result.verdict = Verdict::fail;
    } else if (state.errors || !result.failures.empty()) {
      result.verdict = Verdict::error;
    } else if (state.lacking) {
      result.verdict = Verdict::no_evidence;
    } else if (result.population == 0) {
      result.verdict = check.when_empty == language::WhenEmpty::pass ? Verdict::pass : Verdict::not_applicable;
    } else {
      result.verdict = Verdict::pass;
    }
  }

  Verdicts assemble(std::vector<CheckResult> results) const {
    Verdicts out;
    out.now = run_.clock.now;
    out.period_start = run_.clock.period_start;
    out.period_end = run_.clock.period_end;
    for (CheckResult& result : results) {
      const language::ControlId control = run_.program.checks[language::index(result.check)].control;
      if (out.controls.empty() || out.controls.back().control != control) {
        out.controls.push_back({control, Verdict::not_applicable, {}});
      }
      ControlResult& into = out.controls.back();
      into.verdict = worst(into.verdict, result.verdict);
      into.checks.push_back(std::move(result));
    }
    std::stable_sort(out.controls.begin(), out.controls.end(), [&](const ControlResult& a, const ControlResult& b) {
      return run_.program.controls[language::index(a.control)].id <
             run_.program.controls[language::index(b.control)].id;
    });
    for (const ControlResult& control : out.controls) ++out.totals[static_cast<std::size_t>(control.verdict)];
    for (std::uint32_t entity = 0; entity < run_.store.entities.size(); ++entity) {
      const facts::EntityFacts& facts = run_.store.entities[entity];
      if (facts.read)
        out.evidence.push_back(
            {static_cast<EntityId>(entity), facts.supplied, facts.rows, facts.bad, facts.collected_at});
    }
    std::sort(out.evidence.begin(), out.evidence.end(), [&](const EvidenceUse& a, const EvidenceUse& b) {
      return run_.program.entity(a.entity).name < run_.program.entity(b.entity).name;
    });
    return out;
  }

  eval::Run& run_;
  const DecideOptions& options_;
  std::vector<dependencies::Reads> reads_;
};

}  // namespace

Verdicts decide(eval::Run& run, const std::vector<CheckId>& checks, const DecideOptions& options) {
  return Deciding(run, options).decide(checks);
}

}  // namespace writ::verdict
