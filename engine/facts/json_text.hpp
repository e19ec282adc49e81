// The smallest parts of JSON: strings with escapes, numbers, and what can be wrong with bytes.
// Grammar of RFC 8259. Lone surrogates (`\ud800`) are refused: they are no Unicode text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace writ::facts {

inline constexpr std::uint32_t max_depth = 512;  // of nested objects and arrays

// What is wrong with a text, and where. `what` has static lifetime: lower case, no full stop.
struct JsonFault {
  std::size_t offset = 0;
  const char* what = nullptr;
};

// The end of the number that starts at `at`, or null with the fault. The text goes on for at least one byte behind
// the number; what follows it is the caller's.
const char* number_end(const char* at, JsonFault& fault, const char* start_of_text);

// Tests the escapes of a string's inner bytes.
bool check_escapes(const char* begin, const char* end, JsonFault& fault, const char* start_of_text);

// The text of a string whose escapes have been tested.
void decode_string(std::string_view inner, std::string& out);

// Lengthens a JSON pointer (RFC 6901) by the name of a member.
void append_pointer(std::string& pointer, std::string_view member);

// What keeps a text from being cut into tokens: bytes that are not UTF-8, a control character within a string, a
// backslash outside of one, a string without an end. `tokens_end`: how much of the text is tokens before it; the
// quote of a string that the fault is in, and the backslash, are the last of them.
struct TextFault {
  JsonFault fault;
  std::size_t tokens_end = 0;
};

// The first such fault. Slow, and exact about the place.
std::optional<TextFault> find_text_fault(std::string_view text);
bool is_utf8(std::string_view text);

// Null where `text` is one JSON value by RFC 8259, nested at most `max_depth` deep. Repeated member names are
// valid JSON; they are refused where records are read.
std::optional<JsonFault> validate_json(std::string_view text);

}  // namespace writ::facts
