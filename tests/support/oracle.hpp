// A second evaluator, to hold the engine to: direct recursion over the checked program, one member and one element
// at a time. No plan, no index, no batch; inverses are found by looking at every record of the referring entity.
// In: a program without errors and the facts that were read for it. Out: for each check of a selected control what
// its verdict rests on. Only values, their arithmetic and the built-in functions are shared with the engine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/evaluate.hpp"

namespace writ::support {

// What a message begins with that could not be made; the reason follows in the engine's.
inline constexpr std::string_view failed_message = "the message could not be made";

struct OracleFinding {
  std::string key;
  std::uint32_t requirement = 0;
  std::string message;
  std::optional<language::WaiverId> waiver;  // that covers it

  bool operator==(const OracleFinding&) const = default;
};

struct OracleResult {
  language::CheckId check{};
  verdict::Verdict verdict{};
  std::uint64_t population = 0;
  std::uint64_t tested = 0;
  std::uint64_t broken = 0;
  std::uint64_t waived = 0;
  bool excluded = false;                // the pack leaves it out
  std::vector<OracleFinding> findings;  // in order of the population
  std::vector<std::string> failures;    // keys, in order of the population

  bool operator==(const OracleResult&) const = default;
};

struct OracleRun {
  bool refused = false;               // a parameter has no value, or one out of its bound
  std::vector<std::string> facts;     // differences to derived records or tuples of the engine's: then no results
  std::vector<OracleResult> results;  // by check, those of selected controls

  bool operator==(const OracleRun&) const = default;
};

// `before`: the facts as they were read, where derivations make records of them; keys that these name are added to
// it. `store`: as the engine left it, with derived records and the tuples of relations. `failing`: expressions that
// are to fail, see OracleEvaluator. No value where more than `max_steps` expressions would have to be evaluated.
std::optional<OracleRun> run_oracle(const language::Program& program, facts::FactStore* before,
                                    const facts::FactStore& store, facts::KernelTable kernels,
                                    const engine::RunOptions& options, std::uint64_t max_steps,
                                    const std::vector<bool>* failing = nullptr);

}  // namespace writ::support
