// An expression as it is written, on one line.
#include <algorithm>
#include <cctype>

#include "engine/plan/plan.hpp"

namespace writ::plan {

using language::ExprId;
using language::Program;

namespace {

// How long the text literal at the beginning of this is, with its quotes; 0 where none begins. What stands in its
// braces is code again, and may hold texts.
std::size_t literal_length(std::string_view text);

// How long the code is up to the brace that closes it.
std::size_t code_length(std::string_view text) {
  std::size_t at = 0, open = 0;
  while (at < text.size() && (text[at] != '}' || open > 0)) {
    if (text[at] == '{') ++open;
    if (text[at] == '}') --open;
    at += std::max<std::size_t>(1, literal_length(text.substr(at)));
  }
  return at;
}

std::size_t literal_length(std::string_view text) {
  const auto up_to = [text](std::string_view end, std::size_t from) {
    const std::size_t found = text.find(end, from);
    return found == std::string_view::npos ? text.size() : found + end.size();
  };
  if (text.starts_with('r')) {
    const std::size_t quote = std::min(text.size(), text.find_first_not_of('#', 1));
    if (!text.substr(quote).starts_with('"')) return 0;
    return up_to('"' + std::string(quote - 1, '#'), quote + 1);
  }
  const std::string_view quotes = text.starts_with("\"\"\"") ? "\"\"\"" : text.starts_with('"') ? "\"" : "";
  if (quotes.empty()) return 0;
  std::size_t at = quotes.size();
  while (at < text.size() && !text.substr(at).starts_with(quotes)) {
    if (text[at] == '{') {
      at += 1 + code_length(text.substr(at + 1));
    } else if (text[at] == '\\') {
      // `\u{2019}`: its braces hold no code.
      at += text.substr(at).starts_with("\\u{") ? 3U : 1U;
    }
    ++at;
  }
  return std::min(text.size(), at + quotes.size());
}

bool is_name_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

}  // namespace

std::string source_text(const Program& program, ExprId id) {
  const std::string_view text = program.sources->text(program.expr(id).span);
  std::string out;
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '#') {
      space = !out.empty();
      at = c == '#' ? std::min(text.size(), text.find('\n', at)) : at + 1;
      continue;
    }
    if (space) out.push_back(' ');
    // The `r` of `r"…"` begins a literal, and that of a name does not.
    const bool within_name = at > 0 && is_name_character(text[at - 1]);
    const std::size_t length = std::max<std::size_t>(1, within_name ? 0 : literal_length(text.substr(at)));
    out += text.substr(at, length);
    space = false;
    at += length;
  }
  return out;
}

}  // namespace writ::plan
