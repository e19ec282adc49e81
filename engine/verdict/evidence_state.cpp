#include "engine/verdict/evidence_state.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace writ::verdict {

namespace {

std::string records(std::uint64_t count) { return fmt::format("{} record{}", count, count == 1 ? "" : "s"); }

// A member that the entity does not know, named almost like a field that the check reads and some records lack:
// what the check takes for absent may stand there under the wrong name.
void misspelt(const eval::Run& run, const dependencies::Reads& reads, std::uint32_t entity, EvidenceState& state) {
  const language::EntityDef& def = run.program.entities[entity];
  for (const facts::UnknownField& unknown : run.store.unknown_fields) {
    if (static_cast<std::uint32_t>(unknown.entity) != entity || unknown.nearest.empty()) continue;
    for (const dependencies::FieldUse& use : reads.fields) {
      if (use.entity != entity || def.fields[use.field].name != unknown.nearest) continue;
      const bool may_be_absent =
          def.fields[use.field].has_default || !run.store.entities[entity].columns[use.field].absent.empty();
      if (!may_be_absent) continue;
      state.errors = true;
      state.reasons.push_back(fmt::format("{} of `{}` {} a member `{}`, which is no field of it; `{}` may be meant",
                                          records(unknown.count), def.name, unknown.count == 1 ? "has" : "have",
                                          unknown.name, unknown.nearest));
    }
  }
}

void age(eval::Run& run, const facts::EntityFacts& facts, const std::string& name, language::ExprId within,
         EvidenceState& state) {
  const facts::Value limit = run.constant(within);
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
  if (valid_until && *valid_until >= run.clock.now) return;
  state.lacking = true;
  state.reasons.push_back(
      fmt::format("the evidence of `{}` was collected at {}, {} before now, and must be at most {} old", name,
                  types::to_text(*facts.collected_at),
                  types::to_text(types::difference(run.clock.now, *facts.collected_at)), asked));
}

}  // namespace

EvidenceState evidence_state(eval::Run& run, const dependencies::Reads& reads, language::CheckId check) {
  EvidenceState state;
  const language::ControlId control_id = run.program.checks[language::index(check)].control;
  const language::ControlDef& control = run.program.controls[language::index(control_id)];
  for (const std::uint32_t entity : reads.entities) {
    const std::string& name = run.program.entities[entity].name;
    const facts::EntityFacts& facts = run.store.entities[entity];
    if (facts.broken) {
      state.evaluable = false;
      state.errors = true;
      state.reasons.push_back(fmt::format("the evidence of `{}` is broken: {}", name, facts.broken_reason));
    } else if (!facts.supplied) {
      state.evaluable = false;
      state.lacking = true;
      state.reasons.push_back(fmt::format("no evidence of `{}` was supplied", name));
    }
    // Of an entity that is derived in several ways some records can be bad, and the sources of others not be there.
    if (!facts.broken && facts.bad > 0) {
      state.errors = true;
      state.reasons.push_back(
          fmt::format("{} of `{}` {} set aside as bad", records(facts.bad), name, facts.bad == 1 ? "was" : "were"));
    }
    misspelt(run, reads, entity, state);
    if (!facts.supplied) continue;
    for (const language::EvidenceDef& clause : control.evidence) {
      if (static_cast<std::uint32_t>(clause.entity) == entity && clause.within != language::ExprId::none) {
        age(run, facts, name, clause.within, state);
      }
    }
  }
  for (const std::uint32_t relation : reads.relations) {
    const facts::EntityFacts& facts = run.store.entities[relation];
    if (!facts.broken) continue;
    state.errors = true;
    state.reasons.push_back(fmt::format("the rule `{}` could not be computed for all records: {}",
                                        run.program.entities[relation].name, facts.broken_reason));
  }
  // A control and a template that it includes may ask for the same.
  std::vector<std::string> reasons;
  for (std::string& reason : state.reasons) {
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(std::move(reason));
  }
  state.reasons = std::move(reasons);
  return state;
}

}  // namespace writ::verdict
