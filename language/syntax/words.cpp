#include "language/syntax/words.hpp"

#include <algorithm>

namespace writ::syntax {

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_word_byte(text[end])) ++end;
  if (end == at || (text[at] >= '0' && text[at] <= '9')) return {};
  return text.substr(at, end - at);
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  const std::size_t newline = text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

bool is_metadata_key(std::string_view word) {
  static const std::vector<std::string_view> keys = {
      "criteria", "severity", "owner", "frequency", "statement", "rationale", "remediation", "references", "tags"};
  return std::find(keys.begin(), keys.end(), word) != keys.end();
}

const std::vector<std::string_view>& member_words(Block block) {
  static const std::vector<std::string_view> file = {"module", "use",   "enum",    "ordered", "entity",
                                                     "fn",     "param", "control", "pack"};
  static const std::vector<std::string_view> control = {"criteria",  "severity",  "owner",       "frequency",
                                                        "statement", "rationale", "remediation", "references",
                                                        "tags",      "evidence",  "param",       "check"};
  static const std::vector<std::string_view> check = {"for", "let", "where", "require", "when", "basis", "nature"};
  static const std::vector<std::string_view> pack = {"version", "include", "set"};
  static const std::vector<std::string_view> none;
  switch (block) {
    case Block::file:
      return file;
    case Block::control:
      return control;
    case Block::check:
      return check;
    case Block::pack:
      return pack;
    case Block::entity:
    case Block::enumeration:
      break;
  }
  return none;
}

const std::vector<std::string_view>& unit_words() {
  static const std::vector<std::string_view> units = {"seconds", "minutes", "hours",  "days",   "weeks",
                                                      "months",  "years",   "second", "minute", "hour",
                                                      "day",     "week",    "month",  "year"};
  return units;
}

}  // namespace writ::syntax
