// `writ facts`: which evidence the controls read, and how evidence at hand measures up to it.
#include <fmt/format.h>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/moments.hpp"
#include "cli/output.hpp"
#include "cli/run.hpp"
#include "engine/report/evidence_schema.hpp"
#include "engine/report/needs.hpp"
#include "stdlib/functions/table.hpp"

namespace writ::cli {

using diagnostics::Code;

namespace {

class FactsCommand : public Command {
 public:
  const char* name() const override { return "facts"; }
  const char* about() const override {
    return "Say which evidence the controls read, and check evidence against it";
  }
  const char* usage() const override { return "writ facts [PACK...] [--facts PATH...] [options]"; }
  const char* examples() const override {
    return R"(Examples:
  writ facts rules/acme
      every entity and field that the controls read, with the checks that read it
  writ facts rules/acme --control ACC-07
      what one control reads
  writ facts rules/acme --facts evidence/ --now 2026-06-30
      what is there: records, ages, bad records, fields that no entity knows, which checks cannot be decided
  writ facts rules/acme --json-schema -o evidence.schema.json
      the JSON Schema of that evidence, for whoever writes the exports

Exit status: 0, or with --facts 3 where evidence is not supplied, too old, cannot be read or has bad records.)";
  }

  void configure(CLI::App& app) override {
    app.add_option("PACK", packs_, "Folders or files of rules; this folder where none is named")
        ->option_text("PATH...");
    app.add_option("--control,--only", only_, "Controls or checks whose evidence to tell of")->option_text("ID...");
    app.add_option("-f,--facts", facts_, "Evidence: folders, files, or - for standard input")
        ->option_text("PATH...");
    app.add_option("--now", now_, "The moment from which ages count; else the clock's")->option_text("T");
    app.add_option("--collected-at", collected_at_, "When evidence without a date of its own was collected")
        ->option_text("T");
    app.add_flag("--json-schema", json_schema_, "Write the JSON Schema (2020-12) of the evidence instead");
    app.add_option("--format", format_, "text or json")->option_text("FORMAT");
    app.add_option("-o,--output", output_, "Write to a file; it is whole or not there at all")->option_text("FILE");
  }

  ExitStatus run(Session& session) override {
    static const std::vector<std::string_view> formats = {"text", "json"};
    diagnostics::Sink& sink = session.sink();
    const auto format = parse_word("--format", format_, formats, sink);
    const auto now = now_.empty() ? clock_now() : parse_moment("--now", now_, sink);
    facts::IngestOptions ingest;
    if (!collected_at_.empty()) ingest.collected_at = parse_moment("--collected-at", collected_at_, sink);
    if (json_schema_ && !facts_.empty()) {
      sink.add(Code::invalid_argument, "`--json-schema` and `--facts` are given together")
          .help("the schema is that of what the controls read, whatever the evidence at hand");
    }
    if (!format || !now || sink.has_errors()) return ExitStatus::wrong;
    auto rules = load_rules(session, packs_.empty() ? std::vector<std::string>{"."} : packs_);
    if (!rules || !rules->sound) return ExitStatus::wrong;
    const auto checks = engine::chosen_checks(rules->program, only_, sink);
    if (sink.has_errors()) return ExitStatus::wrong;
    select(rules->program, checks);
    const auto needs = report::needs(rules->program, checks);
    if (json_schema_) {
      session.tell();
      return write_result(session, output_, report::evidence_schema(rules->program, needs)) ? ExitStatus::well
                                                                                            : ExitStatus::wrong;
    }
    facts::FactStore store;
    std::optional<report::EvidenceAtHand> evidence;
    bool unreadable = false;
    if (!facts_.empty()) {
      if (!read_evidence(session, rules->program, facts_, ingest, store, unreadable))
        return ExitStatus::inconclusive;
      const Period period = year_before(*now);
      engine::RunOptions options;
      options.now = *now;
      options.period_start = period.start;
      options.period_end = period.end;
      evidence.emplace(report::EvidenceAtHand{
          store, *now, engine::undecided_checks(rules->program, store, functions::kernels(), options, checks)});
    }
    session.tell();
    const report::TextStyle style = output_.empty() ? session.output() : session.file_output();
    const std::string text = *format == 1 ? report::needs_to_json(rules->program, needs, evidence)
                                          : report::needs_to_text(rules->program, needs, evidence, style);
    if (!write_result(session, output_, text)) return ExitStatus::wrong;
    const bool enough =
        !evidence || (!unreadable && evidence->undecided.empty() && report::sufficient(needs, store));
    return enough ? ExitStatus::well : ExitStatus::inconclusive;
  }

 private:
  std::vector<std::string> packs_;
  std::vector<std::string> only_;
  std::vector<std::string> facts_;
  std::string now_;
  std::string collected_at_;
  std::string format_ = "text";
  std::string output_;
  bool json_schema_ = false;
};

}  // namespace

std::unique_ptr<Command> facts_command() { return std::make_unique<FactsCommand>(); }

}  // namespace writ::cli
