// What became of tests: as text for a person, as JSON (docs/schemas/tests.schema.json), and as JUnit's XML for the
// services that show it. The same results give the same bytes: no report holds a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/report/page.hpp"
#include "engine/tests/results.hpp"
#include "language/program.hpp"

namespace writ::report {

struct TestReport {
  std::string_view version;  // of writ
  const language::Program& program;
  const std::vector<tests::TestResult>& results;  // in the order of the tests' places
};

struct TestTotals {
  std::size_t passed = 0, failed = 0, errors = 0;
  std::size_t all() const { return passed + failed + errors; }
};
TestTotals totals(const std::vector<tests::TestResult>& results);

// Files with their numbers of tests; of tests that did not pass, what was expected, what was found, and why.
std::string tests_to_text(const TestReport& report, const TextStyle& style);
std::string tests_to_json(const TestReport& report);
// A suite a file. Valid by the schemas of Ant and of Jenkins.
std::string tests_to_junit(const TestReport& report);

// What stands behind `expect`, white space folded.
std::string expected_text(const language::Program& program, const language::Expectation& expectation);
// What is wrong with one test, without its title: for the text, and for JUnit's.
void write_outcome(Page& page, std::uint32_t indent, const language::Program& program,
                   const tests::TestResult& result);

}  // namespace writ::report
