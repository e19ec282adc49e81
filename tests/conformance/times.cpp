// Instants, days and lengths of time.
#include <fmt/format.h>

#include <map>
#include <optional>

#include "tests/conformance/literals.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

namespace {

constexpr std::string_view no_zones = "time zones by name: instants are in UTC, which needs no table of zones";
constexpr std::string_view wider = "instants lie in the years 1 to 9999, more than 64 bits of nanoseconds hold";
constexpr std::string_view epoch = "1970-01-01T00:00:00Z";

// Formats of Go and JSONata that the lines use.
const std::map<std::string, std::string_view> formats = {
    {"01/02 03:04:05PM '06 -0700", "%m/%d %I:%M:%S%p '%y %z"},
    {"02 Jan 06 15:04 -0700", "%d %b %y %H:%M %z"},
    {"RFC822Z", "%d %b %y %H:%M %z"},
    {"[Y0001][M01]", "%Y%m"},
    {"[Y,*-4][M01]", "%Y%m"},
    {"[Y0001][M01][D01]", "%Y%m%d"},
};

// The instant so many nanoseconds after 1970.
std::string instant(std::int64_t nanoseconds) {
  return fmt::format("({} + {})", epoch, duration_literal(nanoseconds));
}

// `-1s`, `1ns`
std::int64_t nanoseconds(const std::string& text) {
  const std::int64_t number = std::stoll(text);
  return text.ends_with("ns") ? number : number * 1'000'000'000;
}

std::string length_or_instant(const std::string& type, const std::string& text) {
  if (type == "timestamp") return text;
  if (text.ends_with("ns")) return duration_literal(nanoseconds(text));
  return fmt::format("({} seconds)", text.substr(0, text.size() - 1));
}

// `cel:timestamp+duration`
Case operation(const Line& line) {
  const std::string text = line.function.substr(4);
  const std::size_t sign = text.find_first_of("+-<>=!");
  const std::size_t behind = text.find_first_not_of("+-<>=!", sign);
  const std::string left = length_or_instant(text.substr(0, sign), line.args[0]);
  const std::string right = length_or_instant(text.substr(behind), line.args[1]);
  const std::string ours = fmt::format("{} {} {}", left, text.substr(sign, behind - sign), right);
  if (!line.wants_error()) return gives(ours, line.want().dump());
  if (text.starts_with("duration") || text == "timestamp-timestamp") {
    return differs("a `Duration` has 64 bits of seconds, which hold the difference of any two instants",
                   holds(fmt::format("{} != 0 seconds", ours)));
  }
  return fails(ours);
}

// Minutes east of UTC; nothing for a zone with a name.
std::optional<int> offset(const Line& line) {
  if (line.args.size() < 2 || line.args[1] == "UTC") return 0;
  std::string text = line.args[1];
  const bool west = text.starts_with('-');
  if (west || text.starts_with('+')) text.erase(0, 1);
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int minutes = std::stoi(text.substr(0, 2)) * 60 + std::stoi(text.substr(3));
  return west ? -minutes : minutes;
}

Case part(const Line& line) {
  const std::string name = line.function.substr(std::string("cel:timestamp.get").size());
  if (name == "Milliseconds") return not_had("thousandths of an instant");
  const auto east = offset(line);
  if (!east) return not_had(std::string(no_zones));
  const std::string at = fmt::format("({} + ({} minutes))", line.args[0].get<std::string>(), *east);
  const std::string day = call("date", {at});
  const std::map<std::string, std::string> parts = {
      {"Date", fmt::format("day({})", day)},
      {"DayOfMonth", fmt::format("day({}) - 1", day)},
      {"DayOfWeek", fmt::format("weekday({}) % 7", day)},
      {"FullYear", fmt::format("year({})", day)},
      {"Month", fmt::format("month({}) - 1", day)},
      {"Hours", fmt::format("hour({})", at)},
      {"Minutes", fmt::format("minutes({} - start_of_day({})) % 60", at, day)},
      {"Seconds", fmt::format("seconds({} - start_of_day({})) % 60", at, day)},
  };
  return gives(parts.at(name), line.want().dump());
}

Case parsed(const Line& line, const std::string& ours) {
  if (line.wants_error()) return missing(ours);
  return gives(ours, line.object.at("want_canonical").get<std::string>());
}

// TOML's dates and times. Those without an offset are held to be in UTC; a space for the `T`, and seconds left out,
// want a format.
Case toml(const Line& line) {
  const auto text = line.args[0].get<std::string>();
  if (line.function == "parse_date_local") return parsed(line, call("parse_date", {text_literal(text)}));
  Line completed = line;
  std::string full = text;
  if (line.function == "parse_time_local") full = "2026-06-30T" + text;
  if (line.function != "parse_datetime") {
    full += "Z";
    if (!line.wants_error()) {
      auto wanted = line.object.at("want_canonical").get<std::string>() + "Z";
      completed.object["want_canonical"] = line.function == "parse_time_local" ? "2026-06-30T" + wanted : wanted;
    }
  }
  if (line.wants_error()) return parsed(completed, call("parse_timestamp", {text_literal(full)}));
  const bool spaced = full[10] == ' ';
  const bool seconds = full.size() > 16 && full[16] == ':';
  if (!spaced && seconds) return parsed(completed, call("parse_timestamp", {text_literal(full)}));
  const std::string format = fmt::format("\"%Y-%m-%d{}%H:%M{}%z\"", full[10], seconds ? ":%S" : "");
  return parsed(completed, call("parse_timestamp", {text_literal(full), format}));
}

Case with_format(const Line& line, const nlohmann::json& format, const nlohmann::json& text) {
  const auto found = formats.find(format.get<std::string>());
  std::vector<std::string> args = {*literal(text)};
  if (found != formats.end()) args.push_back(text_literal(found->second));
  const std::string ours = call("parse_timestamp", args);
  if (line.wants_error()) return differs(std::string(wider), holds(ours + " is present"));
  return gives(ours, instant(line.want().get<std::int64_t>()));
}

Case millis(const Line& line) {
  const std::string text = *literal(line.args[0]);
  std::vector<std::string> args = {text};
  if (line.args.size() == 2) args.push_back(text_literal(formats.at(line.args[1])));
  if (line.wants_error()) return missing(call("parse_timestamp", args));
  if (line.args.size() == 1) args.emplace_back("\"%Y-%m-%d\"");
  return gives(call("parse_timestamp", args), call("from_unix_millis", {line.want().dump()}));
}

Case of_nanoseconds(const Line& line) {
  const nlohmann::json& first = line.args[0].is_array() ? line.args[0][0] : line.args[0];
  if (line.args[0].is_array() && line.args[0][1] != "") return not_had(std::string(no_zones));
  if (line.function == "opa:time.format") return not_had("formats for instants that are shown");
  const std::string at = first.is_number_float() || first.is_number_unsigned()
                             ? fmt::format("from_unix({:.0f})", first.get<double>() / 1e9)
                             : instant(first.get<std::int64_t>());
  const bool too_big =
      first.is_number_float() || (first.is_number_unsigned() && first.get<std::uint64_t>() > INT64_MAX);
  const std::string whole = too_big ? at : instant(first.get<std::int64_t>());
  const std::string day = call("date", {whole});
  if (line.function == "opa:time.date") {
    const std::string ours = fmt::format("[year({0}), month({0}), day({0})]", day);
    return line.wants_error() ? fails(ours) : gives(ours, *literal(line.want()));
  }
  if (line.function == "opa:time.weekday") {
    const std::string ours = call("weekday", {day});
    if (line.wants_error()) return fails(ours);
    const std::map<std::string, std::string> numbers = {{"Monday", "1"},   {"Tuesday", "2"}, {"Wednesday", "3"},
                                                        {"Thursday", "4"}, {"Friday", "5"},  {"Saturday", "6"},
                                                        {"Sunday", "7"}};
    return gives(ours, numbers.at(line.want()));
  }
  const std::string ours =
      fmt::format("{} + ({} months) + ({} days)", whole, line.args[1].get<int>() * 12 + line.args[2].get<int>(),
                  line.args[3].get<int>());
  if (line.wants_error()) return differs(std::string(wider), holds(fmt::format("{} != {}", ours, epoch)));
  return gives(ours, instant(line.want().get<std::int64_t>()));
}

}  // namespace

Case time_case(const Line& line) {
  const std::string& function = line.function;
  if (function.starts_with("parse_")) return toml(line);
  if (function == "opa:time.parse_rfc3339_ns") return with_format(line, "", line.args[0]);
  if (function == "opa:time.parse_ns") return with_format(line, line.args[0], line.args[1]);
  if (function == "opa:time.parse_duration_ns") return not_had("durations in Go's spelling");
  if (function == "jsonata:$toMillis") return millis(line);
  if (function == "jsonata:$fromMillis")
    return gives(call("text", {call("from_unix_millis", {line.args[0].dump()})}), *literal(line.want()));
  if (function.starts_with("opa:time")) return of_nanoseconds(line);
  if (function == "cel:string_of_duration") return not_had("durations in Protobuf's spelling");
  if (function == "cel:duration.getMinutes")
    return gives(call("minutes", {length_or_instant("duration", line.args[0])}), line.want().dump());
  if (function.starts_with("cel:timestamp.get")) return part(line);
  return operation(line);
}

}  // namespace writ::conformance
