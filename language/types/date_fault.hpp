// What is wrong with a text that has the shape of a date or an instant and is none. In: what was written. Out: the
// part that does not exist, in words, and the nearest date or instant that does, where there is one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace writ::types {

struct DateFault {
  std::string reason;   // `February 2026 has 28 days`
  std::string title;    // what the mend is: `the last day of that month`; empty where there is none
  std::string instead;  // `2026-02-28`, with the time of day that was written
};

// Nothing where the text does not begin as a date does: `2026-06-30`.
std::optional<DateFault> date_fault(std::string_view text);

}  // namespace writ::types
