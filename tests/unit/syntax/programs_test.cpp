#include <catch2/catch.hpp>
#include <string>

#include "tests/unit/syntax/snippet.hpp"

using writ::tests::Snippet;

TEST_CASE("relations, and queries over their tuples") {
  const Snippet snippet(R"(
## b is above a.
rule above(a: Person, b: Person)
  when a.manager == b
rule above(a: Person, b: Person) when some m in Person where above(a, m) and above(m, b)
fn cyclic(p: Person): Bool = some (a, b) in above where a == b and a == p
fn none(p: Person): Bool = no (a, b) in above, c in above(p) where a == c
control ACC-01 "x" {
  check c { for (a, b) in above, x in a.accounts require a != b else "no" }
}
)");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() ==
        R"(["b is above a."] rule above(a: Person, b: Person) when (== (. a manager) b)
rule above(a: Person, b: Person) when (some [m Person] where (and (call above a m) (call above m b)))
fn cyclic(p: Person): Bool = (some [(a b) above] where (and (== a b) (== a p)))
fn none(p: Person): Bool = (no [(a b) above] [c (call above p)] where (== a c))
control ACC-01 "x"
  check c
    for (a b) in above
    for x in (. a accounts)
    require (!= a b) else (string "no")
)");
}

TEST_CASE("derived records, and records as values") {
  const Snippet snippet(R"(
derive Account from u in OktaUser, f in u.factors
  let mail = u.profile.email
  where u.status == active
  require mail is present else "no address" {
  id: u.id,
  owner: Person(mail)
  address: { city: "Oslo", country: if u.abroad then "SE" else "NO" }
  kinds: [{ kind: k.kind on: k.on } for k in u.kinds]
  empty: {}
  set: { a }
}
)");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() == R"(derive Account
    for u in OktaUser
    for f in (. u factors)
    let mail = (. (. u profile) email)
    where (== (. u status) active)
    require (is present mail) else (string "no address")
    id: (. u id)
    owner: (call Person mail)
    address: (record city: (string "Oslo") country: (if (. u abroad) (string "SE") (string "NO")))
    kinds: ([… for …] [k (. u kinds)] body (record kind: (. k kind) on: (. k on)))
    empty: (set)
    set: (set a)
)");
}

TEST_CASE("templates and what includes them") {
  const Snippet snippet(R"(
## A policy stands.
template policy_in_force(kind: PolicyKind, topics: Set<Topic> = {}) {
  evidence Policy within 30 days
  param review_interval: Period = 12 months where review_interval <= 24 months
  check exists "It exists" { for organization require some p in Policy where p.kind == kind else "none" }
}
control CNF-01 "Data" {
  criteria C1.1
  include policy_in_force(data, topics: { labels, handling }) as data_policy
  include plain
}
)");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() ==
        R"(["A policy stands."] template policy_in_force(kind: PolicyKind, topics: Set<Topic> = (set))
  evidence Policy within (quantity 30 days)
  param review_interval: Period = (quantity 12 months) where (<= review_interval (quantity 24 months))
  check exists "It exists"
    for organization
    require (some [p Policy] where (== (. p kind) kind)) else (string "none")
control CNF-01 "Data"
  criteria "C1.1"
  include policy_in_force data topics: (set labels handling) as data_policy
  include plain
)");
}

TEST_CASE("packs, profiles and waivers") {
  const Snippet snippet(R"(
pack acme "Acme" {
  version "2026.2"
  include soc2.*
  include ACC-*
  exclude PHY-01 because "no premises"
  exclude basis implied because "not asked for"
  profile strict
  set ACC-07.grace = 4 hours
  name ACC-01 "First"
  section "Access" {
    name ACC-07 "Removal" as "A-31"
    name ACC-08 "Review"
  }
}
profile strict "As it should be" { set ACC-07.grace = 0 days }
## The vendor is slow.
waive ACC-07.disabled_in_time for "a-1", "a-2" where account.system == "legacy"
  from 2026-01-01
  until 2026-12-31
  because "monthly"
  approved_by "ciso@acme.example"
waive ACC-08
)");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() == R"(pack acme "Acme"
  version "2026.2"
  include soc2.*
  include ACC-*
  set ACC-07.grace = (quantity 4 hours)
  exclude PHY-01 because "no premises"
  exclude basis implied because "not asked for"
  name ACC-01 "First"
  section "Access"
    name ACC-07 "Removal" as "A-31"
    name ACC-08 "Review"
  profiles strict
profile strict "As it should be"
  set ACC-07.grace = (quantity 0 days)
["The vendor is slow."] waive ACC-07.disabled_in_time for "a-1" "a-2" where (== (. account system) (string "legacy")) from 2026-01-01 until 2026-12-31 because "monthly" approved_by "ciso@acme.example"
waive ACC-08
)");
}

TEST_CASE("tests") {
  const Snippet snippet(R"(
test "a leaver's account is a finding" {
  now 2026-06-30T00:00:00Z
  period 2025-07-01..2026-06-30
  pack acme
  set ACC-07.grace = 0 days
  given Person { id: "p1", name: "Ana", address: { city: "Oslo" } }
  given Account {
    id: "a1"
    owner: "p1"
    enabled: true
  }
  given no Badge
  absent Contract, Device
  collected Account, Person at 2026-01-01T00:00:00Z
  waive ACC-07 for "a1" until 2026-12-31 because "x" approved_by "y"
  expect ACC-07.late fails only for "a1", "a2" saying "still has"
  expect ACC-07.late passes for "a3"
  expect ACC-07 is no_evidence
  expect that current(p) == missing
}
)");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() == R"(test "a leaver's account is a finding"
  now 2026-06-30T00:00:00Z
  period (.. 2025-07-01 2026-06-30)
  pack acme
  set ACC-07.grace = (quantity 0 days)
  given Person
    id: (string "p1")
    name: (string "Ana")
    address: (record city: (string "Oslo"))
  given Account
    id: (string "a1")
    owner: (string "p1")
    enabled: true
  given no Badge
  absent Contract Device
  collected Account Person at 2026-01-01T00:00:00Z
  waive ACC-07 for "a1" until 2026-12-31 because "x" approved_by "y"
  expect ACC-07.late fails only for "a1" "a2" saying "still has"
  expect ACC-07.late passes for "a3"
  expect ACC-07 is no_evidence
  expect that (== (call current p) missing)
)");
}

TEST_CASE("what is broken in a test, a pack or a derivation leaves the rest") {
  const Snippet snippet(R"(
pack acme {
  version 3
  section "Access" {
    name "x"
    name ACC-01 "Fine"
  }
  set ACC-01.x = 3
}
derive Account from u in OktaUser {
  id u.id
  name: u.name
}
test "x" {
  given Account { id: "a" }
  given Person {
    id: "p"
    name:
  }
  expect ACC-01 breaks
  expect ACC-02 passes
}
waive ACC-01 until 2026-01-01 until 2026-02-01
entity Fine { id: String key }
)");
  CHECK(snippet.diagnosed() == R"(3:11 syntax-error: expected the version, in quotes, found `3`
5:10 syntax-error: expected a control, such as `ACC-07`, found a text
11:6 syntax-error: expected `:` and a value, found `u` [write `:`]
18:10 syntax-error: expected an expression, found `}`
20:17 syntax-error: expected `passes`, `fails` or `is` and a verdict, found `breaks`
23:31 syntax-error: `until` stands twice
)");
  CHECK(snippet.dumped() == R"(pack acme (damaged)
  set ACC-01.x = 3
  section "Access" (damaged)
    name ACC-01 "Fine"
derive Account (damaged)
    for u in OktaUser
    name: (. u name)
test "x" (damaged)
  given Account
    id: (string "a")
  given Person (damaged)
    id: (string "p")
  expect ACC-02 passes
waive ACC-01 until 2026-01-01
entity Fine
  id: String key
)");
}
