// Members of a population as findings, failures and traces: keys, places, messages, what decided.
#pragma once

#include <string>

#include "engine/eval/evaluator.hpp"
#include "engine/eval/population.hpp"
#include "engine/verdict/verdicts.hpp"

namespace writ::verdict {

inline constexpr std::string_view organization_key = "organization";

// The keys of the records bound by a check's population, joined with `, `; a record without a key is named by its
// place.
std::string member_key(const eval::Run& run, const language::CheckDef& check, const eval::Member& member);
std::vector<BoundRecord> bound_records(const eval::Run& run, const language::CheckDef& check,
                                       const eval::Member& member);
// Key, message and fingerprint; what `explain` adds is left out.
Finding finding(const eval::Run& run, language::CheckId id, const eval::Member& member);
// The places of the records and what decided. Reads the evidence again.
void explain(eval::Evaluator& evaluator, language::CheckId id, const eval::Member& member, Finding& finding);
Failure failure(const eval::Run& run, const language::CheckDef& check, const eval::Member& member);
// 16 hexadecimal digits: FNV-1a of control, check and key.
std::string fingerprint(std::string_view qualified_check, std::string_view key);
// A batch of one tuple, with the member's locals bound.
eval::Tuples batch_of(eval::Evaluator& evaluator, const eval::Member& member);

}  // namespace writ::verdict
