// Ranges of versions as npm writes them: comparisons joined by spaces, alternatives by `||`.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

#include "stdlib/functions/versions.hpp"

namespace writ::functions {

using facts::CallContext;
using facts::EvalError;
using facts::Value;

namespace {

using Core = std::array<std::uint64_t, 3>;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::optional<std::uint64_t> small_number(std::string_view text) {
  constexpr std::size_t most = 18;  // digits: one more can be added without an overflow
  std::uint64_t number = 0;
  if (text.size() > most || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// A version in a range, some of whose numbers may be open: `1.2`, `1.x`, `*`.
struct Partial {
  Core core{};
  std::size_t fixed = 0;  // how many numbers are given
  std::string_view prerelease;
};

// `>=1.2.3`; what it compares with.
struct Comparison {
  enum class Kind : std::uint8_t { less, less_equal, equal, greater_equal, greater };
  Kind kind = Kind::equal;
  Core core{};
  std::string_view prerelease;
};

// All must hold.
using Comparisons = std::vector<Comparison>;

int compare(const Version& version, const Comparison& with) {
  std::array<std::string, 3> digits;
  Version other;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    digits[i] = std::to_string(with.core[i]);
    other.core[i] = digits[i];
  }
  other.prerelease = with.prerelease;
  return compare(version, other);
}

bool holds(const Version& version, const Comparison& comparison) {
  const int order = compare(version, comparison);
  switch (comparison.kind) {
    case Comparison::Kind::less:
      return order < 0;
    case Comparison::Kind::less_equal:
      return order <= 0;
    case Comparison::Kind::equal:
      return order == 0;
    case Comparison::Kind::greater_equal:
      return order >= 0;
    case Comparison::Kind::greater:
      return order > 0;
  }
  return false;
}

bool same_core(const Version& version, const Core& core) {
  for (std::size_t i = 0; i < core.size(); ++i) {
    if (version.core[i] != std::to_string(core[i])) return false;
  }
  return true;
}

// Whether the version is in the range; a pre-release only where the range names one of the same three numbers.
bool satisfies(const Version& version, const Comparisons& comparisons) {
  if (!std::all_of(comparisons.begin(), comparisons.end(), [&](const auto& one) { return holds(version, one); })) {
    return false;
  }
  return version.prerelease.empty() || std::any_of(comparisons.begin(), comparisons.end(), [&](const auto& one) {
           return !one.prerelease.empty() && same_core(version, one.core);
         });
}

class RangeReader {
 public:
  explicit RangeReader(std::string_view text) : rest_(text) {}

  // One alternative. Nothing where it is none.
  std::optional<Comparisons> read() {
    Comparisons out;
    blanks();
    while (!rest_.empty()) {
      const std::string_view sign = take_sign();
      blanks();
      const auto version = take_version();
      if (!version) return std::nullopt;
      const bool spaced = blanks();
      if (sign.empty() && spaced && hyphen()) {
        const auto last = take_version();
        if (!last) return std::nullopt;
        add_span(*version, *last, out);
        blanks();
      } else if (spaced || rest_.empty()) {
        add(sign, *version, out);
      } else {
        return std::nullopt;
      }
    }
    return out;
  }

 private:
  bool blanks() {
    const std::size_t before = rest_.size();
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
    return rest_.size() != before;
  }

  bool hyphen() {
    if (rest_.size() < 2 || rest_.front() != '-' || !is_blank(rest_[1])) return false;
    rest_.remove_prefix(1);
    blanks();
    return true;
  }

  std::string_view take_sign() {
    for (const std::string_view sign : {">=", "<=", "~>", ">", "<", "=", "~", "^"}) {
      if (!rest_.starts_with(sign)) continue;
      rest_.remove_prefix(sign.size());
      return sign;
    }
    return {};
  }

  // 1.2.3-rc.1+build, of which everything but the first number may be left out.
  std::optional<Partial> take_version() {
    if (rest_.starts_with('v')) rest_.remove_prefix(1);
    const std::size_t end = std::min(rest_.find_first_of(" \t"), rest_.size());
    std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
      if (!are_identifiers(text.substr(plus + 1), true)) return std::nullopt;
      text = text.substr(0, plus);
    }
    Partial out;
    if (const std::size_t dash = text.find('-'); dash != std::string_view::npos) {
      out.prerelease = text.substr(dash + 1);
      if (!are_identifiers(out.prerelease, false)) return std::nullopt;
      text = text.substr(0, dash);
    }
    if (text.empty() || text.back() == '.' || std::count(text.begin(), text.end(), '.') > 2) return std::nullopt;
    bool open = false;
    while (!text.empty()) {
      const std::string_view part = take_part(text, '.');
      const bool any = part == "x" || part == "X" || part == "*";
      const auto number = any ? std::nullopt : small_number(part);
      if (!any && !number) return std::nullopt;
      open = open || any;
      if (!open) out.core[out.fixed++] = *number;
    }
    if (out.fixed < 3 && !out.prerelease.empty()) return std::nullopt;
    return out;
  }

  using Kind = Comparison::Kind;

  static void at_least(const Partial& version, Comparisons& out) {
    out.push_back({Kind::greater_equal, version.core, version.prerelease});
  }

  // Below the next version whose number at `place` is higher, its pre-releases included.
  static void below_next(Core core, std::size_t place, Comparisons& out) {
    ++core[place];
    for (std::size_t i = place + 1; i < core.size(); ++i) core[i] = 0;
    out.push_back({Kind::less, core, "0"});
  }

  static void add_span(const Partial& first, const Partial& last, Comparisons& out) {
    if (first.fixed != 0) at_least(first, out);
    if (last.fixed == 3) {
      out.push_back({Kind::less_equal, last.core, last.prerelease});
    } else if (last.fixed != 0) {
      below_next(last.core, last.fixed - 1, out);
    }
  }

  static void add(std::string_view sign, const Partial& version, Comparisons& out) {
    const std::size_t fixed = version.fixed;
    if (sign == "~" || sign == "~>" || sign == "^") {
      if (fixed == 0) return;
      at_least(version, out);
      std::size_t place = 0;
      if (sign == "^") {
        while (place + 1 < fixed && version.core[place] == 0) ++place;
      } else {
        place = std::min<std::size_t>(fixed - 1, 1);
      }
      below_next(version.core, place, out);
      return;
    }
    if (fixed == 3) {
      const Kind kind = sign == ">="   ? Kind::greater_equal
                        : sign == "<=" ? Kind::less_equal
                        : sign == ">"  ? Kind::greater
                        : sign == "<"  ? Kind::less
                                       : Kind::equal;
      out.push_back({kind, version.core, version.prerelease});
    } else if (fixed == 0) {
      // Nothing comes before or after all versions.
      if (sign == ">" || sign == "<") out.push_back({Kind::less, {}, "0"});
    } else if (sign == ">") {
      Core core = version.core;
      ++core[fixed - 1];
      out.push_back({Kind::greater_equal, core, {}});
    } else if (sign == "<") {
      out.push_back({Kind::less, version.core, "0"});
    } else {
      if (sign != "<=") at_least(version, out);
      if (sign != ">=") below_next(version.core, fixed - 1, out);
    }
  }

  std::string_view rest_;
};

// The parts between `||`. An empty one is any version.
std::vector<std::string_view> alternatives(std::string_view range) {
  std::vector<std::string_view> out;
  for (std::size_t at = range.find("||"); at != std::string_view::npos; at = range.find("||")) {
    out.push_back(range.substr(0, at));
    range.remove_prefix(at + 2);
  }
  out.push_back(range);
  return out;
}

}  // namespace

Value semver_satisfies(Arguments arguments, CallContext&) {
  const auto version = parse_version(arguments[0].view());
  if (!version) return Value::error(EvalError::bad_argument);
  bool any = false;
  for (const std::string_view part : alternatives(arguments[1].view())) {
    const auto comparisons = RangeReader(part).read();
    if (!comparisons) return Value::error(EvalError::bad_argument);
    any = any || satisfies(*version, *comparisons);
  }
  return Value::boolean(any);
}

}  // namespace writ::functions
