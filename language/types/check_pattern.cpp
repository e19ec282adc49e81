// `matches` and `like`: patterns are compiled with the rules, so that no run fails on one.
#include <fmt/format.h>
#include <re2/re2.h>

#include <utility>

#include "language/types/check_expression.hpp"
#include "language/types/time_format.hpp"

namespace writ::types {

using diagnostics::Code;
using language::ExprKind;
using syntax::BinaryOp;

namespace {

// The first place in a glob that makes no sense, and why.
std::optional<std::pair<std::size_t, std::string_view>> glob_fault(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      if (i + 1 == pattern.size()) return std::pair{i, std::string_view("a `\\` at the end escapes nothing")};
      ++i;
    } else if (pattern[i] == '[') {
      std::size_t end = i + 1;
      if (end < pattern.size() && (pattern[end] == '!' || pattern[end] == '^')) ++end;
      // A `]` that comes first stands for itself.
      for (bool first = true; end < pattern.size() && (first || pattern[end] != ']'); first = false) {
        end += pattern[end] == '\\' ? 2U : 1U;
      }
      if (end >= pattern.size()) return std::pair{i, std::string_view("a `[` is never closed")};
      i = end;
    }
  }
  return std::nullopt;
}

struct RegexFault {
  std::string label;
  std::string help;
};

// What is wrong with a regular expression, and how it is put right.
RegexFault regex_fault(const RE2& regex) {
  const auto of_part = [&](std::string_view what) { return fmt::format("{}: `{}`", what, regex.error_arg()); };
  switch (regex.error_code()) {
    case RE2::ErrorMissingParen:
      return {"a `(` is never closed",
              "close the group with `)`, or write `\\(` where a parenthesis itself is meant"};
    case RE2::ErrorUnexpectedParen:
      return {"this `)` closes nothing",
              "open the group with `(`, or write `\\)` where a parenthesis itself is meant"};
    case RE2::ErrorMissingBracket:
      return {"a `[` is never closed", "close the class with `]`, or write `\\[` where a bracket itself is meant"};
    case RE2::ErrorRepeatArgument:
      return {of_part("nothing stands before this, to be repeated"),
              "`*`, `+`, `?` and `{2,3}` repeat what stands before them; write `\\*` where the sign itself is "
              "meant, and `.*` for any text"};
    case RE2::ErrorRepeatOp:
      return {of_part("what is repeated already"),
              "leave one of the signs out, or put what it repeats in a group: `(a+)*`"};
    case RE2::ErrorRepeatSize:
      return {of_part("no such number of repetitions"),
              "the smaller number stands first, and none is greater than 1000: `{2,10}`"};
    case RE2::ErrorBadEscape:
      return {of_part("no such escape"),
              "`\\.` is a full stop, `\\d` a digit, `\\w` a letter, digit or `_`, `\\s` a space, `\\b` the edge of "
              "a word"};
    case RE2::ErrorTrailingBackslash:
      return {"a `\\` at the end escapes nothing", "write `\\\\` for a backslash itself"};
    case RE2::ErrorBadCharRange:
      if (!regex.error_arg().starts_with("[:")) {
        return {of_part("a range that runs backwards"),
                "write the smaller end first, as in `[a-z]`; a `-` itself stands last, as in `[a-z-]`"};
      }
      [[fallthrough]];
    case RE2::ErrorBadCharClass:
      return {of_part("no such class"),
              "the classes by name are those of POSIX, as `[[:alpha:]]`, or of Unicode, as `\\p{Lu}`"};
    case RE2::ErrorBadNamedCapture:
      return {of_part("no name of a group"), "write `(…)`, or `(?P<name>…)`"};
    case RE2::ErrorPatternTooLarge:
      return {"too large once its repetitions are written out", "ask for less: lower the numbers of its `{…}`"};
    case RE2::ErrorBadUTF8:
      return {"not UTF-8", "write the character itself"};
    default:
      return {of_part("not known"),
              "write the sign itself with a `\\` before it, or leave it out; the syntax is RE2's"};
  }
}

}  // namespace

Typed ExpressionChecker::pattern(const syntax::Expr& expr) {
  const TypeId boolean = simple(Kind::boolean);
  const TypeId string = simple(Kind::string);
  const ExprId text = check(expr.operands[0], string);
  const SyntaxId right = expr.operands[1];
  const Span span = syntax_of(right).span;
  if (expr.binary == BinaryOp::like) {
    if (const std::optional<std::string> known = plain_text(right)) {
      if (const auto fault = glob_fault(*known)) {
        checking_.sink.add(Code::invalid_glob, span, "this pattern does not compile", std::string(fault->second))
            .note(
                "`*` stands for any text, `?` for one character, `[a-z]` for one of several; `\\` takes what "
                "follows as it is");
        return {checking_.add(ExprKind::error, boolean, expr.span), {}};
      }
    }
    const ExprId glob = check(right, string);
    return {checking_.add(ExprKind::like, boolean, expr.span, {text, glob}), {}};
  }
  const std::optional<std::string> sound = regex(right);
  if (!sound) return {checking_.add(ExprKind::error, boolean, expr.span), {}};
  const auto ref = static_cast<std::uint32_t>(checking_.program.literals.size());
  checking_.program.literals.emplace_back(*sound);
  return {checking_.add(ExprKind::matches, boolean, expr.span, {text}, ref), {}};
}

std::optional<std::string> ExpressionChecker::regex(SyntaxId id) {
  const Span span = syntax_of(id).span;
  std::optional<std::string> known = plain_text(id);
  if (!known) {
    checking_.sink.add(Code::not_constant, span, "a regular expression must be written out", "not a literal")
        .help("write it as `r\"…\"`, so that it can be checked before any record is read; `like` takes any text");
    return std::nullopt;
  }
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 compiled(*known, options);
  if (compiled.ok()) return known;
  RegexFault fault = regex_fault(compiled);
  auto& diagnostic = checking_.sink.add(Code::invalid_regex, span, "this regular expression does not compile",
                                        std::move(fault.label));
  const auto holds = [&](std::string_view part) { return known->find(part) != std::string::npos; };
  if (holds("(?=") || holds("(?!") || holds("(?<=") || holds("(?<!")) {
    diagnostic.note("looking ahead or behind and back references are left out: matching takes linear time");
    diagnostic.help("ask in two steps: `x matches r\"…\" and not (x matches r\"…\")`");
  } else if (holds("(?<")) {
    diagnostic.help("a group with a name is written `(?P<name>…)`");
  } else {
    diagnostic.help(std::move(fault.help));
  }
  return std::nullopt;
}

bool ExpressionChecker::is_time_format(SyntaxId id) {
  const Span span = syntax_of(id).span;
  const std::optional<std::string> known = plain_text(id);
  if (!known) {
    checking_.sink.add(Code::not_constant, span, "a format of times must be written out", "not a literal")
        .help("write it as `\"%d.%m.%Y\"`, so that it can be checked before any record is read");
    return false;
  }
  const auto fault = time_format_fault(*known);
  if (!fault) return true;
  checking_.sink.add(Code::invalid_time_format, span, "this is no format of times", *fault)
      .note(
          "the parts are `%Y`, `%y`, `%m`, `%b`, `%B`, `%d`, `%H`, `%I`, `%p`, `%M`, `%S`, `%z`, `%a`, `%A`, or "
          "`%s` alone");
  return false;
}

}  // namespace writ::types
