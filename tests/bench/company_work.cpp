// What the company owns and does: assets, changes with their tests and deployments, tickets, alerts.
#include <fmt/format.h>

#include "tests/bench/generator.hpp"

namespace writ::bench {

void Generator::assets() {
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

void Generator::changes() {
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
          fmt::format("{}{{\"stage\":\"{}\",\"completed_at\":\"{}\",\"by\":\"{}\"}}", milestones.empty() ? "" : ",",
                      stage, instant(random_.between(opened, merged)), anyone());
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

void Generator::tickets() {
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

}  // namespace writ::bench
