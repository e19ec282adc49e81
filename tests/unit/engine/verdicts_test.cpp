// The table of verdicts, row by row.
#include <catch2/catch.hpp>

#include "tests/support/scenario.hpp"

using writ::support::Scenario;

namespace {

const char* const rules = R"(
entity Person { id: String key  name: String }
entity Account {
  id: String key
  owner: Person?
  enabled: Bool
  age: Int = 1
}
control T-1 "Owned" {
  criteria CC6.1
  evidence Account within 7 days
  evidence Person
  check owned "Enabled accounts have an owner" {
    for a in Account where a.enabled
    require a.owner is present else "{a.id} belongs to nobody"
  }
}
)";

const char* const people =
    R"({"entity": "Person", "collected_at": "2026-06-29T00:00:00Z", "records": [{"id": "p1", "name": "Ana"}]})";

std::string accounts(const std::string& records, const std::string& collected = "2026-06-29T00:00:00Z") {
  return R"({"entity": "Account", "collected_at": ")" + collected + R"(", "records": [)" + records + "]}";
}

}  // namespace

TEST_CASE("a population that keeps its requirements passes", "[verdicts]") {
  Scenario s(rules);
  s.facts("person.json", people)
      .facts("account.json", accounts(R"({"id": "a1", "owner": "p1", "enabled": true})"))
      .run();
  INFO(s.diagnostics());
  CHECK(s.verdict_of("T-1.owned") == "pass");
  CHECK(s.verdict_of("T-1") == "pass");
  CHECK(s.check("T-1.owned").population == 1);
  CHECK(s.check("T-1.owned").tested == 1);
}

TEST_CASE("a broken requirement fails, with the record's place", "[verdicts]") {
  Scenario s(rules);
  s.facts("person.json", people)
      .facts("account.json", accounts(R"({"id": "a1", "enabled": true},
  {"id": "a2", "owner": "p1", "enabled": true}, {"id": "a3", "enabled": false})"))
      .run();
  CHECK(s.verdict_of("T-1") == "fail");
  CHECK(s.findings("T-1.owned") == "a1: a1 belongs to nobody");
  const auto& check = s.check("T-1.owned");
  CHECK(check.population == 2);
  CHECK(check.broken == 1);
  REQUIRE(check.findings.size() == 1);
  REQUIRE(check.findings[0].records.size() == 1);
  CHECK(check.findings[0].records[0].place.path == "account.json");
  CHECK(check.findings[0].records[0].place.line == 1);
  CHECK(check.findings[0].records[0].place.pointer == "/records/0");
  CHECK(check.findings[0].fingerprint.size() == 16);
}

TEST_CASE("a dangling owner is no owner", "[verdicts]") {
  Scenario s(rules);
  s.facts("person.json", people)
      .facts("account.json", accounts(R"({"id": "a1", "owner": "p9", "enabled": true})"))
      .run();
  CHECK(s.findings("T-1.owned") == "a1: a1 belongs to nobody");
}

TEST_CASE("an entity that was not supplied is no evidence", "[verdicts]") {
  Scenario s(rules);
  s.facts("account.json", accounts(R"({"id": "a1", "owner": "p1", "enabled": true})")).run();
  CHECK(s.verdict_of("T-1") == "no_evidence");
  REQUIRE(s.check("T-1.owned").reasons.size() == 1);
  CHECK(s.check("T-1.owned").reasons[0] == "no evidence of `Person` was supplied");
}

TEST_CASE("evidence older than its limit is no evidence, unless it fails", "[verdicts]") {
  Scenario old(rules);
  old.facts("person.json", people)
      .facts("account.json", accounts(R"({"id": "a1", "owner": "p1", "enabled": true})", "2026-06-01T00:00:00Z"))
      .run();
  CHECK(old.verdict_of("T-1") == "no_evidence");
  Scenario broken(rules);
  broken.facts("person.json", people)
      .facts("account.json", accounts(R"({"id": "a1", "enabled": true})", "2026-06-01T00:00:00Z"))
      .run();
  CHECK(broken.verdict_of("T-1") == "fail");
  Scenario exact(rules);
  exact.facts("person.json", people)
      .facts("account.json", accounts(R"({"id": "a1", "owner": "p1", "enabled": true})", "2026-06-23T00:00:00Z"))
      .run();
  CHECK(exact.verdict_of("T-1") == "pass");
}

TEST_CASE("evidence without a date does not satisfy a limit, unless the run says one", "[verdicts]") {
  Scenario undated(rules);
  undated.facts("person.json", people)
      .facts("account.json", R"([{"id": "a1", "owner": "p1", "enabled": true}])")
      .run();
  CHECK(undated.verdict_of("T-1") == "no_evidence");
  Scenario dated(rules);
  dated.facts("person.json", people)
      .facts("account.json", R"([{"id": "a1", "owner": "p1", "enabled": true}])")
      .collected_at("2026-06-29T00:00:00Z")
      .run();
  CHECK(dated.verdict_of("T-1") == "pass");
}

TEST_CASE("a bad record makes its checks errors, unless they fail", "[verdicts]") {
  Scenario bad(rules);
  bad.facts("person.json", people)
      .facts("account.json", accounts(R"({"id": "a1", "owner": "p1", "enabled": "yes"})"))
      .run();
  CHECK(bad.verdict_of("T-1") == "error");
  Scenario both(rules);
  both.facts("person.json", people)
      .facts("account.json",
             accounts(R"({"id": "a1", "owner": "p1", "enabled": "yes"}, {"id": "a2", "enabled": true})"))
      .run();
  CHECK(both.verdict_of("T-1") == "fail");
}

TEST_CASE("an empty population is not applicable, or what the check says", "[verdicts]") {
  Scenario none(rules);
  none.facts("person.json", people).facts("account.json", accounts("")).run();
  CHECK(none.verdict_of("T-1") == "not_applicable");
  std::string says = rules;
  says.insert(says.find("    for a in"), "    when empty fail\n");
  Scenario fails(says);
  fails.facts("person.json", people).facts("account.json", accounts("")).run();
  INFO(fails.diagnostics());
  CHECK(fails.findings("T-1.owned") == "organization: nothing is in scope, and the check says that this fails");
  says.replace(says.find("when empty fail"), 15, "when empty pass");
  Scenario passes(says);
  passes.facts("person.json", people).facts("account.json", accounts("")).run();
  CHECK(passes.verdict_of("T-1") == "pass");
}

TEST_CASE("a control is as bad as its worst check, and not applicable only when all are", "[verdicts]") {
  Scenario s(std::string(rules) + R"(
control T-2 "Two" {
  criteria CC6.1
  evidence Account
  check one { for a in Account where a.enabled require a.age > 0 else "no" }
  check two { for a in Account where a.age > 100 require a.enabled else "no" }
}
control T-3 "One fails to compute" {
  criteria CC6.1
  evidence Account
  check one { for a in Account require 10 / a.age > 0.0 else "no" }
}
)");
  s.facts("person.json", people)
      .facts("account.json",
             accounts(R"({"id": "a1", "owner": "p1", "enabled": true}, {"id": "a2", "enabled": false, "age": 0})"))
      .run();
  INFO(s.diagnostics());
  CHECK(s.verdict_of("T-2.two") == "not_applicable");
  CHECK(s.verdict_of("T-2") == "pass");
  CHECK(s.verdict_of("T-3") == "error");
  const auto& check = s.check("T-3.one");
  REQUIRE(check.failures.size() == 1);
  CHECK(check.failures[0].key == "a2");
  CHECK(check.failures[0].reason == "division by zero");
  CHECK(check.population == 2);
  CHECK(check.tested == 1);
}

TEST_CASE("an unknown id to evaluate is an error with the nearest", "[verdicts]") {
  Scenario s(rules);
  s.facts("person.json", people).only("T-l").run();
  CHECK(s.failed());
  CHECK(s.diagnostics().find("there is no control or check `T-l`") != std::string::npos);
  CHECK(s.diagnostics().find("did you mean `T-1`?") != std::string::npos);
}

TEST_CASE("requirements are tested in order, and the first that is broken is the finding", "[verdicts]") {
  Scenario s(R"(
entity Thing { id: String key  n: Int? }
control T-1 "x" {
  criteria CC1.1
  evidence Thing
  check c {
    for t in Thing
    require t.n is present else "no number"
    require t.n > 3 else "{t.n} is too small"
  }
}
)");
  s.facts("thing.json", R"([{"id": "b", "n": 1}, {"id": "a"}, {"id": "c", "n": 9}])").run();
  INFO(s.diagnostics());
  CHECK(s.findings("T-1.c") == "a: no number\nb: 1 is too small");
  REQUIRE(s.check("T-1.c").findings.size() == 2);
  CHECK(s.check("T-1.c").findings[0].key == "b");  // in the order of the evidence
}

TEST_CASE("any number of threads gives the same findings", "[verdicts]") {
  std::string records;
  for (int i = 0; i < 50000; ++i) {
    records += (i == 0 ? "" : ",");
    records += R"({"id": "a)" + std::to_string(i) + R"(", "enabled": )" + (i % 7 == 0 ? "true" : "false") + "}";
  }
  std::string first;
  for (const unsigned threads : {1U, 2U, 5U}) {
    Scenario s(rules);
    s.facts("person.json", people).facts("account.json", accounts(records)).threads(threads).run();
    std::string all;
    for (const auto& finding : s.check("T-1.owned").findings)
      all += finding.key + finding.fingerprint + finding.message;
    CHECK(s.check("T-1.owned").findings.size() == 7143);
    if (first.empty()) first = all;
    CHECK(all == first);
  }
}
