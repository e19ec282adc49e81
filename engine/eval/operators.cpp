// Comparison, membership, patterns, arithmetic, and what builds lists and texts.
#include <cmath>
#include <optional>
#include <string>

#include "engine/eval/compare.hpp"
#include "engine/eval/evaluator.hpp"
#include "engine/eval/failure.hpp"
#include "engine/eval/glob.hpp"
#include "engine/eval/sets.hpp"

namespace writ::eval {

using facts::EvalError;
using language::Expr;
using language::ExprKind;

Vec Evaluator::comparison(const Expr& expr, Tuples& tuples) {
  const Vec left = eval(expr.operands[0], tuples);
  const Vec right = eval(expr.operands[1], tuples);
  const std::uint32_t size = tuples.size();
  Buffer out(pool_, size);
  const auto each = [&](auto&& decide) {
    for (std::uint32_t i = 0; i < size; ++i) {
      const Value& a = left[i];
      const Value& b = right[i];
      if (a.is_error()) {
        out[i] = a;
      } else if (b.is_error()) {
        out[i] = b;
      } else {
        out[i] = Value::boolean(decide(a, b));
      }
    }
  };
  switch (expr.kind) {
    case ExprKind::equal:
      each([](const Value& a, const Value& b) { return same(a, b); });
      break;
    case ExprKind::not_equal:
      each([](const Value& a, const Value& b) { return !same(a, b); });
      break;
    case ExprKind::less:
      each([](const Value& a, const Value& b) { return three_way(a, b) < 0; });
      break;
    case ExprKind::less_equal:
      each([](const Value& a, const Value& b) { return three_way(a, b) <= 0; });
      break;
    case ExprKind::greater:
      each([](const Value& a, const Value& b) { return three_way(a, b) > 0; });
      break;
    default:
      each([](const Value& a, const Value& b) { return three_way(a, b) >= 0; });
      break;
  }
  return Vec(std::move(out));
}

namespace {

bool in_container(const Value& element, const Value& container) {
  switch (container.kind) {
    case ValueKind::range: {
      if (!element.is_present()) return false;
      const Value& end = container.list->items[1];
      if (three_way(element, container.list->items[0]) < 0) return false;
      const int order = three_way(element, end);
      return container.exclusive ? order < 0 : order <= 0;
    }
    case ValueKind::network:
      return element.kind == ValueKind::network && types::contains(*container.network, *element.network);
    case ValueKind::values: {
      const facts::ValueList& list = *container.list;
      for (std::uint32_t i = 0; i < list.size; ++i) {
        if (same(list.items[i], element)) return true;
      }
      return false;
    }
    default: {
      const std::uint32_t size = facts::list_size(container);
      for (std::uint32_t i = 0; i < size; ++i) {
        if (same(facts::list_element(container, i), element)) return true;
      }
      return false;
    }
  }
}

}  // namespace

Vec Evaluator::membership(const Expr& expr, Tuples& tuples) {
  const Vec elements = eval(expr.operands[0], tuples);
  const Vec containers = eval(expr.operands[1], tuples);
  const std::uint32_t size = tuples.size();
  Buffer out(pool_, size);
  // One long list for all tuples is hashed once.
  constexpr std::uint32_t worth_hashing = 16;
  if (containers.is_constant() && size > worth_hashing && !containers[0].is_error() &&
      containers[0].kind != ValueKind::range && containers[0].kind != ValueKind::network &&
      facts::list_size(containers[0]) > worth_hashing) {
    const ValueSet set(containers[0]);
    for (std::uint32_t i = 0; i < size; ++i) {
      out[i] = elements[i].is_error() ? elements[i] : Value::boolean(set.contains(elements[i]));
    }
    return Vec(std::move(out));
  }
  for (std::uint32_t i = 0; i < size; ++i) {
    if (elements[i].is_error()) {
      out[i] = elements[i];
    } else if (containers[i].is_error()) {
      out[i] = containers[i];
    } else {
      out[i] = Value::boolean(in_container(elements[i], containers[i]));
    }
  }
  return Vec(std::move(out));
}

Vec Evaluator::text_match(const Expr& expr, Tuples& tuples) {
  const Vec texts = eval(expr.operands[0], tuples);
  const std::uint32_t size = tuples.size();
  Buffer out(pool_, size);
  if (expr.kind == ExprKind::matches) {
    const RE2& regex = run_.regex(expr.ref);
    for (std::uint32_t i = 0; i < size; ++i) {
      if (texts[i].is_error()) {
        out[i] = texts[i];
        continue;
      }
      const std::string_view text = texts[i].view();
      out[i] = Value::boolean(RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), regex));
    }
    return Vec(std::move(out));
  }
  const Vec patterns = eval(expr.operands[1], tuples);
  for (std::uint32_t i = 0; i < size; ++i) {
    if (texts[i].is_error()) {
      out[i] = texts[i];
    } else if (patterns[i].is_error()) {
      out[i] = patterns[i];
    } else {
      out[i] = Value::boolean(glob_matches(patterns[i].view(), texts[i].view()));
    }
  }
  return Vec(std::move(out));
}

namespace {

// A result, or the error that it is. The expression at fault is named by the caller.
template <typename T>
Value in_range(const std::optional<T>& value) {
  return value ? Value::of(*value) : Value::error(EvalError::out_of_range_time);
}

Value integers(ExprKind kind, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  bool overflow = false;
  switch (kind) {
    case ExprKind::add:
      overflow = __builtin_add_overflow(a, b, &result);
      break;
    case ExprKind::subtract:
      overflow = __builtin_sub_overflow(a, b, &result);
      break;
    case ExprKind::multiply:
      overflow = __builtin_mul_overflow(a, b, &result);
      break;
    case ExprKind::divide:
      if (b == 0) return Value::error(EvalError::division_by_zero);
      return Value::floating(static_cast<double>(a) / static_cast<double>(b));
    default:
      if (b == 0) return Value::error(EvalError::division_by_zero);
      result = b == -1 ? 0 : a % b;
      break;
  }
  return overflow ? Value::error(EvalError::overflow) : Value::integer(result);
}

Value floats(ExprKind kind, double a, double b) {
  double result = 0;
  switch (kind) {
    case ExprKind::add:
      result = a + b;
      break;
    case ExprKind::subtract:
      result = a - b;
      break;
    case ExprKind::multiply:
      result = a * b;
      break;
    default:
      if (b == 0) return Value::error(EvalError::division_by_zero);
      result = kind == ExprKind::divide ? a / b : std::fmod(a, b);
      break;
  }
  return std::isfinite(result) ? Value::floating(result) : Value::error(EvalError::overflow);
}

Value durations(ExprKind kind, types::Duration a, types::Duration b) {
  if (kind == ExprKind::divide) {
    if (b == types::Duration{}) return Value::error(EvalError::division_by_zero);
    const auto seconds = [](types::Duration d) {
      return static_cast<double>(d.seconds) + static_cast<double>(d.nanos) * 1e-9;
    };
    return Value::floating(seconds(a) / seconds(b));
  }
  if (kind == ExprKind::subtract) {
    const auto negated = types::negate(b);
    if (!negated) return Value::error(EvalError::out_of_range_time);
    return in_range(types::add(a, *negated));
  }
  return in_range(types::add(a, b));
}

double number(const Value& value) {
  return value.kind == ValueKind::integer ? static_cast<double>(value.i) : value.f;
}

Value negative_period(types::Period period) {
  std::int64_t months = 0;
  if (__builtin_sub_overflow(std::int64_t{0}, period.months, &months)) return Value::error(EvalError::overflow);
  return Value::of(types::Period{months});
}

// A date or a timestamp, and what is added to it.
template <typename Instant>
Value moved(ExprKind kind, Instant from, const Value& by) {
  if (by.kind == ValueKind::period) {
    types::Period period = by.as_period();
    if (kind == ExprKind::subtract) {
      const Value negated = negative_period(period);
      if (negated.is_error()) return negated;
      period = negated.as_period();
    }
    return in_range(types::add(from, period));
  }
  types::Duration duration = by.as_duration();
  if (kind == ExprKind::subtract) {
    const auto negated = types::negate(duration);
    if (!negated) return Value::error(EvalError::out_of_range_time);
    duration = *negated;
  }
  return in_range(types::add(from, duration));
}

Value calculate(ExprKind kind, const Value& a, const Value& b, facts::Arena& arena) {
  switch (a.kind) {
    case ValueKind::integer:
      if (b.kind == ValueKind::integer) return integers(kind, a.i, b.i);
      if (b.kind == ValueKind::floating) return floats(kind, number(a), b.f);
      return calculate(kind, b, a, arena);  // 3 * duration, 2 * period
    case ValueKind::floating:
      return floats(kind, a.f, number(b));
    case ValueKind::text: {
      std::string joined(a.view());
      joined += b.view();
      return Value::of(arena.text(joined));
    }
    case ValueKind::date:
      if (b.kind == ValueKind::date) return Value::of(types::difference(a.as_date(), b.as_date()));
      return moved(kind, a.as_date(), b);
    case ValueKind::timestamp:
      if (b.kind == ValueKind::timestamp) return Value::of(types::difference(a.as_timestamp(), b.as_timestamp()));
      return moved(kind, a.as_timestamp(), b);
    case ValueKind::duration:
      if (b.kind == ValueKind::date || b.kind == ValueKind::timestamp) return calculate(kind, b, a, arena);
      if (b.kind == ValueKind::integer) {
        if (kind == ExprKind::multiply) return in_range(types::multiply(a.as_duration(), b.i));
        return Value::error(EvalError::bad_argument);
      }
      return durations(kind, a.as_duration(), b.as_duration());
    case ValueKind::period: {
      if (b.kind == ValueKind::date || b.kind == ValueKind::timestamp) return calculate(kind, b, a, arena);
      const Value months = integers(kind, a.i, b.i);
      return months.is_error() ? months : Value::of(types::Period{months.i});
    }
    default:
      return Value::error(EvalError::bad_argument);
  }
}

Value negated(const Value& value) {
  switch (value.kind) {
    case ValueKind::integer:
      return integers(ExprKind::subtract, 0, value.i);
    case ValueKind::floating:
      return Value::floating(-value.f);
    case ValueKind::duration:
      return in_range(types::negate(value.as_duration()));
    case ValueKind::period:
      return negative_period(value.as_period());
    default:
      return Value::error(EvalError::bad_argument);
  }
}

}  // namespace

Vec Evaluator::arithmetic(ExprId id, const Expr& expr, Tuples& tuples) {
  const Vec left = eval(expr.operands[0], tuples);
  const std::uint32_t size = tuples.size();
  Buffer out(pool_, size);
  if (expr.kind == ExprKind::negate) {
    for (std::uint32_t i = 0; i < size; ++i) out[i] = left[i].is_error() ? left[i] : negated(left[i]);
  } else {
    const Vec right = eval(expr.operands[1], tuples);
    for (std::uint32_t i = 0; i < size; ++i) {
      if (left[i].is_error()) {
        out[i] = left[i];
      } else if (right[i].is_error()) {
        out[i] = right[i];
      } else {
        out[i] = calculate(expr.kind, left[i], right[i], arena_);
      }
    }
  }
  blame(out.data(), size, id);
  return Vec(std::move(out));
}

Vec Evaluator::collection(const Expr& expr, Tuples& tuples) {
  const std::uint32_t size = tuples.size();
  Buffer out(pool_, size);
  if (expr.kind == ExprKind::period) {
    const Value ends[2] = {Value::of(run_.clock.period_start), Value::of(run_.clock.period_end)};
    Value range = Value::of(arena_.list(ends, 2));
    range.kind = ValueKind::range;
    range.exclusive = true;
    for (std::uint32_t i = 0; i < size; ++i) out[i] = range;
    return Vec(std::move(out));
  }
  std::vector<Vec> parts;
  parts.reserve(expr.operands.size());
  for (const ExprId operand : expr.operands) parts.push_back(eval(operand, tuples));
  std::vector<Value> items;
  for (std::uint32_t i = 0; i < size; ++i) {
    items.clear();
    Value error;
    for (const Vec& part : parts) {
      if (part[i].is_error() && !error.is_error()) error = part[i];
      items.push_back(part[i]);
    }
    if (error.is_error()) {
      out[i] = error;
      continue;
    }
    if (expr.kind == ExprKind::set) keep_distinct(items);
    out[i] = Value::of(arena_.list(items.data(), static_cast<std::uint32_t>(items.size())));
    out[i].is_set = expr.kind == ExprKind::set;
    if (expr.kind == ExprKind::range) out[i].kind = ValueKind::range;
  }
  return Vec(std::move(out));
}

Vec Evaluator::interpolate(const Expr& expr, Tuples& tuples) {
  const std::uint32_t size = tuples.size();
  std::vector<Vec> parts;
  parts.reserve(expr.operands.size());
  for (const ExprId operand : expr.operands) parts.push_back(eval(operand, tuples));
  Buffer out(pool_, size);
  std::string text;
  for (std::uint32_t i = 0; i < size; ++i) {
    text.clear();
    Value error;
    for (std::size_t part = 0; part < parts.size(); ++part) {
      const Value& value = parts[part][i];
      if (value.is_error()) {
        error = value;
        break;
      }
      if (value.kind == ValueKind::text) {
        text += value.view();
      } else {
        text += facts::to_text(value, run_.program.expr(expr.operands[part]).type, run_.program, run_.store);
      }
    }
    out[i] = error.is_error() ? error : Value::of(arena_.text(text));
  }
  return Vec(std::move(out));
}

}  // namespace writ::eval
