// Arithmetic: which operands each operator takes, and what it gives.
#include <fmt/format.h>

#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using language::ExprKind;
using syntax::BinaryOp;

namespace {

// The kind of `left op right`, for operands of these kinds; nothing where the operator does not take them. Numbers
// are of one kind by then.
std::optional<Kind> result_kind(BinaryOp op, Kind left, Kind right) {
  const bool numbers = left == right && (left == Kind::integer || left == Kind::floating);
  const auto is_time = [](Kind kind) { return kind == Kind::date || kind == Kind::timestamp; };
  const auto is_length = [](Kind kind) { return kind == Kind::duration || kind == Kind::period; };
  switch (op) {
    case BinaryOp::add:
      if (numbers || (left == right && (left == Kind::string || is_length(left)))) return left;
      if (is_time(left) && is_length(right)) return left;
      if (is_length(left) && is_time(right)) return right;
      break;
    case BinaryOp::subtract:
      if (numbers || (left == right && is_length(left))) return left;
      if (is_time(left) && is_length(right)) return left;
      if (left == right && is_time(left)) return Kind::duration;
      break;
    case BinaryOp::multiply:
      if (numbers) return left;
      if (is_length(left) && right == Kind::integer) return left;
      if (left == Kind::integer && is_length(right)) return right;
      break;
    case BinaryOp::divide:
      if (numbers || (left == Kind::duration && right == Kind::duration)) return Kind::floating;
      break;
    case BinaryOp::remainder:
      if (numbers) return left;
      break;
    default:
      break;
  }
  return std::nullopt;
}

ExprKind kind_of_operator(BinaryOp op) {
  switch (op) {
    case BinaryOp::add:
      return ExprKind::add;
    case BinaryOp::subtract:
      return ExprKind::subtract;
    case BinaryOp::multiply:
      return ExprKind::multiply;
    case BinaryOp::divide:
      return ExprKind::divide;
    default:
      return ExprKind::remainder;
  }
}

std::string_view advice(BinaryOp op, Kind left, Kind right) {
  const auto either_is = [&](Kind kind) { return left == kind || right == kind; };
  if (either_is(Kind::date) && either_is(Kind::timestamp)) {
    return "`date(t)` is the day of a timestamp, `end_of_day(d)` the instant at which a day ends";
  }
  if (either_is(Kind::duration) && either_is(Kind::period))
    return "a month has no fixed length: add each to a date on its own";
  if (op == BinaryOp::add && (either_is(Kind::list) || either_is(Kind::set)))
    return "`union(a, b)` puts two collections together";
  if (op == BinaryOp::subtract && (either_is(Kind::list) || either_is(Kind::set)))
    return "`minus(a, b)` leaves out what `b` holds";
  if (op == BinaryOp::add && either_is(Kind::string)) return "text is put together with `\"{…} {…}\"`";
  if ((either_is(Kind::date) || either_is(Kind::timestamp)) &&
      (either_is(Kind::integer) || either_is(Kind::floating))) {
    return "say the unit: `7 days`, `2 months`";
  }
  return {};
}

}  // namespace

Typed ExpressionChecker::arithmetic(const syntax::Expr& expr) {
  const SyntaxId first = expr.operands[0];
  const SyntaxId second = expr.operands[1];
  ExprId left = ExprId::none;
  ExprId right = ExprId::none;
  // Only a number takes its type from the other side: `2 * x` with a Float, but not `d + "…"`.
  const auto number_hint = [&](ExprId other) {
    return kind_of(type_of(other)) == Kind::floating ? simple(Kind::floating) : unknown;
  };
  if (is_weak(first) && !is_weak(second)) {
    right = infer_finished(second, unknown);
    left = infer_finished(first, number_hint(right));
  } else {
    left = infer_finished(first, unknown);
    right = infer_finished(second, number_hint(left));
  }
  const TypeId left_type = type_of(left);
  const TypeId right_type = type_of(right);
  if (left_type == unknown || right_type == unknown) return {checking_.error(expr.span), {}};
  const std::string op = fmt::format("`{}`", syntax::spelling(expr.binary));
  bool sound = true;
  for (const ExprId side : {left, right}) {
    if (!types().is_optional(type_of(side))) continue;
    not_narrowed(side, fmt::format("{} needs a value", op));
    sound = false;
  }
  if (!sound) return {checking_.error(expr.span), {}};
  const TypeId floating = simple(Kind::floating);
  const Kind left_kind = kind_of(left_type);
  const Kind right_kind = kind_of(right_type);
  const bool mixed = (left_kind == Kind::integer && right_kind == Kind::floating) ||
                     (left_kind == Kind::floating && right_kind == Kind::integer);
  const auto result =
      result_kind(expr.binary, mixed ? Kind::floating : left_kind, mixed ? Kind::floating : right_kind);
  if (!result) {
    auto& diagnostic = checking_.sink.add(
        Code::no_such_operation, operator_span(expr),
        fmt::format("{} does not work on `{}` and `{}`", op, spelling(left_type), spelling(right_type)), "");
    diagnostic.label(span_of(left), fmt::format("this is `{}`", spelling(left_type)))
        .label(span_of(right), fmt::format("this is `{}`", spelling(right_type)));
    const std::string_view help = advice(expr.binary, left_kind, right_kind);
    if (!help.empty()) diagnostic.help(std::string(help));
    return {checking_.error(expr.span), {}};
  }
  if (mixed || (*result == Kind::floating && left_kind == Kind::integer)) {
    left = convert(left, floating);
    right = convert(right, floating);
  }
  return {checking_.add(kind_of_operator(expr.binary), simple(*result), expr.span, {left, right}), {}};
}

}  // namespace writ::types
