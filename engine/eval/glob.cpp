#include "engine/eval/glob.hpp"

#include <cstddef>
#include <cstdint>

namespace writ::eval {

namespace {

// The code point at `at`, which moves behind it. Text is UTF-8, checked when it was read.
std::uint32_t next(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t lead = byte(at);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (length == 1 || at + length > text.size()) {
    ++at;
    return lead;
  }
  std::uint32_t point = lead & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (byte(at + i) & 0x3f);
  at += length;
  return point;
}

// The same of a class, where a `\` takes what follows as it is.
std::uint32_t next_of_class(std::string_view pattern, std::size_t& at) {
  if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
  return next(pattern, at);
}

// Whether `point` is in the class that opens at pattern[at] == '['; `at` moves behind it. Without a closing bracket
// the
// `[` stands for itself.
bool in_class(std::string_view pattern, std::size_t& at, std::uint32_t point) {
  std::size_t scan = at + 1;
  const bool negated = scan < pattern.size() && (pattern[scan] == '!' || pattern[scan] == '^');
  if (negated) ++scan;
  bool found = false;
  for (bool first = true; scan < pattern.size(); first = false) {
    if (pattern[scan] == ']' && !first) {
      at = scan + 1;
      return found != negated;
    }
    const std::uint32_t low = next_of_class(pattern, scan);
    std::uint32_t high = low;
    if (scan + 1 < pattern.size() && pattern[scan] == '-' && pattern[scan + 1] != ']') {
      ++scan;
      high = next_of_class(pattern, scan);
    }
    if (low <= point && point <= high) found = true;
  }
  ++at;
  return point == '[';
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text) {
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = none;  // where to go on in the pattern after the last `*`
  std::size_t retry = 0;    // the text position that the last `*` has not swallowed yet
  while (t < text.size()) {
    bool advanced = false;
    if (p < pattern.size()) {
      if (pattern[p] == '*') {
        star = ++p;
        retry = t;
        continue;
      }
      std::size_t behind = t;
      const std::uint32_t point = next(text, behind);
      std::size_t pattern_at = p;
      bool fits = false;
      if (pattern[p] == '?') {
        ++pattern_at;
        fits = true;
      } else if (pattern[p] == '[') {
        fits = in_class(pattern, pattern_at, point);
      } else {
        if (pattern[pattern_at] == '\\' && pattern_at + 1 < pattern.size()) ++pattern_at;
        fits = next(pattern, pattern_at) == point;
      }
      if (fits) {
        p = pattern_at;
        t = behind;
        advanced = true;
      }
    }
    if (advanced) continue;
    if (star == none) return false;
    p = star;
    next(text, retry);
    t = retry;
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace writ::eval
