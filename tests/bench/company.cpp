// Makes up a company's records in the standard entities: company FOLDER [SCALE] [--by-entity]. Scale 1 is about 400
// MB of NDJSON. Two fifths of it are what access controls read (people, accounts, rights, approvals, reviews,
// assets …), the rest what a company has besides: changes, test runs, deployments, tickets, alerts. Faults are few,
// as in a company that is audited. The same scale gives the same bytes.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>

#include "tests/bench/records.hpp"

namespace writ::bench {
namespace {

constexpr std::int64_t day = 86'400;
constexpr std::int64_t begin_of_records = 19'539 * day;  // 2023-07-01
constexpr std::int64_t begin_of_period = 20'270 * day;   // 2025-07-01
constexpr std::int64_t now = 20'634 * day;               // 2026-06-30

std::string date(std::int64_t seconds) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{seconds / day}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}
std::string instant(std::int64_t seconds) {
  const auto in_day = seconds % day;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", date(seconds), in_day / 3'600, in_day / 60 % 60, in_day % 60);
}
std::string maybe_instant(std::int64_t seconds) { return seconds == 0 ? "" : instant(seconds); }
std::string maybe_date(std::int64_t seconds) { return seconds == 0 ? "" : date(seconds); }

struct Person {
  std::string id;
  std::int64_t started = 0;      // of the present job
  std::int64_t ended = 0;        // 0: works here
  std::int64_t transferred = 0;  // 0: never
};

struct Account {
  std::string id;
  std::int64_t person = -1;  // -1: nobody's
  std::int64_t created = 0;
  std::int64_t disabled = 0;
  bool human = true;
  bool keyed = false;  // has a key, and so can be used outside a browser
};

struct System {
  std::string id;
  bool sensitive = false;
  bool sso = false;  // its users sign in at the first system
};

class Generator {
 public:
  Generator(Company& company, double scale) : company_(company), scale_(scale) {}

  void run() {
    systems();
    people();
    accounts();
    assets();
    changes();
    tickets();
    register_reviews();
  }

 private:
  std::int64_t scaled(std::int64_t count) const {
    return std::max<std::int64_t>(3, static_cast<std::int64_t>(static_cast<double>(count) * scale_));
  }

  std::string words(std::int64_t count) {
    static const std::vector<std::string> vocabulary = {
        "fix",       "add",     "remove",  "refactor", "rename",  "update",   "bump",    "login",
        "invoice",   "ledger",  "cache",   "retry",    "timeout", "index",    "export",  "import",
        "audit",     "billing", "session", "token",    "report",  "schema",   "migrate", "validate",
        "order",     "payment", "queue",   "worker",   "webhook", "customer", "account", "région",
        "überprüft", "release", "gateway", "pipeline", "policy",  "backup",   "restore", "alert"};
    std::string text;
    for (std::int64_t i = 0; i < count; ++i) {
      if (i > 0) text += ' ';
      text += random_.pick(vocabulary);
    }
    return text;
  }
  // Sentences with line ends and quotes, escaped as in an export.
  std::string prose(std::int64_t sentences) {
    std::string text;
    for (std::int64_t i = 0; i < sentences; ++i) {
      text += words(random_.between(6, 16));
      text += random_.chance(0.15) ? " \\\"" + words(2) + "\\\".\\n\\n" : ". ";
    }
    return text;
  }
  std::string hex(int digits) {
    std::string text;
    while (static_cast<int>(text.size()) < digits) text += fmt::format("{:016x}", random_.bits());
    text.resize(static_cast<std::size_t>(digits));
    return text;
  }
  std::string uuid() { return fmt::format("{}-{}-4{}-a{}-{}", hex(8), hex(4), hex(3), hex(3), hex(12)); }
  const std::string& anyone() { return random_.pick(people_).id; }
  // Somebody who works here, but for one case in a thousand.
  const std::string& somebody_here() {
    const bool slip = random_.chance(0.001);
    while (true) {
      const Person& person = random_.pick(people_);
      if ((person.ended == 0 && person.started <= now) || slip) return person.id;
    }
  }
  std::string name() {
    static const std::vector<std::string> given = {"Ana", "Bo",  "Chidi", "Dana", "Emre",
                                                   "Fay", "Gil", "Hana",  "Ivo",  "Jun"};
    static const std::vector<std::string> family = {"Okafor", "Lind", "Sato", "Novák",
                                                    "Garcia", "Weiß", "Khan", "Silva"};
    return random_.pick(given) + " " + random_.pick(family);
  }
  Record record(std::string_view entity) { return Record(company_, entity); }

  void systems() {
    const auto count = std::max<std::int64_t>(40, scaled(60));
    for (std::int64_t i = 0; i < count; ++i) {
      System system{fmt::format("sys-{:03}", i), i == 0 || random_.chance(0.6), i > 0 && random_.chance(0.8)};
      record("System")
          .text("id", system.id)
          .text("name", "service " + words(2))
          .flag("in_scope", random_.chance(0.8))
          .flag("developed_in_house", i > 0 && random_.chance(0.5))
          .flag("sensitive", system.sensitive)
          .text("tier", random_.chance(0.3) ? "critical" : "medium")
          .text("team", "team-" + words(1))
          .maybe("identity_provider", system.sso ? "sys-000" : "")
          .end();
      record("AuthPolicy")
          .text("id", fmt::format("auth-{:03}", i))
          .text("system", system.id)
          .flag("password_login", random_.chance(0.7))
          .number("min_length", random_.between(12, 20))
          .number("character_classes", random_.between(3, 4))
          .flag("checks_breached", true)
          .flag("mfa_required", random_.chance(0.97))
          .texts("mfa_methods", {"totp", "webauthn", "push"})
          .end();
      for (const auto* kind : {"production", "staging", "development"}) {
        environments_.push_back(fmt::format("env-{:03}-{}", i, kind));
        record("Environment")
            .text("id", environments_.back())
            .text("name", kind)
            .text("kind", kind)
            .text("system", system.id)
            .text("boundary", fmt::format("account-{:012}", random_.below(1'000'000'000)))
            .texts("networks", {fmt::format("10.{}.0.0/16", i % 256)})
            .flag("default_deny_inbound", true)
            .end();
      }
      systems_.push_back(std::move(system));
    }
    for (std::int64_t i = 0; i < scaled(3'000); ++i) {
      const bool tls = random_.chance(0.97);
      record("Endpoint")
          .text("id", fmt::format("endpoint-{:06}", i))
          .text("host", fmt::format("h{}.example.com", i))
          .number("port", tls ? 443 : 80)
          .text("protocol", tls ? "https" : "http")
          .text("system", systems_[static_cast<std::size_t>(i % count)].id)
          .raw("environment", "null")
          .flag("public", random_.chance(0.6))
          .flag("carries_service_data", random_.chance(0.7))
          .flag("redirects_to_tls", !tls)
          .texts("tls_versions", tls ? std::vector<std::string>{"tls1_2", "tls1_3"} : std::vector<std::string>{})
          .flag("weak_ciphers", random_.chance(0.01))
          .flag("certificate_trusted", !random_.chance(0.01))
          .text("certificate_expires_at", instant(now + random_.between(2, 300) * day))
          .text("scanned_at", instant(now - random_.between(1, 20) * day))
          .end();
    }
  }

  void people() {
    const auto count = scaled(20'000);
    for (std::int64_t i = 0; i < count; ++i) {
      Person person{fmt::format("p-{:06}", i)};
      person.started = begin_of_records + random_.below(900) * day;
      if (random_.chance(0.15))
        person.ended = std::min(now - 2 * day, person.started + random_.between(60, 900) * day);
      if (person.ended == 0 && random_.chance(0.06)) {
        person.transferred = std::min(now - 40 * day, person.started + random_.between(100, 800) * day);
      }
      record("Person")
          .text("id", person.id)
          .text("name", name())
          .text("email", fmt::format("user{}@corp.example", i))
          .texts("aliases", {fmt::format("u{}@corp.example", i)})
          .end();
      const std::string manager = i == 0 ? "" : fmt::format("p-{:06}", (i - 1) / 8);
      employment(person, "new_hire", person.started,
                 person.transferred != 0 ? person.transferred - day : person.ended, manager);
      if (person.transferred != 0) employment(person, "internal_transfer", person.transferred, 0, manager);
      people_.push_back(std::move(person));
    }
  }

  void employment(const Person& person, std::string_view kind, std::int64_t from, std::int64_t until,
                  const std::string& manager) {
    record("Employment")
        .text("id", fmt::format("job-{:07}", next_++))
        .text("person", person.id)
        .text("kind", random_.chance(0.9) ? "employee" : "contractor")
        .text("hire_kind", kind)
        .text("started_on", date(from))
        .maybe("ended_on", maybe_date(until))
        .text("title", words(3))
        .maybe("manager", manager)
        .text("country", random_.chance(0.5) ? "DE" : "US")
        .raw("leaves", "[]")
        .end();
  }

  void accounts() {
    const auto count = static_cast<std::int64_t>(people_.size());
    for (std::int64_t i = 0; i < count; ++i) {
      for (std::int64_t k = 0; k < 4; ++k) {
        // Everybody has an account at the identity provider, which is the first system.
        account(
            i, k == 0
                   ? systems_.front()
                   : systems_[static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(systems_.size())))]);
      }
    }
  }

  void account(std::int64_t owner, const System& system) {
    const Person& person = people_[static_cast<std::size_t>(owner)];
    Account account{uuid(), random_.chance(0.0005) ? -1 : owner, person.started + random_.between(0, 20) * day};
    account.human = person.ended != 0 || random_.chance(0.93);
    const bool service = !account.human;
    if (person.ended != 0 && account.human && !random_.chance(0.001)) {
      account.disabled = person.ended + day + random_.between(-6, random_.chance(0.003) ? 300 : 20) * 3'600;
    }
    const bool enabled = account.disabled == 0;
    const bool sso = account.human && system.sso && account.person >= 0 && random_.chance(0.75);
    const bool enrolled = account.human && !sso && !random_.chance(0.001);
    record("Account")
        .text("id", account.id)
        .text("system", system.id)
        .text("login", fmt::format("{}{}-{}", service ? "svc" : "user", owner, next_++))
        .text("kind", service ? "service" : "human")
        .maybe("owner", account.person < 0 ? "" : person.id)
        .flag("enabled", enabled)
        .text("created_at", instant(account.created))
        .maybe("disabled_at", maybe_instant(account.disabled))
        .maybe("last_used_at", random_.chance(0.9)
                                   ? instant((enabled ? now : account.disabled) - random_.between(1, 90) * 3'600)
                                   : "")
        .flag("password_enabled", account.human && !sso)
        .flag("sso", sso)
        .flag("mfa_enrolled", enrolled)
        .texts("mfa_methods", enrolled ? std::vector<std::string>{"totp", "webauthn"} : std::vector<std::string>{})
        .end();
    account.keyed = random_.chance(0.4);
    if (account.keyed) credential(account);
    const auto grants = random_.between(1, 3);
    for (std::int64_t g = 0; g < grants; ++g) grant(account, person);
  }

  void credential(const Account& account) {
    const auto changed = std::max(account.created, now - random_.between(1, 330) * day);
    record("Credential")
        .text("id", fmt::format("key-{}", hex(20)))
        .text("account", account.id)
        .text("kind", random_.chance(0.7) ? "ssh_key" : "access_key")
        .text("use", "non_console")
        .text("fingerprint", "SHA256:" + hex(43))
        .flag("enabled", account.disabled == 0)
        .text("created_at", instant(account.created))
        .text("rotated_at", instant(changed))
        .end();
  }

  void grant(const Account& account, const Person& person) {
    const std::string id = uuid();
    const auto granted =
        std::min(now - 3 * day, account.created + random_.between(0, 300) * day) + random_.below(day);
    const bool outside = account.keyed ? random_.chance(0.6) : random_.chance(0.001);
    const bool production = random_.chance(0.2);
    const bool ends = random_.chance(0.1);
    const auto expires = ends ? granted + random_.between(30, 400) * day : 0;
    auto revoked = account.disabled;
    if (revoked == 0 && ends && expires < now) revoked = expires + random_.between(-20, 5) * 3'600;
    record("AccessGrant")
        .text("id", id)
        .text("account", account.id)
        .text("role", words(1) + "-admin")
        .flag("privileged", random_.chance(0.1))
        .text("method", outside ? "non_console" : "application")
        .maybe("environment", production ? environments_[static_cast<std::size_t>(
                                               random_.below(static_cast<std::int64_t>(environments_.size())))]
                                         : "")
        .raw("facility", "null")
        .text("granted_at", instant(granted))
        .maybe("expires_at", maybe_instant(expires))
        .maybe("revoked_at", maybe_instant(revoked))
        .text("justification", words(8))
        .raw("ticket", "null")
        .end();
    if (random_.chance(outside ? 0.999 : 0.7)) approval("access_grant", id, granted - random_.between(1, 72) * 600);
    const auto transfer = person.transferred;
    if (transfer > granted && transfer >= begin_of_period && !random_.chance(0.002))
      review(id, transfer + random_.between(1, 25) * day);
    if (random_.chance(0.2)) review(id, begin_of_period + random_.between(1, 350) * day);
  }

  void approval(std::string_view of, const std::string& id, std::int64_t at) {
    auto entry = record("Approval");
    entry.text("id", fmt::format("approval-{:08}", next_++))
        .text("approver", anyone())
        .text("decision", random_.chance(0.999) ? "approved" : "changes_requested")
        .text("at", instant(at))
        .raw("withdrawn_at", "null")
        .maybe("revision", of == "change" ? hex(40) : "")
        .raw("expires_on", "null");
    for (const auto* target : {"policy_version", "change", "data_copy", "access_grant"}) {
      entry.maybe(target, of == target ? id : "");
    }
    entry.end();
  }

  void review(const std::string& grant, std::int64_t at) {
    record("Review")
        .text("id", fmt::format("review-{:08}", next_++))
        .text("kind", "access")
        .text("reviewed_on", date(at))
        .text("reviewer", anyone())
        .text("decision", "retain")
        .raw("policy", "null")
        .text("access_grant", grant)
        .raw("baseline", "null")
        .raw("risk_assessment", "null")
        .end();
  }

  void register_reviews() {
    for (auto at = begin_of_records; at < now; at += 80 * day) {
      record("Review")
          .text("id", fmt::format("review-{:08}", next_++))
          .text("kind", "asset_inventory")
          .text("reviewed_on", date(at))
          .text("reviewer", anyone())
          .text("decision", "no_change")
          .end();
    }
  }

  void assets() {
    static const std::vector<std::string> kinds = {"server", "database", "storage", "workstation",
                                                   "container_platform"};
    for (std::int64_t i = 0; i < scaled(15'000); ++i) {
      const auto seen = begin_of_records + random_.below(800) * day;
      const bool retired = random_.chance(0.1);
      const auto gone = retired ? seen + random_.between(10, 200) * day : 0;
      const auto& system = random_.pick(systems_).id;
      record("Asset")
          .text("id", fmt::format("i-{}", hex(17)))
          .text("name", fmt::format("{}-{}", words(1), i))
          .text("kind", random_.pick(kinds))
          .text("status", retired ? "retired" : "in_use")
          .text("system", system)
          .text("environment", random_.pick(environments_))
          .text("owner", somebody_here())
          .flag("sensitive", random_.chance(0.3))
          .raw("baseline", "null")
          .raw("introduced_by", "null")
          .text("commissioned_on", date(seen))
          .text("first_seen_on", date(seen))
          .text("last_seen_on", date(retired ? gone - day : now - day))
          .text("registered_on", date(seen + 5 * day))
          .maybe("retired_on", maybe_date(gone))
          .text("last_reviewed_on", date(now - random_.between(1, 360) * day))
          .flag("remote_password_login", random_.chance(0.01))
          .raw("redundancy",
               fmt::format("{{\"instances\":{},\"zones\":[\"eu-1a\",\"eu-1b\"],\"automatic_failover\":true}}",
                           random_.between(1, 6)))
          .end();
    }
  }

  void changes() {
    static const std::vector<std::string> stages = {"requirements", "design",  "implementation",
                                                    "code_review",  "testing", "authorization"};
    const auto count = scaled(85'000);
    for (std::int64_t i = 0; i < count; ++i) {
      const std::string id = fmt::format("corp/{}-{}#{}", words(1), i % 700, i);
      const auto opened = begin_of_records + random_.below(now - begin_of_records - 20 * day);
      const auto merged = opened + random_.between(600, 7 * day);
      const std::string revision = hex(40);
      std::string milestones;
      for (const auto& stage : stages) {
        milestones +=
            fmt::format("{}{{\"stage\":\"{}\",\"completed_at\":\"{}\",\"by\":\"{}\"}}",
                        milestones.empty() ? "" : ",", stage, instant(random_.between(opened, merged)), anyone());
      }
      record("Change")
          .text("id", id)
          .text("title", words(9))
          .text("kind", "application")
          .text("urgency", random_.chance(0.02) ? "emergency" : "normal")
          .flag("core", true)
          .flag("customer_impact", random_.chance(0.1))
          .text("system", random_.pick(systems_).id)
          .text("repository", fmt::format("corp/repository-{}", i % 700))
          .text("author", anyone())
          .flag("automated", false)
          .texts("contributors", {anyone(), anyone()})
          .text("ticket", fmt::format("PROJ-{}", random_.below(90'000)))
          .text("revision", revision)
          .text("opened_at", instant(opened))
          .text("merged_at", instant(merged))
          .raw("milestones", "[" + milestones + "]")
          .end();
      approval("change", id, merged - random_.below(500));
      for (std::int64_t t = 0; t < 3; ++t) {
        record("TestRun")
            .text("id", fmt::format("https://ci.corp.example/{}/runs/{}", id, t))
            .text("change", id)
            .text("name",
                  fmt::format("{} / {} (ubuntu-24.04, {})", words(2), t, random_.chance(0.5) ? "x64" : "arm64"))
            .text("kind", t == 0 ? "unit" : "integration")
            .flag("required", true)
            .text("revision", revision)
            .text("status", random_.chance(0.97) ? "passed" : "failed")
            .text("finished_at", instant(merged - random_.below(1'000)))
            .end();
      }
      if (!random_.chance(0.5)) continue;
      record("Deployment")
          .text("id", uuid())
          .text("environment", random_.pick(environments_))
          .texts("changes", {id})
          .text("revision", revision)
          .text("status", "succeeded")
          .text("actor", anyone())
          .text("deployed_at", instant(merged + random_.below(5 * day)))
          .end();
    }
  }

  void tickets() {
    for (std::int64_t i = 0; i < scaled(50'000); ++i) {
      const auto opened = begin_of_records + random_.below(now - begin_of_records - 30 * day);
      record("Ticket")
          .text("id", fmt::format("PROJ-{}", i))
          .text("kind", "customer_support")
          .text("title", words(8))
          .text("description", prose(random_.between(3, 12)))
          .text("status", "closed")
          .text("reporter", anyone())
          .text("customer", fmt::format("customer-{}", random_.below(4'000)))
          .raw("subject", "null")
          .text("assignee", anyone())
          .raw("channel", "null")
          .flag("confidential", false)
          .text("opened_at", instant(opened))
          .text("resolved_at", instant(opened + random_.below(20 * day)))
          .text("disposition", "answered")
          .end();
    }
    for (std::int64_t i = 0; i < scaled(45'000); ++i) {
      const auto fired = begin_of_records + random_.below(now - begin_of_records - day);
      record("Alert")
          .text("id", uuid())
          .text("monitor", fmt::format("monitor-{}", random_.below(500)))
          .text("severity", "medium")
          .text("fired_at", instant(fired))
          .text("notified_at", instant(fired + random_.below(60)))
          .texts("recipients", {"oncall@corp.example", "security@corp.example"})
          .text("acknowledged_at", instant(fired + random_.below(900)))
          .text("resolved_at", instant(fired + random_.below(9'000)))
          .raw("incident", "null")
          .end();
    }
  }

  Company& company_;
  double scale_;
  Random random_{42};
  std::vector<System> systems_;
  std::vector<std::string> environments_;
  std::vector<Person> people_;
  std::int64_t next_ = 0;
};

}  // namespace
}  // namespace writ::bench

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: company FOLDER [SCALE] [--by-entity]\n");
    return 2;
  }
  try {
    const double scale = argc > 2 ? std::atof(argv[2]) : 1.0;
    const bool by_entity = argc > 3 && std::string_view(argv[3]) == "--by-entity";
    writ::bench::Company company(argv[1], "2026-06-30T00:00:00Z", by_entity);
    writ::bench::Generator(company, scale).run();
    company.finish();
  } catch (const std::exception& error) {
    fmt::print(stderr, "company: {}\n", error.what());
    return 1;
  }
}
