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

// One pack's part of a run, or the run of rules without a pack.
struct PackRun {
  std::optional<std::size_t> pack;        // in Program::packs
  std::vector<language::CheckId> checks;  // that it is about
  engine::RunOptions options;
  std::vector<facts::Value> parameters;  // by ParamId
};

struct PreparedRun {
  language::Program program;
  facts::FactStore store;
  engine::RunOptions options;            // what all packs have in common
  std::vector<PackRun> packs;            // at least one, where `prepare` has made it
  facts::Arena arena;                    // of parameters
  std::vector<facts::Value> parameters;  // by ParamId, of an expression
  bool now_from_clock = false;
  bool unreadable = false;  // some evidence could not be read; what it feeds is in error
};

// The parts of `prepare`, for what prepares a run in another way. What is wrong goes to the session's sink.
bool set_clock(Session& session, const RunArguments& arguments, PreparedRun& run);
facts::IngestOptions ingest_options(Session& session, const RunArguments& arguments, PreparedRun& run);
// `--set`: each checked against its parameter's type.
void apply_settings(Session& session, const RunArguments& arguments, language::Program& program,
                    std::vector<language::ParamSetting>& settings);

// No value, and `status`, where the run cannot take place. `only` are control ids or `CONTROL.check`; packs that
// have nothing of them are left out.
std::optional<PreparedRun> prepare(Session& session, const RunArguments& arguments,
                                   const std::vector<std::string>& only, ExitStatus& status);

// Reads evidence into the store; false where there is none to read. `unreadable` tells of files with errors.
bool read_evidence(Session& session, const language::Program& program, const std::vector<std::string>& paths,
                   const facts::IngestOptions& options, facts::FactStore& store, bool& unreadable);

// Makes a pack's part of the run the one that the program is evaluated for.
void enter(language::Program& program, const PackRun& run);

// Leaves `selected` only the controls of these checks, so that nothing else is read or reported on.
void select(language::Program& program, const std::vector<language::CheckId>& checks);

}  // namespace writ::cli
