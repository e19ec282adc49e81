#include "engine/report/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/report/dump.hpp"
#include "engine/report/json.hpp"
#include "engine/report/results.hpp"

namespace writ::report {

using nlohmann::ordered_json;
using tests::Condition;

namespace {

constexpr std::uint32_t most_condition = 80;  // columns

std::string_view missing_side(const Condition& condition) {
  if (condition.held == 0 && condition.broke == 0) return "never tested";
  return condition.held == 0 ? "never true" : "never false";
}

std::string text_of(const language::Program& program, const Condition& condition) {
  std::string out;
  for (const char c : program.sources->text(condition.span)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

std::string share(const CoverageTotals& totals) {
  // Rounded down: what is not whole does not look whole.
  const double tenths = static_cast<double>(static_cast<long long>(totals.percent() * 10)) / 10;
  return fmt::format("{} of {} ({:.1f} %)", totals.covered, totals.conditions, tenths);
}

std::map<source::FileId, std::vector<Condition>> by_file(const std::vector<Condition>& conditions) {
  std::map<source::FileId, std::vector<Condition>> out;
  for (const Condition& condition : conditions) out[condition.span.file].push_back(condition);
  return out;
}

}  // namespace

double CoverageTotals::percent() const {
  return conditions == 0 ? 100.0 : 100.0 * static_cast<double>(covered) / static_cast<double>(conditions);
}

CoverageTotals totals(const std::vector<Condition>& conditions) {
  CoverageTotals out;
  for (const Condition& condition : conditions) {
    ++out.conditions;
    out.covered += condition.covered() ? 1U : 0U;
    out.excused += condition.covered() && !condition.both() ? 1U : 0U;
  }
  return out;
}

std::string coverage_to_text(const CoverageReport& report, const TextStyle& style) {
  Page page(style);
  const CoverageTotals all = totals(report.conditions);
  for (const auto& [file, conditions] : by_file(report.conditions)) {
    const CoverageTotals sums = totals(conditions);
    const std::string path(report.program.sources->path(file));
    const Ink ink = sums.covered == sums.conditions ? Ink::green : Ink::yellow;
    page.spread(0, 2, {{path, Ink::bold, true}}, {{share(sums), ink}});
    std::string_view owner;
    for (const Condition& condition : conditions) {
      if (condition.covered()) continue;
      if (condition.owner != owner) page.paragraph(2, 4, {{condition.owner, Ink::bold}});
      owner = condition.owner;
      const RulePlace place = rule_place(report.program, condition.span);
      page.paragraph(4, 8,
                     {{fmt::format("{}:{}", place.at.line, place.at.column), Ink::plain, true},
                      {fmt::format(" {} ", tests::spelling(condition.kind)), Ink::dim},
                      {shortened(text_of(report.program, condition), most_condition, style.unicode)},
                      {" "},
                      {std::string(missing_side(condition)), Ink::yellow}});
    }
    if (sums.covered < sums.conditions) page.gap();
  }
  page.gap();
  std::vector<Piece> pieces = {{"conditions that were true and false: "}, {share(all), Ink::bold}};
  if (all.excused > 0) pieces.push_back({fmt::format(", {} of them excused by a comment", all.excused), Ink::dim});
  page.paragraph(0, 2, pieces);
  return page.take();
}

std::string coverage_to_json(const CoverageReport& report) {
  const auto sums_to_json = [](const CoverageTotals& sums) {
    return ordered_json{{"conditions", sums.conditions},
                        {"covered", sums.covered},
                        {"excused", sums.excused},
                        {"percent", sums.percent()}};
  };
  ordered_json files = ordered_json::array();
  for (const auto& [file, conditions] : by_file(report.conditions)) {
    ordered_json list = ordered_json::array();
    for (const Condition& condition : conditions) {
      list.push_back(
          {{"kind", tests::spelling(condition.kind)},
           {"owner", condition.owner},
           {"expression", text_of(report.program, condition)},
           {"rule", to_json(report.program, condition.span)},
           {"true", condition.held},
           {"false", condition.broke},
           {"covered", condition.covered()},
           {"excuse", condition.excused.empty() ? ordered_json(nullptr) : ordered_json(condition.excused)}});
    }
    files.push_back({{"path", report.program.sources->path(file)},
                     {"totals", sums_to_json(totals(conditions))},
                     {"conditions", std::move(list)}});
  }
  const ordered_json out = {{"format", "writ-coverage/1"},
                            {"writ", report.version},
                            {"totals", sums_to_json(totals(report.conditions))},
                            {"files", std::move(files)}};
  return dump(out);
}

}  // namespace writ::report
