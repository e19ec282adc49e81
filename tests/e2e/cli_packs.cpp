// Templates, packs and waivers as the command shows them.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;
using Catch::Contains;

namespace {

const std::string facts = " --facts packs/evidence --now 2026-06-30 --collected-at 2026-06-29";
const std::string acme = "eval packs/acme packs/library" + facts;
const std::string both = "eval packs/acme packs/globex packs/library" + facts;

}  // namespace

TEST_CASE("one pack: its own list, what it leaves out, what is waived") {
  check_golden("packs_one.txt", transcript(acme));
  check_golden("packs_one_color.txt", transcript(acme + " --color always"));
  check_golden("packs_one_narrow.txt", transcript(acme, {{"COLUMNS", "50"}}));
  check_golden("packs_one.json", run(acme + " --format json").out);
}

TEST_CASE("two packs over one library, each with its own values") {
  check_golden("packs_two.txt", transcript(both));
  const auto document = nlohmann::json::parse(run(both + " --format json").out);
  CHECK(document.at("format") == "writ-pack-results/1");
  REQUIRE(document.at("packs").size() == 2);
  const auto verdict = [&](std::size_t pack, std::string_view id) {
    for (const auto& control : document.at("packs").at(pack).at("controls")) {
      if (control.at("id") == id) return control.at("verdict").get<std::string>();
    }
    return std::string("none");
  };
  CHECK(document.at("packs").at(0).at("name") == "acme");
  CHECK(verdict(0, "AVL-01") == "fail");
  CHECK(verdict(1, "AVL-01") == "pass");
  CHECK(verdict(0, "PHY-01") == "not_applicable");
  CHECK(verdict(1, "PHY-01") == "pass");
  // A pack's waivers are its own.
  CHECK(document.at("packs").at(0).at("waivers").size() == 3);
  CHECK(document.at("packs").at(1).at("waivers").empty());
  CHECK(run(both).status == 1);
}

TEST_CASE("each of two packs gives what it gives alone") {
  const auto alone = nlohmann::json::parse(run(acme + " --format json").out);
  const auto together = nlohmann::json::parse(run(both + " --format json").out);
  for (const char* member : {"parameters", "totals", "waivers", "controls"})
    CHECK(together.at("packs").at(0).at(member) == alone.at(member));
}

TEST_CASE("a value outside its bound is found before there is any evidence") {
  const Workplace place;
  place.write("rules/library.writ", R"(entity Door { id: String key }
param most: Int = 3 where most <= 5
control D-1 "Doors" { criteria CC6.4
  check few "Few doors" {
    require count(d in Door) <= most else "too many"
  }
}
)");
  place.write("rules/one/pack.writ", "pack one \"One\" { set most = 4 }\n");
  CHECK(place.run("check rules").status == 0);
  place.write("rules/two/pack.writ", "pack two \"Two\" {\n  set most = 6\n}\n");
  const Ran ran = place.run("check rules");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("`most` is set to 6, which is outside its bound"));
  CHECK_THAT(ran.err, Contains("rules/two/pack.writ:2:3") && Contains("rules/library.writ:2:27"));
}

TEST_CASE("checks of a template go by the control that includes it") {
  check_golden("packs_explain.txt", transcript("explain ACC-01.reviewed packs/acme packs/globex packs/library" +
                                               facts + " --key pol-1"));
  CHECK_THAT(run(acme + " --only ACC-01.exists").out, Contains("1 control: 1 pass"));
  CHECK_THAT(run(acme + " --only ACC-01.exist").err, Contains("did you mean `ACC-01.exists`?"));
  check_golden("packs_graph.dot", run("graph packs/acme packs/library --only ACC-01.reviewed").out);
}

TEST_CASE("a value outside its bound shows the bound and what sets it") {
  const Workplace place;
  for (const char* folder : {"library", "one", "two"}) std::filesystem::create_directory(place.folder() / folder);
  place.write("library/a.writ",
              "entity T { id: String key  n: Int }\n"
              "template small(n: Int) {\n  param most: Int = 3 where most <= 5\n"
              "  check c { for t in T require t.n + n <= most else \"x\" }\n}\n"
              "control A-1 \"A\" { include small(1) }\n");
  place.write("one/pack.writ", "pack one { set A-1.most = 4 }\n");
  place.write("two/pack.writ", "pack two { set A-1.most = 7 }\n");
  place.write("t.json", "{\"T\": []}");
  const Ran ran = place.run("eval library one two --facts t.json --now 2026-06-30");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("param-out-of-bounds"));
  CHECK_THAT(ran.err, Contains("two/pack.writ:1:12"));
  CHECK_THAT(ran.err, Contains("library/a.writ:3:29"));
}
