#include "language/types/date_fault.hpp"

#include <catch2/catch.hpp>

namespace writ::types {

namespace {

std::string told(std::string_view text) {
  const auto fault = date_fault(text);
  if (!fault) return "nothing";
  return fault->reason + (fault->instead.empty() ? "" : "; " + fault->title + ", " + fault->instead);
}

}  // namespace

TEST_CASE("a day that does not exist is told with the nearest one that does") {
  CHECK(told("2026-02-30") == "February 2026 has 28 days; the last day of that month, 2026-02-28");
  CHECK(told("2024-02-30") == "February 2024 has 29 days; the last day of that month, 2024-02-29");
  CHECK(told("2026-06-31") == "June 2026 has 30 days; the last day of that month, 2026-06-30");
  CHECK(told("2026-12-99") == "December 2026 has 31 days; the last day of that month, 2026-12-31");
  CHECK(told("2026-06-00") == "days are counted from 01; the first day of that month, 2026-06-01");
  CHECK(told("2026-31-01") == "months go from 01 to 12; the month stands before the day, 2026-01-31");
  CHECK(told("2026-31-02") == "months go from 01 to 12");
  CHECK(told("2026-00-10") == "months go from 01 to 12");
  CHECK(told("0000-01-10") == "years go from 0001 to 9999");
}

TEST_CASE("an instant keeps its time of day when its day is put right") {
  CHECK(told("2026-02-30T10:00:00+02:00") ==
        "February 2026 has 28 days; the last day of that month, 2026-02-28T10:00:00+02:00");
  CHECK(told("2026-02-30T25:00:00Z") == "February 2026 has 28 days");
  CHECK(told("2026-02-28T24:00:00Z") == "hours go from 00 to 23");
  CHECK(told("2026-02-28T10:60:00Z") == "minutes go from 00 to 59");
  CHECK(told("2026-02-28T10:00:61Z") == "seconds go from 00 to 59, and to 60 at the end of a day of UTC");
  CHECK(told("0001-01-01T00:00:00+10:00") == "not on the clock, or outside the years 0001 to 9999 of UTC");
}

TEST_CASE("what is no date at all has no fault of the calendar") {
  for (const char* text : {"", "today", "2026", "2026-6-1", "2026-06-3x", "20260630xx", "2026-06-30"}) {
    INFO(text);
    CHECK(told(text) == "nothing");
  }
}

}  // namespace writ::types
