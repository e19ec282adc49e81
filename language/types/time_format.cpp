#include "language/types/time_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace writ::types {

namespace {

constexpr std::string_view months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                         "Friday", "Saturday", "Sunday"};
constexpr std::string_view directives = "YymbBdHIpMSzsaA%";
constexpr std::size_t short_name = 3;

struct Parts {
  std::int64_t year = 0;
  std::uint32_t month = 0;
  std::uint32_t day = 1;
  std::int64_t hour = 0;
  std::optional<bool> afternoon;
  std::int64_t minute = 0;
  std::int64_t second = 0;
  std::uint32_t nanos = 0;
  std::int64_t offset = 0;  // seconds east
  std::optional<std::int64_t> unix_seconds;
  std::optional<std::size_t> weekday;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // In any case.
  bool word(std::string_view word) {
    if (rest_.size() < word.size()) return false;
    const bool same =
        std::equal(word.begin(), word.end(), rest_.begin(), [](char a, char b) { return lower(a) == lower(b); });
    if (same) rest_.remove_prefix(word.size());
    return same;
  }

  // Between `least` and `most` digits.
  std::optional<std::int64_t> number(std::size_t least, std::size_t most) {
    std::size_t length = 0;
    std::int64_t value = 0;
    while (length < most && length < rest_.size() && is_digit(rest_[length])) {
      value = value * 10 + (rest_[length++] - '0');
    }
    if (length < least) return std::nullopt;
    rest_.remove_prefix(length);
    return value;
  }

  // Behind the seconds: a point or a comma, and digits; those behind the ninth are cut.
  bool fraction(std::uint32_t& nanos) {
    if (!take('.') && !take(',')) return true;
    if (rest_.empty() || !is_digit(rest_.front())) return false;
    for (std::uint32_t scale = 100'000'000; !rest_.empty() && is_digit(rest_.front()); scale /= 10) {
      nanos += static_cast<std::uint32_t>(rest_.front() - '0') * scale;
      rest_.remove_prefix(1);
    }
    return true;
  }

  bool offset(std::int64_t& seconds) {
    if (take('Z') || take('z')) return true;
    const bool west = take('-');
    if (!west && !take('+')) return false;
    const auto hours = number(2, 2);
    std::int64_t minutes = 0;
    const bool colon = take(':');
    if (colon || (!rest_.empty() && is_digit(rest_.front()))) {
      const auto read = number(2, 2);
      if (!read) return false;
      minutes = *read;
    }
    if (!hours || *hours > 23 || minutes > 59) return false;
    seconds = (*hours * 60 + minutes) * (west ? -60 : 60);
    return true;
  }

  // Which of the names, by its whole or by its first letters.
  template <std::size_t size>
  std::optional<std::size_t> name(const std::string_view (&names)[size], bool whole) {
    for (std::size_t i = 0; i < size; ++i) {
      if (word(whole ? names[i] : names[i].substr(0, short_name))) return i;
    }
    return std::nullopt;
  }

 private:
  std::string_view rest_;
};

// One part, which `least` digits have at the least.
bool read_part(char directive, std::size_t least, Reader& reader, Parts& parts) {
  const auto two_digits = [&](auto& part, std::int64_t from, std::int64_t to) {
    const auto value = reader.number(least, 2);
    if (!value || *value < from || *value > to) return false;
    part = static_cast<std::remove_reference_t<decltype(part)>>(*value);
    return true;
  };
  switch (directive) {
    case 'Y': {
      const auto year = reader.number(4, 4);
      parts.year = year.value_or(0);
      return parts.year > 0;
    }
    case 'y':
      if (!two_digits(parts.year, 0, 99)) return false;
      parts.year += parts.year < 69 ? 2000 : 1900;
      return true;
    case 'm':
      return two_digits(parts.month, 1, 12);
    case 'b':
    case 'B': {
      const auto month = reader.name(months, directive == 'B');
      parts.month = static_cast<std::uint32_t>(month.value_or(0)) + 1;
      return month.has_value();
    }
    case 'd':
      return two_digits(parts.day, 1, 31);
    case 'H':
      return two_digits(parts.hour, 0, 23);
    case 'I':
      return two_digits(parts.hour, 1, 12);
    case 'p':
      parts.afternoon = reader.word("PM");
      return *parts.afternoon || reader.word("AM");
    case 'M':
      return two_digits(parts.minute, 0, 59);
    case 'S':
      return two_digits(parts.second, 0, 60) && reader.fraction(parts.nanos);
    case 'z':
      return reader.offset(parts.offset);
    case 's': {
      const bool negative = reader.take('-');
      const auto seconds = reader.number(1, 12);
      parts.unix_seconds = seconds.value_or(0) * (negative ? -1 : 1);
      return seconds.has_value() && reader.fraction(parts.nanos);
    }
    case 'a':
    case 'A':
      parts.weekday = reader.name(weekdays, directive == 'A');
      return parts.weekday.has_value();
    default:
      return reader.take('%');
  }
}

std::optional<Parts> read(std::string_view text, std::string_view format) {
  Parts parts;
  Reader reader(text);
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      if (!reader.take(format[i])) return std::nullopt;
      continue;
    }
    ++i;
    // Where the next part follows at once, only two digits tell where this one ends.
    const bool tight = i + 1 < format.size() && (format[i + 1] == '%' || is_digit(format[i + 1]));
    if (!read_part(format[i], tight ? 2 : 1, reader, parts)) return std::nullopt;
  }
  if (!reader.at_end()) return std::nullopt;
  if (parts.afternoon) {
    if (parts.hour < 1 || parts.hour > 12) return std::nullopt;
    parts.hour = parts.hour % 12 + (*parts.afternoon ? 12 : 0);
  }
  return parts;
}

std::optional<Date> day_of(const Parts& parts) {
  const YearMonthDay ymd{static_cast<std::int32_t>(parts.year), parts.month, parts.day};
  const Date date = from_civil(ymd);
  const YearMonthDay back = civil(date);
  if (back.month != ymd.month || back.day != ymd.day) return std::nullopt;
  if (parts.weekday) {
    const std::int64_t weekday = ((date.days + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
    if (weekday != static_cast<std::int64_t>(*parts.weekday)) return std::nullopt;
  }
  return date;
}

constexpr Timestamp epoch{};

std::optional<Timestamp> instant_of(const Parts& parts) {
  if (parts.unix_seconds) {
    Duration since{*parts.unix_seconds, parts.nanos};
    if (since.seconds < 0 && since.nanos != 0) {
      since = {since.seconds - 1, 1'000'000'000 - since.nanos};
    }
    return add(epoch, since);
  }
  const auto day = day_of(parts);
  if (!day) return std::nullopt;
  const std::int64_t seconds = parts.hour * 3600 + parts.minute * 60 + parts.second - parts.offset;
  const auto instant = add(start_of(*day), Duration{seconds, parts.nanos});
  // As in RFC 3339: a leap second ends a day of UTC.
  if (instant && parts.second == 60 && instant->seconds % 86400 != 0) return std::nullopt;
  return instant;
}

}  // namespace

std::optional<std::string> time_format_fault(std::string_view format) {
  std::string seen;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') continue;
    if (++i == format.size()) return "a `%` at the end names no part";
    const char directive = format[i];
    if (directives.find(directive) == std::string_view::npos)
      return fmt::format("there is no part `%{}`", directive);
    if (directive == '%') continue;
    if (seen.find(directive) != std::string::npos) return fmt::format("`%{}` stands twice", directive);
    seen += directive;
  }
  const auto has_any = [&seen](std::string_view any) { return seen.find_first_of(any) != std::string::npos; };
  if (has_any("s")) {
    return seen.size() == 1 ? std::nullopt : std::optional<std::string>("`%s` stands for the whole instant");
  }
  if (!has_any("Yy")) return "it has no year (`%Y`)";
  if (!has_any("mbB")) return "it has no month (`%m`)";
  if (has_any("I") != has_any("p")) return "`%I` and `%p` go together";
  return std::nullopt;
}

std::optional<Timestamp> parse_timestamp(std::string_view text, std::string_view format) {
  const auto parts = read(text, format);
  return parts ? instant_of(*parts) : std::nullopt;
}

std::optional<Date> parse_date(std::string_view text, std::string_view format) {
  const auto parts = read(text, format);
  if (!parts) return std::nullopt;
  if (!parts->unix_seconds) return day_of(*parts);
  const auto instant = instant_of(*parts);
  return instant ? std::optional(date_of(*instant)) : std::nullopt;
}

}  // namespace writ::types
