// What `eval` and `explain` have in common: rules, settings, clock, chosen controls and evidence, in this order, so
// that what is wrong with the rules or the call is said before any evidence is read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/rules.hpp"
#include "engine/evaluate.hpp"
#include "engine/facts/ingest.hpp"

namespace writ::cli {

struct RunArguments {
  std::vector<std::string> packs;
  std::vector<std::string> facts;
  std::vector<std::string> settings;
  std::string now, period, collected_at;
  std::string threads;

  // Adds the options, and PACK as the positional.
  void configure(CLI::App& app);
};

struct PreparedRun {
  language::Program program;
  facts::FactStore store;
  engine::RunOptions options;
  facts::Arena arena;                    // of `parameters`
  std::vector<facts::Value> parameters;  // by ParamId
  bool now_from_clock = false;
  bool unreadable = false;  // some evidence could not be read; what it feeds is in error
};

// No value, and `status`, where the run cannot take place. `only` are control ids or `CONTROL.check`.
std::optional<PreparedRun> prepare(Session& session, const RunArguments& arguments,
                                   const std::vector<std::string>& only, ExitStatus& status);

// Reads evidence into the store; false where there is none to read. `unreadable` tells of files with errors.
bool read_evidence(Session& session, const language::Program& program, const std::vector<std::string>& paths,
                   const facts::IngestOptions& options, facts::FactStore& store, bool& unreadable);

// Leaves `selected` only the controls of these checks, so that nothing else is read or reported on.
void select(language::Program& program, const std::vector<language::CheckId>& checks);

}  // namespace writ::cli
