#include "engine/report/characters.hpp"

#include <algorithm>
#include <array>

namespace writ::report {

namespace {

struct Range {
  char32_t first, last;
};

constexpr std::array zero_width = {
    Range{0x0300, 0x036f}, Range{0x0483, 0x0489},   Range{0x0591, 0x05bd}, Range{0x0610, 0x061a},
    Range{0x064b, 0x065f}, Range{0x06d6, 0x06dc},   Range{0x0730, 0x074a}, Range{0x0900, 0x0902},
    Range{0x0941, 0x0948}, Range{0x0e31, 0x0e31},   Range{0x0e34, 0x0e3a}, Range{0x0e47, 0x0e4e},
    Range{0x1ab0, 0x1aff}, Range{0x1dc0, 0x1dff},   Range{0x200b, 0x200d}, Range{0x2060, 0x2064},
    Range{0x20d0, 0x20f0}, Range{0x302a, 0x302d},   Range{0x3099, 0x309a}, Range{0xfe00, 0xfe0f},
    Range{0xfe20, 0xfe2f}, Range{0xe0100, 0xe01ef},
};

constexpr std::array two_columns = {
    Range{0x1100, 0x115f},   Range{0x231a, 0x231b},   Range{0x2329, 0x232a},   Range{0x23e9, 0x23ec},
    Range{0x25fd, 0x25fe},   Range{0x2614, 0x2615},   Range{0x2648, 0x2653},   Range{0x26aa, 0x26ab},
    Range{0x26bd, 0x26be},   Range{0x26c4, 0x26c5},   Range{0x2705, 0x2705},   Range{0x270a, 0x270b},
    Range{0x2728, 0x2728},   Range{0x274c, 0x274c},   Range{0x2753, 0x2755},   Range{0x2795, 0x2797},
    Range{0x2b1b, 0x2b1c},   Range{0x2b50, 0x2b50},   Range{0x2e80, 0x303e},   Range{0x3041, 0x33ff},
    Range{0x3400, 0x4dbf},   Range{0x4e00, 0x9fff},   Range{0xa000, 0xa4cf},   Range{0xa960, 0xa97f},
    Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},   Range{0xff00, 0xff60},
    Range{0xffe0, 0xffe6},   Range{0x17000, 0x18cff}, Range{0x1b000, 0x1b2ff}, Range{0x1f004, 0x1f004},
    Range{0x1f0cf, 0x1f0cf}, Range{0x1f18e, 0x1f18e}, Range{0x1f191, 0x1f19a}, Range{0x1f200, 0x1f320},
    Range{0x1f32d, 0x1f335}, Range{0x1f337, 0x1f37c}, Range{0x1f37e, 0x1f393}, Range{0x1f3a0, 0x1f3ca},
    Range{0x1f3e0, 0x1f3f0}, Range{0x1f400, 0x1f4fc}, Range{0x1f4ff, 0x1f53d}, Range{0x1f550, 0x1f567},
    Range{0x1f5fb, 0x1f64f}, Range{0x1f680, 0x1f6c5}, Range{0x1f6d0, 0x1f6ff}, Range{0x1f7e0, 0x1f7eb},
    Range{0x1f90c, 0x1f9ff}, Range{0x1fa70, 0x1faff}, Range{0x20000, 0x3fffd},
};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t c) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), c,
                                      [](char32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && c <= std::prev(after)->last;
}

}  // namespace

char32_t next_character(std::string_view& text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  std::size_t length = 1;
  char32_t c = lead;
  char32_t least = 0;
  if (lead >= 0xf0 && lead < 0xf8) {
    length = 4;
    c = lead & 0x07U;
    least = 0x10000;
  } else if (lead >= 0xe0) {
    length = 3;
    c = lead & 0x0fU;
    least = 0x800;
  } else if (lead >= 0xc0) {
    length = 2;
    c = lead & 0x1fU;
    least = 0x80;
  }
  bool sound = lead < 0x80 || (lead >= 0xc0 && lead < 0xf8 && text.size() >= length);
  for (std::size_t i = 1; sound && i < length; ++i) {
    sound = (byte(i) & 0xc0U) == 0x80U;
    c = (c << 6U) | (byte(i) & 0x3fU);
  }
  sound = sound && c >= least && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
  text.remove_prefix(sound ? length : 1);
  return sound ? c : replacement_character;
}

std::uint32_t columns_of(char32_t c) {
  if (c < 0x300) return 1;
  if (within(zero_width, c)) return 0;
  return within(two_columns, c) ? 2 : 1;
}

bool is_steering(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

}  // namespace writ::report
