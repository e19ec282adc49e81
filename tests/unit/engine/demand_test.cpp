// What is computed of a closure: the tuples that are asked for, and the same results as if it were computed whole.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/support/scenario.hpp"

using writ::support::Scenario;

namespace {

const char* const model = R"(
entity Node { id: String key  open: Bool = false  above: Node?  wish: Int = 1  tags: List<String> = [] }
entity Edge { id: String key  from: Node  to: Node }
entity Door { id: String key  node: Node? }
rule linked(a: Node, b: Node) when some e in Edge where e.from == a and e.to == b
rule way(a: Node, b: Node) when linked(a, b)
)";
const char* const forward = "rule way(a: Node, b: Node) when some m in Node where way(a, m) and linked(m, b)\n";
const char* const backward = "rule way(a: Node, b: Node) when some m in Node where linked(a, m) and way(m, b)\n";
const char* const joined = "rule way(a: Node, b: Node) when some m in Node where way(a, m) and way(m, b)\n";
// Its steps are not those that it begins with.
const char* const stepping =
    "rule way(a: Node, b: Node) when some m in Node where way(a, m) and m.above is present and b == m.above\n";

constexpr int length = 40;

// n0 → n1 → … → n39; every tenth is open; each one's `above` is the one after the next. Doors lead to n5 and n7.
std::string chain() {
  std::string nodes, edges;
  for (int i = 0; i < length; ++i) {
    nodes += fmt::format(R"({}{{"id": "n{}", "open": {}, "wish": {}{}}})", i == 0 ? "" : ", ", i,
                         i % 10 == 0 ? "true" : "false", i,
                         i + 2 < length ? fmt::format(R"(, "above": "n{}")", i + 2) : "");
    if (i > 0)
      edges += fmt::format(R"({}{{"id": "{}", "from": "n{}", "to": "n{}"}})", i == 1 ? "" : ", ", i, i - 1, i);
  }
  return fmt::format(
      R"({{"Node": [{}], "Edge": [{}], "Door": [{{"id": "d1", "node": "n5"}}, {{"id": "d2", "node": "n7"}},
{{"id": "d3"}}, {{"id": "d4", "node": "gone"}}]}})",
      nodes, edges);
}

struct Judged {
  std::string text;          // of the check
  std::uint32_t tuples = 0;  // of `way`
};

Judged judge(const std::string& rules, const std::string& check, const std::string& other = {}) {
  Scenario s(model + rules + "\ncontrol T-1 \"t\" {\n criteria CC1.1\n check c {\n" + check + "\n}\n" + other +
             "}\n");
  s.facts("facts.json", chain()).run();
  INFO(s.diagnostics() << check);
  REQUIRE_FALSE(s.failed());
  Judged out;
  out.text = s.verdict_of("T-1.c") + "\n" + s.findings("T-1.c");
  for (const auto& reason : s.check("T-1.c").reasons) out.text += "\n" + reason;
  for (std::size_t id = 0; id < s.program().entities.size(); ++id) {
    if (s.program().entities[id].name == "way") out.tuples = s.store().entities[id].rows;
  }
  return out;
}

const char* const whole = "check all { for (a, b) in way require a.wish < 100 else \"{b.id}\" }\n";

// The number of tuples that were computed; the result must be that of the whole relation.
std::uint32_t tuples(const std::string& rules, const std::string& check) {
  const Judged some = judge(rules, check);
  const Judged all = judge(rules, check, whole);
  INFO(check);
  CHECK(some.text == all.text);
  CHECK(all.tuples >= some.tuples);
  return some.tuples;
}

constexpr std::uint32_t every = length * (length - 1) / 2;

}  // namespace

TEST_CASE("a closure that is asked from one record is searched from that one", "[demand]") {
  const std::string check =
      "for n in Node where n.id == \"n30\" require no m in Node where m.open and way(n, m) else \"{n.id}\"";
  for (const char* const rules : {forward, backward, joined}) CHECK(tuples(rules, check) == 9);
  const std::string to =
      "for n in Node where n.id == \"n9\" require no m in Node where m.open and way(m, n) else \"{n.id}\"";
  for (const char* const rules : {forward, backward, joined}) CHECK(tuples(rules, to) == 9);
}

TEST_CASE("where both are known the fewer are searched from", "[demand]") {
  CHECK(tuples(forward,
               "for n in Node, m in Node where n.id == \"n30\" and m.open require not way(n, m) else \"{m.id}\"") ==
        9);
  CHECK(tuples(forward,
               "for n in Node, m in Node where m.id == \"n9\" and n.open require not way(n, m) else \"{n.id}\"") ==
        9);
  CHECK(tuples(forward, "for n in Node where n.id == \"n30\" or n.id == \"n35\" require not way(n, n) else \"\"") ==
        9 + 4);
}

TEST_CASE("steps that differ from what a closure begins with", "[demand]") {
  // From n30: n31, then every other one up to n39. To n39: from n38, and from every other one below.
  CHECK(
      tuples(
          stepping,
          "for n in Node where n.id == \"n30\" require no m in Node where m.open and way(n, m) else \"{n.id}\"") ==
      5);
  CHECK(
      tuples(
          stepping,
          "for n in Node where n.id == \"n39\" require no m in Node where m.open and way(m, n) else \"{n.id}\"") ==
      20);
}

TEST_CASE("the key may be computed from what is bound", "[demand]") {
  CHECK(tuples(forward,
               "for d in Door where d.node is present require no m in Node where way(d.node, m) and m.open else "
               "\"{d.id}\"") == 34 + 32);
  CHECK(tuples(forward,
               "for n in Node where n.id == \"n30\" let up = n.above where up is present require not way(up, n) "
               "else \"\"") == 7);
  CHECK(tuples(forward,
               "for e in Edge where e.id == \"30\" require no m in Node where m.open and way(e.to, m) else \"\"") ==
        9);
  CHECK(tuples(forward, "for n in [m for m in Node where m.wish > 36] require not way(n, n) else \"\"") == 2 + 1);
}

TEST_CASE("a query around the question binds what it asks about", "[demand]") {
  CHECK(tuples(forward, "for n in Node require no m in Node where m.id == \"n35\" and way(m, n) else \"{n.id}\"") ==
        4);
}

TEST_CASE("conditions on a tuple tell what is asked about its records", "[demand]") {
  CHECK(tuples(forward, "for (a, b) in way where a.id == \"n35\" require b.open else \"{b.id}\"") == 4);
  CHECK(tuples(forward, "for (a, b) in way where b.id == \"n3\" and a.open require b.open else \"{b.id}\"") == 3);
  CHECK(tuples(forward,
               "for w in way let start = w.a where start.id == \"n35\" require w.b.open else \"{w.b.id}\"") == 4);
  CHECK(tuples(forward, "require count((a, b) in way where a.id == \"n35\") == 5 else \"\"") == 4);
  CHECK(tuples(forward, "require count((a, b) in way where a.wish + b.wish == 70) == 5 else \"\"") == every);
  CHECK(tuples(forward,
               "for n in Node where n.id == \"n30\" require no (a, b) in way where a.open and b == n else \"\"") ==
        30);
}

TEST_CASE("functions are asked about what they are called with", "[demand]") {
  const std::string behind = std::string(forward) +
                             "fn behind(m: Node): Int = count(k in Node where way(m, k))\n"
                             "fn leads(n: Int, m: Node, k: Node): Bool = n > 0 and way(m, k)\n"
                             "fn twice(m: Node): Int = behind(m) + behind(m)\n";
  CHECK(tuples(behind, "for n in Node where n.id == \"n30\" require behind(n) == 8 else \"{behind(n)}\"") == 9);
  CHECK(tuples(behind, "for n in Node where n.id == \"n30\" require twice(n) == 8 else \"{twice(n)}\"") == 9);
  CHECK(tuples(behind,
               "for n in Node, m in Node where n.id == \"n30\" require not leads(m.wish, n, m) else \"{m.id}\"") ==
        9);
  CHECK(tuples(behind, "for n in Node require behind(n) > 3 else \"{n.id}\"") == every);
}

TEST_CASE("other rules ask as checks do", "[demand]") {
  const std::string exposed = std::string(forward) +
                              "rule exposed(b: Node) when some a in Node where a.id == \"n35\" and way(a, b)\n"
                              "rule shut(b: Node) when not b.open and not exposed(b)\n";
  CHECK(tuples(exposed, "for n in Node require not exposed(n) else \"{n.id}\"") == 4);
  CHECK(tuples(exposed, "for n in Node where n.wish > 30 require shut(n) else \"{n.id}\"") == 4);
}

TEST_CASE("what depends on the closure itself does not tell what is asked of it", "[demand]") {
  CHECK(tuples(forward, "for n in Node where n.id == \"n30\" and way(n, n) require not way(n, n) else \"\"") == 9);
  CHECK(tuples(forward,
               "for n in Node where n.id == \"n30\" require no m in Node, k in Node where way(n, m) and way(m, k) "
               "else \"\"") == every);
}

TEST_CASE("a question that cannot be answered leaves nothing out", "[demand]") {
  // The key fails for a door that leads nowhere.
  const std::string follows =
      "for n in Node where n.wish > 36 require no m in Node where way(n, m) and m.wish / (n.wish - 39) > 0 else "
      "\"\"";
  CHECK(tuples(forward, follows) == 2 + 1);
  CHECK(tuples(forward, "for n in Node where n.id == \"n30\" and n.wish / 0 > 1 require not way(n, n) else \"\"") ==
        9);
  CHECK(tuples(forward,
               "for n in Node where n.id == \"n30\" require no m in Node where m.open and way(n, first(k in Node "
               "where k.wish / 0 > 1) ?? m) else \"\"") == every);
}

TEST_CASE("waivers ask as well", "[demand]") {
  Scenario s(model + std::string(forward) + R"(
control T-1 "t" { criteria CC1.1
  check c { for n in Node where n.wish >= 38 require n.wish < 0 else "{n.id}" }
}
pack p "p" { }
waive T-1.c where some m in Node where m.id == "n37" and way(m, n) until 2027-01-01 because "so" approved_by "me"
)");
  s.facts("facts.json", chain()).run();
  INFO(s.diagnostics());
  REQUIRE_FALSE(s.failed());
  CHECK(s.verdict_of("T-1.c") == "waived");
}

TEST_CASE("a relation that nobody asks from a known record is computed whole", "[demand]") {
  CHECK(tuples(forward, "for n in Node require no m in Node where way(n, m) and m.wish + n.wish > 100 else \"\"") ==
        every);
  CHECK(
      tuples(forward,
             "for n in Node where n.id == \"n30\" require count((a, b) in way) > 0 and not way(n, n) else \"\"") ==
      every);
}
