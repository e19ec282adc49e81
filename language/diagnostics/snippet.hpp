// Source lines with underlines and labels. In: places in one text, with what to say at each. Out: rows of text.
// Lines that say nothing are left out, long lines are cut around what is underlined.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::diagnostics {

// A place to underline: from `begin` in line `first` to `end` in line `last`, bytes from 0 in their lines.
struct Annotation {
  std::uint32_t first = 1;
  std::size_t begin = 0;
  std::uint32_t last = 1;
  std::size_t end = 0;
  std::string text;
  bool primary = false;
};

struct SnippetStyle {
  bool color = false;
  bool warning = false;     // the primary underline is a warning's
  std::size_t width = 100;  // columns of the whole row
  std::size_t gutter = 1;   // digits of the greatest line number
};

// Rows for all annotations, which are of one text; `line` gives the text of a line, counted from 1.
std::string draw_snippet(const std::vector<Annotation>& annotations,
                         const std::function<std::string_view(std::uint32_t)>& line, const SnippetStyle& style);

// `   |`
std::string draw_empty_gutter(const SnippetStyle& style);

}  // namespace writ::diagnostics
