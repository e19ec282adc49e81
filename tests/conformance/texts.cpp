// Functions of texts.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "tests/conformance/literals.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

namespace {

constexpr std::string_view beyond =
    "what lies beyond the end of a text is empty, as in most libraries, so a short text does not fail its member";
constexpr std::string_view no_limit = "a limit on the number of parts or replacements";
constexpr std::string_view nothing_to_find =
    "an empty text to split by or to replace is more often a mistake than meant: it fails the member";

// Same name of the suite's, same arguments in the same order.
const std::map<std::string, std::string_view> same = {
    {"opa:contains", "contains"},
    {"opa:startswith", "starts_with"},
    {"opa:endswith", "ends_with"},
    {"cel:string.contains", "contains"},
    {"cel:string.startsWith", "starts_with"},
    {"cel:string.endsWith", "ends_with"},
    {"opa:trim", "trim"},
    {"opa:trim_space", "trim"},
    {"opa:trim_prefix", "trim_prefix"},
    {"opa:trim_suffix", "trim_suffix"},
    {"opa:upper", "upper"},
    {"opa:replace", "replace"},
    {"cel:string.replace", "replace"},
    {"opa:split", "split"},
    {"cel:string.split", "split"},
    {"cel:string.lowerAscii", "lower"},
    {"cel:string.upperAscii", "upper"},
    {"jsonata:$contains", "contains"},
    {"jsonata:$join", "join"},
    {"jsonata:$length", "length"},
    {"jsonata:$lowercase", "lower"},
    {"jsonata:$uppercase", "upper"},
    {"jsonata:$replace", "replace"},
    {"jsonata:$split", "split"},
};

const std::map<std::string, std::string_view> absent = {
    {"cel:string.lastIndexOf", "searching from the end"},
    {"cel:string.reverse", "turning a text around"},
    {"opa:strings.reverse", "turning a text around"},
    {"jsonata:$pad", "padding"},
    {"opa:sprintf", "formats: texts are put together with `{…}`"},
    {"opa:indexof_n", "all places of a part"},
    {"opa:strings.replace_n", "several replacements at once"},
    {"opa:trim_left", "trimming one end alone"},
    {"opa:trim_right", "trimming one end alone"},
    {"jsonata:$trim", "a text taken from the context"},
};

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// What the line wants of an expression.
Case wanted(const Line& line, std::string expression) {
  if (line.wants_error()) return fails(std::move(expression));
  const auto want = literal(line.want());
  if (!want) return not_had("results of several types");
  return gives(std::move(expression), *want);
}

// Texts, or one alone, as a collection; none of them is a list too.
std::string several(const nlohmann::json& value) {
  const auto* items = elements(value);
  if (items == nullptr) return list_literal({literal(value).value_or("missing")});
  if (items->empty()) return "[x for x in [\"\"] where x != \"\"]";
  return literal(value).value_or("missing");
}

Case prefixes(const Line& line, std::string_view function) {
  return wanted(line, fmt::format("some text in {}, part in {} where {}(text, part)", several(line.args[0]),
                                  several(line.args[1]), function));
}

Case substring(const Line& line, const std::vector<std::string>& args) {
  if (args.size() == 1 || args.size() > 3 || !line.args[1].is_number()) return fails(call("substring", args));
  const auto start = line.args[1].get<std::int64_t>();
  if (line.function == "jsonata:$substring" && start < 0) {
    return differs("a place before the text's beginning fails the member; places are not counted from the end",
                   fails(call("substring", args)));
  }
  if (args.size() == 2) {
    const std::string ours = call("substring", args);
    if (line.function == "cel:string.substring" && line.wants_error() && start > 0)
      return differs(std::string(beyond), gives(ours, "\"\""));
    return wanted(line, ours);
  }
  if (!line.args[2].is_number()) return fails(call("substring", args));
  auto length = line.args[2].get<std::int64_t>();
  if (line.function == "opa:substring" && length < 0) return wanted(line, call("substring", {args[0], args[1]}));
  if (line.function == "cel:string.substring") length -= start;
  const std::string ours = call("substring", {args[0], args[1], fmt::format("({})", length)});
  if (line.function == "cel:string.substring" && line.wants_error() && length >= 0) {
    const auto text = line.args[0].get<std::string>();
    const std::string rest =
        static_cast<std::size_t>(start) < text.size() ? text.substr(static_cast<std::size_t>(start)) : "";
    return differs(std::string(beyond), gives(ours, text_literal(rest)));
  }
  return wanted(line, ours);
}

Case index_of(const Line& line, const std::vector<std::string>& args) {
  const std::string& text = args[0];
  const std::string& part = args[1];
  if (args.size() == 2) return wanted(line, fmt::format("index_of({}, {}) ?? -1", text, part));
  if (args.size() > 3) return fails(call("index_of", args));
  return wanted(line, fmt::format("(index_of(substring({}, {}), {}) ?? -1 - {}) + {}", text, args[2], part, args[2],
                                  args[2]));
}

Case split_or_replace(const Line& line, std::string_view function, std::vector<std::string> args) {
  const std::size_t expected = function == "split" ? 2 : 3;
  const auto& last = line.args.back();
  if (args.size() == expected + 1 && last.is_number()) {
    if (last != -1) return line.wants_error() ? fails(call(function, args)) : not_had(std::string(no_limit));
    args.pop_back();
  }
  const Case ours = wanted(line, call(function, args));
  if (!line.wants_error() && line.args[1] == "")
    return differs(std::string(nothing_to_find), fails(ours.expression));
  return ours;
}

// Before or after a mark; the whole text where it has none.
Case part_of(const Line& line, const std::vector<std::string>& args) {
  const std::string& text = args[0];
  const std::string& mark = args.at(1);
  if (line.function == "jsonata:$substringBefore")
    return wanted(line, fmt::format("substring({0}, 0, index_of({0}, {1}) ?? length({0}))", text, mark));
  return wanted(line,
                fmt::format("substring({0}, (index_of({0}, {1}) ?? -length({1})) + length({1}))", text, mark));
}

Case string_of(const Line& line, const std::vector<std::string>& args) {
  if (line.wants_error()) return fails(call("text", args));
  if (line.args[0].is_array() || line.args[0].is_object()) return not_had("values as JSON");
  const Case ours = wanted(line, call("text", {args[0]}));
  if (line.args[0] == 1e-7)
    return differs("exponents have two digits, as in C", gives(ours.expression, "\"1e-07\""));
  return ours;
}

}  // namespace

Case text_case(const Line& line) {
  const std::string& function = line.function;
  if (const auto found = absent.find(function); found != absent.end()) return not_had(std::string(found->second));
  if (function == "opa:strings.any_prefix_match") return prefixes(line, "starts_with");
  if (function == "opa:strings.any_suffix_match") return prefixes(line, "ends_with");
  std::vector<std::string> args;
  for (const auto& argument : line.args) {
    if (argument.is_object())
      return not_had(function == "jsonata:$string" ? "values as JSON" : "objects without a type");
    args.push_back(literal(argument).value_or("missing"));
  }
  if (function == "jsonata:$string") return string_of(line, args);
  if (function.ends_with("ubstring")) return substring(line, args);
  if (function == "cel:string.indexOf" || function == "opa:indexof") return index_of(line, args);
  if (function == "cel:string.charAt") {
    const Case ours = wanted(line, call("substring", {args[0], args[1], "1"}));
    return line.wants_error() ? differs(std::string(beyond), gives(ours.expression, "\"\"")) : ours;
  }
  if (function == "cel:string.matches") return wanted(line, args[0] + " matches " + args[1]);
  if (function == "opa:concat") return wanted(line, call("join", {args[1], args[0]}));
  if (function == "opa:strings.count") {
    const std::string ours = fmt::format("size(split({}, {})) - 1", args[0], args[1]);
    if (line.args[1] == "") return differs(std::string(nothing_to_find), fails(ours));
    return wanted(line, ours);
  }
  if (function.starts_with("jsonata:$substring")) return part_of(line, args);
  const std::string_view ours = same.at(function);
  if (ours == "split" || ours == "replace") return split_or_replace(line, ours, args);
  if (ours == "join" && args.size() == 1) args.emplace_back("\"\"");
  if (function.ends_with("Ascii") && !is_ascii(line.args[0].get<std::string>())) {
    return differs("letters of every script have capitals and small letters, not those of ASCII alone",
                   gives(call(ours, args), text_literal(line.args[0] == "tacoCαt" ? "TACOCΑT" : "TACOCÆT XII")));
  }
  return wanted(line, call(ours, args));
}

}  // namespace writ::conformance
