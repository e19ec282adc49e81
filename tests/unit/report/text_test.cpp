#include "engine/report/text.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "engine/report/evidence_text.hpp"
#include "tests/unit/report/fixture.hpp"

using namespace writ;
using namespace writ::report;
using writ::report::test::Run;

namespace {

std::string text(const TextOptions& options) {
  const Run run;
  return to_text(run.results(), options);
}

types::Timestamp at(std::string_view value) { return types::parse_timestamp(value).value(); }

}  // namespace

TEST_CASE("the text report is laid out for its width") {
  test::check_golden("wide.txt", text({{false, true, 120}, 3}));
  test::check_golden("plain.txt", text({{false, false, 100}, 3}));
  test::check_golden("narrow.txt", text({{false, true, 40}, 3}));
  test::check_golden("color.txt", text({{true, true, 100}, 1}));
  test::check_golden("all.txt", text({{false, false, 100}, SIZE_MAX}));
}

TEST_CASE("no line but of a path is wider than the page") {
  for (const std::uint32_t width : {40U, 60U, 71U, 72U, 80U, 100U, 200U}) {
    std::istringstream lines(text({{false, true, width}, 3}));
    for (std::string line; std::getline(lines, line);) {
      INFO(width << ": " << line);
      CHECK((display_width(line) <= width || line.find("evidence/") != std::string::npos));
    }
  }
}

TEST_CASE("without Unicode a report is ASCII") {
  const std::string report = text({{false, false, 100}, 3});
  CHECK(std::all_of(report.begin(), report.end(), [](unsigned char c) { return c < 0x80; }));
}

TEST_CASE("ages are told in the greatest units that say enough") {
  const types::Timestamp now = at("2026-06-30T00:00:00Z");
  CHECK(age_in_words(at("2026-06-29T23:59:30Z"), now) == "0 minutes old");
  CHECK(age_in_words(at("2026-06-29T23:00:00Z"), now) == "60 minutes old");
  CHECK(age_in_words(at("2026-06-28T12:00:00Z"), now) == "36 hours old");
  CHECK(age_in_words(at("2026-06-20T00:00:00Z"), now) == "10 days old");
  CHECK(age_in_words(at("2026-07-04T00:00:00Z"), now) == "4 days after now");
}

TEST_CASE("the summary leaves out what no control has") {
  const Run run;
  CHECK(summary_line(run.verdicts) == "5 controls: 1 fail, 1 error, 1 no evidence, 1 pass, 1 not applicable");
}
