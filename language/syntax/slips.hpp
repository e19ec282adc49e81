// What people write who come from other languages, and what they mean by it. Pure tables.
#pragma once

#include <cstddef>
#include <string_view>

#include "language/syntax/recovery.hpp"

namespace writ::syntax {

// A spelling that the language does not have, with the one that it has.
struct Slip {
  std::string_view found;
  std::string_view meant;
  std::string_view message;
};

// The operator of another language at `at`, where an operator can stand; null where there is none.
const Slip* operator_slip(std::string_view text, std::size_t at);
// The same for a word in the place of a value: `null`, `True`.
const Slip* value_slip(std::string_view word);
// The same for a word in the place of an operator: `AND`, `contains`; `meant` is empty where no word replaces it.
const Slip* word_operator_slip(std::string_view word);
// The word that begins a member of `block`, or a declaration, where another language has `word`; empty if none.
std::string_view meant_member(std::string_view word, Block block);
// The unit that an abbreviation stands for, or that a misspelt word is near to; empty if none.
std::string_view meant_unit(std::string_view word);

// What stands at `at`, for "found …": `word`, `&&`, a text, the end of the file. Its length in `length`, in bytes.
struct Found {
  std::string_view token;
  bool text = false;
};
Found found_at(std::string_view text, std::size_t at);

}  // namespace writ::syntax
