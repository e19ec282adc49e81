// Where relations are asked: each look-up in one, and each call of a function, with what is known there. In: the
// program and its plan; the checks and derivations that are to be evaluated. Out: plain data, for demand.hpp.
// Linear in the expressions, times the depth of their queries.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "engine/plan/plan.hpp"
#include "language/program.hpp"

namespace writ::derive {

// Where an expression stands: what has bound the locals around it, and what holds of them or makes the expression
// count for nothing.
struct Frame {
  std::optional<std::uint32_t> function;  // whose parameters are bound; else the binders bind all there is
  std::vector<plan::Operator> binders;
  std::vector<language::ExprId> conditions;
};

// Where a relation is asked: what is looked for, and the key of each column that has one; and what is said of the
// tuple beside, with the values that this is said of.
struct Site {
  Frame frame;
  std::vector<language::ExprId> keys;
  std::array<language::ExprId, 2> by_column{language::ExprId::none, language::ExprId::none};
  std::uint32_t tuple = 0;  // the local
  std::vector<plan::Operator> values;
  std::vector<language::ExprId> conditions;
};

struct Call {
  Frame frame;
  std::vector<language::ExprId> arguments;
};

struct Sites {
  std::set<std::uint32_t> whole;                     // relations of which every tuple is asked for
  std::map<std::uint32_t, std::vector<Site>> sites;  // by relation
  std::vector<std::vector<Call>> calls;              // by function
};

// `relations`: those that are computed; ascending. What a rule asks of itself is left out.
Sites sites_of(const language::Program& program, const plan::Plan& plan,
               const std::vector<language::CheckId>& checks, const std::vector<std::uint32_t>& relations);

}  // namespace writ::derive
