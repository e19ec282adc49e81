// Relations that are closures: what can be reached from a record by a step that is repeated. They need no general
// rounds, no look-up for each tuple, and no test for tuples that are there already: from each record one search
// over the steps suffices.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "language/program.hpp"

namespace writ::derive {

// How a relation of two records of one entity goes on from its own tuples: one column is kept, and the other one
// takes a step.
struct Closure {
  std::uint32_t derivation = 0;  // that goes on
  unsigned kept = 0;             // the column
  bool by_itself = false;        // the step is any tuple of the relation: what begins it is what it goes on by
};

// Nothing where the stratum is no closure.
std::optional<Closure> closure_of(const language::Program& program, const language::Stratum& stratum);

// From one record to another; duplicates do no harm.
using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

struct Closed {
  std::vector<std::uint32_t> from, to;  // side by side
};

// Every pair of a record and one that is reached from it: by `begin`, then by any number of `steps`. Records are
// below `records`; the pairs are those of the records in `from`, in its order; each once. Linear in the pairs and
// the steps that lead to them, and in all of `begin` and `steps` once; records are searched from in parallel.
Closed close(const Pairs& begin, const Pairs& steps, std::uint32_t records, const std::vector<std::uint32_t>& from);
// The same for the records that are reached: those of `to`, in its order, each with all from which it is reached.
// Here `begin` comes last, so what leads to a record of `to` over steps alone is in no pair.
Closed close_back(const Pairs& begin, const Pairs& steps, std::uint32_t records,
                  const std::vector<std::uint32_t>& to);

}  // namespace writ::derive
