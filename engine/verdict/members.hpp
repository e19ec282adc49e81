// The members of one check's population, each with what decided it: what `writ explain --key` and tests show.
#pragma once

#include <string_view>
#include <vector>

#include "engine/eval/run.hpp"
#include "engine/verdict/verdicts.hpp"

namespace writ::verdict {

// The members whose key is `key` (all where it is empty). Where none has it, the record of the first population
// with that key, if there is one, and the condition that leaves it out. Evaluates the check anew.
std::vector<MemberTrace> trace_members(eval::Run& run, language::CheckId check, std::string_view key);

}  // namespace writ::verdict
