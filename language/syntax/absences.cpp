// The part of Builder that says what is wrong where the grammar expected something else: the cause where it is a
// known slip, else what was expected and what was found.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "language/syntax/builder.hpp"
#include "language/syntax/slips.hpp"
#include "language/syntax/words.hpp"

namespace writ::syntax {

using diagnostics::Code;
using diagnostics::Diagnostic;

namespace {

std::string quoted(std::string_view token) { return fmt::format("`{}`", token); }

}  // namespace

Span Builder::found_span(std::uint32_t offset) const {
  const auto length = static_cast<std::uint32_t>(found_at(text_, offset).token.size());
  return span(offset, offset + length);
}

std::string Builder::found(std::uint32_t offset) const {
  const Found what = found_at(text_, offset);
  if (what.token.empty()) return "the end of the file";
  return what.text ? "a text" : quoted(what.token);
}

bool Builder::on_new_line(std::uint32_t offset) const {
  const std::uint32_t from = std::min(token_end_, offset);
  return text_.substr(from, offset - from).find('\n') != std::string_view::npos;
}

Diagnostic Builder::expected_found(const Expectation& expectation, std::uint32_t offset) const {
  const std::string message = fmt::format("expected {}, found {}", expectation.what, found(offset));
  // What is missing at the end of a line is missing there, not where the next token stands.
  const bool before = on_new_line(offset) || offset >= text_.size();
  Diagnostic diagnostic = diagnosis(Code::syntax_error, before ? span(token_end_, token_end_) : found_span(offset),
                                    message, before ? "here" : "");
  // A word that is near to one that was expected.
  std::vector<std::string_view> words;
  for (std::string_view rest = expectation.what; rest.find('`') != std::string_view::npos;) {
    rest.remove_prefix(rest.find('`') + 1);
    const std::size_t end = rest.find('`');
    words.push_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  if (const auto meant = diagnostics::nearest(word_at(text_, offset), words); !meant.empty() && !before) {
    diagnostic.fix(fmt::format("write `{}`", meant), found_span(offset), std::string(meant));
  }
  return diagnostic;
}

void Builder::absent(const Expectation& expectation, std::uint32_t offset) {
  switch (expectation.absence) {
    case Absence::string_close:
      absent_quote(expectation, offset);
    case Absence::unit:
      absent_unit(offset);
    case Absence::number_end:
      absent_number_end(offset);
    case Absence::date:
      absent_date(expectation, offset);
    case Absence::member:
      absent_member(offset);
    case Absence::expression:
      absent_expression(expectation, offset);
    case Absence::new_name:
      absent_name(expectation, offset);
    case Absence::presence:
      absent_presence(expectation, offset);
    case Absence::type:
      absent_type(expectation, offset);
    case Absence::closing:
      refuse_operator_slip(offset);
      absent_bracket(expectation, offset);
    case Absence::branch_else:
      refuse_operator_slip(offset);
      absent_branch(expectation, offset);
    case Absence::after_expression:
      refuse_operator_slip(offset);
      break;
    case Absence::satisfies:
      absent_satisfies(expectation, offset);
    case Absence::colon:
      absent_colon(expectation, offset);
    case Absence::equals:
      absent_equals(expectation, offset);
    case Absence::binding_in:
      absent_in(expectation, offset);
    case Absence::body:
      absent_body(expectation, offset);
    case Absence::metadata:
      absent_metadata(expectation, offset);
    case Absence::plain:
      break;
  }
  fail(expected_found(expectation, offset), offset);
}

void Builder::absent_name(const Expectation& expectation, std::uint32_t offset) {
  const std::string_view word = word_at(text_, offset);
  if (is_reserved(word) && !on_new_line(offset)) {
    fail(Code::syntax_error, found_span(offset), fmt::format("`{}` is a word of the language, not a name", word),
         "", fmt::format("choose another name, such as `{}_`", word));
  }
  fail(expected_found(expectation, offset), offset);
}

void Builder::absent_type(const Expectation& expectation, std::uint32_t offset) {
  Diagnostic diagnostic = expected_found(expectation, offset);
  if (offset < text_.size() && text_[offset] == '[')
    diagnostic.help("the type of a list is written `List<String>`");
  fail(std::move(diagnostic), offset);
}

void Builder::absent_message(std::uint32_t offset) {
  refuse_operator_slip(offset);
  const std::string_view word = word_at(text_, offset);
  const bool string = offset < text_.size() && text_[offset] == '"';
  const bool ends = offset >= text_.size() || text_[offset] == '}' || string || begins_clause(word) ||
                    leaves_block(text_, offset, Block::check);
  if (!ends) {
    refuse_stray(offset);
    fail(expected_found({"`else` and a message"}, offset), offset);
  }
  const std::uint32_t end = tree_.expr(last_value()).span.end;
  Diagnostic diagnostic =
      diagnosis(Code::missing_else, string ? found_span(offset) : span(end, end), "a requirement has no `else`",
                string ? "`else` is missing before the message" : "`else` and a message are missing here");
  diagnostic.label(span(clause_, clause_ + 7), "this requirement");
  if (string) fail(Diagnostic(diagnostic.fix("write `else`", span(offset, offset), "else ")), offset);
  diagnostic.help("say what a finding tells: `require account.enabled else \"{account.login} is disabled\"`");
  sink_.add(diagnostic.code, diagnostic.message) = std::move(diagnostic);
  // The requirement stands, with a message that did not parse.
  push_error(span(end, end));
}

void Builder::absent_colon(const Expectation& expectation, std::uint32_t offset) {
  Diagnostic diagnostic = expected_found(expectation, offset);
  const bool type_follows = !word_at(text_, offset).empty() && !on_new_line(offset);
  if (type_follows) {
    diagnostic.fix("write `:`", span(token_end_, token_end_), ":");
  } else if (offset < text_.size() && text_[offset] == '=') {
    diagnostic.help("a value stands after the type: `attempts: Int = 5`");
  }
  fail(std::move(diagnostic), offset);
}

void Builder::absent_equals(const Expectation& expectation, std::uint32_t offset) {
  const std::string_view token = found_at(text_, offset).token;
  Diagnostic diagnostic = expected_found(expectation, offset);
  if (token == "==" || token == ":=" || token == ":" || token == "=>" || token == "->" || token == "{") {
    if (token == "==") diagnostic.message = "`==` compares; a value is given with `=`";
    if (token != "{") diagnostic.fix("write `=`", found_span(offset), "=");
    if (token == "{") diagnostic.help("a function is one expression: `fn f(x: Int): Int = x + 1`");
  }
  fail(std::move(diagnostic), offset);
}

void Builder::absent_body(const Expectation& expectation, std::uint32_t offset) {
  Diagnostic diagnostic = expected_found(expectation, offset);
  if (!word_at(text_, offset).empty() && !on_new_line(offset)) {
    diagnostic.help("a title stands in quotes, before the `{`");
  }
  fail(std::move(diagnostic), offset);
}

void Builder::absent_metadata(const Expectation& expectation, std::uint32_t offset) {
  refuse_foreign_quote(offset);
  Diagnostic diagnostic = expected_found(expectation, offset);
  if (offset < text_.size() && (text_[offset] == ':' || text_[offset] == '=')) {
    diagnostic.fix("leave it out", span(offset, offset + 1), "");
  }
  fail(std::move(diagnostic), offset);
}

void Builder::refuse_stray(std::uint32_t offset) const {
  refuse_foreign_quote(offset);
  const std::string_view rest = text_.substr(std::min<std::size_t>(offset, text_.size()));
  if (!rest.starts_with(',') && !rest.starts_with(';')) return;
  const Block block = blocks_.back().block;
  Diagnostic diagnostic = diagnosis(Code::syntax_error, span(offset, offset + 1),
                                    fmt::format("no `{}` stands between members", rest.front()), "");
  if (block == Block::check && rest.front() == ',') diagnostic.help("join two conditions with `and`");
  diagnostic.fix("leave it out", span(offset, offset + 1), "");
  fail(std::move(diagnostic), offset);
}

void Builder::refuse_metadata_slip(Span key) const {
  const std::string_view word = text(key);
  if (is_metadata_key(word)) return;
  const OpenBlock& block = blocks_.back();
  if (begins_clause(word)) {
    fail(Code::syntax_error, key, fmt::format("`{}` stands in a check", word), "",
         "put it in a check: `check name { for a in Account require … else \"…\" }`");
  }
  const bool same_line =
      !first_on_line(text_, key.begin) && token_end_ > block.brace.end && text_[token_end_ - 1] != '}';
  if (same_line) {
    fail(diagnosis(Code::syntax_error, span(token_end_, token_end_), "expected `,` between two values", "here")
             .fix("write `,`", span(token_end_, token_end_), ","),
         key.begin);
  }
  if (const auto meant = diagnostics::nearest(word, {"check", "param", "evidence", "include"}); !meant.empty()) {
    fail(
        diagnosis(Code::syntax_error, key, fmt::format("expected a member of {}, found `{}`", block.what, word), "")
            .fix(fmt::format("write `{}`", meant), key, std::string(meant)),
        key.begin);
  }
}

void Builder::absent_member(std::uint32_t offset) {
  const OpenBlock& block = blocks_.back();
  const std::string_view word = word_at(text_, offset);
  const Span place = found_span(offset);
  if (block.block == Block::file && offset < text_.size() && text_[offset] == '}') {
    fail(Code::syntax_error, place, "`}` closes nothing", "no brace is open here");
  }
  // After an expression: what follows it on its line, or is an operator.
  const bool after_expression = block.block != Block::enumeration && token_end_ > block.brace.end;
  if (after_expression) refuse_operator_slip(offset);
  refuse_stray(offset);
  if (is_reserved(word) && block.block == Block::enumeration) {
    fail(Code::syntax_error, place, fmt::format("`{}` is a word of the language, not a name", word), "",
         "choose another name for this member");
  }
  if (block.block == Block::check && word == "else") {
    fail(Code::syntax_error, place, "`else` belongs to no `require`", "",
         "`else` follows a requirement's condition: `require condition else \"message\"`");
  }
  const std::string what = block.block == Block::file ? "a declaration" : fmt::format("a member of {}", block.what);
  Diagnostic diagnostic =
      diagnosis(Code::syntax_error, place, fmt::format("expected {}, found {}", what, found(offset)), "");
  if (block.block == Block::entity && offset < text_.size() && text_[offset] == '[') {
    diagnostic.help("the type of a list is written `List<String>`");
  } else if (const std::string_view meant = meant_member(word, block.block); !meant.empty()) {
    diagnostic.fix(fmt::format("write `{}`", meant), place, std::string(meant));
  } else if (const auto& words = member_words(block.block); !words.empty()) {
    diagnostic.help(fmt::format("{} begins with `{}`", block.block == Block::file ? "a declaration" : "a member",
                                fmt::join(words, "`, `")));
  }
  fail(std::move(diagnostic), offset);
}

}  // namespace writ::syntax
