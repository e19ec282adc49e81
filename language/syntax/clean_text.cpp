#include "language/syntax/clean_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "language/source/utf8.hpp"

namespace writ::syntax {
namespace {

using diagnostics::Code;

// Characters that show text in another order than it has, so that a rule would not be what it seems.
bool reorders(char32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

bool is_control(char32_t c) { return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0); }

std::string_view explanation(char32_t c) {
  if (c == 0) return "the file may be UTF-16: save it as UTF-8";
  if (c == '\r') return "a line ends with a line feed, or a carriage return and a line feed";
  if (reorders(c)) return "it would show the text in another order than it has";
  return "take it out; in a string, write it as an escape `\\u{…}`";
}

}  // namespace

CleanText::CleanText(const source::SourceSet& sources, source::FileId file, diagnostics::Sink& sink)
    : text_(sources.text(file)) {
  const std::string_view text = text_;
  const auto blank = [this](std::size_t begin, std::size_t length) {
    if (mended_.empty()) mended_ = text_;
    std::fill_n(mended_.begin() + static_cast<std::ptrdiff_t>(begin), length, ' ');
  };
  const auto place = [file](std::size_t begin, std::size_t length) {
    return source::Span{file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + length)};
  };
  std::size_t bad_bytes = 0;
  diagnostics::Diagnostic* first_bad = nullptr;
  std::size_t controls = 0;
  diagnostics::Diagnostic* first_control = nullptr;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n' || (text[at] >= ' ' && text[at] <= '~')) {  // nearly all of most files
      ++at;
      continue;
    }
    const source::CodePoint point = source::decode_utf8(text.substr(at));
    if (!point.valid) {
      ++bad_bytes;
      if (first_bad == nullptr) {
        first_bad = &sink.add(Code::invalid_utf8, place(at, point.length),
                              fmt::format("the byte {:#04x} is not UTF-8", static_cast<unsigned char>(text[at])));
        first_bad->help("save the file as UTF-8");
      }
      blank(at, point.length);
    } else if (at == 0 && point.value == 0xFEFF) {
      blank(at, point.length);
    } else if (is_control(point.value) || reorders(point.value)) {
      const bool line_end = point.value == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
      if (!line_end) {
        ++controls;
        if (first_control == nullptr) {
          first_control = &sink.add(Code::syntax_error, place(at, point.length),
                                    fmt::format("the character U+{:04X} cannot stand in a rule",
                                                static_cast<std::uint32_t>(point.value)));
          first_control->help(std::string(explanation(point.value)));
        }
        blank(at, point.length);
      }
    }
    at += point.length;
  }
  if (bad_bytes > 1) first_bad->note(fmt::format("the file has {} such bytes", bad_bytes));
  if (controls > 1) first_control->note(fmt::format("the file has {} such characters", controls));
}

}  // namespace writ::syntax
