// The operators of an expression and how tightly they bind, from loosest to tightest.
#pragma once

#include <cstdint>

namespace writ::syntax {

enum class Operator : std::uint8_t {
  logical_or,
  logical_and,
  logical_not,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,
  matches,
  like,
  coalesce,
  range,
  add,
  subtract,
  multiply,
  divide,
  remainder,
  negate,
};

inline constexpr int comparison_precedence = 4;
inline constexpr int range_precedence = 6;

constexpr int precedence(Operator op) {
  switch (op) {
    case Operator::logical_or:
      return 1;
    case Operator::logical_and:
      return 2;
    case Operator::logical_not:
      return 3;
    case Operator::equal:
    case Operator::not_equal:
    case Operator::less:
    case Operator::less_equal:
    case Operator::greater:
    case Operator::greater_equal:
    case Operator::in:
    case Operator::not_in:
    case Operator::matches:
    case Operator::like:
      return comparison_precedence;
    case Operator::coalesce:
      return 5;
    case Operator::range:
      return range_precedence;
    case Operator::add:
    case Operator::subtract:
      return 7;
    case Operator::multiply:
    case Operator::divide:
    case Operator::remainder:
      return 8;
    case Operator::negate:
      return 9;
  }
  return 0;
}

// `a ?? b ?? c` is `a ?? (b ?? c)`: only the last need be there.
constexpr bool right_associative(Operator op) { return op == Operator::coalesce; }
constexpr bool is_prefix(Operator op) { return op == Operator::logical_not || op == Operator::negate; }

}  // namespace writ::syntax
