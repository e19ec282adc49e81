// The table of verdicts: what became of each check's population, and what evidence it had, to verdicts.
#pragma once

#include <vector>

#include "engine/eval/run.hpp"
#include "engine/verdict/verdicts.hpp"

namespace writ::verdict {

struct DecideOptions {
  unsigned threads = 0;
  std::size_t max_explained = SIZE_MAX;
  std::vector<language::WaiverId> waivers;  // those that are asked for, whatever their state
};

// Runs the checks, in parallel over ranges of their populations, and decides. `checks` are grouped by control in
// the result, controls in order of id. Checks that the pack leaves out are not run. Results do not depend on the
// number of threads.
Verdicts decide(eval::Run& run, const std::vector<language::CheckId>& checks, const DecideOptions& options);

}  // namespace writ::verdict
