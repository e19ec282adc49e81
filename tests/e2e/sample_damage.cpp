// The sample organisation with something wrong in its evidence: a file gone, cut short, misspelt, doubled,
// impossible. No check that depends on it may pass, each must say why, and no other check may notice.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/e2e/sample_run.hpp"

namespace writ::e2e {
namespace {

using verdict::Verdict;
using Entities = std::set<std::string>;

// The entities that each check depends on, by reading the rules: what it binds, what it follows references to, and
// what the functions that it calls read.
const std::map<std::string, Entities> dependencies = {
    {"ACC-01.exists", {"Policy", "PolicyVersion"}},
    {"ACC-01.approved", {"Policy", "PolicyVersion", "Approval", "Person", "RoleAssignment"}},
    {"ACC-01.approved_independently", {"Policy", "PolicyVersion", "Approval", "Person", "RoleAssignment"}},
    {"ACC-01.reviewed", {"Policy", "PolicyVersion", "Review", "Person"}},
    {"ACC-01.covers_topics", {"Policy", "PolicyVersion"}},
    {"ACC-01.communicated", {"Policy", "PolicyVersion", "Publication"}},
    {"ACC-02.by_key_only", {"AccessGrant", "Account", "Environment", "Credential"}},
    {"ACC-02.keys_unique", {"AccessGrant", "Account", "Environment", "Credential"}},
    {"ACC-02.belongs_to_someone", {"AccessGrant", "Account", "Environment", "Person", "Employment"}},
    {"ACC-02.granted_on_request", {"AccessGrant", "Account", "Environment", "Approval", "Person"}},
    {"ACC-02.hosts_refuse_passwords", {"Asset", "Environment"}},
    {"ACC-02.keys_rotated", {"AccessGrant", "Account", "Environment", "Credential"}},
    {"ACC-03.nothing_shared", {"Account", "System"}},
    {"ACC-03.owned_by_a_person", {"Account", "System", "Person", "Employment"}},
    {"ACC-03.login_unique", {"Account", "System"}},
    {"ACC-03.machine_ids_owned", {"Account", "System", "Person", "Employment"}},
    {"ACC-04.rules_enforced", {"System", "AuthPolicy"}},
    {"ACC-04.passwords_strong", {"System", "AuthPolicy"}},
    {"ACC-04.second_factor_enforced", {"System", "AuthPolicy"}},
    {"ACC-04.second_factor_enrolled", {"Account", "System", "Person"}},
    {"ACC-04.no_back_door_beside_sso", {"Account", "System"}},
    {"ACC-05.registered", {"Asset"}},
    {"ACC-05.owned", {"Asset", "Person", "Employment"}},
    {"ACC-05.reviewed_within_interval", {"Asset"}},
    {"ACC-05.review_cadence", {"Review", "Person"}},
    {"ACC-05.retired_is_gone", {"Asset"}},
    {"ACC-06.exists", {"Policy", "PolicyVersion"}},
    {"ACC-06.approved", {"Policy", "PolicyVersion", "Approval", "Person", "RoleAssignment"}},
    {"ACC-06.approved_independently", {"Policy", "PolicyVersion", "Approval", "Person", "RoleAssignment"}},
    {"ACC-06.reviewed", {"Policy", "PolicyVersion", "Review", "Person"}},
    {"ACC-06.covers_topics", {"Policy", "PolicyVersion"}},
    {"ACC-06.communicated", {"Policy", "PolicyVersion", "Publication"}},
    {"ACC-06.kept_safely", {"Secret"}},
    {"ACC-06.owned", {"Secret", "Person", "Employment"}},
    {"ACC-06.rotated", {"Secret"}},
    {"ACC-07.leavers_disabled", {"Account", "System", "Person", "Employment"}},
    {"ACC-07.long_gone_disabled", {"Account", "System", "Person", "Employment"}},
    {"ACC-07.not_used_after_leaving", {"Account", "System", "Person", "Employment"}},
    {"ACC-07.credentials_revoked", {"Credential", "Account", "System", "Person", "Employment"}},
    {"ACC-07.review_decisions_carried_out", {"Review", "AccessGrant", "Account"}},
    {"ACC-07.transfers_rechecked", {"Employment", "Person", "Account", "AccessGrant", "Review"}},
    {"ACC-07.expired_rights_ended", {"AccessGrant", "Account"}},
    {"ACC-07.no_orphans", {"Account", "System", "Person"}},
    {"ACC-08.encrypted", {"Endpoint"}},
    {"ACC-08.strong_versions", {"Endpoint"}},
    {"ACC-08.certificate_valid", {"Endpoint"}},
    {"ACC-08.recently_scanned", {"Endpoint"}},
    {"ACC-08.every_system_scanned", {"System", "Environment", "Endpoint"}},
    {"FER-01.kept_up", {"Review", "Person"}},
    {"FER-02.owned", {"Vendor", "Person", "Employment"}},
    {"FER-03.restored", {"DataStore", "Environment", "RestoreTest"}},
    {"FER-04.kept_safely", {"Secret"}},
    {"FER-05.somebody_has_a_key", {"Facility", "AccessGrant", "Account"}},
};

bool depends(const std::string& check, const std::vector<std::string>& entities) {
  const Entities& read = dependencies.at(check);
  return std::any_of(entities.begin(), entities.end(),
                     [&](const std::string& name) { return read.count(name) != 0; });
}

const Outcome& undamaged() {
  static const Outcome outcome = run_sample(sample_evidence());
  return outcome;
}

// What does not depend on the damage is as it was.
void check_others(const Outcome& outcome, const std::vector<std::string>& entities) {
  for (const auto& [name, check] : outcome.checks) {
    if (depends(name, entities)) continue;
    INFO(name);
    const CheckOutcome& before = undamaged().checks.at(name);
    CHECK(verdict::spelling(check.verdict) == verdict::spelling(before.verdict));
    CHECK(check.findings.size() == before.findings.size());
    CHECK(check.population == before.population);
  }
}

// What depends on it fails outright, or cannot be decided and says why. So does its control. Something depends on
// it.
void check_no_pass(const Outcome& outcome, const std::vector<std::string>& entities, bool may_fail) {
  std::size_t dependent = 0;
  for (const auto& [name, check] : outcome.checks) {
    if (!depends(name, entities)) continue;
    ++dependent;
    INFO(name << " is " << verdict::spelling(check.verdict));
    const bool undecided = check.verdict == Verdict::error || check.verdict == Verdict::no_evidence;
    CHECK((undecided || (may_fail && check.verdict == Verdict::fail)));
    CHECK((!undecided || !check.reasons.empty()));
    const Verdict control = outcome.controls.at(name.substr(0, name.find('.')));
    CHECK(control != Verdict::pass);
    CHECK(control != Verdict::not_applicable);
  }
  CHECK(dependent > 0);
}

// Every occurrence, or the first `limit`, of a text; says how many there were.
std::size_t replace(std::string& text, std::string_view from, std::string_view to,
                    std::size_t limit = std::string::npos) {
  std::size_t count = 0;
  for (std::size_t at = text.find(from); at != std::string::npos && count < limit;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
    ++count;
  }
  return count;
}

// Whether a part of a file tells that no more than one entity's records are in it, by its name or an envelope.
bool tells_whose(const std::string& path, const std::string& part) {
  const std::size_t begin = path.rfind('/') + 1;
  const std::string name = path.substr(begin, path.rfind('.') - begin);
  const bool is_entity = name != "registers" && name != "sign-in-rules";
  return is_entity || part.find("\"entity\": \"AuthPolicy\"") != std::string::npos;
}

std::vector<std::string> all_entities() {
  Entities all;
  for (const auto& [check, read] : dependencies) all.insert(read.begin(), read.end());
  return {all.begin(), all.end()};
}

}  // namespace

TEST_CASE("the sample's checks depend on what their rules read") {
  std::set<std::string> names;
  for (const auto& [name, check] : undamaged().checks) names.insert(name);
  std::set<std::string> known;
  for (const auto& [name, entities] : dependencies) known.insert(name);
  CHECK(names == known);
}

TEST_CASE("without one of its files, exactly the checks that need it lack evidence") {
  for (const auto& [path, text] : sample_evidence()) {
    Evidence evidence = sample_evidence();
    evidence.erase(path);
    const std::vector<std::string> entities = entities_in(path);
    const Outcome outcome = run_sample(evidence);
    INFO("without " << path);
    for (const auto& [name, check] : outcome.checks) {
      if (!depends(name, entities)) continue;
      INFO(name);
      CHECK(verdict::spelling(check.verdict) == verdict::spelling(Verdict::no_evidence));
      CHECK_FALSE(check.reasons.empty());
    }
    check_others(outcome, entities);
    check_no_pass(outcome, entities, false);
  }
}

TEST_CASE("with one of its files cut short, no check that needs it passes") {
  for (const auto& [path, text] : sample_evidence()) {
    const std::vector<std::string> entities = entities_in(path);
    for (const std::size_t length : {std::size_t{0}, std::size_t{9}, text.size() / 2, text.size() - 4}) {
      std::size_t cut = length;
      while (cut > 0 && (text[cut - 1] == '\n' || text[cut] == '\n')) --cut;  // not between two lines
      Evidence evidence = sample_evidence();
      evidence[path].resize(cut);
      const Outcome outcome = run_sample(evidence);
      INFO(path << " cut after " << cut << " bytes");
      CHECK_FALSE(outcome.diagnostics.empty());
      // Of lines, those before the cut are read, and may tell of a fault.
      check_no_pass(outcome, entities, path.ends_with(".ndjson"));
      if (tells_whose(path, text.substr(0, cut))) {
        check_others(outcome, entities);
      } else {
        check_no_pass(outcome, all_entities(), true);
      }
    }
  }
}

TEST_CASE("a required field misspelt in one record is said, and nothing that reads it passes") {
  Evidence evidence = sample_evidence();
  REQUIRE(replace(evidence["identity/account.ndjson"], "\"enabled\"", "\"enabeld\"", 1) == 1);
  const Outcome outcome = run_sample(evidence);
  check_no_pass(outcome, {"Account"}, true);
  check_others(outcome, {"Account"});
  REQUIRE(outcome.store.bad_records.size() == 1);
  CHECK(outcome.store.bad_records[0].place.path == "identity/account.ndjson");
  CHECK(outcome.store.bad_records[0].place.line == 2);
  CHECK(outcome.store.bad_records[0].reason.find("enabled") != std::string::npos);
  REQUIRE(outcome.store.unknown_fields.size() == 1);
  CHECK(outcome.store.unknown_fields[0].name == "enabeld");
  CHECK(outcome.store.unknown_fields[0].nearest == "enabled");
}

TEST_CASE("an optional field misspelt in all records is counted, and no check that reads it passes") {
  const std::map<std::string, std::pair<std::string, std::vector<std::string>>> misspellings = {
      {"disabled_at", {"disabledAt", {"ACC-07.leavers_disabled"}}},
      {"last_used_at", {"lastUsedAt", {"ACC-07.not_used_after_leaving"}}},
      {"owner", {"ownr", {"ACC-07.leavers_disabled", "ACC-07.no_orphans", "ACC-03.owned_by_a_person"}}},
      {"password_enabled", {"password-enabled", {"ACC-04.no_back_door_beside_sso"}}},
  };
  for (const auto& [field, misspelt] : misspellings) {
    Evidence evidence = sample_evidence();
    const std::string from = "\"" + field + "\"";
    const std::size_t count = replace(evidence["identity/account.ndjson"], from, "\"" + misspelt.first + "\"");
    REQUIRE(count > 1);
    const Outcome outcome = run_sample(evidence);
    INFO(misspelt.first);
    REQUIRE(outcome.store.unknown_fields.size() == 1);
    CHECK(outcome.store.unknown_fields[0].name == misspelt.first);
    CHECK(outcome.store.unknown_fields[0].nearest == field);
    CHECK(outcome.store.unknown_fields[0].count == count);
    for (const std::string& name : misspelt.second) {
      INFO(name << " is " << verdict::spelling(outcome.checks.at(name).verdict));
      const CheckOutcome& check = outcome.checks.at(name);
      CHECK((check.verdict == Verdict::error || check.verdict == Verdict::fail));
      CHECK((check.verdict == Verdict::fail || !check.reasons.empty()));
    }
    CHECK(outcome.controls.at("ACC-07") != Verdict::pass);
  }
}

TEST_CASE("a key that occurs twice is said, and nothing that reads its entity passes") {
  Evidence evidence = sample_evidence();
  std::string& text = evidence["inventory/asset.ndjson"];
  const std::size_t begin = text.find('\n') + 1;
  const std::string record = text.substr(begin, text.find('\n', begin) + 1 - begin);
  text += record;
  const Outcome outcome = run_sample(evidence);
  check_no_pass(outcome, {"Asset"}, true);
  check_others(outcome, {"Asset"});
  REQUIRE_FALSE(outcome.store.bad_records.empty());
  CHECK(outcome.store.bad_records.back().reason.find("as-0001") != std::string::npos);
}

TEST_CASE("a day that does not exist is said, and nothing that reads it passes") {
  Evidence evidence = sample_evidence();
  std::string& text = evidence["hr/employment.json"];
  const std::string field = "\"started_on\": \"";
  const std::size_t at = text.find(field) + field.size();
  text.replace(at, 10, "2025-02-30");
  const Outcome outcome = run_sample(evidence);
  check_no_pass(outcome, {"Employment"}, true);
  check_others(outcome, {"Employment"});
  REQUIRE(outcome.store.bad_records.size() == 1);
  CHECK(outcome.store.bad_records[0].reason.find("2025-02-30") != std::string::npos);
  CHECK(outcome.store.bad_records[0].place.pointer == "/records/0/started_on");
}

}  // namespace writ::e2e
