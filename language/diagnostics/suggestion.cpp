#include "language/diagnostics/suggestion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "language/diagnostics/text_layout.hpp"

namespace writ::diagnostics {
namespace {

std::vector<Edit> in_order(const Fix& fix) {
  std::vector<Edit> edits = fix.edits;
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  return edits;
}

bool applies(const std::vector<Edit>& edits) {
  for (std::size_t i = 1; i < edits.size(); ++i) {
    if (edits[i].span.file != edits[i - 1].span.file || edits[i].span.begin < edits[i - 1].span.end) return false;
  }
  return !edits.empty();
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (;;) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

// A stretch of the new text that the old one did not have.
struct Novelty {
  std::size_t begin;
  std::size_t end;
  bool replaces;
};

}  // namespace

std::uint32_t last_line(const Fix& fix, const source::SourceSet& sources) {
  std::uint32_t last = 0;
  for (const Edit& edit : fix.edits) last = std::max(last, sources.line_column(edit.span.file, edit.span.end).line);
  return last;
}

std::string draw_suggestion(const Fix& fix, const source::SourceSet& sources, const SnippetStyle& style) {
  const std::vector<Edit> edits = in_order(fix);
  if (!applies(edits)) return "";
  const source::FileId file = edits.front().span.file;
  const std::string_view text = sources.text(file);
  const std::uint32_t first = sources.line_column(file, edits.front().span.begin).line;
  const std::string_view first_line = sources.line(file, first);
  const std::string_view final_line = sources.line(file, sources.line_column(file, edits.back().span.end).line);
  const auto begin = static_cast<std::size_t>(first_line.data() - text.data());
  const auto end = static_cast<std::size_t>(final_line.data() - text.data()) + final_line.size();

  std::string changed;
  std::vector<Novelty> novelties;
  std::size_t at = begin;
  bool removes = false;
  for (const Edit& edit : edits) {
    changed += text.substr(at, edit.span.begin - at);
    novelties.push_back(
        {changed.size(), changed.size() + edit.replacement.size(), edit.span.end > edit.span.begin});
    changed += edit.replacement;
    removes = removes || edit.replacement.empty();
    at = edit.span.end;
  }
  if (at < end) changed += text.substr(at, end - at);

  const std::vector<std::string_view> old_lines = split_lines(text.substr(begin, end - begin));
  const std::vector<std::string_view> new_lines = split_lines(changed);
  const auto numbered = [&style](std::uint32_t number, std::string_view sign, Paint paint, std::string_view line) {
    Row row;
    row.put(0, fmt::format("{:>{}}", number, style.gutter), Paint::frame);
    row.put(style.gutter + 1, sign, paint);
    const DisplayLine shown(line);
    row.put(style.gutter + 3, shown.slice(0, shown.width()), paint == Paint::frame ? Paint::plain : paint);
    return row.str(style.color);
  };
  std::string out = draw_empty_gutter(style);
  if (removes || old_lines.size() != new_lines.size()) {
    std::uint32_t number = first;
    for (const std::string_view line : old_lines) out += numbered(number++, "-", Paint::removed, line);
    number = first;
    for (const std::string_view line : new_lines) out += numbered(number++, "+", Paint::added, line);
    return out;
  }
  std::uint32_t number = first;
  for (const std::string_view line : new_lines) {
    const auto line_begin = static_cast<std::size_t>(line.data() - changed.data());
    Row marks;
    bool marked = false;
    const DisplayLine shown(line);
    for (const Novelty& novelty : novelties) {
      if (novelty.begin < line_begin || novelty.begin > line_begin + line.size() || novelty.begin == novelty.end)
        continue;
      const std::size_t from = shown.column(novelty.begin - line_begin);
      const std::size_t to = shown.column(novelty.end - line_begin);
      marks.fill(style.gutter + 3 + from, style.gutter + 3 + std::max(to, from + 1), novelty.replaces ? '~' : '+',
                 Paint::added);
      marked = true;
    }
    if (marked) {
      out += numbered(number, "|", Paint::frame, line);
      marks.put(style.gutter + 1, "|", Paint::frame);
      out += marks.str(style.color);
    }
    ++number;
  }
  return out;
}

}  // namespace writ::diagnostics
