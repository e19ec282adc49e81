#include "engine/verdict/decide.hpp"

#include <fmt/format.h>
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "engine/eval/population.hpp"
#include "engine/verdict/evidence_state.hpp"
#include "engine/verdict/findings.hpp"
#include "engine/verdict/waivers.hpp"
#include "language/dependencies/graph.hpp"

namespace writ::verdict {

using language::CheckDef;
using language::CheckId;
using types::EntityId;

namespace {

class Deciding {
 public:
  Deciding(eval::Run& run, const DecideOptions& options)
      : run_(run),
        options_(options),
        reads_(dependencies::reads_of_checks(run.program)),
        waivers_(run, options.waivers) {}

  Verdicts decide(const std::vector<CheckId>& checks) {
    std::vector<CheckResult> results(checks.size());
    std::vector<EvidenceState> states;
    std::vector<CheckId> evaluable;
    for (const CheckId check : checks) {
      states.push_back(excluded(check) != nullptr ? left_out()
                                                  : evidence_state(run_, reads_[language::index(check)], check));
      if (states.back().evaluable) evaluable.push_back(check);
    }
    const unsigned threads =
        options_.threads == 0 ? static_cast<unsigned>(tbb::this_task_arena::max_concurrency()) : options_.threads;
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, std::max(threads, 1U));
    const std::vector<eval::Range> ranges = eval::ranges(run_, evaluable);
    std::vector<Outcome> outcomes(ranges.size());
    evaluate(ranges, outcomes);
    explain(ranges, outcomes);
    std::size_t at = 0;
    Matches matches = waivers_.none();
    std::vector<bool> sound(checks.size());
    for (std::size_t i = 0; i < checks.size(); ++i) {
      CheckResult& result = results[i];
      result.check = checks[i];
      result.reasons = std::move(states[i].reasons);
      for (; at < ranges.size() && ranges[at].check == checks[i]; ++at) {
        Waivers::add(matches, outcomes[at].matches);
        merge(result, outcomes[at]);
      }
      if (const language::ExclusionDef* exclusion = excluded(checks[i])) {
        result.excluded = exclusion->reason;
        continue;
      }
      judge(result, states[i], matches);
      sound[i] = states[i].evaluable && !states[i].errors && !states[i].lacking && result.failures.empty();
    }
    std::vector<WaiverResult> waivers = waivers_.outcomes(results, sound, matches);
    Verdicts out = assemble(std::move(results));
    out.waivers = std::move(waivers);
    return out;
  }

 private:
  struct Outcome {
    std::uint64_t population = 0;
    std::uint64_t failed_in_scope = 0;
    std::vector<Finding> findings;
    std::vector<Failure> failures;
    std::vector<eval::Member> broken;  // members behind findings, those that may be explained
    std::vector<std::size_t> kept;     // by position in `broken`: the finding
    facts::Arena arena;                // owns what they point to
    Matches matches;                   // of waivers
  };

  const language::ExclusionDef* excluded(CheckId check) const {
    const auto& at = run_.program.checks[language::index(check)].excluded;
    return at ? &run_.program.exclusions[*at] : nullptr;
  }
  static EvidenceState left_out() {
    EvidenceState state;
    state.evaluable = false;
    return state;
  }

  void evaluate(const std::vector<eval::Range>& ranges, std::vector<Outcome>& outcomes) {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, ranges.size(), 1),
        [&](const tbb::blocked_range<std::size_t>& part) {
          for (std::size_t i = part.begin(); i != part.end(); ++i) outcomes[i] = outcome(ranges[i]);
        },
        tbb::simple_partitioner());
  }

  // The first findings of each check, as many as are wanted, get what only their readers need: those that no waiver
  // covers before those that one does.
  void explain(const std::vector<eval::Range>& ranges, std::vector<Outcome>& outcomes) {
    std::vector<std::vector<std::size_t>> wanted(ranges.size());  // by range: positions among those that are kept
    for (std::size_t begin = 0; begin < ranges.size();) {
      std::size_t end = begin;
      while (end < ranges.size() && ranges[end].check == ranges[begin].check) ++end;
      std::size_t left = options_.max_explained;
      for (const bool waived : {false, true}) {
        for (std::size_t i = begin; i < end; ++i) {
          for (std::size_t k = 0; k < outcomes[i].kept.size() && left > 0; ++k) {
            if (outcomes[i].findings[outcomes[i].kept[k]].waiver.has_value() != waived) continue;
            wanted[i].push_back(k);
            --left;
          }
        }
      }
      begin = end;
    }
    tbb::parallel_for(std::size_t{0}, ranges.size(), [&](std::size_t i) {
      if (wanted[i].empty()) return;
      eval::Evaluator evaluator(run_);
      for (const std::size_t k : wanted[i]) {
        verdict::explain(evaluator, ranges[i].check, outcomes[i].broken[k],
                         outcomes[i].findings[outcomes[i].kept[k]]);
      }
    });
  }

  // Leaves of the members behind findings those that may be explained.
  void keep(Outcome& out, std::vector<eval::Member> broken) const {
    std::size_t left[2] = {options_.max_explained, options_.max_explained};  // not waived, waived
    for (std::size_t i = 0; i < broken.size(); ++i) {
      std::size_t& more = left[out.findings[i].waiver ? 1 : 0];
      if (more == 0) continue;
      --more;
      out.kept.push_back(i);
      out.broken.push_back(std::move(broken[i]));
    }
  }

  Outcome outcome(const eval::Range& range) {
    Outcome out;
    eval::RangeResult result = eval::run_range(run_, range);
    out.population = result.population;
    out.failed_in_scope = result.failed_in_scope;
    const CheckDef& check = run_.program.checks[language::index(range.check)];
    for (const eval::Member& member : result.broken) out.findings.push_back(finding(run_, range.check, member));
    out.matches = waivers_.none();
    if (waivers_.any() && !out.findings.empty()) {
      eval::Evaluator evaluator(run_);
      waivers_.mark(evaluator, range.check, result.broken, out.findings, out.matches);
    }
    keep(out, std::move(result.broken));
    out.arena = std::move(result.arena);
    for (const eval::Member& member : result.failed) out.failures.push_back(failure(run_, check, member));
    return out;
  }

  static void merge(CheckResult& result, Outcome& outcome) {
    result.population += outcome.population;
    result.tested += outcome.population - outcome.failed_in_scope;
    result.broken += outcome.findings.size();
    for (const Finding& finding : outcome.findings) result.waived += finding.waiver ? 1U : 0U;
    std::move(outcome.findings.begin(), outcome.findings.end(), std::back_inserter(result.findings));
    std::move(outcome.failures.begin(), outcome.failures.end(), std::back_inserter(result.failures));
  }

  // The first row of the table that holds.
  void judge(CheckResult& result, const EvidenceState& state, Matches& matches) const {
    const CheckDef& check = run_.program.checks[language::index(result.check)];
    const bool sound = state.sound() && result.failures.empty();
    if (sound && result.population == 0 && check.when_empty == language::WhenEmpty::fail) {
      Finding finding;
      finding.key = organization_key;
      finding.message = "nothing is in scope, and the check says that this fails";
      finding.fingerprint = fingerprint(check.qualified_name, finding.key);
      waivers_.mark_empty(result.check, finding, matches);
      result.waived += finding.waiver ? 1U : 0U;
      result.findings.push_back(std::move(finding));
      ++result.broken;
    }
    if (!result.failures.empty()) {
      const std::size_t count = result.failures.size();
      result.reasons.push_back(fmt::format("{} member{} could not be evaluated", count, count == 1 ? "" : "s"));
    }
    if (result.broken > result.waived) {
      result.verdict = Verdict::fail;
    } else if (state.errors || !result.failures.empty()) {
      result.verdict = Verdict::error;
    } else if (state.lacking) {
      result.verdict = Verdict::no_evidence;
    } else if (result.waived > 0) {
      result.verdict = Verdict::waived;
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
  Waivers waivers_;
};

}  // namespace

Verdicts decide(eval::Run& run, const std::vector<CheckId>& checks, const DecideOptions& options) {
  return Deciding(run, options).decide(checks);
}

}  // namespace writ::verdict
