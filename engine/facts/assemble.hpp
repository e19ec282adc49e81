// Makes one store of what the threads have read: rows in the order of the files, one dictionary of keys an entity,
// references resolved, and set aside what only the whole shows to be bad: keys that stand twice, references that
// lead nowhere. The result does not depend on how many threads there were.
#pragma once

#include <memory>
#include <vector>

#include "engine/facts/evidence_reader.hpp"
#include "engine/facts/reading_plan.hpp"
#include "engine/facts/store.hpp"

namespace writ::facts {

using Readers = std::vector<std::unique_ptr<EvidenceReader>>;  // by thread

// Fills columns, keys, places and inverses of `store.entities`; `supplied` and `broken` are set already. `parts` in
// the order of rows. What is set aside is added to `bad`, by entity, and to EntityFacts::bad.
void assemble(const ReadingPlan& plan, Readers& readers, const std::vector<PartResult>& parts, FactStore& store,
              std::vector<std::vector<RawBad>>& bad);

}  // namespace writ::facts
