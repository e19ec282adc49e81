#include "language/syntax/strings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace writ::syntax {
namespace {

constexpr std::string_view blanks = " \t";
// U+10FFFF has six hexadecimal digits.
constexpr std::size_t longest_code_point = 6;

struct Escape {
  std::size_t length = 2;
  std::optional<std::string> meaning;  // nothing: a bad escape
  std::string reason;
};

std::string utf8(std::uint32_t code) {
  std::string out;
  const auto put = [&out](std::uint32_t byte) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
  return out;
}

Escape code_point(std::string_view raw) {
  const std::size_t close = raw.find('}');
  if (raw.size() < 3 || raw[2] != '{' || close == std::string_view::npos) {
    return {2, std::nullopt, "`\\u` needs the number of a character in braces"};
  }
  const std::string_view digits = raw.substr(3, close - 3);
  Escape escape{close + 1, std::nullopt, ""};
  std::uint32_t code = 0;
  for (const char c : digits) {
    const bool lower = c >= 'a' && c <= 'f';
    const bool upper = c >= 'A' && c <= 'F';
    if (!lower && !upper && (c < '0' || c > '9')) {
      escape.reason = fmt::format("`{}` is not a hexadecimal number", digits);
      return escape;
    }
    if (digits.size() > longest_code_point) break;
    code = code * 16 + static_cast<std::uint32_t>(lower ? c - 'a' + 10 : upper ? c - 'A' + 10 : c - '0');
  }
  if (digits.empty()) {
    escape.reason = "`\\u{}` names no character";
  } else if (digits.size() > longest_code_point || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
    escape.reason = fmt::format("U+{} is not a Unicode character", digits);
  } else {
    escape.meaning = utf8(code);
  }
  return escape;
}

// The escape at the beginning of `raw`, which begins with a backslash.
Escape read_escape(std::string_view raw) {
  if (raw.size() < 2) return {1, std::nullopt, "a backslash stands alone"};
  switch (raw[1]) {
    case 'n':
      return {2, "\n", ""};
    case 't':
      return {2, "\t", ""};
    case '"':
      return {2, "\"", ""};
    case '\\':
      return {2, "\\", ""};
    case '{':
      return {2, "{", ""};
    case '}':
      return {2, "}", ""};
    case 'u':
      return code_point(raw);
    case '\n':
    case '\r':
      return {1, std::nullopt, "a backslash stands at the end of a line"};
    default:
      break;
  }
  std::size_t length = 2;
  while (length < raw.size() && (static_cast<unsigned char>(raw[length]) & 0xC0) == 0x80) ++length;
  return {length, std::nullopt, fmt::format("`{}` is no escape", raw.substr(0, length))};
}

}  // namespace

std::vector<BadEscape> bad_escapes(std::string_view raw) {
  std::vector<BadEscape> bad;
  for (std::size_t at = raw.find('\\'); at != std::string_view::npos; at = raw.find('\\', at)) {
    const Escape escape = read_escape(raw.substr(at));
    if (!escape.meaning) {
      bad.push_back(
          {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + escape.length), escape.reason});
    }
    at += escape.length;
  }
  return bad;
}

std::string decode_escapes(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  while (!raw.empty()) {
    const std::size_t plain = std::min(raw.find('\\'), raw.size());
    out += raw.substr(0, plain);
    raw.remove_prefix(plain);
    if (raw.empty()) break;
    const Escape escape = read_escape(raw);
    out += escape.meaning ? std::string_view(*escape.meaning) : raw.substr(0, escape.length);
    raw.remove_prefix(escape.length);
  }
  return out;
}

void dedent(std::vector<std::string>& pieces) {
  for (std::string& piece : pieces) {
    std::string lines;
    lines.reserve(piece.size());
    for (std::size_t i = 0; i < piece.size(); ++i) {
      if (piece[i] != '\r' || i + 1 == piece.size() || piece[i + 1] != '\n') lines.push_back(piece[i]);
    }
    piece = std::move(lines);
  }
  bool starts_line = false;
  if (const std::size_t first = pieces.front().find_first_not_of(blanks);
      first != std::string::npos && pieces.front()[first] == '\n') {
    pieces.front().erase(0, first + 1);
    starts_line = true;
  }
  std::string& last = pieces.back();
  const std::size_t end = last.find_last_not_of(blanks);
  if (end != std::string::npos && last[end] == '\n') {
    last.erase(end);
  } else if (end == std::string::npos && pieces.size() == 1 && starts_line) {
    last.clear();
  }

  // Calls `with(piece, begin, text)` for each line that begins in a piece: where it begins, and where its text
  // does.
  const auto each_line = [&pieces, starts_line](auto&& with) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::string& piece = pieces[i];
      std::size_t line = i == 0 && starts_line ? 0 : piece.find('\n');
      if (line == std::string::npos) continue;
      if (i != 0 || !starts_line) ++line;
      while (true) {
        with(i, line, std::min(piece.find_first_not_of(blanks, line), piece.size()));
        const std::size_t next = piece.find('\n', line);
        if (next == std::string::npos) break;
        line = next + 1;
      }
    }
  };
  // What stands before an interpolation is text as well.
  const auto is_blank = [&pieces](std::size_t i, std::size_t text) {
    return text == pieces[i].size() ? i + 1 == pieces.size() : pieces[i][text] == '\n';
  };
  std::optional<std::string> common;
  each_line([&](std::size_t i, std::size_t begin, std::size_t text) {
    if (is_blank(i, text)) return;
    const std::string_view own = std::string_view(pieces[i]).substr(begin, text - begin);
    if (!common) {
      common = own;
    } else {
      const auto apart = std::mismatch(common->begin(), common->end(), own.begin(), own.end());
      common->erase(apart.first, common->end());
    }
  });
  if (!common || common->empty()) return;
  std::vector<std::string> dedented(pieces.size());
  std::vector<std::size_t> copied(pieces.size(), 0);
  each_line([&](std::size_t i, std::size_t begin, std::size_t text) {
    if (is_blank(i, text)) return;
    dedented[i].append(pieces[i], copied[i], begin - copied[i]);
    copied[i] = begin + common->size();
  });
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    dedented[i].append(pieces[i], copied[i]);
    pieces[i] = std::move(dedented[i]);
  }
}

}  // namespace writ::syntax
