#include "engine/report/page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "language/source/utf8.hpp"

namespace writ::report {

namespace {

// Takes one character off the front of `text`, which is not empty; U+FFFD where it is ill-formed.
char32_t next_character(std::string_view& text) {
  const source::CodePoint point = source::decode_utf8(text);
  text.remove_prefix(point.length);
  return point.value;
}

std::uint32_t columns_of(char32_t c) { return static_cast<std::uint32_t>(std::max(source::display_width(c), 0)); }

// Characters that change how others are shown, or steer the terminal: C0, DEL, C1, marks of direction, line and
// paragraph separators, the byte order mark.
bool is_steering(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

// A word, made of runs of different inks without a space between them.
struct Word {
  std::vector<Piece> runs;
  std::uint32_t width = 0;
  bool whole = false;

  void add(std::string_view text, const Piece& piece) {
    if (runs.empty() || runs.back().ink != piece.ink) runs.push_back({"", piece.ink, false});
    runs.back().text += text;
    width += display_width(text);
    whole = whole || piece.whole;
  }
};

std::vector<Word> words_of(const std::vector<Piece>& pieces) {
  std::vector<Word> words;
  bool open = false;  // whether the last word goes on
  const auto word = [&]() -> Word& {
    if (!open) words.emplace_back();
    open = true;
    return words.back();
  };
  for (const Piece& piece : pieces) {
    const std::string text = printable(piece.text);
    if (piece.whole) {
      if (!text.empty()) word().add(text, piece);
      continue;
    }
    std::size_t at = 0;
    while (at < text.size()) {
      if (text[at] == ' ') {
        open = false;
        ++at;
        continue;
      }
      const std::size_t end = std::min(text.find(' ', at), text.size());
      word().add(std::string_view(text).substr(at, end - at), piece);
      at = end;
    }
  }
  return words;
}

// The part of a word that fits `width` columns (one character at least), and the rest.
Word split_off(Word& word, std::uint32_t width) {
  Word head;
  while (!word.runs.empty()) {
    Piece& run = word.runs.front();
    std::string_view rest = run.text;
    std::size_t taken = 0;
    while (!rest.empty()) {
      std::string_view after = rest;
      const std::uint32_t columns = columns_of(next_character(after));
      if (head.width + columns > width && head.width > 0) break;
      head.width += columns;
      taken += rest.size() - after.size();
      rest = after;
    }
    if (taken > 0) head.runs.push_back({run.text.substr(0, taken), run.ink, false});
    word.width -= display_width(run.text.substr(0, taken));
    run.text.erase(0, taken);
    if (!run.text.empty()) return head;
    word.runs.erase(word.runs.begin());
  }
  return head;
}

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::plain:
      return "";
    case Ink::bold:
      return "1";
    case Ink::dim:
      return "2";
    case Ink::red:
      return "1;31";
    case Ink::green:
      return "32";
    case Ink::yellow:
      return "33";
    case Ink::blue:
      return "34";
    case Ink::magenta:
      return "35";
  }
  return "";
}

// Narrower than this, text is not wrapped further: a word a line helps nobody.
constexpr std::uint32_t least_text = 16;

}  // namespace

std::uint32_t display_width(std::string_view text) {
  std::uint32_t width = 0;
  while (!text.empty()) width += columns_of(next_character(text));
  return width;
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = next_character(text);
    if (c == '\n' || c == '\t' || c == '\r') {
      out += ' ';
    } else if (is_steering(c)) {
      out += fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(c));
    } else if (c == U'\uFFFD') {
      out += "\xef\xbf\xbd";
    } else {
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out;
}

std::string shortened(std::string_view text, std::uint32_t width, bool unicode) {
  if (display_width(text) <= width) return std::string(text);
  const std::string_view ellipsis = unicode ? "…" : "...";
  const std::uint32_t room = width - std::min(width, display_width(ellipsis));
  std::string out;
  std::uint32_t used = 0;
  while (!text.empty()) {
    const std::string_view before = text;
    used += columns_of(next_character(text));
    if (used > room) break;
    out += before.substr(0, before.size() - text.size());
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  out += ellipsis;
  return out;
}

std::string padded(std::string_view text, std::uint32_t width) {
  const std::uint32_t used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void Page::put(std::string_view text, Ink ink) {
  const std::string_view code = style_.color ? code_of(ink) : "";
  if (code.empty()) {
    out_ += text;
  } else {
    out_ += fmt::format("\x1b[{}m{}\x1b[0m", code, text);
  }
}

void Page::put_line(std::uint32_t indent, const std::vector<Piece>& pieces) {
  out_.append(indent, ' ');
  for (const Piece& piece : pieces) put(piece.text, piece.ink);
  while (!out_.empty() && out_.back() == ' ') out_.pop_back();
  out_ += '\n';
}

void Page::paragraph(std::uint32_t indent, std::uint32_t hanging, const std::vector<Piece>& pieces) {
  std::vector<Word> words = words_of(pieces);
  const auto room = [this](std::uint32_t from) {
    return std::max(style_.width > from ? style_.width - from : 0, least_text);
  };
  std::vector<Piece> line;
  std::uint32_t from = indent;
  std::uint32_t used = 0;
  const auto flush = [&] {
    put_line(from, line);
    line.clear();
    from = hanging;
    used = 0;
  };
  for (Word& word : words) {
    if (!line.empty() && used + 1 + word.width > room(from)) flush();
    while (line.empty() && word.width > room(from) && !word.whole) {
      Word head = split_off(word, room(from));
      line = std::move(head.runs);
      flush();
    }
    if (!line.empty()) {
      // A space between two words of one ink belongs to it, so that a coloured phrase is one run.
      if (line.back().ink == word.runs.front().ink) {
        line.back().text += ' ';
      } else {
        line.push_back({" ", Ink::plain, false});
      }
      ++used;
    }
    for (Piece& run : word.runs) {
      if (!line.empty() && line.back().ink == run.ink) {
        line.back().text += run.text;
      } else {
        line.push_back(std::move(run));
      }
    }
    used += word.width;
  }
  if (!line.empty()) flush();
}

void Page::spread(std::uint32_t indent, std::uint32_t hanging, const std::vector<Piece>& left,
                  const std::vector<Piece>& right) {
  const auto width = [](const std::vector<Piece>& pieces) {
    std::uint32_t sum = 0;
    for (const Piece& piece : pieces) sum += display_width(printable(piece.text));
    return sum;
  };
  const std::uint32_t used = indent + width(left) + width(right);
  if (used + 2 > style_.width) {
    paragraph(indent, hanging, left);
    paragraph(hanging, hanging, right);
    return;
  }
  std::vector<Piece> line;
  for (const Piece& piece : left) line.push_back({printable(piece.text), piece.ink, true});
  line.push_back({std::string(style_.width - used, ' '), Ink::plain, true});
  for (const Piece& piece : right) line.push_back({printable(piece.text), piece.ink, true});
  put_line(indent, line);
}

void Page::gap() {
  if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
}

}  // namespace writ::report
