// Versions: Semantic Versioning 2.0.0.
#include "stdlib/functions/versions.hpp"

#include <algorithm>

namespace writ::functions {

using facts::CallContext;
using facts::EvalError;
using facts::Value;

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_number(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }
bool has_leading_zero(std::string_view number) { return number.size() > 1 && number.front() == '0'; }

}  // namespace

std::string_view take_part(std::string_view& text, char mark) {
  const std::size_t at = text.find(mark);
  const std::string_view part = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return part;
}

bool are_identifiers(std::string_view text, bool zeros_allowed) {
  if (text.empty() || text.back() == '.') return false;
  while (!text.empty()) {
    const std::string_view part = take_part(text, '.');
    const bool sound = !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
      return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
    if (!sound || (!zeros_allowed && is_number(part) && has_leading_zero(part))) return false;
  }
  return true;
}

std::optional<Version> parse_version(std::string_view text) {
  Version version;
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    if (!are_identifiers(text.substr(plus + 1), true)) return std::nullopt;
    text = text.substr(0, plus);
  }
  if (const std::size_t dash = text.find('-'); dash != std::string_view::npos) {
    version.prerelease = text.substr(dash + 1);
    if (!are_identifiers(version.prerelease, false)) return std::nullopt;
    text = text.substr(0, dash);
  }
  if (std::count(text.begin(), text.end(), '.') != 2) return std::nullopt;
  for (std::string_view& number : version.core) {
    number = take_part(text, '.');
    if (!is_number(number) || has_leading_zero(number)) return std::nullopt;
  }
  return version;
}

namespace {

int sign(int value) { return (value > 0) - (value < 0); }

// Digits without leading zeros, of any length.
int compare_numbers(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return sign(a.compare(b));
}

int compare_prereleases(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return static_cast<int>(a.empty()) - static_cast<int>(b.empty());
  while (!a.empty() && !b.empty()) {
    const std::string_view left = take_part(a, '.');
    const std::string_view right = take_part(b, '.');
    int result = 0;
    if (is_number(left) && is_number(right)) {
      result = compare_numbers(left, right);
    } else if (is_number(left) != is_number(right)) {
      result = is_number(left) ? -1 : 1;
    } else {
      result = sign(left.compare(right));
    }
    if (result != 0) return result;
  }
  return static_cast<int>(b.empty()) - static_cast<int>(a.empty());
}

}  // namespace

int compare(const Version& a, const Version& b) {
  for (std::size_t i = 0; i < a.core.size(); ++i) {
    const int result = compare_numbers(a.core[i], b.core[i]);
    if (result != 0) return result;
  }
  return compare_prereleases(a.prerelease, b.prerelease);
}

namespace {

Value is_semver(Arguments arguments, CallContext&) {
  return Value::boolean(parse_version(arguments[0].view()).has_value());
}

Value semver_compare(Arguments arguments, CallContext&) {
  const auto a = parse_version(arguments[0].view());
  const auto b = parse_version(arguments[1].view());
  return a && b ? Value::integer(compare(*a, *b)) : Value::error(EvalError::bad_argument);
}

Value semver_less(Arguments arguments, CallContext& context) {
  const Value compared = semver_compare(arguments, context);
  return compared.is_error() ? compared : Value::boolean(compared.i < 0);
}

constexpr Function all[] = {
    {{"is_semver", "(text: String) -> Bool",
      "Whether the text is a version by Semantic Versioning 2.0.0: three numbers, with or without a pre-release "
      "and "
      "build metadata. `v1.2.3` is none.",
      "is_semver(\"1.2.3-rc.1\") and not is_semver(\"1.2\")"},
     is_semver},
    {{"semver_compare", "(a: String, b: String) -> Int",
      "-1, 0 or 1: whether version `a` comes before `b`, is equal in precedence, or comes after it. Build metadata "
      "does "
      "not count. A text that is no version is an error of the member.",
      "semver_compare(\"1.10.0\", \"1.9.0\") == 1"},
     semver_compare},
    {{"semver_less", "(a: String, b: String) -> Bool",
      "Whether version `a` comes before `b`. A text that is no version is an error of the member.",
      "semver_less(\"1.0.0-rc.1\", \"1.0.0\")"},
     semver_less},
    {{"semver_satisfies", "(version: String, range: String) -> Bool",
      "Whether the version is in a range as npm writes them: `>=1.2.3 <2`, `1.2.x`, `~1.2.3` (1.2 from 1.2.3 on), "
      "`^1.2.3` (1 from 1.2.3 on), `1.2 - 1.4`, alternatives between `||`; `*` or an empty range is any. A "
      "pre-release is in a range only where the range names one of the same three numbers. A text that is no "
      "version "
      "or no range is an error of the member.",
      "semver_satisfies(\"1.4.2\", \"^1.2 || >=3\") and not semver_satisfies(\"2.0.0-rc.1\", \">=1\")"},
     semver_satisfies},
};

}  // namespace

Family versions() { return {"Versions", all}; }

}  // namespace writ::functions
