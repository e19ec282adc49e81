// Numbers, and texts that spell values.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <string>

#include "stdlib/functions/family.hpp"

namespace writ::functions {

using facts::CallContext;
using facts::EvalError;
using facts::Value;
using facts::ValueKind;

namespace {

Value absolute_integer(Arguments arguments, CallContext&) {
  const std::int64_t number = arguments[0].i;
  if (number == std::numeric_limits<std::int64_t>::min()) return Value::error(EvalError::overflow);
  return Value::integer(number < 0 ? -number : number);
}

Value absolute_float(Arguments arguments, CallContext&) { return Value::floating(std::fabs(arguments[0].f)); }

Value absolute_duration(Arguments arguments, CallContext&) {
  const types::Duration length = arguments[0].as_duration();
  if (length >= types::Duration{}) return arguments[0];
  const auto negated = types::negate(length);
  return negated ? Value::of(*negated) : Value::error(EvalError::out_of_range_time);
}

Value same(Arguments arguments, CallContext&) { return arguments[0]; }

// A whole number as an Int. 2^63 is the first Float above them all.
Value whole(double number) {
  constexpr double limit = 9223372036854775808.0;
  if (!(number >= -limit && number < limit)) return Value::error(EvalError::overflow);
  return Value::integer(static_cast<std::int64_t>(number));
}

Value round(Arguments arguments, CallContext&) { return whole(std::round(arguments[0].f)); }
Value floor(Arguments arguments, CallContext&) { return whole(std::floor(arguments[0].f)); }
Value ceil(Arguments arguments, CallContext&) { return whole(std::ceil(arguments[0].f)); }

template <typename Number>
bool read(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

// The shortest digits that spell the number are what is rounded: 2.675 to two places is 2.68, as it is read.
Value round_to(Arguments arguments, CallContext&) {
  constexpr std::int64_t most = 300;
  const double number = arguments[0].f;
  const std::int64_t places = arguments[1].i;
  if (places < -most || places > most) return Value::error(EvalError::bad_argument);
  if (number == 0) return Value::floating(number);
  // d.ddde±xx
  char buffer[64];
  const auto [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, std::fabs(number), std::chars_format::scientific);
  if (error != std::errc()) return Value::error(EvalError::bad_argument);
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  const std::size_t mark = text.find('e');
  std::string digits;
  std::copy_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(mark), std::back_inserter(digits),
               [](char c) { return c != '.'; });
  int exponent = 0;
  const char* const sign = text.data() + mark + 1;
  std::from_chars(*sign == '+' ? sign + 1 : sign, end, exponent);
  // How many of the digits stay.
  const std::int64_t kept = exponent + 1 + places;
  if (kept >= static_cast<std::int64_t>(digits.size())) return Value::floating(number);
  const bool up = kept >= 0 && digits[static_cast<std::size_t>(kept)] >= '5';
  digits.resize(kept > 0 ? static_cast<std::size_t>(kept) : 0);
  if (up) {
    std::size_t at = digits.size();
    while (at > 0 && digits[at - 1] == '9') digits[--at] = '0';
    if (at > 0) {
      ++digits[at - 1];
    } else {
      digits.insert(digits.begin(), '1');
    }
  }
  const std::string rounded = fmt::format("{}{}e{}", number < 0 ? "-" : "", digits.empty() ? "0" : digits, -places);
  double value = 0;
  if (!read(rounded, value)) return Value::error(EvalError::overflow);
  return Value::floating(value == 0 ? 0.0 : value);
}

Value least(Arguments arguments, CallContext&) {
  return facts::compare(arguments[1], arguments[0]) < 0 ? arguments[1] : arguments[0];
}

Value greatest(Arguments arguments, CallContext&) {
  return facts::compare(arguments[1], arguments[0]) > 0 ? arguments[1] : arguments[0];
}

// -?digits(.digits)?([eE][+-]?digits)?, the latter two parts only where `fraction`.
bool is_number(std::string_view text, bool fraction) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t first = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at != first;
  };
  const auto take = [&](std::string_view any) {
    if (at == text.size() || any.find(text[at]) == std::string_view::npos) return false;
    ++at;
    return true;
  };
  take("-");
  if (!digits()) return false;
  if (fraction && take(".") && !digits()) return false;
  if (fraction && take("eE")) {
    take("+-");
    if (!digits()) return false;
  }
  return at == text.size();
}

Value to_int(Arguments arguments, CallContext&) {
  std::int64_t number = 0;
  if (!is_number(arguments[0].view(), false) || !read(arguments[0].view(), number)) return Value::missing();
  return Value::integer(number);
}

Value to_float(Arguments arguments, CallContext&) {
  double number = 0;
  if (!is_number(arguments[0].view(), true) || !read(arguments[0].view(), number)) return Value::missing();
  return Value::floating(number);
}

Value to_string(Arguments arguments, CallContext& context) {
  const Value& value = arguments[0];
  switch (value.kind) {
    case ValueKind::text:
      return value;
    case ValueKind::boolean:
      return make_text(value.i != 0 ? "true" : "false", context);
    case ValueKind::integer:
      return make_text(fmt::format("{}", value.i), context);
    case ValueKind::floating:
      return make_text(types::to_text(value.f), context);
    case ValueKind::date:
      return make_text(types::to_text(value.as_date()), context);
    case ValueKind::timestamp:
      return make_text(types::to_text(value.as_timestamp()), context);
    case ValueKind::duration:
      return make_text(types::to_text(value.as_duration()), context);
    case ValueKind::period:
      return make_text(types::to_text(value.as_period()), context);
    case ValueKind::network:
      return make_text(types::to_text(*value.network), context);
    default:
      return Value::error(EvalError::bad_argument);
  }
}

constexpr Function all[] = {
    {{"abs", "(number: Int) -> Int",
      "The number without its sign. The least Int has no counterpart: that is an overflow.", "abs(-3) == 3"},
     absolute_integer},
    {{"abs", "(number: Float) -> Float", "The number without its sign.", "abs(-0.5) == 0.5"}, absolute_float},
    {{"abs", "(length: Duration) -> Duration", "The length of time without its sign.",
      "abs(2026-01-01 - 2026-01-04) == 3 days"},
     absolute_duration},
    {{"round", "(number: Int) -> Int", "The number itself.", "round(7) == 7"}, same},
    {{"round", "(number: Float) -> Int",
      "The nearest whole number; of two equally near, the one farther from zero. One that is no Int is an "
      "overflow.",
      "round(-2.5) == -3"},
     round},
    {{"round", "(number: Float, places: Int) -> Float",
      "The number rounded to so many places behind the point, or, where negative, before it; halves go away from "
      "zero. "
      "More than 300 places are an error of the member.",
      "round(2.675, places: 2) == 2.68 and round(12345.0, -2) == 12300.0"},
     round_to},
    {{"floor", "(number: Int) -> Int", "The number itself.", "floor(7) == 7"}, same},
    {{"floor", "(number: Float) -> Int",
      "The greatest whole number that is not greater. One that is no Int is an "
      "overflow.",
      "floor(-2.5) == -3"},
     floor},
    {{"ceil", "(number: Int) -> Int", "The number itself.", "ceil(7) == 7"}, same},
    {{"ceil", "(number: Float) -> Int",
      "The least whole number that is not less. One that is no Int is an overflow.", "ceil(-2.5) == -2"},
     ceil},
    {{"least", "(a: O, b: O) -> O",
      "The lesser of two values of one ordered type; the first where they are equal. (`min` is a query over many.)",
      "least(2026-03-01, 2026-02-28) == 2026-02-28"},
     least},
    {{"greatest", "(a: O, b: O) -> O",
      "The greater of two values of one ordered type; the first where they are equal. (`max` is a query over "
      "many.)",
      "greatest(3 hours, 90 minutes) == 3 hours"},
     greatest},
    {{"int", "(text: String) -> Int?",
      "The whole number that the text spells in decimal digits, with or without a leading `-`; missing where it "
      "spells "
      "none, or one of more than 64 bits.",
      "int(\"-42\") == -42"},
     to_int},
    {{"float", "(text: String) -> Float?",
      "The number that the text spells, as in JSON; missing where it spells none, or one out of range.",
      "float(\"2.5e3\") == 2500.0"},
     to_float},
    {{"text", "(value: String | Bool | Int | Float | Date | Timestamp | Duration | Period | Network) -> String",
      "The value as messages show it. (Values of other types can be put into a text with `{…}`.)",
      "text(2026-06-30) == \"2026-06-30\""},
     to_string},
};

}  // namespace

Family numbers() { return {"Numbers, and texts that spell values", all}; }

}  // namespace writ::functions
