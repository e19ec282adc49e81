// Derived records: what they are made of, where they stand, and when they are bad.
#include <catch2/catch.hpp>

#include "tests/support/scenario.hpp"

using writ::support::Scenario;

namespace {

const char* const entities = R"(
enum Standing { active, suspended }
entity Person { id: String key  accounts: Account via owner  boss: Person? }
entity Seat { plane: String key  row: Int key }
entity Account {
  id: String key
  owner: Person?
  standing: Standing = active
  peers: Set<Account> = {}
  place: { city: String?, country: String } = missing
  seat: Seat?
  spans: List<{ from: Date, until: Date? }> = []
  system: String = "here"
}
entity User { id: String key  employee: String?  status: String  peers: List<String> = []  level: Int = 1  since: List<Date> = []  manager: Person? }
)";

std::string with_place(std::string text) {
  // A default of a nested record cannot be written, so the field is optional.
  const std::string from = "place: { city: String?, country: String } = missing";
  return text.replace(text.find(from), from.size(), "place: { city: String?, country: String }?");
}

const char* const derivation = R"(
derive Account from u in User where u.status != "gone" {
  id: "u-" + u.id
  owner: Person(u.employee)
  standing: if u.status == "on" then active else suspended
  peers: {Account("u-" + p) for p in u.peers}
  place: if u.level > 1 then { country: "DE", city: u.employee } else missing
  seat: Seat(row: u.level, plane: u.id)
  spans: [{ from: d } for d in u.since]
}
)";

const char* const facts = R"({
"Person": [{"id": "p1"}, {"id": "p2"}],
"Seat": [{"plane": "1", "row": 2}],
"Account": [{"id": "own", "owner": "p2"}],
"User": [
  {"id": "1", "employee": "p1", "status": "on", "peers": ["2", "2"], "level": 2, "since": ["2026-01-02", "2026-02-03"]},
  {"id": "2", "employee": "nobody", "status": "off"},
  {"id": "3", "status": "on"},
  {"id": "4", "employee": "p1", "status": "gone"}
]})";

Scenario judged(const std::string& rules, const std::string& check, const std::string& evidence = facts) {
  Scenario s(with_place(entities) + rules + "\ncontrol T-1 \"t\" {\n criteria CC1.1\n check c {\n" + check +
             "\n}\n}\n");
  s.facts("facts.json", evidence).run();
  INFO(s.diagnostics());
  REQUIRE_FALSE(s.failed());
  return s;
}

// The text of an expression over one account `x`, for each of them.
std::string accounts(const std::string& expression) {
  Scenario s = judged(derivation, "for x in Account require x.id == \"\" else \"{" + expression + "}\"");
  std::string out;
  for (const auto& finding : s.check("T-1.c").findings)
    out += (out.empty() ? "" : "; ") + finding.key + "=" + finding.message;
  return out;
}

}  // namespace

TEST_CASE("records are made of records, beside those that are supplied", "[derive]") {
  CHECK(accounts("x.standing") == "own=active; u-1=active; u-2=suspended; u-3=active");
  CHECK(accounts("x.system") == "own=here; u-1=here; u-2=here; u-3=here");
}

TEST_CASE("references are made by key", "[derive]") {
  CHECK(accounts("x.owner is present") == "own=true; u-1=true; u-2=false; u-3=false");
  CHECK(accounts("x.owner is dangling") == "own=false; u-1=false; u-2=true; u-3=false");
  CHECK(accounts("x.seat?.row ?? 0") == "own=0; u-1=2; u-2=0; u-3=0");
  CHECK(accounts("[p.id for p in x.peers]") == "own=[]; u-1=[u-2]; u-2=[]; u-3=[]");
}

TEST_CASE("inverses hold derived records", "[derive]") {
  CHECK(judged(derivation,
               "for p in Person require [a.id for a in p.accounts] == [\"\"] else \"{[a.id for a in p.accounts]}\"")
            .findings("T-1.c") == "p1: [u-1]\np2: [own]");
}

TEST_CASE("nested records and lists of them", "[derive]") {
  CHECK(accounts("x.place?.country ?? \"none\"") == "own=none; u-1=DE; u-2=none; u-3=none");
  CHECK(accounts("[s.from for s in x.spans]") == "own=[]; u-1=[2026-01-02, 2026-02-03]; u-2=[]; u-3=[]");
  CHECK(accounts("count(s in x.spans where s.until is missing)") == "own=0; u-1=2; u-2=0; u-3=0");
}

TEST_CASE("a derived record stands where its source stands", "[derive]") {
  Scenario s =
      judged(derivation, "for x in Account where x.id == \"u-2\" require x.owner is present else \"{x.id}\"");
  const auto& finding = s.check("T-1.c").findings.at(0);
  CHECK(finding.records.at(0).place.line == 7);
  CHECK(finding.records.at(0).place.pointer == "/User/1");
  REQUIRE_FALSE(finding.because.empty());
  REQUIRE(finding.because[0].place);
  CHECK(finding.because[0].place->pointer == "/User/1");
}

TEST_CASE("a key that is taken makes a bad record, with the place of the other", "[derive]") {
  const std::string rules = R"(
derive Account from u in User where u.id == "1" { id: "own" }
derive Account from u in User where u.id != "4" { id: u.status }
)";
  Scenario s = judged(rules, "for x in Account require x.id != \"\" else \"\"");
  CHECK(s.verdict_of("T-1.c") == "error");
  REQUIRE(s.store().bad_records.size() == 2);
  CHECK(s.store().bad_records[0].place.pointer == "/User/0");
  CHECK(s.store().bad_records[0].reason ==
        "the key `own` of a derived Account is taken already by the record at facts.json:4:13");
  CHECK(s.store().bad_records[1].place.pointer == "/User/2");
}

TEST_CASE("a value that cannot be computed makes a bad record", "[derive]") {
  const std::string rules = "derive Account from u in User { id: \"{6 % (u.level - 1)}\" }";
  Scenario s = judged(rules, "for x in Account require x.id == \"\" else \"{x.id}\"");
  CHECK(s.findings("T-1.c") == "0: 0\nown: own");
  REQUIRE(s.store().bad_records.size() == 3);
  CHECK(s.store().bad_records[0].reason == "`id` of a derived Account could not be told: division by zero");
}

TEST_CASE("a required reference that leads nowhere makes a bad record, and so what refers to that", "[derive]") {
  const std::string rules = R"(
entity Badge { id: String key  person: Person }
entity Door { id: String key  badge: Badge }
derive Badge from u in User { id: u.id  person: Person(u.employee ?? "nobody") }
derive Door from u in User { id: u.id  badge: Badge(u.id) }
)";
  Scenario s = judged(rules, "for d in Door require d.badge.id == \"\" else \"{d.badge.person.id}\"");
  CHECK(s.findings("T-1.c") == "1: p1\n4: p1");
  CHECK(s.store().bad_records.size() == 4);
}

TEST_CASE("what refers to a supplied record that is set aside for a derived one is set aside too", "[derive]") {
  const std::string rules = R"(
entity Badge { id: String key }
entity Door { id: String key  badge: Badge }
entity Lock { id: String key  door: Door }
derive Badge from u in User { id: u.id }
)";
  const std::string evidence = R"({
"Door": [{"id": "d1", "badge": "1"}, {"id": "d2", "badge": "gone"}],
"Lock": [{"id": "l1", "door": "d1"}, {"id": "l2", "door": "d2"}],
"User": [{"id": "1", "status": "on"}]
})";
  Scenario s = judged(rules, "for l in Lock require l.door.badge.id == \"\" else \"{l.door.badge.id}\"", evidence);
  CHECK(s.findings("T-1.c") == "l1: 1");
  REQUIRE(s.store().bad_records.size() == 2);
  CHECK(s.store().bad_records[0].reason == "`badge` refers to the Badge `gone`, which is not there");
  CHECK(s.store().bad_records[1].reason == "`door` refers to the Door `d2`, which is not there");
}

TEST_CASE("a key of several fields is shown with its parts apart", "[derive]") {
  const std::string rules = R"(
entity Ticket { id: String key  seat: Seat }
derive Ticket from u in User where u.id != "1" { id: u.id  seat: Seat(u.id, u.level) }
)";
  Scenario s = judged(rules, "for t in Ticket require t.seat.row > 5 else \"\"");
  REQUIRE(s.store().bad_records.size() == 3);
  CHECK(s.store().bad_records[0].reason == "`seat` refers to the Seat `2, 1`, which is not there");
}

TEST_CASE("whether a reference leads to a record is asked once such records are derived", "[derive]") {
  const std::string rules = R"(
entity Door { id: String key }
entity Badge { id: String key }
entity Card { id: String key  badge: Badge?  spare: Badge? }
fn usable(b: Badge?): Bool = b is present
derive Door from c in Card where c.badge is present { id: "a-" + c.id }
derive Door from c in Card where c.badge is dangling { id: "b-" + c.id }
derive Door from c in Card where usable(c.badge ?? c.spare) { id: "c-" + c.id }
derive Badge from u in User where u.status == "on" { id: u.id }
)";
  const std::string evidence = R"({
"Card": [{"id": "1", "badge": "1"}, {"id": "2", "badge": "2", "spare": "1"}, {"id": "3"}],
"User": [{"id": "1", "status": "on"}, {"id": "2", "status": "off"}]
})";
  Scenario s = judged(rules, "require count(d in Door) == 0 else \"{[d.id for d in Door]}\"", evidence);
  CHECK(s.findings("T-1.c") == "organization: [a-1, b-2, c-1, c-2]");
}

TEST_CASE("records come in the order of what they are made of", "[derive]") {
  const std::string rules = R"(derive Account from u in User, n in [1, 2] where u.level >= n { id: "{u.id}.{n}" })";
  Scenario s = judged(rules, "require count(a in Account) == 0 else \"{[a.id for a in Account]}\"");
  CHECK(s.findings("T-1.c") == "organization: [own, 1.1, 1.2, 2.1, 3.1, 4.1]");
}

TEST_CASE("what nothing runs over cannot fail", "[derive]") {
  const std::string rules =
      R"(derive Account from u in User where u.level > 5 for n in [6 % (count(p in Person) - 2)] { id: u.id })";
  Scenario s = judged(rules, "for x in Account require x.id != \"\" else \"\"");
  CHECK(s.verdict_of("T-1.c") == "pass");
}

TEST_CASE("a condition that fails makes a bad record, whatever comes behind it", "[derive]") {
  const std::string rules =
      R"(derive Account from u in User where 6 % (u.level - 1) == 0 for d in u.since { id: "{u.id} {d}" })";
  Scenario s = judged(rules, "for x in Account require x.id == \"\" else \"{x.id}\"");
  CHECK(s.findings("T-1.c") == "1 2026-01-02: 1 2026-01-02\n1 2026-02-03: 1 2026-02-03\nown: own");
  REQUIRE(s.store().bad_records.size() == 3);
  CHECK(s.store().bad_records[0].reason ==
        "the condition of a derived Account could not be told: division by zero");
}

TEST_CASE("bad records count where some sources are not supplied", "[derive]") {
  const std::string rules = R"(
entity Guest { id: String key }
derive Account from u in User { id: "{6 % (u.level - 1)}" }
derive Account from g in Guest { id: g.id }
)";
  Scenario s = judged(rules, "for x in Account require x.id != \"\" else \"\"");
  CHECK(s.verdict_of("T-1.c") == "error");
}

TEST_CASE("references to what is derived can be run over and handed on", "[derive]") {
  const std::string rules = R"(
entity Group { id: String key  members: List<Account> }
derive Account from g in Group, m in g.members { id: g.id  peers: {m} }
)";
  const std::string evidence = R"({"Group": [{"id": "g", "members": ["g"]}], "Person": [], "Seat": []})";
  Scenario s = judged(rules, "for x in Account require no p in x.peers where p == x else \"{x.id}\"", evidence);
  CHECK(s.verdict_of("T-1.c") == "fail");
}

TEST_CASE("sources must be supplied, and date what is made of them", "[derive]") {
  const std::string check = "for x in Account require x.id != \"\" else \"\"";
  CHECK(judged(derivation, check, R"({"Account": [], "Person": [], "Seat": []})").verdict_of("T-1.c") ==
        "no_evidence");
  CHECK(judged(derivation, check, R"({"User": [{"id": "1", "status": "on"}], "Person": [], "Seat": []})")
            .verdict_of("T-1.c") == "pass");
  Scenario s(with_place(entities) + derivation +
             "\ncontrol T-1 \"t\" {\n criteria CC1.1\n evidence Account within 7 days\n check c {\n" + check +
             "\n}\n}\n");
  s.now("2026-06-30T00:00:00Z")
      .facts(
          "users.json",
          R"({"entity": "User", "collected_at": "2026-06-01T00:00:00Z", "records": [{"id": "1", "status": "on"}]})")
      .facts("rest.json", R"({"Person": [], "Seat": []})")
      .run();
  CHECK(s.verdict_of("T-1.c") == "no_evidence");
}

TEST_CASE("a derivation uses what another one makes, and several records together", "[derive]") {
  const std::string rules = R"(
entity Pair { id: String key  owner: Person }
derive Account from u in User where u.employee is present { id: u.id  owner: Person(u.employee) }
derive Pair from p in Person, a in p.accounts let id = p.id + a.id where a.id != "own" { id: id  owner: p }
)";
  CHECK(judged(rules, "for x in Pair require x.owner.id == \"\" else \"{x.owner.id}\"").findings("T-1.c") ==
        "p11: p1\np14: p1");
}

TEST_CASE("what breaks a requirement of a derivation makes a bad record with its message", "[derive]") {
  const std::string rules = R"(
derive Account from u in User where u.status != "gone"
  let first = first(d in u.since)
  require first is present else "{u.id} began at no time"
  require first.year() > 2025 else "{u.id} began in {first.year()}"
{ id: "u-" + u.id  spans: [{ from: first }] }
)";
  const std::string evidence = R"({ "Person": [], "Seat": [], "Account": [], "User": [
{"id": "1", "status": "on", "since": ["2026-01-02"]},
{"id": "2", "status": "on"},
{"id": "3", "status": "on", "since": ["2025-01-02"]},
{"id": "4", "status": "gone"}]})";
  Scenario s = judged(rules, "for x in Account require x.id != \"\" else \"{x.id}\"", evidence);
  CHECK(s.verdict_of("T-1.c") == "error");
  CHECK(s.check("T-1.c").population == 1);
  REQUIRE(s.store().bad_records.size() == 2);
  CHECK(s.store().bad_records[0].reason == "no Account is derived: 2 began at no time");
  CHECK(s.store().bad_records[0].place.pointer == "/User/1");
  CHECK(s.store().bad_records[1].reason == "no Account is derived: 3 began in 2025");
  CHECK(s.store().bad_records[1].place.pointer == "/User/2");
}

TEST_CASE("a requirement that fails makes a bad record, and so does a condition", "[derive]") {
  const std::string evidence =
      R"({ "Person": [], "Seat": [], "Account": [], "User": [{"id": "1", "status": "on"}]})";
  const std::string check = "for x in Account require x.id != \"\" else \"{x.id}\" when empty pass";
  const auto reason = [&](const std::string& clauses) {
    Scenario s = judged("derive Account from u in User " + clauses + " { id: u.id }", check, evidence);
    CHECK(s.verdict_of("T-1.c") == "error");
    return s.store().bad_records.empty() ? "none" : s.store().bad_records[0].reason;
  };
  CHECK(reason("require 6 % (u.level - 1) == 0 else \"odd\"") ==
        "what is required of a derived Account could not be told: division by zero");
  CHECK(reason("require u.level > 1 else \"{6 % (u.level - 1)}\"") ==
        "what is required of a derived Account could not be told: division by zero");
  CHECK(reason("where 6 % (u.level - 1) == 0") ==
        "the condition of a derived Account could not be told: division by zero");
}

TEST_CASE("checks on what is derived of a bad derived record are in error", "[derive]") {
  const std::string rules = R"(
entity Table { lines: List<String> }
derive Table from u in User require u.status == "on" else "off" { lines: [u.id] }
derive Account from t in Table, line in t.lines { id: line }
)";
  const std::string evidence = R"({ "Person": [], "Seat": [], "User": [{"id": "1", "status": "x"}]})";
  Scenario s = judged(rules, "for x in Account require x.id != \"\" else \"{x.id}\" when empty pass", evidence);
  CHECK(s.verdict_of("T-1.c") == "error");
  REQUIRE(s.store().bad_records.size() == 1);
  CHECK(s.store().bad_records[0].reason == "no Table is derived: off");
}

TEST_CASE("several runs over one store derive once", "[derive]") {
  Scenario s = judged(derivation, "for x in Account require x.id == \"\" else \"{x.id}\"");
  writ::diagnostics::Sink sink;
  const auto again = writ::engine::explain_members(s.program(), s.store(), {}, s.options(),
                                                   writ::language::CheckId{}, "u-1", sink);
  CHECK(again.size() == 1);
}
