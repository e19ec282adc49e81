#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <string>

#include "language/types/literal.hpp"

namespace writ::types {

namespace {

std::string date(std::string_view text) {
  const auto value = parse_date(text);
  return value ? to_text(*value) : "none";
}

std::string instant(std::string_view text) {
  const auto value = parse_timestamp(text);
  return value ? to_text(*value) : "none";
}

}  // namespace

TEST_CASE("dates are read and written alike") {
  CHECK(parse_date("1970-01-01") == Date{0});
  CHECK(parse_date("1969-12-31") == Date{-1});
  CHECK(parse_date("2000-03-01") == Date{11017});
  CHECK(parse_date("0001-01-01") == Date{-719162});
  CHECK(parse_date("9999-12-31") == Date{2932896});
  for (const char* text : {"2026-06-30", "0001-01-01", "9999-12-31", "2024-02-29", "1600-02-29", "0004-02-29"}) {
    CHECK(date(text) == text);
  }
}

TEST_CASE("only days that exist are dates") {
  for (const char* text : {"2023-02-29", "1900-02-29", "2100-02-29", "2026-02-30", "2026-04-31", "2026-06-31",
                           "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "0000-01-01"}) {
    CHECK(date(text) == "none");
  }
}

TEST_CASE("only full-dates are dates") {
  for (const char* text : {"", "2026-6-30", "2026-06-3", "20260630", "2026/06/30", "2026-06-30T", " 2026-06-30",
                           "2026-06-30 ", "+026-06-30", "-026-06-30", "202a-06-30", "2026-0:-30", "2026-06-3\xd9",
                           "2026_06_30", "\xd9\xa2\xd9\xa0-06-30", "10000-01-01"}) {
    CHECK(date(text) == "none");
  }
}

TEST_CASE("every day of eight hundred years is read, and is one more than the day before") {
  Date expected{-719162};
  for (std::int32_t year = 1; year <= 800; ++year) {
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= 31; ++day) {
        const std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
        const auto parsed = parse_date(text);
        if (day > lengths[month - 1]) {
          if (parsed) FAIL(text);
          continue;
        }
        if (parsed != expected) FAIL(text);
        if (to_text(expected) != text) FAIL(text);
        ++expected.days;
      }
    }
  }
  CHECK(expected == parse_date("0801-01-01"));
}

TEST_CASE("instants are read with any offset and written in UTC") {
  CHECK(parse_timestamp("1970-01-01T00:00:00Z") == Timestamp{0, 0});
  CHECK(parse_timestamp("1969-12-31T23:59:59.5Z") == Timestamp{-1, 500'000'000});
  CHECK(instant("2026-06-30T12:00:00Z") == "2026-06-30T12:00:00Z");
  CHECK(instant("2026-06-30t12:00:00z") == "2026-06-30T12:00:00Z");
  CHECK(instant("2026-06-30T12:00:00+02:00") == "2026-06-30T10:00:00Z");
  CHECK(instant("2026-06-30T12:00:00-00:00") == "2026-06-30T12:00:00Z");
  CHECK(instant("2026-12-31T23:30:00-01:00") == "2027-01-01T00:30:00Z");
  CHECK(instant("2026-01-01T00:00:00+23:59") == "2025-12-31T00:01:00Z");
  CHECK(instant("1937-01-01T12:00:27.87+00:20") == "1937-01-01T11:40:27.87Z");
}

TEST_CASE("fractions of a second are kept to the nanosecond") {
  CHECK(instant("2026-06-30T12:00:00.000000001Z") == "2026-06-30T12:00:00.000000001Z");
  CHECK(instant("2026-06-30T12:00:00.120Z") == "2026-06-30T12:00:00.12Z");
  CHECK(instant("2026-06-30T12:00:00.9999999999999Z") == "2026-06-30T12:00:00.999999999Z");
  CHECK(instant("2026-06-30T12:00:00.000Z") == "2026-06-30T12:00:00Z");
  CHECK(instant("2026-06-30T12:00:00." + std::string(1000, '1') + "Z") == "2026-06-30T12:00:00.111111111Z");
}

TEST_CASE("a leap second ends a day of UTC") {
  CHECK(instant("2016-12-31T23:59:60Z") == "2017-01-01T00:00:00Z");
  CHECK(instant("2016-12-31T23:59:60.5Z") == "2017-01-01T00:00:00.5Z");
  CHECK(instant("1998-12-31T15:59:60.123-08:00") == "1999-01-01T00:00:00.123Z");
  CHECK(instant("2016-12-31T22:59:60Z") == "none");
  CHECK(instant("2016-12-31T23:59:60+01:00") == "none");
  CHECK(instant("2016-12-31T23:59:61Z") == "none");
}

TEST_CASE("instants outside the years 0001 to 9999 of UTC are none") {
  CHECK(instant("0001-01-01T00:00:00Z") == "0001-01-01T00:00:00Z");
  CHECK(instant("9999-12-31T23:59:59.999999999Z") == "9999-12-31T23:59:59.999999999Z");
  CHECK(instant("0001-01-01T00:00:00+00:01") == "none");
  CHECK(instant("9999-12-31T23:59:59-00:01") == "none");
  CHECK(instant("9999-12-31T23:59:60Z") == "none");
  CHECK(instant("0001-01-01T00:30:00-00:30") == "0001-01-01T01:00:00Z");
}

TEST_CASE("what is no date-time of RFC 3339 is no instant") {
  for (const char* text : {"",
                           "2026-06-30",
                           "2026-06-30T12:00:00",
                           "2026-06-30 12:00:00Z",
                           "2026-06-30T12:00Z",
                           "2026-06-30T24:00:00Z",
                           "2026-06-30T12:60:00Z",
                           "2026-02-30T12:00:00Z",
                           "2026-06-30T12:00:00.Z",
                           "2026-06-30T12:00:00,5Z",
                           "2026-06-30T12:00:00+0200",
                           "2026-06-30T12:00:00+02",
                           "2026-06-30T12:00:00+24:00",
                           "2026-06-30T12:00:00+02:60",
                           "2026-06-30T12:00:00+2:000",
                           "2026-06-30T12:00:00ZZ",
                           "2026-06-30T12:00:00.5",
                           "2026-06-30T1a:00:00Z",
                           "2026-06-30T12-00:00Z",
                           "2026-06-30T12:00:00 Z",
                           "2026-06-30T12:00:00\xe2\x88\x92"
                           "02:00"}) {
    INFO(text);
    CHECK(instant(text) == "none");
  }
}

}  // namespace writ::types
