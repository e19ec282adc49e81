// Lengths of time as text: `90 days`, `1 day 4 hours`, `12 months`, and ISO 8601.
#include <fmt/format.h>

#include <limits>
#include <span>

#include "language/types/literal.hpp"

namespace writ::types {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t second_nanos = 1'000'000'000;

struct Unit {
  std::string_view name;  // in the singular
  char iso;               // its designator; those of minutes and months are told apart by the `T`
  std::int64_t size;      // seconds, or months
};

constexpr Unit duration_units[] = {
    {"week", 'W', 604800}, {"day", 'D', 86400}, {"hour", 'H', 3600}, {"minute", 'M', 60}, {"second", 'S', 1},
};
constexpr Unit period_units[] = {{"year", 'Y', 12}, {"month", 'M', 1}};

struct Reader {
  std::string_view rest;

  bool take(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  bool spaces() {
    const std::size_t before = rest.size();
    while (take(' ')) {
    }
    return rest.size() != before;
  }
};

// `12`, or `1.5` with at most nine digits behind the point.
struct Number {
  std::int64_t whole = 0;
  std::int64_t nanos = 0;  // billionths
  bool fraction = false;
};

std::optional<Number> read_number(Reader& reader) {
  Number number;
  bool any = false;
  const auto digit = [&reader] {
    if (reader.rest.empty() || reader.rest.front() < '0' || reader.rest.front() > '9') return -1;
    const int value = reader.rest.front() - '0';
    reader.rest.remove_prefix(1);
    return value;
  };
  for (int value = digit(); value >= 0; value = digit()) {
    any = true;
    if (__builtin_mul_overflow(number.whole, std::int64_t{10}, &number.whole) ||
        __builtin_add_overflow(number.whole, std::int64_t{value}, &number.whole)) {
      return std::nullopt;
    }
  }
  if (!any) return std::nullopt;
  if (!reader.take('.') && !reader.take(',')) return number;
  number.fraction = true;
  std::int64_t scale = second_nanos / 10;
  any = false;
  for (int value = digit(); value >= 0; value = digit()) {
    any = true;
    if (scale == 0) return std::nullopt;
    number.nanos += value * scale;
    scale /= 10;
  }
  return any ? std::optional(number) : std::nullopt;
}

// A sum of parts, each in a smaller unit than the one before it.
class Total {
 public:
  explicit Total(std::span<const Unit> units) : units_(units) {}

  // Takes the unit that `fits`; false where it is not smaller than the last.
  template <typename Fits>
  bool add(const Number& number, Fits fits) {
    if (broken_) return false;  // only the smallest part may have a fraction
    for (; next_ < units_.size(); ++next_) {
      const Unit& unit = units_[next_];
      if (!fits(unit)) continue;
      ++next_;
      broken_ = number.fraction;
      any_ = true;
      nanos_ += (Wide{number.whole} * second_nanos + number.nanos) * unit.size;
      return true;
    }
    return false;
  }

  bool any() const { return any_; }
  Wide nanos(bool negative) const { return negative ? -nanos_ : nanos_; }

 private:
  std::span<const Unit> units_;
  std::size_t next_ = 0;
  bool broken_ = false;
  bool any_ = false;
  Wide nanos_ = 0;
};

// `1 day 4 hours`
bool read_words(Reader reader, Total& total) {
  do {
    const auto number = read_number(reader);
    if (!number || !reader.spaces()) return false;
    std::size_t length = 0;
    while (length < reader.rest.size() && reader.rest[length] >= 'a' && reader.rest[length] <= 'z') ++length;
    std::string_view word = reader.rest.substr(0, length);
    reader.rest.remove_prefix(length);
    if (word.ends_with('s')) word.remove_suffix(1);
    if (!total.add(*number, [word](const Unit& unit) { return unit.name == word; })) return false;
  } while (reader.spaces());
  return reader.rest.empty();
}

// `P3DT12H`, behind the P. Hours and what is smaller stand behind a T; weeks stand alone.
bool read_iso(Reader reader, bool period, Total& total) {
  bool time = false;
  bool weeks = false;
  while (!reader.rest.empty()) {
    if (!time && reader.take('T')) {
      time = true;
      if (period || reader.rest.empty()) return false;
    }
    const auto number = read_number(reader);
    if (!number || reader.rest.empty() || weeks) return false;
    const char letter = reader.rest.front();
    reader.rest.remove_prefix(1);
    weeks = letter == 'W';
    if (weeks && total.any()) return false;
    const bool fits_place = period || time == (letter == 'H' || letter == 'M' || letter == 'S');
    if (!fits_place || !total.add(*number, [letter](const Unit& unit) { return unit.iso == letter; })) return false;
  }
  return total.any();
}

// The whole text in billionths of a second or of a month.
std::optional<Wide> read(std::string_view text, std::span<const Unit> units, bool period) {
  Reader reader{text};
  const bool negative = reader.take('-');
  Total total(units);
  if (reader.take('P') ? !read_iso(reader, period, total) : !read_words(reader, total)) return std::nullopt;
  return total.nanos(negative);
}

bool fits_whole(Wide value) {
  return value >= std::numeric_limits<std::int64_t>::min() && value <= std::numeric_limits<std::int64_t>::max();
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  const auto total = read(text, duration_units, false);
  if (!total) return std::nullopt;
  Wide seconds = *total / second_nanos;
  Wide nanos = *total % second_nanos;
  if (nanos < 0) {
    nanos += second_nanos;
    --seconds;
  }
  if (!fits_whole(seconds)) return std::nullopt;
  return Duration{static_cast<std::int64_t>(seconds), static_cast<std::uint32_t>(nanos)};
}

std::optional<Period> parse_period(std::string_view text) {
  const auto total = read(text, period_units, true);
  if (!total || *total % second_nanos != 0 || !fits_whole(*total / second_nanos)) return std::nullopt;
  return Period{static_cast<std::int64_t>(*total / second_nanos)};
}

std::string to_text(Duration value) {
  const bool negative = value.seconds < 0;
  // The magnitude of the smallest 64-bit number has no signed spelling.
  std::uint64_t seconds = static_cast<std::uint64_t>(value.seconds);
  std::uint32_t nanos = value.nanos;
  if (negative) {
    seconds = 0 - seconds;
    if (nanos != 0) {
      --seconds;
      nanos = static_cast<std::uint32_t>(second_nanos) - nanos;
    }
  }
  std::string text;
  const auto part = [&text](std::uint64_t count, std::string_view unit) {
    if (count == 0) return;
    if (!text.empty()) text += ' ';
    text += fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
  };
  part(seconds / 86400, "day");
  part(seconds / 3600 % 24, "hour");
  part(seconds / 60 % 60, "minute");
  if (nanos == 0) {
    part(seconds % 60, "second");
  } else {
    std::string fraction = fmt::format("{:09}", nanos);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += fmt::format("{}{}.{} seconds", text.empty() ? "" : " ", seconds % 60, fraction);
  }
  if (text.empty()) return "0 seconds";
  return negative ? '-' + text : text;
}

std::string to_text(Period value) {
  return fmt::format("{} {}", value.months, value.months == 1 || value.months == -1 ? "month" : "months");
}

}  // namespace writ::types
