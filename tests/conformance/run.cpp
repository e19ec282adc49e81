// Cases become checks of one control; what the compiler says of a check's text is laid to its case.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "engine/evaluate.hpp"
#include "engine/facts/ingest.hpp"
#include "language/compile.hpp"
#include "stdlib/functions/table.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

namespace {

using verdict::Verdict;

// A check's name says which case it is of.
constexpr std::string_view prefix = "case_";

std::string condition(const Case& one) {
  switch (one.expect) {
    case Expect::value:
      return "found == " + one.wanted;
    case Expect::holds:
      return "found";
    case Expect::missing:
      return "found is missing";
    case Expect::fails:
    case Expect::refused:
      return "found == found";
  }
  return "";
}

struct Text {
  std::string rules;
  std::vector<std::pair<std::size_t, std::size_t>> starts;  // offset, case
};

Text written(const std::vector<Case>& cases, const std::vector<Result>& results) {
  Text text{"control VEC-1 \"Vectors\" {\n", {}};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (cases[i].expression.empty() || !results[i].found.empty()) continue;
    text.starts.emplace_back(text.rules.size(), i);
    text.rules += fmt::format(
        "  check {}{} \"As wanted\" {{\n    let found = {}\n    require {}\n      else \"{{found}}\"\n  }}\n",
        prefix, i, cases[i].expression, condition(cases[i]));
  }
  text.rules += "}\n";
  return text;
}

std::size_t case_at(const Text& text, std::size_t offset) {
  const auto after = std::upper_bound(text.starts.begin(), text.starts.end(), offset,
                                      [](std::size_t value, const auto& start) { return value < start.first; });
  if (after == text.starts.begin()) throw std::runtime_error("a diagnostic lies before all cases");
  return std::prev(after)->second;
}

void judge(const Case& one, const verdict::CheckResult& check, Result& result) {
  const bool failed = check.verdict == Verdict::error;
  result.as_expected = one.expect == Expect::fails ? failed : check.verdict == Verdict::pass;
  if (one.expect == Expect::refused) result.as_expected = false;
  if (failed && !check.failures.empty()) {
    result.found = "fails: " + check.failures[0].reason;
  } else if (!check.findings.empty()) {
    result.found = check.findings[0].message;
  } else {
    result.found = std::string(verdict::spelling(check.verdict));
  }
}

}  // namespace

Case gives(std::string expression, std::string wanted) {
  return {std::move(expression), Expect::value, std::move(wanted), {}, false, {}};
}
Case holds(std::string condition) { return {std::move(condition), Expect::holds, {}, {}, false, {}}; }
Case lacks(std::string condition) { return holds("not (" + condition + ")"); }
Case missing(std::string expression) { return {std::move(expression), Expect::missing, {}, {}, false, {}}; }
Case fails(std::string expression) { return {std::move(expression), Expect::fails, {}, {}, false, {}}; }
Case refused(std::string expression) { return {std::move(expression), Expect::refused, {}, {}, false, {}}; }
Case not_had(std::string reason) { return {{}, Expect::value, {}, std::move(reason), false, {}}; }
Case differs(std::string reason, Case ours) {
  ours.reason = std::move(reason);
  ours.differs = true;
  return ours;
}

std::vector<Result> run(const std::vector<Case>& cases) {
  std::vector<Result> results(cases.size());
  // A text that does not parse can hide what is wrong with others, so the compiler is asked until nothing is left.
  while (true) {
    const Text text = written(cases, results);
    if (text.starts.empty()) return results;
    diagnostics::Sink sink;
    const language::Program program =
        language::compile({{{"vectors.writ", text.rules}}, {}, functions::table()}, sink);
    for (const auto& diagnostic : sink.all()) {
      if (diagnostic.severity != diagnostics::Severity::error) continue;
      const std::size_t at = case_at(text, diagnostic.labels.at(0).span.begin);
      const Expect expect = cases[at].expect;
      results[at] = {expect == Expect::refused || expect == Expect::fails, "refused: " + diagnostic.message};
    }
    if (sink.has_errors()) continue;
    engine::RunOptions options;
    options.now = types::parse_timestamp("2026-06-30T00:00:00Z").value();
    options.period_start = types::parse_timestamp("2025-06-30T00:00:00Z").value();
    options.period_end = options.now;
    options.threads = 1;
    facts::FactStore store = facts::ingest(program, {}, {}, sink);
    const verdict::Verdicts verdicts = engine::evaluate(program, store, functions::kernels(), options, sink);
    for (const auto& control : verdicts.controls) {
      for (const auto& check : control.checks) {
        const std::string_view name = program.checks[language::index(check.check)].qualified_name;
        const auto at = std::stoul(std::string(name.substr(name.rfind(prefix) + prefix.size())));
        judge(cases[at], check, results[at]);
      }
    }
    return results;
  }
}

std::vector<Line> read_lines(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<Line> lines;
  for (std::string text; std::getline(file, text);) {
    if (text.empty()) continue;
    auto object = nlohmann::json::parse(text);
    lines.push_back({object.at("fn"), object.at("args"), object});
  }
  return lines;
}

}  // namespace writ::conformance
