#include "cli/expression.hpp"

#include <fmt/format.h>

#include "cli/output.hpp"
#include "engine/report/dump.hpp"
#include "engine/report/json.hpp"
#include "engine/report/value_report.hpp"
#include "stdlib/functions/table.hpp"
#include "stdlib/modules.hpp"

namespace writ::cli {

using diagnostics::Code;
using nlohmann::ordered_json;

namespace {

std::string to_json(const ExpressionArguments& expression, const report::ValueContext& context,
                    const engine::RunOptions& options, const engine::ExpressionRun& run) {
  const auto& value = run.value();
  const bool has_value = value && !value->is_error();
  const char* outcome = has_value ? "value" : (value ? "error" : "no_evidence");
  ordered_json reasons = run.reasons();
  if (const std::string failure = run.failure(); !failure.empty()) reasons.push_back(failure);
  const ordered_json out = {
      {"format", "writ-value/1"},
      {"expression", expression.text},
      {"now", types::to_text(options.now)},
      {"period", {{"start", types::to_text(options.period_start)}, {"end", types::to_text(options.period_end)}}},
      {"outcome", outcome},
      {"type", language::spelling(context.program, run.type())},
      {"value", has_value ? report::value_to_json(context, *value, run.type()) : ordered_json(nullptr)},
      {"reasons", std::move(reasons)}};
  return report::dump(out);
}

}  // namespace

std::optional<Rules> rules_of(Session& session, const std::vector<std::string>& packs) {
  if (!packs.empty()) return load_rules(session, packs);
  Rules rules;
  rules.input.library = stdlib::modules();
  rules.input.functions = functions::table();
  diagnostics::Sink none;
  rules.program = language::compile(rules.input, none);
  rules.sound = true;
  return rules;
}

bool tell_failures(Session& session, const language::Program& program, const engine::ExpressionRun& run) {
  session.use(program.sources);
  diagnostics::Sink& sink = session.sink();
  for (const std::string& reason : run.reasons()) {
    if (run.value()) {
      session.remark(fmt::format("note: the value rests on evidence that is in part bad: {}", reason));
    } else {
      sink.add(Code::no_evidence_files, fmt::format("there is no value: {}", reason));
    }
  }
  if (const std::string failure = run.failure(); !failure.empty()) {
    const std::string message = fmt::format("the value cannot be computed: {}", failure);
    if (const auto at = run.failed_at()) {
      sink.add(Code::invalid_argument, *at, message, failure);
    } else {
      sink.add(Code::invalid_argument, message);
    }
  }
  const auto& value = run.value();
  return run.reasons().empty() && value && !value->is_error();
}

ExitStatus evaluate_expression(Session& session, const RunArguments& arguments,
                               const ExpressionArguments& expression) {
  diagnostics::Sink& sink = session.sink();
  PreparedRun run;
  set_clock(session, arguments, run);
  facts::IngestOptions ingest = ingest_options(session, arguments, run);
  if (sink.has_errors()) return ExitStatus::wrong;
  const diagnostics::Sink before = sink;
  const auto rules = rules_of(session, arguments.packs);
  if (!rules || !rules->sound) return ExitStatus::wrong;
  // What `writ check` warns of in the rules was not asked.
  sink = before;
  session.tell();

  auto compiled = language::compile_expression(rules->input, rules->program, {"--expr", expression.text, {}}, sink);
  session.use(compiled.program.sources);
  if (!compiled.sound) return ExitStatus::wrong;
  if (!compiled.check || language::as_definition(expression.text)) {
    sink.add(Code::invalid_argument, "`--expr` defines a name and asks for nothing")
        .help("`writ repl` takes definitions and the expressions that use them");
    return ExitStatus::wrong;
  }
  run.program = std::move(compiled.program);
  apply_settings(session, arguments, run.program, run.options.settings);
  if (sink.has_errors()) return ExitStatus::wrong;
  run.parameters = engine::bind_parameters(run.program, run.options, functions::kernels(), run.arena, sink);
  if (sink.has_errors()) return ExitStatus::wrong;
  // A record that is the value is shown with its fields.
  const language::CheckDef& check = run.program.checks[language::index(*compiled.check)];
  const types::TypeId type = run.program.types.strip_optional(check.locals[language::index(compiled.value)].type);
  ingest.all_entities = run.program.types.kind(type) == types::Kind::entity;
  run.store.entities.resize(run.program.entities.size());
  if (!arguments.facts.empty() &&
      !read_evidence(session, run.program, arguments.facts, ingest, run.store, run.unreadable)) {
    return ExitStatus::inconclusive;
  }
  const engine::ExpressionRun result(run.program, run.store, functions::kernels(), run.options, run.parameters,
                                     *compiled.check, compiled.value);
  const bool sound = tell_failures(session, run.program, result) && !run.unreadable;
  session.tell();
  const report::ValueContext context{run.program, run.store};
  const auto& value = result.value();
  const bool has_value = value && !value->is_error();
  const report::TextStyle style = expression.output.empty() ? session.output() : session.file_output();
  std::string text;
  if (expression.json) {
    text = to_json(expression, context, run.options, result);
  } else if (has_value) {
    text = report::value_to_text(context, *value, result.type(), style, SIZE_MAX);
  }
  if (!text.empty() && !write_result(session, expression.output, text)) return ExitStatus::wrong;
  return sound || (has_value && expression.allow_inconclusive) ? ExitStatus::well : ExitStatus::inconclusive;
}

}  // namespace writ::cli
