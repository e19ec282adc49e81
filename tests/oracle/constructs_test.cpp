// The generator makes every construct of the language, and where it decides something
// (tests/support/oracle_census.hpp says when it does). To see how often, over as many cases as WRIT_ORACLE_CENSUS
// says (2,000 unless told):
//     WRIT_ORACLE_CENSUS=2000 build/release/tests/oracle/oracle "[census]"
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

#include "tests/support/oracle_census.hpp"

using writ::support::Census;
using writ::support::Choices;

namespace {

constexpr std::uint32_t enough = 2;  // cases in which each must decide something, within the first `at_most`
constexpr std::uint64_t at_most = 1000;

const std::vector<std::string>& constructs() {
  static const std::vector<std::string> names = {
      "?field",
      "?field of a nested record",
      "?field through a reference",
      "a relation",
      "a relation through 2",
      "a relation through 3",
      "a relation through itself",
      "add",
      "all records",
      "all records of a derived entity",
      "builtin",
      "call",
      "check of a template",
      "check: a member fails to evaluate",
      "check: another for",
      "check: another require",
      "check: for",
      "check: let",
      "check: message",
      "check: require",
      "check: tuple taken apart",
      "check: when empty fail",
      "check: where",
      "coalesce",
      "column of a tuple",
      "conditional",
      "derive: a key",
      "derive: a key is taken",
      "derive: a list",
      "derive: a nested record",
      "derive: a reference",
      "derive: a reference leads nowhere",
      "derive: a requirement is broken",
      "derive: a set",
      "derive: a source has no date",
      "derive: a source is not supplied",
      "derive: a value",
      "derive: another for",
      "derive: for",
      "derive: let",
      "derive: message",
      "derive: of what is derived",
      "derive: records are made",
      "derive: records beside supplied ones",
      "derive: require",
      "derive: something cannot be told",
      "derive: where",
      "divide",
      "enum_member",
      "equal",
      "equal of references",
      "evidence: a bad record",
      "field",
      "field of a derived record",
      "field of a nested record",
      "field of an element of a list of records",
      "field through a reference",
      "field: a list",
      "field: a reference",
      "field: a set",
      "greater",
      "greater_equal",
      "in: a list",
      "in: a network",
      "in: a range",
      "in: a set",
      "interpolate",
      "inverse",
      "is_dangling",
      "is_missing",
      "is_missing of a reference",
      "is_present",
      "is_present of a reference",
      "less",
      "less_equal",
      "like",
      "list",
      "local",
      "logical_and",
      "logical_not",
      "logical_or",
      "matches",
      "missing",
      "multiply",
      "negate",
      "not_equal",
      "not_equal of references",
      "now",
      "order of an enum",
      "pack: exclude",
      "pack: set",
      "param",
      "parameter: bound",
      "period",
      "present",
      "query: [… for …]",
      "query: [… for …] over several",
      "query: avg",
      "query: avg over several",
      "query: count",
      "query: count over several",
      "query: every",
      "query: every over several",
      "query: first",
      "query: latest",
      "query: max",
      "query: max over several",
      "query: max_gap",
      "query: max_gap over several",
      "query: min",
      "query: min over several",
      "query: no",
      "query: no over several",
      "query: percent",
      "query: percent over several",
      "query: some",
      "query: some over several",
      "query: sum",
      "query: sum over several",
      "query: {… for …}",
      "query: {… for …} over several",
      "range",
      "record",
      "reference",
      "remainder",
      "rule: a relation aggregated",
      "rule: a relation denied",
      "rule: cannot be told",
      "rule: condition",
      "set",
      "subtract",
      "today",
      "verdict: error",
      "verdict: fail",
      "verdict: no_evidence",
      "verdict: not_applicable",
      "verdict: pass",
      "verdict: waived",
      "waiver: by condition",
      "waiver: by key",
      "waiver: covers not all",
      "waiver: of whatever there is",
      "waiver: where",
      "widen",
  };
  return names;
}

}  // namespace

TEST_CASE("generated cases hold every construct, where it decides something", "[oracle]") {
  Census census(enough);
  std::vector<std::string> open = constructs();
  for (std::uint64_t seed = 1; seed <= at_most && !open.empty(); ++seed) {
    Choices choices(seed);
    census.add(writ::support::generate_case(choices));
    std::erase_if(open, [&](const std::string& name) {
      const auto found = census.constructs().find(name);
      return found != census.constructs().end() && found->second.decides >= enough;
    });
  }
  for (const std::string& name : open) FAIL_CHECK("hardly ever decides anything: " << name);
}

TEST_CASE("how often each construct appears and decides", "[.][census]") {
  const char* asked = std::getenv("WRIT_ORACLE_CENSUS");
  const std::uint64_t cases = asked == nullptr ? 2000 : std::strtoull(asked, nullptr, 10);
  Census census(0xffffffff);
  for (std::uint64_t seed = 1; seed <= cases; ++seed) {
    Choices choices(seed);
    census.add(writ::support::generate_case(choices));
  }
  for (const auto& [name, occurrence] : census.constructs()) {
    std::cout << std::left << std::setw(48) << name << std::right << std::setw(6) << occurrence.appears << " appear"
              << std::setw(6) << occurrence.decides << " decide\n";
  }
}
