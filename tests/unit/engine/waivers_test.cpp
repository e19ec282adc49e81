// Waivers and exclusions: what they do to findings and verdicts, and what is said of them.
#include <catch2/catch.hpp>
#include <string>

#include "engine/report/waivers_text.hpp"
#include "tests/support/scenario.hpp"

using writ::support::Scenario;
using writ::verdict::KeyOutcome;
using writ::verdict::WaiverState;

namespace {

const std::string rules = R"(
entity System { id: String key  name: String }
entity Account {
  id: String key
  system: System?
  owner: String?
}
control T-1 "Owned" {
  check owned "Accounts have an owner" {
    for a in Account
    where a.system is present
    let place = a.system.name
    require a.owner is present else "{a.id} on {place} belongs to nobody"
  }
  check named "Accounts have a long id" {
    for a in Account
    require length(a.id) > 2 else "{a.id} is short"
  }
}
)";

const char* const evidence = R"({
  "System": [{"id": "erp", "name": "Old ERP"}, {"id": "crm", "name": "CRM"}],
  "Account": [
    {"id": "a-1", "system": "erp"},
    {"id": "a-2", "system": "erp", "owner": "Ana"},
    {"id": "a-3", "system": "crm"},
    {"id": "a-4", "owner": "Ben"}
  ]})";

const std::string rest = " until 2026-12-31 because \"r\" approved_by \"b\"\n";

Scenario run(const std::string& waivers, const std::string& more = "") {
  Scenario s(rules + more + waivers);
  s.facts("facts.json", evidence).run();
  INFO(s.diagnostics());
  REQUIRE_FALSE(s.failed());
  return s;
}

// Findings of T-1.owned that are waived, and what is remarked of the first waiver.
std::string waived(Scenario& s) {
  std::string out;
  for (const auto& finding : s.check("T-1.owned").findings) {
    if (finding.waiver) out += finding.key + " ";
  }
  return out;
}

std::string remarks(Scenario& s, const writ::verdict::Verdicts& verdicts) {
  std::string out;
  for (const std::string& remark : writ::report::waiver_remarks(s.program(), verdicts.waivers.at(0)))
    out += (out.empty() ? "" : "; ") + remark;
  return out;
}

}  // namespace

TEST_CASE("a waiver covers findings by key, and no other", "[waivers]") {
  Scenario s(rules + "waive T-1.owned for \"a-1\"" + rest);
  const auto& verdicts = s.facts("facts.json", evidence).run();
  INFO(s.diagnostics());
  CHECK(waived(s) == "a-1 ");
  CHECK(s.verdict_of("T-1.owned") == "fail");
  CHECK(s.verdict_of("T-1") == "fail");
  CHECK(s.check("T-1.owned").broken == 2);
  CHECK(s.check("T-1.owned").waived == 1);
  REQUIRE(verdicts.waivers.size() == 1);
  CHECK(verdicts.waivers[0].covered == 1);
  CHECK(remarks(s, verdicts) == "");
}

TEST_CASE("a check whose every exception is covered is waived, and so is its control", "[waivers]") {
  Scenario s = run("waive T-1.owned for \"a-1\", \"a-3\"" + rest);
  CHECK(waived(s) == "a-1 a-3 ");
  CHECK(s.verdict_of("T-1.owned") == "waived");
  CHECK(s.verdict_of("T-1.named") == "pass");
  CHECK(s.verdict_of("T-1") == "waived");
}

TEST_CASE("a condition speaks of the names of the check, and knows what its where tells", "[waivers]") {
  Scenario s = run("waive T-1.owned where place == \"Old ERP\" and a.system.id == \"erp\"" + rest);
  CHECK(waived(s) == "a-1 ");
  Scenario t = run("waive T-1.owned where some b in Account where b.id == a.id and b.id in {\"a-3\"}" + rest);
  CHECK(waived(t) == "a-3 ");
}

TEST_CASE("a condition that fails covers nothing, whichever rule it asks", "[waivers]") {
  Scenario s(R"(
entity Person { id: String key  number: Int }
rule known(n: Int) when some p in Person where even(n)
rule even(n: Int) when some m in [2, 4] where n == m
control T-1 "t" {
  criteria CC1.1
  check c {
    for p in Person
    let share = 4 % p.number
    require false else "{p.id}"
  }
}
waive T-1.c where even(share) until 2026-12-31 because "b" approved_by "a"
)");
  s.facts("facts.json", R"({"Person": [{"id": "a", "number": 0}, {"id": "b", "number": 3}]})").run();
  INFO(s.diagnostics());
  CHECK(s.verdict_of("T-1.c") == "fail");
  CHECK(s.check("T-1.c").waived == 0);
}

TEST_CASE("a waiver holds through its last day, and not a moment longer", "[waivers]") {
  const std::string waiver =
      "waive T-1.owned for \"a-1\", \"a-3\" from 2026-06-01 until 2026-06-30 because \"r\" "
      "approved_by \"b\"\n";
  const auto at = [&](std::string_view now) {
    Scenario s(rules + waiver);
    s.now(now).facts("facts.json", evidence).run();
    return s.verdict_of("T-1.owned");
  };
  CHECK(at("2026-05-31T23:59:59.999999999Z") == "fail");
  CHECK(at("2026-06-01T00:00:00Z") == "waived");
  CHECK(at("2026-06-30T23:59:59.999999999Z") == "waived");
  CHECK(at("2026-07-01T00:00:00Z") == "fail");
}

TEST_CASE("what is wrong with a waiver is told apart", "[waivers]") {
  const auto said = [](const std::string& waiver) {
    Scenario s(rules + waiver);
    const auto& verdicts = s.facts("facts.json", evidence).run();
    INFO(s.diagnostics());
    REQUIRE(verdicts.waivers.size() == 1);
    return remarks(s, verdicts);
  };
  CHECK(said("waive T-1.owned for \"a-2\"" + rest) == "`a-2` meets what is required, and needs no waiver");
  CHECK(said("waive T-1.owned for \"a-4\"" + rest) == "`a-4` is no member of the population");
  CHECK(said("waive T-1.owned for \"a-1\", \"a-2\", \"x\", \"y\"" + rest) ==
        "`x`, `y` are no member of the population; `a-2` meets what is required, and needs no waiver");
  CHECK(said("waive T-1.owned where a.id == \"a-2\"" + rest) ==
        "it covers nothing: 1 member of which it holds meets what is required");
  CHECK(said("waive T-1.owned where a.id == \"z\"" + rest) ==
        "it covers nothing: no member that it speaks of breaks anything");
  CHECK(said("waive T-1.owned where a.id != \"z\"" + rest) == "it covers every member in scope");
  CHECK(said("waive T-1.owned for \"a-1\" until 2026-06-29 because \"r\" approved_by \"b\"\n") ==
        "it has expired: it held until 2026-06-29, and no longer covers 1 finding");
  CHECK(said("waive T-1.owned for \"a-1\" from 2026-07-01 until 2026-09-30 because \"r\" approved_by \"b\"\n") ==
        "it is not in force yet: it holds from 2026-07-01T00:00:00Z");
}

TEST_CASE("without evidence nobody knows what a waiver covers", "[waivers]") {
  Scenario s(rules + "waive T-1.owned for \"a-9\"" + rest);
  const auto& verdicts = s.facts("facts.json", R"({"Account": []})").run();
  CHECK(s.verdict_of("T-1.owned") == "no_evidence");
  REQUIRE(verdicts.waivers.size() == 1);
  CHECK_FALSE(verdicts.waivers[0].decided);
  CHECK_FALSE(verdicts.waivers[0].stale());
}

TEST_CASE("of several waivers the first in force covers, and none is stale for it", "[waivers]") {
  Scenario s(
      rules +
      "waive T-1.owned for \"a-1\" until 2026-01-01 because \"r\" approved_by \"b\"\nwaive T-1.owned for \"a-1\"" +
      rest + "waive T-1 for \"a-1\"" + rest);
  const auto& verdicts = s.facts("facts.json", evidence).run();
  REQUIRE(verdicts.waivers.size() == 3);
  CHECK(verdicts.waivers[0].state == WaiverState::expired);
  CHECK(s.check("T-1.owned").findings[0].waiver == static_cast<writ::language::WaiverId>(1));
  CHECK(verdicts.waivers[2].covered == 1);
}

TEST_CASE("a waiver may name a check of a template, by key and by condition", "[waivers]") {
  const std::string more = R"(
template short(least: Int) {
  param most: Int = 9
  check right {
    for a in Account
    where a.owner is present
    let size = length(a.id)
    require size >= least and size <= most else "{a.id} has {size}"
  }
}
control T-2 "Short" { include short(5) as id }
)";
  Scenario s = run("waive T-2.id_right where a.owner == \"Ana\" and size < least" + rest, more);
  CHECK(s.findings("T-2.id_right") == "a-2: a-2 has 3\na-4: a-4 has 3");
  CHECK(s.check("T-2.id_right").waived == 1);
  CHECK(s.check("T-2.id_right").findings[0].waiver.has_value());
}

TEST_CASE("what a pack leaves out is not applicable, needs no evidence and says why", "[waivers]") {
  Scenario s(rules + "pack p { exclude T-1.owned because \"no systems here\" }\n");
  const auto& verdicts = s.facts("facts.json", R"({"Account": [{"id": "abc"}]})").run();
  INFO(s.diagnostics());
  CHECK(s.verdict_of("T-1.owned") == "not_applicable");
  CHECK(s.check("T-1.owned").excluded == "no systems here");
  CHECK(s.verdict_of("T-1") == "pass");
  for (const auto& use : verdicts.evidence) CHECK(s.program().entity(use.entity).name != "System");
}
