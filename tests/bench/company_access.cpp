// Who is in the company and what they may do: systems, people, jobs, accounts, rights, decisions on them.
#include <fmt/format.h>

#include <algorithm>

#include "tests/bench/generator.hpp"

namespace writ::bench {

void Generator::systems() {
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

void Generator::people() {
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

void Generator::employment(const Person& person, std::string_view kind, std::int64_t from, std::int64_t until,
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

void Generator::accounts() {
  const auto count = static_cast<std::int64_t>(people_.size());
  for (std::int64_t i = 0; i < count; ++i) {
    for (std::int64_t k = 0; k < 4; ++k) {
      // Everybody has an account at the identity provider, which is the first system.
      account(i,
              k == 0
                  ? systems_.front()
                  : systems_[static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(systems_.size())))]);
    }
  }
}

void Generator::account(std::int64_t owner, const System& system) {
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

void Generator::credential(const Account& account) {
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

void Generator::grant(const Account& account, const Person& person) {
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

void Generator::approval(std::string_view of, const std::string& id, std::int64_t at) {
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

void Generator::review(const std::string& grant, std::int64_t at) {
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

void Generator::register_reviews() {
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

}  // namespace writ::bench
