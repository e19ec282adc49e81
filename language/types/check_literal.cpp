// Literals: their spellings are read, and their values are known from here on.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "language/types/check_expression.hpp"
#include "language/types/date_fault.hpp"

namespace writ::types {

using diagnostics::Code;
using language::ExprKind;

namespace {

std::string without_underscores(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != '_'; });
  return out;
}

template <typename T>
std::optional<T> parsed(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// A day or an instant that does not exist, and the nearest that does.
void not_in_the_calendar(diagnostics::Sink& sink, Span span, std::string message, std::string_view text,
                         std::string otherwise) {
  const std::optional<DateFault> fault = date_fault(text);
  auto& diagnostic =
      sink.add(Code::invalid_date, span, std::move(message), fault ? fault->reason : std::move(otherwise));
  if (fault && !fault->instead.empty()) diagnostic.fix(fault->title, span, fault->instead);
  if (!fault || fault->instead.empty())
    diagnostic.help("a day is written `2026-06-30`, an instant `2026-06-30T12:00:00Z` or with an offset, `+02:00`");
}

}  // namespace

ExprId ExpressionChecker::number(const syntax::Expr& expr, TypeId hint, bool negative) {
  std::string text = (negative ? "-" : "") + without_underscores(expr.text);
  const bool wants_float = kind_of(types().strip_optional(hint)) == Kind::floating;
  if (expr.kind == syntax::ExprKind::integer) {
    const auto value = parsed<std::int64_t>(text);
    if (!value) {
      checking_.sink.add(Code::invalid_number, expr.span, "this number does not fit an `Int`", "more than 64 bits");
      return checking_.error(expr.span);
    }
    if (wants_float) return checking_.literal(static_cast<double>(*value), simple(Kind::floating), expr.span);
    return checking_.literal(*value, simple(Kind::integer), expr.span);
  }
  // A percentage is read with its exponent, so that 95% is the double nearest to 0.95.
  if (expr.kind == syntax::ExprKind::percentage) text += "e-2";
  const auto value = parsed<double>(text);
  if (!value || !std::isfinite(*value)) {
    checking_.sink.add(Code::invalid_number, expr.span, "this number does not fit a `Float`", "out of range");
    return checking_.error(expr.span);
  }
  return checking_.literal(*value, simple(Kind::floating), expr.span);
}

std::optional<std::string> ExpressionChecker::plain_text(SyntaxId id) const {
  const syntax::Expr& expr = syntax_of(id);
  if (expr.kind == syntax::ExprKind::raw_string) return expr.text;
  if (expr.kind == syntax::ExprKind::parenthesis) return plain_text(expr.operands[0]);
  if (expr.kind != syntax::ExprKind::string) return std::nullopt;
  std::string text;
  for (const syntax::StringPart& part : expr.parts) {
    if (part.expr != SyntaxId::none) return std::nullopt;
    text += part.text;
  }
  return text;
}

// A text without parts, where its context may ask for what it spells.
ExprId ExpressionChecker::text_literal(const std::string& text, Span span, TypeId hint) {
  const TypeId wanted = types().strip_optional(hint);
  const auto made = [&](auto value, Code code, std::string_view what, std::string_view written = "") {
    if (value) return checking_.literal(*value, wanted, span);
    std::string message = fmt::format("this text is not {}", what);
    std::string expected = fmt::format("a `{}` is expected here", spelling(wanted));
    if (code == Code::invalid_date) {
      not_in_the_calendar(checking_.sink, span, std::move(message), text, std::move(expected));
    } else {
      checking_.sink.add(code, span, std::move(message), std::move(expected)).help(std::string(written));
    }
    return checking_.error(span);
  };
  switch (kind_of(wanted)) {
    case Kind::network:
      return made(parse_network(text), Code::invalid_network, "an IP address or a CIDR block",
                  "write `10.0.0.1`, `10.0.0.0/8`, `2001:db8::1` or `2001:db8::/32`");
    case Kind::date:
      return made(parse_date(text), Code::invalid_date, "a date");
    case Kind::timestamp:
      return made(parse_timestamp(text), Code::invalid_date, "a timestamp");
    case Kind::duration:
      return made(parse_duration(text), Code::invalid_number, "a duration",
                  "write `90 days`, `4 hours` or `1 day 4 hours`; as a text also `PT4H`");
    case Kind::period:
      return made(parse_period(text), Code::invalid_number, "a period",
                  "write `12 months` or `1 year`; as a text also `P1Y6M`");
    default:
      return checking_.literal(text, simple(Kind::string), span);
  }
}

ExprId ExpressionChecker::string(const syntax::Expr& expr, TypeId hint) {
  const bool plain = std::all_of(expr.parts.begin(), expr.parts.end(),
                                 [](const auto& part) { return part.expr == SyntaxId::none; });
  if (plain) {
    std::string text;
    for (const syntax::StringPart& part : expr.parts) text += part.text;
    return text_literal(text, expr.span, hint);
  }
  std::vector<ExprId> parts;
  for (const syntax::StringPart& part : expr.parts) {
    if (part.expr == SyntaxId::none) {
      if (!part.text.empty()) parts.push_back(checking_.literal(part.text, simple(Kind::string), part.span));
    } else {
      parts.push_back(infer_finished(part.expr, unknown));
    }
  }
  return checking_.add(ExprKind::interpolate, simple(Kind::string), expr.span, std::move(parts));
}

ExprId ExpressionChecker::quantity(const syntax::Expr& expr, bool negative) {
  const std::string& unit = expr.name.text;
  const std::string text = fmt::format("{}{} {}", negative ? "-" : "", without_underscores(expr.text), unit);
  if (unit.starts_with("month") || unit.starts_with("year")) {
    const auto period = parse_period(text);
    if (period) return checking_.literal(*period, simple(Kind::period), expr.span);
    checking_.sink.add(Code::invalid_number, expr.span, "this is not a number of months or years",
                       "whole and in range expected");
    return checking_.error(expr.span);
  }
  const auto duration = parse_duration(text);
  if (duration) return checking_.literal(*duration, simple(Kind::duration), expr.span);
  checking_.sink.add(Code::invalid_number, expr.span, "this length of time is out of range",
                     "more than a `Duration` holds");
  return checking_.error(expr.span);
}

ExprId ExpressionChecker::date(const syntax::Expr& expr) {
  const auto value = parse_date(expr.text);
  if (value) return checking_.literal(*value, simple(Kind::date), expr.span);
  not_in_the_calendar(checking_.sink, expr.span, fmt::format("there is no day `{}`", expr.text), expr.text,
                      "not in the calendar");
  return checking_.error(expr.span);
}

ExprId ExpressionChecker::timestamp(const syntax::Expr& expr) {
  const auto value = parse_timestamp(expr.text);
  if (value) return checking_.literal(*value, simple(Kind::timestamp), expr.span);
  not_in_the_calendar(checking_.sink, expr.span, fmt::format("there is no instant `{}`", expr.text), expr.text,
                      "not in the calendar or on the clock");
  return checking_.error(expr.span);
}

ExprId ExpressionChecker::elements(const syntax::Expr& expr, TypeId hint) {
  const bool is_list = expr.kind == syntax::ExprKind::list;
  const auto whole = [&](TypeId element) { return is_list ? types().list(element) : types().set(element); };
  const ExprKind kind = is_list ? ExprKind::list : ExprKind::set;
  const TypeId wanted = types().strip_optional(hint);
  TypeId element = types().is_collection(wanted) ? types().at(wanted).element : unknown;
  if (expr.operands.empty()) {
    if (element != unknown) return checking_.add(kind, whole(element), expr.span);
    const std::string_view what = is_list ? "list" : "set";
    if (hint != unknown && !types().is_collection(wanted)) {
      checking_.sink.add(Code::type_mismatch, expr.span,
                         fmt::format("expected `{}`, found an empty {}", spelling(hint), what), "this is empty");
    } else {
      checking_.sink.add(Code::needs_type, expr.span,
                         fmt::format("nothing here says what this empty {} holds", what),
                         "the type of its elements cannot be told");
    }
    return checking_.error(expr.span);
  }
  std::vector<ExprId> items(expr.operands.size(), ExprId::none);
  if (element != unknown) {
    for (std::size_t i = 0; i < items.size(); ++i) items[i] = check(expr.operands[i], element);
    return checking_.add(kind, whole(element), expr.span, std::move(items));
  }
  // Elements that say their type first; the others take it from them.
  ExprId first = ExprId::none;
  bool sound = true;
  const auto take = [&](std::size_t i) {
    items[i] = infer(expr.operands[i], element).id;
    const TypeId type = type_of(items[i]);
    if (first == ExprId::none) {
      first = items[i];
      element = type;
      return;
    }
    const std::optional<TypeId> joined = join(types(), element, type);
    if (joined) {
      element = *joined;
      return;
    }
    sound = false;
    checking_.sink
        .add(Code::type_mismatch, span_of(items[i]),
             fmt::format("expected `{}`, found `{}`", spelling(element), spelling(type)),
             fmt::format("this is `{}`", spelling(type)))
        .label(span_of(first), fmt::format("this is `{}`", spelling(type_of(first))));
  };
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!is_weak(expr.operands[i])) take(i);
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i] != ExprId::none) continue;
    take(i);
    // What could not be told of one will not be told of the next.
    if (element == unknown) return checking_.error(expr.span);
  }
  if (!sound) return checking_.error(expr.span);
  if (kind_of(element) != Kind::missing) {
    for (ExprId& item : items) item = convert(item, element);
  }
  return checking_.add(kind, whole(element), expr.span, std::move(items));
}

}  // namespace writ::types
