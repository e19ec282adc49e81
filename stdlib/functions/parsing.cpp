// Times out of texts and numbers, as vendors write them.
#include "language/types/time_format.hpp"
#include "stdlib/functions/family.hpp"

namespace writ::functions {

using facts::CallContext;
using facts::EvalError;
using facts::Value;

namespace {

template <typename T>
Value or_missing(const std::optional<T>& value) {
  return value ? Value::of(*value) : Value::missing();
}

Value parse_date(Arguments arguments, CallContext&) { return or_missing(types::parse_date(arguments[0].view())); }
Value parse_formatted_date(Arguments arguments, CallContext&) {
  return or_missing(types::parse_date(arguments[0].view(), arguments[1].view()));
}

Value parse_timestamp(Arguments arguments, CallContext&) {
  return or_missing(types::parse_timestamp(arguments[0].view()));
}
Value parse_formatted_timestamp(Arguments arguments, CallContext&) {
  return or_missing(types::parse_timestamp(arguments[0].view(), arguments[1].view()));
}

Value parse_duration(Arguments arguments, CallContext&) {
  return or_missing(types::parse_duration(arguments[0].view()));
}

Value since_epoch(types::Duration length) {
  const auto instant = types::add(types::Timestamp{}, length);
  return instant ? Value::of(*instant) : Value::error(EvalError::out_of_range_time);
}

Value from_unix(Arguments arguments, CallContext&) { return since_epoch({arguments[0].i, 0}); }

Value from_unix_millis(Arguments arguments, CallContext&) {
  const std::int64_t millis = arguments[0].i;
  const std::int64_t rest = (millis % 1000 + 1000) % 1000;
  // The least Int's seconds still count one more down.
  const std::int64_t seconds = millis / 1000 - (millis % 1000 < 0 ? 1 : 0);
  return since_epoch({seconds, static_cast<std::uint32_t>(rest) * 1'000'000});
}

constexpr Function all[] = {
    {{"parse_date", "(text: String) -> Date?",
      "The day that the text spells as `2026-06-30` (RFC 3339); missing where it spells none.",
      "parse_date(\"2024-02-29\") == 2024-02-29 and parse_date(\"2026-02-29\") is missing"},
     parse_date},
    {{"parse_date", "(text: String, format: TimeFormat) -> Date?",
      "The day that the text spells in a format: see `parse_timestamp`. It is the day as written, whatever the "
      "offset. Missing where the text is not spelled so.",
      "parse_date(\"30.6.2026\", \"%d.%m.%Y\") == 2026-06-30"},
     parse_formatted_date},
    {{"parse_timestamp", "(text: String) -> Timestamp?",
      "The instant that the text spells as `2026-06-30T12:00:00Z`, with any offset (RFC 3339); missing where it "
      "spells none.",
      "parse_timestamp(\"2026-06-30T14:00:00+02:00\") == 2026-06-30T12:00:00Z"},
     parse_timestamp},
    {{"parse_timestamp", "(text: String, format: TimeFormat) -> Timestamp?",
      "The instant that the text spells in a format, which is written out in the rule. Its parts: `%Y` the year, "
      "`%y` "
      "its last two digits (69 is 1969, 68 is 2068), `%m` the month, `%b` and `%B` its English name, short and "
      "long, "
      "`%d` the day, `%H` the hour, `%I` and `%p` the hour of twelve and AM or PM, `%M`, `%S` with any fraction, "
      "`%z` "
      "the offset (`Z`, `+02`, `+0200`, `+02:00`), `%a` and `%A` the English name of the weekday, `%s` seconds "
      "since "
      "1970, `%%` a percent sign. All else stands for itself. Without a day it is the month's first, without an "
      "hour "
      "midnight, without an offset UTC. Missing where the text is not spelled so.",
      "parse_timestamp(\"2026-06-30 14:00:00.250+0200\", \"%Y-%m-%d %H:%M:%S%z\") == 2026-06-30T12:00:00.250Z"},
     parse_formatted_timestamp},
    {{"parse_duration", "(text: String) -> Duration?",
      "The length of time that the text spells as rules do (`1 day 4 hours`) or by ISO 8601 (`P1DT4H`, without "
      "months "
      "and years, which have no one length); missing where it spells none.",
      "parse_duration(\"PT90M\") == 90 minutes"},
     parse_duration},
    {{"from_unix", "(seconds: Int) -> Timestamp",
      "The instant so many seconds after 1970-01-01T00:00:00Z. One outside the years 1 to 9999 is an error of the "
      "member.",
      "from_unix(1234567890) == 2009-02-13T23:31:30Z"},
     from_unix},
    {{"from_unix_millis", "(millis: Int) -> Timestamp",
      "The instant so many thousandths of a second after 1970-01-01T00:00:00Z. One outside the years 1 to 9999 is "
      "an "
      "error of the member.",
      "from_unix_millis(1509380732935) == 2017-10-30T16:25:32.935Z"},
     from_unix_millis},
};

}  // namespace

Family parsing() { return {"Times out of texts and numbers", all}; }

}  // namespace writ::functions
