#include "engine/eval/glob.hpp"

#include <catch2/catch.hpp>

namespace writ::eval {

TEST_CASE("globs take the whole text, a character at a time") {
  CHECK(glob_matches("*.example.com", "www.example.com"));
  CHECK_FALSE(glob_matches("*.example.com", "www.example.com.net"));
  CHECK(glob_matches("a?b", "a☺b"));
  CHECK_FALSE(glob_matches("a???b", "a☺b"));
  CHECK(glob_matches("a*b?c*x", "abxbbxdbxebxczzx"));
  CHECK_FALSE(glob_matches("a*b?c*x", "abxbbxdbxebxczzy"));
  CHECK(glob_matches("", ""));
  CHECK(glob_matches("***", ""));
}

TEST_CASE("classes, and what is escaped in them") {
  CHECK(glob_matches("[a-ζ]*", "α"));
  CHECK(glob_matches("ab[^e-g]", "abc"));
  CHECK(glob_matches("ab[!e-g]", "abc"));
  CHECK_FALSE(glob_matches("ab[e-g]", "abc"));
  CHECK(glob_matches("[]a]", "]"));
  CHECK(glob_matches("[-x]", "-"));
  CHECK_FALSE(glob_matches("[-x]", "a"));
  CHECK(glob_matches("[\\-x]", "-"));
  CHECK_FALSE(glob_matches("[\\-x]", "a"));
  CHECK(glob_matches("[\\]]", "]"));
  CHECK_FALSE(glob_matches("[\\]]", "\\"));
  CHECK(glob_matches("[\\*\\?]", "?"));
}

}  // namespace writ::eval
