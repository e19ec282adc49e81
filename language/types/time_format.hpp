// Days and instants in other spellings than RFC 3339, read by a format that names their parts in strptime's way:
//   %Y year, four digits   %y year, two digits (69 … 99 are 1969 … 1999)   %m month   %b %B its English name, short
//   or long   %d day   %H hour   %I hour of the twelve   %p AM or PM   %M minute   %S second, with a fraction where
//   the text has one   %z offset (Z, +02, +0200, +02:00)   %s seconds since 1970   %a %A name of the weekday   %% a
//   `%`
// Numbers may lack a leading zero where something that is no digit follows them in the format. Everything else in a
// format stands for itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "language/types/literal.hpp"

namespace writ::types {

// What is wrong with a format; nothing where it names a year and a month, or %s, and has no part twice.
std::optional<std::string> time_format_fault(std::string_view format);

// No value where the text is not spelled so, or names no day of the calendar. A format without a day means the
// month's first, one without an hour the day's beginning, one without an offset UTC. The format is a sound one.
std::optional<Timestamp> parse_timestamp(std::string_view text, std::string_view format);
// The day as it is written, whatever the offset.
std::optional<Date> parse_date(std::string_view text, std::string_view format);

}  // namespace writ::types
