// The other sides of references: for each record, the rows of those that refer to it.
// In: a store whose columns and keys are complete. Out: its inverses. Linear in the references.
#pragma once

#include "engine/facts/store.hpp"

namespace writ::facts {

// Fills in the inverses of every entity that is read.
void make_inverses(const language::Program& program, FactStore& store);

}  // namespace writ::facts
