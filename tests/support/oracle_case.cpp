#include "tests/support/oracle_case.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/derive/derive.hpp"
#include "language/compile.hpp"
#include "language/dependencies/graph.hpp"
#include "language/diagnostics/render.hpp"
#include "stdlib/functions/table.hpp"
#include "tests/support/compare.hpp"

namespace writ::support {

namespace {

constexpr std::uint64_t max_steps = 3'000'000;

types::Timestamp moment(std::string_view text) {
  const auto value = types::parse_timestamp(text);
  if (!value) throw std::invalid_argument("not a timestamp");
  return *value;
}

std::string rendered(const diagnostics::Sink& sink, const language::Program& program) {
  static const source::SourceSet nothing;
  return diagnostics::render_text(sink, program.sources ? *program.sources : nothing, {});
}

// The checker follows what is known to be there further than the generator does, and then finds a test for it idle.
bool knows_more(const diagnostics::Sink& sink) {
  return std::all_of(sink.all().begin(), sink.all().end(), [](const diagnostics::Diagnostic& diagnostic) {
    return diagnostic.severity != diagnostics::Severity::error ||
           diagnostic.code == diagnostics::Code::not_optional;
  });
}

void derive_whole(EvaluatedCase& evaluated) {
  const language::Program& program = evaluated.program;
  facts::Arena arena;
  diagnostics::Sink sink;
  std::vector<facts::Value> params =
      engine::bind_parameters(program, evaluated.options, functions::kernels(), arena, sink);
  const plan::Plan plan = plan::lower(program);
  eval::Run run(program, plan, evaluated.store, functions::kernels(), std::move(params),
                engine::clock_of(evaluated.options));
  const std::vector<dependencies::Reads> reads = dependencies::reads_of_checks(program);
  const std::vector<language::CheckId> checks = engine::chosen_checks(program, {}, sink);
  derive::derive(run, evaluated.store,
                 derive::relations_of(reads, engine::evaluable_checks(program, evaluated.store, reads, checks)));
}

}  // namespace

std::string OracleCase::text() const {
  std::string out = "---- generated.writ\n" + program.text();
  for (const GeneratedFile& file : files) out += "---- " + file.name + "\n" + file.text();
  return out;
}

language::Program compile(const GeneratedProgram& program, diagnostics::Sink& sink) {
  return language::compile({{{"generated.writ", program.text()}}, {}, functions::table()}, sink);
}

engine::RunOptions options_of(const OracleCase& oracle_case, const language::Program& program) {
  engine::RunOptions options;
  options.now = moment("2026-06-30T00:00:00Z");
  options.period_start = moment("2025-07-01T00:00:00Z");
  options.period_end = moment("2026-07-01T00:00:00Z");
  options.threads = oracle_case.threads;
  if (program.entered) {
    options.waivers = program.packs[language::index(*program.entered)].waivers;
  } else {
    for (std::uint32_t id = 0; id < program.waivers.size(); ++id)
      options.waivers.push_back(static_cast<language::WaiverId>(id));
  }
  return options;
}

OracleCase generate_case(Choices& choices) {
  OracleCase out;
  out.program = generate_program(choices, functions::table());
  diagnostics::Sink sink;
  const language::Program program = compile(out.program, sink);
  if (!sink.has_errors()) out.files = generate_facts(program, choices);
  out.threads = choices.chance(20) ? 3 : 1;
  return out;
}

std::optional<OracleRun> EvaluatedCase::oracle(const std::vector<bool>* failing) {
  return run_oracle(program, derives ? &before : nullptr, store, functions::kernels(), options, max_steps, failing);
}

EvaluatedCase evaluate_case(const OracleCase& oracle_case) {
  EvaluatedCase out;
  out.program = compile(oracle_case.program, out.compilation);
  if (out.compilation.has_errors()) return out;
  out.options = options_of(oracle_case, out.program);
  facts::IngestOptions ingest;
  ingest.threads = oracle_case.threads;
  diagnostics::Sink evidence;
  out.store = facts::ingest(out.program, inputs_of(oracle_case.files), ingest, evidence);
  // The oracle derives of what was read; the engine adds to it.
  out.derives = std::any_of(
      out.program.derivations.begin(), out.program.derivations.end(),
      [&](const language::DerivationDef& derivation) { return !out.program.entity(derivation.target).relation; });
  if (out.derives) out.before = facts::ingest(out.program, inputs_of(oracle_case.files), ingest, evidence);
  // First the engine: the oracle holds the tuples of its relations to its own, and keeps their order. What is not
  // asked for has not been derived then; the oracle wants it all.
  out.verdicts = engine::evaluate(out.program, out.store, functions::kernels(), out.options, out.evaluation);
  if (!out.evaluation.has_errors()) derive_whole(out);
  return out;
}

CaseReport run_case(const OracleCase& oracle_case) {
  CaseReport report;
  EvaluatedCase evaluated = evaluate_case(oracle_case);
  if (evaluated.compilation.has_errors()) {
    report.outcome = knows_more(evaluated.compilation) ? CaseOutcome::given_up : CaseOutcome::rejected;
    report.text = rendered(evaluated.compilation, evaluated.program);
    return report;
  }
  const auto oracle = evaluated.oracle();
  if (!oracle) {
    report.outcome = CaseOutcome::given_up;
    return report;
  }
  for (const OracleResult& result : oracle->results) {
    report.members += result.population;
    report.findings += result.findings.size();
    report.failures += result.failures.size();
    report.errors += result.verdict == verdict::Verdict::error ? 1 : 0;
  }
  report.text = differences(evaluated.program, evaluated.verdicts, *oracle);
  if (report.text.empty()) return report;
  report.outcome = CaseOutcome::differs;
  report.about = oracle->refused          ? Difference::parameters
                 : !oracle->facts.empty() ? Difference::facts
                                          : Difference::results;
  if (evaluated.evaluation.has_errors()) report.text += rendered(evaluated.evaluation, evaluated.program);
  return report;
}

}  // namespace writ::support
