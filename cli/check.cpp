// `writ check`: whether rules are sound, without any evidence.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "cli/command.hpp"
#include "cli/fixes.hpp"
#include "cli/levels.hpp"
#include "cli/output.hpp"
#include "cli/rules.hpp"
#include "engine/evaluate.hpp"
#include "engine/report/page.hpp"
#include "stdlib/functions/table.hpp"

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
  writ check rules/acme --deny warnings --allow control-without-criteria
      for CI: a warning is an error, but for one kind that is left out
  writ check rules/acme --fix
      makes the changes that are safe, such as taking out an import that nothing uses
  writ check rules/acme --diagnostics json 2>diagnostics.json
      for programs; docs/schemas/diagnostics.schema.json describes it

Exit status: 0 where the rules are sound (warnings are allowed, unless they are denied), 2 where they are not.)";
  }

  void configure(CLI::App& app) override {
    app.add_option("PATH", paths_, "Folders or files of rules; this folder where none is named")
        ->option_text("PATH...");
    app.add_option("--allow", levels_.allowed, "Warnings to leave out, by their codes")
        ->option_text("CODE...")
        ->allow_extra_args(false);
    app.add_option("--deny", levels_.denied,
                   "Warnings to count as errors, by their codes; or warnings, for all of them")
        ->option_text("CODE...")
        ->allow_extra_args(false);
    app.add_flag("--fix", fix_, "Make the changes that are proposed and safe, in the files");
  }

  ExitStatus run(Session& session) override {
    if (!check_levels(levels_, session.sink())) return ExitStatus::wrong;
    const std::vector<std::string> paths = paths_.empty() ? std::vector<std::string>{"."} : paths_;
    auto rules = load_rules(session, paths, true);
    if (!rules) return ExitStatus::wrong;
    if (fix_) rules = fixed(session, paths, std::move(*rules));
    if (!rules) return ExitStatus::wrong;
    if (rules->sound) engine::check_bounds(rules->program, functions::kernels(), session.sink());
    session.sink() = with_levels(session.sink(), levels_);
    const std::size_t errors = session.sink().count(diagnostics::Severity::error);
    const std::size_t warnings = session.sink().count(diagnostics::Severity::warning);
    session.tell();
    std::size_t checks = 0;
    std::size_t controls = 0;
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
    return errors == 0 ? ExitStatus::well : ExitStatus::wrong;
  }

 private:
  // Until nothing more can be mended: what one change leaves may be mended by another.
  static std::optional<Rules> fixed(Session& session, const std::vector<std::string>& paths, Rules rules) {
    constexpr int most_rounds = 10;
    std::size_t fixes = 0;
    std::set<std::string> files;
    for (int round = 0; round < most_rounds; ++round) {
      const FixedTexts fixed = with_fixes(session.sink(), *rules.program.sources);
      if (fixed.fixes == 0) break;
      fixes += fixed.fixes;
      for (const auto& [path, text] : fixed.texts) {
        files.insert(path);
        if (!write_result(session, path, text)) return std::nullopt;
      }
      session.sink() = {};
      auto again = load_rules(session, paths, true);
      if (!again) return std::nullopt;
      rules = std::move(*again);
    }
    if (fixes > 0) {
      session.remark(
          fmt::format("mended {} in {}", report::counted(fixes, "place"), report::counted(files.size(), "file")));
    }
    return rules;
  }

  Levels levels_;
  bool fix_ = false;
  std::vector<std::string> paths_;
};

}  // namespace

std::unique_ptr<Command> check_command() { return std::make_unique<CheckCommand>(); }

}  // namespace writ::cli
