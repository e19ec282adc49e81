// Makes up a company's records in the standard entities. About two fifths of the bytes are what access controls
// read (people, accounts, rights, approvals, reviews, assets …), the rest what a company has besides: changes, test
// runs, deployments, tickets, alerts. Faults are few, as in a company that is audited. In: where records go, and a
// scale, of which 1 is about 400 MB of NDJSON. The same scale gives the same bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/records.hpp"

namespace writ::bench {

// Moments are seconds since 1970; 0 is none.
constexpr std::int64_t day = 86'400;
constexpr std::int64_t begin_of_records = 19'539 * day;  // 2023-07-01
constexpr std::int64_t begin_of_period = 20'270 * day;   // 2025-07-01
constexpr std::int64_t now = 20'634 * day;               // 2026-06-30

std::string date(std::int64_t seconds);
std::string instant(std::int64_t seconds);
std::string maybe_instant(std::int64_t seconds);  // empty for 0
std::string maybe_date(std::int64_t seconds);

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

  void run();

 private:
  void systems();
  void people();
  void employment(const Person& person, std::string_view kind, std::int64_t from, std::int64_t until,
                  const std::string& manager);
  void accounts();
  void account(std::int64_t owner, const System& system);
  void credential(const Account& account);
  void grant(const Account& account, const Person& person);
  void approval(std::string_view of, const std::string& id, std::int64_t at);
  void review(const std::string& grant, std::int64_t at);
  void register_reviews();
  void assets();
  void changes();
  void tickets();

  std::int64_t scaled(std::int64_t count) const;
  std::string words(std::int64_t count);
  std::string prose(std::int64_t sentences);  // with line ends and quotes, escaped as in an export
  std::string hex(int digits);
  std::string uuid();
  std::string name();
  const std::string& anyone();
  const std::string& somebody_here();  // somebody who works here, but for one case in a thousand
  Record record(std::string_view entity) { return Record(company_, entity); }

  Company& company_;
  double scale_;
  Random random_{42};
  std::vector<System> systems_;
  std::vector<std::string> environments_;
  std::vector<Person> people_;
  std::int64_t next_ = 0;
};

}  // namespace writ::bench
