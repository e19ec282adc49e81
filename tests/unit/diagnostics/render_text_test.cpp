#include <catch2/catch.hpp>
#include <string>

#include "language/diagnostics/render.hpp"

using namespace writ;
using namespace writ::diagnostics;

namespace {

struct World {
  source::SourceSet sources;
  Sink sink;

  source::FileId add(std::string text, std::string path = "a.writ") {
    return sources.add(std::move(path), std::move(text));
  }
  // The place of the first `part` in the file.
  source::Span find(source::FileId file, std::string_view part) const {
    const auto at = static_cast<std::uint32_t>(sources.text(file).find(part));
    return {file, at, at + static_cast<std::uint32_t>(part.size())};
  }
  std::string show(TextStyle style = {}) const { return render_text(sink.all().front(), sources, style); }
};

}  // namespace

TEST_CASE("one label") {
  World world;
  const auto file = world.add("fn f(): Int = x\n");
  world.sink.add(Code::unknown_name, world.find(file, "x"), "`x` is not declared", "no such name");
  CHECK(world.show() == R"(error[unknown-name]: `x` is not declared
 --> a.writ:1:15
  |
1 | fn f(): Int = x
  |               ^ no such name
)");
}

TEST_CASE("notes and helps are wrapped and stand under their first word") {
  World world;
  const auto file = world.add("x\n");
  world.sink.add(Code::unknown_name, world.find(file, "x"), "m")
      .note("one two three four five six seven eight nine ten")
      .help("short\nsecond line");
  CHECK(world.show({false, 40}) == R"(error[unknown-name]: m
 --> a.writ:1:1
  |
1 | x
  | ^
  |
  = note: one two three four five six
          seven eight nine ten
  = help: short
          second line
)");
}

TEST_CASE("several labels of one line hang below each other") {
  World world;
  const auto file = world.add("require a.b == c.d else 1\n");
  world.sink.add(Code::not_comparable, world.find(file, "=="), "cannot be compared", "compared here")
      .label(world.find(file, "a.b"), "a `Date`")
      .label(world.find(file, "c.d"), "a `Timestamp`");
  CHECK(world.show() == R"(error[not-comparable]: cannot be compared
 --> a.writ:1:13
  |
1 | require a.b == c.d else 1
  |         --- ^^ --- a `Timestamp`
  |         |   |
  |         |   compared here
  |         a `Date`
)");
}

TEST_CASE("lines between are left out") {
  World world;
  const auto file = world.add("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n");
  world.sink.add(Code::duplicate_name, world.find(file, "ten"), "twice", "again")
      .label(world.find(file, "one"), "first")
      .label(world.find(file, "three"), "");
  CHECK(world.show() == R"(error[duplicate-name]: twice
  --> a.writ:10:1
   |
 1 | one
   | --- first
 2 | two
 3 | three
   | -----
...
10 | ten
   | ^^^ again
)");
}

TEST_CASE("a label over several lines") {
  World world;
  const auto file = world.add("entity A {\n  a: Int\n  b: Int\n  c: Int\n  d: Int\n}\n");
  const auto text = world.sources.text(file);
  world.sink
      .add(Code::invalid_field, source::Span{file, 9, static_cast<std::uint32_t>(text.size() - 1)}, "m", "all this")
      .label(world.find(file, "b"), "in it");
  CHECK(world.show() == R"(error[invalid-field]: m
 --> a.writ:1:10
  |
1 |   entity A {
  |  __________^
2 | |   a: Int
3 | |   b: Int
  | |   - in it
4 | |   c: Int
5 | |   d: Int
6 | | }
  | |_^ all this
)");
}

TEST_CASE("labels in another file come after, with their own head") {
  World world;
  const auto first = world.add("enum E { a }\n", "one.writ");
  const auto second = world.add("enum E { b }\n", "two.writ");
  world.sink.add(Code::duplicate_name, world.find(second, "E"), "`E` is declared twice", "again")
      .label(world.find(first, "E"), "first");
  CHECK(world.show() == R"(error[duplicate-name]: `E` is declared twice
 --> two.writ:1:6
  |
1 | enum E { b }
  |      ^ again
 ::: one.writ:1:6
  |
1 | enum E { a }
  |      - first
)");
}

TEST_CASE("tabs, wide characters and combining marks keep underlines in place") {
  World world;
  const auto file = world.add("\tx = \"漢字e\xCC\x81\" y\n");
  world.sink.add(Code::unknown_name, world.find(file, "y"), "m", "here").label(world.find(file, "漢字"), "wide");
  CHECK(world.show() ==
        "error[unknown-name]: m\n"
        " --> a.writ:1:13\n"
        "  |\n"
        "1 |     x = \"漢字e\xCC\x81\" y\n"
        "  |          ----   ^ here\n"
        "  |          |\n"
        "  |          wide\n");
}

TEST_CASE("control characters and bytes that are no text never reach the terminal") {
  World world;
  const auto file = world.add("a\x1b[31m\xff\u202E b\n");
  world.sink.add(Code::invalid_utf8, world.find(file, "b"), "esc \x1b[0m", "bell \a").note("nul \x01");
  CHECK(world.show() ==
        "error[invalid-utf8]: esc �[0m\n --> a.writ:1:10\n  |\n1 | a�[31m�� b\n  |          ^ bell �\n"
        "  |\n  = note: nul �\n");
}

TEST_CASE("long lines are cut around what is underlined") {
  World world;
  const auto file = world.add(std::string(200, 'a') + " here " + std::string(200, 'b') + "\n");
  world.sink.add(Code::unknown_name, world.find(file, "here"), "m", "this");
  const std::string shown = world.show({false, 60});
  CHECK(shown ==
        "error[unknown-name]: m\n --> a.writ:1:202\n  |\n"
        "1 | …aaaaaaaaaaaaaaaaaaaaaaa here bbbbbbbbbbbbbbbbbbbbbbbb…\n"
        "  |                          ^^^^ this\n");
}

TEST_CASE("a place at the end of the text, and an empty one") {
  World world;
  const auto file = world.add("fn");
  world.sink.add(Code::syntax_error, source::Span{file, 2, 2}, "m", "here");
  CHECK(world.show() == "error[syntax-error]: m\n --> a.writ:1:3\n  |\n1 | fn\n  |   ^ here\n");
  World empty;
  const auto nothing = empty.add("");
  empty.sink.add(Code::syntax_error, source::Span{nothing, 0, 0}, "m");
  CHECK(empty.show() == "error[syntax-error]: m\n --> a.writ:1:1\n  |\n1 |\n  | ^\n");
  World far;
  const auto short_file = far.add("ab\n");
  far.sink.add(Code::syntax_error, source::Span{short_file, 90, 99}, "m");
  CHECK(far.show() == "error[syntax-error]: m\n --> a.writ:2:1\n  |\n2 |\n  | ^\n");
}

TEST_CASE("a fix shows the line as it would stand") {
  World world;
  const auto file = world.add("where a = b and c;\n");
  SECTION("replaced") {
    world.sink.add(Code::syntax_error, world.find(file, "="), "m").fix("write `==`", world.find(file, "="), "==");
    CHECK(world.show() == R"(error[syntax-error]: m
 --> a.writ:1:9
  |
1 | where a = b and c;
  |         ^
  |
  = help: write `==`
  |
1 | where a == b and c;
  |         ~~
)");
  }
  SECTION("inserted") {
    const auto at = world.find(file, "b").begin;
    world.sink.add(Code::syntax_error, world.find(file, "b"), "m").fix("negate", {file, at, at}, "not ");
    CHECK(world.show().ends_with("1 | where a = not b and c;\n  |           ++++\n"));
  }
  SECTION("taken out") {
    world.sink.add(Code::syntax_error, world.find(file, ";"), "m").fix("leave it out", world.find(file, ";"), "");
    CHECK(world.show().ends_with("  = help: leave it out\n  |\n1 - where a = b and c;\n1 + where a = b and c\n"));
  }
  SECTION("in two places at once") {
    Diagnostic& diagnostic = world.sink.add(Code::syntax_error, world.find(file, "="), "m");
    diagnostic.fixes.push_back(
        {"both", Applicability::safe, {{world.find(file, "c"), "dd"}, {world.find(file, "="), "=="}}});
    CHECK(world.show().ends_with("1 | where a == b and dd;\n  |         ~~       ~~\n"));
  }
  SECTION("edits that overlap are not shown") {
    Diagnostic& diagnostic = world.sink.add(Code::syntax_error, world.find(file, "="), "m");
    diagnostic.fixes.push_back({"no", Applicability::safe, {{{file, 0, 9}, "x"}, {{file, 5, 12}, "y"}}});
    CHECK(world.show().ends_with("  = help: no\n"));
  }
}

TEST_CASE("a place in evidence is shown like one in a rule") {
  World world;
  world.sink.add(Code::unexpected_shape,
                 ForeignPlace{"facts/person.json", 12, 14, "/3/status", "    \"status\": \"left\",", 6},
                 "`left` is no member of `PersonStatus`", "expected `active` or `terminated`");
  CHECK(world.show() == R"(error[unexpected-shape]: `left` is no member of `PersonStatus`
  --> facts/person.json:12:14 (/3/status)
   |
12 |     "status": "left",
   |              ^^^^^^ expected `active` or `terminated`
)");
  World bare;
  bare.sink.add(Code::unreadable_file, ForeignPlace{"facts/person.json", 0, 0, "", "", 1}, "cannot be read", "why")
      .help("look at it");
  CHECK(bare.show() ==
        "error[unreadable-file]: cannot be read\n --> facts/person.json\n  = note: why\n  = help: look at it\n");
  World placeless;
  placeless.sink.add(Code::no_controls, "there is no control").help("add one");
  CHECK(placeless.show() == "error[no-controls]: there is no control\n  = help: add one\n");
}

TEST_CASE("the count stands at the end") {
  World world;
  CHECK(render_text(world.sink, world.sources, {}).empty());
  world.sink.add(Code::unused_name, "one");
  CHECK(render_text(world.sink, world.sources, {}) == "warning[unused-name]: one\n\nwarning: 1 warning\n");
  world.sink.add(Code::no_rules, "two");
  world.sink.add(Code::no_rules, "three");
  CHECK(render_text(world.sink, world.sources, {}) ==
        "warning[unused-name]: one\n\nerror[no-rules]: two\n\nerror[no-rules]: three\n\nerror: 2 errors, 1 "
        "warning\n");
}

TEST_CASE("color") {
  World world;
  const auto file = world.add("x y\n");
  world.sink.add(Code::unused_name, world.find(file, "x"), "m", "a").label(world.find(file, "y"), "b");
  CHECK(world.show({true, 100}) ==
        "\x1b[1;33mwarning[unused-name]\x1b[0m\x1b[1m: m\x1b[0m\n"
        " \x1b[1;34m--> \x1b[0ma.writ:1:1\n"
        "  \x1b[1;34m|\x1b[0m\n"
        "\x1b[1;34m1\x1b[0m \x1b[1;34m|\x1b[0m x y\n"
        "  \x1b[1;34m|\x1b[0m \x1b[1;33m^\x1b[0m \x1b[1;34m-\x1b[0m \x1b[1;34mb\x1b[0m\n"
        "  \x1b[1;34m|\x1b[0m \x1b[1;33m|\x1b[0m\n"
        "  \x1b[1;34m|\x1b[0m \x1b[1;33ma\x1b[0m\n");
}
