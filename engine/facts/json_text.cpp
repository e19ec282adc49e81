#include "engine/facts/json_text.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace writ::facts {

namespace {

constexpr const char* bad_number = "this is not a number as JSON writes them";
constexpr const char* bad_escape = "this is not an escape that JSON knows";
constexpr const char* not_utf8 = "this is not UTF-8";
constexpr const char* lone_surrogate = "half of a surrogate pair stands alone";

// What may follow a backslash, beside `u`.
constexpr auto names_escape = [] {
  std::array<bool, 256> table{};
  for (const char c : {'"', '\\', '/', 'b', 'f', 'n', 'r', 't'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Four hexadecimal digits, or −1.
std::int32_t hex_four(const char* at, const char* end) {
  if (end - at < 4) return -1;
  std::int32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = hex_digit(at[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

bool is_high_surrogate(std::int32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low_surrogate(std::int32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

void append_utf8(std::uint32_t code, std::string& out) {
  const auto byte = [&](std::uint32_t bits) { out += static_cast<char>(bits); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xc0 | code >> 6);
    byte(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    byte(0xe0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  } else {
    byte(0xf0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3f));
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  }
}

// The length of the UTF-8 sequence at `at`, 0 where there is none (RFC 3629: no overlong forms, no surrogates).
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return follows(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    if (!follows(1) || !follows(2)) return 0;
    if (first == 0xe0 && byte(1) < 0xa0) return 0;
    if (first == 0xed && byte(1) >= 0xa0) return 0;
    return 3;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    if (!follows(1) || !follows(2) || !follows(3)) return 0;
    if (first == 0xf0 && byte(1) < 0x90) return 0;
    if (first == 0xf4 && byte(1) >= 0x90) return 0;
    return 4;
  }
  return 0;
}

}  // namespace

const char* number_end(const char* at, JsonFault& fault, const char* start_of_text) {
  const char* p = at;
  const auto fail = [&]() -> const char* {
    fault = {static_cast<std::size_t>(at - start_of_text), bad_number};
    return nullptr;
  };
  if (*p == '-') ++p;
  if (*p == '0') {
    ++p;
  } else {
    if (!is_digit(*p)) return fail();
    while (is_digit(*p)) ++p;
  }
  if (*p == '.') {
    ++p;
    if (!is_digit(*p)) return fail();
    while (is_digit(*p)) ++p;
  }
  if (*p == 'e' || *p == 'E') {
    ++p;
    if (*p == '+' || *p == '-') ++p;
    if (!is_digit(*p)) return fail();
    while (is_digit(*p)) ++p;
  }
  return p;
}

bool check_escapes(const char* begin, const char* end, JsonFault& fault, const char* start_of_text) {
  const auto fail = [&](const char* at, const char* what) {
    fault = {static_cast<std::size_t>(at - start_of_text), what};
    return false;
  };
  const char* p = begin;
  while (p < end) {
    p = static_cast<const char*>(std::memchr(p, '\\', static_cast<std::size_t>(end - p)));
    if (p == nullptr) return true;
    if (p + 1 >= end) return fail(p, bad_escape);
    if (p[1] != 'u') {
      if (!names_escape[static_cast<unsigned char>(p[1])]) return fail(p, bad_escape);
      p += 2;
      continue;
    }
    const std::int32_t unit = hex_four(p + 2, end);
    if (unit < 0) return fail(p, bad_escape);
    if (is_low_surrogate(unit)) return fail(p, lone_surrogate);
    if (!is_high_surrogate(unit)) {
      p += 6;
      continue;
    }
    const bool paired = end - p >= 12 && p[6] == '\\' && p[7] == 'u' && is_low_surrogate(hex_four(p + 8, end));
    if (!paired) return fail(p, lone_surrogate);
    p += 12;
  }
  return true;
}

void decode_string(std::string_view inner, std::string& out) {
  out.clear();
  std::size_t at = 0;
  while (at < inner.size()) {
    const std::size_t next = std::min(inner.find('\\', at), inner.size());
    out.append(inner, at, next - at);
    at = next;
    if (at + 1 >= inner.size()) break;
    const char* const end = inner.data() + inner.size();
    switch (inner[at + 1]) {
      case 'b':
        out += '\b';
        break;
      case 'f':
        out += '\f';
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case 'u': {
        const std::int32_t unit = hex_four(inner.data() + at + 2, end);
        if (is_high_surrogate(unit)) {
          const std::int32_t low = hex_four(inner.data() + at + 8, end);
          append_utf8(0x10000U + (static_cast<std::uint32_t>(unit - 0xd800) << 10) +
                          static_cast<std::uint32_t>(low - 0xdc00),
                      out);
          at += 12;
        } else {
          append_utf8(static_cast<std::uint32_t>(unit), out);
          at += 6;
        }
        continue;
      }
      default:
        out += inner[at + 1];
    }
    at += 2;
  }
}

void append_pointer(std::string& pointer, std::string_view member) {
  pointer += '/';
  for (const char c : member) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

std::optional<TextFault> find_text_fault(std::string_view text) {
  bool in_string = false;
  std::size_t opened = 0;
  const auto fault = [&](std::size_t at, const char* what) {
    return TextFault{{at, what}, in_string ? opened + 1 : at};
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return fault(at, not_utf8);
    const char c = text[at];
    if (!in_string) {
      // It would hide the quote behind it from the index.
      if (c == '\\') return TextFault{{at, "a value is expected"}, at + 1};
      if (c == '"') {
        in_string = true;
        opened = at;
      }
    } else if (static_cast<unsigned char>(c) < 0x20) {
      return fault(at, "a control character stands unescaped in a string");
    } else if (c == '"') {
      in_string = false;
    } else if (c == '\\' && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0x20) {
      // The escaped character is tested like every other, so that `\` before a line's end does not hide it.
      const std::size_t escaped = utf8_length(text, at + 1);
      if (escaped == 0) return fault(at + 1, not_utf8);
      at += escaped;
    }
    at += length;
  }
  if (in_string) return fault(opened, "a string is never closed");
  return std::nullopt;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace writ::facts
