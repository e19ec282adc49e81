// Text for a person: paragraphs in, lines out that fit a width, wrapped with hanging indents. Text may come from
// evidence, so characters that a terminal would obey (controls, changes of direction) are shown by their numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ::report {

struct TextStyle {
  bool color = false;
  bool unicode = false;       // symbols beyond ASCII
  std::uint32_t width = 100;  // columns
};

enum class Ink : std::uint8_t { plain, bold, dim, red, green, yellow, blue, magenta };

// A run of text in one ink. A `whole` one is never broken, nor its spaces folded: a path stays something to click.
struct Piece {
  std::string text;
  Ink ink = Ink::plain;
  bool whole = false;
};

// Columns that a UTF-8 text takes on a terminal: combining marks none, East Asian wide characters two.
std::uint32_t display_width(std::string_view text);
// Line ends and tabs as spaces, other control characters and marks of direction as `\u{1b}`; ill-formed UTF-8 as
// U+FFFD.
std::string printable(std::string_view text);
// `text` cut to `width` columns at most, an ellipsis at its end where something was left out.
std::string shortened(std::string_view text, std::uint32_t width, bool unicode);
// `text` with spaces behind it up to `width` columns.
std::string padded(std::string_view text, std::uint32_t width);
// `1 record`, `2 records`.
std::string counted(std::uint64_t count, std::string_view noun);

class Page {
 public:
  explicit Page(const TextStyle& style) : style_(style) {}

  // Words of `pieces` from column `indent` on, later lines from `hanging` on. Pieces that touch stay together.
  void paragraph(std::uint32_t indent, std::uint32_t hanging, const std::vector<Piece>& pieces);
  // `left`, and `right` at the right edge of the same line; where both do not fit, `right` on a line of its own.
  void spread(std::uint32_t indent, std::uint32_t hanging, const std::vector<Piece>& left,
              const std::vector<Piece>& right);
  // An empty line, unless the page is empty or ends with one.
  void gap();

  const TextStyle& style() const { return style_; }
  std::string take() { return std::move(out_); }

 private:
  void put(std::string_view text, Ink ink);
  void put_line(std::uint32_t indent, const std::vector<Piece>& pieces);

  TextStyle style_;
  std::string out_;
};

}  // namespace writ::report
