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
