#include "engine/tests/unset_reads.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace writ::tests {

using language::index;

namespace {

bool is_meant(const language::Expectation& expectation, const std::string& key) {
  return expectation.keys.empty() ||
         std::any_of(expectation.keys.begin(), expectation.keys.end(),
                     [&](const language::QuotedText& wanted) { return wanted.text == key; });
}

}  // namespace

bool UnsetReads::any(const language::Expectation& expectation,
                     const std::vector<const verdict::CheckResult*>& checks) {
  if (expectation.kind == language::Expectancy::holds) {
    const facts::Value value = run_.constant(expectation.condition);
    if (value.unset_number() == 0) return false;
    const std::uint32_t at = value.failed_expr();
    report(value.unset_number(), at == 0 ? expectation.span : run_.program.exprs[at - 1].span);
    return true;
  }
  bool found = false;
  for (const verdict::CheckResult* check : checks) {
    for (const verdict::Failure& failure : check->failures) {
      if (failure.unset == 0) continue;
      report(failure.unset, failure.span);
      found = true;
    }
    if (!expectation.saying) continue;
    const language::CheckDef& def = run_.program.checks[index(check->check)];
    for (const verdict::Finding& finding : check->findings) {
      if (finding.unset == 0 || !is_meant(expectation, finding.key)) continue;
      report(finding.unset, run_.program.expr(def.requirements[finding.requirement].message).span);
      found = true;
    }
  }
  return found;
}

void UnsetReads::report(std::uint32_t number, source::Span read) {
  if (!reported_.insert(number).second) return;
  const UnsetField& field = fixture_.unset[number - 1];
  const std::string& entity = run_.program.entity(field.entity).name;
  const std::string key = run_.store.shown_key(field.entity, field.row);
  result_.faults.push_back(
      {key.empty() ? fmt::format("`{}.{}` is read, and the test leaves it out", entity, field.name)
                   : fmt::format("`{}.{}` of `{}` is read, and the test leaves it out", entity, field.name, key),
       read, fmt::format("this `{}` is given without `{}`", entity, field.name), field.span});
}

}  // namespace writ::tests
