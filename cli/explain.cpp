// `writ explain`: why a control's checks have their verdicts, member by member.
#include "engine/report/explain.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "cli/arguments.hpp"
#include "cli/moments.hpp"
#include "cli/output.hpp"
#include "cli/run.hpp"
#include "stdlib/functions/table.hpp"

namespace writ::cli {

using diagnostics::Code;

namespace {

// The keys of the records that a check's first population runs over, as findings show them.
std::vector<std::string> keys_in_scope(const PreparedRun& run, const language::CheckDef& check) {
  std::vector<std::string> out;
  for (const language::Step& step : check.steps) {
    if (step.kind != language::StepKind::bind) continue;
    const auto& types = run.program.types;
    const types::Type& type = types.at(types.strip_optional(check.locals[language::index(step.local)].type));
    if (type.kind != types::Kind::entity) break;
    const auto entity = static_cast<types::EntityId>(type.decl);
    for (std::uint32_t row = 0; row < run.store.entity(entity).rows; ++row) {
      std::string key(run.store.key(entity, row));
      for (std::size_t at = key.find('\x1f'); at != std::string::npos; at = key.find('\x1f'))
        key.replace(at, 1, ", ");
      if (!key.empty()) out.push_back(std::move(key));
    }
    break;
  }
  return out;
}

class ExplainCommand : public Command {
 public:
  const char* name() const override { return "explain"; }
  const char* about() const override { return "Say why a control has its verdict, down to the evidence"; }
  const char* usage() const override { return "writ explain ID PACK... --facts PATH... [--key KEY] [options]"; }
  const char* examples() const override {
    return R"(Examples:
  writ explain ACC-07 rules/acme --facts evidence/
      every finding of the control, with what decided it
  writ explain ACC-07.disabled_in_time rules/acme --facts evidence/ --key acc-0042
      one record: why it passes, why it does not, or what leaves it out)";
  }

  void configure(CLI::App& app) override {
    app.add_option("ID", control_, "A control, ACC-07, or one of its checks, ACC-07.disabled_in_time")
        ->option_text("ID");
    arguments_.configure(app);
    app.add_option("--key", key_, "The key of the member to explain, as findings show it")->option_text("KEY");
    app.add_option("--format", format_, "text or json")->option_text("FORMAT");
    app.add_option("-o,--output", output_, "Write to a file; it is whole or not there at all")->option_text("FILE");
  }

  ExitStatus run(Session& session) override {
    static const std::vector<std::string_view> formats = {"text", "json"};
    const auto format = parse_word("--format", format_, formats, session.sink());
    if (control_.empty()) {
      session.sink()
          .add(Code::invalid_argument, "no control is named")
          .help("`writ explain ACC-07 PACK --facts PATH`");
    } else if (std::filesystem::exists(control_) && arguments_.packs.size() <= 1) {
      session.sink()
          .add(Code::invalid_argument, fmt::format("`{}` is a path, and the control comes first", control_))
          .help(fmt::format("`writ explain {} {} --facts PATH`",
                            arguments_.packs.empty() ? "ACC-07" : arguments_.packs.front(), control_));
      return ExitStatus::wrong;
    }
    ExitStatus status{};
    auto run = prepare(session, arguments_, {control_}, status);
    if (!run) return status;
    if (!format) return ExitStatus::wrong;
    diagnostics::Sink found;
    std::vector<verdict::Verdicts> verdicts(run->packs.size());
    std::vector<report::Explanation> explanations;
    bool any_member = key_.empty();
    for (std::size_t i = 0; i < run->packs.size(); ++i) {
      const PackRun& part = run->packs[i];
      enter(run->program, part);
      verdicts[i] = engine::evaluate(run->program, run->store, functions::kernels(), part.options, found);
      const language::PackDef* pack =
          run->packs.size() > 1 && part.pack ? &run->program.packs[*part.pack] : nullptr;
      for (const verdict::ControlResult& control : verdicts[i].controls) {
        for (const verdict::CheckResult& check : control.checks) {
          report::Explanation explanation{&control, &check, {}, pack};
          if (!key_.empty()) {
            explanation.members = engine::explain_members(run->program, run->store, functions::kernels(),
                                                          part.options, check.check, key_, found);
            any_member = any_member || !explanation.members.empty();
            // A check that knows nothing of the key has nothing to say.
            if (explanation.members.empty()) continue;
          }
          explanations.push_back(std::move(explanation));
        }
      }
    }
    if (!any_member) unknown_key(session, *run, verdicts.front());
    session.take(found);
    if (session.sink().has_errors() && !run->unreadable) return ExitStatus::wrong;
    if (!any_member) return ExitStatus::wrong;
    session.tell();
    const report::Results results{WRIT_VERSION,     run->program, run->store,
                                  verdicts.front(), {},           run->now_from_clock};
    const report::ExplainOptions options{output_.empty() ? session.output() : session.file_output(), key_};
    const std::string text = *format == 1 ? report::to_json(results, explanations, options)
                                          : report::to_text(results, explanations, options);
    return write_result(session, output_, text) ? ExitStatus::well : ExitStatus::wrong;
  }

 private:
  void unknown_key(Session& session, const PreparedRun& run, const verdict::Verdicts& verdicts) const {
    std::vector<std::string> keys;
    for (const verdict::ControlResult& control : verdicts.controls) {
      for (const verdict::CheckResult& check : control.checks) {
        auto more = keys_in_scope(run, run.program.checks[language::index(check.check)]);
        keys.insert(keys.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
      }
    }
    auto& diagnostic = session.sink().add(Code::invalid_argument, argument_place("--key", key_, 0, key_.size()),
                                          fmt::format("nothing that `{}` looks at has this key", control_));
    const std::vector<std::string_view> candidates(keys.begin(), keys.end());
    const std::string_view nearest = diagnostics::nearest(key_, candidates);
    if (!nearest.empty()) {
      diagnostic.help(fmt::format("did you mean `{}`?", nearest));
    } else {
      diagnostic.help("a key is written as findings show it; the parts of a longer one are joined with `, `");
    }
  }

  std::string control_;
  std::string key_;
  std::string format_ = "text";
  std::string output_;
  RunArguments arguments_;
};

}  // namespace

std::unique_ptr<Command> explain_command() { return std::make_unique<ExplainCommand>(); }

}  // namespace writ::cli
