// Coverage for other programs: LCOV's tracefile, and Cobertura's XML. Both count lines and branches: a line is one
// on which a condition begins, its hits are how often its conditions were decided; each condition has two branches.
// A side that a comment excuses counts as taken.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "engine/report/coverage.hpp"
#include "engine/report/results.hpp"

namespace writ::report {

using tests::Condition;

namespace {

struct Branches {
  std::uint64_t held = 0;
  std::uint64_t broke = 0;
  bool decided() const { return held + broke > 0; }
};

struct Line {
  std::uint64_t hits = 0;
  std::vector<Branches> conditions;

  std::size_t taken() const {
    std::size_t out = 0;
    for (const Branches& branches : conditions)
      out += (branches.held > 0 ? 1U : 0U) + (branches.broke > 0 ? 1U : 0U);
    return out;
  }
  std::size_t branches() const { return 2 * conditions.size(); }
};

using Lines = std::map<std::uint32_t, Line>;

std::map<source::FileId, Lines> lines_of(const CoverageReport& report) {
  std::map<source::FileId, Lines> out;
  for (const Condition& condition : report.conditions) {
    const source::Span span = condition.span;
    Line& line = out[span.file][report.program.sources->line_column(span.file, span.begin).line];
    Branches branches{condition.held, condition.broke};
    if (!condition.excused.empty() && branches.decided()) {
      branches.held = std::max<std::uint64_t>(branches.held, 1);
      branches.broke = std::max<std::uint64_t>(branches.broke, 1);
    }
    line.hits += condition.held + condition.broke;
    line.conditions.push_back(branches);
  }
  return out;
}

struct Sums {
  std::size_t lines = 0, lines_hit = 0, branches = 0, branches_hit = 0;

  void add(const Lines& of) {
    for (const auto& [number, line] : of) {
      ++lines;
      lines_hit += line.hits > 0 ? 1U : 0U;
      branches += line.branches();
      branches_hit += line.taken();
    }
  }
};

std::string rate(std::size_t part, std::size_t whole) {
  return whole == 0 ? "1" : fmt::format("{:.4g}", static_cast<double>(part) / static_cast<double>(whole));
}

void set_rates(pugi::xml_node node, const Sums& sums) {
  node.append_attribute("line-rate") = rate(sums.lines_hit, sums.lines).c_str();
  node.append_attribute("branch-rate") = rate(sums.branches_hit, sums.branches).c_str();
}

void add_line(pugi::xml_node lines, std::uint32_t number, const Line& line) {
  pugi::xml_node node = lines.append_child("line");
  node.append_attribute("number") = number;
  node.append_attribute("hits") = static_cast<unsigned long long>(line.hits);
  node.append_attribute("branch") = "true";
  node.append_attribute("condition-coverage") =
      fmt::format("{}% ({}/{})", 100 * line.taken() / line.branches(), line.taken(), line.branches()).c_str();
  pugi::xml_node conditions = node.append_child("conditions");
  for (std::size_t i = 0; i < line.conditions.size(); ++i) {
    const Branches& branches = line.conditions[i];
    pugi::xml_node condition = conditions.append_child("condition");
    condition.append_attribute("number") = static_cast<unsigned>(i);
    condition.append_attribute("type") = "jump";
    condition.append_attribute("coverage") =
        fmt::format("{}%", (branches.held > 0 ? 50 : 0) + (branches.broke > 0 ? 50 : 0)).c_str();
  }
}

}  // namespace

std::string coverage_to_lcov(const CoverageReport& report) {
  std::string out = "TN:writ\n";
  for (const auto& [file, lines] : lines_of(report)) {
    Sums sums;
    sums.add(lines);
    out += fmt::format("SF:{}\n", report.program.sources->path(file));
    for (const auto& [number, line] : lines) {
      for (std::size_t i = 0; i < line.conditions.size(); ++i) {
        const Branches& branches = line.conditions[i];
        const auto taken = [&](std::uint64_t count) {
          return branches.decided() ? fmt::format("{}", count) : std::string("-");
        };
        out += fmt::format("BRDA:{0},{1},0,{2}\nBRDA:{0},{1},1,{3}\n", number, i, taken(branches.held),
                           taken(branches.broke));
      }
    }
    out += fmt::format("BRF:{}\nBRH:{}\n", sums.branches, sums.branches_hit);
    for (const auto& [number, line] : lines) out += fmt::format("DA:{},{}\n", number, line.hits);
    out += fmt::format("LF:{}\nLH:{}\nend_of_record\n", sums.lines, sums.lines_hit);
  }
  return out;
}

std::string coverage_to_cobertura(const CoverageReport& report) {
  const std::map<source::FileId, Lines> files = lines_of(report);
  Sums all;
  for (const auto& [file, lines] : files) all.add(lines);
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  document.append_child(pugi::node_doctype)
      .set_value("coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\"");
  pugi::xml_node root = document.append_child("coverage");
  set_rates(root, all);
  root.append_attribute("lines-covered") = static_cast<unsigned long long>(all.lines_hit);
  root.append_attribute("lines-valid") = static_cast<unsigned long long>(all.lines);
  root.append_attribute("branches-covered") = static_cast<unsigned long long>(all.branches_hit);
  root.append_attribute("branches-valid") = static_cast<unsigned long long>(all.branches);
  root.append_attribute("complexity") = "0";
  root.append_attribute("version") = std::string(report.version).c_str();
  root.append_attribute("timestamp") = "0";
  root.append_child("sources").append_child("source").append_child(pugi::node_pcdata).set_value(".");
  pugi::xml_node packages = root.append_child("packages");
  for (const auto& [file, lines] : files) {
    Sums sums;
    sums.add(lines);
    const std::string path(report.program.sources->path(file));
    pugi::xml_node package = packages.append_child("package");
    package.append_attribute("name") = path.c_str();
    set_rates(package, sums);
    package.append_attribute("complexity") = "0";
    pugi::xml_node unit = package.append_child("classes").append_child("class");
    unit.append_attribute("name") = path.c_str();
    unit.append_attribute("filename") = path.c_str();
    set_rates(unit, sums);
    unit.append_attribute("complexity") = "0";
    unit.append_child("methods");
    pugi::xml_node list = unit.append_child("lines");
    for (const auto& [number, line] : lines) add_line(list, number, line);
  }
  std::ostringstream out;
  document.save(out, "  ");
  return out.str();
}

}  // namespace writ::report
