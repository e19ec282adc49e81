// The ten mistakes in rules that are made most. Each has a folder in tests/e2e/mistakes, and what a user sees of it
// in tests/golden/cli/mistakes: the place, the cause and the mend.
#include <catch2/catch.hpp>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;
using Catch::Contains;

TEST_CASE("each likely mistake names the place, the cause and the mend") {
  struct Mistake {
    const char* name;
    const char* slug;
    const char* place;
    const char* mend;
  };
  const Mistake mistakes[] = {
      {"misspelt_field", "unknown-field", "pack.writ:12:25", "a field with a similar name"},
      {"wrong_type", "not-comparable", "pack.writ:12:30", "a number is written without quotes"},
      {"optional_as_present", "optional-not-narrowed", "pack.writ:12:13", "is present"},
      {"unknown_member", "unknown-member", "pack.writ:13:35", "a member with a similar name"},
      {"missing_brace", "unclosed-block", "pack.writ:", "}"},
      {"missing_else", "missing-else", "pack.writ:12:", "else"},
      {"bad_date", "invalid-date", "pack.writ:12:", "2026-02-28"},
      {"bad_regex", "invalid-regex", "pack.writ:12:", "close the group with `)`"},
      {"two_controls_one_id", "duplicate-control", "pack.writ:17:9", "control ACC-02"},
  };
  for (const Mistake& mistake : mistakes) {
    const std::string call = std::string("check mistakes/") + mistake.name;
    const Ran ran = run(call);
    INFO(call << "\n" << ran.err);
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Contains("error[" + std::string(mistake.slug) + "]"));
    CHECK_THAT(ran.err, Contains(mistake.place));
    CHECK_THAT(ran.err, Contains(mistake.mend));
    CHECK_THAT(ran.err, Contains("error: 1 error"));
    check_golden(std::string("mistakes/") + mistake.name + ".txt", transcript(call));
  }
}

TEST_CASE("an unknown control in --only is told with the nearest one") {
  const std::string call = "eval acme/rules --facts acme/evidence --only ACC-70";
  const Ran ran = run(call);
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("error[unknown-control]"));
  CHECK_THAT(ran.err, Contains("there is no control or check `ACC-70`"));
  CHECK_THAT(ran.err, Contains("did you mean `ACC-07`?"));
  check_golden("mistakes/unknown_control.txt", transcript(call));
}

TEST_CASE("ten mistakes in one file give ten messages") {
  const Ran ran = run("check mistakes/ten");
  INFO(ran.err);
  CHECK(ran.status == 2);
  check_golden("mistakes/ten.txt", transcript("check mistakes/ten"));
  CHECK_THAT(ran.err, Contains("error: 10 errors"));
}
