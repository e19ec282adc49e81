#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "language/types/literal.hpp"

namespace writ::types {

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

template <typename Value>
std::string shown(const std::optional<Value>& value) {
  return value ? to_text(*value) : "none";
}

std::string plus(std::string_view day, Period period) { return shown(add(*parse_date(day), period)); }

}  // namespace

TEST_CASE("adding months clamps to the month's end") {
  CHECK(plus("2026-01-31", {1}) == "2026-02-28");
  CHECK(plus("2024-01-31", {1}) == "2024-02-29");
  CHECK(plus("2024-02-29", {12}) == "2025-02-28");
  CHECK(plus("2024-02-29", {48}) == "2028-02-29");
  CHECK(plus("2026-03-31", {-1}) == "2026-02-28");
  CHECK(plus("2026-08-31", {1}) == "2026-09-30");
  CHECK(plus("2026-01-15", {-1}) == "2025-12-15");
  CHECK(plus("2026-12-15", {1}) == "2027-01-15");
  CHECK(plus("2026-06-30", {0}) == "2026-06-30");
}

TEST_CASE("no sum lies outside the years 0001 to 9999") {
  CHECK(plus("9999-12-01", {1}) == "none");
  CHECK(plus("9999-11-30", {1}) == "9999-12-30");
  CHECK(plus("0001-01-31", {-1}) == "none");
  CHECK(plus("2026-01-01", {most}) == "none");
  CHECK(plus("2026-01-01", {least}) == "none");
  CHECK(shown(add(*parse_date("9999-12-31"), Duration{86400, 0})) == "none");
  CHECK(shown(add(*parse_date("9999-12-31"), Duration{86399, 999'999'999})) == "9999-12-31");
  CHECK(shown(add(*parse_date("0001-01-01"), Duration{-1, 999'999'999})) == "none");
  CHECK(shown(add(*parse_date("0001-01-01"), Duration{most, 0})) == "none");
  CHECK(shown(add(*parse_date("0001-01-01"), Duration{least, 0})) == "none");
  CHECK(shown(add(*parse_timestamp("9999-12-31T23:59:59Z"), Duration{1, 0})) == "none");
  CHECK(shown(add(*parse_timestamp("9999-12-31T23:59:59Z"), Duration{most, 999'999'999})) == "none");
  CHECK(shown(add(*parse_timestamp("0001-01-01T00:00:00Z"), Duration{least, 0})) == "none");
}

TEST_CASE("a day and a length of time give the day that holds their sum") {
  const Date day = *parse_date("2026-06-30");
  CHECK(shown(add(day, Duration{86399, 0})) == "2026-06-30");
  CHECK(shown(add(day, Duration{86400, 0})) == "2026-07-01");
  CHECK(shown(add(day, Duration{-1, 0})) == "2026-06-29");
  CHECK(shown(add(day, Duration{-1, 999'999'999})) == "2026-06-29");
  CHECK(shown(add(day, Duration{0, 0})) == "2026-06-30");
  CHECK(shown(add(*parse_date("1969-12-31"), Duration{3600, 0})) == "1969-12-31");
}

TEST_CASE("instants keep their time of day when months are added") {
  CHECK(shown(add(*parse_timestamp("2026-01-31T23:59:59.5Z"), Period{1})) == "2026-02-28T23:59:59.5Z");
  CHECK(shown(add(*parse_timestamp("1969-12-31T23:59:59.5Z"), Period{-2})) == "1969-10-31T23:59:59.5Z");
  CHECK(shown(add(*parse_timestamp("2026-01-31T23:59:59.5Z"), Duration{0, 500'000'000})) == "2026-02-01T00:00:00Z");
}

TEST_CASE("lengths of time are exact, and overflow is said") {
  CHECK(add(Duration{1, 600'000'000}, Duration{2, 600'000'000}) == Duration{4, 200'000'000});
  CHECK(add(Duration{most, 500'000'000}, Duration{0, 500'000'000}) == std::nullopt);
  CHECK(add(Duration{most, 500'000'000}, Duration{-1, 500'000'000}) == Duration{most, 0});
  CHECK(add(Duration{least, 0}, Duration{-1, 999'999'999}) == std::nullopt);
  CHECK(negate(Duration{0, 500'000'000}) == Duration{-1, 500'000'000});
  CHECK(negate(Duration{-1, 500'000'000}) == Duration{0, 500'000'000});
  CHECK(negate(Duration{least, 0}) == std::nullopt);
  CHECK(negate(Duration{least, 1}) == Duration{most, 999'999'999});
  CHECK(negate(Duration{most, 999'999'999}) == Duration{least, 1});
  CHECK(multiply(Duration{1, 500'000'000}, 3) == Duration{4, 500'000'000});
  CHECK(multiply(Duration{1, 500'000'000}, -1) == Duration{-2, 500'000'000});
  CHECK(multiply(Duration{-1, 500'000'000}, 3) == Duration{-2, 500'000'000});
  CHECK(multiply(Duration{most, 0}, 2) == std::nullopt);
  CHECK(multiply(Duration{least, 999'999'999}, least) == std::nullopt);
  CHECK(multiply(Duration{least, 0}, 1) == Duration{least, 0});
  CHECK(multiply(Duration{0, 999'999'999}, 0) == Duration{0, 0});
}

TEST_CASE("differences") {
  CHECK(to_text(difference(*parse_date("2026-03-01"), *parse_date("2026-02-01"))) == "28 days");
  CHECK(to_text(difference(*parse_date("2026-02-01"), *parse_date("2026-03-01"))) == "-28 days");
  CHECK(difference(Timestamp{1, 0}, Timestamp{0, 1}) == Duration{0, 999'999'999});
  CHECK(difference(Timestamp{0, 1}, Timestamp{1, 0}) == Duration{-1, 1});
  CHECK(difference(*parse_timestamp("9999-12-31T23:59:59Z"), *parse_timestamp("0001-01-01T00:00:00Z")) ==
        Duration{315537897599, 0});
}

TEST_CASE("days and instants turn into each other") {
  CHECK(to_text(date_of(*parse_timestamp("1969-12-31T23:59:59Z"))) == "1969-12-31");
  CHECK(to_text(date_of(*parse_timestamp("1970-01-01T00:00:00Z"))) == "1970-01-01");
  CHECK(to_text(start_of(*parse_date("2026-06-30"))) == "2026-06-30T00:00:00Z");
  const YearMonthDay leap = civil(*parse_date("2024-02-29"));
  CHECK(leap.year == 2024);
  CHECK(leap.month == 2);
  CHECK(leap.day == 29);
}

}  // namespace writ::types
