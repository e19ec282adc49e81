// Texts that an export carries encoded. Only decoding: rules read, and hand nothing on.
#include <array>
#include <string>

#include "language/source/utf8.hpp"
#include "stdlib/functions/family.hpp"

namespace writ::functions {

using facts::CallContext;
using facts::Value;

namespace {

// Decoded bytes as a text; missing where they are none.
Value decoded_text(std::string_view bytes, CallContext& context) {
  for (std::string_view rest = bytes; !rest.empty();) {
    const source::CodePoint character = source::decode_utf8(rest);
    if (!character.valid) return Value::missing();
    rest.remove_prefix(character.length);
  }
  return make_text(bytes, context);
}

constexpr std::uint8_t no_digit = 0xff;

// Both alphabets of RFC 4648.
constexpr std::array<std::uint8_t, 256> base64_digits = [] {
  std::array<std::uint8_t, 256> digits{};
  for (std::uint8_t& digit : digits) digit = no_digit;
  std::uint8_t value = 0;
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")) {
    digits[static_cast<unsigned char>(c)] = value++;
  }
  digits[static_cast<unsigned char>('-')] = 62;
  digits[static_cast<unsigned char>('_')] = 63;
  return digits;
}();

Value base64_decode(Arguments arguments, CallContext& context) {
  std::string out;
  std::uint32_t bits = 0;
  std::size_t digits = 0;
  std::size_t padding = 0;
  for (const char c : arguments[0].view()) {
    if (c == '\n' || c == '\r') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const std::uint8_t digit = base64_digits[static_cast<unsigned char>(c)];
    if (digit == no_digit || padding != 0) return Value::missing();
    bits = bits << 6 | digit;
    if (++digits % 4 != 1) out += static_cast<char>(static_cast<unsigned char>(bits >> (8 - digits % 4 * 2) % 8));
  }
  const std::size_t open = digits % 4;
  if (open == 1 || (padding != 0 && (open + padding != 4 || padding > 2))) return Value::missing();
  // What is left over of the last digit is nothing.
  if (open != 0 && (bits & (open == 2 ? 0xfU : 0x3U)) != 0) return Value::missing();
  return decoded_text(out, context);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Value url_decode(Arguments arguments, CallContext& context) {
  const std::string_view text = arguments[0].view();
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high < 0 ? -1 : hex_digit(text[i + 2]);
    if (low < 0) return Value::missing();
    out += static_cast<char>(static_cast<unsigned char>(high * 16 + low));
    i += 2;
  }
  return decoded_text(out, context);
}

constexpr Function all[] = {
    {{"base64_decode", "(text: String) -> String?",
      "The text that was encoded in Base64 (RFC 4648), with either alphabet, with or without padding; line breaks "
      "are passed over. Missing where it is no Base64, or what was encoded is no text in UTF-8.",
      "base64_decode(\"aGVsbG8=\") == \"hello\""},
     base64_decode},
    {{"url_decode", "(text: String) -> String?",
      "The text with every `%hh` decoded (RFC 3986); a `+` stays one. Missing where a `%` has no two digits behind "
      "it, or the result is no text in UTF-8.",
      "url_decode(\"Effect%3AAllow\") == \"Effect:Allow\""},
     url_decode},
};

}  // namespace

Family encodings() { return {"Encodings", all}; }

}  // namespace writ::functions
