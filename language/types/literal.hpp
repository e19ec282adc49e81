// Values that are known when rules are compiled, and the parsing of their spellings. The same functions read the
// same spellings from facts and from the command line, so a date means one thing everywhere.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace writ::types {

// Days since 1970-01-01, proleptic Gregorian; years 0001 to 9999.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

// An instant in UTC: seconds since 1970-01-01T00:00:00Z, and nanoseconds, 0 … 999 999 999, added to them.
struct Timestamp {
  std::int64_t seconds = 0;
  std::uint32_t nanos = 0;
  auto operator<=>(const Timestamp&) const = default;
};

// An exact length of time; `nanos` as in Timestamp (−0.5 s is {−1, 500 000 000}).
struct Duration {
  std::int64_t seconds = 0;
  std::uint32_t nanos = 0;
  auto operator<=>(const Duration&) const = default;
};

// Calendar months; a year is 12.
struct Period {
  std::int64_t months = 0;
  auto operator<=>(const Period&) const = default;
};

// An address or a block. v4 addresses lie in the first 4 bytes. Bits behind the prefix are kept as written:
// 10.0.0.1/8 is the block 10.0.0.0/8 (host bits are cleared when parsed).
struct Network {
  std::array<std::uint8_t, 16> address{};
  std::uint8_t version = 4;  // 4 or 6
  std::uint8_t prefix = 32;  // 0 … 32 or 128
  auto operator<=>(const Network&) const = default;
};

using Literal = std::variant<bool, std::int64_t, double, std::string, Date, Timestamp, Duration, Period, Network>;

// RFC 3339 full-date; no value for a day that does not exist.
std::optional<Date> parse_date(std::string_view text);
// RFC 3339 date-time with any offset, `T` and `Z` in either case; second 60 is the next minute's first, and
// accepted only where it ends a day of UTC, as leap seconds do. The instant lies in the years 0001 to 9999 of UTC.
// More than nine digits of fraction are cut.
std::optional<Timestamp> parse_timestamp(std::string_view text);
// `90 days`, `-4 hours`, `2 weeks`, `1 day 4 hours`; or ISO 8601 `PT4H`, `P3DT12H`, `P2W` (no months or years).
// Units stand from great to small; the last may have a fraction of at most nine digits. The sign is that of the
// whole.
std::optional<Duration> parse_duration(std::string_view text);
// `12 months`, `1 year`; or ISO 8601 `P1Y6M`.
std::optional<Period> parse_period(std::string_view text);
// `10.0.0.0/8`, `10.0.0.1`, `2001:db8::/32`, `::ffff:10.0.0.1`; no leading zeros in v4 octets.
std::optional<Network> parse_network(std::string_view text);

std::string to_text(Date value);       // 2026-06-30
std::string to_text(Timestamp value);  // 2026-06-30T12:00:00Z, with as many digits of fraction as are needed
std::string to_text(Duration value);   // `3 days`, `1 day 4 hours`, `0 seconds`, `-2 hours`
std::string to_text(Period value);     // `12 months`, `1 year` is written `12 months`
std::string to_text(Network value);    // RFC 5952 for v6; the prefix only where it is not the whole length
std::string to_text(double value);     // shortest that reads back; always with a point or an exponent
std::string to_text(const Literal& value);

// Calendar. `month` 1 … 12.
struct YearMonthDay {
  std::int32_t year;
  std::uint32_t month;
  std::uint32_t day;
};
YearMonthDay civil(Date date);
Date from_civil(YearMonthDay ymd);
Date date_of(Timestamp instant);  // its UTC day
Timestamp start_of(Date day);     // 00:00:00Z

// Arithmetic; no value where the result lies outside years 0001 … 9999, or overflows.
// Adding months clamps to the month's end: 31 January + 1 month is 28 or 29 February.
std::optional<Date> add(Date date, Period period);
std::optional<Date> add(Date date, Duration duration);  // the day that holds midnight + duration
std::optional<Timestamp> add(Timestamp instant, Period period);
std::optional<Timestamp> add(Timestamp instant, Duration duration);
std::optional<Duration> add(Duration a, Duration b);
std::optional<Duration> negate(Duration value);
std::optional<Duration> multiply(Duration value, std::int64_t factor);
Duration difference(Timestamp later, Timestamp earlier);
Duration difference(Date later, Date earlier);

bool contains(const Network& outer, const Network& inner);
bool overlaps(const Network& a, const Network& b);

}  // namespace writ::types
