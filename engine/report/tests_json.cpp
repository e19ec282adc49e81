#include "engine/report/dump.hpp"
#include "engine/report/json.hpp"
#include "engine/report/results.hpp"
#include "engine/report/tests.hpp"

namespace writ::report {

using nlohmann::ordered_json;

namespace {

template <typename Item, typename Make>
ordered_json list(const std::vector<Item>& items, const Make& make) {
  ordered_json out = ordered_json::array();
  for (const Item& item : items) out.push_back(make(item));
  return out;
}

ordered_json expectation_to_json(const language::Program& program, const language::TestDef& test,
                                 const tests::ExpectationResult& result) {
  const language::Expectation& expectation = test.expectations[result.expectation];
  return {{"expected", expected_text(program, expectation)},
          {"rule", to_json(program, expectation.span)},
          {"met", result.met},
          {"found", result.met ? ordered_json(nullptr) : ordered_json(result.found)},
          {"findings", list(result.findings,
                            [&](const verdict::Finding& finding) {
                              return ordered_json{{"key", finding.key},
                                                  {"message", finding.message},
                                                  {"records", to_json(finding.records)},
                                                  {"because", to_json(program, finding.because)}};
                            })},
          {"failures",
           list(result.failures, [&](const verdict::Failure& failure) { return to_json(program, failure); })},
          {"members",
           list(result.members, [&](const verdict::MemberTrace& member) { return to_json(program, member); })},
          {"because", to_json(program, result.because)}};
}

ordered_json fault_to_json(const language::Program& program, const tests::Fault& fault) {
  ordered_json out = {{"message", fault.message}, {"rule", to_json(program, fault.span)}, {"see", nullptr}};
  if (!fault.other.empty()) out["see"] = {{"message", fault.other}, {"rule", to_json(program, fault.other_span)}};
  return out;
}

}  // namespace

std::string tests_to_json(const TestReport& report) {
  const language::Program& program = report.program;
  const TestTotals sums = totals(report.results);
  const ordered_json out = {
      {"format", "writ-tests/1"},
      {"writ", report.version},
      {"totals",
       {{"tests", sums.all()}, {"passed", sums.passed}, {"failed", sums.failed}, {"errors", sums.errors}}},
      {"tests", list(report.results, [&](const tests::TestResult& result) {
         const language::TestDef& test = program.tests[result.test];
         return ordered_json{{"title", test.title},
                             {"rule", to_json(program, test.title_span)},
                             {"status", tests::spelling(result.status)},
                             {"expectations", list(result.expectations,
                                                   [&](const tests::ExpectationResult& expectation) {
                                                     return expectation_to_json(program, test, expectation);
                                                   })},
                             {"errors", list(result.faults, [&](const tests::Fault& fault) {
                                return fault_to_json(program, fault);
                              })}};
       })}};
  return dump(out);
}

}  // namespace writ::report
