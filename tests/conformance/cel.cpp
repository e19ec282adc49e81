// Expressions of CEL.
#include "tests/conformance/cel_expression.hpp"
#include "tests/conformance/literals.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Why ours may decide otherwise, by what the expression has.
std::string exception(const std::string& source, const CelExpression& ours, bool wants_error) {
  if (has(source, "imestamp(") || has(source, "uration("))
    return "a `Duration` has 64 bits of seconds, which hold the difference of any two instants";
  if (has(source, ".substring(") || has(source, ".charAt("))
    return "what lies beyond the end of a text is empty, as in most libraries, so a short text does not fail its "
           "member";
  if (has(source, "Ascii()"))
    return "letters of every script have capitals and small letters, not those of ASCII alone";
  if (has(source, "math.c") || has(source, "math.f")) return "an `Int` can be rounded: it stays what it is";
  if (has(source, " % ")) return "`Float`s have a remainder too";
  if (has(source, "exists_one") || has(source, ".filter(") || has(source, ".map("))
    return "`/` of two `Int`s gives a `Float`, so nothing is cut off unseen";
  if (ours.divides) return "`/` of two `Int`s gives a `Float`, so nothing is cut off unseen";
  if (has(source, "false < ") || has(source, "true < ") || has(source, "false > ") || has(source, "true > ") ||
      has(source, "false <= ") || has(source, "true <= ") || has(source, "false >= ") || has(source, "true >= "))
    return "truth values have no order: comparing them is refused when rules are compiled";
  if (has(source, "int(")) return "what does not spell a number is missing, and a `Float` may be cut to any `Int`";
  if (!wants_error)
    return "operands of a wrong type are refused when rules are compiled, even where they decide nothing";
  return "";
}

}  // namespace

Case cel_case(const Line& line) {
  const std::string source = line.args[0];
  if (line.object.contains("bindings")) return not_had("variables that are bound from outside");
  CelExpression ours;
  try {
    ours = translated(source);
  } catch (const NotHad& lacking) {
    return not_had(lacking.what());
  }
  if (ours.literal) return not_had("the syntax of CEL's literals");
  Case out;
  if (line.wants_error()) {
    out = fails(ours.text);
  } else {
    const auto want = literal(line.want());
    if (!want) return not_had("results of several types, and of types that ours are not");
    out = gives(ours.text, *want);
  }
  out.exception = exception(source, ours, line.wants_error());
  return out;
}

}  // namespace writ::conformance
