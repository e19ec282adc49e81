// company FOLDER [SCALE] [--by-entity]: writes a generated company's records into one file of mixed NDJSON, and
// with
// `--by-entity` into a file for each entity as well. Here: the order of things, and the texts that all records
// need.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>

#include "tests/bench/generator.hpp"

namespace writ::bench {

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

void Generator::run() {
  systems();
  people();
  accounts();
  assets();
  changes();
  tickets();
  register_reviews();
}

std::int64_t Generator::scaled(std::int64_t count) const {
  return std::max<std::int64_t>(3, static_cast<std::int64_t>(static_cast<double>(count) * scale_));
}

std::string Generator::words(std::int64_t count) {
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

std::string Generator::prose(std::int64_t sentences) {
  std::string text;
  for (std::int64_t i = 0; i < sentences; ++i) {
    text += words(random_.between(6, 16));
    text += random_.chance(0.15) ? " \\\"" + words(2) + "\\\".\\n\\n" : ". ";
  }
  return text;
}

std::string Generator::hex(int digits) {
  std::string text;
  while (static_cast<int>(text.size()) < digits) text += fmt::format("{:016x}", random_.bits());
  text.resize(static_cast<std::size_t>(digits));
  return text;
}

std::string Generator::uuid() { return fmt::format("{}-{}-4{}-a{}-{}", hex(8), hex(4), hex(3), hex(3), hex(12)); }

const std::string& Generator::anyone() { return random_.pick(people_).id; }

const std::string& Generator::somebody_here() {
  const bool slip = random_.chance(0.001);
  while (true) {
    const Person& person = random_.pick(people_);
    if ((person.ended == 0 && person.started <= now) || slip) return person.id;
  }
}

std::string Generator::name() {
  static const std::vector<std::string> given = {"Ana", "Bo",  "Chidi", "Dana", "Emre",
                                                 "Fay", "Gil", "Hana",  "Ivo",  "Jun"};
  static const std::vector<std::string> family = {"Okafor", "Lind", "Sato", "Novák",
                                                  "Garcia", "Weiß", "Khan", "Silva"};
  return random_.pick(given) + " " + random_.pick(family);
}

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
