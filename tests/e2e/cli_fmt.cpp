// `writ fmt`: what it rewrites, what it only shows, and what it leaves alone.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;
using Catch::Contains;

TEST_CASE("rule files are laid out where they stand") {
  const Workplace place;
  place.write("rules/loose.writ", "fn  twice(x:Int):Int=x+x\n");
  const Ran check = place.run("fmt --check rules/loose.writ");
  CHECK(check.status == 1);
  CHECK_THAT(check.out, Contains("--- rules/loose.writ\n+++ rules/loose.writ\n@@ -1,1 +1,1 @@\n") &&
                            Contains("-fn  twice(x:Int):Int=x+x\n+fn twice(x: Int): Int = x + x\n"));
  CHECK(place.read("rules/loose.writ") == "fn  twice(x:Int):Int=x+x\n");
  const Ran rewritten = place.run("fmt rules/loose.writ");
  CHECK(rewritten.status == 0);
  CHECK_THAT(rewritten.err, Contains("1 file, 1 laid out anew"));
  CHECK(place.read("rules/loose.writ") == "fn twice(x: Int): Int = x + x\n");
  const Ran again = place.run("fmt --check rules/loose.writ");
  CHECK(again.status == 0);
  CHECK(again.out.empty());
}

TEST_CASE("standard input is laid out on standard output") {
  const Ran ran = run({.arguments = {"fmt", "-"}, .input = "param x:Int=3", .folder = {}, .settings = {}});
  CHECK(ran.status == 0);
  CHECK(ran.out == "param x: Int = 3\n");
}

TEST_CASE("a file that does not parse is left alone, and the others are laid out") {
  const Workplace place;
  place.write("rules/a_broken.writ", "fn f( = 1\n");
  place.write("rules/b_loose.writ", "param  x: Int\n");
  const Ran ran = place.run("fmt rules/a_broken.writ rules/b_loose.writ");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("syntax-error") && Contains("a_broken.writ:1:7"));
  CHECK(place.read("rules/a_broken.writ") == "fn f( = 1\n");
  CHECK(place.read("rules/b_loose.writ") == "param x: Int\n");
  CHECK(place.run("fmt nowhere").status == 2);
}

TEST_CASE("the library and the packs are laid out") {
  const std::string root = WRIT_SOURCE_DIR;
  const Ran ran = run("fmt --check " + root + "/stdlib " + root + "/rules");
  INFO(ran.out << ran.err);
  CHECK(ran.status == 0);
  CHECK(ran.out.empty());
}
