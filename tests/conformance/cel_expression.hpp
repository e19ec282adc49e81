// Expressions of CEL as ours, as far as the two languages have the same things.
#pragma once

#include <stdexcept>
#include <string>

namespace writ::conformance {

// What an expression needs that the language does not have, in a few words.
struct NotHad : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What a translated expression is.
enum class CelKind { unknown, boolean, integer, floating, text, list, instant, length, network };

struct CelExpression {
  std::string text;  // ours
  CelKind kind = CelKind::unknown;
  bool literal = false;  // nothing but a literal
  bool divides = false;  // has `/` between whole numbers
};

// Throws NotHad.
CelExpression translated(const std::string& source);

}  // namespace writ::conformance
