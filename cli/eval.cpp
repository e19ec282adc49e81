// `writ eval`: rules and evidence in, verdicts out.
#include <fmt/format.h>

#include <algorithm>

#include "cli/arguments.hpp"
#include "cli/expression.hpp"
#include "cli/output.hpp"
#include "cli/run.hpp"
#include "engine/report/json.hpp"
#include "engine/report/text.hpp"
#include "stdlib/functions/table.hpp"

namespace writ::cli {

using diagnostics::Code;
using verdict::Verdict;

namespace {

constexpr std::size_t findings_in_text = 3;

class EvalCommand : public Command {
 public:
  const char* name() const override { return "eval"; }
  const char* about() const override { return "Judge evidence by the controls of a pack"; }
  const char* usage() const override { return "writ eval PACK... --facts PATH... [options]"; }
  const char* examples() const override {
    return R"(Examples:
  writ eval rules/acme --facts evidence/
      every control of the pack, as of now, over the 12 months before
  writ eval rules/acme --facts evidence/ --now 2026-06-30 --period 2025-07-01..2026-06-30
      a given moment and audit period: the same call gives the same bytes at any time
  writ eval rules/acme --facts evidence/ --only ACC-07 ACC-08.renewed_in_time --max-findings all
      one control and one check, with every finding
  writ eval rules/acme --facts evidence/ --set ACC-07.removal_grace="4 hours"
      another value for a parameter
  writ eval rules/acme --facts evidence/ --format json -o results.json
      for programs; docs/schemas/results.schema.json describes it
  writ eval rules/acme --facts evidence/ --expr 'count(a in Account where a.enabled)'
      what an expression comes to
  writ eval rules/acme rules/globex --facts evidence/
      two packs over one library, each with its own values, in one run
  export-accounts | writ eval rules/acme --facts evidence/ -
      a folder, and what standard input holds

Exit status:
  0  every control at or above --fail-on passes, or is not applicable
  1  a control at or above --fail-on fails
  2  the rules or the command line are wrong
  3  evidence could not be read or was not enough to decide (0 with --allow-inconclusive))";
  }

  void configure(CLI::App& app) override {
    arguments_.configure(app);
    app.add_option("--only", only_, "Controls or checks to judge: ACC-07, ACC-07.disabled_in_time")
        ->option_text("ID...");
    app.add_option("--expr", expression_,
                   "The value of an expression instead of verdicts; rules and evidence as needed")
        ->option_text("EXPR");
    app.add_option("--format", format_, "text or json")->option_text("FORMAT");
    app.add_option("-o,--output", output_, "Write the results to a file; it is whole or not there at all")
        ->option_text("FILE");
    app.add_option("--fail-on", fail_on_,
                   "The least severity that gives status 1: info, low, medium, high or critical")
        ->option_text("SEVERITY");
    app.add_flag("--allow-inconclusive", allow_inconclusive_,
                 "Status 0 also where evidence is missing or in error, if nothing fails");
    app.add_option(
           "--max-findings", max_findings_,
           "Findings to show of each check, a number or all; 3 in text and all in json where it is left out")
        ->option_text("N");
  }

  ExitStatus run(Session& session) override {
    static const std::vector<std::string_view> formats = {"text", "json"};
    static const std::vector<std::string_view> severities = {"info", "low", "medium", "high", "critical"};
    diagnostics::Sink& sink = session.sink();
    const auto format = parse_word("--format", format_, formats, sink);
    const auto severity = parse_word("--fail-on", fail_on_, severities, sink);
    const bool json = format.value_or(0) == 1;
    std::optional<std::size_t> most = json ? SIZE_MAX : findings_in_text;
    if (max_findings_ == "all") {
      most = SIZE_MAX;
    } else if (!max_findings_.empty()) {
      most = parse_number("--max-findings", max_findings_, 0, SIZE_MAX, sink);
    }
    if (expression_) {
      if (!only_.empty()) sink.add(Code::invalid_argument, "`--only` names controls, and `--expr` asks for none");
      if (sink.has_errors()) return ExitStatus::wrong;
      return evaluate_expression(session, arguments_, {*expression_, json, output_, allow_inconclusive_});
    }
    if (!most || !severity) return ExitStatus::wrong;

    ExitStatus status{};
    auto run = prepare(session, arguments_, only_, status);
    if (!run) return status;
    std::vector<verdict::Verdicts> verdicts;
    std::vector<std::vector<report::ParameterValue>> parameters;
    diagnostics::Sink found;
    for (PackRun& part : run->packs) {
      enter(run->program, part);
      part.options.max_explained = *most;
      verdicts.push_back(engine::evaluate(run->program, run->store, functions::kernels(), part.options, found));
      parameters.push_back(
          report::parameter_values(run->program, verdicts.back(), part.options.settings, part.parameters));
    }
    session.take(found);
    if (found.has_errors()) return ExitStatus::wrong;
    session.tell();
    std::vector<report::Results> results;
    for (std::size_t i = 0; i < run->packs.size(); ++i) {
      const auto& pack = run->packs[i].pack;
      results.push_back({WRIT_VERSION, run->program, run->store, verdicts[i], std::move(parameters[i]),
                         run->now_from_clock, pack ? &run->program.packs[*pack] : nullptr});
    }
    const std::string text = !json                ? report::to_text(results, {style(session), *most})
                             : results.size() > 1 ? report::to_json(results, {*most})
                                                  : report::to_json(results.front(), {*most});
    if (!write_result(session, output_, text)) return ExitStatus::wrong;
    if (run->now_from_clock && json) {
      session.remark(fmt::format("judged as of {}, by the clock", types::to_text(verdicts.front().now)));
    }
    if (!output_.empty() && output_ != "-") {
      for (const report::Results& part : results) {
        const std::string whose = results.size() > 1 ? part.pack->name + ": " : "";
        session.remark(fmt::format("{}{}; written to {}", whose, report::summary_line(part.verdicts), output_));
      }
    }
    auto status_of_all = ExitStatus::well;
    for (const verdict::Verdicts& part : verdicts) {
      const ExitStatus of_part = status_of(*run, part, static_cast<language::ControlSeverity>(*severity));
      // A failure outweighs what could not be decided.
      if (of_part == ExitStatus::failed || status_of_all == ExitStatus::well) status_of_all = of_part;
    }
    return status_of_all;
  }

 private:
  // In a file, what a terminal would show is no help.
  report::TextStyle style(const Session& session) const {
    report::TextStyle style = session.output();
    if (!output_.empty() && output_ != "-") style = session.file_output();
    return style;
  }

  ExitStatus status_of(const PreparedRun& run, const verdict::Verdicts& verdicts,
                       language::ControlSeverity least) const {
    const auto failed = [&](const verdict::ControlResult& result) {
      return result.verdict == Verdict::fail &&
             run.program.controls[language::index(result.control)].severity >= least;
    };
    if (std::any_of(verdicts.controls.begin(), verdicts.controls.end(), failed)) return ExitStatus::failed;
    const auto undecided = [](const verdict::ControlResult& result) {
      return result.verdict == Verdict::error || result.verdict == Verdict::no_evidence;
    };
    const bool inconclusive =
        run.unreadable || std::any_of(verdicts.controls.begin(), verdicts.controls.end(), undecided);
    return inconclusive && !allow_inconclusive_ ? ExitStatus::inconclusive : ExitStatus::well;
  }

  RunArguments arguments_;
  std::vector<std::string> only_;
  std::optional<std::string> expression_;
  std::string format_ = "text";
  std::string output_;
  std::string fail_on_ = "info";
  std::string max_findings_;
  bool allow_inconclusive_ = false;
};

}  // namespace

std::unique_ptr<Command> eval_command() { return std::make_unique<EvalCommand>(); }

}  // namespace writ::cli
