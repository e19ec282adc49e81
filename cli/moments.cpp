#include "cli/moments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "engine/report/page.hpp"

namespace writ::cli {

using diagnostics::Code;
using diagnostics::Sink;

namespace {

// A day or an instant, at `begin` in the argument.
struct Part {
  std::optional<types::Date> day;
  types::Timestamp instant;
};

std::optional<Part> parse_part(const std::string& option, const std::string& argument, std::size_t begin,
                               std::size_t length, Sink& sink) {
  const std::string text = argument.substr(begin, length);
  if (const auto day = types::parse_date(text)) return Part{day, types::start_of(*day)};
  if (const auto instant = types::parse_timestamp(text)) return Part{std::nullopt, *instant};
  const diagnostics::ForeignPlace place = argument_place(option, argument, begin, std::max<std::size_t>(length, 1));
  const bool looks_right = length >= 10 && text[4] == '-' && text[7] == '-';
  sink.add(Code::invalid_argument, place,
           looks_right ? fmt::format("`{}` does not exist on the calendar or the clock", text)
                       : fmt::format("`{}` is neither a day nor an instant", text))
      .help("write a day as `2026-06-30` and an instant as `2026-06-30T12:00:00Z`");
  return std::nullopt;
}

}  // namespace

diagnostics::ForeignPlace argument_place(const std::string& option, const std::string& text, std::size_t begin,
                                         std::size_t length) {
  diagnostics::ForeignPlace place;
  place.path = option;
  place.line = 1;
  place.column = report::display_width(std::string_view(text).substr(0, begin)) + 1;
  place.line_text = text;
  place.length = std::max(report::display_width(std::string_view(text).substr(begin, length)), 1U);
  return place;
}

std::optional<types::Timestamp> parse_moment(const std::string& option, const std::string& text, Sink& sink) {
  const auto part = parse_part(option, text, 0, text.size(), sink);
  if (!part) return std::nullopt;
  return part->instant;
}

std::optional<Period> parse_period(const std::string& option, const std::string& text, Sink& sink) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) {
    sink.add(Code::invalid_argument, argument_place(option, text, 0, text.size()),
             fmt::format("`{}` is no period", text))
        .help("write its first and its last day: `2025-07-01..2026-06-30`");
    return std::nullopt;
  }
  const auto first = parse_part(option, text, 0, dots, sink);
  const auto last = parse_part(option, text, dots + 2, text.size() - dots - 2, sink);
  if (!first || !last) return std::nullopt;
  types::Timestamp end = last->instant;
  if (last->day) {
    const auto next = types::add(end, types::Duration{24 * 60 * 60, 0});
    end = next ? *next : end;
  }
  if (end <= first->instant) {
    sink.add(Code::invalid_argument, argument_place(option, text, 0, text.size()),
             "the period ends before it begins")
        .help("the first day comes first: `2025-07-01..2026-06-30`");
    return std::nullopt;
  }
  return Period{first->instant, end};
}

Period year_before(types::Timestamp now) {
  const auto start = types::add(now, types::Period{-12});
  return {start ? *start : now, now};
}

types::Timestamp clock_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since).count(), 0};
}

}  // namespace writ::cli
