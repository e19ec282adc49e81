// The bytes decide a program and its evidence (tests/support/generate_*). The plan with its rewrites and the plan
// without them are sound, and come to the same, byte for byte.
#include <algorithm>
#include <string>
#include <vector>

#include "engine/derive/derive.hpp"
#include "engine/derive/records.hpp"
#include "engine/verdict/decide.hpp"
#include "fuzz/invariants.hpp"
#include "language/dependencies/graph.hpp"
#include "stdlib/functions/table.hpp"
#include "tests/support/oracle_case.hpp"

namespace {

using namespace writ;

// The tuples of relations, and what is found. In which order members fail, and by which of several failures, says
// nothing; of a message that could not be made, why.
std::string dump(const language::Program& program, const facts::FactStore& store,
                 const verdict::Verdicts& verdicts) {
  std::string out;
  for (std::uint32_t id = 0; id < program.entities.size(); ++id) {
    if (!program.entities[id].relation) continue;
    const facts::EntityFacts& tuples = store.entities[id];
    out += program.entities[id].name + (tuples.broken ? " is not known as a whole\n" : "\n");
    for (std::uint32_t row = 0; row < tuples.rows; ++row) {
      for (std::size_t i = 0; i < tuples.columns.size(); ++i)
        out += " " + facts::to_text(tuples.columns[i].at(row), program.entities[id].fields[i].type, program, store);
      out += "\n";
    }
  }
  for (const auto& control : verdicts.controls) {
    for (const verdict::CheckResult& check : control.checks) {
      out += program.checks[language::index(check.check)].qualified_name + " ";
      out += verdict::spelling(check.verdict);
      for (const auto count : {check.population, check.tested, check.broken, check.waived})
        out += " " + std::to_string(count);
      out += "\n";
      for (const auto& finding : check.findings) {
        const bool made = !finding.message.starts_with("the message could not be made");
        out += "  " + finding.key + " " + std::to_string(finding.requirement) + ": " +
               (made ? finding.message : std::string()) +
               (finding.waiver ? " waived " + std::to_string(language::index(*finding.waiver)) : "") + "\n";
      }
      std::vector<std::string> failures;
      for (const auto& failure : check.failures) failures.push_back(failure.key);
      std::sort(failures.begin(), failures.end());
      for (const std::string& failure : failures) out += "  failed: " + failure + "\n";
    }
  }
  return out;
}

std::string evaluate(const support::OracleCase& generated, const language::Program& program, bool rewrite) {
  const plan::Plan plan = plan::lower(program, {.rewrite = rewrite});
  const std::string wrong = plan::verify(program, plan);
  fuzz::require(wrong.empty(), wrong.c_str());
  diagnostics::Sink evidence;
  facts::FactStore store = facts::ingest(program, support::inputs_of(generated.files), {}, evidence);
  const engine::RunOptions options = support::options_of(generated, program);
  diagnostics::Sink sink;
  const std::vector<language::CheckId> checks = engine::chosen_checks(program, {}, sink);
  facts::Arena arena;
  std::vector<facts::Value> params = engine::bind_parameters(program, options, functions::kernels(), arena, sink);
  if (sink.has_errors()) return "";
  derive::derive_records(program, plan, store, functions::kernels(), engine::clock_of(options));
  eval::Run run(program, plan, store, functions::kernels(), std::move(params), engine::clock_of(options));
  const std::vector<dependencies::Reads> reads = dependencies::reads_of_checks(program);
  derive::derive(run, store, derive::relations_of(reads, engine::evaluable_checks(program, store, reads, checks)));
  return dump(program, store, verdict::decide(run, checks, {options.threads, 0, options.waivers}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  support::Choices choices(std::span<const std::uint8_t>(data, size));
  const support::OracleCase generated = support::generate_case(choices);
  diagnostics::Sink sink;
  const language::Program program = support::compile(generated.program, sink);
  if (sink.has_errors()) return 0;
  const std::string plain = evaluate(generated, program, false);
  const std::string rewritten = evaluate(generated, program, true);
  if (plain == rewritten) return 0;
  std::fprintf(stderr, "%s\n---- without rewrites\n%s\n---- with them\n%s\n", generated.text().c_str(),
               plain.c_str(), rewritten.c_str());
  fuzz::require(false, "rewrites change nothing");
  return 0;
}
