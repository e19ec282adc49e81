// Globs: `text like "pattern"`.
#include <fmt/format.h>

#include <set>

#include "tests/conformance/literals.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

namespace {

// The patterns that one with `{a,b}` stands for; itself where it has none. Escapes and classes are left alone.
std::vector<std::string> alternatives(const std::string& pattern) {
  std::size_t open = std::string::npos;
  std::vector<std::size_t> cuts;
  int depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      ++i;
    } else if (c == '{' && depth++ == 0) {
      open = i;
      cuts = {i};
    } else if (c == ',' && depth == 1) {
      cuts.push_back(i);
    } else if (c == '}' && depth > 0 && --depth == 0) {
      cuts.push_back(i);
      std::vector<std::string> out;
      for (std::size_t k = 0; k + 1 < cuts.size(); ++k) {
        const std::string chosen = pattern.substr(cuts[k] + 1, cuts[k + 1] - cuts[k] - 1);
        for (auto& one : alternatives(pattern.substr(0, open) + chosen + pattern.substr(i + 1))) out.push_back(one);
      }
      return out;
    }
  }
  return {pattern};
}

bool has_wildcards(const std::string& pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '*' || pattern[i] == '?' || pattern[i] == '[') {
      return true;
    }
  }
  return false;
}

}  // namespace

Case glob_case(const Line& line) {
  if (line.function == "opa:glob.quote_meta") return not_had("escaping a pattern");
  const std::string pattern = line.args[0];
  const std::string text = line.args.back();
  // What `*` and `?` of the suite do not cross.
  std::set<std::string> separators;
  if (line.function == "doublestar:match_path") separators = {"/"};
  if (line.function == "opa:glob.match" && line.args[1].is_array() && line.args[1].empty()) separators = {"."};
  if (line.function != "doublestar:match_path" && line.args[1].is_array()) {
    for (const auto& separator : line.args[1]) separators.insert(separator.get<std::string>());
  }
  bool matters = false;
  for (const std::string& separator : separators) {
    matters = matters || (has_wildcards(pattern) && (text.find(separator) != std::string::npos ||
                                                     pattern.find(separator) != std::string::npos));
  }
  if (matters)
    return not_had(
        "patterns that know separators: `*` matches any text, and `matches r\"[^/]*\"` all but a separator");
  std::string condition;
  for (const std::string& one : alternatives(pattern)) {
    condition += fmt::format("{}{} like {}", condition.empty() ? "" : " or ", text_literal(text), raw_literal(one));
  }
  if (pattern == "[]a]") {
    return differs("a `]` that comes first in a class stands for itself, as in POSIX", holds(condition));
  }
  if (line.wants_error()) return refused(condition);
  return line.want() == true ? holds(condition) : lacks(condition);
}

}  // namespace writ::conformance
