#include <catch2/catch.hpp>
#include <string>

#include "tests/unit/functions/call.hpp"

namespace writ::functions {

using support::Caller;

namespace {

std::string in(std::string_view version, std::string_view range) {
  Caller caller;
  return caller.shown("semver_satisfies", {caller.text(version), caller.text(range)});
}

}  // namespace

TEST_CASE("ranges of versions") {
  CHECK(in("1.4.2", "^1.2") == "true");
  CHECK(in("2.0.0", "^1.2") == "false");
  CHECK(in("0.2.5", "^0.2.3") == "true");
  CHECK(in("0.3.0", "^0.2.3") == "false");
  CHECK(in("0.0.4", "^0.0.3") == "false");
  CHECK(in("1.2.9", "~1.2.3") == "true");
  CHECK(in("1.3.0", "~1.2.3") == "false");
  CHECK(in("2.4.0", "1.2 - 2.4") == "true");
  CHECK(in("2.5.0", "1.2 - 2.4") == "false");
  CHECK(in("2.1.0", "<2 || >=2.1 <3") == "true");
  CHECK(in("2.0.0", "<2 || >=2.1 <3") == "false");
  CHECK(in("7.0.0", "*") == "true");
  CHECK(in("7.0.0", "") == "true");
  CHECK(in("7.0.0", ">*") == "false");
  CHECK(in("1.3.0", ">1.2") == "true");
  CHECK(in("1.2.9", ">1.2") == "false");
  CHECK(in("1.2.9", "<=1.2") == "true");
}

TEST_CASE("a pre-release is only in ranges that name one of its version") {
  CHECK(in("2.0.0-rc.1", ">=1") == "false");
  CHECK(in("1.2.3-rc.2", ">=1.2.3-rc.1") == "true");
  CHECK(in("1.2.4-rc.2", ">=1.2.3-rc.1") == "false");
  CHECK(in("2.0.0-0", "^1.2") == "false");
}

TEST_CASE("what is no version or no range fails") {
  CHECK(in("1.2", "*") == "error");
  for (const std::string_view none : {"1.2.3.4", ">=", "1..2", "^^1", "1.2.3-", "a", "1.2.3alpha", ">1 <", "01.2.3",
                                      "1 -", "1.x-rc", "9999999999999999999", "1.2.", "||x||y"}) {
    INFO(none);
    CHECK(in("1.2.3", none) == "error");
  }
}

}  // namespace writ::functions
