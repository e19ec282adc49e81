#include "language/types/date_fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "language/types/literal.hpp"

namespace writ::types {

namespace {

constexpr std::array<std::string_view, 12> month_names{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};
constexpr std::size_t date_length = 10;  // 2026-06-30

std::optional<std::uint32_t> number(std::string_view digits) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

bool exists(std::string_view text) {
  return text.size() == date_length ? parse_date(text).has_value() : parse_timestamp(text).has_value();
}

std::uint32_t last_day(std::uint32_t year, std::uint32_t month) {
  std::uint32_t day = 31;
  while (!parse_date(fmt::format("{:04}-{:02}-{:02}", year, month, day))) --day;
  return day;
}

// The day exists, and the time of day does not.
DateFault time_fault(std::string_view time) {
  const auto hour = number(time.substr(0, 2));
  if (hour && *hour > 23) return {"hours go from 00 to 23", "", ""};
  const auto minute = time.size() >= 5 ? number(time.substr(3, 2)) : std::nullopt;
  if (minute && *minute > 59) return {"minutes go from 00 to 59", "", ""};
  const auto second = time.size() >= 8 ? number(time.substr(6, 2)) : std::nullopt;
  if (second && *second > 59) return {"seconds go from 00 to 59, and to 60 at the end of a day of UTC", "", ""};
  return {"not on the clock, or outside the years 0001 to 9999 of UTC", "", ""};
}

}  // namespace

std::optional<DateFault> date_fault(std::string_view text) {
  if (text.size() < date_length || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::string_view rest = text.substr(date_length);
  const auto with = [&](DateFault fault, std::uint32_t other_month, std::uint32_t other_day) {
    fault.instead = fmt::format("{:04}-{:02}-{:02}{}", *year, other_month, other_day, rest);
    if (exists(fault.instead)) return fault;
    return DateFault{fault.reason, "", ""};
  };
  if (*year == 0) return DateFault{"years go from 0001 to 9999", "", ""};
  if (*month == 0) return DateFault{"months go from 01 to 12", "", ""};
  if (*month > 12) return with({"months go from 01 to 12", "the month stands before the day", ""}, *day, *month);
  const std::uint32_t last = last_day(*year, *month);
  if (*day == 0) return with({"days are counted from 01", "the first day of that month", ""}, *month, 1);
  if (*day > last) {
    return with({fmt::format("{} {:04} has {} days", month_names[*month - 1], *year, last),
                 "the last day of that month", ""},
                *month, last);
  }
  if (rest.size() > 1) return time_fault(rest.substr(1));
  return std::nullopt;
}

}  // namespace writ::types
