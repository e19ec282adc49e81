// What is wrong is said once, with its place, and what stands around it is still read.
#include <catch2/catch.hpp>
#include <string>

#include "tests/unit/syntax/snippet.hpp"

using writ::tests::Snippet;

TEST_CASE("ten mistakes give ten diagnostics") {
  const Snippet snippet(R"(module m

enum Status { active, missing }

entity Person {
  id String key
  name: String;
  age: Int
}

entitty Other { id: String }

fn a(x: Int): Bool = x = 5
fn b(x: Int): Bool = (x == 1
fn c(x: Int): Int = if x == 1 then 2

control ACC-07 {
  check one {
    for p in Person
    where p.age > 5 && p.name == "x"
    require p.age > 1 else "ok"
    require p.age > 2
  }
  check two {
    for p of Person
    require p.age + 5 mins > 2 else "a"
  }
}

fn d(x: Int): Int = x
)");
  CHECK(snippet.diagnosed() ==
        "3:23 syntax-error: `missing` is a word of the language, not a name\n"
        "6:6 syntax-error: expected `:` and a type, found `String` [write `:`]\n"
        "7:15 syntax-error: no `;` stands between members [leave it out]\n"
        "11:1 syntax-error: expected a declaration, found `entitty` [write `entity`]\n"
        "13:24 syntax-error: `=` does not compare [write `==`]\n"
        "14:22 unclosed-block: `(` is never closed\n"
        "15:37 syntax-error: `if` has no `else`\n"
        "20:21 syntax-error: `&&` is no operator [write `and`]\n"
        "22:22 missing-else: a requirement has no `else`\n"
        "25:11 syntax-error: expected `in` and a collection, found `of` [write `in`]\n"
        "26:23 unknown-unit: `mins` is no unit of time [write `minutes`]\n");
  CHECK(snippet.dumped() == R"(module m
enum Status (damaged) active
entity Person (damaged)
  name: String
  age: Int
error
fn a(x: Int): Bool = <error>
error
error b
error c
control ACC-07
  check one (damaged)
    for p in Person
    where <error>
    require (> (. p age) 1) else (string "ok")
    require (> (. p age) 2) else <error>
  check two (damaged)
fn d(x: Int): Int = x
)");
}

TEST_CASE("a missing brace is reported where it was opened") {
  SECTION("of an entity, before the next declaration") {
    const Snippet snippet("entity A {\n  x: Int\n\nentity B {\n  y: Int\n}\n");
    CHECK(snippet.diagnosed() == "1:10 unclosed-block: entity `A` is never closed\n");
    CHECK(snippet.dumped() == "entity A\n  x: Int\nentity B\n  y: Int\n");
  }
  SECTION("of a check, before the next check") {
    const Snippet snippet(
        "control A-1 {\n  check a {\n    for x in X\n    require x.a else \"a\"\n\n  check b {\n    for x in X\n"
        "    require x.b else \"b\"\n  }\n}\nfn f(): Int = 1\n");
    CHECK(snippet.diagnosed() == "2:11 unclosed-block: check `a` is never closed\n");
    CHECK(snippet.dumped() ==
          "control A-1\n  check a\n    for x in X\n    require (. x a) else (string \"a\")\n  check b\n    for x "
          "in X\n"
          "    require (. x b) else (string \"b\")\nfn f(): Int = 1\n");
  }
  SECTION("of the last check, by its indentation") {
    const Snippet snippet(
        "control A-1 {\n  check a {\n    for x in X\n    require x.a else \"a\"\n}\n\ncontrol A-2 {\n}\n");
    CHECK(snippet.diagnosed() == "2:11 unclosed-block: check `a` is never closed\n");
    CHECK(snippet.sink().all()[0].labels[1].text == "by its indentation, this one closes control `A-1`");
    CHECK(snippet.dumped() ==
          "control A-1\n  check a\n    for x in X\n    require (. x a) else (string \"a\")\ncontrol A-2\n");
  }
  SECTION("of two bodies at the end of the file: one diagnostic") {
    const Snippet snippet("control A-1 {\n  check a {\n    for x in X\n    require x.a else \"a\"\n");
    CHECK(snippet.diagnosed() == "2:11 unclosed-block: check `a` is never closed\n");
    CHECK(snippet.sink().all()[0].labels[1].text == "nor is the brace of control `A-1`");
  }
  SECTION("of a set, in the middle of a check") {
    const Snippet snippet(
        "control A-1 {\n  check a {\n    for x in X\n    where x.a in {b, c\n    require x.a else \"a\"\n  }\n}\n");
    CHECK(snippet.diagnosed() == "4:18 unclosed-block: `{` is never closed\n");
    CHECK(snippet.dumped() ==
          "control A-1\n  check a (damaged)\n    for x in X\n    require (. x a) else (string \"a\")\n");
  }
}

TEST_CASE("an extra brace is one error") {
  const Snippet snippet("entity A { x: Int } }\n\nfn f(): Int = 1\n");
  CHECK(snippet.diagnosed() == "1:21 syntax-error: `}` closes nothing\n");
  CHECK(snippet.dumped() == "entity A\n  x: Int\nerror\nfn f(): Int = 1\n");
}

TEST_CASE("a separator between members is said once for a body") {
  const Snippet snippet("entity A {\n  x: Int;\n  y: Int;\n  z: Int;\n}\nenum B { a; b; c }\n");
  CHECK(snippet.diagnosed() ==
        "2:9 syntax-error: no `;` stands between members [leave it out]\n"
        "6:11 syntax-error: no `;` stands between members [leave it out]\n");
  CHECK(snippet.dumped() == "entity A (damaged)\n  x: Int\n  y: Int\n  z: Int\nenum B (damaged) a b c\n");
}

TEST_CASE("an expression that breaks off does not swallow what follows") {
  const Snippet snippet("fn a(): Int = 1 +\nfn b(): Int = 2\nparam c: Int =\nparam d: Int = 3\n");
  CHECK(snippet.diagnosed() ==
        "1:18 syntax-error: expected an expression, found `fn`\n"
        "3:15 syntax-error: expected an expression, found `param`\n");
  CHECK(snippet.dumped() == "error a\nfn b(): Int = 2\nerror\nparam d: Int = 3\n");
}

TEST_CASE("invalid UTF-8 and control characters are said once a file, and reading goes on") {
  const Snippet bytes("# J\xFCrgen \xFF\nfn f(): Int = 1\n");
  CHECK(bytes.diagnosed() == "1:4 invalid-utf8: the byte 0xfc is not UTF-8\n");
  CHECK(bytes.sink().all()[0].notes == std::vector<std::string>{"the file has 2 such bytes"});
  CHECK(bytes.dumped() == "fn f(): Int = 1\n");
  const Snippet control(std::string("fn f(): Int =\0 1\n", 17));
  CHECK(control.diagnosed() == "1:14 syntax-error: the character U+0000 cannot stand in a rule\n");
  CHECK(control.dumped() == "fn f(): Int = 1\n");
  const Snippet reordered("# a \xE2\x80\xAE b\nfn f(): Int = 1\n");
  CHECK(reordered.diagnosed() == "1:5 syntax-error: the character U+202E cannot stand in a rule\n");
  const Snippet bare("fn f(): Int =\r 1\n");
  CHECK(bare.diagnosed() == "1:14 syntax-error: the character U+000D cannot stand in a rule\n");
}
