// What is observed of conditions: each part, as often as it decides.
#include <catch2/catch.hpp>

#include "running.hpp"

using namespace writ::tests::test;

TEST_CASE("the parts of a condition are observed only where they decide") {
  const std::string rules = R"(
control C-1 "C" {
  check c "c" {
    for p in Person where p.rank > 5 and (p.left is missing or p.id == "z")
    require not p.rank == 9 else if p.rank == 9 then "nine" else "other"
  }
}
test "t" {
  given Person { id: "a", rank: 1 }
  given Person { id: "b", rank: 6 }
  given Person { id: "c", rank: 9, left: 2026-01-01 }
  given Person { id: "z", rank: 9, left: 2026-01-01 }
  expect C-1.c fails only for "z"
}
)";
  CHECK(observed(rules, "p.rank > 5") == "p.rank > 5 0/0\np.rank > 5 3/1");  // the first is the world's own
  CHECK(observed(rules, "p.left is missing") == "p.left is missing 0/0\np.left is missing 1/2");
  CHECK(observed(rules, "\"z\"") == "p.id == \"z\" 1/1");
  CHECK(observed(rules, "p.rank == 9") == "p.rank == 9 1/1\np.rank == 9 1/0");
}

TEST_CASE("conditions of queries and functions are observed record by record") {
  const std::string rules = R"(
fn busy(p: Person): Bool = p.rank > 3 and p.rank < 8
test "t" {
  given Person { id: "a", rank: 1 }
  given Person { id: "b", rank: 5 }
  given Person { id: "c", rank: 9 }
  expect that count(p in Person where busy(p)) == 1
  expect that every p in Person satisfies grade(p) >= 1
}
)";
  CHECK(observed(rules, "p.rank > 3") == "p.rank > 3 2/1");
  CHECK(observed(rules, "p.rank < 8") == "p.rank < 8 1/1");
  CHECK(observed(rules, "p.rank > 5") == "p.rank > 5 1/2");
}

TEST_CASE("conditions of derivations are observed, and those of functions that they call") {
  const std::string rules = R"(
entity Guest { id: String key  nights: Int }
entity Stay { id: String key  rank: Int }
fn long_stay(g: Guest): Bool = g.nights > 30 or g.nights == 7
derive Stay from g in Guest where g.id != "z"
  require g.nights > 0 else "none" {
  id: g.id
  rank: if long_stay(g) then 9 else 1
}
test "t" {
  given Guest { id: "a", nights: 1 }
  given Guest { id: "b", nights: 31 }
  given Guest { id: "z", nights: 40 }
  expect that count(s in Stay where s.rank == 9) == 1
}
)";
  CHECK(observed(rules, "\"z\"") == "g.id != \"z\" 2/1");
  CHECK(observed(rules, "long_stay(g)") == "long_stay(g) 1/1");
  CHECK(observed(rules, "g.nights > 0") == "g.nights > 0 2/0");
  CHECK(observed(rules, "g.nights > 30") == "g.nights > 30 1/1");
  CHECK(observed(rules, "== 7") == "g.nights == 7 0/1");
}

TEST_CASE("what fails to evaluate is neither true nor false") {
  CHECK(observed(R"(
control C-1 "C" { check c "c" { for p in Person require 1 / p.rank > 7 else "x" } }
test "t" { given Person { id: "a", rank: 0 } expect C-1.c is error })",
                 "> 7") == "1 / p.rank > 7 0/0");
}
