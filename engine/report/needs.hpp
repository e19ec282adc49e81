// What evidence the controls read, field by field, and why; and how evidence at hand measures up to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/report/page.hpp"
#include "engine/report/results.hpp"

namespace writ::report {

struct FieldNeed {
  std::uint32_t field = 0;                // in its entity
  std::vector<language::CheckId> checks;  // that read it
};

// The age that a control asks of an entity's evidence.
struct AgeNeed {
  language::ControlId control{};
  std::string within;  // as the rule says it: `7 days`
};

struct EntityNeed {
  types::EntityId entity{};
  std::vector<AgeNeed> ages;
  std::vector<FieldNeed> fields;          // in order of declaration
  std::vector<language::CheckId> checks;  // that read the entity
};

// Of the checks that are given, by entity name.
std::vector<EntityNeed> needs(const language::Program& program, const std::vector<language::CheckId>& checks);

// The evidence at hand, where there is any.
struct EvidenceAtHand {
  const facts::FactStore& store;
  types::Timestamp now;
  std::vector<engine::Undecided> undecided;
};

std::string needs_to_text(const language::Program& program, const std::vector<EntityNeed>& needs,
                          const std::optional<EvidenceAtHand>& evidence, const TextStyle& style);
// {"format": "writ-needs/1", "entities": […]}, and the members of evidence_to_json where there is evidence.
std::string needs_to_json(const language::Program& program, const std::vector<EntityNeed>& needs,
                          const std::optional<EvidenceAtHand>& evidence);

// Whether every entity that is needed was supplied whole, without a bad record.
bool sufficient(const std::vector<EntityNeed>& needs, const facts::FactStore& store);

}  // namespace writ::report
