// What queries give: each kind, over nothing, over failures, nested and correlated.
#include <catch2/catch.hpp>

#include "tests/support/scenario.hpp"

using writ::support::Scenario;

namespace {

const char* const entities = R"(
ordered enum Level { low, medium, high }
entity Team { id: String key  members: Person via team }
entity Person {
  id: String key
  team: Team?
  level: Level = low
  pay: Int
  joined: Date
  left: Date?
  tags: Set<String> = {}
  leaves: List<{ from: Date, until: Date? }> = []
}
)";

const char* const facts = R"({
"Team": [{"id": "t1"}, {"id": "t2"}, {"id": "t3"}],
"Person": [
  {"id": "a", "team": "t1", "pay": 10, "joined": "2024-01-01", "level": "high", "tags": ["x", "y", "x"]},
  {"id": "b", "team": "t1", "pay": 20, "joined": "2025-01-01", "left": "2026-01-31", "tags": ["y"]},
  {"id": "c", "team": "t2", "pay": 0, "joined": "2023-05-05", "leaves": [{"from": "2026-01-01", "until": "2026-02-01"}, {"from": "2026-06-01"}]},
  {"id": "d", "team": "nobody", "pay": 7, "joined": "2022-02-02"},
  {"id": "e", "pay": 5, "joined": "2021-01-01"}
]})";

// The text of an expression over one record, for each record of an entity: `key=text`.
std::string values(const std::string& entity, const std::string& expression) {
  Scenario s(std::string(entities) +
             "control T-1 \"t\" {\n criteria CC1.1\n evidence Team, Person\n check c {\n for x in " + entity +
             " require x.id == \"\" else \"{" + expression + "}\"\n } }\n");
  s.facts("facts.json", facts).run();
  const std::string diagnostics = s.diagnostics();
  if (s.failed()) return diagnostics;
  std::string out;
  for (const auto& finding : s.check("T-1.c").findings)
    out += (out.empty() ? "" : " ") + finding.key + "=" + finding.message;
  return out;
}

}  // namespace

TEST_CASE("some, no and every", "[queries]") {
  CHECK(values("Team", "some p in x.members where p.pay > 15") == "t1=true t2=false t3=false");
  CHECK(values("Team", "some p in x.members") == "t1=true t2=true t3=false");
  CHECK(values("Team", "no p in Person where p.team == x and p.pay > 15") == "t1=false t2=true t3=true");
  CHECK(values("Team", "every p in x.members satisfies p.pay >= 10") == "t1=true t2=false t3=true");
  CHECK(values("Team", "every p in x.members where p.left is missing satisfies p.pay == 10") ==
        "t1=true t2=false t3=true");
}

TEST_CASE("counts and sums of nothing are zero, extremes of nothing are missing", "[queries]") {
  CHECK(values("Team", "count(p in x.members where p.pay > 0)") == "t1=2 t2=0 t3=0");
  CHECK(values("Team", "sum(p.pay for p in x.members)") == "t1=30 t2=0 t3=0");
  CHECK(values("Team", "sum(0 / -1 for p in x.members where p.id != \"b\")") == "t1=0.0 t2=0.0 t3=0.0");
  CHECK(values("Team", "max(p.pay for p in x.members)") == "t1=20 t2=0 t3=missing");
  CHECK(values("Team", "min(p.joined for p in x.members)") == "t1=2024-01-01 t2=2023-05-05 t3=missing");
  CHECK(values("Team", "avg(p.pay for p in x.members)") == "t1=15.0 t2=0.0 t3=missing");
  CHECK(values("Team", "percent(p in x.members satisfies p.left is present)") == "t1=0.5 t2=0.0 t3=missing");
}

TEST_CASE("latest and first give records", "[queries]") {
  CHECK(values("Team", "latest(p in x.members by p.joined)") == "t1=b t2=c t3=missing");
  CHECK(values("Team", "first(p in x.members by p.joined)") == "t1=a t2=c t3=missing");
  CHECK(values("Team", "latest(p in x.members where p.left is missing by p.joined)?.pay") ==
        "t1=10 t2=0 t3=missing");
  CHECK(values("Team", "max(p.level for p in x.members)") == "t1=high t2=low t3=missing");
}

TEST_CASE("lists and sets", "[queries]") {
  CHECK(values("Team", "[p.id for p in x.members by p.pay desc]") == "t1=[b, a] t2=[c] t3=[]");
  CHECK(values("Team", "{t for p in x.members, t in p.tags}") == "t1={x, y} t2={} t3={}");
  CHECK(values("Person", "count(l in x.leaves where l.until is missing)") == "a=0 b=0 c=1 d=0 e=0");
  CHECK(values("Person", "\"x\" in x.tags") == "a=true b=false c=false d=false e=false");
}

TEST_CASE("references are present, missing or dangling", "[queries]") {
  CHECK(values("Person", "x.team is present") == "a=true b=true c=true d=false e=false");
  CHECK(values("Person", "x.team is missing") == "a=false b=false c=false d=false e=true");
  CHECK(values("Person", "x.team is dangling") == "a=false b=false c=false d=true e=false");
  CHECK(values("Person", "x.team?.id") == "a=t1 b=t1 c=t2 d=missing e=missing");
}

TEST_CASE("equal values join through an index, missing ones too", "[queries]") {
  CHECK(values("Person", "count(p in Person where p.team == x.team and p.id != x.id)") == "a=1 b=1 c=0 d=0 e=0");
  CHECK(values("Person", "count(p in Person where p.left == x.left)") == "a=4 b=1 c=4 d=4 e=4");
  CHECK(values("Person", "count(p in Person where p.pay % 10 == x.pay % 10)") == "a=3 b=3 c=3 d=1 e=1");
}

TEST_CASE("a failure decides nothing where another element decides", "[queries]") {
  // c's pay is 0: dividing by it fails for that element alone.
  CHECK(values("Team", "some p in Person where p.team == x and 100 / p.pay > 1.0") ==
        "t1=true t2=the message could not be made: division by zero t3=false");
  CHECK(values("Team", "some p in Person where 100 / p.pay > 1.0") == "t1=true t2=true t3=true");
  CHECK(values("Team", "some p in Person where p.pay > 0 and 100 / p.pay > 50.0") == "t1=false t2=false t3=false");
}

TEST_CASE("a key that fails decides nothing where another key of the look-up differs", "[queries]") {
  // c's pay is 0. On the side of what is looked up: only c's fails. On that of what is looked for: all of c's do.
  CHECK(values("Team", "some p in Person where 100 % p.pay == x.id.length() and p.team == x") ==
        "t1=false t2=the message could not be made: division by zero t3=false");
  CHECK(values("Person", "some t in Team where t.id.length() == 100 % x.pay and t == x.team") ==
        "a=false b=false c=the message could not be made: division by zero d=false e=false");
  CHECK(values("Person", "some p in Person where p.id.length() == 100 % x.pay and p.joined == x.left") ==
        "a=false b=false c=false d=false e=false");
}

TEST_CASE("max_gap runs over a range's whole length", "[queries]") {
  CHECK(values("Team", "max_gap(p.joined for p in x.members; period)") == "t1=365 days t2=365 days t3=365 days");
  CHECK(values("Team", "max_gap(l.from for p in x.members, l in p.leaves; period)") ==
        "t1=365 days t2=185 days t3=365 days");
}

TEST_CASE("a function of one record is computed once a record, through joins", "[queries]") {
  Scenario s(std::string(entities) + R"(
fn peers(p: Person): Int = count(q in Person where q.team == p.team and q.id != p.id)
fn rich(t: Team): Bool = some p in t.members where peers(p) > 0 and p.pay > 15
control T-1 "t" {
  criteria CC1.1
  evidence Team, Person
  check c { for p in Person where p.team is present require not rich(p.team) else "{p.team.id} {peers(p)}" }
}
)");
  s.facts("facts.json", facts).run();
  INFO(s.diagnostics());
  CHECK(s.findings("T-1.c") == "a: t1 1\nb: t1 1");
}

TEST_CASE("a population of two entities joins", "[queries]") {
  Scenario s(std::string(entities) + R"(
control T-1 "t" {
  criteria CC1.1
  evidence Team, Person
  check c {
    for t in Team, p in Person
    let most = max(q.pay for q in t.members)
    where p.team == t and p.pay < 15 and most is present
    require p.pay == most else "{p.id} of {t.id} earns {p.pay}, not {most}"
  }
}
)");
  s.facts("facts.json", facts).run();
  INFO(s.diagnostics());
  CHECK(s.findings("T-1.c") == "t1, a: a of t1 earns 10, not 20");
  CHECK(s.check("T-1.c").population == 2);
}
