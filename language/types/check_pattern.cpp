// `matches` and `like`: patterns are compiled with the rules, so that no run fails on one.
#include <fmt/format.h>
#include <re2/re2.h>

#include <utility>

#include "language/types/check_expression.hpp"

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
      const std::size_t close = end < pattern.size() ? pattern.find(']', end + 1) : std::string_view::npos;
      if (close == std::string_view::npos) return std::pair{i, std::string_view("a `[` is never closed")};
      i = close;
    }
  }
  return std::nullopt;
}

}  // namespace

Typed ExpressionChecker::pattern(const syntax::Expr& expr) {
  const TypeId boolean = simple(Kind::boolean);
  const TypeId string = simple(Kind::string);
  const ExprId text = check(expr.operands[0], string);
  const SyntaxId right = expr.operands[1];
  const Span span = syntax_of(right).span;
  const std::optional<std::string> known = plain_text(right);
  if (expr.binary == BinaryOp::like) {
    if (known) {
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
  if (!known) {
    checking_.sink.add(Code::not_constant, span, "a regular expression must be written out", "not a literal")
        .help("write it as `r\"…\"`, so that it can be checked before any record is read; `like` takes any text");
    return {checking_.add(ExprKind::error, boolean, expr.span), {}};
  }
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 regex(*known, options);
  if (!regex.ok()) {
    auto& diagnostic =
        checking_.sink.add(Code::invalid_regex, span, "this regular expression does not compile", regex.error());
    const bool looks_around = known->find("(?=") != std::string::npos || known->find("(?!") != std::string::npos ||
                              known->find("(?<") != std::string::npos;
    if (looks_around)
      diagnostic.note("looking ahead or behind and back references are left out: matching takes linear time");
    return {checking_.add(ExprKind::error, boolean, expr.span), {}};
  }
  const auto ref = static_cast<std::uint32_t>(checking_.program.literals.size());
  checking_.program.literals.emplace_back(*known);
  return {checking_.add(ExprKind::matches, boolean, expr.span, {text}, ref), {}};
}

}  // namespace writ::types
