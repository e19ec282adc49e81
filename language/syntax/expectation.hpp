// What a rule of the grammar asks for where the grammar is committed, and how its absence is explained.
#pragma once

#include <cstdint>
#include <string_view>

namespace writ::syntax {

// Failures that have more to say than "expected …, found …".
enum class Absence : std::uint8_t {
  plain,
  closing,       // of the bracket that was opened last
  string_close,  // of the string that was opened last
  branch_else,   // `else` of an `if`
  after_expression,
  satisfies,
  colon,
  equals,
  binding_in,
  body,  // of a declaration
  metadata,
  unit,
  date,
  number_end,
  presence,
  type,
  expression,
  new_name,
  member,  // of the body that was opened last, or a declaration of the file
};

struct Expectation {
  std::string_view what;  // "an expression", "`:` and a type"; empty only for Absence::member
  Absence absence = Absence::plain;
};

}  // namespace writ::syntax
