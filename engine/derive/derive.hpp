// Makes the tuples of relations from the evidence, before checks are evaluated. In: the run, whose facts hold what
// was read; the relations that are wanted, with all that they need (dependencies::Reads). Out: their rows in the
// store; what was derived there before is replaced. A relation of which a clause failed for some records is marked
// as broken, with the first reason.
// Semi-naive: a relation that needs itself is computed in rounds, each of which looks for what the new tuples of
// the last one lead to. Linear in the tuples that joins produce, plus a logarithm for indexes.
#pragma once

#include <vector>

#include "engine/eval/run.hpp"
#include "language/dependencies/graph.hpp"

namespace writ::derive {

// `store` is the run's own.
void derive(eval::Run& run, facts::FactStore& store, const std::vector<std::uint32_t>& relations);
// The relations that these checks read, and of closures only the tuples that they ask for (see demand.hpp). Enough
// to evaluate the checks and the waivers of their findings; members that are not in scope may not be looked at.
void derive_for(eval::Run& run, facts::FactStore& store, const std::vector<dependencies::Reads>& reads,
                const std::vector<language::CheckId>& checks);

// The relations that any of these read; sorted.
std::vector<std::uint32_t> relations_of(const std::vector<dependencies::Reads>& reads,
                                        const std::vector<language::CheckId>& checks);
// Every relation of a program.
std::vector<std::uint32_t> all_relations(const language::Program& program);

}  // namespace writ::derive
