// Relations: what rules derive, and how it is asked for.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/support/scenario.hpp"

using writ::support::Scenario;

namespace {

const char* const entities = R"(
entity Node { id: String key  weight: Int = 1  above: Node?  below: Node via above }
entity Edge { id: String key  from: Node  to: Node?  cost: Int = 1 }
)";

// a → b → c → d, c → b; e has no edge; f leads to what is not there.
const char* const facts = R"({
"Node": [{"id": "a", "weight": 3}, {"id": "b", "above": "a"}, {"id": "c", "above": "b"}, {"id": "d", "above": "b"},
         {"id": "e", "weight": 0}, {"id": "f", "above": "gone"}],
"Edge": [{"id": "1", "from": "a", "to": "b"}, {"id": "2", "from": "b", "to": "c"}, {"id": "3", "from": "c", "to": "d"},
         {"id": "4", "from": "c", "to": "b", "cost": 0}, {"id": "5", "from": "f", "to": "gone"}, {"id": "6", "from": "a"}]
})";

Scenario judged(const std::string& rules, const std::string& check, const std::string& evidence = facts) {
  Scenario s(std::string(entities) + rules + "\ncontrol T-1 \"t\" {\n criteria CC1.1\n check c {\n" + check +
             "\n}\n}\n");
  s.facts("facts.json", evidence).run();
  INFO(s.diagnostics());
  REQUIRE_FALSE(s.failed());
  return s;
}

// The tuples of a relation: `a, b` and so on, in the order in which they are found.
std::string tuples(const std::string& rules, const std::string& relation, const std::string& names = "(x, y)") {
  Scenario s = judged(rules, "for " + names + " in " + relation + " require 1 == 2 else \"no\"");
  std::string out;
  for (const auto& finding : s.check("T-1.c").findings) out += (out.empty() ? "" : "; ") + finding.key;
  return out;
}

const char* const linked = R"(
rule linked(a: Node, b: Node) when some e in Edge where e.from == a and e.to == b
)";

}  // namespace

TEST_CASE("a relation holds each combination once", "[relations]") {
  CHECK(tuples(linked, "linked") == "a, b; b, c; c, d; c, b");
  CHECK(tuples(std::string(linked) + "rule both(a: Node) when some (x, y) in linked where a == x or a == y", "both",
               "x") == "a; b; c; d");
}

TEST_CASE("clauses are alternatives, and may use the rule itself", "[relations]") {
  const std::string closed = "a, b; b, c; c, d; c, b; a, c; b, d; b, b; c, c; a, d";
  const auto sorted = [](std::string text) {
    std::vector<std::string> parts;
    for (std::size_t at; (at = text.find("; ")) != std::string::npos; text.erase(0, at + 2))
      parts.push_back(text.substr(0, at));
    parts.push_back(text);
    std::sort(parts.begin(), parts.end());
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : "; ") + part;
    return out;
  };
  const std::string base = std::string(linked) + "rule way(a: Node, b: Node) when linked(a, b)\n";
  const auto way = [&](const std::string& clause) { return sorted(tuples(base + clause, "way")); };
  CHECK(way("rule way(a: Node, b: Node) when some m in Node where way(a, m) and linked(m, b)") == sorted(closed));
  CHECK(way("rule way(a: Node, b: Node) when some m in Node where linked(a, m) and way(m, b)") == sorted(closed));
  CHECK(way("rule way(x: Node, y: Node) when some m in Node where way(x, m) and way(m, y)") == sorted(closed));
  CHECK(way("rule way(a: Node, b: Node) when some (m, n) in way, (k, l) in linked where a == m and n == k and b == "
            "l") == sorted(closed));
  const std::string three = std::string(linked) + R"(
rule one(a: Node, b: Node) when linked(a, b) or three(a, b)
rule two(a: Node, b: Node) when some m in Node where one(a, m) and linked(m, b)
rule three(a: Node, b: Node) when two(a, b)
)";
  CHECK(sorted(tuples(three, "one")) == sorted(closed));
}

TEST_CASE("a rule is a condition", "[relations]") {
  const std::string rules = std::string(linked) +
                            "rule way(a: Node, b: Node) when linked(a, b)\n"
                            "rule way(a: Node, b: Node) when some m in Node where way(a, m) and way(m, b)\n"
                            "fn loops(n: Node): Bool = way(n, n)\n";
  CHECK(judged(rules, "for n in Node require not loops(n) else \"{n.id}\"").findings("T-1.c") == "b: b\nc: c");
  CHECK(judged(rules, "for n in Node require count(m in Node where n.way(m)) < 3 else \"{n.id}\"")
            .findings("T-1.c") == "a: a\nb: b\nc: c");
  CHECK(judged(rules, "for n in Node where n.weight < 2 require no m in Node where way(b: n, a: m) else \"{n.id}\"")
            .findings("T-1.c") == "b: b\nc: c\nd: d");
}

TEST_CASE("what is told of a variable need not be tried, and what is not is any record", "[relations]") {
  CHECK(tuples("rule r(a: Node, b: Node) when a.above == b", "r") == "b, a; c, b; d, b");
  CHECK(tuples("rule r(a: Node, n: Int) when n == a.weight + 1 and n > 2", "r") == "a, 4");
  CHECK(tuples("rule r(a: Node, b: Node) when some x in b.below where x == a and a.weight == 1", "r") ==
        "b, a; c, b; d, b");
  CHECK(tuples("rule r(a: Node, b: Node) when a.weight > b.weight and b.weight == 1", "r") ==
        "a, b; a, c; a, d; a, f");
  CHECK(tuples("rule r(a: Node, t: String) when t == \"x\" and a.weight == 0", "r") == "e, x");
  CHECK(tuples("rule r(a: Node, b: Node) when a == b and a.weight == 0", "r") == "e, e");
}

TEST_CASE("what runs over something that hangs on a variable does not tell that variable", "[relations]") {
  CHECK(tuples("rule r(a: Node) when some x in Node, m in [x.above ?? x] where x == m and a == x", "r", "x") ==
        "a; e; f");
  CHECK(tuples("rule r(a: Node, b: Node) when some x in [b.above ?? b] where x == a and a == b", "r") ==
        "a, a; e, e; f, f");
  for (const char* list : {"[n + 1]", "[n + 0]", "[1, n]"}) {
    Scenario s(std::string(entities) + "rule r(n: Int) when some t in " + list + " where n == t\n");
    s.facts("facts.json", facts).run();
    CHECK(s.failed());
    CHECK(s.diagnostics().find("nothing says what `n` is") != std::string::npos);
  }
}

TEST_CASE("alternatives know what those before them deny", "[relations]") {
  CHECK(tuples("rule r(a: Node) when a.above is missing or a.above is dangling or a.above.weight == 3", "r", "x") ==
        "a; e; f; b");
}

TEST_CASE("strata: what is denied or counted is known before", "[relations]") {
  const std::string rules = std::string(linked) + R"(
rule way(a: Node, b: Node) when linked(a, b)
rule way(a: Node, b: Node) when some m in Node where way(a, m) and linked(m, b)
rule apart(a: Node, b: Node) when not way(a, b) and a != b and a.weight == 3
rule busy(a: Node, n: Int) when n == count((x, y) in way where x == a) and n > 2
)";
  CHECK(tuples(rules, "apart") == "a, e; a, f");
  CHECK(tuples(rules, "busy") == "a, 3; b, 3; c, 3");
}

TEST_CASE("an error in a clause makes the rule unknown, and a check that finds an exception fails all the same",
          "[relations]") {
  const std::string rules = "rule heavy(a: Node) when 6 / a.weight > 2\n";
  Scenario unknown = judged(rules, "for n in Node where n.id == \"e\" require not heavy(n) else \"{n.id}\"");
  CHECK(unknown.verdict_of("T-1.c") == "error");
  REQUIRE(unknown.check("T-1.c").reasons.size() == 1);
  CHECK(unknown.check("T-1.c").reasons[0].find(
            "the rule `heavy` could not be computed for all records: `6 / a.weight` at ") == 0);
  CHECK(judged(rules, "for n in Node require not heavy(n) else \"{n.id}\"").verdict_of("T-1.c") == "fail");
}

TEST_CASE("evidence that a rule reads must be there", "[relations]") {
  Scenario s =
      judged(linked, "for n in Node require not linked(n, n) else \"{n.id}\"", R"({"Node": [{"id": "a"}]})");
  CHECK(s.verdict_of("T-1.c") == "no_evidence");
}

TEST_CASE("closures: a column is kept, and the other one takes a step", "[relations]") {
  const std::string base = std::string(linked) + "rule way(a: Node, b: Node) when linked(a, b)\n";
  // From a record to all that is reached from it: in order of the first, and as they are reached.
  const std::string closed = "a, b; a, c; a, d; b, c; b, d; b, b; c, d; c, b; c, c";
  CHECK(tuples(base + "rule way(a: Node, b: Node) when some m in Node where way(a, m) and linked(m, b)", "way") ==
        closed);
  CHECK(tuples(base + "rule way(a: Node, b: Node) when some m in Node where way(a, m) and way(m, b)", "way") ==
        closed);
  CHECK(tuples(base + "rule way(a: Node, b: Node) when some e in Edge where e.from == a and e.to is present and "
                      "way(e.to, b)",
               "way") == "a, b; c, b; b, b; b, c; a, c; c, c; c, d; b, d; a, d");
}

TEST_CASE("closures: a step may have conditions of its own", "[relations]") {
  const std::string base = std::string(linked) + "rule way(a: Node, b: Node) when linked(a, b)\n";
  CHECK(tuples(base +
                   "rule way(a: Node, b: Node) when some m in Node, e in Edge where way(a, m) and e.from == m and "
                   "e.to == b and e.cost > 0",
               "way") == "a, b; a, c; a, d; b, c; b, d; c, d; c, b; c, c");
  CHECK(tuples(base + "rule way(a: Node, b: Node) when some m in Node where way(a, m) and linked(m, b) and "
                      "b.weight == 3",
               "way") == "a, b; b, c; c, d; c, b");
}

TEST_CASE("what looks at both columns is no closure", "[relations]") {
  const std::string base = std::string(linked) + "rule way(a: Node, b: Node) when linked(a, b)\n";
  CHECK(tuples(base + "rule way(a: Node, b: Node) when some m in Node where way(a, m) and linked(m, b) and a != b",
               "way") == "a, b; b, c; c, d; c, b; a, c; b, d; a, d");
  CHECK(tuples(base + "rule way(a: Node, b: Node) when some m in Node where way(a, m) and linked(m, b) and "
                      "a.weight == 3",
               "way") == "a, b; b, c; c, d; c, b; a, c; a, d");
  CHECK(tuples(base + "rule way(a: Node, b: Node) when some m in Node where way(a, m) and way(m, b) and b != m and "
                      "a != m and a != b",
               "way") == "a, b; b, c; c, d; c, b; a, c; b, d; a, d");
}

TEST_CASE("a step that fails makes the rule unknown where its record is reached, and nowhere else", "[relations]") {
  const auto verdict = [](const std::string& from) {
    const std::string rules = std::string(linked) + "rule way(a: Node, b: Node) when linked(a, b) and a.id == \"" +
                              from +
                              "\"\n"
                              "rule way(a: Node, b: Node) when some m in Node where way(a, m) and linked(m, b) and "
                              "6 / m.weight > 0\n";
    const std::string evidence = R"({
"Node": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "e", "weight": 0}, {"id": "f"}],
"Edge": [{"id": "1", "from": "a", "to": "b"}, {"id": "2", "from": "b", "to": "c"},
         {"id": "3", "from": "f", "to": "e"}, {"id": "4", "from": "e", "to": "a"}]
})";
    Scenario s = judged(rules, "for organization require count(w in way) < 9 else \"wrong\"", evidence);
    return s.verdict_of("T-1.c");
  };
  CHECK(verdict("a") == "pass");  // nobody comes to e
  CHECK(verdict("f") == "error");
}

TEST_CASE("a long chain grows by one a round", "[relations]") {
  std::string nodes, edges;
  constexpr int length = 300;
  for (int i = 0; i < length; ++i) {
    nodes += fmt::format("{}{{\"id\": \"{}\"}}", i == 0 ? "" : ",", i);
    if (i > 0)
      edges +=
          fmt::format("{}{{\"id\": \"{}\", \"from\": \"{}\", \"to\": \"{}\"}}", i == 1 ? "" : ",", i, i - 1, i);
  }
  const std::string rules = std::string(linked) +
                            "rule way(a: Node, b: Node) when linked(a, b)\n"
                            "rule way(a: Node, b: Node) when some m in Node where way(a, m) and linked(m, b)\n";
  Scenario s = judged(
      rules,
      fmt::format("for organization require count(w in way) == {} else \"wrong\"", length * (length - 1) / 2),
      "{\"Node\": [" + nodes + "], \"Edge\": [" + edges + "]}");
  CHECK(s.verdict_of("T-1.c") == "pass");
}

TEST_CASE("a finding about a tuple names its records", "[relations]") {
  Scenario s = judged(linked, "for (a, b) in linked where a.weight == 3 require b.weight == 2 else \"{b.id}\"");
  const auto& finding = s.check("T-1.c").findings.at(0);
  CHECK(finding.key == "a, b");
  REQUIRE(finding.records.size() == 2);
  CHECK(finding.records[0].variable == "a");
  CHECK(finding.records[0].entity == "Node");
  CHECK(finding.records[1].key == "b");
  CHECK(finding.records[1].place.line == 2);
}
