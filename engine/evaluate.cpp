#include "engine/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/eval/population.hpp"
#include "engine/eval/trace.hpp"
#include "engine/verdict/decide.hpp"
#include "engine/verdict/findings.hpp"

namespace writ::engine {

using diagnostics::Code;
using facts::Value;
using language::CheckId;
using language::Program;

std::vector<CheckId> chosen_checks(const Program& program, const std::vector<std::string>& only,
                                   diagnostics::Sink& sink) {
  std::vector<std::string_view> names;
  for (const auto& control : program.controls) {
    if (!control.selected) continue;
    names.push_back(control.id);
    for (const CheckId check : control.checks)
      names.push_back(program.checks[language::index(check)].qualified_name);
  }
  for (const std::string& wanted : only) {
    if (std::find(names.begin(), names.end(), wanted) != names.end()) continue;
    auto& diagnostic = sink.add(Code::unknown_control, fmt::format("there is no control or check `{}`", wanted));
    const std::string_view nearest = diagnostics::nearest(wanted, names);
    if (!nearest.empty()) {
      diagnostic.help(fmt::format("did you mean `{}`?", nearest));
    } else {
      diagnostic.help("`writ check` lists what a pack holds");
    }
  }
  std::vector<CheckId> out;
  for (const auto& control : program.controls) {
    if (!control.selected) continue;
    for (const CheckId check : control.checks) {
      const auto wanted = [&](const std::string& name) {
        return name == control.id || name == program.checks[language::index(check)].qualified_name;
      };
      if (only.empty() || std::any_of(only.begin(), only.end(), wanted)) out.push_back(check);
    }
  }
  if (out.empty() && !sink.has_errors()) {
    sink.add(Code::no_controls, "there is no control to evaluate")
        .help(
            "a pack takes controls from the library with `include soc2.access`, or declares its own with `control "
            "ID \"…\" { … }`");
  }
  return out;
}

namespace {

facts::CallContext clock_of(const RunOptions& options) {
  return {options.now, types::date_of(options.now), options.period_start, options.period_end, nullptr};
}

}  // namespace

verdict::Verdicts evaluate(const Program& program, const facts::FactStore& store, facts::KernelTable kernels,
                           const RunOptions& options, diagnostics::Sink& sink) {
  const std::vector<CheckId> checks = chosen_checks(program, options.only, sink);
  facts::Arena arena;
  std::vector<Value> params = bind_parameters(program, options, kernels, arena, sink);
  if (sink.has_errors()) return {};
  const plan::Plan plan = plan::lower(program);
  eval::Run run(program, plan, store, kernels, std::move(params), clock_of(options));
  return verdict::decide(run, checks, {options.threads, options.max_explained});
}

namespace {

// Why the record of a check's first population is not in it: the first condition that is false for it.
std::optional<verdict::MemberTrace> left_out(eval::Run& run, CheckId id, std::string_view key) {
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
    if (verdict::member_key(run, check, member) != key) continue;
    verdict::MemberTrace trace;
    trace.key = key;
    trace.records = verdict::bound_records(run, check, member);
    trace.outcome = verdict::Outcome::out_of_scope;
    eval::Tuples one = verdict::batch_of(evaluator, member);
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

verdict::MemberTrace member_trace(eval::Evaluator& evaluator, CheckId id, const eval::Member& member) {
  const eval::Run& run = evaluator.shared();
  const language::CheckDef& check = run.program.checks[language::index(id)];
  verdict::MemberTrace trace;
  trace.key = verdict::member_key(run, check, member);
  trace.records = verdict::bound_records(run, check, member);
  eval::Tuples one = verdict::batch_of(evaluator, member);
  for (const language::Requirement& requirement : check.requirements) {
    const Value holds = evaluator.eval(requirement.condition, one)[0];
    std::vector<verdict::Decider> because = eval::Tracer(evaluator).trace(requirement.condition, one);
    if (holds.is_true()) {
      trace.message = plan::source_text(run.program, requirement.condition);
      std::move(because.begin(), because.end(), std::back_inserter(trace.because));
      continue;
    }
    trace.because = std::move(because);
    trace.outcome = holds.is_error() ? verdict::Outcome::failed : verdict::Outcome::broken;
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

std::vector<verdict::MemberTrace> explain_members(const Program& program, const facts::FactStore& store,
                                                  facts::KernelTable kernels, const RunOptions& options,
                                                  CheckId check, std::string_view key, diagnostics::Sink& sink) {
  facts::Arena arena;
  std::vector<Value> params = bind_parameters(program, options, kernels, arena, sink);
  if (sink.has_errors()) return {};
  const plan::Plan plan = plan::lower(program);
  eval::Run run(program, plan, store, kernels, std::move(params), clock_of(options));
  std::vector<verdict::MemberTrace> out;
  eval::Evaluator evaluator(run);
  for (const eval::Range& range : eval::ranges(run, {check})) {
    facts::Arena members_arena;
    for (const eval::Member& member : eval::members(run, range, members_arena)) {
      if (!key.empty() && verdict::member_key(run, program.checks[language::index(check)], member) != key) continue;
      out.push_back(member_trace(evaluator, check, member));
    }
  }
  if (out.empty() && !key.empty()) {
    if (auto trace = left_out(run, check, key)) out.push_back(std::move(*trace));
  }
  return out;
}

}  // namespace writ::engine
