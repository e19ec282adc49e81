// What was read of the evidence, and what was wrong with it, for a person. Shared by the report on a run and by
// `writ facts`.
#pragma once

#include <cstddef>

#include "engine/report/page.hpp"
#include "engine/report/results.hpp"

namespace writ::report {

// Bad records by entity: the first `most` of each with place and reason, and how many more there are.
void write_bad_records(Page& page, const language::Program& program, const facts::FactStore& store,
                       std::size_t most);
void write_unknown_fields(Page& page, const language::Program& program, const facts::FactStore& store);
// A line an entity that was read: records, bad ones, age at `now`.
void write_evidence_table(Page& page, const language::Program& program, const facts::FactStore& store,
                          types::Timestamp now);

// `3 hours old`, `12 days old`: the two greatest units; `4 days after now` for a date in the future.
std::string age_in_words(types::Timestamp collected_at, types::Timestamp now);

}  // namespace writ::report
