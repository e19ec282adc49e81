#include "language/diagnostics/text_layout.hpp"

#include <algorithm>

#include "language/source/utf8.hpp"

namespace writ::diagnostics {
namespace {

constexpr std::size_t tab_width = 4;
constexpr std::string_view replacement = "\xEF\xBF\xBD";

// Characters that would move the cursor, start an escape sequence, or show text in another order than it has.
bool disturbs(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

// Calls `with(glyph, width, end, is_tab)` for each character of `text`; `end` is where it ends, in bytes.
template <typename With>
void each_character(std::string_view text, With&& with) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    const source::CodePoint point = source::decode_utf8(text.substr(offset));
    if (point.value == '\t') {
      with(std::string_view(" "), std::size_t{1}, offset + point.length, true);
    } else if (!point.valid || disturbs(point.value)) {
      with(replacement, std::size_t{1}, offset + point.length, false);
    } else {
      with(text.substr(offset, point.length), static_cast<std::size_t>(source::display_width(point.value)),
           offset + point.length, false);
    }
    offset += point.length;
  }
}

std::string_view escape(Paint paint) {
  switch (paint) {
    case Paint::plain:
      return "";
    case Paint::bold:
      return "\x1b[1m";
    case Paint::error:
      return "\x1b[1;31m";
    case Paint::warning:
      return "\x1b[1;33m";
    case Paint::frame:
    case Paint::secondary:
      return "\x1b[1;34m";
    case Paint::added:
      return "\x1b[32m";
    case Paint::removed:
      return "\x1b[31m";
  }
  return "";
}

std::size_t columns(std::string_view text) {
  std::size_t width = 0;
  each_character(text, [&width](std::string_view, std::size_t own, std::size_t, bool) { width += own; });
  return width;
}

}  // namespace

std::size_t Row::put(std::size_t column, std::string_view text, Paint paint) {
  each_character(text, [&](std::string_view glyph, std::size_t width, std::size_t, bool) {
    if (width == 0) {
      // A mark belongs to the character before it.
      if (column > 0 && column <= cells_.size() && !cells_[column - 1].covered) cells_[column - 1].glyph += glyph;
      return;
    }
    if (cells_.size() < column + width) cells_.resize(column + width);
    cells_[column] = {std::string(glyph), paint, false};
    for (std::size_t i = 1; i < width; ++i) cells_[column + i] = {"", paint, true};
    column += width;
  });
  return column;
}

void Row::fill(std::size_t begin, std::size_t end, char glyph, Paint paint) {
  if (end <= begin) return;
  if (cells_.size() < end) cells_.resize(end);
  for (std::size_t i = begin; i < end; ++i) cells_[i] = {std::string(1, glyph), paint, false};
}

bool Row::blank(std::size_t column) const {
  return column >= cells_.size() || (cells_[column].glyph.empty() && !cells_[column].covered);
}

std::string Row::str(bool color) const {
  std::size_t end = cells_.size();
  while (end > 0 && !cells_[end - 1].covered && (cells_[end - 1].glyph.empty() || cells_[end - 1].glyph == " "))
    --end;
  std::string out;
  Paint current = Paint::plain;
  for (std::size_t i = 0; i < end; ++i) {
    const Cell& cell = cells_[i];
    if (cell.covered) continue;
    const bool empty = cell.glyph.empty();
    const Paint wanted = empty ? Paint::plain : cell.paint;
    if (color && wanted != current) {
      if (current != Paint::plain) out += "\x1b[0m";
      out += escape(wanted);
      current = wanted;
    }
    out += empty ? " " : std::string_view(cell.glyph);
  }
  if (color && current != Paint::plain) out += "\x1b[0m";
  out += '\n';
  return out;
}

DisplayLine::DisplayLine(std::string_view line) {
  // A byte-order mark is not shown, and takes no column.
  const std::size_t mark = line.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  each_character(line.substr(mark),
                 [this, mark](std::string_view glyph, std::size_t width, std::size_t end, bool tab) {
                   const std::size_t own = tab ? tab_width - width_ % tab_width : width;
                   glyphs_.push_back({end + mark, width_, own, tab ? std::string(own, ' ') : std::string(glyph)});
                   width_ += own;
                 });
}

std::size_t DisplayLine::column(std::size_t offset) const {
  const auto after = std::upper_bound(glyphs_.begin(), glyphs_.end(), offset,
                                      [](std::size_t value, const Glyph& glyph) { return value < glyph.end; });
  return after == glyphs_.end() ? width_ : after->column;
}

std::string DisplayLine::slice(std::size_t begin, std::size_t end) const {
  std::string out;
  for (const Glyph& glyph : glyphs_) {
    const std::size_t glyph_end = glyph.column + glyph.width;
    if (glyph.width == 0) {
      if (glyph.column > begin && glyph.column <= end) out += glyph.text;
      continue;
    }
    if (glyph_end <= begin || glyph.column >= end) continue;
    if (glyph.column < begin || glyph_end > end) {
      out.append(std::min(glyph_end, end) - std::max(glyph.column, begin), ' ');
    } else {
      out += glyph.text;
    }
  }
  return out;
}

std::size_t DisplayLine::byte_of_character(std::string_view line, std::size_t number) {
  std::size_t offset = 0;
  for (; number > 0 && offset < line.size(); --number) offset += source::decode_utf8(line.substr(offset)).length;
  return offset;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (begin > 0) out += '\n';
    each_character(text.substr(begin, end - begin),
                   [&out](std::string_view glyph, std::size_t, std::size_t, bool) { out += glyph; });
    begin = end + 1;
  }
  return out;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '\n') {
      lines.emplace_back();
      used = 0;
      ++at;
      continue;
    }
    const std::size_t word_begin = std::min(text.find_first_not_of(' ', at), text.size());
    const std::size_t word_end = std::min(text.find_first_of(" \n", word_begin), text.size());
    const std::string_view word = text.substr(word_begin, word_end - word_begin);
    const std::size_t blanks = word_begin - at;
    const std::size_t own = columns(word);
    if (used > 0 && used + blanks + own > width) {
      lines.emplace_back();
      used = 0;
    } else {
      lines.back().append(blanks, ' ');
      used += blanks;
    }
    lines.back() += word;
    used += own;
    at = word_end;
  }
  return lines;
}

std::string painted(std::string_view text, Paint paint, bool color) {
  if (!color || paint == Paint::plain) return std::string(text);
  std::string out(escape(paint));
  out += text;
  out += "\x1b[0m";
  return out;
}

}  // namespace writ::diagnostics
