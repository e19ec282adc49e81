#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "tests/unit/functions/call.hpp"

namespace writ::functions {

using facts::Value;
using support::Caller;

namespace {

std::string of(std::string_view name, const Value& value, std::size_t overload = 0) {
  return Caller().shown(name, {value}, overload);
}

std::string between(std::string_view from, std::string_view to) {
  return Caller().shown("business_days", {Caller::date(from), Caller::date(to)});
}

}  // namespace

TEST_CASE("days and instants") {
  CHECK(of("date", Caller::instant("2026-06-30T23:59:59.9Z")) == "2026-06-30");
  CHECK(of("date", Caller::instant("2026-06-30T23:59:59-01:00")) == "2026-07-01");
  CHECK(of("start_of_day", Caller::date("2026-06-30")) == "2026-06-30T00:00:00Z");
  CHECK(of("end_of_day", Caller::date("2026-12-31")) == "2027-01-01T00:00:00Z");
  CHECK(of("end_of_day", Caller::date("9999-12-31")) == "error");
}

TEST_CASE("ages are counted to today and to now") {
  CHECK(of("age", Caller::date("2026-06-01")) == "29 days");
  CHECK(of("age", Caller::date("2026-07-01")) == "-1 day");
  CHECK(of("age", Caller::instant("2026-06-30T00:00:00Z"), 1) == "12 hours");
  CHECK(of("age", Caller::instant("2026-06-30T12:00:00.5Z"), 1) == "-0.5 seconds");
}

TEST_CASE("parts of days") {
  CHECK(of("year", Caller::date("2026-06-30")) == "2026");
  CHECK(of("month", Caller::date("2026-06-30")) == "6");
  CHECK(of("day", Caller::date("2026-06-30")) == "30");
  CHECK(of("year", Caller::date("0001-01-01")) == "1");
  CHECK(of("weekday", Caller::date("2026-06-29")) == "1");
  CHECK(of("weekday", Caller::date("2026-07-05")) == "7");
  CHECK(of("weekday", Caller::date("1969-12-31")) == "3");
  CHECK(of("weekday", Caller::date("0001-01-01")) == "1");
}

TEST_CASE("quarters and hours") {
  CHECK(of("quarter", Caller::date("2026-03-31")) == "1");
  CHECK(of("quarter", Caller::date("2026-04-01")) == "2");
  CHECK(of("quarter", Caller::date("2026-12-31")) == "4");
  CHECK(of("hour", Caller::instant("2026-06-30T23:59:59.9Z")) == "23");
  CHECK(of("hour", Caller::instant("2026-06-30T00:30:00+02:00")) == "22");
  CHECK(of("hour", Caller::instant("1969-12-31T01:00:00Z")) == "1");
}

TEST_CASE("business days come after the first day, up to the last") {
  CHECK(between("2026-07-03", "2026-07-03") == "0");  // a Friday
  CHECK(between("2026-07-03", "2026-07-04") == "0");
  CHECK(between("2026-07-03", "2026-07-06") == "1");
  CHECK(between("2026-07-04", "2026-07-06") == "1");
  CHECK(between("2026-07-06", "2026-07-10") == "4");
  CHECK(between("2026-07-05", "2026-07-12") == "5");
  CHECK(between("2026-07-06", "2026-07-03") == "-1");
  CHECK(between("2026-01-01", "2026-12-31") == "260");
  CHECK(between("1969-12-25", "1970-01-05") == "7");
  // Against the plain count, over every pair of days of five weeks around the epoch.
  for (std::int32_t from = -18; from <= 18; ++from) {
    for (std::int32_t to = from; to <= 18; ++to) {
      std::int64_t expected = 0;
      for (std::int32_t day = from + 1; day <= to; ++day) expected += ((day + 3) % 7 + 7) % 7 < 5 ? 1 : 0;
      const Value counted =
          Caller().call("business_days", {Value::of(types::Date{from}), Value::of(types::Date{to})});
      if (counted.i != expected) FAIL(from << " to " << to << ": " << counted.i << ", " << expected << " expected");
    }
  }
}

TEST_CASE("whole units of time, cut off toward zero") {
  CHECK(of("days", Caller::duration("36 hours")) == "1");
  CHECK(of("days", Caller::duration("-36 hours")) == "-1");
  CHECK(of("hours", Caller::duration("59 minutes")) == "0");
  CHECK(of("minutes", Caller::duration("-90 seconds")) == "-1");
  CHECK(of("seconds", Caller::duration("1.9 seconds")) == "1");
  CHECK(of("seconds", Caller::duration("-0.5 seconds")) == "0");
  CHECK(of("seconds", Caller::duration("-1.5 seconds")) == "-1");
  CHECK(of("seconds", Value::of(types::Duration{std::numeric_limits<std::int64_t>::min(), 0})) ==
        "-9223372036854775808");
  CHECK(of("months", Caller::period_of("1 year 6 months")) == "18");
}

}  // namespace writ::functions
