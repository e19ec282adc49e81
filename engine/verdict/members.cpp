#include "engine/verdict/members.hpp"

#include "engine/eval/evaluator.hpp"
#include "engine/eval/population.hpp"
#include "engine/eval/trace.hpp"
#include "engine/verdict/findings.hpp"

namespace writ::verdict {

using facts::Value;
using language::CheckId;

namespace {

// Why the record of a check's first population is not in it: the first condition that is false for it.
std::optional<MemberTrace> left_out(eval::Run& run, CheckId id, std::string_view key) {
  const language::CheckDef& check = run.program.checks[language::index(id)];
  const plan::CheckPlan& plan = run.plan.checks[language::index(id)];
  if (!plan.scans) return std::nullopt;
  const plan::Operator& scan = plan.stages.front().pipeline.operators.front();
  eval::Evaluator evaluator(run);
  for (std::uint32_t row = 0; row < run.store.entity(scan.entity).rows; ++row) {
    eval::Member member;
    member.locals.resize(check.locals.size());
    member.bound.resize(check.locals.size());
    member.locals[language::index(scan.local)] = Value::row(row);
    member.bound[language::index(scan.local)] = true;
    if (member_key(run, check, member) != key) continue;
    MemberTrace trace;
    trace.key = key;
    trace.records = bound_records(run, check, member);
    trace.outcome = Outcome::out_of_scope;
    eval::Tuples one = batch_of(evaluator, member);
    for (const language::Step& step : check.steps) {
      if (step.kind == language::StepKind::let) one.bind(step.local, evaluator.eval(step.value, one));
      if (step.kind == language::StepKind::bind && step.local != scan.local) break;
      if (step.kind != language::StepKind::where) continue;
      const Value holds = evaluator.eval(step.value, one)[0];
      if (holds.is_true()) continue;
      trace.message = plan::source_text(run.program, step.value);
      trace.because = eval::Tracer(evaluator).trace(step.value, one);
      return trace;
    }
    trace.message = "no combination with another record is in scope";
    return trace;
  }
  return std::nullopt;
}

MemberTrace member_trace(eval::Evaluator& evaluator, CheckId id, const eval::Member& member) {
  const eval::Run& run = evaluator.shared();
  const language::CheckDef& check = run.program.checks[language::index(id)];
  MemberTrace trace;
  trace.key = member_key(run, check, member);
  trace.records = bound_records(run, check, member);
  eval::Tuples one = batch_of(evaluator, member);
  for (const language::Requirement& requirement : check.requirements) {
    const Value holds = evaluator.eval(requirement.condition, one)[0];
    std::vector<Decider> because = eval::Tracer(evaluator).trace(requirement.condition, one);
    if (holds.is_true()) {
      trace.message = plan::source_text(run.program, requirement.condition);
      std::move(because.begin(), because.end(), std::back_inserter(trace.because));
      continue;
    }
    trace.because = std::move(because);
    trace.outcome = holds.is_error() ? Outcome::failed : Outcome::broken;
    if (holds.is_error()) {
      trace.message = eval::reason(static_cast<facts::EvalError>(holds.aux));
    } else {
      const Value message = evaluator.eval(requirement.message, one)[0];
      trace.message = message.is_error() ? std::string(eval::reason(static_cast<facts::EvalError>(message.aux)))
                                         : std::string(message.view());
    }
    return trace;
  }
  return trace;
}

}  // namespace

std::vector<MemberTrace> trace_members(eval::Run& run, CheckId check, std::string_view key) {
  std::vector<MemberTrace> out;
  eval::Evaluator evaluator(run);
  for (const eval::Range& range : eval::ranges(run, {check})) {
    facts::Arena members_arena;
    for (const eval::Member& member : eval::members(run, range, members_arena)) {
      if (!key.empty() && member_key(run, run.program.checks[language::index(check)], member) != key) continue;
      out.push_back(member_trace(evaluator, check, member));
    }
  }
  if (out.empty() && !key.empty()) {
    if (auto trace = left_out(run, check, key)) out.push_back(std::move(*trace));
  }
  return out;
}

}  // namespace writ::verdict
