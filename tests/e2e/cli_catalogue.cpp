// The catalogue of controls, and what evidence is asked for: as a user sees it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;
using Catch::Contains;

TEST_CASE("the catalogue as Markdown and as a page") {
  check_golden("catalogue.md", run("doc acme/rules").out);
  check_golden("catalogue.html", run("doc acme/rules --format html").out);
  check_golden("catalogue_control.md", run("doc acme/rules --control ACC-07.in_time").out);
}

TEST_CASE("the ending of the file says what it is") {
  const Workplace place;
  CHECK(place.run("doc rules -o controls.html").status == 0);
  CHECK_THAT(place.read("controls.html"), Contains("<!DOCTYPE html>"));
  CHECK(place.run("doc rules -o controls.md").status == 0);
  CHECK_THAT(place.read("controls.md"), Contains("# Acme's SOC 2 programme"));
  CHECK(place.run("doc rules -o controls.html --format markdown").status == 0);
  CHECK_THAT(place.read("controls.html"), Contains("# Acme's SOC 2 programme"));
}

TEST_CASE("mistakes in asking for a catalogue, a schema or a new pack") {
  std::string text;
  for (const std::string call :
       {"doc acme/rules --format pdf", "doc acme/rules/entities.writ", "doc nowhere",
        "doc acme/rules --control ACC-7", "doc acme/rules -o nowhere/controls.md",
        "facts acme/rules --json-schema --facts acme/evidence", "facts acme/rules --json-schma",
        "init acme/rules/pack.writ", "init one two", "repl nowhere", "repl acme/rules --set ACC-07.grace=x"}) {
    const Ran ran = run(call);
    INFO(call);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    text += transcript(call) + "\n";
  }
  check_golden("asking.txt", text);
}

TEST_CASE("the schema of the evidence is that of what is asked for") {
  const auto schema = nlohmann::json::parse(run("facts acme/rules --json-schema --control ACC-09").out);
  CHECK(schema.at("$defs").contains("Person.file"));
  CHECK_FALSE(schema.at("$defs").contains("Account"));
  CHECK(schema.at("$defs").at("Person").at("required") == nlohmann::json::parse(R"(["id", "name", "status"])"));
  check_golden("evidence_schema.json", run("facts acme/rules --json-schema").out);
}

TEST_CASE("evidence that is too old is said to decide nothing") {
  const Ran ran = run("facts acme/rules --facts acme/evidence --now 2026-08-01", {{"COLUMNS", "200"}});
  CHECK(ran.status == 3);
  CHECK_THAT(ran.out, Contains("Cannot be decided"));
  CHECK_THAT(ran.out, Contains("the evidence of `Person` was collected at 2026-06-28T06:00:00Z"));
  CHECK(run("facts acme/rules --facts acme/evidence --now 2026-06-30 --control ACC-09").status == 0);
}
