// One comparison of the engine with the oracle: a generated program, evidence for it, and what came of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/evaluate.hpp"
#include "tests/support/generate_facts.hpp"
#include "tests/support/generate_program.hpp"
#include "tests/support/oracle.hpp"

namespace writ::support {

struct OracleCase {
  GeneratedProgram program;
  std::vector<GeneratedFile> files;
  unsigned threads = 1;

  std::string text() const;  // program and files, for a person
};

enum class CaseOutcome { agrees, given_up, rejected, differs };
// What a difference is about: whether the parameters hold, what is derived of the evidence, or what checks come to.
enum class Difference { none, parameters, facts, results };

struct CaseReport {
  CaseOutcome outcome = CaseOutcome::agrees;
  Difference about = Difference::none;
  std::string text;  // rejected: the diagnostics; differs: the differences
  // Of the checks: how many members, findings and failures there were, to tell whether cases say anything.
  std::uint64_t members = 0;
  std::uint64_t findings = 0;
  std::uint64_t failures = 0;
  std::uint64_t errors = 0;
};

OracleCase generate_case(Choices& choices);
// The program of a case; one with errors where the checker knows more than the generator does.
language::Program compile(const GeneratedProgram& program, diagnostics::Sink& sink);
// When and how a case is judged, with all the waivers that apply.
engine::RunOptions options_of(const OracleCase& oracle_case, const language::Program& program);

// What came of a case: of one whose program does not compile, that alone.
struct EvaluatedCase {
  diagnostics::Sink compilation;
  language::Program program;
  engine::RunOptions options;
  bool derives = false;     // records are derived
  facts::FactStore before;  // then: what was read
  facts::FactStore store;   // as the engine left it
  diagnostics::Sink evaluation;
  verdict::Verdicts verdicts;

  std::optional<OracleRun> oracle(const std::vector<bool>* failing = nullptr);
};
EvaluatedCase evaluate_case(const OracleCase& oracle_case);

CaseReport run_case(const OracleCase& oracle_case);
// The smallest case found that still differs, by leaving out records, checks, lines and parts of expressions.
// Runs at most `attempts` cases.
OracleCase shrink(OracleCase oracle_case, int attempts);

}  // namespace writ::support
