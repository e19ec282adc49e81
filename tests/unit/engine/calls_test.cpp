// Calls of the program's functions: what a function does not ask for cannot fail.
#include <catch2/catch.hpp>

#include "tests/support/scenario.hpp"

using writ::support::Scenario;

namespace {

// The text of an expression over one person `x`, for each of them.
std::string values(const std::string& functions, const std::string& expression) {
  Scenario s("entity Person { id: String key  pay: Int  boss: Person? }\n" + functions +
             "\ncontrol T-1 \"t\" { criteria CC1.1  check c { for x in Person require x.id == \"\" else \"{" +
             expression + "}\" } }\n");
  s.facts("facts.json", R"({"Person": [
    {"id": "a", "pay": 10},
    {"id": "b", "pay": 0, "boss": "a"},
    {"id": "c", "pay": 5, "boss": "nobody"}]})")
      .run();
  if (s.failed()) return s.diagnostics();
  std::string out;
  for (const auto& finding : s.check("T-1.c").findings)
    out += (out.empty() ? "" : "; ") + finding.key + "=" + finding.message;
  return out;
}

const std::string failed = "the message could not be made: ";

}  // namespace

TEST_CASE("an argument that is not needed cannot fail", "[calls]") {
  const std::string either = "fn either(share: Float, sure: Bool): Bool = sure or share > 15.0";
  CHECK(values(either, "either(100 / x.pay, x.id == \"b\")") == "a=false; b=true; c=true");
  CHECK(values(either, "either(100 / x.pay, false)") == "a=false; b=" + failed + "division by zero; c=true");
  const std::string chosen =
      "fn chosen(share: Float, other: Float, first: Bool): Float = if first then share else other";
  CHECK(values(chosen, "chosen(100 / x.pay, 1.0, x.pay > 0)") == "a=10.0; b=1.0; c=20.0");
}

TEST_CASE("an argument that is not needed cannot fail through further calls", "[calls]") {
  const std::string functions =
      "fn inner(share: Float, sure: Bool): Bool = sure or share > 15.0\n"
      "fn outer(share: Float, sure: Bool): Bool = inner(share, sure) and inner(1.0, sure)";
  CHECK(values(functions, "outer(100 / x.pay, x.id == \"b\")") == "a=false; b=true; c=false");
}

TEST_CASE("a record that cannot be told fails where a function of it asks for it", "[calls]") {
  const std::string functions =
      "fn paid(p: Person): Bool = count(q in Person) > 5 and p.pay > 0\n"
      "fn idle(p: Person): Bool = p.pay == 0";
  CHECK(values(functions, "x.boss is missing or paid(x.boss.boss ?? x.boss)") == "a=true; b=false; c=false");
  CHECK(values(functions, "x.boss is missing or idle(x.boss.boss ?? x.boss)") ==
        "a=true; b=false; c=" + failed + "a reference names a record that is not there");
}
