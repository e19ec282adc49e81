// Text as a terminal shows it. In: UTF-8, possibly invalid, with tabs and characters of any width. Out: cells of
// one column each, and rows of styled cells. Control characters never reach the terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ::diagnostics {

enum class Paint : std::uint8_t { plain, bold, error, warning, frame, secondary, added, removed };

// A row of cells, written at any column and given out once. Cells that nothing was written to are blank.
class Row {
 public:
  // Writes `text` from column `column` on (from 0); gives the column after it.
  std::size_t put(std::size_t column, std::string_view text, Paint paint);
  // Writes `glyph` into every column of [begin, end).
  void fill(std::size_t begin, std::size_t end, char glyph, Paint paint);
  bool blank(std::size_t column) const;
  // The row without blanks at its end, with escape sequences where `color` is set, and with a line end.
  std::string str(bool color) const;

 private:
  struct Cell {
    std::string glyph;  // empty: covered by the wide character before it, or blank
    Paint paint = Paint::plain;
    bool covered = false;
  };
  std::vector<Cell> cells_;
};

// One line of source, ready to show: tabs expanded, control characters replaced by U+FFFD.
class DisplayLine {
 public:
  explicit DisplayLine(std::string_view line);

  // The column (from 0) at which the character that holds byte `offset` of the line begins.
  std::size_t column(std::size_t offset) const;
  std::size_t width() const { return width_; }
  // What stands in [begin, end), in columns; a wide character that is cut in two becomes a blank.
  std::string slice(std::size_t begin, std::size_t end) const;
  // The byte offset of the character with this number (from 0) in the line; its size where there is none.
  static std::size_t byte_of_character(std::string_view line, std::size_t number);

 private:
  struct Glyph {
    std::size_t end;  // in the line, in bytes
    std::size_t column;
    std::size_t width;
    std::string text;
  };
  std::vector<Glyph> glyphs_;
  std::size_t width_ = 0;
};

// `text` without control characters but line ends, and valid UTF-8.
std::string printable(std::string_view text);

// `text` broken at spaces into lines of at most `width` columns where words allow it. Line ends in it stay.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

// `text` between the escape sequences of `paint`, if `color` is set.
std::string painted(std::string_view text, Paint paint, bool color);

}  // namespace writ::diagnostics
