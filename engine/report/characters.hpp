// What a terminal makes of single characters. Ranges after Unicode 15's East Asian Width (W and F), general
// categories Mn, Me and Cf, coarsely: whole blocks where most of a block is of one kind.
#pragma once

#include <cstdint>
#include <string_view>

namespace writ::report {

inline constexpr char32_t replacement_character = 0xfffd;

// Takes one character off the front of `text`, which is not empty; U+FFFD, one byte taken, where it is ill-formed.
char32_t next_character(std::string_view& text);
// 0, 1 or 2 columns.
std::uint32_t columns_of(char32_t c);
// Characters that change how others are shown, or steer the terminal: C0, DEL, C1, marks of direction, line and
// paragraph separators, the byte order mark.
bool is_steering(char32_t c);

}  // namespace writ::report
