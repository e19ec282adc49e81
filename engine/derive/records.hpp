// Makes records of records, before anything is evaluated: what `derive` says, added to what was supplied. In: the
// facts as they were read. Out: the same with derived records behind the supplied ones, inverses over all of them,
// and, of each entity that is derived, whether it is supplied and how old its evidence is: as its sources are. A
// record that cannot be made, or for which something that the derivation requires does not hold, is a bad one, at
// the place of the record that it would have been made of. Linear in what the derivations run over, but for the
// joins in them.
#pragma once

#include "engine/facts/functions.hpp"
#include "engine/facts/store.hpp"
#include "engine/plan/plan.hpp"

namespace writ::derive {

// Once a store: nothing happens where it has been done.
void derive_records(const language::Program& program, const plan::Plan& plan, facts::FactStore& store,
                    facts::KernelTable kernels, const facts::CallContext& clock);

}  // namespace writ::derive
