// What people write who come from elsewhere, and what they are told.
#include <catch2/catch.hpp>
#include <string>

#include "tests/unit/syntax/snippet.hpp"

using writ::tests::complaint;
using writ::tests::Snippet;

TEST_CASE("operators of other languages") {
  CHECK(complaint("x = 5") == "`=` does not compare [write `==`]");
  CHECK(complaint("x === 5") == "`===` is no operator [write `==`]");
  CHECK(complaint("x && y") == "`&&` is no operator [write `and`]");
  CHECK(complaint("x & y") == "`&` is no operator [write `and`]");
  CHECK(complaint("x || y") == "`||` is no operator [write `or`]");
  CHECK(complaint("x <> y") == "`<>` is no operator [write `!=`]");
  CHECK(complaint("x => y") == "`=>` is no operator [write `>=`]");
  CHECK(complaint("!x") == "`!` is no operator [write `not`]");
  CHECK(complaint("(x = 5)") == "`=` does not compare [write `==`]");
  CHECK(complaint("x AND y") == "operators are written small [write `and`]");
  CHECK(complaint("5 OR y") == "operators are written small [write `or`]");
  CHECK(complaint("x contains y") == "`contains` is a function");
  CHECK(complaint("x ? 1 : 2") == "`?` does not choose between two values");
}

TEST_CASE("presence") {
  CHECK(complaint("x is null") == "the language has no `null` [write `is missing`]");
  CHECK(complaint("x == null") == "the language has no `null` [write `missing`]");
  CHECK(complaint("x == None") == "the language has no `None` [write `missing`]");
  CHECK(complaint("x == True") == "truth values are written small [write `true`]");
  CHECK(complaint("x is not present") == "`is not` is no operator [write `is missing`]");
  CHECK(complaint("x is not null") == "`is not` is no operator [write `is present`]");
  CHECK(complaint("x is not y") == "`is not` is no operator");
  CHECK(complaint("x is presnt") ==
        "expected `present`, `missing` or `dangling`, found `presnt` [write `present`]");
  CHECK(complaint("x is true") == "expected `present`, `missing` or `dangling`, found `true`");
}

TEST_CASE("conditionals and queries") {
  CHECK(complaint("if a then b") == "`if` has no `else`");
  CHECK(complaint("if a then 2 elif c then d else e") == "the language has no `elif` [write `else if`]");
  CHECK(complaint("if a { b }") == "expected `then`, found `{`");
  CHECK(complaint("some x of xs") == "expected `in` and a collection, found `of` [write `in`]");
  CHECK(complaint("every x in xs") == "expected `satisfies` and a condition, found the end of the file");
  CHECK(complaint("every x in xs: x.a") == "expected `satisfies` and a condition, found `:`");
  CHECK(complaint("[1 2]") == "expected `]`, found `2`");
  CHECK(complaint("f(a b)") == "expected `)`, found `b`");
}

TEST_CASE("numbers, units, dates") {
  CHECK(complaint("5 mins") == "`mins` is no unit of time [write `minutes`]");
  CHECK(complaint("5 dayz") == "`dayz` is no unit of time [write `days`]");
  CHECK(complaint("5 parsecs") == "`parsecs` is no unit of time");
  CHECK(complaint("5days") == "a space is missing between a number and its unit [write `5 days`]");
  CHECK(complaint("5d") == "`d` is no unit of time [write `5 days`]");
  CHECK(complaint("1e5") == "`1e5` is not a number");
  CHECK(complaint("2026-6-30") == "`2026-6-30` is neither a date nor a time");
  CHECK(complaint("2026-06-30T12") == "`2026-06-30T12` is neither a date nor a time");
  CHECK(complaint("2026-06-30x") == "`2026-06-30x` is neither a date nor a time");
}

TEST_CASE("declarations of other languages") {
  const auto said = [](std::string text) { return Snippet(std::move(text)).diagnosed(); };
  CHECK(said("function f(): Int = 1\n") ==
        "1:1 syntax-error: expected a declaration, found `function` [write `fn`]\n");
  CHECK(said("import std.people\n") == "1:1 syntax-error: expected a declaration, found `import` [write `use`]\n");
  CHECK(said("contrl A-1 {\n}\n") ==
        "1:1 syntax-error: expected a declaration, found `contrl` [write `control`]\n");
  CHECK(said("fn f(): Int { 1 }\n") == "1:13 syntax-error: expected `=` and an expression, found `{`\n");
  CHECK(said("fn f(): Int == 1\n") == "1:13 syntax-error: `==` compares; a value is given with `=` [write `=`]\n");
  CHECK(said("fn f(x Int): Int = 1\n") == "1:8 syntax-error: expected `:` and a type, found `Int` [write `:`]\n");
  CHECK(said("fn for(): Int = 1\n") == "1:4 syntax-error: `for` is a word of the language, not a name\n");
  CHECK(said("use m\nmodule a\n") == "2:1 syntax-error: `module` is not the first declaration\n");
  CHECK(said("module a\nmodule b\n") == "2:1 syntax-error: a file has one module\n");
  CHECK(said("control Removal of access {\n}\n") == "1:17 syntax-error: expected `{`, found `of`\n");
  CHECK(said("entity A {\n  x: String[]\n}\n") ==
        "2:12 syntax-error: expected a member of entity `A`, found `[`\n");
}

TEST_CASE("members of controls and checks") {
  const auto in_control = [](std::string_view text) {
    return Snippet(fmt::format("control A-1 {{\n{}\n}}\n", text)).diagnosed();
  };
  CHECK(in_control("severity: high") ==
        "2:9 syntax-error: expected a value: a word, or a text in quotes, found `:` [leave it out]\n");
  CHECK(in_control("criteria CC6.1 CC6.2") == "2:15 syntax-error: expected `,` between two values [write `,`]\n");
  CHECK(in_control("chek a {\n}") ==
        "2:1 syntax-error: expected a member of control `A-1`, found `chek` [write `check`]\n");
  CHECK(in_control("for a in A") == "2:1 syntax-error: `for` stands in a check\n");
  CHECK(in_control("sevrity high").empty());  // an unknown key of metadata is the checker's to say
  const auto in_check = [](std::string_view text) {
    return Snippet(fmt::format("control A-1 {{\n check c {{\n{}\n}}\n}}\n", text)).diagnosed();
  };
  CHECK(in_check("assert a else \"b\"") ==
        "3:1 syntax-error: expected a member of check `c`, found `assert` [write `require`]\n");
  CHECK(in_check("for each a in A") ==
        "3:10 syntax-error: expected `in` and a collection, found `a` [leave `each` out]\n");
  CHECK(in_check("require a \"b\"") == "3:11 missing-else: a requirement has no `else` [write `else`]\n");
  CHECK(in_check("where a, b") == "3:8 syntax-error: no `,` stands between members [leave it out]\n");
  CHECK(in_check("else \"a\"") == "3:1 syntax-error: `else` belongs to no `require`\n");
  CHECK(in_check("when empty pss") ==
        "3:12 syntax-error: expected `pass`, `fail` or `not_applicable`, found `pss` [write `pass`]\n");
  CHECK(in_check("let a == 1") == "3:7 syntax-error: `==` compares; a value is given with `=` [write `=`]\n");
  CHECK(in_check("require a else \"b\"\nlet c = 1") == "4:1 syntax-error: `let` after `require`\n");
}

TEST_CASE("a message as a person sees it") {
  const Snippet snippet(
      "control ACC-07 {\n  check gone {\n    for a in Account\n    require not a.enabled\n  }\n}\n");
  CHECK(writ::diagnostics::render_text(snippet.sink(), snippet.sources(), {}) ==
        R"(error[missing-else]: a requirement has no `else`
 --> test.writ:4:26
  |
4 |     require not a.enabled
  |     -------              ^ `else` and a message are missing here
  |     |
  |     this requirement
  |
  = help: say what a finding tells: `require account.enabled else "{account.login} is disabled"`

error: 1 error
)");
}
