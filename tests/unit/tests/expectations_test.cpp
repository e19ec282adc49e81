// What is expected: of checks, of controls, of keys, of messages; and the clock that it may need.
#include <catch2/catch.hpp>

#include "running.hpp"

using namespace writ::tests::test;

namespace {

const std::string three = R"(
  given Person { id: "a", name: "Ada", rank: 1 }
  given Person { id: "b", name: "Bo", rank: 1 }
  given Person { id: "c", name: "Cy" }
  given Person { id: "d", left: 2026-01-01 }
)";

std::string of(const std::string& expectation) { return outcome("test \"t\" {" + three + expectation + "}"); }

}  // namespace

TEST_CASE("keys fail, pass, or are out of scope") {
  CHECK(of("expect T-1.ranked fails") == "passed");
  CHECK(of("expect T-1.ranked fails for \"a\"") == "passed");
  CHECK(of("expect T-1.ranked fails only for \"a\", \"b\"") == "passed");
  CHECK(of("expect T-1.ranked fails only for \"a\"") == "failed: it fails for \"b\" as well");
  CHECK(of("expect T-1.ranked passes only for \"c\"") == "passed");
  CHECK(of("expect T-1.ranked passes for \"a\"") == "failed: it fails for \"a\"");
  CHECK(of("expect T-1.ranked fails for \"c\"") == "failed: it passes for \"c\"");
  CHECK(of("expect T-1.ranked is fail for \"a\"") == "passed");
  CHECK(of("expect T-1.ranked is pass for \"c\"") == "passed");
  CHECK(of("expect T-1.ranked is not_applicable for \"d\"") == "passed");
  CHECK(of("expect T-1.ranked passes for \"d\"") == "failed: \"d\" is not in the population of `T-1.ranked`");
}

TEST_CASE("messages hold a text") {
  CHECK(of("expect T-1.ranked fails saying \"Bo has 1\"") == "passed");
  CHECK(of("expect T-1.ranked fails for \"a\", \"b\" saying \"has 1\"") == "passed");
  CHECK(of("expect T-1.ranked fails for \"a\" saying \"Bo\"") == "failed: it fails for \"a\" with another message");
  CHECK(of("expect T-1.ranked fails saying \"Cy\"") == "failed: it fails with other messages");
}

TEST_CASE("a check or a control as a whole") {
  CHECK(of("expect T-1.ranked passes") == "failed: it fails: 2 of 3 break it");
  const std::string alone = "given Person { id: \"a\", rank: 1 } given Event { what: \"x\" } ";
  CHECK(outcome("test \"t\" {" + alone + "expect T-1 fails for \"a\" }") == "passed");
  CHECK(outcome("test \"t\" {" + alone + "expect T-1 passes for \"a\" }") ==
        "failed: `T-1.ranked` fails for \"a\"");
  CHECK(outcome("test \"t\" { expect T-1.ranked passes }") == "failed: it is not applicable: nothing is in scope");
  CHECK(outcome("test \"t\" { expect T-1.ranked is not_applicable }") == "passed");
  CHECK(outcome("test \"t\" { absent Person expect T-1.ranked passes }") ==
        "failed: it has no evidence: no evidence of `Person` was supplied");
  CHECK(outcome("test \"t\" { given Event { what: \"x\" } expect T-1.some_event passes }") == "passed");
  CHECK(outcome("test \"t\" { expect T-1.some_event fails for \"organization\" saying \"no x\" }") == "passed");
}

TEST_CASE("members of several records are named by all their keys") {
  const std::string pair = "given Person { id: \"a\", boss: \"b\", rank: 1 } given Person { id: \"b\" } ";
  CHECK(outcome("test \"t\" {" + pair + "expect T-1.pairs passes for \"a, b\" }") == "passed");
  CHECK(outcome("test \"t\" {" + pair + "expect T-1.pairs passes for \"a, c\" }") ==
        "failed: nothing that `T-1.pairs` looks at has the key \"a, c\"");
}

TEST_CASE("parameters are set within their bounds") {
  CHECK(of("set T-1.least = 1 expect T-1.ranked passes") == "passed");
  CHECK(of("set T-1.least = 0 expect T-1.ranked passes") ==
        "error: `T-1.least` is set to 0, which is outside its bound");
  CHECK(codes("test \"t\" { set T-1.lest = 1 expect T-1.ranked passes }") == "unknown-param");
}

TEST_CASE("what cannot be expected is refused when rules are compiled") {
  const auto expected = [](const std::string& expectation) {
    return codes("test \"t\" {" + three + "expect " + expectation + "}");
  };
  CHECK(expected("T-2 passes") == "unknown-control");
  CHECK(expected("T-1.rankd passes") == "unknown-check");
  CHECK(expected("T-1.ranked passes for \"z\"") == "unknown-key");
  CHECK(expected("T-1.ranked passes saying \"x\"") == "invalid-expectation");
  CHECK(expected("T-1.ranked passes only") == "invalid-expectation");
  CHECK(expected("T-1.ranked is no_evidence for \"a\"") == "invalid-expectation");
  CHECK(expected("T-1.ranked is passed") == "invalid-expectation");
  CHECK(expected("T-1.some_event passes for \"a\"") == "unknown-key");
  CHECK(expected("that 3") == "type-mismatch");
}

TEST_CASE("what depends on the clock needs the test's own") {
  const std::string control = R"(
control T-2 "Two" {
  check recent "r" { for p in Person require p.born >= date(period.start) else "{p.id}" }
  check aged "a" { for p in Person require young(p) else "{p.id}" }
}
fn young(p: Person): Bool = age(p.born) < 10 days
)";
  CHECK(codes(control + "test \"t\" { expect T-2.recent passes }") == "test-needs-now");
  CHECK(codes(control + "test \"t\" { expect T-2.aged passes }") == "test-needs-now");
  CHECK(codes(control + "test \"t\" { period 2025-01-01..2025-12-31 expect T-2.aged passes }") == "test-needs-now");
  CHECK(codes("test \"t\" { expect that today > 2026-01-01 }") == "test-needs-now");
  CHECK(codes("test \"t\" { collected Person at 2026-01-01 expect T-1.ranked passes }") == "test-needs-now");
  CHECK(outcome(control + R"(test "t" {
    period 2025-01-01..2025-12-31
    given Person { id: "a", born: 2025-01-01 } given Person { id: "b", born: 2024-12-31 }
    expect T-2.recent fails only for "b" })") == "passed");
  CHECK(outcome(control + R"(test "t" {
    now 2026-06-30 given Person { id: "a", born: 2025-06-30 } given Person { id: "b", born: 2025-06-29 }
    expect T-2.recent fails only for "b" })") == "passed");
  CHECK(outcome("test \"t\" { now 2026-06-30 period 2026-06-30..2026-06-29 expect that 1 == 1 }") ==
        "error: the period ends before it begins");
}
