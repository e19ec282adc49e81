#include "tests/conformance/cel_calls.hpp"

#include <fmt/format.h>

#include <map>

#include "language/types/literal.hpp"
#include "tests/conformance/literals.hpp"

namespace writ::conformance {

namespace {

using Kind = CelKind;
using Arguments = std::vector<CelExpression>;

std::vector<std::string> texts(const CelExpression* object, const Arguments& arguments) {
  std::vector<std::string> out;
  if (object != nullptr) out.push_back(object->text);
  for (const CelExpression& argument : arguments) out.push_back(argument.text);
  return out;
}

[[noreturn]] void absent(const std::string& name) {
  constexpr std::pair<std::string_view, std::string_view> reasons[] = {
      {"math.", "bits, infinities, and what else numbers have in `math`"},
      {"optional.", "optional values of CEL"},
      {"base64.", "bytes"},
      {"bytes", "bytes"},
      {"a.", "names that nothing declares, and types as values"},
      {"type", "names that nothing declares, and types as values"},
      {"uint", "unsigned numbers"},
      {"format", "formats: texts are put together with `{…}`"},
      {"strings.quote", "quoting a text"},
      {"lastIndexOf", "searching from the end"},
      {"reverse", "turning a text around"},
      {"is", "kinds of addresses by name: the family of networks says them as blocks"},
  };
  for (const auto& [prefix, reason] : reasons) {
    if (name.starts_with(prefix)) throw NotHad(std::string(reason));
  }
  throw NotHad("other functions of CEL");
}

// What a literal's text spells.
std::string spelled(const CelExpression& argument) {
  if (argument.kind != Kind::text || !argument.literal)
    throw NotHad("values that are computed where ours are written");
  return argument.text.substr(1, argument.text.size() - 2);
}

CelExpression instant(const CelExpression& argument) {
  if (argument.kind == Kind::instant) return argument;
  if (argument.kind == Kind::integer) return {call("from_unix", {argument.text}), Kind::instant};
  const std::string text = spelled(argument);
  if (!types::parse_timestamp(text)) throw NotHad("instants beyond the years 1 to 9999");
  return {text, Kind::instant};
}

CelExpression length(const CelExpression& argument) {
  if (argument.kind == Kind::length) return argument;
  const std::string text = spelled(argument);
  const std::size_t unit = text.find_first_not_of("-0123456789");
  const std::string name = unit == std::string::npos ? "" : text.substr(unit);
  if (name == "s") return {fmt::format("({} seconds)", text.substr(0, unit)), Kind::length};
  if (name == "ns") return {duration_literal(std::stoll(text)), Kind::length};
  throw NotHad("durations in Protobuf's spelling");
}

CelExpression network(const CelExpression& argument) {
  if (argument.kind == Kind::network) return argument;
  const std::string text = spelled(argument);
  const auto parsed = types::parse_network(text);
  if (!parsed || text.find("::ffff:") != std::string::npos) throw NotHad("what the family of networks shows");
  return {fmt::format("(network({}) ?? \"::\")", argument.text), Kind::network};
}

CelExpression whole(const CelExpression& argument) {
  const std::string& x = argument.text;
  if (argument.kind == Kind::integer) return argument;
  if (argument.kind == Kind::floating)
    return {fmt::format("(if {0} < 0.0 then ceil({0}) else floor({0}))", x), Kind::integer};
  if (argument.kind == Kind::text) return {call("int", {x}), Kind::integer};
  if (argument.kind == Kind::instant) return {fmt::format("seconds({} - 1970-01-01T00:00:00Z)", x), Kind::integer};
  throw NotHad("conversions between other types");
}

CelExpression fraction(const CelExpression& argument) {
  if (argument.kind == Kind::floating) return argument;
  if (argument.kind == Kind::integer) return {fmt::format("({} * 1.0)", argument.text), Kind::floating};
  if (argument.kind == Kind::text) return {call("float", {argument.text}), Kind::floating};
  throw NotHad("conversions between other types");
}

// The least or the greatest of several, or of a list.
CelExpression extreme(const Arguments& arguments, std::string_view function, std::string_view query) {
  if (arguments.size() == 1 && arguments[0].kind == Kind::list)
    return {fmt::format("{}(x for x in {})", query, arguments[0].text), Kind::unknown};
  CelExpression out = arguments.at(0);
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    out = {call(function, {out.text, arguments[i].text}), arguments[i].kind};
  }
  out.literal = false;
  return out;
}

const std::map<std::string, std::pair<std::string_view, Kind>> methods = {
    {"startsWith", {"starts_with", Kind::boolean}},
    {"endsWith", {"ends_with", Kind::boolean}},
    {"contains", {"contains", Kind::boolean}},
    {"lowerAscii", {"lower", Kind::text}},
    {"upperAscii", {"upper", Kind::text}},
    {"replace", {"replace", Kind::text}},
    {"split", {"split", Kind::list}},
    {"trim", {"trim", Kind::text}},
    {"join", {"join", Kind::text}},
    {"family", {"ip_version", Kind::integer}},
    {"prefixLength", {"prefix_length", Kind::integer}},
};

CelExpression size_of(const CelExpression& argument) {
  if (argument.kind == Kind::text) return {call("length", {argument.text}), Kind::integer};
  if (argument.kind == Kind::list) return {call("size", {argument.text}), Kind::integer};
  throw NotHad("sizes of other types");
}

// Whole units of a duration.
CelExpression units_of(const CelExpression& object, const std::string& name) {
  const std::map<std::string, std::string> units = {
      {"getHours", "hours"}, {"getMinutes", "minutes"}, {"getSeconds", "seconds"}};
  const auto found = units.find(name);
  if (found == units.end()) absent(name);
  return {call(found->second, {object.text}), Kind::integer};
}

CelExpression part_of(const CelExpression& object, const std::string& name, const Arguments& arguments) {
  if (!arguments.empty()) throw NotHad("time zones: the family of times shows them");
  const std::string day = call("date", {object.text});
  const std::map<std::string, std::string> parts = {
      {"getDate", fmt::format("day({})", day)},
      {"getDayOfMonth", fmt::format("(day({}) - 1)", day)},
      {"getDayOfWeek", fmt::format("(weekday({}) % 7)", day)},
      {"getFullYear", fmt::format("year({})", day)},
      {"getMonth", fmt::format("(month({}) - 1)", day)},
      {"getHours", fmt::format("hour({})", object.text)},
      {"getMinutes", fmt::format("(minutes({} - start_of_day({})) % 60)", object.text, day)},
      {"getSeconds", fmt::format("(seconds({} - start_of_day({})) % 60)", object.text, day)},
  };
  const auto found = parts.find(name);
  if (found == parts.end()) absent(name);
  return {found->second, Kind::integer};
}

CelExpression text_of(const CelExpression& argument) {
  if (argument.kind == Kind::length) throw NotHad("durations in Protobuf's spelling");
  return {call("text", {argument.text}), Kind::text};
}

}  // namespace

CelExpression cel_call(const std::string& name, const Arguments& arguments) {
  if (name == "math.greatest") return extreme(arguments, "greatest", "max");
  if (name == "math.least") return extreme(arguments, "least", "min");
  if (arguments.size() != 1) absent(name);
  const CelExpression& only = arguments[0];
  const std::string& x = only.text;
  if (name == "dyn") return only;
  if (name == "size") return size_of(only);
  if (name == "timestamp") return instant(only);
  if (name == "duration") return length(only);
  if (name == "ip" || name == "cidr") return network(only);
  if (name == "isIP") return {fmt::format("(is_ipv4({0}) or is_ipv6({0}))", x), Kind::boolean};
  if (name == "int") return whole(only);
  if (name == "double") return fraction(only);
  if (name == "string") return text_of(only);
  if (name == "math.abs" || name == "math.ceil" || name == "math.floor" || name == "math.round")
    return {call(name.substr(5), {x}), Kind::unknown};
  if (name == "math.trunc") return whole(only);
  if (name == "math.sign") {
    const std::string_view zero = only.kind == Kind::floating ? "0.0" : "0";
    return {fmt::format("(if {0} > {1} then 1 else if {0} < {1} then -1 else 0)", x, zero), Kind::integer};
  }
  absent(name);
}

CelExpression cel_method(const CelExpression& object, const std::string& name, const Arguments& arguments) {
  const std::vector<std::string> all = texts(&object, arguments);
  if (object.kind == Kind::instant) return part_of(object, name, arguments);
  if (object.kind == Kind::length) return units_of(object, name);
  if (name == "size" && arguments.empty()) return size_of(object);
  if (name == "matches") return {fmt::format("({} matches {})", all.at(0), all.at(1)), Kind::boolean};
  if (name == "containsIP" || name == "containsCIDR")
    return {fmt::format("({} in {})", network(arguments.at(0)).text, object.text), Kind::boolean};
  if (name == "masked") return object;
  if (name == "charAt" && all.size() == 2) return {call("substring", {all[0], all[1], "1"}), Kind::text};
  if (name == "indexOf" && all.size() == 2)
    return {fmt::format("(index_of({}, {}) ?? -1)", all[0], all[1]), Kind::integer};
  if (name == "indexOf" && all.size() == 3)
    return {fmt::format("((index_of(substring({0}, {2}), {1}) ?? -1 - {2}) + {2})", all[0], all[1], all[2]),
            Kind::integer};
  if (name == "substring" && all.size() == 3)
    return {fmt::format("substring({0}, {1}, {2} - {1})", all[0], all[1], all[2]), Kind::text};
  if (name == "substring") return {call("substring", all), Kind::text};
  const auto known = methods.find(name);
  if (known == methods.end()) absent(name);
  if (name == "join" && all.size() == 1) return {call("join", {all[0], "\"\""}), Kind::text};
  return {call(known->second.first, all), known->second.second};
}

}  // namespace writ::conformance
