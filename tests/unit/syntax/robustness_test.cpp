// Hostile texts: deep, long, cut off, mutated. Nothing crashes, every span lies in the text, and the cost stays
// linear.
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "tests/unit/syntax/snippet.hpp"

using writ::tests::complaint;
using writ::tests::Snippet;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// Every label and edit lies in the text, and all of it can be shown.
void check_sound(const Snippet& snippet) {
  const std::size_t size = snippet.text().size();
  for (const auto& diagnostic : snippet.sink().all()) {
    REQUIRE(!diagnostic.message.empty());
    for (const auto& label : diagnostic.labels) {
      REQUIRE(label.span.begin <= label.span.end);
      REQUIRE(label.span.end <= size);
    }
    for (const auto& fix : diagnostic.fixes) {
      for (const auto& edit : fix.edits) {
        REQUIRE(edit.span.begin <= edit.span.end);
        REQUIRE(edit.span.end <= size);
      }
    }
  }
  for (const auto& expr : snippet.tree().exprs) {
    REQUIRE(expr.span.begin <= expr.span.end);
    REQUIRE(expr.span.end <= size);
  }
  std::uint32_t last = 0;
  for (const auto& comment : snippet.tree().comments) {
    REQUIRE(comment.span.begin >= last);
    last = comment.span.end;
  }
  REQUIRE(!snippet.dumped().empty() == (snippet.tree().module || !snippet.tree().declarations.empty()));
  const std::string text = writ::diagnostics::render_text(snippet.sink(), snippet.sources(), {});
  REQUIRE(text.empty() == snippet.sink().all().empty());
  REQUIRE(!writ::diagnostics::render_json(snippet.sink(), snippet.sources()).empty());
}

std::vector<std::string> library() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::filesystem::path(WRIT_SOURCE_DIR) / "stdlib")) {
    if (entry.path().extension() == ".writ") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    texts.push_back(text.str());
  }
  return texts;
}

}  // namespace

TEST_CASE("nesting is limited") {
  const std::string limit = "this is nested more than 200 levels deep";
  CHECK(complaint(repeated("(", 199) + "x" + repeated(")", 199)).empty());
  CHECK(complaint(repeated("(", 200) + "x" + repeated(")", 200)) == limit);
  CHECK(complaint(repeated("(", 100'000)) == limit);
  CHECK(complaint(repeated("[", 100'000)) == limit);
  CHECK(complaint(repeated("{", 100'000)) == limit);
  CHECK(complaint(repeated("f(", 100'000)) == limit);
  CHECK(complaint(repeated("if ", 100'000)) == limit);
  CHECK(complaint(repeated("some a in x where ", 100'000)) == limit);
  CHECK(complaint(repeated("\"{", 100'000)) == limit);
  CHECK(complaint(repeated("count(a in ", 100'000)) == limit);
  const Snippet types("entity A {\n  x: " + repeated("List<", 100'000) + "\n}\n");
  CHECK(types.diagnosed().find(limit) != std::string::npos);
  const Snippet records("entity A {\n  x: " + repeated("{ a: ", 100'000) + "\n}\n");
  CHECK(records.diagnosed().find(limit) != std::string::npos);
}

TEST_CASE("chains of operators are limited, and cost no stack") {
  const std::string limit = "an expression has more than 1000 levels";
  CHECK(complaint("a" + repeated(" and a", 999)).empty());
  CHECK(complaint("a" + repeated(" and a", 1000)) == limit);
  CHECK(complaint("a" + repeated(" and a", 100'000)) == limit);
  CHECK(complaint("a" + repeated(".b", 100'000)) == limit);
  CHECK(complaint("a" + repeated(" ?? a", 100'000)) == limit);
  CHECK(complaint(repeated("not ", 100'000) + "a") == limit);
  CHECK(complaint(repeated("-", 100'000) + "a") == limit);
  CHECK(complaint("[" + repeated("a, ", 100'000) + "]").empty());
  CHECK(complaint("\"" + repeated("{a}", 100'000) + "\"").empty());
  // Nesting and chains together stay below one limit.
  std::string nested = "a";
  for (int i = 0; i < 150; ++i) nested = "(" + nested + repeated(" + a", 10) + ")";
  CHECK(complaint(nested) == limit);
}

TEST_CASE("long texts cost linear time") {
  const auto seconds = [](const std::string& text) {
    const auto begin = std::chrono::steady_clock::now();
    const Snippet snippet(text);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  // A quadratic cost would take minutes.
  CHECK(seconds("fn f(): T = [" + repeated("a + b, ", 200'000) + "]\n") < 20);
  CHECK(seconds("entity A {\n" + repeated("  ; x: Int\n", 50'000) + "}\n") < 20);
  CHECK(seconds(repeated("# comment\n", 200'000) + "fn f(): T = 1\n") < 20);
  CHECK(seconds(repeated("## doc\n", 200'000) + "fn f(): T = 1\n") < 20);
  CHECK(seconds("fn f(): T = \"\"\"\n" + repeated("    line\r\n", 200'000) + "\"\"\"\n") < 20);
  CHECK(seconds(repeated("fn f(): T = (\n", 20'000)) < 20);
  CHECK(seconds(repeated("} ", 200'000)) < 20);
  CHECK(seconds(repeated("r\"", 100'000)) < 20);
  CHECK(seconds("enum E { " + repeated("a; ", 100'000) + "}\n") < 20);
}

TEST_CASE("texts that are cut off anywhere") {
  std::mt19937 random(7);
  for (const std::string& text : library()) {
    for (int i = 0; i < 60; ++i) {
      check_sound(Snippet(text.substr(0, random() % (text.size() + 1))));
      const std::size_t from = random() % (text.size() + 1);
      check_sound(Snippet(text.substr(from, random() % 400)));
    }
  }
  for (const char* text : {"",
                           "f",
                           "fn",
                           "control",
                           "\"",
                           "\"\"\"",
                           "r",
                           "r#",
                           "r\"",
                           "#",
                           "##",
                           "{",
                           "}",
                           "\\",
                           "1",
                           "1 ",
                           "1-",
                           "\xEF\xBB\xBF",
                           "\xEF",
                           "\r",
                           "enum E {",
                           "fn f(): T = \"{",
                           "fn f(): T = \"\\",
                           "fn f(): T = \"\\u{",
                           "fn f(): T = 5 ",
                           "fn f(): T = 2026-06-30T",
                           "fn f(): T = a is"}) {
    check_sound(Snippet(text));
  }
}

TEST_CASE("texts with bytes and tokens changed at random") {
  const std::vector<std::string_view> pieces = {"{",       "}",         "(",        ")",       "[",
                                                "]",       "\"",        "\"\"\"",   "#",       "\n",
                                                "\n\n",    "=",         "==",       ";",       ",",
                                                ":",       "?",         "?.",       "..",      "-",
                                                "r\"",     "\\",        "\xFF",     "\0",      "é",
                                                " where ", " require ", " else ",   " for ",   "\ncontrol X-1 {\n",
                                                " in ",    " is ",      " 5 days ", " check ", "\nfn f(",
                                                " some ",  " if "};
  std::mt19937 random(11);
  for (const std::string& text : library()) {
    for (int i = 0; i < 40; ++i) {
      std::string changed = text;
      const std::size_t changes = 1 + random() % 6;
      for (std::size_t k = 0; k < changes; ++k) {
        const std::size_t at = random() % changed.size();
        const std::string_view piece = pieces[random() % pieces.size()];
        switch (random() % 3) {
          case 0:
            changed.insert(at, piece);
            break;
          case 1:
            changed.erase(at, random() % 20);
            break;
          default:
            changed.replace(at, std::min<std::size_t>(piece.size(), changed.size() - at), piece);
            break;
        }
        if (changed.empty()) changed = "x";
      }
      check_sound(Snippet(std::move(changed)));
    }
  }
}
