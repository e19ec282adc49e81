// How queries are lowered: which joins become look-ups, what is filtered first, and what must be tested again.
#include "engine/plan/plan.hpp"

#include <catch2/catch.hpp>

#include "tests/support/scenario.hpp"

using writ::support::Scenario;

namespace {

std::string plan_of(const std::string& check) {
  Scenario s(R"(
entity Host { id: String key }
entity Login { id: String key  host: Host  name: String  enabled: Bool  size: Int }
control T-1 "t" { criteria CC1.1  evidence Host, Login  check c { )" +
             check + " } }\n");
  s.run();
  if (s.failed()) return s.diagnostics();
  const auto plan = writ::plan::lower(s.program());
  CHECK(writ::plan::verify(s.program(), plan) == "");
  return writ::plan::dump(s.program(), plan, writ::language::CheckId{});
}

}  // namespace

TEST_CASE("the second binder of a population is looked up by the equation that names it", "[plan]") {
  CHECK(plan_of(R"(for h in Host, l in Login where l.host == h and l.enabled require l.size > 0 else "x")") ==
        "check T-1.c\n"
        "  scan Host as h\n"
        "  look up Login as l by l.host = h where l.enabled\n"
        "  require l.size > 0\n");
}

TEST_CASE("a conjunct that can fail is tested again behind its look-up", "[plan]") {
  CHECK(plan_of(R"(for h in Host, l in Login where l.size + 1 == 2 and l.host == h require l.size > 0 else "x")") ==
        "check T-1.c\n"
        "  scan Host as h\n"
        "  look up Login as l by l.host = h where l.size + 1 == 2\n"
        "  filter l.size + 1 == 2\n"
        "  require l.size > 0\n");
}

TEST_CASE("what names only the first binder is filtered before the second is bound", "[plan]") {
  CHECK(
      plan_of(
          R"(for a in Login, b in Login where a.enabled and b.name == a.name and a.size < b.size require a.id != b.id else "x")") ==
      "check T-1.c\n"
      "  scan Login as a\n"
      "  drop unless a.enabled\n"
      "  look up Login as b by b.name = a.name\n"
      "  filter a.size < b.size\n"
      "  require a.id != b.id\n");
}

TEST_CASE("an expression is shown on one line, without comments, and its texts as they are", "[plan]") {
  const auto shown = [](const std::string& condition) {
    const std::string plan = plan_of("for l in Login require " + condition + " else \"x\"");
    const std::size_t at = plan.find("require ");
    return at == std::string::npos ? plan : plan.substr(at + 8, plan.size() - at - 9);
  };
  CHECK(shown("l.size > 0  # coverage: never false, since\n  and   l.enabled\n") == "l.size > 0 and l.enabled");
  CHECK(shown("l.name == \"two  # spaces\"") == "l.name == \"two  # spaces\"");
  CHECK(shown("l.name  == \"a {l.name + \"}  #\"}  # {l.host.id}\"") ==
        "l.name == \"a {l.name + \"}  #\"}  # {l.host.id}\"");
  CHECK(shown("l.name == \"\\\"  # \\{ \\u{41}  #\"") == "l.name == \"\\\"  # \\{ \\u{41}  #\"");
  CHECK(shown("l.name matches r\"\\d  # [a]\"") == "l.name matches r\"\\d  # [a]\"");
  CHECK(shown("l.name matches r##\"a\"#  b\"##") == "l.name matches r##\"a\"#  b\"##");
}
