// Modules: what is loaded, what a name means in a file, which controls are evaluated.
#include <catch2/catch.hpp>

#include "compiling.hpp"

using writ::language::LibraryModule;
using writ::testing::compile_text;
using writ::testing::compile_texts;

namespace {

const LibraryModule library[] = {
    {"std.a", "std/a.writ",
     "module std.a\nuse std.b\nentity A { id: String key  b: B? }\nfn is_a(a: A): Bool = a.id == \"a\"\nenum "
     "Colour { red }\n"},
    {"std.b", "std/b.writ",
     "module std.b\nuse std.a\nentity B { id: String key  a: A? }\nenum Colour { blue }\nenum Mood { glad }\n"},
    {"soc2.x", "soc2/x.writ",
     "module soc2.x\nuse std.a\ncontrol X-1 \"x\" { check c \"c\" { for a in A require is_a(a) else \"x\" } }\n"},
    {"soc2.y", "soc2/y.writ",
     "module soc2.y\nuse std.a\ncontrol Y-1 \"y\" { check c \"c\" { for a in A require is_a(a) else \"y\" } }\n"},
    {"sources.v", "sources/v.writ",
     "module sources.v\nuse std.a\nentity V { id: String key }\nderive A from v in V { id: v.id }\n"},
    {"sources.all", "sources/all.writ", "module sources.all\nuse sources.v\n"},
    {"bad.z", "bad/z.writ", "module bad.z\nfn f(a: Int): String = a\n"},
};

writ::testing::Compiled compile(std::vector<writ::language::SourceText> texts) {
  return compile_texts(std::move(texts), library);
}

constexpr auto uses_a =
    "use std.a\ncontrol T-1 \"t\" { check c \"c\" { for a in A require is_a(a) else \"x\" } }\n";

}  // namespace

TEST_CASE("modules are loaded where they are used, transitively and once") {
  const auto compiled = compile({{"r.writ", uses_a}});
  CHECK(compiled.text().empty());
  CHECK(compiled.program.entities.size() == 2);
  CHECK(compiled.program.sources->size() == 3);
  CHECK(compile({{"r.writ", "entity E { id: String key }\n"}}).program.sources->size() == 1);
}

TEST_CASE("a user's module stands before the library's of the same name") {
  const auto compiled =
      compile({{"a.writ", "module std.a\nentity A { id: String key }\nfn is_a(a: A): Bool = a.id == \"b\"\n"},
               {"r.writ", uses_a}});
  CHECK(compiled.text().empty());
  CHECK(compiled.program.entities.size() == 1);
}

TEST_CASE("files of one module share their declarations and not their imports") {
  CHECK(
      compile({{"a.writ", "entity E { id: String key }\n"},
               {"b.writ", "control T-1 \"t\" { check c \"c\" { for e in E require e.id == \"x\" else \"x\" } }\n"}})
          .text()
          .empty());
  CHECK(
      compile({{"a.writ", uses_a},
               {"b.writ", "control T-2 \"t\" { check c \"c\" { for a in A require a.id == \"x\" else \"x\" } }\n"}})
          .codes() == "unknown-entity");
}

TEST_CASE("a name that is not imported is told where it is declared") {
  const auto loaded = compile({{"a.writ", uses_a}, {"b.writ", "fn f(b: B): Bool = true\n"}});
  CHECK(loaded.text().find("`std.b` declares it: write `use std.b`") != std::string::npos);
  const auto unloaded =
      compile({{"b.writ", "control T-1 \"t\" { check c \"c\" { for a in A require true else \"x\" } }\n"}});
  CHECK(unloaded.text().find("`std.a` declares it: write `use std.a`") != std::string::npos);
}

TEST_CASE("a name of two modules is ambiguous where it is used") {
  CHECK(compile({{"a.writ", "use std.a\nuse std.b\nentity E { id: String key  a: A?  m: Mood  x: B? }\n"}})
            .text()
            .empty());
  CHECK(compile({{"a.writ", "use std.a\nuse std.b\nentity E { id: String key  a: A?  b: B?  c: Colour }\n"}})
            .codes() == "ambiguous-name");
  CHECK(compile({{"a.writ",
                  "use std.a\nuse std.b\nenum Colour { grey }\nentity E { id: String key  a: A?  b: B?  c: Colour "
                  "= grey }\n"}})
            .text()
            .empty());
}

TEST_CASE("members of enums need no import where their context says which enum is meant") {
  CHECK(compile({{"a.writ", "use soc2.z\n"}}).codes() == "unknown-module");
  const auto compiled = compile(
      {{"a.writ", "module m\nuse std.b\nentity E { id: String key  m: Mood }\n"},
       {"b.writ", "use m\ncontrol T-1 \"t\" { check c \"c\" { for e in E require e.m == glad else \"x\" } }\n"}});
  CHECK(compiled.text().empty());
}

TEST_CASE("entities and controls are unique over the program") {
  CHECK(compile({{"a.writ", "module m\nuse std.a\nentity B { id: String key  a: A? }\n"}}).codes() ==
        "duplicate-name");
  CHECK(compile({{"a.writ",
                  "pack p \"p\" { version \"1\" include soc2.x }\ncontrol X-1 \"t\" { check c \"c\" { require true "
                  "else \"x\" } }\n"}})
            .codes() == "duplicate-control");
}

TEST_CASE("controls of the given files and of included modules are selected") {
  const auto selected = [](const writ::testing::Compiled& compiled) {
    std::string ids;
    for (const auto& control : compiled.program.controls) ids += control.id + (control.selected ? "+ " : "- ");
    return ids;
  };
  const std::string own = "control T-1 \"t\" { check c \"c\" { require today > 2020-01-01 else \"x\" } }\n";
  CHECK(selected(compile({{"a.writ", own + "pack p \"p\" { version \"1\" include soc2.x }\n"}})) == "T-1+ X-1+ ");
  CHECK(selected(compile({{"a.writ", own + "pack p \"p\" { version \"1\" include soc2.* }\n"}})) ==
        "T-1+ X-1+ Y-1+ ");
  CHECK(selected(compile({{"a.writ", "use soc2.x\n" + own}})) == "T-1+ X-1- ");
}

TEST_CASE("modules of the library are checked, and not warned of") {
  CHECK(compile({{"a.writ", "use bad.z\n"}}).codes() == "type-mismatch");
  CHECK(compile({{"a.writ", "use std.a\n"}}).codes() == "unused-import");
}

TEST_CASE("a module that derives records is used, directly or through another") {
  CHECK(compile({{"a.writ", "use sources.v\n"}}).text().empty());
  CHECK(compile({{"a.writ", "use sources.all\n"}}).text().empty());
  CHECK(compile({{"a.writ", "use sources.v\nuse std.a\n"}}).codes() == "unused-import");
}

TEST_CASE("functions of a named module without controls are for others") {
  CHECK(compile({{"a.writ", "fn f(a: Int): Int = a\n"}}).codes() == "unused-name");
  CHECK(compile({{"a.writ", "module m\nfn f(a: Int): Int = a\n"}}).text().empty());
  CHECK(compile({{"a.writ",
                  "module m\nfn f(a: Int): Int = a\ncontrol T-1 \"t\" { check c \"c\" { require today > 2020-01-01 "
                  "else \"x\" } }\n"}})
            .codes() == "unused-name");
}

TEST_CASE("after an error nothing is warned of") {
  CHECK(compile({{"a.writ", "use std.a\nfn f(a: Int): Int = b\n"}}).codes() == "unknown-name");
}

TEST_CASE("a declaration that does not parse costs one message") {
  CHECK(compile_text("enum Colour { red, \nentity A { id: String key  c: Colour }\n").codes().find("unknown") ==
        std::string::npos);
  CHECK(compile_text("entity A { id: String key  c: }\nentity B { id: String key  a: A? }\ncontrol T-1 \"t\" { "
                     "check c \"c\" { for b in B where b.a is present require b.a.c == b.id else \"x\" } }\n")
            .codes()
            .find("unknown") == std::string::npos);
}
