// `writ check`: which warnings are said, which count, and what is mended.
#include <catch2/catch.hpp>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;

namespace {

const std::string rules = R"(use std.people
use std.systems

entity Server {
  id:      String  key
  enabled: Bool
}

control SRV-07 "Servers" {
  check disabled "Servers are off" {
    for s in Server where s.id == s.id
    require not s.enabled
      else "{s.id} still runs"
  }
}
)";

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("warnings can be left out, or count as errors") {
  const Workplace place;
  place.write("rules.writ", rules);
  const Ran all = place.run("check rules.writ");
  CHECK(all.status == 0);
  CHECK(count(all.err, "warning[unused-import]") == 2);
  CHECK(count(all.err, "warning[constant-condition]") == 1);
  const Ran allowed = place.run("check rules.writ --allow unused-import --allow constant-condition");
  CHECK(allowed.status == 0);
  CHECK(allowed.err.empty());
  const Ran denied = place.run("check rules.writ --deny constant-condition --allow unused-import");
  CHECK(denied.status == 2);
  CHECK(count(denied.err, "error[constant-condition]") == 1);
  CHECK(place.run("check rules.writ --deny warnings").status == 2);
}

TEST_CASE("only warnings have a level") {
  const Workplace place;
  place.write("rules.writ", rules);
  const Ran error = place.run("check rules.writ --allow type-mismatch");
  CHECK(error.status == 2);
  CHECK(error.err.find("this is an error, and stays one") != std::string::npos);
  const Ran slip = place.run("check rules.writ --deny unused-imports");
  CHECK(slip.status == 2);
  CHECK(slip.err.find("did you mean `unused-import`?") != std::string::npos);
}

TEST_CASE("what is safe is mended in the files, and nothing else") {
  const Workplace place;
  place.write("rules.writ", rules);
  const Ran fixed = place.run("check rules.writ --fix");
  CHECK(fixed.status == 0);
  CHECK(fixed.err.find("mended 2 places in 1 file") != std::string::npos);
  CHECK(count(fixed.err, "unused-import") == 0);
  CHECK(count(fixed.err, "constant-condition") == 1);
  CHECK(place.read("rules.writ") == rules.substr(rules.find("\nentity")));
  CHECK(place.run("check rules.writ --fix").err.find("mended") == std::string::npos);
}

TEST_CASE("who judges evidence is not told what only writers of rules must know") {
  const Workplace place;
  place.write("rules.writ", rules.substr(rules.find("\nentity")));
  place.write("server.json", "[{\"id\": \"a\", \"enabled\": false}]");
  CHECK(place.run("eval rules.writ --facts server.json --now 2026-06-30").err.empty());
}
