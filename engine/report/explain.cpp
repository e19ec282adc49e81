#include "engine/report/explain.hpp"

#include <fmt/format.h>

#include "engine/report/dump.hpp"
#include "engine/report/findings_text.hpp"
#include "engine/report/json.hpp"
#include "engine/report/symbols.hpp"

namespace writ::report {

namespace {

constexpr std::uint32_t most_condition = 400;

// What the check asks, in the rule's own words.
void write_rule(Page& page, const language::Program& program, const language::CheckDef& check) {
  const bool unicode = page.style().unicode;
  std::vector<Piece> places = {{"in ", Ink::dim}, {shown(rule_place(program, check.name_span)), Ink::plain, true}};
  if (check.included_at) {
    places.push_back({", included at ", Ink::dim});
    places.push_back({shown(rule_place(program, *check.included_at)), Ink::plain, true});
  }
  page.paragraph(4, 7, places);
  for (const language::Step& step : check.steps) {
    const std::string text =
        shortened(printable(program.sources->text(program.expr(step.value).span)), most_condition, unicode);
    const std::string& local =
        step.kind == language::StepKind::where ? std::string() : check.locals[language::index(step.local)].name;
    switch (step.kind) {
      case language::StepKind::bind:
        page.paragraph(4, 8, {{"for ", Ink::dim}, {fmt::format("{} in {}", local, text)}});
        break;
      case language::StepKind::let:
        page.paragraph(4, 8, {{"let ", Ink::dim}, {fmt::format("{} = {}", local, text)}});
        break;
      case language::StepKind::where:
        page.paragraph(4, 8, {{"where ", Ink::dim}, {text}});
        break;
    }
  }
  for (const language::Requirement& requirement : check.requirements) {
    const std::string text = shortened(printable(program.sources->text(program.expr(requirement.condition).span)),
                                       most_condition, unicode);
    page.paragraph(4, 8, {{"require ", Ink::dim}, {text}});
  }
}

}  // namespace

std::string to_text(const Results& results, const std::vector<Explanation>& explanations,
                    const ExplainOptions& options) {
  Page page(options.style);
  for (const Explanation& explanation : explanations) {
    const language::CheckDef& check = check_of(results, *explanation.check);
    const verdict::CheckResult& result = *explanation.check;
    page.gap();
    if (explanation.pack != nullptr) page.paragraph(0, 2, {{"in the pack ", Ink::dim}, {explanation.pack->name}});
    std::vector<Piece> head = {
        {std::string(symbol_of(result.verdict, options.style.unicode)) + " ", ink_of(result.verdict), true},
        {std::string(words_of(result.verdict)), ink_of(result.verdict)},
        {"  ", Ink::plain, true},
        {check.qualified_name + "  ", Ink::bold, true},
        {check.title}};
    page.paragraph(0, 2, head);
    write_rule(page, results.program, check);
    page.paragraph(4, 6,
                   {{fmt::format("{} in scope, {} tested, {}", result.population, result.tested,
                                 counted(result.broken, "exception"))}});
    if (result.excluded) page.paragraph(4, 6, {{"excluded by the pack: ", Ink::dim}, {*result.excluded}});
    for (const std::string& reason : result.reasons) page.paragraph(4, 6, with_code(reason));
    if (!options.key.empty()) {
      for (const verdict::MemberTrace& member : explanation.members) {
        page.gap();
        write_trace(page, 2, member);
      }
      continue;
    }
    for (const verdict::Finding& finding : result.findings) {
      page.gap();
      write_finding(page, 2, results.program, finding);
    }
    for (const verdict::Failure& failure : result.failures) {
      page.gap();
      write_failure(page, 2, results.program, failure);
    }
  }
  return page.take();
}

std::string to_json(const Results& results, const std::vector<Explanation>& explanations,
                    const ExplainOptions& options) {
  using nlohmann::ordered_json;
  ordered_json checks = ordered_json::array();
  for (const Explanation& explanation : explanations) {
    ordered_json check = check_to_json(results, *explanation.check, {});
    if (explanation.pack != nullptr) check["pack"] = explanation.pack->name;
    if (!options.key.empty()) {
      ordered_json members = ordered_json::array();
      for (const verdict::MemberTrace& member : explanation.members) {
        members.push_back(to_json(results.program, member));
      }
      check["members"] = std::move(members);
    }
    checks.push_back(std::move(check));
  }
  return dump({{"format", "writ-explanation/1"},
               {"writ", results.version},
               {"now", types::to_text(results.verdicts.now)},
               {"now_from_clock", results.now_from_clock},
               {"period",
                {{"start", types::to_text(results.verdicts.period_start)},
                 {"end", types::to_text(results.verdicts.period_end)}}},
               {"checks", std::move(checks)}});
}

}  // namespace writ::report
