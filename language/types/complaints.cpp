// What is said of values of the wrong type, and how they are put right.
#include <fmt/format.h>

#include <algorithm>

#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using diagnostics::Diagnostic;

std::string ExpressionChecker::quoted(Span span) const {
  constexpr std::size_t most = 60;
  const std::string_view text = checking_.text(span);
  if (text.empty() || text.size() > most || text.find('\n') != std::string_view::npos ||
      text.find('`') != std::string_view::npos) {
    return "this value";
  }
  return fmt::format("`{}`", text);
}

Diagnostic& ExpressionChecker::not_narrowed(ExprId id, std::string_view needed_for) {
  const Span span = span_of(id);
  const std::string text = quoted(span);
  const bool shown = text.front() == '`';
  const std::string inner = shown ? text.substr(1, text.size() - 2) : "…";
  auto& diagnostic = checking_.sink.add(Code::optional_not_narrowed, span, fmt::format("{} may be missing", text),
                                        fmt::format("`{}`; {}", spelling(type_of(id)), needed_for));
  const Place place = places_.of(id);
  if (place != 0 && std::find(denied_.begin(), denied_.end(), place) != denied_.end()) {
    diagnostic.note("what stands left of `and` or `or` leaves only the case in which it may be missing");
    diagnostic.help(fmt::format("`{} is present and …` and `{} is missing or …` leave the one in which it is there",
                                inner, inner));
  } else if (place != 0 && shown) {
    diagnostic.help(fmt::format("test it first: `where {} is present`, or `{} is present and …`", inner, inner));
  } else {
    diagnostic.help("name it first, `let found = …`, and test that: `where found is present`");
  }
  return diagnostic.help(fmt::format("or give a value for when it is missing: `{} ?? …`", inner));
}

void ExpressionChecker::mismatch(ExprId id, TypeId expected, SyntaxId at, const Asker* asker) {
  const TypeId have = type_of(id);
  const Span span = span_of(id);
  if (types().is_optional(have) && fits(types(), types().strip_optional(have), expected)) {
    Diagnostic& diagnostic = not_narrowed(id, fmt::format("`{}` is needed", spelling(expected)));
    if (asker != nullptr) diagnostic.label(asker->span, fmt::format("{} `{}`", asker->says, spelling(expected)));
    return;
  }
  auto& diagnostic = checking_.sink.add(
      Code::type_mismatch, span, fmt::format("expected `{}`, found `{}`", spelling(expected), spelling(have)),
      kind_of(have) == Kind::missing ? std::string("this is always missing")
                                     : fmt::format("this is `{}`", spelling(have)));
  if (asker != nullptr) diagnostic.label(asker->span, fmt::format("{} `{}`", asker->says, spelling(expected)));
  const TypeId wanted = types().strip_optional(expected);
  const Kind from = kind_of(types().strip_optional(have));
  const Kind to = kind_of(wanted);
  if (from == Kind::period && to == Kind::duration) {
    diagnostic.help("a month has no fixed length; say it in days, as in `30 days`");
  } else if (from == Kind::duration && to == Kind::period) {
    diagnostic.help("a `Period` counts calendar months, as in `12 months`");
  } else if (from == Kind::timestamp && to == Kind::date) {
    diagnostic.help(fmt::format("`date({})` is the day on which it falls, in UTC",
                                quoted(span).front() == '`' ? checking_.text(span) : "…"));
  } else if (from == Kind::date && to == Kind::timestamp) {
    diagnostic.help(fmt::format("`end_of_day({})` is the instant at which that day ends",
                                quoted(span).front() == '`' ? checking_.text(span) : "…"));
  } else if (from == Kind::floating && to == Kind::integer) {
    diagnostic.help("`round`, `floor` and `ceil` make an `Int` of it");
  } else if (to == Kind::string && from != Kind::missing && !types().is_collection(have)) {
    diagnostic.help("text is made with `\"{…}\"`");
  } else if (to == Kind::enumeration && from == Kind::string && at != SyntaxId::none) {
    const std::optional<std::string> text = plain_text(at);
    if (text && checking_.member(wanted, *text))
      diagnostic.fix("a member of an enum is written without quotes", span, *text);
  } else if ((from == Kind::list && to == Kind::set) || (from == Kind::set && to == Kind::list)) {
    const bool is_literal = at != SyntaxId::none && (syntax_of(at).kind == syntax::ExprKind::list ||
                                                     syntax_of(at).kind == syntax::ExprKind::set);
    if (is_literal && span.end - span.begin >= 2) {
      const std::string_view inner = checking_.text(span).substr(1, span.end - span.begin - 2);
      diagnostic.fix(to == Kind::set ? "a set is written in braces" : "a list is written in brackets", span,
                     fmt::format(fmt::runtime(to == Kind::set ? "{{{}}}" : "[{}]"), inner));
    }
  } else if (from == Kind::list && to == Kind::boolean) {
    diagnostic.help("ask about its elements: `some x in … where …`");
  }
}

void ExpressionChecker::not_ordered(TypeId type, Span span, std::string_view wanted_by) {
  auto& diagnostic = checking_.sink.add(Code::not_ordered, span, fmt::format("`{}` has no order", spelling(type)),
                                        fmt::format("{} needs one", wanted_by));
  const Type& what = types().at(type);
  if (what.kind != Kind::enumeration) return;
  const language::EnumDef& def = checking_.program.enums[what.decl];
  diagnostic.label(def.name_span, "declared here")
      .help(fmt::format("`ordered enum {}` gives its members the order in which they are written", def.name));
}

}  // namespace writ::types
