// From which records a relation is asked, so that a closure is computed from these alone. In: the program, its
// plan, the facts, the checks that are to be evaluated and the derivations of the relations that they need. Out: of
// a relation of two records, a column and the rows that it can have in any tuple that is asked for; nothing where
// that is not known, so that every tuple is needed. It follows each look-up in the relation to what binds its key:
// the population of a check, the collections of a query, the arguments of a function; and leaves out what their
// conditions exclude. What it finds may be more than is asked for in the end, never less. Linear in the
// combinations of the collections that a key is computed from.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/derive/sites.hpp"
#include "engine/eval/run.hpp"
#include "language/program.hpp"

namespace writ::derive {

struct Asked {
  unsigned column = 0;
  std::vector<std::uint32_t> rows;  // of the column's entity; ascending
};

class Demand {
 public:
  // `relations`: those that are computed; ascending.
  Demand(eval::Run& run, const std::vector<language::CheckId>& checks, const std::vector<std::uint32_t>& relations);

  // Asked before the relation is computed. `complete` tells of each entity whether all its tuples are known by
  // then.
  std::optional<Asked> of(types::EntityId relation, const std::vector<bool>& complete);

 private:
  eval::Run& run_;
  Sites sites_;
};

}  // namespace writ::derive
