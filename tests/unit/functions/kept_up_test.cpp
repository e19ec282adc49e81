// The audit period is the calendar year 2026 and today 2026-06-30, unless a test says otherwise.
#include <catch2/catch.hpp>
#include <random>
#include <string_view>
#include <vector>

#include "tests/unit/functions/call.hpp"

namespace writ::functions {

using facts::Value;
using support::Caller;

namespace {

constexpr std::string_view long_ago = "2020-01-01";

bool kept_up(Caller& caller, const std::vector<std::string_view>& dates, const Value& every,
             std::string_view since) {
  return caller.call("kept_up", {caller.days(dates), every, Caller::date(since)}).is_true();
}

bool yearly(const std::vector<std::string_view>& dates, std::string_view since = long_ago) {
  Caller caller;
  return kept_up(caller, dates, Caller::period_of("12 months"), since);
}

bool every_days(const std::vector<std::string_view>& dates, std::string_view every,
                std::string_view since = long_ago) {
  Caller caller;
  return kept_up(caller, dates, Caller::duration(every), since);
}

}  // namespace

TEST_CASE("a date before the period counts while it lasts") {
  CHECK(yearly({"2025-06-30"}));
  CHECK_FALSE(yearly({"2025-06-29"}));
  CHECK_FALSE(yearly({}));
  CHECK(yearly({"2025-01-01", "2026-01-01"}));
  CHECK(yearly({"2024-12-31", "2026-01-01"}));
  CHECK_FALSE(yearly({"2024-12-31", "2026-01-02"}));
}

TEST_CASE("a gap that began before the period is not cut at its start") {
  // Eight months before a half-year period, and none within.
  Caller caller;
  caller.period("2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z").now("2026-07-15T00:00:00Z");
  CHECK_FALSE(kept_up(caller, {"2025-05-01"}, Caller::period_of("12 months"), long_ago));
  CHECK(kept_up(caller, {"2025-06-30"}, Caller::period_of("12 months"), long_ago));
}

TEST_CASE("every gap counts, in whichever order the dates are given") {
  CHECK(every_days({"2026-04-01", "2025-12-15", "2026-06-01", "2026-02-01"}, "60 days"));
  CHECK_FALSE(every_days({"2026-04-01", "2025-12-15", "2026-06-01"}, "60 days"));
  CHECK_FALSE(every_days({"2026-01-01", "2026-03-01", "2026-04-01"}, "60 days"));
  CHECK(every_days({"2026-01-01", "2026-03-02", "2026-05-02"}, "60 days"));
  // The day after the last that is covered may begin the next.
  CHECK(every_days({"2026-01-01", "2026-03-03", "2026-05-03"}, "60 days"));
  CHECK_FALSE(every_days({"2026-01-01", "2026-03-04", "2026-05-03"}, "60 days"));
}

TEST_CASE("what is to come covers nothing") {
  CHECK_FALSE(yearly({"2026-07-01"}));
  CHECK(yearly({"2026-07-01", "2025-09-01"}));
}

TEST_CASE("a duty that begins within the period is first owed one interval later") {
  CHECK(yearly({}, "2026-01-01"));
  CHECK(yearly({}, "2026-06-30"));
  CHECK_FALSE(yearly({}, "2025-12-31"));
  CHECK(every_days({}, "30 days", "2026-06-01"));
  CHECK_FALSE(every_days({}, "28 days", "2026-06-01"));
  CHECK(every_days({"2026-06-15"}, "28 days", "2026-06-01"));
}

TEST_CASE("where no day is asked about, nothing has lapsed") {
  CHECK(yearly({}, "2026-07-01"));
  Caller future;
  future.now("2025-06-30T00:00:00Z");
  CHECK(kept_up(future, {}, Caller::period_of("12 months"), long_ago));
}

TEST_CASE("the period's end is not part of it") {
  Caller midnight;
  midnight.period("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z");
  CHECK(kept_up(midnight, {"2026-01-01"}, Caller::duration("58 days"), long_ago));  // through 28 February
  Caller noon;
  noon.period("2026-01-01T00:00:00Z", "2026-03-01T12:00:00Z");
  CHECK_FALSE(kept_up(noon, {"2026-01-01"}, Caller::duration("58 days"), long_ago));
  CHECK(kept_up(noon, {"2026-01-01"}, Caller::duration("59 days"), long_ago));
}

TEST_CASE("months are clamped to the month's end") {
  Caller caller;
  caller.period("2026-01-31T00:00:00Z", "2026-03-02T00:00:00Z");
  CHECK_FALSE(kept_up(caller, {"2026-01-31"}, Caller::period_of("1 month"), long_ago));
  CHECK(kept_up(caller, {"2026-01-31", "2026-03-01"}, Caller::period_of("1 month"), long_ago));
}

TEST_CASE("intervals at the edges of what can be") {
  CHECK(every_days({"2020-01-01"}, "9223372036854775807 seconds"));
  CHECK(yearly({"2020-01-01"}) == false);
  Caller caller;
  CHECK(kept_up(caller, {"2020-01-01"}, Value::of(types::Period{9223372036854775807}), long_ago));
  CHECK_FALSE(kept_up(caller, {"2020-01-01", "2026-06-30"}, Value::of(types::Period{-1}), long_ago));
  CHECK_FALSE(every_days({"2026-01-01"}, "-9223372036854775807 seconds"));
  CHECK_FALSE(every_days({"2026-01-01"}, "12 hours"));
  Caller day;
  day.period("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
  CHECK(kept_up(day, {"2026-01-01"}, Caller::duration("0 seconds"), long_ago));
}

TEST_CASE("the sweep agrees with the definition, day by day") {
  std::mt19937 random(20260630);
  const auto below = [&random](int limit) {
    return static_cast<std::int32_t>(random() % static_cast<unsigned>(limit));
  };
  const std::int32_t base = types::parse_date("2026-01-01")->days;
  int kept = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::int32_t first = base + below(20);
    const std::int32_t end = first + below(60);
    const std::int32_t today = base + below(80);
    const std::int32_t since = base - 20 + below(80);
    const std::int32_t every_days_count = below(40);
    std::vector<std::int32_t> dates(static_cast<std::size_t>(below(6)));
    for (std::int32_t& date : dates) date = base - 20 + below(100);

    bool expected = true;
    const std::int32_t from = std::max(first, since);
    const std::int32_t to = std::min(end - 1, today);
    for (std::int32_t day = from; day <= to; ++day) {
      bool covered = since >= first && since <= day && day <= since + every_days_count;
      for (const std::int32_t date : dates) covered |= date <= day && day <= date + every_days_count;
      expected &= covered;
    }

    Caller caller;
    caller.period(types::to_text(types::start_of({first})), types::to_text(types::start_of({end})));
    caller.now(types::to_text(types::start_of({today})));
    std::vector<Value> items;
    for (const std::int32_t date : dates) items.push_back(Value::of(types::Date{date}));
    const Value result =
        caller.call("kept_up", {caller.list(items), Value::of(types::Duration{every_days_count * 86400, 0}),
                                Value::of(types::Date{since})});
    if (result.is_true() != expected) FAIL("round " << round);
    kept += expected ? 1 : 0;
  }
  CHECK(kept > 500);
  CHECK(kept < 3500);
}

}  // namespace writ::functions
