#include "tests/unit/report/fixture.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace writ::report::test {

using language::CheckId;
using language::ControlId;
using language::ControlSeverity;
using types::EntityId;
using verdict::CheckResult;
using verdict::ControlResult;
using verdict::Verdict;

namespace {

constexpr std::string_view rules = R"(control ACC-07 "Removal of access" {
  check disabled_in_time "Leavers' accounts are disabled within the grace period" {
    for account in Account
    where account.owner is present and account.owner.status == terminated
    require not account.enabled
      else "{account.owner.name} still has {account.system} access"
  }
  check ratio { for account in Account require account.a / account.b > 1 else "no" }
}
)";

types::Timestamp at(std::string_view text) { return types::parse_timestamp(text).value(); }

facts::TextPlace place(std::string path, std::uint32_t line, std::uint32_t column, std::string pointer = "") {
  return {std::move(path), line, column, std::move(pointer)};
}

}  // namespace

source::Span Run::span(std::string_view part) const {
  const std::size_t begin = rules.find(part);
  REQUIRE(begin != std::string_view::npos);
  return {source::FileId{0}, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + part.size())};
}

EntityId Run::add_entity(std::string name) {
  language::EntityDef entity;
  entity.name = std::move(name);
  program.entities.push_back(std::move(entity));
  store.entities.emplace_back();
  store.entities.back().read = true;
  return static_cast<EntityId>(program.entities.size() - 1);
}

ControlId Run::add_control(std::string id, std::string title, ControlSeverity severity) {
  language::ControlDef control;
  control.id = std::move(id);
  control.title = std::move(title);
  control.severity = severity;
  control.criteria = {"CC6.2"};
  control.selected = true;
  control.id_span = span("ACC-07");
  program.controls.push_back(std::move(control));
  verdicts.controls.push_back({static_cast<ControlId>(program.controls.size() - 1), Verdict::not_applicable, {}});
  return verdicts.controls.back().control;
}

CheckId Run::add_check(ControlId control, std::string name, std::string title) {
  language::CheckDef check;
  check.qualified_name = program.controls[language::index(control)].id + "." + name;
  check.name = std::move(name);
  check.title = std::move(title);
  check.control = control;
  check.name_span = span("disabled_in_time");
  language::Expr condition;
  condition.span = span("not account.enabled");
  program.exprs.push_back(condition);
  check.requirements.push_back({static_cast<language::ExprId>(program.exprs.size() - 1), {}, condition.span});
  program.checks.push_back(std::move(check));
  const auto id = static_cast<CheckId>(program.checks.size() - 1);
  program.controls[language::index(control)].checks.push_back(id);
  return id;
}

Run::Run() {
  auto sources = std::make_shared<source::SourceSet>();
  sources->add("rules/access.writ", std::string(rules));
  program.sources = sources;
  language::PackDef pack;
  pack.name = "acme";
  pack.title = "Acme's SOC 2 programme";
  pack.version = "2026.1";
  program.packs.push_back(pack);
  verdicts.now = at("2026-06-30T00:00:00Z");
  verdicts.period_start = at("2025-07-01T00:00:00Z");
  verdicts.period_end = at("2026-07-01T00:00:00Z");

  const EntityId account = add_entity("Account");
  const EntityId person = add_entity("Person");
  const EntityId restore = add_entity("RestoreTest");
  const EntityId scan = add_entity("Scan");
  store.files.resize(2);
  store.files[0].path = "evidence/account.ndjson";
  store.files[0].source = "okta export";
  store.files[0].collected_at = at("2026-06-29T20:00:00Z");
  store.files[0].bytes = 91022;
  store.files[1].path = "evidence/person.json";
  store.files[1].bytes = 1200;
  facts::EntityFacts& accounts = store.entities[language::index(account)];
  accounts.supplied = true;
  accounts.rows = 900;
  accounts.bad = 5;
  accounts.collected_at = at("2026-06-29T20:00:00Z");
  accounts.files = {0};
  facts::EntityFacts& people = store.entities[language::index(person)];
  people.supplied = true;
  people.rows = 1;
  people.undated = true;
  people.files = {1};
  facts::EntityFacts& scans = store.entities[language::index(scan)];
  scans.broken = true;
  scans.broken_reason = "`evidence/scan.json` ends in the middle of a value";
  for (std::uint32_t line = 11; line < 16; ++line) {
    store.bad_records.push_back({account, place("evidence/account.ndjson", line, 1, "/disabled_at"),
                                 "`disabled_at` is \"2026-02-30\", no day of the calendar"});
  }
  store.unknown_fields.push_back(
      {account, "disabledAt", 812, "disabled_at", place("evidence/account.ndjson", 2, 40, "/disabledAt")});
  store.unknown_fields.push_back({person, "shoe_size", 1, "", place("evidence/person.json", 1, 9, "/0/shoe_size")});

  const ControlId removal = add_control("ACC-07", "Removal of access", ControlSeverity::high);
  CheckResult late;
  late.check = add_check(removal, "disabled_in_time", "Leavers' accounts are disabled within the grace period");
  late.verdict = Verdict::fail;
  late.population = 120;
  late.tested = 119;
  late.broken = 5;
  for (int i = 1; i <= 5; ++i) {
    verdict::Finding finding;
    finding.key = "a" + std::to_string(i);
    const auto line = static_cast<std::uint32_t>(i);
    finding.records.push_back({"account", "Account", finding.key, place("evidence/account.ndjson", line, 1)});
    finding.records.push_back({"region", "", "eu-west-1", {}});
    finding.message = "Ana still has aws access, 29 days after leaving, and nobody has asked why that is so";
    finding.because.push_back({"account.enabled", "true", span("not account.enabled"),
                               place("evidence/account.ndjson", line, 61, "/enabled"), 0});
    finding.because.push_back({"left(account.owner)", "true", span("account.owner is present"), std::nullopt, 0});
    finding.because.push_back({"person.status", "terminated", span("account.owner.status"),
                               place("evidence/person.json", 1, 30, "/0/status"), 1});
    finding.fingerprint = "00112233445566" + std::to_string(10 + i);
    late.findings.push_back(std::move(finding));
  }
  late.failures.push_back({"a9",
                           {{"account", "Account", "a9", place("evidence/account.ndjson", 9, 1)}},
                           "division by zero",
                           span("account.a / account.b")});
  late.reasons = {"5 records of `Account` were set aside as bad", "1 member could not be evaluated"};
  verdicts.controls.back().verdict = Verdict::fail;
  verdicts.controls.back().checks.push_back(std::move(late));
  CheckResult fine;
  fine.check = add_check(removal, "no_orphans", "Every enabled account belongs to somebody");
  fine.verdict = Verdict::pass;
  fine.population = fine.tested = 900;
  verdicts.controls.back().checks.push_back(std::move(fine));

  const ControlId backups = add_control("AVL-03", "Backups are tried out", ControlSeverity::medium);
  verdicts.controls.back().verdict = Verdict::no_evidence;
  for (const char* name : {"restored", "quickly"}) {
    CheckResult check;
    check.check = add_check(backups, name, "Each store was restored of late");
    check.verdict = Verdict::no_evidence;
    check.reasons = {"no evidence of `RestoreTest` was supplied"};
    verdicts.controls.back().checks.push_back(std::move(check));
  }

  const ControlId secrets = add_control("SEC-01", "Endpoints are scanned", ControlSeverity::low);
  verdicts.controls.back().verdict = Verdict::error;
  CheckResult broken;
  broken.check = add_check(secrets, "scanned", "");
  broken.verdict = Verdict::error;
  broken.reasons = {"the evidence of `Scan` is broken: `evidence/scan.json` ends in the middle of a value"};
  verdicts.controls.back().checks.push_back(std::move(broken));

  const ControlId vendors = add_control("VEN-01", "Vendors have owners", ControlSeverity::medium);
  verdicts.controls.back().verdict = Verdict::pass;
  CheckResult owned;
  owned.check = add_check(vendors, "owned", "Each has an owner who works here");
  owned.verdict = Verdict::pass;
  owned.population = owned.tested = 12;
  verdicts.controls.back().checks.push_back(std::move(owned));

  const ControlId doors = add_control("PHY-01", "Premises", ControlSeverity::info);
  CheckResult keys;
  keys.check = add_check(doors, "somebody_has_a_key", "Somebody can open each building");
  verdicts.controls.back().checks.push_back(std::move(keys));

  verdicts.evidence.push_back({account, true, 900, 5, at("2026-06-29T20:00:00Z")});
  verdicts.evidence.push_back({person, true, 1, 0, std::nullopt});
  verdicts.evidence.push_back({restore, false, 0, 0, std::nullopt});
  verdicts.evidence.push_back({scan, false, 0, 0, std::nullopt});
  for (const ControlResult& control : verdicts.controls) {
    ++verdicts.totals[static_cast<std::size_t>(control.verdict)];
  }
}

Results Run::results() const {
  return {"1.2.3",
          program,
          store,
          verdicts,
          {{"ACC-07.grace", "4 hours", Origin::command_line}, {"program_started_on", "2024-09-02", Origin::pack}},
          true,
          &program.packs.front()};
}

void check_golden(const std::string& name, const std::string& actual) {
  const std::filesystem::path path = std::filesystem::path(WRIT_SOURCE_DIR) / "tests/golden/report" / name;
  if (std::getenv("WRIT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  INFO("golden file " << path << "; WRIT_UPDATE_GOLDEN=1 writes it");
  const std::string expected{std::istreambuf_iterator<char>(file), {}};
  CHECK(actual == expected);
}

}  // namespace writ::report::test
