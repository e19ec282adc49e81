// What a tired or a hostile user hands over: nothing, halves, folders for files, names and bytes that are no text.
// The command says what is wrong and where, with the status of its kind, and no control passes on it.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;
using Catch::Contains;

namespace {

const std::string evaluate = "eval rules --facts evidence --now 2026-06-30 --period 2025-07-01..2026-06-30";

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("a rule file that is cut anywhere is no rule file with fewer controls") {
  const Workplace place;
  const std::string whole = place.read("rules/controls.writ");
  const std::size_t last = whole.find_last_not_of("\n ");
  const std::size_t first = whole.find("control ");
  REQUIRE(first != std::string::npos);
  std::size_t wrong = 0;
  for (std::size_t length = first + 10; length < last; length += 37) {
    INFO("cut after " << length << " bytes");
    place.write("rules/controls.writ", whole.substr(0, length));
    const Ran ran = place.run("check rules");
    CHECK((ran.status == 0 || ran.status == 2));
    // Only a cut between two declarations leaves a sound file.
    if (ran.status == 0) continue;
    CHECK_THAT(ran.err, Contains("rules/controls.writ:"));
    ++wrong;
  }
  CHECK(wrong > 20);
}

TEST_CASE("rules that are nested without end are told where it is too deep") {
  const Workplace place;
  for (const std::string open : {"(", "[", "{", "not ", "-", "if true then "}) {
    INFO(open);
    place.write("rules/deep.writ", "fn deep(): Int = " + repeated(open, 100'000));
    const Ran ran = place.run("check rules");
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Contains("rules/deep.writ:1:"));
    CHECK(ran.err.size() < 20'000);
  }
}

TEST_CASE("rules that are no text are refused at the first byte that is none") {
  const Workplace place;
  place.write("rules/binary.writ", std::string("entity A { id: String key }\n\xff\xfe\x00\x01", 33));
  const Ran ran = place.run("check rules");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("rules/binary.writ:2:1"));
}

TEST_CASE("evidence that is empty, nested without end or no text leaves nothing decided") {
  const Workplace place;
  const std::string sound = place.read("evidence/person.json");
  for (const std::string& text : {std::string(), std::string(" \n"), repeated("[", 100'000),
                                  repeated("{\"a\":", 100'000), std::string("\xff"), std::string("\0\0\0\0", 4),
                                  std::string("\xef\xbb\xbf") + sound, sound + sound, "[" + sound}) {
    INFO(text.substr(0, 20));
    place.write("evidence/person.json", text);
    const Ran ran = place.run(evaluate);
    CHECK(ran.status == 3);
    CHECK_THAT(ran.err, Contains("evidence/person.json"));
    CHECK_THAT(ran.out, !Contains("✓ pass            ACC-09"));
  }
}

TEST_CASE("a folder with the name of a file is a folder, and a broken link is said") {
  const Workplace place;
  place.remove("evidence/person.json");
  REQUIRE(::mkdir((place.folder() / "evidence/person.json").c_str(), 0700) == 0);
  const Ran without = place.run(evaluate);
  CHECK(without.status == 3);
  CHECK_THAT(without.out, Contains("no evidence of `Person` was supplied"));
  REQUIRE(::symlink("nowhere.json", (place.folder() / "evidence/people.json").c_str()) == 0);
  const Ran ran = place.run(evaluate);
  CHECK(ran.status == 3);
  CHECK_THAT(ran.err, Contains("evidence/people.json"));
}

TEST_CASE("a file that may not be read is said with the system's reason") {
  if (::geteuid() == 0) return;  // root may read everything
  const Workplace place;
  REQUIRE(::chmod((place.folder() / "evidence/person.json").c_str(), 0) == 0);
  const Ran ran = place.run(evaluate);
  CHECK(ran.status == 3);
  CHECK_THAT(ran.err, Contains("evidence/person.json") && Contains("ermission denied"));
}

TEST_CASE("a name that is no text is shown as one") {
  const Workplace place;
  const std::string sound = place.read("evidence/person.json");
  place.remove("evidence/person.json");
  place.write("evidence/people\xff.json", R"({"Person": [{"id": "p1", "name": 7}]})");
  const Ran ran = place.run(evaluate + " --format json --diagnostics json");
  CHECK(ran.status != 0);
  CHECK(nlohmann::json::accept(ran.out));
  for (std::size_t at = 0, end = 0; (end = ran.err.find('\n', at)) != std::string::npos; at = end + 1) {
    INFO(ran.err.substr(at, end - at));
  }
  CHECK(ran.err.find('\xff') == std::string::npos);
  CHECK(place.run(evaluate).out.find('\xff') == std::string::npos);
}
