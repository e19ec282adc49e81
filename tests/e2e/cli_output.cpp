// What the command writes, and where: widths, colours, files, formats; always the same bytes.
#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;
using Catch::Contains;

namespace {

const std::string on_acme =
    "eval acme/rules --facts acme/evidence --now 2026-06-30 --period 2025-07-01..2026-06-30";

}  // namespace

TEST_CASE("results for a person fit the width they are given") {
  check_golden("eval.txt", transcript(on_acme));
  check_golden("eval_narrow.txt", transcript(on_acme, {{"COLUMNS", "40"}}));
  check_golden("eval_wide.txt", transcript(on_acme, {{"COLUMNS", "160"}}));
  check_golden("eval_ascii.txt", transcript(on_acme, {{"LC_ALL", "C"}}));
  check_golden("eval_color.txt", transcript(on_acme + " --color always"));
}

TEST_CASE("colour is shown to terminals alone, unless it is asked for") {
  const auto colored = [](const Ran& ran) { return ran.out.find('\x1b') != std::string::npos; };
  CHECK_FALSE(colored(run(on_acme)));
  CHECK(colored(run(on_acme + " --color always")));
  CHECK_FALSE(colored(run(on_acme + " --color never")));
  const Ran mistaken = run("check acme/nowhere --color always");
  CHECK_THAT(mistaken.err, Contains("\x1b["));
}

TEST_CASE("results for programs") { check_golden("eval.json", run(on_acme + " --format json").out); }

TEST_CASE("the same call gives the same bytes, with any number of threads") {
  for (const std::string format : {"text", "json"}) {
    const std::string call = on_acme + " --max-findings all --format " + format;
    const Ran first = run(call + " --threads 1");
    REQUIRE(first.status == 1);
    CHECK(run(call + " --threads 1").out == first.out);
    CHECK(run(call + " --threads 2").out == first.out);
    CHECK(run(call + " --threads 8").out == first.out);
    CHECK(run(call).out == first.out);
    CHECK(run(call).err == first.err);
  }
}

TEST_CASE("explanations go down to the evidence") {
  check_golden("explain.txt", transcript("explain ACC-07 acme/rules --facts acme/evidence --now 2026-06-30"));
  std::string text;
  for (const std::string key : {"a1", "a2", "a3", "a6"}) {
    text += transcript("explain ACC-07 acme/rules --facts acme/evidence --now 2026-06-30 --key " + key) + "\n";
  }
  text += transcript("explain LOG-01 acme/rules --facts acme/evidence --now 2026-06-30 --key a6");
  check_golden("explain_keys.txt", text);
}

TEST_CASE("what the controls read, and how evidence measures up to it") {
  check_golden("facts.txt", transcript("facts acme/rules"));
  check_golden("facts_control.txt", transcript("facts acme/rules --control ACC-09 --format json"));
  check_golden("facts_evidence.txt", transcript("facts acme/rules --facts acme/evidence --now 2026-06-30"));
}

TEST_CASE("graphs of a pack and of a control") {
  check_golden("graph.mmd", run("graph acme/rules --format mermaid").out);
  check_golden("graph_control.dot", run("graph acme/rules --only ACC-09").out);
  const auto whole = nlohmann::json::parse(run("graph acme/rules --format json").out);
  const auto part = nlohmann::json::parse(run("graph acme/rules --format json --only ACC-09").out);
  CHECK(whole.at("nodes").size() > part.at("nodes").size());
}

TEST_CASE("a check says how much it has checked") {
  CHECK(run("check acme/rules").out == "checked 3 files: 5 controls, 7 checks; no errors, 4 warnings\n");
}

TEST_CASE("evidence comes from standard input as well") {
  const Workplace place;
  const std::string accounts = place.read("evidence/account.ndjson");
  Call call;
  call.folder = place.folder();
  call.arguments = {"eval", "rules", "--facts", "-", "--now", "2026-06-30", "--only", "LOG-01"};
  call.input = R"({"Account": [{"id": "z1", "system": "s", "enabled": true, "sessions": 1, "failures": 3}]})";
  const Ran ran = run(call);
  CHECK(ran.status == 1);
  CHECK_THAT(ran.out, Contains("most logins of z1 fail"));
}

TEST_CASE("a file of results is whole, and keeps its permissions") {
  const Workplace place;
  const std::string call = "eval rules --facts evidence --now 2026-06-30 --period 2025-07-01..2026-06-30";
  const Ran direct = place.run(call);
  const Ran written = place.run(call + " -o report.txt");
  CHECK(written.status == direct.status);
  CHECK(written.out.empty());
  CHECK_THAT(written.err, Contains("5 controls: 1 fail"));
  CHECK_THAT(written.err, Contains("written to report.txt"));
  CHECK(place.read("report.txt") == direct.out);
  std::filesystem::permissions(place.folder() / "report.txt",
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  CHECK(place.run(call + " --format json -o report.txt").status == 1);
  CHECK(place.read("report.txt").front() == '{');
  CHECK(std::filesystem::status(place.folder() / "report.txt").permissions() ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  // Nothing is left beside it.
  const auto begin = std::filesystem::directory_iterator(place.folder());
  CHECK(std::count_if(begin, {}, [](const auto& entry) {
          return entry.path().filename().string().starts_with("report");
        }) == 1);
}

TEST_CASE("a file that cannot be written is an error, and the old one stays") {
  const Workplace place;
  const Ran ran = place.run("eval rules --facts evidence --now 2026-06-30 -o nowhere/report.txt");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("cannot write `nowhere/report.txt`: No such file or directory"));
  const Ran folder = place.run("eval rules --facts evidence --now 2026-06-30 -o evidence");
  CHECK(folder.status == 2);
  CHECK_THAT(folder.err, Contains("cannot write `evidence`: Is a directory"));
  const Ran full = place.run("eval rules --facts evidence --now 2026-06-30 -o /dev/full");
  CHECK(full.status == 2);
  CHECK_THAT(full.err, Contains("No space left on device"));
}

TEST_CASE("evidence cannot steer the terminal") {
  const Workplace place;
  place.edit("evidence/person.json", "Ana Duarte", "Ana\\u001b[2JDuarte\\u202e");
  const Ran ran = place.run("eval rules --facts evidence --now 2026-06-30 --only ACC-07");
  CHECK_THAT(ran.out, Contains("Ana\\u{1b}[2JDuarte\\u{202e} still has aws access"));
  CHECK(ran.out.find('\x1b') == std::string::npos);
}
