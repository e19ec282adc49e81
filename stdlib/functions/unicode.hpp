// Characters: Unicode's simple case mappings (one character to one character, in no language's manner), its full
// case folding, and its white space.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace writ::functions {

char32_t to_lower(char32_t character);
char32_t to_upper(char32_t character);
// The property White_Space.
bool is_space(char32_t character);

// Appends the UTF-8 of a character.
void append_utf8(std::string& text, char32_t character);
// Unicode's full case folding: texts that differ only in case become the same.
std::string folded(std::string_view text);
// Every character mapped; bytes that are no UTF-8 stay as they are.
std::string mapped(std::string_view text, char32_t (*map)(char32_t));
// How many characters there are.
std::size_t count_characters(std::string_view text);
// How many bytes the first `count` characters take; all of them where there are fewer.
std::size_t bytes_of_characters(std::string_view text, std::uint64_t count);

}  // namespace writ::functions
