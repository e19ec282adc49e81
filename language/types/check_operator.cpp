// Logic, comparison, membership, presence and ranges: what their operands must be, and what they tell.
#include <fmt/format.h>

#include <utility>

#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using language::ExprKind;
using syntax::BinaryOp;

Typed ExpressionChecker::unary(const syntax::Expr& expr, TypeId hint) {
  if (expr.unary == syntax::UnaryOp::logical_not) {
    Typed inner = condition(expr.operands[0]);
    inner.id = checking_.add(ExprKind::logical_not, simple(Kind::boolean), expr.span, {inner.id});
    std::swap(inner.outcome.when_true, inner.outcome.when_false);
    return inner;
  }
  // A negative literal is one literal: the least Int has no positive counterpart.
  const syntax::Expr& inner = syntax_of(expr.operands[0]);
  syntax::Expr negative = inner;
  negative.span = expr.span;
  switch (inner.kind) {
    case syntax::ExprKind::integer:
    case syntax::ExprKind::decimal:
    case syntax::ExprKind::percentage:
      return {number(negative, hint, true), {}};
    case syntax::ExprKind::quantity:
      return {quantity(negative, true), {}};
    default:
      break;
  }
  const ExprId operand = infer_finished(expr.operands[0], hint);
  const TypeId type = type_of(operand);
  switch (kind_of(type)) {
    case Kind::error:
      return {checking_.error(expr.span), {}};
    case Kind::integer:
    case Kind::floating:
    case Kind::duration:
    case Kind::period:
      return {checking_.add(ExprKind::negate, type, expr.span, {operand}), {}};
    case Kind::optional:
      not_narrowed(operand, "`-` needs a value");
      break;
    default:
      checking_.sink.add(Code::no_such_operation, span_of(operand),
                         fmt::format("there is no negative `{}`", spelling(type)),
                         fmt::format("this is `{}`", spelling(type)));
      break;
  }
  return {checking_.error(expr.span), {}};
}

Typed ExpressionChecker::binary(const syntax::Expr& expr) {
  switch (expr.binary) {
    case BinaryOp::logical_or:
    case BinaryOp::logical_and:
      return logical(expr);
    case BinaryOp::equal:
    case BinaryOp::not_equal:
      return equality(expr);
    case BinaryOp::less:
    case BinaryOp::less_equal:
    case BinaryOp::greater:
    case BinaryOp::greater_equal:
      return ordering(expr);
    case BinaryOp::in:
    case BinaryOp::not_in:
      return membership(expr);
    case BinaryOp::matches:
    case BinaryOp::like:
      return pattern(expr);
    case BinaryOp::add:
    case BinaryOp::subtract:
    case BinaryOp::multiply:
    case BinaryOp::divide:
    case BinaryOp::remainder:
      return arithmetic(expr);
  }
  return {checking_.error(expr.span), {}};
}

Typed ExpressionChecker::logical(const syntax::Expr& expr) {
  const bool is_and = expr.binary == BinaryOp::logical_and;
  Typed left = condition(expr.operands[0]);
  const std::size_t mark = places_.mark();
  const std::size_t denied = denied_.size();
  places_.assume(is_and ? left.outcome.when_true : left.outcome.when_false);
  const Known& otherwise = is_and ? left.outcome.when_false : left.outcome.when_true;
  denied_.insert(denied_.end(), otherwise.begin(), otherwise.end());
  Typed right = condition(expr.operands[1]);
  places_.restore(mark);
  denied_.resize(denied);
  Typed out;
  out.id = checking_.add(is_and ? ExprKind::logical_and : ExprKind::logical_or, simple(Kind::boolean), expr.span,
                         {left.id, right.id});
  if (is_and) {
    out.outcome.when_false = either(left.outcome.when_false, right.outcome.when_false);
    out.outcome.when_true = both(std::move(left.outcome.when_true), right.outcome.when_true);
  } else {
    out.outcome.when_true = either(left.outcome.when_true, right.outcome.when_true);
    out.outcome.when_false = both(std::move(left.outcome.when_false), right.outcome.when_false);
  }
  return out;
}

Span ExpressionChecker::operator_span(const syntax::Expr& expr) const {
  const Span left = syntax_of(expr.operands[0]).span;
  const Span right = syntax_of(expr.operands[1]).span;
  const std::string_view sign = syntax::spelling(expr.binary);
  const std::size_t at = left.end <= right.begin ? checking_.text({left.file, left.end, right.begin}).find(sign)
                                                 : std::string_view::npos;
  if (at == std::string_view::npos) return expr.span;
  const auto begin = static_cast<std::uint32_t>(left.end + at);
  return {left.file, begin, static_cast<std::uint32_t>(begin + sign.size())};
}

std::pair<ExprId, ExprId> ExpressionChecker::operands(const syntax::Expr& expr) {
  if (is_weak(expr.operands[0]) && !is_weak(expr.operands[1])) {
    const ExprId right = infer(expr.operands[1], unknown).id;
    const ExprId left = infer(expr.operands[0], types().strip_optional(type_of(right))).id;
    return {left, right};
  }
  const ExprId left = infer(expr.operands[0], unknown).id;
  // What could not be typed says nothing of the other side: a bare name there is not to be blamed.
  if (type_of(left) == unknown && is_weak(expr.operands[1]))
    return {left, checking_.error(syntax_of(expr.operands[1]).span)};
  const ExprId right = infer(expr.operands[1], types().strip_optional(type_of(left))).id;
  return {left, right};
}

Typed ExpressionChecker::equality(const syntax::Expr& expr) {
  const TypeId boolean = simple(Kind::boolean);
  auto [left, right] = operands(expr);
  const TypeId left_type = type_of(left);
  const TypeId right_type = type_of(right);
  const std::optional<TypeId> joined = join(types(), left_type, right_type);
  if (left_type == unknown || right_type == unknown)
    return {checking_.add(ExprKind::error, boolean, expr.span), {}};
  if (!joined || !is_comparable(checking_.program, *joined)) {
    auto& diagnostic = checking_.sink.add(
        Code::not_comparable, span_of(right),
        fmt::format("`{}` and `{}` cannot be compared", spelling(left_type), spelling(right_type)),
        fmt::format("this is `{}`", spelling(right_type)));
    diagnostic.label(span_of(left), fmt::format("this is `{}`", spelling(left_type)));
    mend_comparison(diagnostic, left, right, expr.operands[0], expr.operands[1]);
    if (types().is_collection(left_type) != types().is_collection(right_type)) {
      diagnostic.help("`in` asks whether a collection holds a value");
    }
    return {checking_.add(ExprKind::error, boolean, expr.span), {}};
  }
  const bool left_missing = kind_of(left_type) == Kind::missing;
  const bool right_missing = kind_of(right_type) == Kind::missing;
  if (left_missing != right_missing) {
    const ExprId other = left_missing ? right : left;
    if (!types().is_optional(type_of(other)) && checking_.program.expr(other).kind != ExprKind::present) {
      checking_.sink.add(Code::not_optional, span_of(other),
                         fmt::format("{} is always there", quoted(span_of(other))),
                         fmt::format("`{}` is never missing", spelling(type_of(other))));
    }
  } else if (left_missing) {
    finished(left);
    return {checking_.add(ExprKind::error, boolean, expr.span), {}};
  }
  // A value that equals one that is there is there itself.
  Known known;
  if (types().is_optional(left_type) && !types().is_optional(right_type) && !right_missing)
    known = places_.present(left);
  if (types().is_optional(right_type) && !types().is_optional(left_type) && !left_missing)
    known = places_.present(right);
  left = convert(left, *joined);
  right = convert(right, *joined);
  const bool is_equal = expr.binary == BinaryOp::equal;
  Typed out{checking_.add(is_equal ? ExprKind::equal : ExprKind::not_equal, boolean, expr.span, {left, right}), {}};
  (is_equal ? out.outcome.when_true : out.outcome.when_false) = std::move(known);
  return out;
}

Typed ExpressionChecker::ordering(const syntax::Expr& expr) {
  const TypeId boolean = simple(Kind::boolean);
  auto [left, right] = operands(expr);
  const std::string op = fmt::format("`{}`", syntax::spelling(expr.binary));
  const auto failed = [&] { return Typed{checking_.add(ExprKind::error, boolean, expr.span), {}}; };
  bool sound = true;
  for (const ExprId side : {left, right}) {
    const TypeId type = type_of(side);
    if (types().is_optional(type)) {
      not_narrowed(side, fmt::format("{} orders what is there", op));
      sound = false;
    } else if (kind_of(type) == Kind::missing) {
      checking_.sink
          .add(Code::not_ordered, span_of(side), "`missing` has no order",
               fmt::format("{} orders what is there", op))
          .help("`is missing` and `is present` ask whether a value is there");
      sound = false;
    }
  }
  if (!sound || type_of(left) == unknown || type_of(right) == unknown) return failed();
  const std::optional<TypeId> joined = join(types(), type_of(left), type_of(right));
  if (!joined) {
    auto& diagnostic = checking_.sink.add(
        Code::not_comparable, span_of(right),
        fmt::format("`{}` and `{}` cannot be compared", spelling(type_of(left)), spelling(type_of(right))),
        fmt::format("this is `{}`", spelling(type_of(right))));
    diagnostic.label(span_of(left), fmt::format("this is `{}`", spelling(type_of(left))));
    mend_comparison(diagnostic, left, right, expr.operands[0], expr.operands[1]);
    return failed();
  }
  if (!is_ordered(checking_.program, *joined)) {
    not_ordered(*joined, operator_span(expr), op);
    return failed();
  }
  const ExprKind kind = expr.binary == BinaryOp::less         ? ExprKind::less
                        : expr.binary == BinaryOp::less_equal ? ExprKind::less_equal
                        : expr.binary == BinaryOp::greater    ? ExprKind::greater
                                                              : ExprKind::greater_equal;
  left = convert(left, *joined);
  right = convert(right, *joined);
  return {checking_.add(kind, boolean, expr.span, {left, right}), {}};
}

Typed ExpressionChecker::membership(const syntax::Expr& expr) {
  const TypeId boolean = simple(Kind::boolean);
  const auto failed = [&] { return Typed{checking_.add(ExprKind::error, boolean, expr.span), {}}; };
  const SyntaxId left_id = expr.operands[0];
  const SyntaxId right_id = expr.operands[1];
  ExprId left = ExprId::none;
  ExprId right = ExprId::none;
  const auto element_of = [&](TypeId container) {
    const Type& type = types().at(types().strip_optional(container));
    switch (type.kind) {
      case Kind::list:
      case Kind::set:
      case Kind::range:
        return type.element;
      case Kind::network:
        return simple(Kind::network);
      default:
        return unknown;
    }
  };
  if (is_weak(right_id) && !is_weak(left_id)) {
    left = infer_finished(left_id, unknown);
    const TypeId element = types().strip_optional(type_of(left));
    if (element == unknown) return failed();
    // A text beside a network is a block that may hold it; else the container is a list or a set.
    const bool text = plain_text(right_id).has_value();
    const bool is_list = !text && syntax_of(right_id).kind == syntax::ExprKind::list;
    right = infer_finished(right_id, text ? element : is_list ? types().list(element) : types().set(element));
  } else {
    right = infer_finished(right_id, unknown);
    if (type_of(right) == unknown && is_weak(left_id)) return failed();
    left = infer_finished(left_id, element_of(type_of(right)));
  }
  const TypeId left_type = type_of(left);
  const TypeId right_type = type_of(right);
  if (left_type == unknown || right_type == unknown || has_error(types(), right_type)) return failed();
  const TypeId element = element_of(right_type);
  if (element == unknown) {
    auto& diagnostic = checking_.sink.add(
        Code::not_a_collection, span_of(right), fmt::format("{} holds nothing", quoted(span_of(right))),
        fmt::format("this is `{}`; `in` needs a collection, a range or a network", spelling(right_type)));
    if (kind_of(right_type) == Kind::string)
      diagnostic.help("`contains(text, part)` asks whether a text holds another");
    return failed();
  }
  bool sound = true;
  for (const ExprId side : {left, right}) {
    if (!types().is_optional(type_of(side)) || (side == left && types().is_optional(element))) continue;
    not_narrowed(side, "`in` asks about what is there");
    sound = false;
  }
  if (!sound) return failed();
  const bool day_in_range =
      kind_of(right_type) == Kind::range && kind_of(element) == Kind::timestamp && kind_of(left_type) == Kind::date;
  if (day_in_range) {
    left = checking_.add(ExprKind::widen, simple(Kind::timestamp), span_of(left), {left});
  } else if (fits(types(), left_type, element)) {
    left = convert(left, element);
  } else {
    auto& diagnostic =
        checking_.sink.add(Code::not_comparable, span_of(left),
                           fmt::format("`{}` cannot be in `{}`", spelling(left_type), spelling(right_type)),
                           fmt::format("this is `{}`", spelling(left_type)));
    diagnostic.label(span_of(right), fmt::format("this is `{}`", spelling(right_type)));
    return failed();
  }
  if (!is_comparable(checking_.program, element)) {
    checking_.sink.add(Code::not_comparable, span_of(left),
                       fmt::format("two values of `{}` cannot be compared", spelling(element)),
                       "`in` compares them");
    return failed();
  }
  ExprId id = checking_.add(ExprKind::in, boolean, expr.span, {left, right});
  if (expr.binary == BinaryOp::not_in) id = checking_.add(ExprKind::logical_not, boolean, expr.span, {id});
  return {id, {}};
}

// Asked of what is known to be there. A reference that is known not to be missing may dangle.
void ExpressionChecker::known_presence(ExprId operand, const syntax::Expr& expr) {
  if (!checking_.lints || checking_.modules.module_of(names_.file()).library) return;
  const Place place = places_.of(operand);
  if (place == 0 || !places_.known(place)) return;
  const bool reference = kind_of(types().strip_optional(type_of(operand))) == Kind::entity;
  if (expr.presence == syntax::Presence::dangling || (reference && expr.presence == syntax::Presence::present))
    return;
  checking_.sink.add(Code::constant_condition, expr.span,
                     fmt::format("{} is known to be there at this place", quoted(span_of(operand))),
                     expr.presence == syntax::Presence::present ? "always true" : "never true");
}

Typed ExpressionChecker::presence(const syntax::Expr& expr) {
  const TypeId boolean = simple(Kind::boolean);
  const ExprId operand = finished(infer(expr.operands[0], unknown, Use::tested).id);
  const TypeId type = type_of(operand);
  if (type == unknown) return {checking_.add(ExprKind::error, boolean, expr.span), {}};
  const Span span = span_of(operand);
  if (!types().is_optional(type)) {
    auto& diagnostic = checking_.sink.add(Code::not_optional, span, fmt::format("{} is always there", quoted(span)),
                                          fmt::format("`{}` is never missing", spelling(type)));
    if (types().is_collection(type)) diagnostic.help("an empty collection is there too: ask for `size(…) > 0`");
    return {checking_.add(ExprKind::error, boolean, expr.span), {}};
  }
  if (expr.presence == syntax::Presence::dangling && kind_of(types().strip_optional(type)) != Kind::entity) {
    checking_.sink.add(Code::no_such_operation, span, "only a reference can dangle",
                       fmt::format("this is `{}`", spelling(type)));
    return {checking_.add(ExprKind::error, boolean, expr.span), {}};
  }
  known_presence(operand, expr);
  Typed out;
  switch (expr.presence) {
    case syntax::Presence::present:
      out.id = checking_.add(ExprKind::is_present, boolean, expr.span, {operand});
      out.outcome.when_true = places_.present(operand);
      break;
    case syntax::Presence::missing:
      out.id = checking_.add(ExprKind::is_missing, boolean, expr.span, {operand});
      // A reference that is not missing may dangle; reading through it is then a failure of that member, no silent
      // pass.
      out.outcome.when_false = places_.present(operand);
      break;
    case syntax::Presence::dangling:
      out.id = checking_.add(ExprKind::is_dangling, boolean, expr.span, {operand});
      break;
  }
  return out;
}

Typed ExpressionChecker::coalesce(const syntax::Expr& expr, TypeId hint) {
  const ExprId first =
      finished(infer(expr.operands[0], hint == unknown ? unknown : types().optional(hint), Use::tested).id);
  const TypeId type = type_of(first);
  if (type == unknown) return {checking_.error(expr.span), {}};
  const TypeId inner = types().strip_optional(type);
  if (!types().is_optional(type)) {
    checking_.sink.add(Code::not_optional, span_of(first),
                       fmt::format("{} is always there", quoted(span_of(first))),
                       fmt::format("`{}` is never missing", spelling(type)));
    return {first, {}};
  }
  const ExprId other = infer_finished(expr.operands[1], inner);
  const std::optional<TypeId> joined = join(types(), inner, type_of(other));
  if (!joined) {
    checking_.sink
        .add(Code::type_mismatch, span_of(other),
             fmt::format("expected `{}`, found `{}`", spelling(inner), spelling(type_of(other))),
             fmt::format("this is `{}`", spelling(type_of(other))))
        .label(span_of(first), fmt::format("this is `{}`", spelling(type)));
    return {checking_.error(expr.span), {}};
  }
  // The first operand stays optional; both agree on what it holds.
  const TypeId whole = types().strip_optional(*joined);
  Typed out;
  const ExprId left = convert(first, types().optional(whole));
  const ExprId right = convert(other, *joined);
  out.id = checking_.add(ExprKind::coalesce, *joined, expr.span, {left, right});
  const language::Expr& fallback = checking_.program.expr(right);
  if (fallback.kind == ExprKind::literal && kind_of(*joined) == Kind::boolean) {
    // `x ?? false` holds only where x is there; `x ?? true` fails only there.
    const bool value = std::get<bool>(checking_.program.literals[fallback.ref]);
    (value ? out.outcome.when_false : out.outcome.when_true) = places_.present(first);
  }
  return out;
}

ExprId ExpressionChecker::range(const syntax::Expr& expr) {
  auto [from, to] = operands(expr);
  from = finished(from);
  to = finished(to);
  for (const ExprId end : {from, to}) {
    if (!types().is_optional(type_of(end))) continue;
    not_narrowed(end, "an end of a range is there");
    return checking_.error(expr.span);
  }
  if (type_of(from) == unknown || type_of(to) == unknown) return checking_.error(expr.span);
  const std::optional<TypeId> joined = join(types(), type_of(from), type_of(to));
  if (!joined) {
    checking_.sink
        .add(Code::type_mismatch, span_of(to), "the ends of this range have two types",
             fmt::format("this is `{}`", spelling(type_of(to))))
        .label(span_of(from), fmt::format("this is `{}`", spelling(type_of(from))));
    return checking_.error(expr.span);
  }
  if (!is_ordered(checking_.program, *joined)) {
    not_ordered(*joined, expr.span, "a range");
    return checking_.error(expr.span);
  }
  return checking_.add(ExprKind::range, types().range(*joined), expr.span,
                       {convert(from, *joined), convert(to, *joined)});
}

}  // namespace writ::types
