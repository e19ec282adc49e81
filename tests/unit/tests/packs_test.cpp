// Tests for a pack, with its values, exclusions and waivers, and waivers of a test's own.
#include <catch2/catch.hpp>

#include "running.hpp"

using namespace writ::tests::test;

namespace {

const std::string packs = R"(
pack easy "Easy" {
  set T-1.least = 1
  exclude T-1.pairs because "nobody has a superior"
}
pack hard "Hard" { set T-1.least = 9 }
)";

const std::string two = R"(
  given Person { id: "a", name: "Ada", rank: 1 }
  given Person { id: "b", name: "Bo", rank: 2 }
  )";

std::string of(const std::string& members) {
  return outcome(packs + "test \"t\" { now 2026-06-30 " + two + members + "}");
}
std::string wrong(const std::string& members) { return codes(packs + "test \"t\" {" + two + members + "}"); }

const std::string waived = " until 2026-12-31 because \"it is known\" approved_by \"head\" ";

}  // namespace

TEST_CASE("a pack's values hold in a test for it, and the test's own go before them") {
  CHECK(of("pack easy expect T-1.ranked passes") == "passed");
  CHECK(of("pack hard expect T-1.ranked fails only for \"a\", \"b\"") == "passed");
  CHECK(of("pack hard set T-1.least = 2 expect T-1.ranked fails only for \"a\"") == "passed");
}

TEST_CASE("what a pack leaves out cannot be expected of it") {
  CHECK(wrong("pack easy expect T-1.pairs passes") == "invalid-expectation");
  CHECK(wrong("pack hard expect T-1.pairs is not_applicable") == "");
  CHECK(wrong("pack eesy expect T-1.ranked passes") == "invalid-test");
}

TEST_CASE("a waiver of a test covers its findings") {
  const std::string waive = "waive T-1.ranked for \"a\"" + waived;
  CHECK(of("pack hard " + waive + "expect T-1.ranked is waived for \"a\"") == "passed");
  CHECK(of("pack hard " + waive + "expect T-1.ranked is waived only for \"a\"") == "passed");
  CHECK(of("pack hard " + waive + "expect T-1.ranked fails only for \"b\"") == "passed");
  CHECK(of("pack hard " + waive + "expect T-1.ranked fails for \"a\"") == "failed: it is waived for \"a\"");
  CHECK(of("pack hard " + waive + "expect T-1.ranked is waived for \"b\"") == "failed: it fails for \"b\"");
  CHECK(of("pack hard " + waive + "waive T-1.ranked where p.rank == 2" + waived + "expect T-1.ranked is waived") ==
        "passed");
  CHECK(of("pack hard waive T-1.ranked for \"a\" until 2026-06-29 because \"x\" approved_by \"y\" "
           "expect T-1.ranked fails for \"a\"") == "passed");
}

TEST_CASE("a waiver of a test holds in that test alone") {
  CHECK(outcome("test \"one\" { now 2026-06-30 set T-1.least = 9 " + two + "waive T-1.ranked for \"a\", \"b\"" +
                waived + "expect T-1.ranked is waived }\n" + "test \"two\" { set T-1.least = 9 " + two +
                "expect T-1.ranked fails only for \"a\", \"b\" }") == "passed\npassed");
}

TEST_CASE("whether a waiver is in force hangs on the moment") {
  CHECK(wrong("waive T-1.ranked for \"a\"" + waived + "expect T-1.ranked is waived") == "test-needs-now");
}
