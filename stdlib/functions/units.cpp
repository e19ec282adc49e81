// Amounts with a unit behind the number, as infrastructure writes them: `10Gi`, `512 MB` without the space, `500m`.
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "stdlib/functions/family.hpp"

namespace writ::functions {

using facts::CallContext;
using facts::Value;

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct Amount {
  std::string_view number;  // digits, with or without a point and an exponent
  std::string_view unit;    // what stands behind it
};

std::size_t digits_from(std::string_view text, std::size_t at) {
  const std::size_t first = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at - first;
}

std::optional<Amount> parted(std::string_view text) {
  std::size_t at = digits_from(text, 0);
  std::size_t digits = at;
  if (at < text.size() && text[at] == '.') {
    const std::size_t behind = digits_from(text, at + 1);
    digits += behind;
    at += 1 + behind;
  }
  if (digits == 0) return std::nullopt;
  // `5E` is five times the unit E, `5e3` a number.
  if (at < text.size() && small(text[at]) == 'e') {
    const std::size_t sign = at + 1 < text.size() && (text[at + 1] == '-' || text[at + 1] == '+') ? 1 : 0;
    const std::size_t exponent = digits_from(text, at + 1 + sign);
    if (exponent != 0) at += 1 + sign + exponent;
  }
  return Amount{text.substr(0, at), text.substr(at)};
}

std::optional<double> value_of(std::string_view number) {
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size()) return std::nullopt;
  return value;
}

// k, M, G, T, P, E as powers of 1000, or of 1024 with an `i` behind them, in any case. 1 for nothing.
std::optional<std::int64_t> multiple(std::string_view unit) {
  if (unit.empty()) return 1;
  const std::size_t power = std::string_view("kmgtpe").find(small(unit.front()));
  if (power == std::string_view::npos || unit.size() > 2) return std::nullopt;
  if (unit.size() == 2 && small(unit[1]) != 'i') return std::nullopt;
  std::int64_t factor = 1;
  for (std::size_t i = 0; i <= power; ++i) factor *= unit.size() == 2 ? 1024 : 1000;
  return factor;
}

// Whole bytes; nothing where there are more than an Int counts.
Value bytes_of(std::string_view number, std::int64_t factor) {
  if (digits_from(number, 0) == number.size()) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), count);
    if (error != std::errc() || __builtin_mul_overflow(count, factor, &count)) return Value::missing();
    return Value::integer(count);
  }
  const auto value = value_of(number);
  if (!value) return Value::missing();
  const double bytes = std::floor(*value * static_cast<double>(factor));
  constexpr double limit = 9223372036854775808.0;
  return bytes < limit ? Value::integer(static_cast<std::int64_t>(bytes)) : Value::missing();
}

Value parse_bytes(Arguments arguments, CallContext&) {
  const auto amount = parted(arguments[0].view());
  if (!amount) return Value::missing();
  std::string_view unit = amount->unit;
  if (!unit.empty() && small(unit.back()) == 'b') unit.remove_suffix(1);
  const auto factor = multiple(unit);
  return factor ? bytes_of(amount->number, *factor) : Value::missing();
}

Value parse_quantity(Arguments arguments, CallContext&) {
  std::string_view text = arguments[0].view();
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const auto amount = parted(text);
  const auto number = amount ? value_of(amount->number) : std::nullopt;
  if (!number) return Value::missing();
  double value = *number;
  constexpr std::array<std::pair<std::string_view, double>, 3> parts = {{{"m", 1e3}, {"u", 1e6}, {"n", 1e9}}};
  bool is_part = false;
  for (const auto& [unit, divisor] : parts) {
    if (amount->unit != unit) continue;
    value /= divisor;
    is_part = true;
  }
  if (!is_part) {
    const auto factor = multiple(amount->unit);
    if (!factor) return Value::missing();
    value *= static_cast<double>(*factor);
  }
  return std::isfinite(value) ? Value::floating(negative ? -value : value) : Value::missing();
}

constexpr Function all[] = {
    {{"parse_bytes", "(text: String) -> Int?",
      "The number of bytes that the text spells: a number, and `k`, `M`, `G`, `T`, `P` or `E` for powers of 1000, "
      "or "
      "`Ki` and so on for powers of 1024, with or without a `B`, in any case; a part of a byte is cut off. Missing "
      "where it spells none, or more than an `Int` counts.",
      "parse_bytes(\"10GiB\") == 10737418240 and parse_bytes(\"1.5kB\") == 1500"},
     parse_bytes},
    {{"parse_quantity", "(text: String) -> Float?",
      "The number that a quantity of Kubernetes spells: with a unit as in `parse_bytes` but no `B`, or with `m`, "
      "`u` "
      "or `n` for thousandths, millionths and billionths. `m` and `M` differ; else case does not count. Missing "
      "where it spells none.",
      "parse_quantity(\"500m\") == 0.5 and parse_quantity(\"2Ki\") == 2048.0"},
     parse_quantity},
};

}  // namespace

Family units() { return {"Amounts with units", all}; }

}  // namespace writ::functions
