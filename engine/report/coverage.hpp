// Which conditions tests made true and false: as text for a person, as JSON (docs/schemas/coverage.schema.json), as
// LCOV's tracefile and as Cobertura's XML. A condition is two branches, true and false. The same observations give
// the same bytes: no report holds a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/report/page.hpp"
#include "engine/tests/coverage.hpp"
#include "language/program.hpp"

namespace writ::report {

struct CoverageReport {
  std::string_view version;  // of writ
  const language::Program& program;
  const std::vector<tests::Condition>& conditions;  // by file and place
};

struct CoverageTotals {
  std::size_t conditions = 0;
  std::size_t covered = 0;
  std::size_t excused = 0;  // of the covered: by a comment
  double percent() const;   // 100 where there is no condition
};
CoverageTotals totals(const std::vector<tests::Condition>& conditions);

// Files with their shares; of conditions that are not covered, which side is missing.
std::string coverage_to_text(const CoverageReport& report, const TextStyle& style);
std::string coverage_to_json(const CoverageReport& report);
std::string coverage_to_lcov(const CoverageReport& report);
std::string coverage_to_cobertura(const CoverageReport& report);

}  // namespace writ::report
