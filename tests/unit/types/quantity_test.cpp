#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "language/types/literal.hpp"

namespace writ::types {

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

std::string duration(std::string_view text) {
  const auto value = parse_duration(text);
  return value ? to_text(*value) : "none";
}

std::string period(std::string_view text) {
  const auto value = parse_period(text);
  return value ? to_text(*value) : "none";
}

}  // namespace

TEST_CASE("durations as rules write them") {
  CHECK(parse_duration("90 days") == Duration{7776000, 0});
  CHECK(duration("1 day") == "1 day");
  CHECK(duration("2 weeks") == "14 days");
  CHECK(duration("-4 hours") == "-4 hours");
  CHECK(duration("1 day 4 hours") == "1 day 4 hours");
  CHECK(duration("-1 day 4 hours") == "-1 day 4 hours");
  CHECK(parse_duration("-1 day 4 hours") == Duration{-100800, 0});
  CHECK(duration("0 days") == "0 seconds");
  CHECK(duration("1.5 hours") == "1 hour 30 minutes");
  CHECK(duration("0.000000001 seconds") == "0.000000001 seconds");
  CHECK(duration("-0.5 seconds") == "-0.5 seconds");
  CHECK(parse_duration("-0.5 seconds") == Duration{-1, 500'000'000});
  CHECK(duration("90 seconds") == "1 minute 30 seconds");
}

TEST_CASE("durations of ISO 8601") {
  CHECK(duration("PT4H") == "4 hours");
  CHECK(duration("P3DT12H") == "3 days 12 hours");
  CHECK(duration("P2W") == "14 days");
  CHECK(duration("PT36H") == "1 day 12 hours");
  CHECK(duration("PT1M") == "1 minute");
  CHECK(duration("PT0S") == "0 seconds");
  CHECK(duration("-PT0.5S") == "-0.5 seconds");
  CHECK(duration("PT1,5S") == "1.5 seconds");
  CHECK(duration("P1DT2H3M4.005S") == "1 day 2 hours 3 minutes 4.005 seconds");
}

TEST_CASE("what is no duration") {
  for (const char* text : {"",
                           "P",
                           "PT",
                           "-P",
                           "P1",
                           "P1DT",
                           "PT1D",
                           "P1H",
                           "P1M",
                           "P1Y",
                           "P1Y2D",
                           "P1W2D",
                           "P2D1W",
                           "P1S",
                           "PT1H2H",
                           "PT1M1H",
                           "PT1.5H2M",
                           "PT.5S",
                           "PT5.S",
                           "PT0.1234567891S",
                           "pt4h",
                           "P 1D",
                           "P1D ",
                           "P-1D",
                           "PTT1H",
                           "90",
                           "days",
                           "90days",
                           "90 Days",
                           "90 dayss",
                           " 90 days",
                           "90 days ",
                           "- 90 days",
                           "+90 days",
                           "90  days,",
                           "1 hour 1 day",
                           "1 day 1 day",
                           "1e3 days",
                           "1.5.5 days",
                           "1 month",
                           "1 year",
                           "0x10 days"}) {
    INFO(text);
    CHECK(duration(text) == "none");
  }
}

TEST_CASE("durations are bounded by 64 bits of seconds") {
  CHECK(parse_duration("9223372036854775807 seconds") == Duration{most, 0});
  CHECK(parse_duration("-9223372036854775807 seconds") == Duration{-most, 0});
  CHECK(duration("9223372036854775808 seconds") == "none");
  CHECK(duration("9223372036854775807 weeks") == "none");
  CHECK(duration("P99999999999999999999D") == "none");
  CHECK(to_text(Duration{least, 0}) == "-106751991167300 days 15 hours 30 minutes 8 seconds");
  CHECK(to_text(Duration{least, 1}) == "-106751991167300 days 15 hours 30 minutes 7.999999999 seconds");
}

TEST_CASE("periods") {
  CHECK(parse_period("12 months") == Period{12});
  CHECK(parse_period("1 year") == Period{12});
  CHECK(parse_period("1 year 6 months") == Period{18});
  CHECK(parse_period("P1Y6M") == Period{18});
  CHECK(parse_period("P18M") == Period{18});
  CHECK(parse_period("P2Y") == Period{24});
  CHECK(parse_period("0.5 years") == Period{6});
  CHECK(parse_period("-3 months") == Period{-3});
  CHECK(parse_period("-P3M") == Period{-3});
  CHECK(period("1 year") == "12 months");
  CHECK(period("1 month") == "1 month");
  CHECK(period("0 months") == "0 months");
  for (const char* text : {"", "P", "P1D", "PT1M", "P6M1Y", "0.5 months", "1 day", "months", "P1Y1D", "P1MT",
                           "9223372036854775807 years", "9223372036854775808 months"}) {
    INFO(text);
    CHECK(period(text) == "none");
  }
}

TEST_CASE("durations that are written are read again") {
  for (const Duration value :
       {Duration{0, 0}, Duration{1, 0}, Duration{-1, 500'000'000}, Duration{93784, 5'000'000}, Duration{-93784, 0},
        Duration{86400, 1}, Duration{most, 999'999'999}}) {
    CHECK(parse_duration(to_text(value)) == value);
  }
}

TEST_CASE("numbers are written so that they read back, and never as whole numbers") {
  CHECK(to_text(5.0) == "5.0");
  CHECK(to_text(-0.0) == "-0.0");
  CHECK(to_text(0.1) == "0.1");
  CHECK(to_text(0.95) == "0.95");
  CHECK(to_text(1e300) == "1e+300");
  CHECK(to_text(5e-324) == "5e-324");
  CHECK(to_text(1.0 / 3) == "0.3333333333333333");
}

TEST_CASE("literals of every kind are written") {
  CHECK(to_text(Literal(true)) == "true");
  CHECK(to_text(Literal(false)) == "false");
  CHECK(to_text(Literal(std::int64_t{-5})) == "-5");
  CHECK(to_text(Literal(2.0)) == "2.0");
  CHECK(to_text(Literal(std::string("a b"))) == "a b");
  CHECK(to_text(Literal(Date{0})) == "1970-01-01");
  CHECK(to_text(Literal(Timestamp{0, 0})) == "1970-01-01T00:00:00Z");
  CHECK(to_text(Literal(Duration{60, 0})) == "1 minute");
  CHECK(to_text(Literal(Period{12})) == "12 months");
  CHECK(to_text(Literal(*parse_network("10.0.0.0/8"))) == "10.0.0.0/8");
}

}  // namespace writ::types
