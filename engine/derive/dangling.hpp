// Sets aside what refers to a record that is not there and cannot be without it, after records were derived; then
// what refers to that in turn. References between supplied records were judged when these were read, so only those
// are looked at of which one end has changed since. Linear in the records of such entities, for each round.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/facts/store.hpp"

namespace writ::derive {

using SetAside = std::function<void(types::EntityId entity, std::uint32_t row, std::string reason)>;

// `changed`: by entity, whether records of it were derived. Rows that are set aside are gone from the store, and
// the inverses are over what is left.
void drop_dangling(const language::Program& program, facts::FactStore& store, std::vector<bool> changed,
                   const SetAside& set_aside);

}  // namespace writ::derive
