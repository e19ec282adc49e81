// AWS responses read as they were recorded, judged by aws.writ, and compared with what jq found (expected.sh).
#include <catch2/catch.hpp>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/e2e/sample_run.hpp"

namespace writ::e2e {
namespace {

using verdict::Verdict;

const std::string home = WRIT_SOURCE_DIR "/tests/vendor";
const std::string recorded = WRIT_SOURCE_DIR "/../shared/data/vendor/aws-recorded";

const language::Program& program() {
  static const language::Program compiled = compile_files({home + "/aws.writ"});
  return compiled;
}

facts::FactInput file_of(const std::string& root, const std::string& relative) {
  facts::FactInput input;
  input.path = root + "/" + relative;
  input.relative = relative;
  return input;
}

bool is_recorded() {
  if (std::filesystem::is_directory(recorded)) return true;
  std::cout << "skipped: there are no recordings at " << recorded << "\n";
  return false;
}

// `check pointer message` a finding, sorted. The place is that of the last record bound.
std::set<std::string> found(const Outcome& outcome) {
  std::set<std::string> out;
  for (const auto& [name, check] : outcome.checks) {
    for (const verdict::Finding& finding : check.findings) {
      out.insert(name + " " + finding.records.back().place.pointer + " " + finding.message);
    }
    for (const verdict::Failure& failure : check.failures) out.insert(name + " failed: " + failure.reason);
  }
  return out;
}

std::set<std::string> wanted(const nlohmann::json& findings) {
  std::set<std::string> out;
  for (const auto& finding : findings) {
    out.insert(finding["check"].get<std::string>() + " " + finding["pointer"].get<std::string>() + " " +
               finding["message"].get<std::string>());
  }
  return out;
}

void compare(const nlohmann::json& expected, const std::string& root) {
  for (const auto& entry : expected) {
    const std::string file = entry["file"];
    std::vector<facts::FactInput> inputs = {file_of(root, file)};
    if (file.find("/ListUsers/") != std::string::npos) {
      inputs.push_back(file_of(root, "iam/ListMFADevices/test_iam_mfa_filter-3.json"));
    }
    const Outcome outcome = run_rules(program(), std::move(inputs), 1);
    INFO(file << "\n" << outcome.diagnostics);
    CHECK(found(outcome) == wanted(entry["findings"]));
    CHECK(outcome.store.bad_records.empty());
    if (entry.contains("groups")) {
      CHECK(outcome.checks.at("AWS-01.groups").population == entry["groups"]);
      const bool fails = !entry["findings"].empty();
      // A group without any rule leaves nothing to judge: that control is about the groups alone.
      CHECK(outcome.controls.at("AWS-01") == (fails ? Verdict::fail : Verdict::pass));
      CHECK(outcome.controls.at("AWS-02") == Verdict::no_evidence);
    }
  }
}

}  // namespace

TEST_CASE("responses made for the test are judged as jq judges them") {
  compare(nlohmann::json::parse(read_text(home + "/made/expected.json")), home + "/made");
}

TEST_CASE("recorded AWS responses are judged as jq judges them", "[recorded]") {
  if (!is_recorded()) return;
  const auto expected = nlohmann::json::parse(read_text(home + "/expected.json"));
  CHECK(expected.size() > 100);
  compare(expected, recorded);
}

TEST_CASE("groups that are recorded more than once are bad records when all recordings are one folder",
          "[recorded]") {
  if (!is_recorded()) return;
  std::vector<facts::FactInput> inputs;
  std::set<std::string> groups;
  std::size_t records = 0;
  const auto expected = nlohmann::json::parse(read_text(home + "/expected.json"));
  for (const auto& entry : expected) {
    if (!entry.contains("groups")) continue;
    inputs.push_back(file_of(recorded, entry["file"]));
    const auto document = nlohmann::json::parse(read_text(inputs.back().path));
    for (const auto& group : document["SecurityGroups"]) {
      groups.insert(group["GroupId"].get<std::string>());
      ++records;
    }
  }
  const Outcome outcome = run_rules(program(), std::move(inputs), 0);
  std::size_t duplicates = 0;
  for (const facts::BadRecord& bad : outcome.store.bad_records)
    if (bad.reason.find("sg-") != std::string::npos) ++duplicates;
  CHECK(duplicates == records - groups.size());
  CHECK(outcome.controls.at("AWS-01") == Verdict::fail);
}

}  // namespace writ::e2e
