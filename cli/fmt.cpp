// `writ fmt`: rule files in their one layout.
#include <fmt/format.h>

#include <dtl/dtl.hpp>
#include <iostream>
#include <iterator>
#include <sstream>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/rules.hpp"
#include "engine/report/page.hpp"
#include "language/format/format.hpp"

namespace writ::cli {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// What would change, as `diff -u` shows it.
std::string difference(const std::string& path, std::string_view before, std::string_view after) {
  dtl::Diff<std::string> diff(lines_of(before), lines_of(after));
  diff.compose();
  diff.composeUnifiedHunks();
  std::ostringstream hunks;
  diff.printUnifiedFormat(hunks);
  return fmt::format("--- {}\n+++ {}\n{}", path, path, hunks.str());
}

class FmtCommand : public Command {
 public:
  const char* name() const override { return "fmt"; }
  const char* about() const override { return "Lay out rule files in the one canonical way"; }
  const char* usage() const override { return "writ fmt [PATH...] [options]"; }
  const char* examples() const override {
    return R"(Examples:
  writ fmt
      the rules in and below this folder, rewritten where their layout differs
  writ fmt --check rules/acme
      changes nothing; shows what would change, for CI
  writ fmt - <draft.writ
      standard input to standard output, for editors

Exit status: 0 where all is well, 1 where --check found a file to change, 2 where a file does not parse.)";
  }

  void configure(CLI::App& app) override {
    app.add_option("PATH", paths_,
                   "Folders or files of rules, or - for standard input; this folder where none is named")
        ->option_text("PATH...");
    app.add_flag("--check", check_, "Change nothing; show what would change, and end with 1 if anything would");
  }

  ExitStatus run(Session& session) override {
    const bool piped = paths_.size() == 1 && paths_.front() == "-";
    std::optional<std::vector<language::SourceText>> texts;
    if (piped) {
      texts.emplace();
      texts->push_back({"<stdin>", std::string(std::istreambuf_iterator<char>(std::cin), {})});
    } else {
      texts = read_rules(session, paths_.empty() ? std::vector<std::string>{"."} : paths_);
    }
    if (!texts) return ExitStatus::wrong;
    const auto sources = std::make_shared<source::SourceSet>();
    session.use(sources);
    std::string out;
    std::size_t changed = 0;
    for (language::SourceText& text : *texts) {
      const source::FileId file = sources->add(text.path, std::move(text.text));
      const std::optional<std::string> laid_out = format::format(*sources, file, session.sink());
      if (!laid_out) continue;
      const std::string_view before = sources->text(file);
      const bool same = *laid_out == before;
      if (!same) ++changed;
      if (check_) {
        if (!same) out += difference(text.path, before, *laid_out);
      } else if (piped) {
        out += *laid_out;
      } else if (!same && !write_result(session, text.path, *laid_out)) {
        return ExitStatus::wrong;
      }
    }
    const bool broken = session.sink().has_errors();
    session.tell();
    if (!out.empty() && !write_result(session, "", out)) return ExitStatus::wrong;
    if (broken) return ExitStatus::wrong;
    if (!piped) {
      session.remark(fmt::format("{}, {} {}", report::counted(texts->size(), "file"),
                                 changed == 0 ? "none" : fmt::format("{}", changed),
                                 check_ ? "to lay out" : "laid out anew"));
    }
    return check_ && changed > 0 ? ExitStatus::failed : ExitStatus::well;
  }

 private:
  std::vector<std::string> paths_;
  bool check_ = false;
};

}  // namespace

std::unique_ptr<Command> fmt_command() { return std::make_unique<FmtCommand>(); }

}  // namespace writ::cli
