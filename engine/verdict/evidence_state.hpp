// How the evidence that one check reads stands, before any member is evaluated: whole, lacking, too old, in part
// bad. In: a run (its store, clock and parameters) and what the check reads. Out: what it means for the verdict,
// and why.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/run.hpp"
#include "language/dependencies/graph.hpp"

namespace writ::verdict {

struct EvidenceState {
  bool evaluable = true;  // every entity was supplied whole
  bool errors = false;    // bad records, files that broke off, members that are fields misspelt
  bool lacking = false;   // not supplied, or too old
  std::vector<std::string> reasons;

  bool sound() const { return evaluable && !errors && !lacking; }
};

EvidenceState evidence_state(eval::Run& run, const dependencies::Reads& reads, language::CheckId check);

}  // namespace writ::verdict
