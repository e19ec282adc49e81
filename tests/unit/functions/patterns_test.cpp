#include <catch2/catch.hpp>
#include <string>

#include "stdlib/functions/family.hpp"
#include "tests/unit/functions/call.hpp"

namespace writ::functions {

using support::Caller;

namespace {

std::string of(std::string_view name, std::string_view text, std::string_view pattern) {
  Caller caller;
  return caller.shown(name, {caller.text(text), caller.text(pattern)});
}

std::string replaced(std::string_view text, std::string_view pattern, std::string_view with) {
  Caller caller;
  return caller.shown("regex_replace", {caller.text(text), caller.text(pattern), caller.text(with)});
}

}  // namespace

TEST_CASE("a match gives its first group, or all of it") {
  CHECK(of("regex_extract", "arn:aws:iam::1234:user/ana", "user/(.+)$") == "ana");
  CHECK(of("regex_extract", "OPS-12 and OPS-7", "[A-Z]+-[0-9]+") == "OPS-12");
  CHECK(of("regex_extract", "a1b2", "(?:[a-z])([0-9])") == "1");
  CHECK(of("regex_extract", "none here", "[0-9]+") == "missing");
  CHECK(of("regex_extract", "", "x*") == "");
  // The group is in the other alternative.
  CHECK(of("regex_extract", "b", "(a)|b") == "missing");
}

TEST_CASE("all matches, without overlaps and without an empty one behind another") {
  CHECK(of("regex_extract_all", "paranormal", "a.") == "[ar, an, al]");
  CHECK(of("regex_extract_all", "aXbX", "([a-z])X") == "[a, b]");
  CHECK(of("regex_extract_all", "abc", "x*") == "[, , , ]");
  CHECK(of("regex_extract_all", "baac", "a*") == "[, aa, ]");
  CHECK(of("regex_extract_all", "äö", "") == "[, , ]");  // never within a character
  CHECK(of("regex_extract_all", "nothing", "[0-9]") == "[]");
}

TEST_CASE("replacing, with what the groups hold") {
  CHECK(replaced("Ana Diaz", "(\\w+) (\\w+)", "\\2, \\1") == "Diaz, Ana");
  CHECK(replaced("foo bar", "[a-z]", "_") == "___ ___");
  CHECK(replaced("abc", "", "-") == "-a-b-c-");
  CHECK(replaced("a.b", "\\.", "\\\\") == "a\\b");
  CHECK(replaced("ana", "n", "[\\0]") == "a[n]a");
  CHECK(replaced("ana", "n", "\\1") == "error");
  CHECK(replaced("ana", "n", "\\") == "error");
  CHECK(replaced(std::string(5000, 'a'), "a", std::string(5000, 'b')) == "error");
}

TEST_CASE("splitting at matches that are something") {
  CHECK(of("regex_split", "a; b,c", "[;,]\\s*") == "[a, b, c]");
  CHECK(of("regex_split", "banana", "a") == "[b, n, n, ]");
  CHECK(of("regex_split", "abc", "x*") == "[abc]");
  CHECK(of("regex_split", "", "x") == "[]");
}

TEST_CASE("many expressions in one run") {
  for (int i = 0; i < 1000; ++i) {
    const std::string number = std::to_string(i);
    if (of("regex_extract", "no " + number + ".", "no (" + number + ")") != number) FAIL(number);
  }
}

}  // namespace writ::functions
