// Dates and instants as text: RFC 3339. Reading them is on the hot path of ingestion: no allocation, few branches.
#include <fmt/format.h>

#include "language/types/literal.hpp"

namespace writ::types {

namespace {

constexpr std::int64_t day_seconds = 86400;
constexpr std::int64_t first_second = -719162 * day_seconds;  // 0001-01-01T00:00:00Z
constexpr std::int64_t end_second = 2932897 * day_seconds;    // 10000-01-01T00:00:00Z

// The lengths of months, by leap year and month; no month has number 0 or 13 … 15.
constexpr std::uint8_t month_lengths[2][16] = {{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0},
                                               {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0}};
// Days before a month, counted from 1 March of the year in which the month's winter began.
constexpr std::uint16_t days_before[16] = {0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 0, 0, 0};

// Reads digits, and keeps in `bad` whether any character was none.
struct Digits {
  const char* text;
  bool bad = false;

  std::uint32_t one(std::size_t at) {
    const auto digit = static_cast<std::uint32_t>(static_cast<unsigned char>(text[at])) - '0';
    bad |= digit > 9;
    return digit;
  }
  std::uint32_t two(std::size_t at) { return one(at) * 10 + one(at + 1); }
};

// The ten characters of a full-date; false where there is no such day.
bool read_date(const char* text, std::int32_t& days) {
  Digits digits{text};
  const std::uint32_t year = digits.two(0) * 100 + digits.two(2);
  const std::uint32_t month = digits.two(5);
  const std::uint32_t day = digits.two(8);
  const bool dashes = text[4] == '-' && text[7] == '-';
  if (digits.bad || !dashes || year == 0 || month > 12) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (day - 1 >= month_lengths[leap ? 1 : 0][month]) return false;
  const std::uint32_t from_march = year - (month <= 2 ? 1 : 0);
  days = static_cast<std::int32_t>(365 * from_march + from_march / 4 - from_march / 100 + from_march / 400 +
                                   days_before[month] + day) -
         719469;
  return true;
}

// `Z` or `+hh:mm`, all of `text`; in seconds east.
bool read_offset(std::string_view text, std::int64_t& offset) {
  if (text.size() == 1) {
    offset = 0;
    return text[0] == 'Z' || text[0] == 'z';
  }
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  Digits digits{text.data()};
  const std::uint32_t hours = digits.two(1);
  const std::uint32_t minutes = digits.two(4);
  if (digits.bad || hours > 23 || minutes > 59) return false;
  offset = (hours * 60 + minutes) * 60;
  if (text[0] == '-') offset = -offset;
  return true;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  Date date;
  if (text.size() != 10 || !read_date(text.data(), date.days)) return std::nullopt;
  return date;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  // 2026-06-30T12:00:00Z
  if (text.size() < 20) return std::nullopt;
  std::int32_t days = 0;
  if (!read_date(text.data(), days)) return std::nullopt;
  Digits digits{text.data()};
  const std::uint32_t hour = digits.two(11);
  const std::uint32_t minute = digits.two(14);
  const std::uint32_t second = digits.two(17);
  const bool marks = (text[10] == 'T' || text[10] == 't') && text[13] == ':' && text[16] == ':';
  if (digits.bad || !marks || hour > 23 || minute > 59 || second > 60) return std::nullopt;

  std::size_t at = 19;
  std::uint32_t nanos = 0;
  if (text[at] == '.') {
    std::uint32_t scale = 100'000'000;
    const std::size_t first = ++at;
    for (; at < text.size(); ++at) {
      const auto digit = static_cast<std::uint32_t>(static_cast<unsigned char>(text[at])) - '0';
      if (digit > 9) break;
      nanos += digit * scale;
      scale /= 10;
    }
    if (at == first) return std::nullopt;
  }
  std::int64_t offset = 0;
  if (!read_offset(text.substr(at), offset)) return std::nullopt;
  const std::int64_t seconds = days * day_seconds + hour * 3600 + minute * 60 + second - offset;
  if (seconds < first_second || seconds >= end_second) return std::nullopt;
  // A leap second ends a day of UTC: what stands behind 23:59:60 is a midnight.
  if (second == 60 && seconds % day_seconds != 0) return std::nullopt;
  return Timestamp{seconds, nanos};
}

std::string to_text(Date value) {
  const YearMonthDay ymd = civil(value);
  return fmt::format("{:04}-{:02}-{:02}", ymd.year, ymd.month, ymd.day);
}

std::string to_text(Timestamp value) {
  const Date day = date_of(value);
  const std::int64_t second = value.seconds - start_of(day).seconds;
  std::string text =
      fmt::format("{}T{:02}:{:02}:{:02}", to_text(day), second / 3600, second / 60 % 60, second % 60);
  if (value.nanos != 0) {
    text += fmt::format(".{:09}", value.nanos);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text + 'Z';
}

}  // namespace writ::types
