// Regular expressions: `matches`, and the functions that take one.
#include <fmt/format.h>
#include <re2/re2.h>

#include "tests/conformance/literals.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool compiles(const std::string& pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  return RE2(pattern, options).ok();
}

// What of Rust's syntax RE2's lacks; empty where it lacks nothing.
std::string unknown_syntax(const std::string& pattern) {
  if (compiles(pattern)) return "";
  if (has(pattern, "\\b{") || has(pattern, "\\<") || has(pattern, "\\>"))
    return "assertions of words' beginnings and ends";
  if (has(pattern, "(?R") || has(pattern, "R)") || has(pattern, "(?mR"))
    return "line ends of two characters (`(?R)`)";
  if (has(pattern, "(?x") || has(pattern, "(?ix")) return "expressions with blanks and comments (`(?x)`)";
  if (has(pattern, "\\p") || has(pattern, "\\P"))
    return "properties of Unicode beyond general categories and scripts";
  if (has(pattern, "&&") || has(pattern, "--") || has(pattern, "~~")) return "operations on classes";
  if (has(pattern, "u)") || has(pattern, "u:")) return "switching Unicode on and off (`(?u)`)";
  return "other syntax of Rust's";
}

// Rust's \w, \d, \s and \b know all scripts; RE2's know ASCII.
bool knows_scripts(const Line& line) {
  const auto pattern = line.args[0].get<std::string>();
  bool escaped = false;
  for (const std::string_view one : {"\\w", "\\W", "\\d", "\\D", "\\s", "\\S", "\\b", "\\B"})
    escaped |= has(pattern, one);
  return escaped;
}

std::string cut(const std::string& text, const nlohmann::json& span) {
  return text_literal(std::string_view(text).substr(span[0].get<std::size_t>(),
                                                    span[1].get<std::size_t>() - span[0].get<std::size_t>()));
}

// Whether it matches, and all that matches.
Case match(const Line& line) {
  const auto pattern = line.args[0].get<std::string>();
  const auto text = line.args[1].get<std::string>();
  if (const std::string lacking = unknown_syntax(pattern); !lacking.empty()) return not_had(lacking);
  const std::string found = fmt::format("{} matches {}", text_literal(text), raw_literal(pattern));
  if (!line.object.contains("spans_utf8_bytes")) return line.want() == true ? holds(found) : lacks(found);
  const auto& spans = line.object["spans_utf8_bytes"];
  std::vector<std::string> wanted;
  for (const auto& match : spans) wanted.push_back(cut(text, match[0]));
  if (wanted.empty()) return lacks(found);
  const std::string whole = raw_literal("(" + pattern + ")");
  const bool first_only = line.object.contains("match_limit");
  const std::string extracted =
      first_only ? fmt::format("regex_extract({}, {}) == {}", text_literal(text), whole, wanted[0])
                 : fmt::format("regex_extract_all({}, {}) == {}", text_literal(text), whole, list_literal(wanted));
  return holds(found + " and " + extracted);
}

Case decided(const Line& line) {
  Case ours = match(line);
  if (knows_scripts(line))
    ours.exception = "`\\w`, `\\d`, `\\s` and `\\b` know the letters, digits and blanks of ASCII, as in RE2";
  return ours;
}

Case submatches(const Line& line) {
  const auto pattern = line.args[0].get<std::string>();
  if (RE2(pattern).NumberOfCapturingGroups() > 1) return not_had("several groups of a match at once");
  if (RE2(pattern).NumberOfCapturingGroups() == 0) {
    std::vector<std::string> whole;
    for (const auto& match : line.want()) whole.push_back(*literal(match[0]));
    return gives(call("regex_extract_all", {*literal(line.args[1]), raw_literal(pattern)}), list_literal(whole));
  }
  std::vector<std::string> first;
  for (const auto& match : line.want()) first.push_back(*literal(match[1]));
  return gives(call("regex_extract_all", {*literal(line.args[1]), raw_literal(pattern)}), list_literal(first));
}

}  // namespace

Case regex_case(const Line& line) {
  const std::string& function = line.function;
  const auto& args = line.args;
  if (function == "regex.match") return decided(line);
  if (function.ends_with("regex.is_valid")) {
    const std::string ours = fmt::format("\"\" matches {}", raw_literal(args[0].get<std::string>()));
    return line.want() == true ? holds(ours + " or true") : refused(ours);
  }
  if (function == "opa:regex.match") {
    const std::string ours =
        fmt::format("{} matches {}", *literal(args[1]), raw_literal(args[0].get<std::string>()));
    if (line.wants_error()) return refused(ours);
    return line.want() == true ? holds(ours) : lacks(ours);
  }
  if (function == "opa:regex.replace") {
    const std::string ours =
        call("regex_replace", {*literal(args[0]), raw_literal(args[1].get<std::string>()), *literal(args[2])});
    return line.wants_error() ? refused(ours) : gives(ours, *literal(line.want()));
  }
  if (function == "opa:regex.split")
    return gives(call("regex_split", {*literal(args[1]), raw_literal(args[0].get<std::string>())}),
                 *literal(line.want()));
  if (function == "opa:regex.find_n") {
    if (args[2] != -1) return not_had("a limit on the number of matches");
    return gives(call("regex_extract_all", {*literal(args[1]), raw_literal(args[0].get<std::string>())}),
                 *literal(line.want()));
  }
  if (args[2] != -1) return not_had("a limit on the number of matches");
  return submatches(line);
}

}  // namespace writ::conformance
