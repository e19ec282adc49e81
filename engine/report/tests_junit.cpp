// JUnit's XML, as Ant writes it and Jenkins and others read it.
#include <fmt/format.h>

#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "engine/report/results.hpp"
#include "engine/report/tests.hpp"

namespace writ::report {

using tests::Status;
using tests::TestResult;

namespace {

// The schema wants a moment; a report of tests that have clocks of their own names none.
constexpr const char* no_moment = "1970-01-01T00:00:00";
constexpr std::uint32_t text_width = 100;

// White space as the type `token` has it: the schema compares names so.
std::string token(const std::string& text) {
  std::istringstream words(printable(text));
  std::string out;
  for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string summary(const language::Program& program, const TestResult& result) {
  const language::TestDef& test = program.tests[result.test];
  if (!result.faults.empty()) return result.faults.front().message;
  for (const tests::ExpectationResult& expectation : result.expectations) {
    if (expectation.met) continue;
    return fmt::format("expected {}: {}", expected_text(program, test.expectations[expectation.expectation]),
                       expectation.found);
  }
  return {};
}

void add_case(pugi::xml_node suite, const language::Program& program, const TestResult& result) {
  const language::TestDef& test = program.tests[result.test];
  pugi::xml_node node = suite.append_child("testcase");
  node.append_attribute("name") = token(test.title).c_str();
  node.append_attribute("classname") = token(std::string(program.sources->path(test.span.file))).c_str();
  node.append_attribute("time") = "0";
  if (result.status == Status::passed) return;
  pugi::xml_node why = node.append_child(result.status == Status::failed ? "failure" : "error");
  why.append_attribute("message") = printable(summary(program, result)).c_str();
  why.append_attribute("type") = result.status == Status::failed ? "expectation" : "error";
  Page page({false, false, text_width});
  page.paragraph(0, 2, {{"at " + shown(rule_place(program, test.title_span)), Ink::plain, true}});
  write_outcome(page, 0, program, result);
  why.append_child(pugi::node_pcdata).set_value(page.take().c_str());
}

}  // namespace

std::string tests_to_junit(const TestReport& report) {
  std::map<source::FileId, std::vector<const TestResult*>> by_file;
  for (const TestResult& result : report.results)
    by_file[report.program.tests[result.test].span.file].push_back(&result);
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node suites = document.append_child("testsuites");
  int id = 0;
  for (const auto& [file, results] : by_file) {
    std::vector<TestResult> statuses;
    for (const TestResult* result : results) statuses.push_back({result->test, result->status, {}, {}});
    const TestTotals sums = totals(statuses);
    const std::string path = token(std::string(report.program.sources->path(file)));
    pugi::xml_node suite = suites.append_child("testsuite");
    suite.append_attribute("name") = path.c_str();
    suite.append_attribute("package") = path.c_str();
    suite.append_attribute("id") = id++;
    suite.append_attribute("timestamp") = no_moment;
    suite.append_attribute("hostname") = "localhost";
    suite.append_attribute("tests") = static_cast<unsigned>(sums.all());
    suite.append_attribute("failures") = static_cast<unsigned>(sums.failed);
    suite.append_attribute("errors") = static_cast<unsigned>(sums.errors);
    suite.append_attribute("time") = "0";
    pugi::xml_node property = suite.append_child("properties").append_child("property");
    property.append_attribute("name") = "writ";
    property.append_attribute("value") = std::string(report.version).c_str();
    for (const TestResult* result : results) add_case(suite, report.program, *result);
    suite.append_child("system-out");
    suite.append_child("system-err");
  }
  std::ostringstream out;
  document.save(out, "  ");
  return out.str();
}

}  // namespace writ::report
