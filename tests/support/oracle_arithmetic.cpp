#include "tests/support/oracle_arithmetic.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <type_traits>

namespace writ::support {

using facts::EvalError;
using facts::Value;
using facts::ValueKind;
using language::ExprKind;

namespace {

Value overflow() { return Value::error(EvalError::overflow); }

template <typename T>
Value time(const std::optional<T>& value) {
  return value ? Value::of(*value) : Value::error(EvalError::out_of_range_time);
}

Value number(double value) { return std::isfinite(value) ? Value::floating(value) : overflow(); }

double as_double(const Value& value) {
  return value.kind == ValueKind::integer ? static_cast<double>(value.i) : value.f;
}

double in_seconds(types::Duration value) { return static_cast<double>(value.seconds) + value.nanos / 1e9; }

bool is_number(const Value& value) { return value.kind == ValueKind::integer || value.kind == ValueKind::floating; }

Value integers(ExprKind operation, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  switch (operation) {
    case ExprKind::add:
      return __builtin_add_overflow(a, b, &result) ? overflow() : Value::integer(result);
    case ExprKind::subtract:
      return __builtin_sub_overflow(a, b, &result) ? overflow() : Value::integer(result);
    case ExprKind::multiply:
      return __builtin_mul_overflow(a, b, &result) ? overflow() : Value::integer(result);
    case ExprKind::divide:
      return b == 0 ? Value::error(EvalError::division_by_zero)
                    : Value::floating(static_cast<double>(a) / static_cast<double>(b));
    default:
      if (b == 0) return Value::error(EvalError::division_by_zero);
      return Value::integer(b == -1 ? 0 : a % b);
  }
}

Value floats(ExprKind operation, double a, double b) {
  switch (operation) {
    case ExprKind::add:
      return number(a + b);
    case ExprKind::subtract:
      return number(a - b);
    case ExprKind::multiply:
      return number(a * b);
    case ExprKind::divide:
      return b == 0 ? Value::error(EvalError::division_by_zero) : number(a / b);
    default:
      return b == 0 ? Value::error(EvalError::division_by_zero) : number(std::fmod(a, b));
  }
}

// A moment (Date or Timestamp) later or earlier by a Duration or a Period.
template <typename Moment>
Value moved(ExprKind operation, Moment moment, const Value& by) {
  const bool back = operation == ExprKind::subtract;
  if (by.kind == ValueKind::period) {
    std::int64_t months = by.i;
    if (back && __builtin_sub_overflow(std::int64_t{0}, months, &months))
      return Value::error(EvalError::out_of_range_time);
    return time(types::add(moment, types::Period{months}));
  }
  const std::optional<types::Duration> duration = back ? types::negate(by.as_duration()) : by.as_duration();
  if (!duration) return Value::error(EvalError::out_of_range_time);
  return time(types::add(moment, *duration));
}

Value moments(ExprKind operation, const Value& left, const Value& right) {
  if (operation == ExprKind::subtract && right.kind == left.kind) {
    return Value::of(left.kind == ValueKind::date ? types::difference(left.as_date(), right.as_date())
                                                  : types::difference(left.as_timestamp(), right.as_timestamp()));
  }
  return left.kind == ValueKind::date ? moved(operation, left.as_date(), right)
                                      : moved(operation, left.as_timestamp(), right);
}

Value durations(ExprKind operation, const Value& left, const Value& right) {
  const types::Duration a = left.as_duration();
  if (right.kind == ValueKind::integer) {
    const auto product = types::multiply(a, right.i);
    return product ? Value::of(*product) : overflow();
  }
  const types::Duration b = right.as_duration();
  if (operation == ExprKind::divide) {
    if (in_seconds(b) == 0) return Value::error(EvalError::division_by_zero);
    return number(in_seconds(a) / in_seconds(b));
  }
  const std::optional<types::Duration> other = operation == ExprKind::subtract ? types::negate(b) : b;
  if (!other) return overflow();
  const auto sum = types::add(a, *other);
  return sum ? Value::of(*sum) : overflow();
}

Value periods(ExprKind operation, std::int64_t a, std::int64_t b) {
  const Value months = integers(operation, a, b);
  return months.is_error() ? months : Value::of(types::Period{months.i});
}

bool is_moment(const Value& value) { return value.kind == ValueKind::date || value.kind == ValueKind::timestamp; }

}  // namespace

Value literal_value(const types::Literal& literal, facts::Arena& arena) {
  return std::visit(
      [&](const auto& value) -> Value {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, bool>) {
          return Value::boolean(value);
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          return Value::integer(value);
        } else if constexpr (std::is_same_v<T, double>) {
          return Value::floating(value);
        } else if constexpr (std::is_same_v<T, std::string>) {
          return Value::of(arena.text(value));
        } else if constexpr (std::is_same_v<T, types::Network>) {
          return Value::of(arena.network(value));
        } else {
          return Value::of(value);
        }
      },
      literal);
}

Value negated(const Value& value) {
  switch (value.kind) {
    case ValueKind::integer:
      return integers(ExprKind::subtract, 0, value.i);
    case ValueKind::floating:
      return Value::floating(-value.f);
    case ValueKind::period:
      return periods(ExprKind::subtract, 0, value.i);
    default: {
      const auto result = types::negate(value.as_duration());
      return result ? Value::of(*result) : overflow();
    }
  }
}

Value computed(ExprKind operation, const Value& left, const Value& right, facts::Arena& arena) {
  if (left.kind == ValueKind::integer && right.kind == ValueKind::integer)
    return integers(operation, left.i, right.i);
  if (is_number(left) && is_number(right)) return floats(operation, as_double(left), as_double(right));
  if (left.kind == ValueKind::text)
    return Value::of(arena.text(std::string(left.view()) + std::string(right.view())));
  if (is_moment(left)) return moments(operation, left, right);
  if (is_moment(right)) return moments(operation, right, left);
  // Lengths of time: what is multiplied stands left.
  const bool swapped = left.kind == ValueKind::integer;
  const Value& length = swapped ? right : left;
  const Value& other = swapped ? left : right;
  if (length.kind == ValueKind::duration) return durations(operation, length, other);
  return periods(operation, length.i, other.i);
}

}  // namespace writ::support
