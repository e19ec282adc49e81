// The engine and the oracle on generated programs and facts: 4,000 cases a run, or as many as 45 seconds allow. A case is
// made from its seed alone. The environment says otherwise:
//     WRIT_ORACLE_CASES    how many cases
//     WRIT_ORACLE_SECONDS  when to stop, whatever is left
//     WRIT_ORACLE_SEED     the first seed
//     WRIT_ORACLE_SHOW     prints each case before it is run
// 100,000 cases, which take about half an hour:
//     ./dev build
//     WRIT_ORACLE_CASES=100000 WRIT_ORACLE_SECONDS=36000 build/release/tests/oracle/oracle "the engine agrees*"
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/support/oracle_case.hpp"

using writ::support::CaseOutcome;
using writ::support::CaseReport;
using writ::support::Choices;
using writ::support::OracleCase;

namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

}  // namespace

TEST_CASE("the engine agrees with the oracle on generated cases", "[oracle]") {
  const std::uint64_t cases = setting("WRIT_ORACLE_CASES", 4000);
  const std::uint64_t first = setting("WRIT_ORACLE_SEED", 1);
  const auto limit = std::chrono::seconds(setting("WRIT_ORACLE_SECONDS", 45));
  const auto start = std::chrono::steady_clock::now();
  CaseReport totals;
  std::uint64_t run = 0;
  std::uint64_t given_up = 0;
  std::uint64_t with_failures = 0;
  for (; run < cases && std::chrono::steady_clock::now() - start < limit; ++run) {
    const std::uint64_t seed = first + run;
    INFO("WRIT_ORACLE_SEED=" << seed);
    Choices choices(seed);
    const OracleCase generated = writ::support::generate_case(choices);
    if (std::getenv("WRIT_ORACLE_SHOW") != nullptr) std::cout << generated.text() << std::flush;
    const CaseReport report = writ::support::run_case(generated);
    if (report.outcome == CaseOutcome::rejected) {
      FAIL("the generated program does not compile\n" << report.text << "\n" << generated.program.text());
    }
    if (report.outcome == CaseOutcome::differs) {
      const OracleCase small = writ::support::shrink(generated, 20000);
      FAIL("engine and oracle differ\n"
           << report.text << "\nshrunk:\n"
           << writ::support::run_case(small).text << small.text());
    }
    given_up += report.outcome == CaseOutcome::given_up ? 1 : 0;
    with_failures += report.failures > 0 ? 1 : 0;
    totals.members += report.members;
    totals.findings += report.findings;
    totals.failures += report.failures;
    totals.errors += report.errors;
  }
  std::cout << run << " cases from seed " << first << ": " << totals.members << " members, " << totals.findings
            << " findings, " << totals.failures << " failures in " << with_failures << " cases, " << given_up
            << " given up\n";
  // Cases that say nothing would agree as well. Of a few that is not known.
  if (run < 500) return;
  CHECK(given_up * 20 <= run);
  CHECK(totals.members > run);
  CHECK(totals.findings * 4 > run);
  CHECK(totals.failures > run / 20);
}
