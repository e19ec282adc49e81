#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "language/types/time_format.hpp"
#include "tests/unit/functions/call.hpp"

namespace writ::functions {

using facts::Value;
using support::Caller;

namespace {

std::string of(std::string_view name, std::string_view text) {
  Caller caller;
  return caller.shown(name, {caller.text(text)});
}

std::string with(std::string_view name, std::string_view text, std::string_view format) {
  Caller caller;
  return caller.shown(name, {caller.text(text), caller.text(format)}, 1);
}

std::string fault(std::string_view format) { return types::time_format_fault(format).value_or(""); }

}  // namespace

TEST_CASE("days, instants and lengths out of texts") {
  CHECK(of("parse_date", "2024-02-29") == "2024-02-29");
  CHECK(of("parse_date", "2026-02-29") == "missing");
  CHECK(of("parse_date", "2026-06-30T00:00:00Z") == "missing");
  CHECK(of("parse_timestamp", "2026-06-30T14:00:00+02:00") == "2026-06-30T12:00:00Z");
  CHECK(of("parse_timestamp", "2026-06-30") == "missing");
  CHECK(of("parse_duration", "PT90M") == "1 hour 30 minutes");
  CHECK(of("parse_duration", "P1M") == "missing");
  CHECK(of("parse_duration", "") == "missing");
}

TEST_CASE("formats of days") {
  CHECK(with("parse_date", "30.06.2026", "%d.%m.%Y") == "2026-06-30");
  CHECK(with("parse_date", "1.6.2026", "%d.%m.%Y") == "2026-06-01");
  CHECK(with("parse_date", "20260630", "%Y%m%d") == "2026-06-30");
  CHECK(with("parse_date", "202663", "%Y%m%d") == "missing");  // nothing tells the month from the day
  CHECK(with("parse_date", "Jun 30, 2026", "%b %d, %Y") == "2026-06-30");
  CHECK(with("parse_date", "30 JUNE 2026", "%d %B %Y") == "2026-06-30");
  CHECK(with("parse_date", "Tue 30 Jun 2026", "%a %d %b %Y") == "2026-06-30");
  CHECK(with("parse_date", "Mon 30 Jun 2026", "%a %d %b %Y") == "missing");
  CHECK(with("parse_date", "06/2026", "%m/%Y") == "2026-06-01");
  CHECK(with("parse_date", "29/02/26", "%d/%m/%y") == "missing");
  CHECK(with("parse_date", "29/02/68", "%d/%m/%y") == "2068-02-29");
  CHECK(with("parse_date", "01/02/69", "%d/%m/%y") == "1969-02-01");
  CHECK(with("parse_date", "100% 2026-06", "100%% %Y-%m") == "2026-06-01");
  CHECK(with("parse_date", "2026-06-30 ", "%Y-%m-%d") == "missing");
  CHECK(with("parse_date", "0000-01-01", "%Y-%m-%d") == "missing");
  CHECK(with("parse_date", "2026-06-30 23:30 -0500", "%Y-%m-%d %H:%M %z") == "2026-06-30");
  CHECK(with("parse_date", "1234567890", "%s") == "2009-02-13");
}

TEST_CASE("formats of instants") {
  const std::string_view jira = "%Y-%m-%dT%H:%M:%S%z";
  CHECK(with("parse_timestamp", "2026-06-30T14:00:00.250+0200", jira) == "2026-06-30T12:00:00.25Z");
  CHECK(with("parse_timestamp", "2026-06-30T14:00:00Z", jira) == "2026-06-30T14:00:00Z");
  CHECK(with("parse_timestamp", "2026-06-30T14:00:00+02", jira) == "2026-06-30T12:00:00Z");
  CHECK(with("parse_timestamp", "2026-06-30T14:00:00", jira) == "missing");
  CHECK(with("parse_timestamp", "2026-06-30T14:00:00+2460", jira) == "missing");
  CHECK(with("parse_timestamp", "2026-06-30T14:00:00.Z", jira) == "missing");
  CHECK(with("parse_timestamp", "2016-12-31T23:59:60Z", jira) == "2017-01-01T00:00:00Z");
  CHECK(with("parse_timestamp", "2016-12-31T22:59:60Z", jira) == "missing");
  CHECK(with("parse_timestamp", "6/30/2026 12:05 AM", "%m/%d/%Y %I:%M %p") == "2026-06-30T00:05:00Z");
  CHECK(with("parse_timestamp", "6/30/2026 12:05 pm", "%m/%d/%Y %I:%M %p") == "2026-06-30T12:05:00Z");
  CHECK(with("parse_timestamp", "6/30/2026 13:05 pm", "%m/%d/%Y %I:%M %p") == "missing");
  CHECK(with("parse_timestamp", "-1.5", "%s") == "1969-12-31T23:59:58.5Z");
  CHECK(with("parse_timestamp", "999999999999", "%s") == "missing");
  CHECK(with("parse_timestamp", "0001-01-01 00:00 +0100", "%Y-%m-%d %H:%M %z") == "missing");
}

TEST_CASE("formats that say nothing") {
  CHECK(fault("%Y-%m-%d").empty());
  CHECK(fault("%s").empty());
  CHECK(fault("") == "it has no year (`%Y`)");
  CHECK(fault("%Y") == "it has no month (`%m`)");
  CHECK(fault("%Y-%m-%Y") == "`%Y` stands twice");
  CHECK(fault("%Y-%m-%q") == "there is no part `%q`");
  CHECK(fault("%Y-%m-%") == "a `%` at the end names no part");
  CHECK(fault("%Y-%m-%d %I") == "`%I` and `%p` go together");
  CHECK(fault("%Y %s") == "`%s` stands for the whole instant");
}

TEST_CASE("instants from counts since 1970") {
  const auto at = [](std::string_view name, std::int64_t count) {
    return Caller().shown(name, {Value::integer(count)});
  };
  CHECK(at("from_unix", 1234567890) == "2009-02-13T23:31:30Z");
  CHECK(at("from_unix", -62135596800) == "0001-01-01T00:00:00Z");
  CHECK(at("from_unix", -62135596801) == "error");
  CHECK(at("from_unix", std::numeric_limits<std::int64_t>::max()) == "error");
  CHECK(at("from_unix_millis", 1509380732935) == "2017-10-30T16:25:32.935Z");
  CHECK(at("from_unix_millis", -1) == "1969-12-31T23:59:59.999Z");
  CHECK(at("from_unix_millis", std::numeric_limits<std::int64_t>::min()) == "error");
}

}  // namespace writ::functions
