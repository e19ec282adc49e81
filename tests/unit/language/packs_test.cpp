// Packs: what they hold, leave out, set and name.
#include "language/packs.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "compiling.hpp"
#include "language/names/patterns.hpp"
#include "stdlib/modules.hpp"

using writ::language::index;
using writ::language::SourceText;
using writ::testing::compile_text;
using writ::testing::compile_texts;
using writ::testing::Compiled;

namespace {

const std::string controls = R"(
entity Account { id: String key  enabled: Bool }
control ACC-01 "One" {
  param grace: Int = 1 where grace <= 3
  check a { basis stated  nature design  for x in Account where grace > 0 require x.enabled else "x" }
  check b { basis implied  nature operation  for x in Account require x.enabled else "x" }
}
control ACC-02 "Two" { check a { for x in Account require x.enabled else "x" } }
control NET-01 "Three" { check a { for x in Account require x.enabled else "x" } }
)";

// `+` evaluated, `-` left out: of each check of a selected control.
std::string held(const Compiled& compiled) {
  std::string out;
  for (const auto& control : compiled.program.controls) {
    if (!control.selected) continue;
    for (const auto check : control.checks) {
      const auto& def = compiled.program.checks[index(check)];
      out += (def.excluded ? "-" : "+") + def.qualified_name + " ";
    }
  }
  return out;
}

Compiled with(const std::string& members) { return compile_text(controls + "pack p {\n" + members + "}\n"); }

}  // namespace

TEST_CASE("patterns stand for any characters, and for all of a text") {
  using writ::names::control_ids;
  using writ::names::matches;
  CHECK(matches("ACC-*", "ACC-07"));
  CHECK(matches("*", ""));
  CHECK(matches("*-07", "ACC-07"));
  CHECK(matches("A*-*7", "ACC-0-07"));
  CHECK_FALSE(matches("ACC-*", "NACC-07"));
  CHECK_FALSE(matches("ACC-0", "ACC-07"));
  CHECK_FALSE(matches("*7", "ACC-70"));
  CHECK_FALSE(matches("", "a"));
  CHECK(control_ids("control A-1 \"x\" {\n}\n  control no\n# control C\ncontrol B-2{") ==
        std::vector<std::string_view>{"A-1", "B-2"});
}

TEST_CASE("a pack leaves out controls, checks and classes of checks") {
  CHECK(held(with("")) == "+ACC-01.a +ACC-01.b +ACC-02.a +NET-01.a ");
  CHECK(held(with("exclude ACC-01 because \"r\"")) == "-ACC-01.a -ACC-01.b +ACC-02.a +NET-01.a ");
  CHECK(held(with("exclude ACC-* because \"r\"")) == "-ACC-01.a -ACC-01.b -ACC-02.a +NET-01.a ");
  CHECK(held(with("exclude ACC-01.b because \"r\"")) == "+ACC-01.a -ACC-01.b +ACC-02.a +NET-01.a ");
  CHECK(held(with("exclude basis implied because \"r\"")) == "+ACC-01.a -ACC-01.b +ACC-02.a +NET-01.a ");
  CHECK(held(with("exclude nature design because \"r\"")) == "-ACC-01.a +ACC-01.b +ACC-02.a +NET-01.a ");
}

TEST_CASE("what names nothing is an error") {
  CHECK(with("exclude PHY-* because \"r\"").codes() == "unknown-control");
  CHECK(with("exclude ACC-03 because \"r\"").codes() == "unknown-control");
  CHECK(with("exclude ACC-01.c because \"r\"").codes() == "unknown-control");
  CHECK(with("exclude basis design because \"r\"").codes() == "invalid-metadata");
  CHECK(with("exclude ACC-01 because \" \"").codes() == "exclusion-without-reason");
  CHECK(with("set ACC-01.grase = 2").codes() == "unknown-param");
  CHECK(with("set ACC-10.grace = 2").codes() == "unknown-control");
  CHECK(with("name ACC-10 \"x\"").codes() == "unknown-control");
  CHECK(with("include XYZ-*").codes() == "unknown-control");
  CHECK(with("include no.such").codes() == "unknown-module");
  CHECK(with("profile none").codes() == "unknown-profile");
  CHECK(with("exclude ACC-* because \"r\" exclude NET-* because \"r\"").codes() == "empty-pack");
}

TEST_CASE("what is said twice is an error") {
  CHECK(with("set ACC-01.grace = 2 set ACC-01.grace = 3").codes() == "duplicate-name");
  CHECK(with("name ACC-01 \"x\" section \"S\" { name ACC-01 \"y\" }").codes() == "duplicate-name");
  CHECK(with("name ACC-01 \"x\" as \"A\" name ACC-02 \"y\" as \"A\"").codes() == "duplicate-name");
}

TEST_CASE("a profile's values come before the pack's own") {
  const Compiled compiled = compile_text(controls + R"(
profile low { set ACC-01.grace = 1 }
profile high { set ACC-01.grace = 3 }
pack p { profile low  profile high  set ACC-01.grace = 2 }
)");
  CHECK(compiled.text() == "");
  REQUIRE(compiled.program.settings.size() == 3);
  const auto& value = compiled.program.expr(compiled.program.settings.back().value);
  CHECK(compiled.program.sources->text(value.span) == "2");
}

TEST_CASE("sections hold names in their order") {
  const Compiled compiled = with(R"(
  section "Network" { name NET-01 "The network" as "N-1" }
  section "Accounts" { name ACC-02 "Second" as "A-2" name ACC-01 "First" }
)");
  CHECK(compiled.text() == "");
  const auto& pack = compiled.program.packs[0];
  CHECK(pack.sections == std::vector<std::string>{"Network", "Accounts"});
  REQUIRE(pack.names.size() == 3);
  CHECK(pack.names[0].reference == "N-1");
  CHECK(pack.names[1].title == "Second");
  CHECK(pack.names[2].section == 1u);
}

TEST_CASE("several packs each hold what stands in their folder, and what they include") {
  Compiled compiled = compile_texts(
      {{"a/pack.writ", "pack a { include ACC-07 include ACC-08  set program_started_on = 2024-01-01 }\n"},
       {"b/pack.writ",
        "pack b { include soc2.access  exclude ACC-0* because \"r\"\n"
        "set program_started_on = 2025-01-01 }\n"},
       {"b/own.writ",
        "entity Thing { id: String key }\n"
        "control B-1 \"Own\" { check c { for t in Thing require t.id != \"\" else \"x\" } }\n"},
       {"c/own.writ",
        "entity Other { id: String key }\n"
        "control C-1 \"Shared\" { check c { for t in Other require t.id != \"\" else \"x\" } }\n"}},
      writ::stdlib::modules());
  CHECK(compiled.text() == "");
  const auto ids = [&] {
    std::string out;
    for (const auto& control : compiled.program.controls) {
      if (control.selected) out += control.id + " ";
    }
    return out;
  };
  writ::language::enter_pack(compiled.program, 0);
  CHECK(ids() == "C-1 ACC-07 ACC-08 ");
  writ::language::enter_pack(compiled.program, 1);
  CHECK(ids().starts_with("B-1 C-1 ACC-01 "));
  CHECK(held(compiled).find("+ACC") == std::string::npos);
  writ::language::enter_all_packs(compiled.program);
  // What one pack leaves out is evaluated for the other.
  CHECK(held(compiled).find("+ACC-07.no_orphans") != std::string::npos);
  CHECK(held(compiled).find("-ACC-01.exists") != std::string::npos);
}
