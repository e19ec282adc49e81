// The patterns of evidence schemas against the functions that read the same texts.
#include "engine/report/value_schema.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <regex>

#include "language/types/literal.hpp"

using namespace writ;

namespace {

// As JSON Schema means it: ECMA-262.
bool fits(const std::regex& pattern, const std::string& text) { return std::regex_search(text, pattern); }

}  // namespace

TEST_CASE("the pattern of dates knows every day that there is") {
  const std::regex pattern(report::date_pattern());
  for (const int year : {0, 1, 4, 100, 400, 1900, 1904, 2000, 2023, 2024, 2100, 9996, 9999}) {
    for (int month = 0; month <= 13; ++month) {
      for (int day = 0; day <= 32; ++day) {
        const std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
        INFO(text);
        REQUIRE(fits(pattern, text) == types::parse_date(text).has_value());
      }
    }
  }
  for (const std::string text :
       {"", "2026-6-1", "2026-06-01 ", " 2026-06-01", "20260601", "2026-06-01T00:00:00Z"}) {
    CHECK_FALSE(fits(pattern, text));
    CHECK_FALSE(types::parse_date(text));
  }
}

TEST_CASE("the other patterns take what is read and refuse what is not") {
  const auto check = [](const std::string& pattern, const auto& parse, const std::vector<std::string>& good,
                        const std::vector<std::string>& bad) {
    const std::regex regex(pattern);
    for (const std::string& text : good) {
      INFO(text);
      CHECK(fits(regex, text));
      CHECK(parse(text).has_value());
    }
    for (const std::string& text : bad) {
      INFO(text);
      CHECK_FALSE(fits(regex, text));
      CHECK_FALSE(parse(text).has_value());
    }
  };
  check(report::timestamp_pattern(), types::parse_timestamp,
        {"2026-06-30T12:00:00Z", "2026-06-30t12:00:00z", "2026-06-30T12:00:00.5+02:00", "2024-02-29T23:59:59-11:30",
         "2016-12-31T23:59:60Z", "2026-06-30T12:00:00.1234567890123Z"},
        {"2026-06-30T12:00:00", "2026-06-30 12:00:00Z", "2026-06-30T24:00:00Z", "2026-06-30T12:60:00Z",
         "2026-02-29T12:00:00Z", "2026-06-30T12:00Z", "2026-06-30T12:00:00+24:00", "2026-06-30T12:00:00.Z", ""});
  check(report::duration_pattern(), types::parse_duration,
        {"4 hours", "1 hour", "1 day 4 hours", "-2 weeks", "1.5 days", "0 seconds", "PT4H", "P3DT12H", "P2W",
         "-PT1.5S", "P1D", "3  days", "PT1H30M"},
        {"", "4", "hours", "4hours", "4 months", "P", "PT", "P1Y", "P1DT", "4 hours 1 day", "4 hours ", "PT4",
         "P1H", "1 day, 2 hours", "four hours"});
  check(report::period_pattern(), types::parse_period, {"12 months", "1 year", "P1Y6M", "1 year 6 months", "P18M"},
        {"", "12", "12 days", "P", "PT1M", "P1Y6", "6 months 1 year", "1 year "});
  check(report::network_pattern(), types::parse_network,
        {"10.0.0.0/8", "10.0.0.1", "0.0.0.0/0", "255.255.255.255/32", "2001:db8::/32", "::1", "::", "fe80::1",
         "::ffff:10.0.0.1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "2001:DB8::A"},
        {"", "10.0.0", "10.0.0.256", "10.0.0.0/33", "010.0.0.1", "10.0.0.0/", "2001:db8::/129", "localhost",
         "1.2.3.4.5"});
}
