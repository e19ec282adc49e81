#include "engine/report/waivers_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/report/symbols.hpp"

namespace writ::report {

using language::Program;
using language::WaiverDef;
using verdict::KeyOutcome;
using verdict::WaiverResult;
using verdict::WaiverState;

namespace {

std::string target(const Program& program, const WaiverDef& waiver) {
  return waiver.check ? program.checks[language::index(*waiver.check)].qualified_name
                      : program.controls[language::index(waiver.control)].id;
}

std::string covers(std::uint64_t findings) {
  return findings == 0 ? std::string("nothing") : counted(findings, "finding");
}

std::string keys_with(const WaiverDef& waiver, const WaiverResult& result, KeyOutcome outcome) {
  std::string out;
  for (std::size_t i = 0; i < waiver.keys.size(); ++i) {
    if (result.keys[i] == outcome) out += fmt::format("{}`{}`", out.empty() ? "" : ", ", waiver.keys[i]);
  }
  return out;
}

bool is_one(const WaiverResult& result, KeyOutcome outcome) {
  return std::count(result.keys.begin(), result.keys.end(), outcome) == 1;
}

}  // namespace

std::string waiver_title(const Program& program, const WaiverDef& waiver) {
  std::string out = target(program, waiver);
  for (std::size_t i = 0; i < waiver.keys.size(); ++i)
    out += fmt::format("{}\"{}\"", i == 0 ? " for " : ", ", waiver.keys[i]);
  if (waiver.where != language::ExprId::none)
    out += fmt::format(" where {}", program.sources->text(program.expr(waiver.where).span));
  return out;
}

std::vector<std::string> waiver_remarks(const Program& program, const WaiverResult& result) {
  const WaiverDef& waiver = program.waivers[language::index(result.waiver)];
  std::vector<std::string> out;
  if (result.state == WaiverState::expired) {
    out.push_back(result.covered == 0 ? fmt::format("it has expired: it held until {}", waiver.until_text)
                                      : fmt::format("it has expired: it held until {}, and no longer covers {}",
                                                    waiver.until_text, covers(result.covered)));
  }
  if (result.state == WaiverState::not_started)
    out.push_back(fmt::format("it is not in force yet: it holds from {}", types::to_text(*waiver.from)));
  if (!result.decided) {
    out.push_back("whether it covers anything is not known: what it names was not evaluated whole");
    return out;
  }
  const std::string unknown = keys_with(waiver, result, KeyOutcome::unknown);
  if (!unknown.empty()) {
    out.push_back(fmt::format("{} {} no member of the population", unknown,
                              is_one(result, KeyOutcome::unknown) ? "is" : "are"));
  }
  const std::string holds = keys_with(waiver, result, KeyOutcome::holds);
  if (!holds.empty()) {
    out.push_back(fmt::format("{} {} what is required, and {} no waiver", holds,
                              is_one(result, KeyOutcome::holds) ? "meets" : "meet",
                              is_one(result, KeyOutcome::holds) ? "needs" : "need"));
  }
  if (waiver.keys.empty() && result.covered == 0) {
    out.push_back(result.matched == 0 || waiver.where == language::ExprId::none
                      ? std::string("it covers nothing: no member that it speaks of breaks anything")
                      : fmt::format("it covers nothing: {} of which it holds {} what is required",
                                    counted(result.matched, "member"), result.matched == 1 ? "meets" : "meet"));
  }
  if (result.covers_all) out.push_back("it covers every member in scope");
  return out;
}

void write_waivers(Page& page, const Results& results) {
  if (results.verdicts.waivers.empty()) return;
  page.gap();
  page.paragraph(0, 2, {{"Waivers", Ink::bold}});
  for (const WaiverResult& result : results.verdicts.waivers) {
    const WaiverDef& waiver = results.program.waivers[language::index(result.waiver)];
    const bool in_force = result.state == WaiverState::in_force;
    const std::vector<std::string> remarks = waiver_remarks(results.program, result);
    const Ink ink = remarks.empty() ? Ink::blue : Ink::yellow;
    const std::string right = in_force && result.decided
                                  ? fmt::format("until {}, covers {}", waiver.until_text, covers(result.covered))
                                  : fmt::format("until {}", waiver.until_text);
    page.spread(2, 4,
                {{remarks.empty() ? "~ " : "! ", ink, true}, {waiver_title(results.program, waiver), Ink::bold}},
                {{right, Ink::dim}});
    page.paragraph(6, 8, {{fmt::format("{} ({})", waiver.reason, waiver.approved_by), Ink::dim}});
    for (const std::string& remark : remarks) page.paragraph(6, 8, {{remark, Ink::yellow}});
  }
}

void write_waiver_of(Page& page, std::uint32_t indent, const WaiverDef& waiver) {
  page.paragraph(indent, indent + 2,
                 {{"waived", Ink::blue},
                  {fmt::format(" until {} by {}: {}", waiver.until_text, waiver.approved_by, waiver.reason)}});
}

}  // namespace writ::report
