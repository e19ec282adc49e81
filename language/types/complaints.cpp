// What is said of values of the wrong type, and how they are put right.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using diagnostics::Diagnostic;

namespace {

// Digits, with a sign, a point and an exponent at most: what a rule may write as it stands.
bool is_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value) &&
         text.find_first_of("0123456789") <= 1 && text.back() != '.';
}

}  // namespace

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

// How two values that cannot be compared are brought to one type.
void ExpressionChecker::mend_comparison(Diagnostic& diagnostic, ExprId left, ExprId right, SyntaxId left_at,
                                        SyntaxId right_at) {
  const TypeId left_type = types().strip_optional(type_of(left));
  const TypeId right_type = types().strip_optional(type_of(right));
  const auto are = [&](Kind one, Kind other) {
    return (kind_of(left_type) == one && kind_of(right_type) == other) ||
           (kind_of(left_type) == other && kind_of(right_type) == one);
  };
  if (are(Kind::date, Kind::timestamp)) {
    diagnostic.help("`date(t)` is the day of a timestamp, `end_of_day(d)` the instant at which a day ends");
    return;
  }
  if (are(Kind::duration, Kind::period)) {
    diagnostic.help("a month has no fixed length: add both to one date, and compare the dates");
    return;
  }
  if (kind_of(left_type) != Kind::string && kind_of(right_type) != Kind::string) return;
  const bool text_right = kind_of(right_type) == Kind::string;
  const ExprId text_side = text_right ? right : left;
  const ExprId other_side = text_right ? left : right;
  const TypeId other = text_right ? left_type : right_type;
  const std::optional<std::string> text = plain_text(text_right ? right_at : left_at);
  const SyntaxId other_at = text_right ? left_at : right_at;
  const syntax::ExprKind other_kind = syntax_of(other_at).kind;
  const bool numeric = kind_of(other) == Kind::integer || kind_of(other) == Kind::floating;
  if (numeric && text && is_number(*text)) {
    diagnostic.fix("a number is written without quotes", span_of(text_side), *text);
  } else if (kind_of(other) == Kind::boolean && text && (*text == "true" || *text == "false")) {
    diagnostic.fix(fmt::format("`{}` is written without quotes", *text), span_of(text_side), *text);
  } else if (kind_of(other) == Kind::enumeration && text && checking_.member(other, *text)) {
    diagnostic.fix("a member of an enum is written without quotes", span_of(text_side), *text);
  } else if (other_kind == syntax::ExprKind::integer || other_kind == syntax::ExprKind::decimal) {
    diagnostic.fix("a text is written in quotes", span_of(other_side),
                   fmt::format("\"{}\"", checking_.text(span_of(other_side))));
  } else if (kind_of(other) == Kind::entity) {
    const language::EntityDef& entity = checking_.program.entities[types().at(other).decl];
    const std::string record = quoted(span_of(other_side));
    if (entity.key.size() == 1 && record.front() == '`') {
      diagnostic.help(fmt::format("a record is told by its key: `{}.{}`", record.substr(1, record.size() - 2),
                                  entity.fields[entity.key[0]].name));
    }
  } else if (!types().is_collection(other)) {
    diagnostic.help("`\"{…}\"` makes a text of any value; compare the two as texts, or keep both out of quotes");
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
