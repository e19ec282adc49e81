// A whole run in memory, for tests: rule texts and evidence in, verdicts out, with the real library of functions.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/evaluate.hpp"
#include "engine/facts/ingest.hpp"
#include "language/compile.hpp"

namespace writ::support {

class Scenario {
 public:
  // Rules without a `module` line. The standard library can be used.
  explicit Scenario(std::string rules);

  // Evidence under the name of a file, as it would lie in a folder: {"Person": [...]} in any .json.
  Scenario& facts(std::string name, std::string json);
  Scenario& now(std::string_view timestamp);                       // 2026-06-30T00:00:00Z unless told
  Scenario& period(std::string_view start, std::string_view end);  // timestamps; the year before `now` unless told
  Scenario& collected_at(std::string_view timestamp);
  Scenario& threads(unsigned count);
  Scenario& only(std::string id);
  Scenario& set(std::string name, std::string value);

  // Compiles, reads, evaluates. What was wrong is in diagnostics().
  const verdict::Verdicts& run();

  const language::Program& program() const { return program_; }
  language::Program& program() { return program_; }
  const facts::FactStore& store() const { return store_; }
  facts::FactStore& store() { return store_; }
  const engine::RunOptions& options() const { return options_; }
  std::string diagnostics() const;  // rendered, without colour; empty where there are none
  bool failed() const { return sink_.has_errors(); }

  // The result of a check by its qualified name; ends the test where there is none.
  const verdict::CheckResult& check(std::string_view name);
  // `fail`, `pass`, …
  std::string verdict_of(std::string_view check_or_control);
  // `key: message` a finding, sorted, joined by newlines.
  std::string findings(std::string_view check);

 private:
  std::vector<language::SourceText> texts_;
  std::vector<facts::FactInput> inputs_;
  std::vector<std::pair<std::string, std::string>> settings_;
  engine::RunOptions options_;
  facts::IngestOptions ingest_;
  diagnostics::Sink sink_;
  language::Program program_;
  facts::FactStore store_;
  verdict::Verdicts verdicts_;
};

}  // namespace writ::support
