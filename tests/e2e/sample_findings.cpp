// What the sample organisation's run finds: the faults that were planted, all of them and nothing else.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "stdlib/functions/table.hpp"
#include "tests/e2e/sample_run.hpp"
#include "tests/support/compare.hpp"

namespace writ::e2e {
namespace {

using verdict::Verdict;

std::set<std::pair<std::string, std::string>> planted() {
  const auto list = nlohmann::json::parse(read_text(WRIT_SOURCE_DIR "/rules/sample-organization/faults.json"));
  std::set<std::pair<std::string, std::string>> out;
  for (const auto& fault : list) out.emplace(fault["check"], fault["key"]);
  CHECK(out.size() == list.size());
  return out;
}

std::string listed(const std::set<std::pair<std::string, std::string>>& findings) {
  std::string out;
  for (const auto& [check, key] : findings) out += check + " " + key + "\n";
  return out;
}

// How many records each check is about, counted by a separate reading of the evidence.
const std::map<std::string, std::uint64_t> populations = {
    {"ACC-01.exists", 1},
    {"ACC-01.approved", 8},
    {"ACC-01.approved_independently", 7},
    {"ACC-01.reviewed", 8},
    {"ACC-01.covers_topics", 1},
    {"ACC-01.communicated", 7},
    {"ACC-06.exists", 1},
    {"ACC-06.approved", 1},
    {"ACC-06.approved_independently", 1},
    {"ACC-06.reviewed", 1},
    {"ACC-06.covers_topics", 1},
    {"ACC-06.communicated", 1},
    {"ACC-06.kept_safely", 6},
    {"ACC-06.rotated", 6},
    {"ACC-06.owned", 6},
    {"ACC-02.by_key_only", 55},
    {"ACC-02.keys_unique", 54},
    {"ACC-02.belongs_to_someone", 55},
    {"ACC-02.granted_on_request", 25},
    {"ACC-02.hosts_refuse_passwords", 18},
    {"ACC-02.keys_rotated", 54},
    {"ACC-03.nothing_shared", 653},
    {"ACC-03.owned_by_a_person", 640},
    {"ACC-03.login_unique", 653},
    {"ACC-03.machine_ids_owned", 11},
    {"ACC-04.rules_enforced", 11},
    {"ACC-04.passwords_strong", 3},
    {"ACC-04.second_factor_enforced", 3},
    {"ACC-04.second_factor_enrolled", 639},
    {"ACC-04.no_back_door_beside_sso", 470},
    {"ACC-05.registered", 174},
    {"ACC-05.owned", 172},
    {"ACC-05.reviewed_within_interval", 158},
    {"ACC-05.review_cadence", 1},
    {"ACC-05.retired_is_gone", 4},
    {"ACC-07.leavers_disabled", 138},
    {"ACC-07.long_gone_disabled", 52},
    {"ACC-07.not_used_after_leaving", 191},
    {"ACC-07.credentials_revoked", 32},
    {"ACC-07.review_decisions_carried_out", 4},
    {"ACC-07.transfers_rechecked", 4},
    {"ACC-07.expired_rights_ended", 2},
    {"ACC-07.no_orphans", 962},
    {"ACC-08.encrypted", 19},
    {"ACC-08.strong_versions", 9},
    {"ACC-08.certificate_valid", 9},
    {"ACC-08.recently_scanned", 19},
    {"ACC-08.every_system_scanned", 4},
    {"FER-01.kept_up", 1},
    {"FER-02.owned", 5},
    {"FER-04.kept_safely", 6},
    {"FER-05.somebody_has_a_key", 0},
};

// The records of the evidence in another order, by a generator with a fixed seed.
Evidence shuffled(const Evidence& evidence, std::uint64_t seed) {
  auto next = [&seed](std::size_t limit) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(seed >> 33) % limit;
  };
  auto mix = [&next](auto& items, std::size_t from) {
    for (std::size_t i = items.size(); i > from + 1; --i) std::swap(items[i - 1], items[from + next(i - from)]);
  };
  Evidence out;
  for (const auto& [path, text] : evidence) {
    if (path.ends_with(".ndjson")) {
      std::vector<std::string> lines;
      std::istringstream stream(text);
      for (std::string line; std::getline(stream, line);) lines.push_back(line);
      mix(lines, 1);  // the envelope stays in front
      for (const std::string& line : lines) out[path] += line + "\n";
    } else {
      auto document = nlohmann::ordered_json::parse(text);
      for (auto& member : document) {
        if (member.is_array()) mix(member, 0);
      }
      out[path] = document.dump();
    }
  }
  return out;
}

}  // namespace

TEST_CASE("the sample's verdicts are those that its readers expect") {
  const Outcome outcome = run_sample(sample_evidence());
  INFO(outcome.diagnostics);
  const std::map<std::string, Verdict> expected = {
      {"ACC-01", Verdict::fail},           {"ACC-06", Verdict::fail},        {"ACC-02", Verdict::fail},
      {"ACC-03", Verdict::fail},           {"ACC-04", Verdict::fail},        {"ACC-05", Verdict::fail},
      {"ACC-07", Verdict::fail},           {"ACC-08", Verdict::fail},        {"FER-01", Verdict::pass},
      {"FER-02", Verdict::pass},           {"FER-03", Verdict::no_evidence}, {"FER-04", Verdict::no_evidence},
      {"FER-05", Verdict::not_applicable},
  };
  for (const auto& [id, verdict] : expected) {
    INFO(id << " is " << verdict::spelling(outcome.controls.at(id)));
    CHECK(outcome.controls.at(id) == verdict);
  }
  CHECK(outcome.controls.size() == expected.size());
  CHECK(outcome.checks.at("ACC-05.review_cadence").verdict == Verdict::pass);
  REQUIRE(outcome.checks.at("FER-03.restored").reasons.size() == 1);
  CHECK(outcome.checks.at("FER-03.restored").reasons[0].find("RestoreTest") != std::string::npos);
  REQUIRE(outcome.checks.at("FER-04.kept_safely").reasons.size() == 1);
  CHECK(outcome.checks.at("FER-04.kept_safely").reasons[0].find("Secret") != std::string::npos);
}

TEST_CASE("the sample's findings are the planted faults, one for one") {
  const Outcome outcome = run_sample(sample_evidence());
  INFO(outcome.diagnostics);
  CHECK(listed(outcome.findings()) == listed(planted()));
  std::size_t count = 0;
  for (const auto& [name, check] : outcome.checks) {
    INFO(name);
    CHECK(check.failures.empty());
    count += check.findings.size();
    if (const auto known = populations.find(name); known != populations.end())
      CHECK(check.population == known->second);
    for (const verdict::Finding& finding : check.findings)
      CHECK(finding.message.find("missing") == std::string::npos);
  }
  CHECK(count == planted().size());
  CHECK(outcome.fingerprints().size() == count);
  CHECK(outcome.store.bad_records.empty());
  CHECK(outcome.store.unknown_fields.empty());
}

TEST_CASE("the places of the sample's findings open at their records") {
  const Outcome outcome = run_sample(sample_evidence());
  std::size_t seen = 0;
  for (const auto& [name, check] : outcome.checks) {
    for (const verdict::Finding& finding : check.findings) {
      // About the organisation, or about a value that is no record.
      if (finding.records.empty() || finding.records[0].place.path.empty()) {
        ++seen;
        continue;
      }
      REQUIRE(finding.records.size() == 1);
      const facts::TextPlace& place = finding.records[0].place;
      INFO(name << " " << finding.key << " " << place.path << ":" << place.line << ":" << place.column);
      std::istringstream text(sample_evidence().at(place.path));
      std::string line;
      for (std::uint32_t i = 1; i < place.line; ++i) REQUIRE(std::getline(text, line));
      for (std::uint32_t i = 1; i < place.column; ++i) REQUIRE(text.get() != '\n');
      const auto start = text.tellg();
      REQUIRE(text.peek() == '{');
      nlohmann::json record;
      text >> record;
      CHECK(record["id"] == finding.key);
      // And the pointer leads to the same record.
      if (!place.path.ends_with(".ndjson")) {
        const auto document = nlohmann::json::parse(sample_evidence().at(place.path));
        CHECK(document.at(nlohmann::json::json_pointer(place.pointer)) == record);
      }
      CHECK(start >= 0);
      ++seen;
    }
  }
  CHECK(seen == planted().size());
}

TEST_CASE("the places of what decided open at the values that decided") {
  const Outcome outcome = run_sample(sample_evidence());
  std::size_t seen = 0;
  std::set<std::string> fields;
  for (const auto& [name, check] : outcome.checks) {
    for (const verdict::Finding& finding : check.findings) {
      for (const verdict::Decider& decider : finding.because) {
        if (!decider.place) continue;
        const facts::TextPlace& place = *decider.place;
        INFO(name << " " << finding.key << ": " << decider.expression << " at " << place.path << ":" << place.line
                  << ":" << place.column << " " << place.pointer);
        const std::string& text = sample_evidence().at(place.path);
        std::size_t line = 0;
        for (std::uint32_t i = 1; i < place.line; ++i) line = text.find('\n', line) + 1;
        const std::size_t end = text.find('\n', line);
        std::size_t at = line;
        for (std::uint32_t i = 1; i < place.column; ++i) {
          do ++at;
          while ((static_cast<unsigned char>(text.at(at)) & 0xc0) == 0x80);
        }
        REQUIRE(at < end);
        std::istringstream rest(text.substr(at));
        nlohmann::json value;
        rest >> value;
        const bool is_line = place.path.ends_with(".ndjson");
        const auto document = nlohmann::json::parse(is_line ? text.substr(line, end - line) : text);
        CHECK(value == document.at(nlohmann::json::json_pointer(place.pointer)));
        fields.insert(place.pointer.substr(place.pointer.rfind('/') + 1));
        ++seen;
      }
    }
  }
  CHECK(seen > 100);
  CHECK(fields.size() > 10);
}

TEST_CASE("the order of the evidence does not change what is found") {
  const Outcome before = run_sample(sample_evidence());
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const Outcome after = run_sample(shuffled(sample_evidence(), seed), 0, seed % 2 == 0);
    INFO(after.diagnostics);
    CHECK(after.fingerprints() == before.fingerprints());
    CHECK(listed(after.findings()) == listed(before.findings()));
    CHECK(after.controls == before.controls);
  }
}

TEST_CASE("the number of threads does not change a byte") {
  const std::string alone = run_sample(sample_evidence(), 1).text();
  CHECK(run_sample(sample_evidence(), 1).text() == alone);
  for (const unsigned threads : {2U, 8U}) CHECK(run_sample(sample_evidence(), threads).text() == alone);
}

TEST_CASE("a naive evaluator decides the sample alike") {
  const Outcome outcome = run_sample(sample_evidence());
  const auto oracle = support::run_oracle(sample_program(), nullptr, outcome.store, functions::kernels(),
                                          outcome.options, 200'000'000);
  REQUIRE(oracle);
  REQUIRE_FALSE(oracle->refused);
  CHECK(support::differences(sample_program(), outcome.verdicts, *oracle) == "");
}

}  // namespace writ::e2e
