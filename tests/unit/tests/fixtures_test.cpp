// What a test gives: fields that are left out, keys, references, lists, and what of it is an error.
#include <catch2/catch.hpp>

#include "running.hpp"

using namespace writ::tests::test;

TEST_CASE("a field that is left out has its default, is missing, or is unset") {
  CHECK(outcome(R"(test "t" {
    given Person { id: "a" }
    expect that every p in Person satisfies p.rank == 3 and p.left is missing and p.boss is missing and size(p.notes) == 0
  })") == "passed");
  CHECK(outcome(R"(test "t" { given Person { id: "a" } expect that some p in Person where p.name == "x" })") ==
        "error: `Person.name` of `a` is read, and the test leaves it out");
  CHECK(outcome(R"(test "t" { given Person { id: "a" } expect that count(p in Person where is_old(p)) == 0 })") ==
        "error: `Person.born` of `a` is read, and the test leaves it out");
  CHECK(outcome(R"(test "t" { given Person { id: "a", place: { city: "Oslo" } }
    expect that some p in Person where p.place.city == "Oslo"
    expect that some p in Person where p.place.country == "NO" })") ==
        "error: `Person.place.country` of `a` is read, and the test leaves it out");
  CHECK(outcome(R"(test "t" { given Person { id: "a", notes: [{ text: "x", on: 2026-01-01 }, { text: "y" }] }
    expect that sum(1 for p in Person, n in p.notes where n.text == "y") == 1
    expect that some p in Person, n in p.notes where n.text == "y" and n.on > 2026-01-01 })") ==
        "error: `Person.notes.on` of `a` is read, and the test leaves it out");
}

TEST_CASE("what a condition decides without is not read") {
  CHECK(outcome(R"(test "t" {
    given Person { id: "a", rank: 1 }
    given Person { id: "b", rank: 9, name: "B" }
    expect that count(p in Person where p.rank > 5 and p.name == "B") == 1
    expect that some p in Person where p.name == "B"
    expect that every p in Person satisfies p.rank < 5 or p.name == "B"
    expect that sum(if p.rank > 5 then length(p.name) else 0 for p in Person) == 1
  })") == "passed");
}

TEST_CASE("an unset field is found behind an index as well") {
  // `q.boss == p.boss` becomes a look-up, `q.born == …` its filter: neither may take what is unset for a match.
  CHECK(outcome(R"(test "t" {
    given Person { id: "boss", born: 1970-01-01 }
    given Person { id: "a", boss: "boss" }
    given Person { id: "b", boss: "boss", born: 2001-01-01 }
    expect T-1.same_boss passes
  })") == "error: `Person.born` of `a` is read, and the test leaves it out");
  CHECK(outcome(R"(test "t" {
    given Person { id: "boss", born: 1970-01-01 }
    given Person { id: "a", boss: "boss", born: 2001-01-01 }
    given Person { id: "b", boss: "boss", born: 2001-01-01 }
    expect T-1.same_boss passes
  })") == "passed");
}

TEST_CASE("a message need not be complete unless it is spoken of") {
  const std::string given = "given Person { id: \"a\", rank: 1 } ";
  CHECK(outcome("test \"t\" { " + given + "expect T-1.ranked fails for \"a\" }") == "passed");
  CHECK(outcome("test \"t\" { " + given + "expect T-1.ranked fails saying \"has 1\" }") ==
        "error: `Person.name` of `a` is read, and the test leaves it out");
}

TEST_CASE("keys that are left out are made up, and never those that are given") {
  CHECK(outcome(R"(test "t" {
    given Person { rank: 1 }
    given Person { id: "person-1" }
    given Person { rank: 2 }
    expect that count(p in Person) == 3
    expect that size({ p.id for p in Person }) == 3
    expect that some p in Person where p.id == "person-1" and p.rank == 3
  })") == "passed");
  CHECK(outcome(R"(test "t" {
    given Team { country: "NO" }
    given Team { country: "NO" }
    given Team { number: 1 }
    expect that size({ t.number for t in Team where t.country == "NO" }) == 2
  })") == "passed");
  CHECK(codes(R"(test "t" { given Round { number: 1 } expect that count(r in Round) == 1 })") == "invalid-test");
  CHECK(outcome(R"(test "t" { given Round { on: 2026-01-01 } expect that count(r in Round) == 1 })") == "passed");
}

TEST_CASE("two records cannot have one key") {
  CHECK(outcome(R"(test "t" { given Person { id: "a" } given Person { id: "a" } expect that 1 == 1 })") ==
        "error: two records of `Person` have the key `a`");
  CHECK(outcome(R"(test "t" {
    given Team { country: "NO", number: 1 } given Team { country: "NO", number: 1 } expect that 1 == 1 })") ==
        "error: two records of `Team` have the key `NO, 1`");
}

TEST_CASE("references are given by keys, and may lead nowhere") {
  CHECK(outcome(R"(test "t" {
    given Team   { country: "NO", number: 1, name: "North" }
    given Person { id: "a", team: { number: 1, country: "NO" }, boss: "b" }
    given Person { id: "b", team: { country: "NO", number: 2 }, boss: "nobody", lead: "nobody" }
    given Person { id: "c", boss: missing }
    expect that some p in Person where p.team is present and p.team.name == "North" and p.id == "a"
    expect that some p in Person where p.team is dangling and p.id == "b"
    expect that count(p in Person where p.boss is present) == 1
    expect that count(p in Person where p.boss is dangling) == 1
    expect that every t in Team satisfies count(m in t.members) == 1
    expect that sum(count(m in p.team_mates) for p in Person) == 1
  })") == "passed");
  CHECK(outcome(R"(test "t" { given Person { id: "b", lead: "nobody" }
    expect that every p in Person satisfies p.lead.rank == 3 })") ==
        "failed: it cannot be evaluated: a reference names a record that is not there");
}

TEST_CASE("lists, sets and records are written out") {
  CHECK(outcome(R"(test "t" {
    given Person { id: "a", tags: {red, blue}, notes: [{ text: "x", by: "a", on: 2026-01-01 }], place: {} }
    given Person { id: "b", tags: [green, green], notes: [] }
    given Person { id: "c", tags: {} }
    expect that some p in Person where p.tags == {blue, red}
    expect that some p in Person where size(p.tags) == 1 and green in p.tags
    expect that count(p in Person where size(p.tags) == 0) == 1
    expect that some p in Person, n in p.notes where n.by == p and n.on == 2026-01-01
    expect that every p in Person satisfies p.id != "a" or p.place.city is missing
  })") == "passed");
}

TEST_CASE("values may be computed, of the clock too, but not of records") {
  CHECK(outcome(R"(test "t" {
    now 2026-06-30
    given Person { id: lower("A"), born: today - 30 days }
    expect that some p in Person where p.born == 2026-05-31 and p.id == "a"
  })") == "passed");
  CHECK(codes(R"(test "t" { given Person { born: today - 30 days } expect that count(p in Person) == 1 })") ==
        "test-needs-now");
  CHECK(codes(R"(test "t" { given Person { rank: count(p in Person) } expect that count(p in Person) == 1 })") ==
        "not-constant");
  CHECK(outcome(R"(test "t" { given Person { rank: 1 % (2 - 2) } expect that count(p in Person) == 1 })") ==
        "error: the value cannot be computed: division by zero");
}

TEST_CASE("what cannot be given is refused when rules are compiled") {
  const auto given = [](const std::string& fields) {
    return codes("test \"t\" { given Person { " + fields + " } expect that 1 == 1 }");
  };
  CHECK(given("nmae: \"x\"") == "unknown-field");
  CHECK(given("name: \"x\", name: \"y\"") == "duplicate-name");
  CHECK(given("name: 3") == "type-mismatch");
  CHECK(given("tags: {violet}") == "unknown-member");
  CHECK(given("team: \"NO\"") == "type-mismatch");
  CHECK(given("team: { country: \"NO\" }") == "invalid-test");
  CHECK(given("team: { country: \"NO\", number: \"1\" }") == "type-mismatch");
  CHECK(given("place: \"Oslo\"") == "type-mismatch");
  CHECK(given("place: { town: \"Oslo\" }") == "unknown-field");
  CHECK(given("team_mates: [\"a\"]") == "invalid-test");
  CHECK(given("boss: 3") == "type-mismatch");
  CHECK(codes("test \"t\" { given Persn { } expect that 1 == 1 }") == "unknown-entity");
  CHECK(codes("test \"t\" { given Person { id: \"a\" } absent Person expect that 1 == 1 }") == "invalid-test");
  CHECK(codes("test \"t\" { given no Person given Person { } expect that 1 == 1 }") == "invalid-test");
  CHECK(codes("test \"t\" { given Person { } }") == "test-without-expectation");
}
