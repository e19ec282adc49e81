#include "language/syntax/recovery.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "language/syntax/words.hpp"

namespace writ::syntax {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool begins_declaration_word(std::string_view word) {
  const std::vector<std::string_view>& words = member_words(Block::file);
  return std::find(words.begin(), words.end(), word) != words.end();
}

// `control ACC-07 "…" {`, `fn f(`, `use std.people`: a word of a declaration with what follows it, so that a field
// `control: String` or an enum's member `test` is not taken for one.
bool looks_like_declaration(std::string_view text, std::size_t at) {
  const std::string_view word = word_at(text, at);
  if (!begins_declaration_word(word) || word == "param") return false;
  std::size_t next = skip_blanks(text, at + word.size());
  if (word == "ordered") return word_at(text, next) == "enum";
  if (next == at + word.size() || next >= text.size()) return false;
  if (text[next] == '"') return word == "test";
  const std::size_t name = next;
  while (next < text.size() && (is_word_byte(text[next]) || text[next] == '-' || text[next] == '.')) ++next;
  if (next == name) return false;
  const std::size_t after = skip_blanks(text, next);
  const bool line_ends = after >= text.size() || text[after] == '\n' || text[after] == '\r' || text[after] == '#';
  if (word == "module" || word == "use") return line_ends;
  if (line_ends) return false;
  if (word == "fn" || word == "rule") return text[after] == '(';
  if (word == "profile") return text[after] == '{' || text[after] == '"';
  return text[after] == '{' || text[after] == '"' || text[after] == '(' || is_word_byte(text[after]);
}

// Walks over a text token by token, so that what stands in strings and comments is not taken for code.
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  bool done() const { return at_ >= text_.size(); }

  void skip_gap() {
    while (at_ < text_.size()) {
      if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) {
        ++at_;
      } else {
        return;
      }
    }
  }

  // Past one token: a word with digits, a string, or one byte.
  void skip_token() {
    if (is_word_byte(text_[at_])) {
      const std::size_t begin = at_;
      while (at_ < text_.size() && is_word_byte(text_[at_])) ++at_;
      if (text_.substr(begin, at_ - begin) == "r") skip_raw_string();
    } else if (text_[at_] == '"') {
      skip_string();
    } else {
      ++at_;
    }
  }

 private:
  void skip_raw_string() {
    std::size_t hashes = 0;
    while (at_ + hashes < text_.size() && text_[at_ + hashes] == '#') ++hashes;
    if (at_ + hashes >= text_.size() || text_[at_ + hashes] != '"') return;
    const std::string closing = '"' + std::string(hashes, '#');
    const std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
    const std::size_t end = text_.substr(0, line_end).find(closing, at_ + hashes + 1);
    at_ = end == std::string_view::npos ? line_end : end + closing.size();
  }

  void skip_string() {
    if (text_.substr(at_, 3) == R"(""")") {
      const std::size_t end = text_.find(R"(""")", at_ + 3);
      // One that is never closed does not swallow what follows it.
      at_ = end == std::string_view::npos ? at_ + 3 : end + 3;
      return;
    }
    // Braces that are open inside the string: `"{f("x")}"` is one token.
    std::vector<bool> in_string{true};
    ++at_;
    while (at_ < text_.size() && !in_string.empty()) {
      const char c = text_[at_];
      if (c == '\n') return;
      if (c == '\\') {
        at_ = std::min(at_ + 2, text_.size());
        continue;
      }
      if (c == '"') {
        if (in_string.back()) {
          in_string.pop_back();
        } else {
          in_string.push_back(true);
        }
      } else if (c == '{') {
        in_string.push_back(false);
      } else if (c == '}' && !in_string.back()) {
        in_string.pop_back();
      }
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_;
};

bool is_one_of_members(std::string_view word, Block block) {
  const std::vector<std::string_view>& words = member_words(block);
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Words with which a line goes on with the expression of the line before.
bool continues_expression(std::string_view word) {
  return is_one_of(word, {"and", "or", "not", "in", "is", "then", "else", "satisfies", "matches", "like", "by"});
}

// Whether the word at `at`, the first on its line, can begin a member of `block`. `nested` says that a bracket of
// the failed member is still open there.
bool begins_member(std::string_view text, std::size_t at, Block block, bool nested) {
  const std::string_view word = word_at(text, at);
  if (word.empty()) return false;
  switch (block) {
    case Block::file:
      return false;
    case Block::check:
      if (is_one_of(word, {"require", "when", "basis", "nature"})) return true;
      return !nested && is_one_of(word, {"for", "let", "where"});
    case Block::control:
      if (word == "check" && !word_at(text, skip_blanks(text, at + word.size())).empty()) return true;
      return !nested && (is_one_of(word, {"param", "evidence", "include"}) || is_metadata_key(word));
    case Block::template_body:
      if (word == "check" && !word_at(text, skip_blanks(text, at + word.size())).empty()) return true;
      return !nested && is_one_of(word, {"param", "evidence"});
    case Block::pack:
    case Block::section:
    case Block::profile:
    case Block::test:
      return !nested && is_one_of_members(word, block);
    case Block::derivation:
    case Block::given: {
      const std::size_t after = skip_blanks(text, at + word.size());
      return !nested && after < text.size() && text[after] == ':';
    }
    case Block::entity: {
      const std::size_t after = skip_blanks(text, at + word.size());
      const bool named = after < text.size() && text[after] == ':';
      return !nested && (named || !is_one_of(word, {"key", "via", "at"}));
    }
    case Block::enumeration:
      return !nested;
  }
  return false;
}

}  // namespace

bool leaves_block(std::string_view text, std::uint32_t offset, Block block) {
  if (block == Block::file) return false;
  const std::string_view word = word_at(text, offset);
  if (word.empty()) return false;
  const bool fields = block == Block::entity || block == Block::enumeration || block == Block::derivation;
  // A test holds waivers, and names a pack.
  const bool test_member = (block == Block::test || block == Block::given) && (word == "waive" || word == "pack");
  const bool at_margin = offset == 0 || text[offset - 1] == '\n';
  if (looks_like_declaration(text, offset) && !(test_member && block == Block::test && !at_margin)) {
    return !fields || at_margin;
  }
  if (!first_on_line(text, offset)) return false;
  const std::size_t after = skip_blanks(text, offset + word.size());
  const bool labels = after < text.size() && text[after] == ':';
  // A member of the test stands in a record, one of the pack in a section.
  if (block == Block::given) return !labels && is_one_of_members(word, Block::test);
  if (block == Block::section) return word != "name" && is_one_of_members(word, Block::pack);
  // A member of the control stands in a check.
  if (block != Block::check) return false;
  if (word == "check" || word == "param") return !word_at(text, after).empty();
  return word == "evidence" || is_metadata_key(word);
}

bool begins_anew(std::string_view text, std::size_t offset) {
  const std::string_view word = word_at(text, offset);
  if (word.empty() || !first_on_line(text, offset)) return false;
  if (looks_like_declaration(text, offset)) return true;
  const std::size_t next = skip_blanks(text, offset + word.size());
  if (next < text.size() && text[next] == ':') return true;
  // These begin an expression, whatever stands behind them.
  if (is_one_of(word, {"some", "no", "every", "not", "if"})) return false;
  // At the margin stands no expression, and two words side by side are none.
  const bool at_margin = offset == 0 || text[offset - 1] == '\n';
  const bool known =
      at_margin || is_one_of(word, {"when", "basis", "nature", "check", "param", "evidence", "version", "include",
                                    "set", "exclude", "section", "because", "until", "approved_by", "given",
                                    "expect", "absent", "collected"});
  if (!known && !is_metadata_key(word)) return false;
  if (next < text.size() && text[next] == '"') return true;
  const std::string_view second = word_at(text, next);
  return !second.empty() && !is_reserved(second) && second != "by" && second != "desc";
}

std::uint32_t resume_after(std::string_view text, std::uint32_t begin, std::uint32_t stopped, Block block) {
  const bool separator = begin == stopped && begin < text.size() && (text[begin] == ',' || text[begin] == ';');
  if (separator && block != Block::file) {
    Scanner after(text, begin + 1);
    after.skip_gap();
    if (after.done() || text[after.at()] == '}' || begins_member(text, after.at(), block, false)) {
      return static_cast<std::uint32_t>(after.at());
    }
  }
  // Members stand at one indentation; what continues one stands deeper.
  const bool indented = first_on_line(text, begin);
  const std::size_t indent = indented ? indentation(text, begin) : 0;
  Scanner scanner(text, begin);
  std::ptrdiff_t braces = 0;
  std::ptrdiff_t brackets = 0;
  for (scanner.skip_gap(); !scanner.done(); scanner.skip_gap()) {
    const std::size_t at = scanner.at();
    const bool nested = braces > 0 || brackets > 0;
    if (at >= stopped && at > begin) {
      const bool first = first_on_line(text, at);
      const bool at_margin = text[at - 1] == '\n';
      if (first && block == Block::file && begins_declaration_word(word_at(text, at)) &&
          (at_margin ? (!nested || looks_like_declaration(text, at)) : braces <= 0)) {
        break;
      }
      if (first && block != Block::file && leaves_block(text, static_cast<std::uint32_t>(at), block)) break;
      if (first && begins_member(text, at, block, nested)) break;
      if (first && indented && !nested && block != Block::file && indentation(text, at) == indent &&
          !word_at(text, at).empty() && !continues_expression(word_at(text, at))) {
        break;
      }
      if (block == Block::enumeration && text[at] == ',' && !nested) {
        scanner.skip_token();
        scanner.skip_gap();
        break;
      }
      if (text[at] == '}' && braces <= 0 && block != Block::file) break;
    }
    switch (text[at]) {
      case '{':
        ++braces;
        break;
      case '}':
        --braces;
        break;
      case '(':
      case '[':
        ++brackets;
        break;
      case ')':
      case ']':
        --brackets;
        break;
      default:
        break;
    }
    scanner.skip_token();
  }
  return static_cast<std::uint32_t>(std::min(scanner.at(), text.size()));
}

}  // namespace writ::syntax
