#include "engine/tests/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/eval/evaluator.hpp"
#include "engine/eval/population.hpp"
#include "engine/eval/trace.hpp"
#include "engine/tests/unset_reads.hpp"
#include "engine/verdict/members.hpp"
#include "language/diagnostics/diagnostic.hpp"

namespace writ::tests {

using language::CheckId;
using language::Expectancy;
using language::Expectation;
using language::ExpectedVerdict;
using language::index;
using verdict::CheckResult;
using verdict::MemberTrace;
using verdict::Outcome;
using verdict::Verdict;

namespace {

constexpr std::size_t most_members = 3;  // records whose absence from an empty population is explained

Verdict verdict_of(ExpectedVerdict expected) {
  switch (expected) {
    case ExpectedVerdict::fail:
      return Verdict::fail;
    case ExpectedVerdict::error:
      return Verdict::error;
    case ExpectedVerdict::no_evidence:
      return Verdict::no_evidence;
    case ExpectedVerdict::waived:
      return Verdict::waived;
    case ExpectedVerdict::pass:
      return Verdict::pass;
    case ExpectedVerdict::not_applicable:
      return Verdict::not_applicable;
  }
  return Verdict::error;
}

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", text); }

std::string listed(const std::set<std::string>& keys) {
  std::string out;
  for (const std::string& key : keys) out += (out.empty() ? "" : ", ") + quoted(key);
  return out;
}

// Decides one expectation.
class Judging {
 public:
  Judging(eval::Run& run, const Expectation& expectation, std::vector<const CheckResult*> checks)
      : run_(run), expectation_(expectation), checks_(std::move(checks)) {}

  ExpectationResult decide() {
    if (expectation_.kind == Expectancy::holds) {
      condition();
    } else if (expectation_.keys.empty()) {
      whole();
    } else {
      keys();
    }
    result_.met = found_.empty();
    for (const std::string& found : found_) result_.found += (result_.found.empty() ? "" : "; ") + found;
    return std::move(result_);
  }

 private:
  void found(std::string what) { found_.push_back(std::move(what)); }
  const std::string& name(const CheckResult& check) const {
    return run_.program.checks[index(check.check)].qualified_name;
  }
  // The check, where the expectation speaks of a control.
  std::string subject(const CheckResult& check) const {
    return name(check) == expectation_.target ? "it" : fmt::format("`{}`", name(check));
  }

  void condition() {
    const facts::Value value = run_.constant(expectation_.condition);
    if (value.is_true()) return;
    eval::Evaluator evaluator(run_);
    eval::Tuples one(evaluator.pool(), 1, run_.max_locals());
    result_.because = eval::Tracer(evaluator).trace(expectation_.condition, one);
    found(value.is_error()
              ? fmt::format("it cannot be evaluated: {}", eval::reason(static_cast<facts::EvalError>(value.aux)))
              : "it is false");
  }

  // ---- a check or a control as a whole

  void whole() {
    Verdict verdict = Verdict::not_applicable;
    for (const CheckResult* check : checks_) verdict = verdict::worst(verdict, check->verdict);
    const Verdict wanted = expectation_.kind == Expectancy::passes  ? Verdict::pass
                           : expectation_.kind == Expectancy::fails ? Verdict::fail
                                                                    : verdict_of(expectation_.verdict);
    if (verdict != wanted) {
      for (const CheckResult* check : checks_) {
        if (check->verdict == verdict) describe(*check);
      }
      return;
    }
    if (!expectation_.saying || says_so()) return;
    for (const CheckResult* check : checks_) {
      if (check->findings.empty()) continue;
      found(fmt::format("{} fails with {}", subject(*check),
                        check->findings.size() == 1 ? "another message" : "other messages"));
      add_findings(*check);
    }
  }

  bool says_so() const {
    return std::any_of(checks_.begin(), checks_.end(), [&](const CheckResult* check) {
      return std::any_of(check->findings.begin(), check->findings.end(),
                         [&](const verdict::Finding& finding) { return says(finding); });
    });
  }
  bool says(const verdict::Finding& finding) const {
    return !expectation_.saying || finding.message.find(expectation_.saying->text) != std::string::npos;
  }

  void describe(const CheckResult& check) {
    switch (check.verdict) {
      case Verdict::fail:
        found(fmt::format("{} fails: {} of {} break{} it", subject(check), check.broken, check.population,
                          check.broken == 1 ? "s" : ""));
        add_findings(check);
        return;
      case Verdict::error:
        found(subject(check) + " is in error" + reasons(check));
        result_.failures.insert(result_.failures.end(), check.failures.begin(), check.failures.end());
        return;
      case Verdict::no_evidence:
        found(subject(check) + " has no evidence" + reasons(check));
        return;
      case Verdict::waived:
        found(subject(check) + " is waived");
        add_findings(check);
        return;
      case Verdict::pass:
        found(
            check.population == 0
                ? fmt::format("{} passes: nothing is in scope, and the check says that this passes", subject(check))
                : fmt::format("{} passes: {} tested, and none breaks it", subject(check), check.tested));
        add_members(check);
        return;
      case Verdict::not_applicable:
        found(subject(check) + " is not applicable: nothing is in scope" + reasons(check));
        add_left_out(check);
        return;
    }
  }

  static std::string reasons(const CheckResult& check) {
    std::string out;
    for (const std::string& reason : check.reasons) out += (out.empty() ? ": " : "; ") + reason;
    return out;
  }

  void add_findings(const CheckResult& check) {
    result_.findings.insert(result_.findings.end(), check.findings.begin(), check.findings.end());
  }
  void add_members(const CheckResult& check) {
    std::vector<MemberTrace> members = verdict::trace_members(run_, check.check, {});
    members.resize(std::min(members.size(), most_members));
    std::move(members.begin(), members.end(), std::back_inserter(result_.members));
  }
  // What keeps the records that the check looks at out of its population.
  void add_left_out(const CheckResult& check) {
    std::size_t count = 0;
    for (const std::string& key : known_keys(check.check)) {
      if (++count > most_members) return;
      for (MemberTrace& trace : verdict::trace_members(run_, check.check, key))
        result_.members.push_back(std::move(trace));
    }
  }

  // The keys of the records that a check's first population runs over.
  std::vector<std::string> known_keys(CheckId id) const {
    const plan::CheckPlan& plan = run_.plan.checks[index(id)];
    std::vector<std::string> out;
    if (!plan.scans) return out;
    const types::EntityId entity = plan.stages.front().pipeline.operators.front().entity;
    for (std::uint32_t row = 0; row < run_.store.entity(entity).rows; ++row) {
      std::string key = run_.store.shown_key(entity, row);
      if (!key.empty()) out.push_back(std::move(key));
    }
    return out;
  }

  // ---- single keys

  struct Member {
    enum class State : std::uint8_t { holds, broken, failed, waived, out_of_scope, unknown } state{};
    const CheckResult* check = nullptr;
    const verdict::Finding* finding = nullptr;
    const verdict::Failure* failure = nullptr;
    std::vector<MemberTrace> traces;
  };
  using State = Member::State;

  // What became of a key in one check.
  Member member_of(const CheckResult& check, const std::string& key) {
    Member out;
    out.check = &check;
    for (const verdict::Finding& finding : check.findings) {
      if (finding.key != key) continue;
      const State state = finding.waiver ? State::waived : State::broken;
      // Of several findings of one key, one that is not waived, and of these that which says what is expected.
      const bool better = out.finding == nullptr || (out.state == State::waived && state == State::broken) ||
                          (out.state == state && !says(*out.finding) && says(finding));
      if (!better) continue;
      out.state = state;
      out.finding = &finding;
    }
    if (out.finding != nullptr) return out;
    for (const verdict::Failure& failure : check.failures) {
      if (failure.key != key) continue;
      out.state = State::failed;
      out.failure = &failure;
      return out;
    }
    out.traces = verdict::trace_members(run_, check.check, key);
    out.state = out.traces.empty()                                    ? State::unknown
                : out.traces.front().outcome == Outcome::out_of_scope ? State::out_of_scope
                                                                      : State::holds;
    return out;
  }

  static State wanted_state(const Expectation& expectation) {
    if (expectation.kind == Expectancy::passes) return State::holds;
    if (expectation.kind == Expectancy::fails) return State::broken;
    switch (expectation.verdict) {
      case ExpectedVerdict::pass:
        return State::holds;
      case ExpectedVerdict::fail:
        return State::broken;
      case ExpectedVerdict::error:
        return State::failed;
      case ExpectedVerdict::waived:
        return State::waived;
      default:
        return State::out_of_scope;
    }
  }

  // The worst first, so that a control's state for a key is that of the check that decides it.
  static int rank(State state) {
    switch (state) {
      case State::broken:
        return 0;
      case State::failed:
        return 1;
      case State::waived:
        return 2;
      case State::holds:
        return 3;
      case State::out_of_scope:
        return 4;
      case State::unknown:
        return 5;
    }
    return 5;
  }

  void keys() {
    const State wanted = wanted_state(expectation_);
    for (const language::QuotedText& key : expectation_.keys) {
      std::vector<Member> members;
      for (const CheckResult* check : checks_) members.push_back(member_of(*check, key.text));
      if (members.empty()) continue;
      const auto by_rank = [](const Member& a, const Member& b) { return rank(a.state) < rank(b.state); };
      Member& worst = *std::min_element(members.begin(), members.end(), by_rank);
      if (worst.state != wanted) {
        describe(key.text, worst);
      } else if (worst.finding != nullptr && !says_any(members)) {
        found(fmt::format("{} {} for {} with another message", subject(*worst.check),
                          wanted == State::waived ? "is waived" : "fails", quoted(key.text)));
        result_.findings.push_back(*worst.finding);
      }
    }
    if (expectation_.only) others(wanted);
  }

  bool says_any(const std::vector<Member>& members) const {
    return std::any_of(members.begin(), members.end(),
                       [&](const Member& member) { return member.finding != nullptr && says(*member.finding); });
  }

  void describe(const std::string& key, Member& member) {
    const std::string who = subject(*member.check);
    switch (member.state) {
      case State::broken:
        found(fmt::format("{} fails for {}", who, quoted(key)));
        result_.findings.push_back(*member.finding);
        return;
      case State::waived:
        found(fmt::format("{} is waived for {}", who, quoted(key)));
        result_.findings.push_back(*member.finding);
        return;
      case State::failed:
        found(fmt::format("{} is in error for {}", who, quoted(key)));
        result_.failures.push_back(*member.failure);
        return;
      case State::holds:
        found(fmt::format("{} passes for {}", who, quoted(key)));
        break;
      case State::out_of_scope:
        found(fmt::format("{} is not in the population of {}", quoted(key),
                          who == "it" ? fmt::format("`{}`", name(*member.check)) : who));
        break;
      case State::unknown:
        unknown(key, *member.check);
        return;
    }
    std::move(member.traces.begin(), member.traces.end(), std::back_inserter(result_.members));
  }

  void unknown(const std::string& key, const CheckResult& check) {
    const bool undecided = check.verdict == Verdict::no_evidence || check.verdict == Verdict::error;
    if (undecided) {
      describe(check);
      return;
    }
    std::vector<std::string> keys = known_keys(check.check);
    const std::vector<std::string_view> candidates(keys.begin(), keys.end());
    const std::string_view near = diagnostics::nearest(key, candidates);
    found(fmt::format("nothing that `{}` looks at has the key {}{}", name(check), quoted(key),
                      near.empty() ? std::string() : fmt::format(" ({} is near)", quoted(near))));
  }

  // `only`: no other key may be in the same state.
  void others(State wanted) {
    std::set<std::string> expected;
    for (const language::QuotedText& key : expectation_.keys) expected.insert(key.text);
    std::set<std::string> more;
    for (const CheckResult* check : checks_) {
      if (wanted == State::broken || wanted == State::waived) {
        for (const verdict::Finding& finding : check->findings) {
          if (expected.contains(finding.key) || finding.waiver.has_value() != (wanted == State::waived)) continue;
          more.insert(finding.key);
          result_.findings.push_back(finding);
        }
      } else {
        for (MemberTrace& member : verdict::trace_members(run_, check->check, {})) {
          if (member.outcome != Outcome::holds || expected.contains(member.key)) continue;
          more.insert(member.key);
          result_.members.push_back(std::move(member));
        }
      }
    }
    if (more.empty()) return;
    const std::string_view what = wanted == State::broken   ? "fails"
                                  : wanted == State::waived ? "is waived"
                                                            : "passes";
    found(fmt::format("it {} for {} as well", what, listed(more)));
  }

  eval::Run& run_;
  const Expectation& expectation_;
  std::vector<const CheckResult*> checks_;
  std::vector<std::string> found_;
  ExpectationResult result_;
};

}  // namespace

std::string_view spelling(Status status) {
  switch (status) {
    case Status::passed:
      return "passed";
    case Status::failed:
      return "failed";
    case Status::error:
      return "error";
  }
  return "error";
}

void judge(eval::Run& run, const language::TestDef& test, const Fixture& fixture, const verdict::Verdicts& verdicts,
           TestResult& result) {
  UnsetReads unset(run, fixture, result);
  for (std::uint32_t i = 0; i < test.expectations.size(); ++i) {
    const Expectation& expectation = test.expectations[i];
    std::vector<const CheckResult*> checks;
    for (const CheckId wanted : expectation.checks) {
      for (const verdict::ControlResult& control : verdicts.controls) {
        for (const CheckResult& check : control.checks) {
          if (check.check == wanted) checks.push_back(&check);
        }
      }
    }
    if (unset.any(expectation, checks)) continue;
    ExpectationResult decided = Judging(run, expectation, std::move(checks)).decide();
    decided.expectation = i;
    result.expectations.push_back(std::move(decided));
  }
}

}  // namespace writ::tests
