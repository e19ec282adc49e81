// `writ doc`: the catalogue of controls, for those who are held to them.
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/run.hpp"
#include "engine/report/catalogue.hpp"

namespace writ::cli {

namespace {

class DocCommand : public Command {
 public:
  const char* name() const override { return "doc"; }
  const char* about() const override { return "Write the catalogue of controls, as Markdown or HTML"; }
  const char* usage() const override { return "writ doc [PACK...] [options]"; }
  const char* examples() const override {
    return R"(Examples:
  writ doc rules/acme -o controls.md
      every control: what it asks for, how it is tested, on which evidence, with which parameters
  writ doc rules/acme -o controls.html
      the same as one page for a browser or for paper
  writ doc rules/acme --control ACC-07
      one control

A file that ends in `.html` is HTML where --format does not say otherwise.)";
  }

  void configure(CLI::App& app) override {
    app.add_option("PACK", packs_, "Folders or files of rules; this folder where none is named")
        ->option_text("PATH...");
    app.add_option("--control,--only", only_, "Controls or checks to describe")->option_text("ID...");
    app.add_option("--format", format_, "markdown or html")->option_text("FORMAT");
    app.add_option("-o,--output", output_, "Write to a file; it is whole or not there at all")->option_text("FILE");
  }

  ExitStatus run(Session& session) override {
    static const std::vector<std::string_view> formats = {"markdown", "html"};
    if (format_.empty()) format_ = output_.ends_with(".html") || output_.ends_with(".htm") ? "html" : "markdown";
    const auto format = parse_word("--format", format_, formats, session.sink());
    if (!format) return ExitStatus::wrong;
    const auto rules = load_rules(session, packs_.empty() ? std::vector<std::string>{"."} : packs_);
    if (!rules || !rules->sound) return ExitStatus::wrong;
    const auto checks = engine::chosen_checks(rules->program, only_, session.sink());
    if (session.sink().has_errors()) return ExitStatus::wrong;
    session.tell();
    const report::Catalogue catalogue = report::catalogue(rules->program, checks);
    const std::string text = *format == 1 ? report::to_html(catalogue) : report::to_markdown(catalogue);
    return write_result(session, output_, text) ? ExitStatus::well : ExitStatus::wrong;
  }

 private:
  std::vector<std::string> packs_;
  std::vector<std::string> only_;
  std::string format_;
  std::string output_;
};

}  // namespace

std::unique_ptr<Command> doc_command() { return std::make_unique<DocCommand>(); }

}  // namespace writ::cli
