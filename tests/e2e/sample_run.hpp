// The sample organisation, run in this process: its rules as they lie in rules/sample-organization, its evidence as
// texts that a test may change first. The rules are compiled once for all runs.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/evaluate.hpp"
#include "engine/facts/ingest.hpp"
#include "language/compile.hpp"

namespace writ::e2e {

// By its path below the folder of evidence: `hr/person.json`.
using Evidence = std::map<std::string, std::string>;

struct CheckOutcome {
  verdict::Verdict verdict{};
  std::uint64_t population = 0;
  std::vector<std::string> reasons;
  std::vector<verdict::Finding> findings;
  std::vector<verdict::Failure> failures;
};

struct Outcome {
  std::map<std::string, CheckOutcome> checks;        // by `ACC-07.no_orphans`
  std::map<std::string, verdict::Verdict> controls;  // by `ACC-07`
  facts::FactStore store;
  verdict::Verdicts verdicts;
  engine::RunOptions options;
  std::string diagnostics;

  // (check, key) of every finding.
  std::set<std::pair<std::string, std::string>> findings() const;
  std::set<std::string> fingerprints() const;
  // Everything that was decided, in order, as text.
  std::string text() const;
};

// The program of the sample's rules; ends the test where they do not compile.
const language::Program& sample_program();
const Evidence& sample_evidence();
// The entities that a file of the sample holds: `Person` of hr/person.json.
std::vector<std::string> entities_in(std::string_view file);
std::string read_text(const std::string& path);

// 2026-06-30T00:00:00Z, period 2025-07-01 to 2026-07-01 (exclusive). Files are handed over in the map's order, or
// in the opposite one.
Outcome run_sample(const Evidence& evidence, unsigned threads = 0, bool reversed = false);

// The same for other rules and evidence: what tests/vendor uses. `collected_at`: when evidence without a date was
// collected; it stays undated where that is empty.
Outcome run_rules(const language::Program& program, std::vector<facts::FactInput> inputs, unsigned threads,
                  std::string_view collected_at = {});
language::Program compile_files(const std::vector<std::string>& paths);

}  // namespace writ::e2e
