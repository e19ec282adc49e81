#include "tests/e2e/sample_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "language/diagnostics/render.hpp"
#include "stdlib/functions/table.hpp"
#include "stdlib/modules.hpp"

namespace writ::e2e {

namespace {

const std::string home = WRIT_SOURCE_DIR "/rules/sample-organization";

Evidence load_evidence() {
  Evidence evidence;
  const std::filesystem::path root = home + "/evidence";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    evidence[std::filesystem::relative(entry.path(), root).generic_string()] = read_text(entry.path().string());
  }
  if (evidence.empty()) throw std::runtime_error("no evidence below " + root.string());
  return evidence;
}

types::Timestamp instant(std::string_view text) { return types::parse_timestamp(text).value(); }

}  // namespace

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

language::Program compile_files(const std::vector<std::string>& paths) {
  language::CompileInput input;
  for (const std::string& path : paths) input.texts.push_back({path, read_text(path)});
  input.library = stdlib::modules();
  input.functions = functions::table();
  diagnostics::Sink sink;
  language::Program program = language::compile(std::move(input), sink);
  if (!sink.all().empty()) {
    const std::string text = diagnostics::render_text(sink, *program.sources, {});
    throw std::runtime_error("the rules do not compile without a word:\n" + text);
  }
  return program;
}

const language::Program& sample_program() {
  static const language::Program program = compile_files({home + "/controls.writ", home + "/pack.writ"});
  return program;
}

const Evidence& sample_evidence() {
  static const Evidence evidence = load_evidence();
  return evidence;
}

std::vector<std::string> entities_in(std::string_view file) {
  const std::string& text = sample_evidence().at(std::string(file));
  const std::string first = text.substr(0, text.find('\n'));
  const auto document = nlohmann::json::parse(file.ends_with(".ndjson") ? first : text);
  if (document.contains("entity")) return {document["entity"].get<std::string>()};
  std::vector<std::string> names;
  for (const auto& member : document.items()) names.push_back(member.key());
  return names;
}

Outcome run_rules(const language::Program& program, std::vector<facts::FactInput> inputs, unsigned threads,
                  std::string_view collected_at) {
  Outcome outcome;
  engine::RunOptions& options = outcome.options;
  options.now = instant("2026-06-30T00:00:00Z");
  options.period_start = instant("2025-07-01T00:00:00Z");
  options.period_end = instant("2026-07-01T00:00:00Z");
  options.threads = threads;
  facts::IngestOptions ingest;
  ingest.threads = threads;
  if (!collected_at.empty()) ingest.collected_at = instant(collected_at);
  diagnostics::Sink sink;
  outcome.store = facts::ingest(program, std::move(inputs), ingest, sink);
  // A sink of its own: where that of the evidence holds an error, the engine would take the run as refused.
  diagnostics::Sink refusals;
  outcome.verdicts = engine::evaluate(program, outcome.store, functions::kernels(), options, refusals);
  for (const verdict::ControlResult& control : outcome.verdicts.controls) {
    outcome.controls[program.controls[language::index(control.control)].id] = control.verdict;
    for (const verdict::CheckResult& check : control.checks) {
      outcome.checks[program.checks[language::index(check.check)].qualified_name] = {
          check.verdict, check.population, check.reasons, check.findings, check.failures};
    }
  }
  for (const diagnostics::Sink* const said : {&sink, &refusals}) {
    if (!said->all().empty()) outcome.diagnostics += diagnostics::render_text(*said, *program.sources, {});
  }
  return outcome;
}

Outcome run_sample(const Evidence& evidence, unsigned threads, bool reversed) {
  std::vector<facts::FactInput> inputs;
  for (const auto& [path, text] : evidence) {
    facts::FactInput input;
    input.path = path;
    input.relative = path;
    input.contents = text;
    input.in_memory = true;
    inputs.push_back(std::move(input));
  }
  if (reversed) std::reverse(inputs.begin(), inputs.end());
  return run_rules(sample_program(), std::move(inputs), threads);
}

std::set<std::pair<std::string, std::string>> Outcome::findings() const {
  std::set<std::pair<std::string, std::string>> out;
  for (const auto& [name, check] : checks) {
    for (const verdict::Finding& finding : check.findings) out.emplace(name, finding.key);
  }
  return out;
}

std::set<std::string> Outcome::fingerprints() const {
  std::set<std::string> out;
  for (const auto& [name, check] : checks) {
    for (const verdict::Finding& finding : check.findings) out.insert(finding.fingerprint);
  }
  return out;
}

std::string Outcome::text() const {
  std::string out;
  for (const auto& [name, check] : checks) {
    out += fmt::format("{} {} {}\n", name, verdict::spelling(check.verdict), check.population);
    for (const std::string& reason : check.reasons) out += "  " + reason + "\n";
    for (const verdict::Finding& finding : check.findings) {
      out += fmt::format("  {} {} {}\n", finding.key, finding.fingerprint, finding.message);
      for (const verdict::BoundRecord& record : finding.records) {
        const facts::TextPlace& place = record.place;
        out += fmt::format("    {} = {} {} {}:{}:{} {}\n", record.variable, record.entity, record.key, place.path,
                           place.line, place.column, place.pointer);
      }
      for (const verdict::Decider& decider : finding.because)
        out += fmt::format("    {} = {}\n", decider.expression, decider.value);
    }
    for (const verdict::Failure& failure : check.failures)
      out += fmt::format("  {} failed: {}\n", failure.key, failure.reason);
  }
  return out;
}

}  // namespace writ::e2e
