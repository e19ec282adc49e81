// `writ graph`: what depends on what, for people and tools.
#include "language/dependencies/graph.hpp"

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/rules.hpp"
#include "engine/evaluate.hpp"

namespace writ::cli {

using dependencies::NodeKind;

namespace {

class GraphCommand : public Command {
 public:
  const char* name() const override { return "graph"; }
  const char* about() const override { return "Print which controls depend on which evidence, and through what"; }
  const char* usage() const override { return "writ graph [PACK...] [options]"; }
  const char* examples() const override {
    return R"(Examples:
  writ graph rules/acme | dot -Tsvg >graph.svg
      everything that the pack's controls use
  writ graph rules/acme --only ACC-07 --format mermaid
      what one control needs, for a Markdown page
  writ graph rules/acme --all --format json
      with what no control of the pack uses)";
  }

  void configure(CLI::App& app) override {
    app.add_option("PACK", packs_, "Folders or files of rules; this folder where none is named")
        ->option_text("PATH...");
    app.add_option("--only", only_, "Controls or checks whose part to print")->option_text("ID...");
    app.add_flag("--all", all_, "Print what no control of the pack uses, too");
    app.add_option("--format", format_, "dot, mermaid or json")->option_text("FORMAT");
    app.add_option("-o,--output", output_, "Write to a file; it is whole or not there at all")->option_text("FILE");
  }

  ExitStatus run(Session& session) override {
    static const std::vector<std::string_view> formats = {"dot", "mermaid", "json"};
    const auto format = parse_word("--format", format_, formats, session.sink());
    if (!format) return ExitStatus::wrong;
    const auto rules = load_rules(session, packs_.empty() ? std::vector<std::string>{"."} : packs_);
    if (!rules || !rules->sound) return ExitStatus::wrong;
    const language::Program& program = rules->program;
    std::vector<bool> wanted;
    if (!all_) {
      const auto checks = engine::chosen_checks(program, only_, session.sink());
      if (session.sink().has_errors()) return ExitStatus::wrong;
      wanted = dependencies::reachable(program.graph->value, roots(program, checks));
    }
    session.tell();
    const std::string text = *format == 0   ? dependencies::to_dot(program, wanted)
                             : *format == 1 ? dependencies::to_mermaid(program, wanted)
                                            : dependencies::to_json(program, wanted);
    return write_result(session, output_, text) ? ExitStatus::well : ExitStatus::wrong;
  }

 private:
  // The checks, and the controls all of whose checks are wanted.
  static std::vector<dependencies::Vertex> roots(const language::Program& program,
                                                 const std::vector<language::CheckId>& checks) {
    std::vector<bool> chosen(program.checks.size());
    std::vector<dependencies::Vertex> out;
    for (const language::CheckId check : checks) {
      chosen[language::index(check)] = true;
      out.push_back(dependencies::vertex(program, NodeKind::check, language::index(check)));
    }
    for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
      bool whole = program.controls[i].selected;
      for (const language::CheckId check : program.controls[i].checks)
        whole = whole && chosen[language::index(check)];
      if (whole) out.push_back(dependencies::vertex(program, NodeKind::control, i));
    }
    return out;
  }

  std::vector<std::string> packs_;
  std::vector<std::string> only_;
  std::string format_ = "dot";
  std::string output_;
  bool all_ = false;
};

}  // namespace

std::unique_ptr<Command> graph_command() { return std::make_unique<GraphCommand>(); }

}  // namespace writ::cli
