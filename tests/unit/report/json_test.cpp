#include "engine/report/json.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/report/fixture.hpp"

using namespace writ;
using namespace writ::report;
using writ::report::test::Run;

TEST_CASE("the JSON report holds everything, in one order") {
  const Run run;
  test::check_golden("results.json", to_json(run.results(), {}));
}

TEST_CASE("findings that are left out are counted") {
  const Run run;
  const auto document = nlohmann::json::parse(to_json(run.results(), {2}));
  const auto& check = document["controls"][0]["checks"][0];
  CHECK(check["findings"].size() == 2);
  CHECK(check["findings_omitted"] == 3);
  CHECK(check["exceptions"] == 5);
  CHECK(check["failures_omitted"] == 0);
}

TEST_CASE("a path that is no UTF-8 does not spoil the document") {
  Run run;
  run.store.files[0].path = "evidence/\xff.json";
  const auto document = nlohmann::json::parse(to_json(run.results(), {}));
  CHECK(document["files"][0]["path"] == "evidence/\uFFFD.json");
}

TEST_CASE("a check that fails because nothing is in scope names no requirement") {
  Run run;
  verdict::CheckResult& check = run.verdicts.controls[4].checks[0];
  check.verdict = verdict::Verdict::fail;
  check.broken = 1;
  verdict::Finding finding;
  finding.key = "organization";
  finding.message = "nothing is in scope, and the check says that this fails";
  finding.fingerprint = "0123456789abcdef";
  check.findings.push_back(finding);
  const auto document = nlohmann::json::parse(to_json(run.results(), {}));
  CHECK(document["controls"][4]["checks"][0]["findings"][0]["requirement"].is_null());
  CHECK(document["controls"][0]["checks"][0]["findings"][0]["requirement"]["rule"]["line"] == 5);
}
