#include "stdlib/functions/unicode.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "language/source/utf8.hpp"

namespace writ::functions {

namespace {

// Every `step`th character of [first, last] is mapped to the one `distance` further on.
struct CaseRun {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t step;
  std::int32_t distance;
};

// A character that folds to several.
struct LongFold {
  std::uint32_t code;
  std::string_view folded;
};

#include "stdlib/functions/case_table.inc"
#include "stdlib/functions/fold_table.inc"

template <std::size_t size>
const CaseRun* run_of(const CaseRun (&runs)[size], std::uint32_t code) {
  const CaseRun* run =
      std::upper_bound(std::begin(runs), std::end(runs), code,
                       [](std::uint32_t value, const CaseRun& entry) { return value < entry.first; });
  if (run == std::begin(runs)) return nullptr;
  --run;
  return code > run->last || (code - run->first) % run->step != 0 ? nullptr : run;
}

char32_t moved(const CaseRun* run, char32_t character) {
  if (run == nullptr) return character;
  return static_cast<char32_t>(static_cast<std::int32_t>(character) + run->distance);
}

}  // namespace

// The letters of ASCII need no look at the tables.
char32_t to_lower(char32_t character) {
  if (character < 0x80) return character >= U'A' && character <= U'Z' ? character + (U'a' - U'A') : character;
  return moved(run_of(lower_runs, character), character);
}
char32_t to_upper(char32_t character) {
  if (character < 0x80) return character >= U'a' && character <= U'z' ? character - (U'a' - U'A') : character;
  return moved(run_of(upper_runs, character), character);
}

bool is_space(char32_t character) {
  switch (character) {
    case U' ':
    case U'\u0085':
    case U'\u00a0':
    case U'\u1680':
    case U'\u2028':
    case U'\u2029':
    case U'\u202f':
    case U'\u205f':
    case U'\u3000':
      return true;
    default:
      return (character >= U'\t' && character <= U'\r') || (character >= U'\u2000' && character <= U'\u200a');
  }
}

void append_utf8(std::string& text, char32_t character) {
  const auto code = static_cast<std::uint32_t>(character);
  const auto byte = [&text](std::uint32_t value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) {
    byte(code);
    return;
  }
  if (code < 0x800) {
    byte(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      byte(0xe0 | code >> 12);
    } else {
      byte(0xf0 | code >> 18);
      byte(0x80 | (code >> 12 & 0x3f));
    }
    byte(0x80 | (code >> 6 & 0x3f));
  }
  byte(0x80 | (code & 0x3f));
}

std::string mapped(std::string_view text, char32_t (*map)(char32_t)) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {  // most of most texts
      append_utf8(out, map(static_cast<char32_t>(text.front())));
      text.remove_prefix(1);
      continue;
    }
    const source::CodePoint character = source::decode_utf8(text);
    if (character.valid) {
      append_utf8(out, map(character.value));
    } else {
      out += text.front();
    }
    text.remove_prefix(character.length);
  }
  return out;
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const source::CodePoint character = source::decode_utf8(text);
    const std::uint32_t code = character.value;
    const LongFold* fold =
        std::lower_bound(std::begin(long_folds), std::end(long_folds), code,
                         [](const LongFold& entry, std::uint32_t value) { return entry.code < value; });
    if (!character.valid) {
      out += text.front();
    } else if (fold != std::end(long_folds) && fold->code == code) {
      out += fold->folded;
    } else {
      const CaseRun* run = run_of(fold_runs, code);
      append_utf8(out, run != nullptr ? moved(run, character.value) : to_lower(character.value));
    }
    text.remove_prefix(character.length);
  }
  return out;
}

std::size_t bytes_of_characters(std::string_view text, std::uint64_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) at += source::decode_utf8(text.substr(at)).length;
  return at;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(source::decode_utf8(text).length);
  return count;
}

}  // namespace writ::functions
