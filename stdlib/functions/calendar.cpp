// Days, instants and lengths of time. Days are those of UTC.
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "stdlib/functions/family.hpp"

namespace writ::functions {

using facts::CallContext;
using facts::EvalError;
using facts::Value;
using facts::ValueKind;
using types::Date;

namespace {

Value date(Arguments arguments, CallContext&) { return Value::of(types::date_of(arguments[0].as_timestamp())); }
Value start_of_day(Arguments arguments, CallContext&) { return Value::of(types::start_of(arguments[0].as_date())); }

Value end_of_day(Arguments arguments, CallContext&) {
  const auto next = types::add(arguments[0].as_date(), types::Duration{86400, 0});
  return next ? Value::of(types::start_of(*next)) : Value::error(EvalError::out_of_range_time);
}

Value age_of_date(Arguments arguments, CallContext& context) {
  return Value::of(types::difference(context.today, arguments[0].as_date()));
}

Value age_of_instant(Arguments arguments, CallContext& context) {
  return Value::of(types::difference(context.now, arguments[0].as_timestamp()));
}

Value year(Arguments arguments, CallContext&) { return Value::integer(types::civil(arguments[0].as_date()).year); }
Value month(Arguments arguments, CallContext&) {
  return Value::integer(types::civil(arguments[0].as_date()).month);
}
Value day(Arguments arguments, CallContext&) { return Value::integer(types::civil(arguments[0].as_date()).day); }

Value quarter(Arguments arguments, CallContext&) {
  return Value::integer((types::civil(arguments[0].as_date()).month + 2) / 3);
}

Value hour(Arguments arguments, CallContext&) {
  const types::Timestamp instant = arguments[0].as_timestamp();
  return Value::integer((instant.seconds - types::start_of(types::date_of(instant)).seconds) / 3600);
}

// 0 for Monday … 6 for Sunday; 1970-01-01 was a Thursday.
std::int64_t weekday_of(std::int64_t days) { return ((days + 3) % 7 + 7) % 7; }

Value weekday(Arguments arguments, CallContext&) { return Value::integer(weekday_of(arguments[0].i) + 1); }

// Mondays to Fridays from Monday 1969-12-29 (day -3) up to and including a day; negative before it.
std::int64_t business_days_through(std::int64_t days) {
  const std::int64_t since = days + 4;  // days in the count
  const std::int64_t weeks = (since - weekday_of(days) - 1) / 7;
  return weeks * 5 + std::min<std::int64_t>(weekday_of(days) + 1, 5);
}

Value business_days(Arguments arguments, CallContext&) {
  return Value::integer(business_days_through(arguments[1].i) - business_days_through(arguments[0].i));
}

// Whole units, the rest cut off toward zero.
Value whole_units(const Value& length, std::int64_t unit) {
  std::int64_t seconds = length.i;
  if (seconds < 0 && length.aux != 0) ++seconds;
  return Value::integer(seconds / unit);
}

Value days(Arguments arguments, CallContext&) { return whole_units(arguments[0], 86400); }
Value hours(Arguments arguments, CallContext&) { return whole_units(arguments[0], 3600); }
Value minutes(Arguments arguments, CallContext&) { return whole_units(arguments[0], 60); }
Value seconds(Arguments arguments, CallContext&) { return whole_units(arguments[0], 1); }
Value months(Arguments arguments, CallContext&) { return Value::integer(arguments[0].i); }

// The last day that something done on a day covers. Beyond the calendar's ends, the end.
std::int32_t covered_through(Date from, const Value& every) {
  const bool period = every.kind == ValueKind::period;
  const auto last = period ? types::add(from, every.as_period()) : types::add(from, every.as_duration());
  if (last) return last->days;
  const std::int32_t end = types::from_civil({9999, 12, 31}).days;
  return every.i < 0 ? from.days - 1 : end;
}

Value kept_up(Arguments arguments, CallContext& context) {
  const Value& every = arguments[1];
  const Date since = arguments[2].as_date();
  // The period's end is not part of it.
  const types::Timestamp end = context.period_end;
  const Date end_day = types::date_of(end);
  const bool ends_at_midnight = end == types::start_of(end_day);
  const std::int32_t first_of_period = types::date_of(context.period_start).days;
  const std::int32_t first = std::max(first_of_period, since.days);
  const std::int32_t last = std::min(end_day.days - (ends_at_midnight ? 1 : 0), context.today.days);
  if (first > last) return Value::boolean(true);

  std::vector<std::int32_t> done;
  const std::uint32_t count = facts::list_size(arguments[0]);
  done.reserve(count + 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Date on = facts::list_element(arguments[0], i).as_date();
    if (on.days <= last) done.push_back(on.days);
  }
  // A duty that begins within the period is first owed one interval later.
  if (since.days >= first_of_period) done.push_back(since.days);
  std::sort(done.begin(), done.end());

  std::int32_t covered = first - 1;
  for (const std::int32_t on : done) {
    if (on > covered + 1) return Value::boolean(false);
    covered = std::max(covered, covered_through({on}, every));
    if (covered >= last) return Value::boolean(true);
  }
  return Value::boolean(false);
}

constexpr Function all[] = {
    {{"date", "(instant: Timestamp) -> Date", "The day, in UTC, of an instant.",
      "date(2026-06-30T23:59:59Z) == 2026-06-30"},
     date},
    {{"start_of_day", "(day: Date) -> Timestamp", "The instant at which the day begins, 00:00 UTC.",
      "start_of_day(2026-06-30) == 2026-06-30T00:00:00Z"},
     start_of_day},
    {{"end_of_day", "(day: Date) -> Timestamp",
      "The instant at which the day ends: 00:00 UTC of the next. The last day of the year 9999 has none: an error "
      "of "
      "the member.",
      "end_of_day(2026-06-30) == 2026-07-01T00:00:00Z"},
     end_of_day},
    {{"age", "(since: Date) -> Duration",
      "How long ago the day was, counted to `today`; negative for days to come.", "age(today) == 0 days", true},
     age_of_date},
    {{"age", "(since: Timestamp) -> Duration",
      "How long ago the instant was, counted to `now`; negative for instants to come.", "age(now) == 0 seconds",
      true},
     age_of_instant},
    {{"business_days", "(from: Date, to: Date) -> Int",
      "How many Mondays to Fridays come after `from`, up to and including `to`; negative where `to` comes first. "
      "Holidays are not known.",
      "business_days(2026-07-03, 2026-07-06) == 1"},
     business_days},
    {{"year", "(day: Date) -> Int", "The year, 1 to 9999.", "year(2026-06-30) == 2026"}, year},
    {{"month", "(day: Date) -> Int", "The month, 1 to 12.", "month(2026-06-30) == 6"}, month},
    {{"day", "(day: Date) -> Int", "The day of the month, 1 to 31.", "day(2026-06-30) == 30"}, day},
    {{"quarter", "(day: Date) -> Int", "The quarter of the calendar year, 1 to 4.", "quarter(2026-06-30) == 2"},
     quarter},
    {{"hour", "(instant: Timestamp) -> Int", "The hour of the day in UTC, 0 to 23.",
      "hour(2026-06-30T14:00:00+02:00) == 12"},
     hour},
    {{"weekday", "(day: Date) -> Int", "The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).",
      "weekday(2026-06-30) == 2"},
     weekday},
    {{"days", "(length: Duration) -> Int", "How many whole days (24 hours) it has, the rest cut off.",
      "days(36 hours) == 1"},
     days},
    {{"hours", "(length: Duration) -> Int", "How many whole hours it has, the rest cut off.",
      "hours(90 minutes) == 1"},
     hours},
    {{"minutes", "(length: Duration) -> Int", "How many whole minutes it has, the rest cut off.",
      "minutes(90 seconds) == 1"},
     minutes},
    {{"seconds", "(length: Duration) -> Int", "How many whole seconds it has, the rest cut off.",
      "seconds(2 minutes) == 120"},
     seconds},
    {{"months", "(length: Period) -> Int", "How many months it has; a year has 12.", "months(1 year) == 12"},
     months},
    {{"kept_up", "(dates: Collection<Date>, every: Period | Duration, since: Date) -> Bool",
      "Whether something that is to be done every so often never lapsed in the audit period: each day, from the "
      "later "
      "of the period's start and `since` to the earlier of its end and `today`, has a date `x` among the dates "
      "with "
      "`x <= day <= x + every`. Where `since` lies within the period, it counts as such a date. A date before the "
      "period counts while it lasts. Adding months is clamped to the month's end.",
      "kept_up([today], every: 12 months, since: today)", true},
     kept_up},
};

}  // namespace

Family calendar() { return {"Days, instants and lengths of time", all}; }

}  // namespace writ::functions
