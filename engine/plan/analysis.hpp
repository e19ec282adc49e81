// What lowering must know of expressions: which locals they use, whether they can fail, which are the same.
#pragma once

#include <vector>

#include "engine/plan/plan.hpp"

namespace writ::plan {

// Facts of every expression, by ExprId. Linear in the program.
std::vector<ExprFacts> analyse(const language::Program& program, bool fields_may_fail);

// The operands of nested `and`s, left to right; the expression itself where it is none.
std::vector<ExprId> conjuncts(const language::Program& program, ExprId condition);

}  // namespace writ::plan
