// What becomes of controls when their evidence is damaged: none that depends on it passes, and each says why.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/e2e/cli_process.hpp"

using namespace writ::e2e;

namespace {

const std::string evaluate = "eval rules --facts evidence --now 2026-06-30 --period 2025-07-01..2026-06-30";

struct Judged {
  int status = -1;
  nlohmann::json document;

  const nlohmann::json& control(const std::string& id) const {
    for (const auto& control : document.at("controls")) {
      if (control.at("id") == id) return control;
    }
    FAIL("no control " + id);
    return document;
  }
  std::string verdict(const std::string& id) const { return control(id).at("verdict"); }
  // Every reason and bad record, a line each.
  std::string reasons(const std::string& id) const {
    std::string out;
    for (const auto& check : control(id).at("checks")) {
      for (const auto& reason : check.at("reasons")) out += reason.get<std::string>() + "\n";
    }
    return out;
  }
  std::string bad_records() const {
    std::string out;
    for (const auto& record : document.at("bad_records")) {
      const auto& place = record.at("place");
      out += place.at("path").get<std::string>() + ":" + std::to_string(place.at("line").get<int>()) + ":" +
             std::to_string(place.at("column").get<int>()) + " " + record.at("reason").get<std::string>() + "\n";
    }
    return out;
  }
};

Judged judge(const Workplace& place) {
  const Ran ran = place.run(evaluate + " --format json");
  INFO(ran.err);
  REQUIRE_FALSE(ran.out.empty());
  return {ran.status, nlohmann::json::parse(ran.out)};
}

using Catch::Contains;

}  // namespace

TEST_CASE("the evidence as it is gives one control of each verdict") {
  const Workplace place;
  const Judged judged = judge(place);
  CHECK(judged.status == 1);
  CHECK(judged.verdict("ACC-07") == "fail");
  CHECK(judged.verdict("ACC-09") == "pass");
  CHECK(judged.verdict("BCK-01") == "no_evidence");
  CHECK(judged.verdict("LOG-01") == "error");
  CHECK(judged.verdict("VEN-01") == "not_applicable");
}

TEST_CASE("a file that is gone leaves its controls without evidence") {
  const Workplace place;
  place.remove("evidence/person.json");
  const Judged judged = judge(place);
  CHECK(judged.status == 3);
  CHECK(judged.verdict("ACC-07") == "no_evidence");
  CHECK(judged.verdict("ACC-09") == "no_evidence");
  CHECK_THAT(judged.reasons("ACC-09"), Contains("no evidence of `Person` was supplied"));
  CHECK_THAT(judged.reasons("ACC-07"), Contains("no evidence of `Person` was supplied"));
}

TEST_CASE("a file that is cut off puts its controls in error, wherever it is cut") {
  const Workplace place;
  const std::string whole = place.read("evidence/person.json");
  for (std::size_t length = 0; length < whole.size() - 3; length += 7) {
    INFO("cut after " << length << " bytes");
    place.write("evidence/person.json", whole.substr(0, length));
    const Judged judged = judge(place);
    CHECK(judged.status == 3);
    CHECK(judged.verdict("ACC-09") != "pass");
    CHECK(judged.verdict("ACC-09") != "not_applicable");
    CHECK_THAT(judged.reasons("ACC-09"), Contains("Person"));
  }
  place.write("evidence/person.json", whole.substr(0, whole.size() / 2));
  const Ran ran = place.run(evaluate);
  CHECK_THAT(ran.err, Contains("error[invalid-json]"));
  CHECK_THAT(ran.err, Contains("evidence/person.json:"));
}

TEST_CASE("a misspelt field that must be there makes a bad record with its place") {
  const Workplace place;
  place.edit("evidence/person.json", R"("id": "p2", "name")", R"("id": "p2", "nmae")");
  const Judged judged = judge(place);
  CHECK(judged.verdict("ACC-09") == "error");
  CHECK_THAT(judged.reasons("ACC-09"), Contains("1 record of `Person`"));
  CHECK_THAT(judged.bad_records(), Contains("evidence/person.json:7:"));
  CHECK_THAT(judged.bad_records(), Contains("`name`"));
}

TEST_CASE("a misspelt field that may be left out is no pass either") {
  const Workplace place;
  place.edit("evidence/person.json", R"("terminated", "ended_on": "2026-03-13")",
             R"("terminated", "endedOn": "2026-03-13")");
  place.edit("rules/controls.writ", "require p.ended_on is present", "require p.ended_on != 2026-06-02");
  const Judged judged = judge(place);
  CHECK(judged.verdict("ACC-09") == "error");
  CHECK_THAT(judged.reasons("ACC-09"), Contains("endedOn"));
  const auto& unknown = judged.document.at("unknown_fields");
  REQUIRE(unknown.size() == 1);
  CHECK(unknown[0].at("name") == "endedOn");
  CHECK(unknown[0].at("nearest") == "ended_on");
  CHECK(unknown[0].at("records") == 1);
}

TEST_CASE("two records with one key are bad") {
  const Workplace place;
  place.edit("evidence/person.json", R"({ "id": "p4",)", R"({ "id": "p2",)");
  const Judged judged = judge(place);
  CHECK(judged.verdict("ACC-09") == "error");
  CHECK_THAT(judged.bad_records(), Contains("p2"));
}

TEST_CASE("a member that is named twice is refused") {
  const Workplace place;
  place.edit("evidence/person.json", R"("name": "Bo Lindqvist",)", R"("name": "Bo", "name": "Bo Lindqvist",)");
  const Judged judged = judge(place);
  CHECK(judged.verdict("ACC-09") == "error");
  CHECK(judged.status == 1 + (judged.verdict("ACC-07") != "fail" ? 2 : 0));
}

TEST_CASE("30 February is no date") {
  const Workplace place;
  place.edit("evidence/person.json", "2026-03-13", "2026-02-30");
  const Judged judged = judge(place);
  CHECK(judged.verdict("ACC-09") == "error");
  CHECK_THAT(judged.bad_records(), Contains("evidence/person.json:8:"));
  CHECK_THAT(judged.bad_records(), Contains("2026-02-30"));
}

TEST_CASE("evidence that is too old is none, and says how old it is") {
  const Workplace place;
  place.edit("evidence/person.json", "2026-06-28T06:00:00Z", "2026-05-28T06:00:00Z");
  place.edit("evidence/account.ndjson", R"("owner": "p1", "system": "aws", "enabled": true)",
             R"("owner": "p2", "system": "aws", "enabled": true)");
  place.edit("evidence/account.ndjson", R"("owner": "p9")", R"("owner": "p4")");
  place.edit("evidence/account.ndjson", R"("2026-04-02T10:00:00+02:00")", R"("2026-03-14T10:00:00+01:00")");
  const Judged judged = judge(place);
  CHECK(judged.verdict("ACC-07") == "no_evidence");
  CHECK_THAT(judged.reasons("ACC-07"), Contains("at most 7 days old"));
}

TEST_CASE("evidence without a date satisfies no age, unless the call dates it") {
  const Workplace place;
  place.edit("evidence/account.ndjson", R"(, "collected_at": "2026-06-29T20:00:00Z")", "");
  const Judged judged = judge(place);
  CHECK_THAT(judged.reasons("ACC-07"), Contains("does not say when it was collected"));
  const Ran ran = place.run(evaluate + " --format json --collected-at 2026-06-29");
  CHECK_THAT(ran.out, !Contains("does not say when it was collected"));
}
