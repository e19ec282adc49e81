// Rules where what a variable is hangs on itself, and rules that no check uses.
#include <catch2/catch.hpp>

#include "tests/support/scenario.hpp"

using writ::support::Scenario;

TEST_CASE("an element of what a variable leads to does not tell what the variable is", "[relations]") {
  Scenario s(R"(
entity Person { id: String key  owned: Server via owner }
entity Server { id: String key  owner: Person }
rule own(a: Server, b: Server) when some y in a.owner.owned where b == a and y == b
control T-1 "t" {
  criteria CC1.1
  check c { for (a, b) in own require false else "no" }
})");
  s.facts("facts.json", R"({"Person": [{"id": "p"}, {"id": "q"}],
"Server": [{"id": "1", "owner": "p"}, {"id": "2", "owner": "p"}, {"id": "3", "owner": "q"}]})")
      .run();
  CHECK(s.findings("T-1.c") == "1, 1: no\n2, 2: no\n3, 3: no");
  Scenario value(R"(
rule same(n: Int) when some t in [n + 0] where n == t
control T-1 "t" {
  criteria CC1.1
  check c { for n in same require false else "no" }
})");
  value.run();
  CHECK(value.diagnostics().find("nothing says what `n` is") != std::string::npos);
}

TEST_CASE("what only a check uses that the pack leaves out is not computed", "[relations]") {
  // Its evidence is not read either.
  Scenario s(R"(
entity Server { id: String key  live: Bool }
rule up(a: Server) when a.live
pack p { exclude T-1.c because "not ours" }
control T-1 "t" {
  criteria CC1.1
  check c { for a in up require false else "no" }
  check d { for s in Server require true else "no" }
})");
  s.facts("facts.json", R"({"Server": [{"id": "1", "live": true}]})").run();
  CHECK(s.verdict_of("T-1.d") == "pass");
  for (std::size_t i = 0; i < s.program().entities.size(); ++i) {
    if (s.program().entities[i].relation) CHECK(s.store().entities[i].rows == 0);
  }
}

TEST_CASE("an alternative is not asked about where the function before it holds", "[relations]") {
  Scenario s(R"(
entity Server { id: String key  live: Bool? }
fn state(s: Server): Bool? = s.live
rule up(a: Server) when state(a) is missing or state(a)
control T-1 "t" {
  criteria CC1.1
  check c { for a in up require false else "no" }
})");
  s.facts("facts.json", R"({"Server": [{"id": "1", "live": true}, {"id": "2"}, {"id": "3", "live": false}]})")
      .run();
  CHECK(s.findings("T-1.c") == "1: no\n2: no");
  CHECK(s.check("T-1.c").reasons.empty());
}

TEST_CASE("a clause that hands one variable on twice is no closure", "[relations]") {
  Scenario s(R"(
entity Server { id: String key  next: Server? }
rule up(a: Server, b: Server) when a.next == b
rule up(a: Server, b: Server) when some m in Server where up(m, a) and a == b
control T-1 "t" {
  criteria CC1.1
  check c { for (a, b) in up require false else "no" }
})");
  s.facts("facts.json", R"({"Server": [{"id": "1", "next": "2"}, {"id": "2", "next": "3"}, {"id": "3"}]})").run();
  CHECK(s.findings("T-1.c") == "1, 2: no\n2, 2: no\n2, 3: no\n3, 3: no");
}

TEST_CASE("a rule reads the records that its variables stand for", "[relations]") {
  Scenario s(R"(
entity Server { id: String key }
entity Room { id: String key }
rule up(a: Server, b: Server) when some m in Server where up(m, a) and a == b
control T-1 "t" {
  criteria CC1.1
  check c { for r in Room require count(u in up) == 0 else "no" }
})");
  s.facts("facts.json", R"({"Room": [{"id": "1"}]})").run();
  CHECK(s.verdict_of("T-1.c") == "no_evidence");
}

TEST_CASE("a rule over what was not supplied is not computed", "[relations]") {
  Scenario s(R"(
entity Server { id: String key  size: Int }
entity Person { id: String key  uses: Server }
rule used(a: Server) when some p in Person where p.uses == a
rule sizes(n: Int) when some a in Server where used(a) and n == a.size
control T-1 "t" {
  criteria CC1.1
  check c { for n in sizes require false else "no" }
})");
  s.facts("facts.json", R"({"Person": [{"id": "1", "uses": "x"}, {"id": "2", "uses": "y"}]})").run();
  CHECK(s.verdict_of("T-1.c") == "no_evidence");
  for (std::size_t i = 0; i < s.program().entities.size(); ++i) {
    if (s.program().entities[i].relation) CHECK(s.store().entities[i].rows == 0);
  }
}

TEST_CASE("a rule that uses itself can hold networks", "[relations]") {
  Scenario s(R"(
entity Host { id: String key  net: Network  below: Host? }
rule over(h: Host, n: Network) when h.net == n
rule over(h: Host, n: Network) when some o in Host where over(o, n) and h.below == o
control T-1 "t" {
  criteria CC1.1
  check c { require count((h, n) in over) == 820 else "{count((h, n) in over)}" }
  check d { for (h, n) in over require some o in Host where o.net == n else "{n}" }
})");
  std::string hosts;
  for (int i = 0; i < 40; ++i) {
    const std::string number = std::to_string(i);
    hosts += (i == 0 ? "" : ",") + (R"({"id": ")" + number) + R"(", "net": "10.0.0.)" + number + "\"" +
             (i == 0 ? "}" : R"(, "below": ")" + std::to_string(i - 1) + "\"}");
  }
  s.facts("facts.json", "{\"Host\": [" + hosts + "]}").run();
  CHECK(s.verdict_of("T-1.c") == "pass");
  CHECK(s.verdict_of("T-1.d") == "pass");
}

TEST_CASE("networks are found again among tuples that came long before", "[relations]") {
  // 80 servers in a chain, of which one more is reached in each round: tuples of the first round are looked up in
  // all.
  Scenario s(R"(
entity Server { id: String key  next: Server?  net: Network  spare: Network }
rule open(a: Server, n: Network) when n == a.net
rule open(a: Server, n: Network) when both(a, a.net) and n == a.spare
rule seen(a: Server, n: Network) when a.id == "100" and n == a.net
rule seen(a: Server, n: Network) when some b in Server where b.next == a and both(b, b.net) and n == a.net
rule both(a: Server, n: Network) when seen(a, n) and open(a, n)
control T-1 "t" {
  criteria CC1.1
  check c { for a in Server require both(a, a.net) else "{a.net}" }
  check d { for a in Server require count((b, n) in open where b == a) == 2 else "{a.net}" }
})");
  std::string servers;
  for (int i = 0; i < 80; ++i) {
    const std::string number = std::to_string(i);
    servers += (i == 0 ? R"({"id": ")" : R"(, {"id": ")") + std::to_string(100 + i) + R"(", "net": "10.0.)" +
               number + R"(.0/24", "spare": "10.1.)" + number + ".0/24\"" +
               (i == 79 ? "}" : R"(, "next": ")" + std::to_string(101 + i) + "\"}");
  }
  s.facts("facts.json", R"({"Server": [)" + servers + "]}").run();
  INFO(s.diagnostics());
  CHECK(s.verdict_of("T-1.c") == "pass");
  CHECK(s.verdict_of("T-1.d") == "pass");
}
