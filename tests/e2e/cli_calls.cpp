// How the command is called: help, exit status, and mistakes in the call, each as a user sees it.
#include <catch2/catch.hpp>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;
using Catch::Contains;

namespace {

const std::string on_acme =
    "eval acme/rules --facts acme/evidence --now 2026-06-30 --period 2025-07-01..2026-06-30";

}  // namespace

TEST_CASE("every command has help with examples") {
  for (const std::string command : {"check", "eval", "explain", "facts", "graph", "doc", "repl", "init", "test"}) {
    const Ran ran = run(command + " --help");
    INFO(command);
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK_THAT(ran.out, Contains("Usage: writ " + command));
    CHECK_THAT(ran.out, Contains("Examples:\n  writ " + command));
    CHECK(run("help " + command).out == ran.out);
    CHECK(run(command + " -h").out == ran.out);
  }
  check_golden("help.txt", transcript("--help"));
  check_golden("help_eval.txt", transcript("eval --help"));
}

TEST_CASE("the version is one line") { CHECK(run("--version").out == "writ 0.1.0\n"); }

TEST_CASE("without a command, help goes to standard error") {
  const Ran ran = run("");
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Contains("Usage: writ COMMAND"));
}

TEST_CASE("mistakes in the call name the place, the cause and the mend") {
  std::string text;
  for (const std::string call : {
           "evla acme/rules",
           "frobnicate",
           "eval acme/rules --fact acme/evidence",
           "check acme/rules --facts acme/evidence",
           "check --frob",
           "eval acme/rules",
           "eval --facts acme/evidence acme/rules",
           "eval acme/rules --facts",
           "eval acme/rules --facts acme/evidence --now",
           "eval acme/rules --facts acme/evidence --now 2026-06-30 --now 2026-07-01",
           "eval acme/rules --facts acme/evidence --now yesterday",
           "eval acme/rules --facts acme/evidence --now 2026-06-31",
           "eval acme/rules --facts acme/evidence --period 2026",
           "eval acme/rules --facts acme/evidence --period 2026-01-01..2025-01-01",
           "eval acme/rules --facts acme/evidence --period 2026-01-01..2026-02-30",
           "eval acme/rules --facts acme/evidence --format jsn",
           "eval acme/rules --facts acme/evidence --fail-on severe",
           "eval acme/rules --facts acme/evidence --threads 0",
           "eval acme/rules --facts acme/evidence --max-findings some",
           "eval acme/rules --facts acme/evidence --set grace",
           "eval acme/rules --facts acme/evidence --set ACC-07.grce='4 hours'",
           "eval acme/rules --facts acme/evidence --set ACC-07.grace=soon",
           "eval acme/rules --facts acme/evidence --set ACC-07.grace='30 days'",
           "eval acme/rules --facts acme/evidence --only ACC-7",
           "eval acme/rules --facts acme/evidence --only ACC-07.disable",
           "eval acme/rules --facts acme/evidence --only PHY-01",
           "eval acme/rule --facts acme/evidence",
           "eval acme/evidence --facts acme/evidence",
           "eval acme/rules/entities.writ --facts acme/evidence",
           "explain acme/rules --facts acme/evidence",
           "explain ACC-07 acme/rules --facts acme/evidence --key a11 --now 2026-06-30",
           "check acme/rules --color sometimes",
           "check acme/rules --diagnostics xml",
       }) {
    const Ran ran = run(call);
    INFO(call);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Contains("error"));
    text += transcript(call) + "\n";
  }
  check_golden("calls.txt", text);
}

TEST_CASE("evidence that is not there is told apart from a wrong call") {
  std::string text;
  for (const std::string call : {"eval acme/rules --facts acme/evidnce --now 2026-06-30",
                                 "eval acme/rules --facts acme/rules --now 2026-06-30"}) {
    CHECK(run(call).status == 3);
    text += transcript(call) + "\n";
  }
  check_golden("no_evidence.txt", text);
}

TEST_CASE("mistakes in the call can be had as JSON") {
  const Ran ran = run("evla --diagnostics json");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("\"invalid-argument\""));
  CHECK(ran.err.front() == '{');
}

TEST_CASE("the status says what became of the controls") {
  CHECK(run(on_acme).status == 1);
  CHECK(run(on_acme + " --only ACC-09").status == 0);
  CHECK(run(on_acme + " --only VEN-01").status == 0);
  CHECK(run(on_acme + " --only BCK-01").status == 3);
  CHECK(run(on_acme + " --only BCK-01 --allow-inconclusive").status == 0);
  CHECK(run(on_acme + " --only LOG-01").status == 3);
  CHECK(run(on_acme + " --only LOG-01 --allow-inconclusive").status == 0);
  CHECK(run(on_acme + " --only ACC-07 --fail-on high").status == 1);
  CHECK(run(on_acme + " --only ACC-07 --fail-on critical").status == 0);
  CHECK(run(on_acme + " --only ACC-07 --allow-inconclusive").status == 1);
  CHECK(run(on_acme + " --fail-on critical").status == 3);
  CHECK(run(on_acme + " --only ACC-07.in_time --set ACC-07.grace='7 days'").status == 1);
  CHECK(run(on_acme + " --only ACC-09 ACC-07.disabled").status == 1);
}

TEST_CASE("a parameter of the call wins over the pack's, and the report says so") {
  const Ran ran = run(on_acme + " --only ACC-07 --set ACC-07.grace='4 hours'");
  CHECK_THAT(ran.out, Contains("ACC-07.grace = 4 hours"));
  CHECK_THAT(run(on_acme + " --only ACC-07 --format json").out,
             Contains("\"value\": \"2 days\",\n      \"origin\": \"pack\""));
}

TEST_CASE("without --now the report says that the clock was asked") {
  CHECK_THAT(run("eval acme/rules --facts acme/evidence").out, Contains("from the clock"));
  const Ran ran = run("eval acme/rules --facts acme/evidence --format json");
  CHECK_THAT(ran.out, Contains("\"now_from_clock\": true"));
  CHECK_THAT(ran.err, Contains("by the clock"));
}
