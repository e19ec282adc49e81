#include "tests/support/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

namespace writ::support {

using language::Program;
using verdict::CheckResult;
using verdict::Verdict;

namespace {

std::string lines(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += "\n      " + item;
  return out.empty() ? " none" : out;
}

void say(std::string& out, std::string_view check, std::string_view what, const std::string& engine,
         const std::string& oracle) {
  if (engine == oracle) return;
  out += fmt::format("{}: {}\n    engine:{}\n    oracle:{}\n", check, what, engine, oracle);
}

// What only one side has; where both have the same, their orders differ, and all is shown.
void say_lists(std::string& out, std::string_view check, std::string_view what,
               const std::vector<std::string>& engine, const std::vector<std::string>& oracle) {
  if (engine == oracle) return;
  const auto without = [](const std::vector<std::string>& from, std::vector<std::string> others) {
    std::vector<std::string> rest;
    for (const std::string& item : from) {
      const auto found = std::find(others.begin(), others.end(), item);
      if (found == others.end()) {
        rest.push_back(item);
      } else {
        others.erase(found);
      }
    }
    return rest;
  };
  const std::vector<std::string> mine = without(engine, oracle);
  const std::vector<std::string> theirs = without(oracle, engine);
  if (mine.empty() && theirs.empty()) {
    say(out, check, fmt::format("order of {}", what), lines(engine), lines(oracle));
  } else {
    say(out, check, fmt::format("{} of one alone", what), lines(mine), lines(theirs));
  }
}

std::string verdict_text(Verdict verdict) { return " " + std::string(verdict::spelling(verdict)); }

void compare(std::string& out, const Program& program, const CheckResult& engine, const OracleResult& oracle) {
  const std::string& name = program.checks[language::index(oracle.check)].qualified_name;
  say(out, name, "verdict", verdict_text(engine.verdict), verdict_text(oracle.verdict));
  say(out, name, "population, tested, broken, waived",
      fmt::format(" {} {} {} {}", engine.population, engine.tested, engine.broken, engine.waived),
      fmt::format(" {} {} {} {}", oracle.population, oracle.tested, oracle.broken, oracle.waived));
  say(out, name, "excluded", engine.excluded ? " yes" : " no", oracle.excluded ? " yes" : " no");
  const auto waiver = [](const auto& finding) {
    return finding.waiver ? fmt::format(" waiver {}", language::index(*finding.waiver)) : std::string();
  };
  std::vector<std::string> mine;
  std::vector<std::string> theirs;
  for (const auto& finding : engine.findings) {
    const bool failed = finding.message.starts_with(failed_message);
    mine.push_back(fmt::format("[{}] require {}: {}{}", finding.key, finding.requirement,
                               failed ? failed_message : std::string_view(finding.message), waiver(finding)));
  }
  for (const auto& finding : oracle.findings)
    theirs.push_back(
        fmt::format("[{}] require {}: {}{}", finding.key, finding.requirement, finding.message, waiver(finding)));
  say_lists(out, name, "findings", mine, theirs);
  mine.clear();
  for (const auto& failure : engine.failures) mine.push_back(failure.key);
  theirs = oracle.failures;
  // Failures come up in different steps of different members; their order carries nothing.
  std::sort(mine.begin(), mine.end());
  std::sort(theirs.begin(), theirs.end());
  say_lists(out, name, "failures", mine, theirs);
}

}  // namespace

std::string differences(const Program& program, const verdict::Verdicts& engine, const OracleRun& oracle) {
  std::string out;
  std::map<std::uint32_t, const CheckResult*> by_check;
  for (const auto& control : engine.controls) {
    Verdict worst = Verdict::not_applicable;
    for (const CheckResult& check : control.checks) {
      by_check[language::index(check.check)] = &check;
      worst = std::min(worst, check.verdict);
    }
    say(out, program.controls[language::index(control.control)].id, "verdict of the control",
        verdict_text(control.verdict), verdict_text(worst));
  }
  if (oracle.refused) {
    if (!by_check.empty()) out += "the parameters do not hold, and the engine has evaluated\n";
    return out;
  }
  for (const std::string& line : oracle.facts) out += line + "\n";
  if (!oracle.facts.empty()) return out;
  for (const OracleResult& result : oracle.results) {
    const auto found = by_check.find(language::index(result.check));
    if (found == by_check.end()) {
      out += program.checks[language::index(result.check)].qualified_name + ": the engine gives no result\n";
      continue;
    }
    compare(out, program, *found->second, result);
    by_check.erase(found);
  }
  for (const auto& [check, result] : by_check)
    out += program.checks[check].qualified_name + ": only the engine gives a result\n";
  return out;
}

}  // namespace writ::support
