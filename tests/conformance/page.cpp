#include "tests/conformance/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace writ::conformance {

namespace {

// Lines with one reason, by the suites' functions.
struct Group {
  std::size_t lines = 0;
  std::set<std::string> functions;
};
using Groups = std::map<std::string, Group>;

void write_groups(std::string_view heading, const Groups& groups, std::string& out) {
  if (groups.empty()) return;
  std::vector<std::pair<std::string, Group>> sorted(groups.begin(), groups.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.lines > b.second.lines; });
  out += fmt::format("\n| lines | {} | in |\n| ---: | --- | --- |\n", heading);
  for (const auto& [reason, group] : sorted) {
    out += fmt::format("| {} | {} | `{}` |\n", group.lines, reason, fmt::join(group.functions, "`, `"));
  }
}

std::string percentage(std::size_t part, std::size_t whole) {
  return whole == 0 ? "" : fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace

std::size_t FamilyResults::concerned() const {
  return static_cast<std::size_t>(
      std::count_if(cases.begin(), cases.end(), [](const Case& one) { return !one.expression.empty(); }));
}

std::size_t FamilyResults::passing() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!cases[i].expression.empty() && !cases[i].differs && results[i].as_expected) ++count;
  }
  return count;
}

std::string page(const std::vector<FamilyResults>& all) {
  std::string out =
      "# Conformance\n\n"
      "Inputs and wanted outputs from the public test suites of other languages and libraries (OPA, CEL, JSONata, "
      "node-semver,\nRust's regex, doublestar, gobwas, toml-test, JSON-Schema-Test-Suite), held against the "
      "functions and "
      "operators of Writ. Each\nline that a function of ours concerns, or that can be written as an expression of "
      "ours, is "
      "compiled and evaluated in the test\n`conformance`, which also writes this page.\n\n"
      "A line **agrees** where the expression gives what the suite wants; where the suite wants an error, the rule "
      "is "
      "refused, or its\nmember fails, or, for a function that reads a text, the result is missing. A line "
      "**differs** where we "
      "decide otherwise: the\nreason is given. The others ask for what "
      "the language "
      "does not have.\n\n"
      "| family | lines | concern us | agree | differ | agree, of those that concern us |\n"
      "| --- | ---: | ---: | ---: | ---: | ---: |\n";
  std::size_t lines = 0;
  std::size_t concerned = 0;
  std::size_t passing = 0;
  const auto row = [&out](std::string_view title, std::size_t of, std::size_t concern, std::size_t pass) {
    out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", title, of, concern, pass, concern - pass,
                       percentage(pass, concern));
  };
  for (const FamilyResults& one : all) {
    row(one.family->title, one.lines.size(), one.concerned(), one.passing());
    lines += one.lines.size();
    concerned += one.concerned();
    passing += one.passing();
  }
  row("**all**", lines, concerned, passing);
  for (const FamilyResults& one : all) {
    Groups decided;
    Groups absent;
    for (std::size_t i = 0; i < one.cases.size(); ++i) {
      const Case& line = one.cases[i];
      if (line.reason.empty()) continue;
      Group& group = (line.differs ? decided : absent)[line.reason];
      ++group.lines;
      group.functions.insert(one.lines[i].function);
    }
    if (decided.empty() && absent.empty()) continue;
    out += fmt::format("\n## {}\n", one.family->title);
    write_groups("where we decide otherwise, and why", decided, out);
    write_groups("what the language does not have", absent, out);
  }
  return out;
}

}  // namespace writ::conformance
