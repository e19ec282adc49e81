// The part of Builder that says what is wrong inside an expression.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "language/syntax/builder.hpp"
#include "language/syntax/slips.hpp"
#include "language/syntax/words.hpp"

namespace writ::syntax {

using diagnostics::Applicability;
using diagnostics::Code;
using diagnostics::Diagnostic;

void Builder::refuse_operator_slip(std::uint32_t offset) const {
  const Slip* slip = operator_slip(text_, offset);
  if (slip == nullptr && !on_new_line(offset)) slip = word_operator_slip(word_at(text_, offset));
  if (slip != nullptr) {
    const Span place = span(offset, offset + static_cast<std::uint32_t>(slip->found.size()));
    Diagnostic diagnostic = diagnosis(Code::syntax_error, place, std::string(slip->message), "");
    if (slip->meant.empty()) {
      diagnostic.help(fmt::format("write `{}(a, b)`, or `b in a` for an element", slip->found));
    } else {
      diagnostic.fix(fmt::format("write `{}`", slip->meant), place, std::string(slip->meant));
    }
    fail(std::move(diagnostic), offset);
  }
  const std::string_view rest = text_.substr(std::min<std::size_t>(offset, text_.size()));
  if (rest.starts_with('?') && !rest.starts_with("??")) {
    fail(Code::syntax_error, span(offset, offset + 1), "`?` does not choose between two values", "",
         "write `if condition then a else b`");
  }
  if (rest.starts_with("//") || rest.starts_with("/*")) {
    fail(Code::syntax_error, span(offset, offset + 2), "a comment begins with `#`", "");
  }
  if (rest.starts_with('!')) {
    fail(Code::syntax_error, span(offset, offset + 1), "`!` is no operator", "", "write `not`, or `!=` to compare");
  }
}

void Builder::refuse_foreign_quote(std::uint32_t offset) const {
  const std::string_view rest = text_.substr(std::min<std::size_t>(offset, text_.size()));
  if (rest.starts_with('\'') || rest.starts_with('`')) {
    const std::size_t end = rest.find_first_of(std::string{rest.front(), '\n'}, 1);
    const bool closed = end != std::string_view::npos && rest[end] == rest.front();
    const Span place = span(offset, offset + (closed ? static_cast<std::uint32_t>(end) + 1 : 1));
    Diagnostic diagnostic = diagnosis(Code::syntax_error, place, "a text stands in double quotes", "");
    const std::string_view inside = closed ? rest.substr(1, end - 1) : std::string_view();
    if (closed && inside.find('"') == std::string_view::npos) {
      diagnostic.fix("write double quotes", place, fmt::format("\"{}\"", inside), Applicability::maybe);
    }
    fail(std::move(diagnostic), place.end);
  }
  for (const std::string_view quote : {"“", "”", "„", "«", "‘", "’"}) {
    if (!rest.starts_with(quote)) continue;
    fail(Code::syntax_error, span(offset, offset + static_cast<std::uint32_t>(quote.size())),
         "a text stands in straight double quotes", "", "write `\"…\"`");
  }
}

void Builder::absent_expression(const Expectation& expectation, std::uint32_t offset) {
  const std::string_view rest = text_.substr(std::min<std::size_t>(offset, text_.size()));
  if (rest.starts_with('!')) {
    Diagnostic diagnostic = diagnosis(Code::syntax_error, span(offset, offset + 1), "`!` is no operator", "");
    diagnostic.fix("write `not`", span(offset, offset + 1), "not ");
    fail(std::move(diagnostic), offset);
  }
  refuse_foreign_quote(offset);
  const bool doubled = operator_slip(text_, offset) != nullptr;
  if (doubled && !on_new_line(offset)) {
    const std::string_view before = text_.substr(0, token_end_);
    // `= =`, `= <`: an operator in two pieces.
    if (before.ends_with('=') || before.ends_with('<') || before.ends_with('>')) {
      fail(Code::syntax_error, span(token_end_ - 1, offset + 1), "an operator is written in one piece", "");
    }
  }
  if (rest.starts_with('}') && !frames_.empty() && frames_.back().interpolation &&
      token_end_ == frames_.back().open.end) {
    fail(Code::syntax_error, span(token_end_ - 1, offset + 1), "nothing stands between these braces", "",
         "write `\\{` and `\\}` where braces are meant");
  }
  const std::string_view word = word_at(text_, offset);
  Diagnostic diagnostic = expected_found(expectation, offset);
  if (!on_new_line(offset) && is_reserved(word) && word != "for" && word != "let" && word != "where" &&
      word != "require") {
    diagnostic.note(fmt::format("`{}` is a word of the language, not a name", word));
  }
  fail(std::move(diagnostic), offset);
}

void Builder::absent_bracket(const Expectation& expectation, std::uint32_t offset) {
  const Span open = frames_.back().open;
  const std::string_view word = word_at(text_, offset);
  const bool in_string = frames_.back().interpolation;
  const bool ends = offset >= text_.size() ||
                    (on_new_line(offset) && (is_reserved(word) || begins_anew(text_, offset))) ||
                    text_[offset] == '}' || (in_string && text_[offset] == '"');
  if (ends) {
    Diagnostic diagnostic =
        diagnosis(Code::unclosed_block, open, fmt::format("`{}` is never closed", text(open)), "opened here");
    const bool at_end = offset >= text_.size() || on_new_line(offset);
    const Span place = at_end ? span(token_end_, token_end_) : found_span(offset);
    diagnostic.label(in_string && !at_end ? span(offset, offset + 1) : place,
                     fmt::format("{} is missing here", expectation.what));
    if (in_string) diagnostic.help("write `\\{` where a brace is meant");
    fail(std::move(diagnostic), offset);
  }
  Diagnostic diagnostic = expected_found(expectation, offset);
  diagnostic.label(open, "opened here");
  const bool elements =
      expectation.what == "`]`" || !frames_.back().name.text.empty() || (text(open) == "{" && !in_string);
  const char next = text_[offset];
  if (elements && (is_word_byte(next) || next == '"' || next == '{' || next == '[')) {
    diagnostic.help("put a `,` between two elements");
  } else if (in_string && next == ':') {
    diagnostic.help("a value is shown in one way only; take the format away");
  }
  fail(std::move(diagnostic), offset);
}

void Builder::absent_quote(const Expectation& expectation, std::uint32_t offset) {
  if (offset < text_.size() && text_[offset] == 'r') {
    fail(diagnosis(Code::unclosed_block, span(offset, offset + 2), "a text is never closed", "opened here")
             .help("r\"…\" ends on its line, with as many `#` as stand before it"),
         offset + 2);
  }
  const Span open = frames_.back().open;
  const bool block = open.end - open.begin > 1;
  Diagnostic diagnostic = diagnosis(Code::unclosed_block, open, "a text is never closed", "opened here");
  diagnostic.help(block ? fmt::format("it ends with {}", expectation.what.substr(2))
                        : R"(a text ends on its line; write `"""` around one of several lines)");
  // What follows its first line is read again: that is rarely part of it.
  fail(std::move(diagnostic), open.end);
}

void Builder::absent_unit(std::uint32_t offset) {
  const std::string_view word = word_at(text_, offset);
  const Span place = found_span(offset);
  Diagnostic diagnostic = diagnosis(Code::unknown_unit, place, fmt::format("`{}` is no unit of time", word), "");
  if (const std::string_view meant = meant_unit(word); !meant.empty()) {
    diagnostic.fix(fmt::format("write `{}`", meant), place, std::string(meant));
  } else {
    diagnostic.help("the units are seconds, minutes, hours, days, weeks, months and years");
  }
  fail(std::move(diagnostic), place.end);
}

void Builder::absent_number_end(std::uint32_t offset) {
  const std::string_view letters = found_at(text_, offset).token;
  std::uint32_t begin = offset;
  while (begin > 0 && (is_word_byte(text_[begin - 1]) || text_[begin - 1] == '.')) --begin;
  const Span whole = span(begin, offset + static_cast<std::uint32_t>(letters.size()));
  const bool unit = std::find(unit_words().begin(), unit_words().end(), letters) != unit_words().end();
  const std::string_view meant = unit ? letters : meant_unit(letters);
  if (!meant.empty() && letters.front() != '_') {
    Diagnostic diagnostic = diagnosis(
        unit ? Code::syntax_error : Code::unknown_unit, span(offset, whole.end),
        unit ? "a space is missing between a number and its unit" : fmt::format("`{}` is no unit of time", letters),
        "");
    diagnostic.fix(fmt::format("write `{} {}`", text(span(begin, offset)), meant), span(offset, whole.end),
                   fmt::format(" {}", meant));
    fail(std::move(diagnostic), whole.end);
  }
  fail(diagnosis(Code::invalid_number, whole, fmt::format("`{}` is not a number", text(whole)), ""), whole.end);
}

void Builder::absent_date(const Expectation& expectation, std::uint32_t offset) {
  std::uint32_t begin = offset;
  while (begin > 0 && (is_word_byte(text_[begin - 1]) || text_[begin - 1] == '-')) --begin;
  std::uint32_t end = offset;
  while (end < text_.size() &&
         (is_word_byte(text_[end]) || std::string_view("-:+.").find(text_[end]) != std::string_view::npos)) {
    ++end;
  }
  while (end > begin && std::string_view("-:+.").find(text_[end - 1]) != std::string_view::npos) --end;
  const Span place = span(begin, std::max(end, begin + 1));
  Diagnostic diagnostic =
      diagnosis(Code::invalid_date, place, fmt::format("`{}` is neither a date nor a time", text(place)), "");
  diagnostic.help(
      expectation.what.find("time") != std::string_view::npos
          ? "a time is written `2026-06-30T12:00:00Z`, or with another zone, `+02:00`"
          : "a date is written `2026-06-30`: four digits for the year, two for the month, two for the day");
  fail(std::move(diagnostic), place.end);
}

void Builder::absent_presence(const Expectation& expectation, std::uint32_t offset) {
  const std::string_view word = word_at(text_, offset);
  Diagnostic diagnostic = expected_found(expectation, offset);
  const Span place = found_span(offset);
  if (word == "not") {
    const std::size_t next = skip_blanks(text_, offset + 3);
    const std::string_view what = word_at(text_, next);
    diagnostic = diagnosis(Code::syntax_error, span(offset, offset + 3), "`is not` is no operator", "");
    const Span both = span(offset, static_cast<std::uint32_t>(next + what.size()));
    if (what == "present") {
      diagnostic.fix("write `is missing`", both, "missing");
      diagnostic.help("`not (x is present)` holds for a dangling reference as well");
    } else if (what == "missing" || what == "null" || what == "None" || what == "nil") {
      diagnostic.fix("write `is present`", both, "present");
    } else {
      diagnostic.help("write `!=` to compare, or `not (x is …)`");
    }
  } else if (const Slip* slip = value_slip(word); slip != nullptr && slip->meant == "missing") {
    diagnostic = diagnosis(Code::syntax_error, place, std::string(slip->message), "");
    diagnostic.fix("write `is missing`", place, "missing");
  } else if (diagnostic.fixes.empty()) {
    diagnostic.help("`is` asks whether a value is there; write `==` to compare");
  }
  fail(std::move(diagnostic), offset);
}

void Builder::absent_satisfies(const Expectation& expectation, std::uint32_t offset) {
  refuse_operator_slip(offset);
  fail(Diagnostic(
           expected_found(expectation, offset).help("write `every x in xs where condition satisfies condition`")),
       offset);
}

void Builder::absent_branch(const Expectation& expectation, std::uint32_t offset) {
  const std::string_view word = word_at(text_, offset);
  const Span open = frames_.back().open;
  if (word == "elif" || word == "elsif" || word == "elseif") {
    Diagnostic diagnostic =
        diagnosis(Code::syntax_error, found_span(offset), fmt::format("the language has no `{}`", word), "");
    diagnostic.fix("write `else if`", found_span(offset), "else if");
    fail(std::move(diagnostic), offset);
  }
  Diagnostic diagnostic = expected_found(expectation, offset);
  diagnostic.message = "`if` has no `else`";
  diagnostic.labels.front().text = "`else` and a value are missing here";
  diagnostic.label(open, "this `if`");
  diagnostic.help("`if` gives a value in both cases: `if condition then a else b`");
  fail(std::move(diagnostic), offset);
}

void Builder::absent_in(const Expectation& expectation, std::uint32_t offset) {
  const std::string_view token = found_at(text_, offset).token;
  Diagnostic diagnostic = expected_found(expectation, offset);
  const std::string_view before = text_.substr(0, token_end_);
  if (before.ends_with("each") && !word_at(text_, offset).empty()) {
    diagnostic.fix("leave `each` out", span(token_end_ - 4, offset), "");
  } else if (token == "of" || token == ":" || token == "from" || token == "=" || token == "<-") {
    diagnostic.fix("write `in`", found_span(offset), token == ":" ? " in" : "in");
  }
  fail(std::move(diagnostic), offset);
}

}  // namespace writ::syntax
