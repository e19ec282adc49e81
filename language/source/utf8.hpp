// UTF-8, one character at a time. In: any bytes. Out: a code point and its length; invalid bytes are said, never
// skipped: each is one "character" of length 1.
#pragma once

#include <cstdint>
#include <string_view>

namespace writ::source {

struct CodePoint {
  char32_t value = U'\uFFFD';  // the replacement character where the bytes are invalid
  std::uint32_t length = 1;    // in bytes
  bool valid = false;
};

// The character at the beginning of `text`, which is not empty. Overlong forms, surrogates and what lies above
// U+10FFFF are invalid (RFC 3629).
CodePoint decode_utf8(std::string_view text);

// The columns of a terminal that a character takes: 0 for combining marks, 2 for wide East Asian characters and
// emoji, else 1.
int display_width(char32_t character);

}  // namespace writ::source
