#include "tests/support/oracle_steps.hpp"

namespace writ::support {

using language::StepKind;

void OracleSteps::run(const std::function<void()>& member,
                      const std::function<void(std::size_t, const Value&)>& failed) {
  member_ = &member;
  failed_ = &failed;
  step(0);
}

// From one step on, under what the steps before it have bound.
void OracleSteps::step(std::size_t at) {
  if (at == steps_.size()) return (*member_)();
  const language::Step& here = steps_[at];
  if (here.kind == StepKind::bind && excluded(at)) return;
  const Value value = evaluator_.eval(here.value, locals_);
  switch (here.kind) {
    case StepKind::let:
      locals_[language::index(here.local)] = value;
      return step(at + 1);
    case StepKind::where:
      if (value.is_error()) (*failed_)(at, value);
      if (value.is_true()) step(at + 1);
      return;
    case StepKind::bind:
      if (value.is_error()) return (*failed_)(at, value);
      for (std::uint32_t i = 0; i < facts::list_size(value); ++i) {
        locals_[language::index(here.local)] = facts::list_element(value, i);
        step(at + 1);
      }
      return;
  }
}

// The `where` behind these binders and lets is false already, whatever they are bound to.
bool OracleSteps::excluded(std::size_t at) {
  std::vector<std::uint32_t> unbound;
  for (; at < steps_.size() && steps_[at].kind != StepKind::where; ++at) {
    // A binder behind a let begins anew: its `where` is not that of the binders before.
    if (steps_[at].kind == StepKind::bind && at > 0 && !unbound.empty() && steps_[at - 1].kind == StepKind::let)
      return false;
    unbound.push_back(language::index(steps_[at].local));
  }
  return at < steps_.size() && evaluator_.excluded(steps_[at].value, unbound, locals_);
}

}  // namespace writ::support
