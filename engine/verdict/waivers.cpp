#include "engine/verdict/waivers.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "engine/verdict/findings.hpp"

namespace writ::verdict {

using facts::Value;
using language::CheckDef;
using language::CheckId;
using language::WaiverDef;

Waivers::Waivers(eval::Run& run, const std::vector<language::WaiverId>& waivers) : run_(run), waivers_(waivers) {}

const WaiverDef& Waivers::def(std::size_t at) const { return run_.program.waivers[language::index(waivers_[at])]; }

bool Waivers::concerns(std::size_t at, CheckId check) const {
  const WaiverDef& waiver = def(at);
  return waiver.check ? *waiver.check == check
                      : run_.program.checks[language::index(check)].control == waiver.control;
}

WaiverState Waivers::state(std::size_t at) const {
  const WaiverDef& waiver = def(at);
  if (run_.clock.now >= waiver.until) return WaiverState::expired;
  return waiver.from && run_.clock.now < *waiver.from ? WaiverState::not_started : WaiverState::in_force;
}

Matches Waivers::none() const {
  Matches out;
  out.findings.resize(waivers_.size());
  for (std::size_t at = 0; at < waivers_.size(); ++at) out.keys.emplace_back(def(at).keys.size());
  return out;
}

void Waivers::add(Matches& to, const Matches& from) {
  for (std::size_t at = 0; at < to.findings.size(); ++at) {
    to.findings[at] += from.findings[at];
    for (std::size_t key = 0; key < to.keys[at].size(); ++key)
      to.keys[at][key] = to.keys[at][key] || from.keys[at][key];
  }
}

bool Waivers::has_key(std::size_t at, const std::string& key, Matches& matches) const {
  const std::vector<std::string>& keys = def(at).keys;
  const auto found = std::find(keys.begin(), keys.end(), key);
  if (found == keys.end()) return false;
  matches.keys[at][static_cast<std::size_t>(found - keys.begin())] = true;
  return true;
}

void Waivers::mark(eval::Evaluator& evaluator, CheckId check, const std::vector<eval::Member>& members,
                   std::vector<Finding>& findings, Matches& matches) const {
  for (std::size_t at = 0; at < waivers_.size(); ++at) {
    if (!concerns(at, check)) continue;
    const WaiverDef& waiver = def(at);
    const bool in_force = state(at) == WaiverState::in_force;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      bool covers = true;
      if (waiver.where != language::ExprId::none) {
        eval::Tuples one = batch_of(evaluator, members[i]);
        covers = evaluator.eval(waiver.where, one)[0].is_true();
      } else if (!waiver.keys.empty()) {
        covers = has_key(at, findings[i].key, matches);
      }
      if (!covers) continue;
      ++matches.findings[at];
      if (in_force && !findings[i].waiver) findings[i].waiver = waivers_[at];
    }
  }
}

void Waivers::mark_empty(CheckId check, Finding& finding, Matches& matches) const {
  for (std::size_t at = 0; at < waivers_.size(); ++at) {
    // A condition is about members, and there are none.
    if (!concerns(at, check) || def(at).where != language::ExprId::none) continue;
    if (!def(at).keys.empty() && !has_key(at, finding.key, matches)) continue;
    ++matches.findings[at];
    if (state(at) == WaiverState::in_force && !finding.waiver) finding.waiver = waivers_[at];
  }
}

std::vector<WaiverResult> Waivers::outcomes(const std::vector<CheckResult>& results, const std::vector<bool>& sound,
                                            const Matches& matches) const {
  std::vector<WaiverResult> out;
  for (std::size_t at = 0; at < waivers_.size(); ++at) {
    const WaiverDef& waiver = def(at);
    WaiverResult result;
    result.waiver = waivers_[at];
    result.state = state(at);
    result.covered = matches.findings[at];
    result.matched = result.covered;
    for (const bool broken : matches.keys[at])
      result.keys.push_back(broken ? KeyOutcome::broken : KeyOutcome::unknown);
    const bool key_left =
        std::find(result.keys.begin(), result.keys.end(), KeyOutcome::unknown) != result.keys.end();
    bool asked = false;
    bool decided = true;
    std::uint64_t population = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (!concerns(at, results[i].check)) continue;
      asked = true;
      decided = decided && sound[i];
      population += results[i].population;
      if (sound[i] && (key_left || waiver.where != language::ExprId::none)) scan(at, results[i].check, result);
    }
    if (!asked) continue;
    result.decided = decided;
    if (waiver.keys.empty() && waiver.where == language::ExprId::none) result.matched = population;
    result.covers_all = decided && result.covered > 0 && population > 1 && result.matched >= population;
    out.push_back(std::move(result));
  }
  return out;
}

void Waivers::scan(std::size_t at, CheckId check, WaiverResult& result) const {
  const WaiverDef& waiver = def(at);
  const CheckDef& check_def = run_.program.checks[language::index(check)];
  const std::vector<eval::Range> ranges = eval::ranges(run_, {check});
  struct Part {
    std::uint64_t matched = 0;
    std::vector<bool> keys;
  };
  std::vector<Part> parts(ranges.size());
  tbb::parallel_for(std::size_t{0}, ranges.size(), [&](std::size_t i) {
    Part& part = parts[i];
    part.keys.resize(waiver.keys.size());
    facts::Arena arena;
    const std::vector<eval::Member> members = eval::members(run_, ranges[i], arena);
    eval::Evaluator evaluator(run_);
    for (const eval::Member& member : members) {
      if (waiver.where != language::ExprId::none) {
        eval::Tuples one = batch_of(evaluator, member);
        if (evaluator.eval(waiver.where, one)[0].is_true()) ++part.matched;
        continue;
      }
      const std::string key = member_key(run_, check_def, member);
      for (std::size_t k = 0; k < waiver.keys.size(); ++k) {
        if (waiver.keys[k] == key) part.keys[k] = true;
      }
    }
  });
  if (waiver.where != language::ExprId::none) result.matched = 0;
  for (const Part& part : parts) {
    result.matched += part.matched;
    for (std::size_t k = 0; k < part.keys.size(); ++k) {
      if (!part.keys[k] || result.keys[k] != KeyOutcome::unknown) continue;
      result.keys[k] = KeyOutcome::holds;
      ++result.matched;
    }
  }
}

}  // namespace writ::verdict
