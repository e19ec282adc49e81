// What generated cases meet too seldom: the engine and the oracle on corners that were thought of, with what is to
// come out of them said beside.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/support/oracle_case.hpp"

using writ::support::CaseOutcome;
using writ::support::CaseReport;
using writ::support::OracleCase;

namespace {

const char* const entities = R"(
ordered enum Level { low, medium, high }
entity Team { id: String key  members: Person via team  listed: Person via teams }
entity Person {
  id: String key
  team: Team?
  boss: Person?
  teams: List<Team> = []
  level: Level = low
  pay: Int = 0
  rate: Float = 0.0
  joined: Date?
  seen: Timestamp?
  span: Duration = 0 days
  tags: Set<String> = {}
  home: { city: String?, zip: Int }?
  leaves: List<{ from: Date, until: Date? }> = []
}
entity Note { text: String }
)";

const char* const teams = R"({"entity": "Team", "collected_at": "2026-06-29T00:00:00Z", "records":
  [{"id": "t1"}, {"id": "t2"}, {"id": "t3"}]})";
const char* const notes = R"([{"text": "a"}, {"text": "b"}])";
const char* const people = R"([
  {"id": "a", "team": "t1", "pay": 10, "rate": 0.5, "joined": "2025-07-01", "seen": "2026-07-01T00:00:00Z", "tags": ["x", "y"], "teams": ["t1", "t2", "t1"], "home": {"zip": 3}},
  {"id": "b", "team": "t1", "boss": "a", "pay": 10, "joined": "2025-06-30", "seen": "2026-06-30T23:59:59.999Z", "tags": ["y"], "level": "high"},
  {"id": "c", "team": "gone", "boss": "gone", "pay": 0, "joined": "9999-12-31", "home": {"city": "x", "zip": 3}},
  {"id": "d", "team": "gone", "boss": "other", "pay": 9223372036854775807, "span": "PT1H", "leaves": [{"from": "2026-01-01"}, {"from": "2026-03-01", "until": "2026-03-31"}]},
  {"id": "e", "pay": -1, "joined": "2025-07-01", "level": "medium"}])";

CaseReport run(const std::string& checks) {
  OracleCase one;
  one.program.declarations = {entities};
  one.program.controls = {{"control T-1 \"t\" {\n criteria CC1.1\n evidence Team within 7 days\n", {checks}}};
  one.files = {{"team.json", "", "", "", {teams}},
               {"person.json", "", "", "", {people}},
               {"note.json", "", "", "", {notes}}};
  return writ::support::run_case(one);
}

// A condition over each person: members, findings and failures that the oracle counts, when the engine agrees.
std::string over_people(const std::string& condition) {
  const CaseReport report = run("check c { for p in Person require " + condition + " else \"{p.id} broke it\" }");
  if (report.outcome != CaseOutcome::agrees) return report.text;
  return std::to_string(report.findings) + " broken, " + std::to_string(report.failures) + " failed";
}

std::string over_check(const std::string& body) {
  const CaseReport report = run("check c { " + body + " }");
  if (report.outcome != CaseOutcome::agrees) return report.text;
  return std::to_string(report.members) + " members, " + std::to_string(report.findings) + " broken, " +
         std::to_string(report.failures) + " failed";
}

}  // namespace

TEST_CASE("references that dangle", "[oracle]") {
  CHECK(over_people("p.team is present") == "3 broken, 0 failed");
  CHECK(over_people("p.team is missing") == "4 broken, 0 failed");
  CHECK(over_people("p.team is dangling") == "3 broken, 0 failed");
  CHECK(over_people("p.team is missing or p.team.id == \"t1\"") == "0 broken, 2 failed");
  CHECK(over_people("p.team?.id is missing") == "2 broken, 0 failed");
  CHECK(over_people("some q in Person where q.id != p.id and q.team == p.team") == "1 broken, 0 failed");
  CHECK(over_people("(p.boss ?? p) == p") == "1 broken, 0 failed");
  CHECK(over_people("count(q in Person where q.boss == p.boss) == 1") == "2 broken, 0 failed");
}

TEST_CASE("inverses, of lists too, hold each record once", "[oracle]") {
  CHECK(over_check("for t in Team require count(p in t.listed) == 1 else \"{t.id}\"") ==
        "3 members, 1 broken, 0 failed");
  CHECK(over_check("for t in Team, p in t.members require p.team == t else \"no\"") ==
        "2 members, 0 broken, 0 failed");
}

TEST_CASE("a failure decides nothing where the other side does", "[oracle]") {
  CHECK(over_people("10 / p.pay > 0.5 and p.id != \"c\"") == "3 broken, 0 failed");
  CHECK(over_people("p.id != \"c\" and 10 / p.pay > 0.5") == "3 broken, 0 failed");
  CHECK(over_people("10 / p.pay > 0.5 or p.id == \"c\"") == "2 broken, 0 failed");
  CHECK(over_people("10 / p.pay > 0.5") == "2 broken, 1 failed");
  CHECK(over_people("every q in Person where q.pay < 10 satisfies 10 / q.pay < p.pay") == "0 broken, 5 failed");
}

TEST_CASE("numbers at their ends", "[oracle]") {
  CHECK(over_people("p.pay + 1 > p.pay") == "0 broken, 1 failed");
  CHECK(over_people("-9223372036854775808 % -1 == 0") == "0 broken, 0 failed");
  CHECK(over_people("p.pay * 2 >= p.pay") == "1 broken, 1 failed");
  CHECK(over_people("sum(q.pay for q in Person) > 0") == "0 broken, 5 failed");
  CHECK(over_people("sum(q.pay for q in Person where q.pay <= p.pay) >= 0") == "2 broken, 1 failed");
  CHECK(over_people("p.rate / p.rate == 1.0") == "0 broken, 4 failed");
  CHECK(over_people("p.pay % 3 <= 1") == "0 broken, 0 failed");
}

TEST_CASE("time at its ends", "[oracle]") {
  CHECK(over_people("p.joined is missing or p.joined in period") == "2 broken, 0 failed");
  CHECK(over_people("p.seen is missing or p.seen in period") == "1 broken, 0 failed");
  CHECK(over_people("p.joined is missing or p.joined + 1 day > p.joined") == "0 broken, 1 failed");
  CHECK(over_people("max_gap(q.joined for q in Person where q.joined is present; period) == 365 days") ==
        "0 broken, 0 failed");
}

TEST_CASE("ties and what is passed over", "[oracle]") {
  CHECK(over_people("latest(q in Person by q.pay) == p") == "4 broken, 0 failed");
  CHECK(over_people("first(q in Person where q.joined is present by q.joined)?.id == \"b\"") ==
        "0 broken, 0 failed");
  CHECK(over_people("latest(q in Person where q.pay == 10 by q.pay)?.id == \"b\"") == "0 broken, 0 failed");
  CHECK(over_people("first(q in Person where q.pay == 10 by q.pay)?.id == \"a\"") == "0 broken, 0 failed");
  CHECK(over_people("[q.id for q in Person by q.level desc] == [\"b\", \"e\", \"a\", \"c\", \"d\"]") ==
        "0 broken, 0 failed");
  CHECK(over_people("{q.pay for q in Person} == {0, 10, -1, 9223372036854775807}") == "0 broken, 0 failed");
}

TEST_CASE("steps that fail", "[oracle]") {
  CHECK(over_check("for p in Person where 10 / p.pay > 0.0 require true else \"\"") ==
        "3 members, 0 broken, 1 failed");
  CHECK(over_check("for p in Person let x = 10 / p.pay require p.id == \"c\" or x > 0.5 else \"\"") ==
        "5 members, 2 broken, 0 failed");
  CHECK(over_check("for p in Person, n in [1 / p.pay] require n < 5.0 else \"\"") ==
        "4 members, 0 broken, 1 failed");
  CHECK(over_check("let x = 1 / 0 where x > 0.5 require true else \"\"") == "0 members, 0 broken, 1 failed");
}

TEST_CASE("populations of nothing, and of the organisation", "[oracle]") {
  CHECK(over_check("for p in Person where p.pay == 3 require false else \"\"") == "0 members, 0 broken, 0 failed");
  CHECK(over_check("for p in Person where p.pay == 3 require false else \"\" when empty fail") ==
        "0 members, 1 broken, 0 failed");
  CHECK(over_check("for p in Person where 1 / p.pay > 3.0 require false else \"\" when empty fail") ==
        "0 members, 0 broken, 1 failed");
  CHECK(over_check("for organization require no p in Person else \"some\"") == "1 members, 1 broken, 0 failed");
  CHECK(over_check("for n in Note require n.text == \"a\" else \"{n.text} {n}\"") ==
        "2 members, 1 broken, 0 failed");
  CHECK(over_check("for p in Person, l in p.leaves require l.until is present else \"{p} {l.from}\"") ==
        "2 members, 1 broken, 0 failed");
}
