// The calendar: days and dates, and what can be added to them. Proleptic Gregorian, years 0001 to 9999.
#include <algorithm>
#include <limits>

#include "language/types/literal.hpp"

namespace writ::types {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t day_seconds = 86400;
constexpr std::uint32_t second_nanos = 1'000'000'000;
constexpr std::int32_t first_day = -719162;  // 0001-01-01
constexpr std::int32_t last_day = 2932896;   // 9999-12-31

constexpr std::uint32_t month_lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::uint32_t month_length(std::int64_t year, std::uint32_t month) {
  return month == 2 && is_leap(year) ? 29 : month_lengths[month - 1];
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

std::optional<Date> day_in_range(std::int64_t days) {
  if (days < first_day || days > last_day) return std::nullopt;
  return Date{static_cast<std::int32_t>(days)};
}

std::optional<Timestamp> instant_in_range(std::int64_t seconds, std::uint32_t nanos) {
  constexpr std::int64_t first = std::int64_t{first_day} * day_seconds;
  constexpr std::int64_t end = (std::int64_t{last_day} + 1) * day_seconds;
  if (seconds < first || seconds >= end) return std::nullopt;
  return Timestamp{seconds, nanos};
}

}  // namespace

// Years are counted from March, so that the day that leap years add comes last; 400 of them are 146097 days.
YearMonthDay civil(Date date) {
  const std::int64_t shifted = std::int64_t{date.days} + 719468;  // from 0000-03-01
  const std::int64_t cycle = floor_divide(shifted, 146097);
  const std::int64_t day_of_cycle = shifted - cycle * 146097;
  const std::int64_t year_of_cycle =
      (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 - day_of_cycle / 146096) / 365;
  const std::int64_t day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const std::int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
  return {static_cast<std::int32_t>(cycle * 400 + year_of_cycle + (month <= 2 ? 1 : 0)),
          static_cast<std::uint32_t>(month),
          static_cast<std::uint32_t>(day_of_year - (153 * march_month + 2) / 5 + 1)};
}

Date from_civil(YearMonthDay ymd) {
  const std::int32_t year = ymd.year - (ymd.month <= 2 ? 1 : 0);
  const std::int32_t cycle = (year >= 0 ? year : year - 399) / 400;
  const std::int32_t year_of_cycle = year - cycle * 400;
  const auto march_month = static_cast<std::int32_t>(ymd.month > 2 ? ymd.month - 3 : ymd.month + 9);
  const std::int32_t day_of_year = (153 * march_month + 2) / 5 + static_cast<std::int32_t>(ymd.day) - 1;
  const std::int32_t day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
  return {cycle * 146097 + day_of_cycle - 719468};
}

Date date_of(Timestamp instant) { return {static_cast<std::int32_t>(floor_divide(instant.seconds, day_seconds))}; }

Timestamp start_of(Date day) { return {std::int64_t{day.days} * day_seconds, 0}; }

std::optional<Date> add(Date date, Period period) {
  const YearMonthDay from = civil(date);
  std::int64_t months = 0;
  if (__builtin_add_overflow(std::int64_t{from.year} * 12 + from.month - 1, period.months, &months)) {
    return std::nullopt;
  }
  const std::int64_t year = floor_divide(months, 12);
  if (year < 1 || year > 9999) return std::nullopt;
  const auto month = static_cast<std::uint32_t>(months - year * 12 + 1);
  return from_civil({static_cast<std::int32_t>(year), month, std::min(from.day, month_length(year, month))});
}

std::optional<Date> add(Date date, Duration duration) {
  return day_in_range(date.days + floor_divide(duration.seconds, day_seconds));
}

std::optional<Timestamp> add(Timestamp instant, Period period) {
  const Date day = date_of(instant);
  const auto moved = add(day, period);
  if (!moved) return std::nullopt;
  return Timestamp{start_of(*moved).seconds + (instant.seconds - start_of(day).seconds), instant.nanos};
}

std::optional<Timestamp> add(Timestamp instant, Duration duration) {
  const auto sum = add(Duration{instant.seconds, instant.nanos}, duration);
  return sum ? instant_in_range(sum->seconds, sum->nanos) : std::nullopt;
}

std::optional<Duration> add(Duration a, Duration b) {
  const std::uint32_t nanos = a.nanos + b.nanos;
  const bool carry = nanos >= second_nanos;
  const Wide seconds = Wide{a.seconds} + b.seconds + (carry ? 1 : 0);
  if (seconds < std::numeric_limits<std::int64_t>::min() || seconds > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return Duration{static_cast<std::int64_t>(seconds), carry ? nanos - second_nanos : nanos};
}

std::optional<Duration> negate(Duration value) {
  if (value.nanos != 0) return Duration{-(value.seconds + 1), second_nanos - value.nanos};
  if (value.seconds == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  return Duration{-value.seconds, 0};
}

std::optional<Duration> multiply(Duration value, std::int64_t factor) {
  const Wide fraction = Wide{value.nanos} * factor;
  Wide carry = fraction / second_nanos;
  Wide nanos = fraction % second_nanos;
  if (nanos < 0) {
    nanos += second_nanos;
    --carry;
  }
  const Wide seconds = Wide{value.seconds} * factor + carry;
  if (seconds < std::numeric_limits<std::int64_t>::min() || seconds > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return Duration{static_cast<std::int64_t>(seconds), static_cast<std::uint32_t>(nanos)};
}

// Instants lie in years 0001 … 9999, so that no difference overflows.
Duration difference(Timestamp later, Timestamp earlier) {
  const bool borrow = later.nanos < earlier.nanos;
  return {later.seconds - earlier.seconds - (borrow ? 1 : 0),
          borrow ? later.nanos + second_nanos - earlier.nanos : later.nanos - earlier.nanos};
}

Duration difference(Date later, Date earlier) {
  return {(std::int64_t{later.days} - earlier.days) * day_seconds, 0};
}

}  // namespace writ::types
