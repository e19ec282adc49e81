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

bool first_on_line(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return at == 0 || text[at - 1] == '\n';
}

std::size_t indentation(std::string_view text, std::size_t at) {
  const std::size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t line = newline == std::string_view::npos ? 0 : newline + 1;
  return skip_blanks(text, line) - line;
}

namespace {

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool is_reserved(std::string_view word) {
  static const std::vector<std::string_view> words = {
      "and",   "or",        "not", "in",  "is",      "if",      "then", "else", "true", "false", "missing",
      "where", "satisfies", "for", "let", "require", "matches", "like", "some", "no",   "every"};
  return contains(words, word);
}

bool begins_clause(std::string_view word) { return contains(member_words(Block::check), word); }

bool is_metadata_key(std::string_view word) {
  static const std::vector<std::string_view> keys = {
      "criteria", "severity", "owner", "frequency", "statement", "rationale", "remediation", "references", "tags"};
  return contains(keys, word);
}

const std::vector<std::string_view>& member_words(Block block) {
  static const std::vector<std::string_view> file = {"module", "use",      "enum",    "ordered", "entity",
                                                     "fn",     "param",    "control", "pack",    "rule",
                                                     "derive", "template", "profile", "waive",   "test"};
  static const std::vector<std::string_view> control = {
      "criteria",   "severity", "owner",    "frequency", "statement", "rationale", "remediation",
      "references", "tags",     "evidence", "param",     "check",     "include"};
  static const std::vector<std::string_view> check = {"for", "let", "where", "require", "when", "basis", "nature"};
  static const std::vector<std::string_view> template_body = {"evidence", "param", "check"};
  static const std::vector<std::string_view> pack = {"version", "include", "exclude", "set",
                                                     "name",    "section", "profile"};
  static const std::vector<std::string_view> section = {"name"};
  static const std::vector<std::string_view> profile = {"set"};
  static const std::vector<std::string_view> test = {"now",    "period",    "pack",  "set",   "given",
                                                     "absent", "collected", "waive", "expect"};
  static const std::vector<std::string_view> none;
  switch (block) {
    case Block::file:
      return file;
    case Block::control:
      return control;
    case Block::check:
      return check;
    case Block::template_body:
      return template_body;
    case Block::pack:
      return pack;
    case Block::section:
      return section;
    case Block::profile:
      return profile;
    case Block::test:
      return test;
    case Block::derivation:
    case Block::given:
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
