// `writ check`: whether rules are sound, without any evidence.
#include <fmt/format.h>

#include <algorithm>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/rules.hpp"
#include "engine/report/page.hpp"

namespace writ::cli {

namespace {

class CheckCommand : public Command {
 public:
  const char* name() const override { return "check"; }
  const char* about() const override { return "Check rules: names, types, optional values, literals"; }
  const char* usage() const override { return "writ check [PATH...] [options]"; }
  const char* examples() const override {
    return R"(Examples:
  writ check
      the rules in and below this folder
  writ check rules/acme shared/controls.writ
      a folder and a file, taken together
  writ check rules/acme --diagnostics json 2>diagnostics.json
      for programs; docs/schemas/diagnostics.schema.json describes it

Exit status: 0 where the rules are sound (warnings are allowed), 2 where they are not.)";
  }

  void configure(CLI::App& app) override {
    app.add_option("PATH", paths_, "Folders or files of rules; this folder where none is named")
        ->option_text("PATH...");
  }

  ExitStatus run(Session& session) override {
    const auto rules = load_rules(session, paths_.empty() ? std::vector<std::string>{"."} : paths_);
    if (!rules) return ExitStatus::wrong;
    const std::size_t errors = session.sink().count(diagnostics::Severity::error);
    const std::size_t warnings = session.sink().count(diagnostics::Severity::warning);
    session.tell();
    std::size_t checks = 0, controls = 0;
    for (const language::ControlDef& control : rules->program.controls) {
      if (!control.selected) continue;
      ++controls;
      checks += control.checks.size();
    }
    const std::string line = fmt::format("checked {}: {}, {}; {}, {}\n", report::counted(rules->files, "file"),
                                         report::counted(controls, "control"), report::counted(checks, "check"),
                                         errors == 0 ? "no errors" : report::counted(errors, "error"),
                                         warnings == 0 ? "no warnings" : report::counted(warnings, "warning"));
    if (!write_result(session, "", line)) return ExitStatus::wrong;
    return rules->sound ? ExitStatus::well : ExitStatus::wrong;
  }

 private:
  std::vector<std::string> paths_;
};

}  // namespace

std::unique_ptr<Command> check_command() { return std::make_unique<CheckCommand>(); }

}  // namespace writ::cli
