#include <fmt/format.h>

#include <algorithm>

#include "engine/report/findings_text.hpp"
#include "engine/report/results.hpp"
#include "engine/report/symbols.hpp"
#include "engine/report/tests.hpp"

namespace writ::report {

using tests::Status;
using tests::TestResult;
using verdict::Verdict;

namespace {

constexpr std::size_t most_shown = 5;  // findings or members of one expectation
constexpr std::uint32_t label_width = 10;
constexpr std::uint32_t most_read = 120;  // columns of an expression that is read

Verdict look_of(Status status) {
  switch (status) {
    case Status::passed:
      return Verdict::pass;
    case Status::failed:
      return Verdict::fail;
    case Status::error:
      return Verdict::error;
  }
  return Verdict::error;
}

std::string folded(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      if (gap && !out.empty()) out += ' ';
      out += c;
    }
    gap = space;
  }
  return out;
}

void labelled(Page& page, std::uint32_t indent, std::string_view label, std::vector<Piece> pieces) {
  pieces.insert(pieces.begin(), Piece{padded(label, label_width), Ink::dim, true});
  page.paragraph(indent, indent + label_width, pieces);
}

template <typename Item, typename Write>
void each_shown(Page& page, std::uint32_t indent, const std::vector<Item>& items, const Write& write) {
  for (std::size_t i = 0; i < items.size() && i < most_shown; ++i) write(items[i]);
  if (items.size() > most_shown) {
    page.paragraph(indent, indent + 2, {{fmt::format("and {} more", items.size() - most_shown), Ink::dim}});
  }
}

void write_expectation(Page& page, std::uint32_t indent, const language::Program& program,
                       const language::Expectation& expectation, const tests::ExpectationResult& result) {
  labelled(page, indent, "expected", {{expected_text(program, expectation), Ink::bold}});
  labelled(page, indent, "at", {{shown(rule_place(program, expectation.span)), Ink::plain, true}});
  std::vector<Piece> pieces = with_code(result.found);
  labelled(page, indent, "found", std::move(pieces));
  const std::uint32_t inner = indent + label_width;
  each_shown(page, inner, result.findings,
             [&](const verdict::Finding& finding) { write_finding(page, inner, program, finding); });
  each_shown(page, inner, result.failures,
             [&](const verdict::Failure& failure) { write_failure(page, inner, program, failure); });
  each_shown(page, inner, result.members,
             [&](const verdict::MemberTrace& member) { write_trace(page, inner, member); });
  write_because(page, inner, result.because);
}

void write_fault(Page& page, std::uint32_t indent, const language::Program& program, const tests::Fault& fault) {
  labelled(page, indent, "error", with_code(fault.message));
  const RulePlace place = rule_place(program, fault.span);
  const std::string text = shortened(folded(program.sources->text(fault.span)), most_read, page.style().unicode);
  if (!place.path.empty())
    labelled(page, indent, "at", {{shown(place), Ink::plain, true}, {fmt::format(" `{}`", text), Ink::dim}});
  const RulePlace other = rule_place(program, fault.other_span);
  if (fault.other.empty() || other.path.empty()) return;
  std::vector<Piece> pieces = {{shown(other), Ink::plain, true}, {" "}};
  for (Piece& piece : with_code(fault.other, Ink::dim)) pieces.push_back(std::move(piece));
  labelled(page, indent, "see", std::move(pieces));
}

}  // namespace

TestTotals totals(const std::vector<TestResult>& results) {
  TestTotals out;
  for (const TestResult& result : results) {
    ++(result.status == Status::passed ? out.passed : result.status == Status::failed ? out.failed : out.errors);
  }
  return out;
}

std::string expected_text(const language::Program& program, const language::Expectation& expectation) {
  constexpr std::string_view keyword = "expect ";
  std::string text = folded(program.sources->text(expectation.span));
  if (text.starts_with(keyword)) text.erase(0, keyword.size());
  return text;
}

void write_outcome(Page& page, std::uint32_t indent, const language::Program& program, const TestResult& result) {
  const language::TestDef& test = program.tests[result.test];
  bool first = true;
  const auto apart = [&] {
    if (!first) page.gap();
    first = false;
  };
  for (const tests::ExpectationResult& expectation : result.expectations) {
    if (expectation.met) continue;
    apart();
    write_expectation(page, indent, program, test.expectations[expectation.expectation], expectation);
  }
  for (const tests::Fault& fault : result.faults) {
    apart();
    write_fault(page, indent, program, fault);
  }
}

std::string tests_to_text(const TestReport& report, const TextStyle& style) {
  Page page(style);
  const auto& sources = *report.program.sources;
  const auto file_of = [&](const TestResult& result) { return report.program.tests[result.test].span.file; };
  const auto symbol = [&](Status status) {
    return Piece{std::string(symbol_of(look_of(status), style.unicode)) + " ", ink_of(look_of(status)), true};
  };
  for (auto begin = report.results.begin(); begin != report.results.end();) {
    auto end = begin;
    std::vector<TestResult> of_file;
    Status worst = Status::passed;
    for (; end != report.results.end() && file_of(*end) == file_of(*begin); ++end) {
      of_file.push_back({end->test, end->status, {}, {}});
      worst = std::max(worst, end->status);
    }
    const TestTotals sums = totals(of_file);
    std::string numbers = counted(sums.all(), "test");
    if (sums.failed > 0) numbers += fmt::format(", {} failed", sums.failed);
    if (sums.errors > 0) numbers += fmt::format(", {}", counted(sums.errors, "error"));
    page.spread(0, 2, {symbol(worst), {std::string(sources.path(file_of(*begin))), Ink::bold, true}},
                {{numbers, Ink::dim}});
    for (; begin != end; ++begin) {
      if (begin->status == Status::passed) continue;
      const language::TestDef& test = report.program.tests[begin->test];
      page.gap();
      page.paragraph(2, 4,
                     {symbol(begin->status),
                      {test.title, Ink::bold},
                      {" "},
                      {"at " + shown(rule_place(report.program, test.title_span)), Ink::dim, true}});
      write_outcome(page, 6, report.program, *begin);
      page.gap();
    }
  }
  page.gap();
  const TestTotals sums = totals(report.results);
  std::vector<Piece> pieces = {{counted(sums.all(), "test"), Ink::bold}};
  std::string separator = ": ";
  const auto add = [&](std::size_t count, std::string_view word, Status status) {
    if (count == 0) return;
    pieces.push_back({separator});
    pieces.push_back({fmt::format("{} {}", count, word), ink_of(look_of(status))});
    separator = ", ";
  };
  add(sums.failed, "failed", Status::failed);
  add(sums.errors, "in error", Status::error);
  add(sums.passed, "passed", Status::passed);
  page.paragraph(0, 2, pieces);
  return page.take();
}

}  // namespace writ::report
