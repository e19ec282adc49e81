// Instants and audit periods as the command line writes them.
#pragma once

#include <optional>
#include <string>

#include "language/diagnostics/diagnostic.hpp"
#include "language/types/literal.hpp"

namespace writ::cli {

struct Period {
  types::Timestamp start, end;  // end exclusive
};

// `2026-06-30T00:00:00Z`, or a day, which means its midnight (UTC). `option` is what a diagnostic names: `--now`.
std::optional<types::Timestamp> parse_moment(const std::string& option, const std::string& text,
                                             diagnostics::Sink& sink);
// `2025-07-01..2026-06-30`: from the first day's midnight to the end of the last day. A timestamp means its
// instant, exclusive at the end.
std::optional<Period> parse_period(const std::string& option, const std::string& text, diagnostics::Sink& sink);
// The twelve months before `now`.
Period year_before(types::Timestamp now);
// The clock, in whole seconds.
types::Timestamp clock_now();

// A value of the command line, for a label: the option's name as the path, `text` as the line, and in it the part
// at `begin`, `length` bytes long.
diagnostics::ForeignPlace argument_place(const std::string& option, const std::string& text, std::size_t begin,
                                         std::size_t length);

}  // namespace writ::cli
