// Reading a text by bytes, where there is no grammar to do it: words, blanks, lines; and the lists of words that
// mean something in a place.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "language/syntax/recovery.hpp"

namespace writ::syntax {

constexpr bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The word that begins at `at`; empty where none does.
std::string_view word_at(std::string_view text, std::size_t at);
// The first place from `at` on that is neither a space nor a tab.
std::size_t skip_blanks(std::string_view text, std::size_t at);
// Whether only spaces and tabs stand before `at` on its line. The cost is theirs, not the line's.
bool first_on_line(std::string_view text, std::size_t at);
// The spaces and tabs at the beginning of the line that holds `at`.
std::size_t indentation(std::string_view text, std::size_t at);

// Whether `word` means something inside an expression, so that it is no name.
bool is_reserved(std::string_view word);
// Whether a clause of a check begins with `word`.
bool begins_clause(std::string_view word);
bool is_metadata_key(std::string_view word);
// The words with which a member of a body of this kind may begin, for "did you mean".
const std::vector<std::string_view>& member_words(Block block);
// The units of a quantity.
const std::vector<std::string_view>& unit_words();

}  // namespace writ::syntax
