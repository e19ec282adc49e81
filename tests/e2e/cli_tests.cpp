// `writ test` as a user sees it: what passes, what does not and why, what is covered, and how it ends.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;
using Catch::Contains;

namespace {

const std::string failing = "test tested/rules.writ tested_failing";

}  // namespace

TEST_CASE("tests that pass are told of by their numbers") {
  check_golden("tests_passing.txt", transcript("test tested"));
  CHECK(run("test tested").status == 0);
}

TEST_CASE("of a test that does not pass, what was expected, what was found, and why") {
  check_golden("tests_failing.txt", transcript(failing));
  check_golden("tests_failing_ascii.txt", transcript(failing, {{"LC_ALL", "C"}, {"COLUMNS", "60"}}));
  CHECK(run(failing).status == 1);
}

TEST_CASE("tests for programs") {
  check_golden("tests.json", run(failing + " --format json").out);
  check_golden("tests.junit.xml", run(failing + " --format junit").out);
}

TEST_CASE("the same tests give the same bytes, with any number of threads") {
  for (const std::string format : {"text", "json", "junit"}) {
    const std::string call = failing + " --coverage --coverage-output /dev/stderr --format " + format;
    const Ran first = run(call + " --threads 1");
    CHECK(run(call + " --threads 2").out == first.out);
    CHECK(run(call + " --threads 8").out == first.out);
    CHECK(run(call).out == first.out);
    CHECK(run(call).err == first.err);
  }
}

TEST_CASE("a filter chooses tests by title or by what they speak of") {
  CHECK_THAT(run("test tested --filter EVIDENCE").out, Contains("2 tests: 2 passed"));
  CHECK_THAT(run("test tested --filter within_limit").out, Contains("1 test: 1 passed"));
}

TEST_CASE("nothing to test is a mistake") {
  std::string text;
  for (const std::string call :
       {"test tested --filter nonesuch", "test acme/rules", "test tested/rules.writ", "test nowhere",
        "test tested --format xml", "test tested --coverage-format lcov", "test tested --threshold lots",
        "test tested --threshold 101%", "test tested --threads 0"}) {
    INFO(call);
    const Ran ran = run(call);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    text += transcript(call) + "\n";
  }
  check_golden("tests_mistakes.txt", text);
}

TEST_CASE("coverage tells which side of a condition is missing") {
  check_golden("coverage.txt", transcript("test tested --coverage"));
  check_golden("coverage.json", run("test tested -o /dev/null --coverage-format json").out);
  check_golden("coverage.lcov", run("test tested -o /dev/null --coverage-format lcov").out);
  check_golden("coverage.cobertura.xml", run("test tested -o /dev/null --coverage-format cobertura").out);
}

TEST_CASE("a threshold decides on the status") {
  CHECK(run("test tested --threshold 25%").status == 0);
  const Ran ran = run("test tested --threshold 100");
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("fewer than the 100% that --threshold asks for"));
}

TEST_CASE("the library passes its tests, which make each of its conditions true and false") {
  const Ran ran = run("test " WRIT_SOURCE_DIR "/stdlib --threshold 100%");
  INFO(ran.out << ran.err);
  CHECK(ran.status == 0);
  // They do not travel with it.
  CHECK(run("test " WRIT_SOURCE_DIR "/stdlib/soc2/access.writ").status == 2);
}

TEST_CASE("the library's sources pass their tests, which cover them") {
  const Ran ran = run("test " WRIT_SOURCE_DIR "/stdlib/sources --coverage --threshold 100%");
  INFO(ran.out << ran.err);
  CHECK(ran.status == 0);
}

TEST_CASE("results and coverage go to files") {
  const Workplace place;
  place.write("rules/tests.writ",
              "test \"t\" {\n  now 2026-06-30\n  absent Account\n  expect ACC-07 is no_evidence\n}\n");
  const Ran ran =
      place.run("test rules --format junit -o junit.xml --coverage-format lcov --coverage-output lcov.info");
  INFO(ran.err);
  CHECK(ran.status == 0);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Contains("1 test: 1 passed, 0 failed, 0 in error; written to junit.xml"));
  CHECK_THAT(place.read("junit.xml"), Contains("<testsuite name=\"rules/tests.writ\""));
  CHECK_THAT(place.read("lcov.info"), Contains("SF:rules/controls.writ\n"));
}

// Starts the command, gives it time until `seen` holds of what it wrote, and then ends it.
namespace {

class Watched {
 public:
  Watched(const Workplace& place, const std::string& arguments) : place_(place) {
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ > 0) return;
    const int out = ::open((place.folder() / "seen.txt").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(out, 1);
    ::dup2(out, 2);
    if (::chdir(place.folder().c_str()) != 0) ::_exit(126);
    ::execl(WRIT_COMMAND, "writ", "test", arguments.c_str(), "--watch", nullptr);
    ::_exit(127);
  }
  ~Watched() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

  bool writes(const std::string& text) const {
    for (int tries = 0; tries < 600; ++tries) {
      if (place_.read("seen.txt").find(text) != std::string::npos) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }

 private:
  const Workplace& place_;
  pid_t child_ = -1;
};

}  // namespace

TEST_CASE("watching runs the tests again when a rule file is written, added or wrong") {
  const Workplace place;
  const std::string test = "test \"t\" {\n  now 2026-06-30\n  absent Account\n  expect ACC-07 is no_evidence\n}\n";
  place.write("rules/tests.writ", test);
  const Watched watched(place, "rules");
  REQUIRE(watched.writes("1 test: 1 passed"));
  place.edit("rules/tests.writ", "is no_evidence", "passes");
  REQUIRE(watched.writes("1 test: 1 failed"));
  place.write("rules/more.writ", "test \"u\" { expect that 1 == 1 }\n");
  REQUIRE(watched.writes("2 tests: 1 failed, 1 passed"));
  place.edit("rules/more.writ", "1 == 1", "1 == x");
  REQUIRE(watched.writes("error[unknown-name]"));
  place.edit("rules/more.writ", "1 == x", "2 == 2");
  place.edit("rules/tests.writ", "passes", "is no_evidence");
  CHECK(watched.writes("2 tests: 2 passed"));
}
