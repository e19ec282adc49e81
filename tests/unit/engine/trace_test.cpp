// Why a member breaks a requirement: the deciding values, with their places.
#include <catch2/catch.hpp>

#include "tests/support/scenario.hpp"

using writ::support::Scenario;

namespace {

std::string because(const writ::verdict::Finding& finding) {
  std::string out;
  for (const auto& decider : finding.because) {
    out += std::string(decider.depth * 2, ' ') + decider.expression + " = " + decider.value;
    if (decider.place)
      out += " at " + decider.place->path + ":" + std::to_string(decider.place->line) + ":" +
             std::to_string(decider.place->column);
    out += "\n";
  }
  return out;
}

const char* const rules = R"(
enum Status { active, gone }
entity Person { id: String key  status: Status  ended_on: Date?  accounts: Account via owner }
entity Account { id: String key  owner: Person?  enabled: Bool }
fn has_left(p: Person): Bool = p.status == gone and p.ended_on is present and p.ended_on < today
control T-1 "t" {
  criteria CC6.2
  evidence Person, Account
  check disabled {
    for a in Account where a.owner is present
    require not (a.enabled and has_left(a.owner)) else "{a.id} is still enabled"
  }
  check none_left {
    for p in Person where p.status == gone
    require no a in p.accounts where a.enabled else "{p.id} has an enabled account"
  }
}
)";

const char* const facts = R"({
  "Person": [
    {"id": "p1", "status": "gone",
     "ended_on": "2026-06-01"}
  ],
  "Account": [
    {"id": "a1", "owner": "p1", "enabled": true}
  ]
})";

}  // namespace

TEST_CASE("values through a reference and a function are shown where they stand", "[trace]") {
  Scenario s(rules);
  s.facts("facts.json", facts).run();
  INFO(s.diagnostics());
  REQUIRE(s.check("T-1.disabled").findings.size() == 1);
  CHECK(because(s.check("T-1.disabled").findings[0]) ==
        "a.enabled = true at facts.json:7:44\n"
        "has_left(a.owner) = true\n"
        "  p.status = gone at facts.json:3:28\n"
        "  p.ended_on = 2026-06-01 at facts.json:4:18\n"
        "  today = 2026-06-30\n");
}

TEST_CASE("a query shows the record that decided it", "[trace]") {
  Scenario s(rules);
  s.facts("facts.json", facts).run();
  REQUIRE(s.check("T-1.none_left").findings.size() == 1);
  CHECK(because(s.check("T-1.none_left").findings[0]) ==
        "no a in p.accounts where a.enabled = false\n"
        "  p.accounts = a1 at facts.json:7:5\n"
        "  a.enabled = true at facts.json:7:44\n");
}

TEST_CASE("one member is explained by its key, in scope or not", "[trace]") {
  Scenario s(rules);
  s.facts("facts.json", facts).run();
  writ::diagnostics::Sink sink;
  const auto check = s.check("T-1.disabled").check;
  const auto traces = writ::engine::explain_members(s.program(), s.store(), {}, s.options(), check, "a1", sink);
  REQUIRE(traces.size() == 1);
  CHECK(traces[0].outcome == writ::verdict::Outcome::broken);
  CHECK(traces[0].message == "a1 is still enabled");
  CHECK(writ::engine::explain_members(s.program(), s.store(), {}, s.options(), check, "a2", sink).empty());
}

TEST_CASE("where nothing of a few is what was looked for, each of them is shown, and why it is not", "[trace]") {
  Scenario s(R"(
entity Person { id: String key  jobs: Job via person }
entity Job { id: String key  person: Person  ended_on: Date?  grade: Int }
control T-1 "t" {
  criteria CC6.2
  check works_here {
    for p in Person
    require some j in p.jobs where j.ended_on is missing and j.grade > 1 else "{p.id} does not work here"
  }
}
)");
  s.facts("facts.json", R"({
"Person": [{"id": "two"}, {"id": "none"}, {"id": "many"}],
"Job": [
  {"id": "j1", "person": "two", "ended_on": "2026-06-12", "grade": 3},
  {"id": "j2", "person": "two", "grade": 1},
  {"id": "m1", "person": "many", "grade": 0}, {"id": "m2", "person": "many", "grade": 0},
  {"id": "m3", "person": "many", "grade": 0}, {"id": "m4", "person": "many", "grade": 0}
]})")
      .run();
  INFO(s.diagnostics());
  const auto& findings = s.check("T-1.works_here").findings;
  REQUIRE(findings.size() == 3);
  const std::string query = "some j in p.jobs where j.ended_on is missing and j.grade > 1 = false\n";
  CHECK(because(findings[0]) == query +
                                    "  p.jobs = j1 at facts.json:4:3\n"
                                    "  j.ended_on = 2026-06-12 at facts.json:4:45\n"
                                    "  p.jobs = j2 at facts.json:5:3\n"
                                    "  j.grade = 1 at facts.json:5:42\n");
  CHECK(because(findings[1]) == query + "  p.jobs = []\n");
  CHECK(because(findings[2]) == query);
}
