// What a tired or a hostile user hands over: nothing, halves, folders for files, names and bytes that are no text.
// The command says what is wrong and where, with the status of its kind, and no control passes on it.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

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
  const Workplace place;
  REQUIRE(::chmod((place.folder() / "evidence/person.json").c_str(), 0) == 0);
  const Ran ran = place.run(evaluate);
  CHECK(ran.status == 3);
  CHECK_THAT(ran.err, Contains("`evidence/person.json` cannot be read") && Contains("permission denied"));
  REQUIRE(::chmod((place.folder() / "rules/pack.writ").c_str(), 0) == 0);
  const Ran rules = place.run(evaluate);
  CHECK(rules.status == 2);
  CHECK_THAT(rules.err, Contains("cannot read `rules/pack.writ`: permission denied"));
}

TEST_CASE("a folder that may not be read is not taken for an empty one") {
  const Workplace place;
  for (const std::string folder : {"rules/more", "evidence/more"}) {
    REQUIRE(::mkdir((place.folder() / folder).c_str(), 0) == 0);
    const Ran ran = place.run(evaluate);
    CHECK(ran.status == (folder == "rules/more" ? 2 : 3));
    CHECK_THAT(ran.err, Contains("`" + folder + "`") && Contains("permission denied"));
    REQUIRE(::rmdir((place.folder() / folder).c_str()) == 0);
  }
}

TEST_CASE("a rule file that is no file is not passed over") {
  const Workplace place;
  const std::string path = place.folder() / "rules/more.writ";
  REQUIRE(::symlink("nowhere.writ", path.c_str()) == 0);
  for (const std::string call : {"check rules", "test rules", "fmt --check rules", "doc rules", "graph rules"}) {
    INFO(call);
    const Ran link = place.run(call);
    CHECK(link.status == 2);
    CHECK_THAT(link.err, Contains("cannot read `rules/more.writ`: no such file or directory"));
  }
  place.remove("rules/more.writ");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const Ran pipe = place.run("check rules");
  CHECK(pipe.status == 2);
  CHECK_THAT(pipe.err, Contains("cannot read `rules/more.writ`: not a file"));
}

TEST_CASE("links to folders are followed, once each") {
  const Workplace place;
  REQUIRE(::mkdir((place.folder() / "shared").c_str(), 0700) == 0);
  place.write("shared/more.writ", "fn more(): Int = nothing_of_the_kind\n");
  place.write("shared/people.json", R"({"Person": [{"id": "p1", "name": 7}]})");
  for (const std::string folder : {"rules", "evidence"}) {
    REQUIRE(::symlink("../shared", (place.folder() / folder / "shared").c_str()) == 0);
    REQUIRE(::symlink("../shared", (place.folder() / folder / "again").c_str()) == 0);
  }
  REQUIRE(::symlink(".", (place.folder() / "shared/itself").c_str()) == 0);
  const Ran rules = place.run("check rules");
  CHECK(rules.status == 2);
  CHECK_THAT(rules.err, Contains("rules/again/more.writ:1:18") && !Contains("rules/shared"));
  place.remove("shared/more.writ");
  const Ran ran = place.run(evaluate);
  CHECK_THAT(ran.out, Contains("evidence/again/people.json:1:34 ") && !Contains("evidence/shared"));
}

TEST_CASE("what a script has left empty is a mistake, and not as if it were left out") {
  const Workplace place;
  for (const std::string part : {"-o ''", "--set ''", "--only ''", "--facts ''", "''"}) {
    INFO(part);
    const Ran ran = place.run(evaluate + " " + part);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Contains("is given without a value"));
  }
}

TEST_CASE("a device has no end, and is not read to it") {
  const Workplace place;
  const Ran rules = place.run("check /dev/zero");
  CHECK(rules.status == 2);
  CHECK_THAT(rules.err, Contains("`/dev/zero` is larger than a rule file can be (64 MiB)"));
  const Ran evidence = place.run("eval rules --facts /dev/zero --now 2026-06-30");
  CHECK(evidence.status == 3);
  CHECK_THAT(evidence.err, Contains("`/dev/zero` cannot be read"));
}

TEST_CASE("a pipe that is named is read") {
  const Workplace place;
  const std::string path = place.folder() / "people";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  std::atomic<bool> ended = false;
  std::thread writer([&] {
    // There is nobody to write to until the command has opened the pipe.
    int pipe = -1;
    while (pipe < 0 && !ended) {
      pipe = ::open(path.c_str(), O_WRONLY | O_NONBLOCK);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    const std::string text = R"({"Person": [{"id": "p1", "name": "Ana"}]})";
    if (::write(pipe, text.data(), text.size()) < 0) ended = true;
    ::close(pipe);
  });
  const Ran ran = place.run("eval rules --facts people --now 2026-06-30 --expr 'count(person in Person)'");
  ended = true;
  writer.join();
  CHECK(ran.out == "1\n");
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
