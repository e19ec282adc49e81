// The vectors of public suites against the language, and the page that says what came of them. WRIT_UPDATE_GOLDEN=1
// writes the page.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tests/conformance/page.hpp"

namespace writ::conformance {

const std::vector<Family>& families() {
  static const std::vector<Family> all = {
      {"Times", "time", time_case},
      {"Networks", "cidr", network_case},
      {"Globs", "glob", glob_case},
      {"Regular expressions", "regex", regex_case},
      {"Versions", "semver", version_case},
      {"Ranges of versions", "semver_range", range_case},
      {"Texts", "strings", text_case},
      {"Lists, sets and aggregates", "collections", collection_case},
      {"Numbers", "numbers", number_case},
      {"Amounts with units", "units", unit_case},
      {"Encodings", "encoding", encoding_case},
      {"Forms of texts", "formats", format_case},
      {"Tests of types", "types", type_case},
      {"Objects", "objects", object_case},
      {"Expressions of CEL", "cel_expr", cel_case},
  };
  return all;
}

namespace {

const std::string recorded = WRIT_SOURCE_DIR "/../shared/vectors";
const std::string page_path = WRIT_SOURCE_DIR "/docs/language/conformance.md";

bool is_recorded() {
  if (std::filesystem::is_directory(recorded)) return true;
  std::cout << "skipped: there are no vectors at " << recorded << "\n";
  return false;
}

FamilyResults held(const Family& family) {
  FamilyResults out;
  out.family = &family;
  out.lines = read_lines(recorded + "/" + std::string(family.file) + ".jsonl");
  for (const Line& line : out.lines) out.cases.push_back(family.adapt(line));
  out.results = run(out.cases);
  for (std::size_t i = 0; i < out.cases.size(); ++i) {
    Case& one = out.cases[i];
    if (one.expression.empty() || out.results[i].as_expected || one.exception.empty()) continue;
    one.reason = one.exception;
    one.differs = true;
    out.results[i].as_expected = true;
  }
  return out;
}

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool agrees(Case one) { return run({std::move(one)})[0].as_expected; }

}  // namespace

TEST_CASE("a run tells what is as wanted from what is not") {
  CHECK(agrees(gives("1 + 1", "2")));
  CHECK_FALSE(agrees(gives("1 + 1", "3")));
  CHECK_FALSE(agrees(gives("1 + \"a\"", "2")));
  CHECK_FALSE(agrees(gives("1 / 0", "2.0")));
  CHECK(agrees(holds("1 < 2")));
  CHECK_FALSE(agrees(holds("2 < 1")));
  CHECK(agrees(lacks("2 < 1")));
  CHECK(agrees(missing("int(\"x\")")));
  CHECK_FALSE(agrees(missing("int(\"7\")")));
  CHECK(agrees(fails("1 / 0")));
  CHECK(agrees(fails("1 + \"a\"")));
  CHECK_FALSE(agrees(fails("1 + 1")));
  CHECK(agrees(refused("1 + \"a\"")));
  CHECK_FALSE(agrees(refused("1 / 0")));
  CHECK_FALSE(agrees(refused("1 + 1")));
}

TEST_CASE("one case that is refused, or does not parse, leaves the others alone") {
  const auto results =
      run({gives("1 +", "1"), gives("2", "2"), gives("\"a\" + 1", "1"), gives("]", "1"), gives("3", "4")});
  CHECK_FALSE(results[0].as_expected);
  CHECK(results[1].as_expected);
  CHECK(results[2].found.starts_with("refused: "));
  CHECK(results[3].found.starts_with("refused: "));
  CHECK(results[4].found == "3");
}

TEST_CASE("public vectors come out as they want, or as the page says", "[recorded]") {
  if (!is_recorded()) return;
  std::vector<FamilyResults> all;
  std::size_t concerned = 0;
  std::size_t passing = 0;
  for (const Family& family : families()) {
    all.push_back(held(family));
    const FamilyResults& one = all.back();
    concerned += one.concerned();
    passing += one.passing();
    for (std::size_t i = 0; i < one.cases.size(); ++i) {
      if (one.cases[i].expression.empty() || one.results[i].as_expected) continue;
      INFO(one.lines[i].object.dump());
      INFO(one.cases[i].expression << "\n  wanted: " << one.cases[i].wanted
                                   << "\n  found:  " << one.results[i].found);
      CHECK(one.results[i].as_expected);
    }
  }
  CHECK(concerned > 1000);
  CHECK(passing * 100 >= concerned * 85);
  if (std::getenv("WRIT_UPDATE_GOLDEN") != nullptr) std::ofstream(page_path, std::ios::binary) << page(all);
  CHECK(read(page_path) == page(all));
}

}  // namespace writ::conformance
