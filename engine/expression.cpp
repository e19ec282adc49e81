#include "engine/expression.hpp"

#include "engine/derive/derive.hpp"
#include "engine/derive/records.hpp"
#include "engine/eval/population.hpp"
#include "engine/verdict/evidence_state.hpp"

namespace writ::engine {

using facts::Value;
using language::Program;

struct ExpressionRun::State {
  State(const Program& program, facts::FactStore& store, facts::KernelTable kernels, std::vector<Value> parameters,
        facts::CallContext clock)
      : plan(derived(program, store, kernels, clock)),
        run(program, plan, store, kernels, std::move(parameters), clock) {}

  // The plan, by which records have been derived.
  static plan::Plan derived(const Program& program, facts::FactStore& store, facts::KernelTable kernels,
                            const facts::CallContext& clock) {
    plan::Plan plan = plan::lower(program);
    derive::derive_records(program, plan, store, kernels, clock);
    return plan;
  }

  plan::Plan plan;
  eval::Run run;
  facts::Arena arena;
};

ExpressionRun::ExpressionRun(const Program& program, facts::FactStore& store, facts::KernelTable kernels,
                             const RunOptions& options, std::vector<Value> parameters, language::CheckId check,
                             language::LocalId local)
    : state_(std::make_unique<State>(program, store, kernels, std::move(parameters), clock_of(options))),
      type_(program.checks[language::index(check)].locals[language::index(local)].type) {
  eval::Run& run = state_->run;
  const auto reads = dependencies::reads_of_checks(program);
  derive::derive_for(run, store, reads, {check});
  verdict::EvidenceState evidence = verdict::evidence_state(run, reads[language::index(check)], check);
  reasons_ = std::move(evidence.reasons);
  if (!evidence.evaluable) return;
  for (const eval::Range& range : eval::ranges(run, {check})) {
    for (const eval::Member& member : eval::members(run, range, state_->arena)) {
      value_ = member.locals[language::index(local)];
    }
  }
}

ExpressionRun::~ExpressionRun() = default;

std::string ExpressionRun::failure() const {
  if (!value_ || !value_->is_error()) return {};
  return std::string(eval::reason(static_cast<facts::EvalError>(value_->aux)));
}

std::optional<source::Span> ExpressionRun::failed_at() const {
  if (!value_ || !value_->is_error() || value_->expr == 0) return std::nullopt;
  return state_->run.program.exprs[value_->expr - 1].span;
}

}  // namespace writ::engine
