// The packs of two organisations: every row of their lists is there, and nothing of it passes without evidence.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;

namespace {

nlohmann::json judged(const std::string& pack) {
  const Workplace place;
  place.write("nothing.json", "{\"Person\": []}\n");
  const Ran ran =
      place.run("eval " WRIT_SOURCE_DIR "/rules/" + pack + " --facts nothing.json --now 2026-06-30 --format json");
  INFO(ran.err);
  CHECK(ran.status == 3);
  return nlohmann::json::parse(ran.out);
}

}  // namespace

TEST_CASE("each pack holds its organisation's whole list, and nothing passes on no evidence") {
  for (const auto& [pack, rows] :
       {std::pair<std::string, std::size_t>{"organization-a", 45}, {"organization-b", 42}}) {
    INFO(pack);
    const nlohmann::json results = judged(pack);
    CHECK(results.at("controls").size() == rows);
    for (const nlohmann::json& control : results.at("controls")) {
      INFO(control.at("id"));
      CHECK(control.at("verdict") != "pass");
      CHECK(control.at("verdict") != "not_applicable");
    }
  }
}
