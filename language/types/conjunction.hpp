// A rule's condition in the form in which it is computed: what runs over what, what a variable is said to be, and
// what must hold beside.
#pragma once

#include <optional>
#include <vector>

#include "language/types/checking.hpp"

namespace writ::types {

// All of it must hold, for some elements of the binders.
struct Conjunction {
  std::vector<language::Step> binders;  // each of kind `bind`
  std::vector<language::ExprId> conditions;
};

// The condition holds where one of these does. `and` and `some` are taken apart, and `or` where that gives no more
// than `most_alternatives`; what else a condition is made of stays whole.
std::vector<Conjunction> alternatives(Checking& checking, language::ExprId condition);
inline constexpr std::size_t most_alternatives = 64;

struct Solution {
  std::vector<language::Step> steps;   // as in DerivationDef
  std::vector<std::uint32_t> unbound;  // of the head: nothing says what they are
};

// Finds what each of the first `head` locals is: what an equation says; else, of a record, any of its entity.
// Variables that run over an entity are done without where an equation says which record is meant. Linear in the
// conditions for each variable.
Solution solve(Checking& checking, const std::vector<language::Local>& locals, std::uint32_t head,
               Conjunction conjunction);

}  // namespace writ::types
