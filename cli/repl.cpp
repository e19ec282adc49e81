// `writ repl`: expressions over evidence, one after the other, with names that last.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "cli/completion.hpp"
#include "cli/expression.hpp"
#include "cli/line_editor.hpp"
#include "cli/output.hpp"
#include "engine/report/value_report.hpp"
#include "stdlib/functions/table.hpp"

namespace writ::cli {

using diagnostics::Code;
using language::Definition;

namespace {

constexpr std::size_t most_shown = 20;  // elements of a collection

constexpr const char* help_of_prompt =
    R"(An expression gives its value. Brackets that are open go on in the next line; an empty line ends an input.

  count(a in Account where a.enabled)     a query over the evidence that was loaded
  let idle = 90 days                      a name for an expression, for what follows
  fn used(a: Account): Bool = …           a function; `enum`, `entity` and `use std.people` work as well

  :type EXPR       the type of an expression
  :entities        what evidence there is
  :names           what this session has defined
  :load PATH…      evidence, instead of what was loaded before
  :reload          rules and evidence again, as they are now
  :help            this
  :quit            or Ctrl-D
)";

// What a prompt knows: rules, evidence, definitions.
class Prompt {
 public:
  Prompt(Session& session, RunArguments& arguments) : session_(session), arguments_(arguments) {}

  bool start() {
    set_clock(session_, arguments_, run_);
    ingest_ = ingest_options(session_, arguments_, run_);
    ingest_.all_entities = true;
    return !session_.sink().has_errors() && load();
  }

  const language::Program& program() const { return rules_.program; }
  const std::vector<SessionName>& names() const { return names_; }

  // False where something was wrong, which has been told.
  bool submit(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\n");
    if (first == std::string::npos) return true;
    const bool good = text[first] == ':' ? command(text.substr(first)) : evaluate(text, false);
    session_.tell();
    std::fflush(stdout);
    return good;
  }

 private:
  bool load() {
    auto rules = rules_of(session_, arguments_.packs);
    if (!rules || !rules->sound) return false;
    std::vector<language::ParamSetting> ignored;
    apply_settings(session_, arguments_, rules->program, ignored);
    if (session_.sink().has_errors()) return false;
    session_.tell();
    rules_ = std::move(*rules);
    entities_.clear();
    return read_facts(rules_.program);
  }

  // The columns are those of a program with these entities, in this order.
  bool read_facts(const language::Program& program) {
    std::vector<std::string> entities;
    for (const language::EntityDef& entity : program.entities) entities.push_back(entity.name);
    if (loaded_ && entities == entities_) return true;
    entities_ = std::move(entities);
    loaded_ = true;
    facts_ = {};
    facts_.entities.resize(program.entities.size());
    if (arguments_.facts.empty()) return true;
    bool unreadable = false;
    return read_evidence(session_, program, arguments_.facts, ingest_, facts_, unreadable) && !unreadable;
  }

  bool command(const std::string& line) {
    std::istringstream words(line);
    std::string name;
    std::string rest;
    words >> name;
    std::getline(words >> std::ws, rest);
    if (name == ":help") return print(help_of_prompt);
    if (name == ":type") return evaluate(rest, true);
    if (name == ":entities") return print_entities();
    if (name == ":names") {
      for (const Definition& one : definitions_) print(one.text + "\n");
      return true;
    }
    if (name == ":reload") {
      loaded_ = false;
      return load();
    }
    if (name == ":load") return load_facts(rest);
    auto& diagnostic =
        session_.sink().add(Code::invalid_argument, fmt::format("the prompt has no command `{}`", name));
    const std::vector<std::string_view> known(prompt_commands().begin(), prompt_commands().end());
    const std::string_view near = diagnostics::nearest(name, known);
    diagnostic.help(near.empty() ? std::string("`:help` lists the commands")
                                 : fmt::format("did you mean `{}`?", near));
    return false;
  }

  bool load_facts(const std::string& rest) {
    std::vector<std::string> paths;
    std::istringstream words(rest);
    for (std::string word; words >> word;) paths.push_back(word);
    if (paths.empty()) {
      session_.sink().add(Code::invalid_argument, "`:load` needs a folder or a file of evidence");
      return false;
    }
    arguments_.facts = std::move(paths);
    loaded_ = false;
    if (!read_facts(rules_.program)) return false;
    session_.tell();
    return print_entities();
  }

  bool print_entities() {
    std::vector<std::pair<std::string, std::string>> lines;
    for (std::uint32_t i = 0; i < facts_.entities.size() && i < rules_.program.entities.size(); ++i) {
      const facts::EntityFacts& facts = facts_.entities[i];
      if (!facts.supplied && !facts.broken) continue;
      std::string what = facts.broken ? "broken: " + facts.broken_reason : report::counted(facts.rows, "record");
      if (facts.bad > 0) what += fmt::format(", {} bad", facts.bad);
      lines.emplace_back(rules_.program.entities[i].name, std::move(what));
    }
    std::sort(lines.begin(), lines.end());
    report::Page page(session_.output());
    std::uint32_t width = 0;
    for (const auto& [name, what] : lines) width = std::max(width, report::display_width(name));
    for (const auto& [name, what] : lines)
      page.paragraph(0, width + 2, {{report::padded(name, width) + "  ", report::Ink::plain, true}, {what}});
    if (lines.empty()) page.paragraph(0, 0, {{"no evidence is loaded; `:load PATH` reads some"}});
    return print(page.take());
  }

  // An expression's value or type, or a definition.
  bool evaluate(const std::string& text, bool only_type) {
    auto compiled =
        language::compile_expression(rules_.input, rules_.program, {"input", text, definitions_}, session_.sink());
    session_.use(compiled.program.sources);
    if (!compiled.sound) return false;
    const std::optional<Definition> defined = language::as_definition(text);
    if (defined && !only_type) define(*defined, compiled);
    if (!compiled.check) return true;
    const language::CheckDef& check = compiled.program.checks[language::index(*compiled.check)];
    const types::TypeId type = check.locals[language::index(compiled.value)].type;
    if (only_type || defined) {
      return print((defined ? defined->name + ": " : "") + language::spelling(compiled.program, type) + "\n");
    }
    if (!read_facts(compiled.program)) return false;
    engine::RunOptions options = run_.options;
    apply_settings(session_, arguments_, compiled.program, options.settings);
    facts::Arena arena;
    auto parameters =
        engine::bind_parameters(compiled.program, options, functions::kernels(), arena, session_.sink());
    if (session_.sink().has_errors()) return false;
    const engine::ExpressionRun result(compiled.program, facts_, functions::kernels(), options,
                                       std::move(parameters), *compiled.check, compiled.value);
    const bool sound = tell_failures(session_, compiled.program, result);
    session_.tell();
    const auto& value = result.value();
    if (!value || value->is_error()) return false;
    return print(report::value_to_text({compiled.program, facts_}, *value, result.type(), session_.output(),
                                       most_shown)) &&
           sound;
  }

  void define(const Definition& one, const language::CompiledExpression& compiled) {
    const auto same = [&](const auto& other) { return other.name == one.name; };
    if (!one.adds) std::erase_if(definitions_, same);
    std::erase_if(names_, same);
    definitions_.push_back(one);
    SessionName name{one.name, {}, {}, false, compiled.check == std::nullopt};
    if (one.kind == Definition::Kind::import) return;
    if (compiled.check) {
      const language::Program& program = compiled.program;
      const language::CheckDef& check = program.checks[language::index(*compiled.check)];
      types::Type type =
          program.types.at(program.types.strip_optional(check.locals[language::index(compiled.value)].type));
      name.collection = type.kind == types::Kind::list || type.kind == types::Kind::set;
      if (name.collection) type = program.types.at(program.types.strip_optional(type.element));
      if (type.kind == types::Kind::entity) name.entity = program.entities[type.decl].name;
    }
    names_.push_back(std::move(name));
  }

  bool print(const std::string& text) { return write_result(session_, "", text); }

  Session& session_;
  RunArguments& arguments_;
  PreparedRun run_;
  facts::IngestOptions ingest_;
  Rules rules_;
  facts::FactStore facts_;
  std::vector<std::string> entities_;
  bool loaded_ = false;
  std::vector<Definition> definitions_;
  std::vector<SessionName> names_;
};

// Whether more must follow: a bracket or a block is open, or the text ends in the middle of something.
bool goes_on(const std::string& text) {
  const language::Balance found = language::balance(text);
  if (found.stray) return false;
  if (found.open > 0) return true;
  const std::size_t last = text.find_last_not_of(" \t\n");
  if (last == std::string::npos) return false;
  if (text[last] == '=' || text[last] == ',') return true;
  for (const std::string_view word : {" and", " or", " where", " else", " then", " in"}) {
    if (std::string_view(text).substr(0, last + 1).ends_with(word)) return true;
  }
  return false;
}

class ReplCommand : public Command {
 public:
  const char* name() const override { return "repl"; }
  const char* about() const override { return "Ask questions of evidence, one expression at a time"; }
  const char* usage() const override { return "writ repl [PACK...] [--facts PATH...] [options]"; }
  const char* examples() const override {
    return R"(Examples:
  writ repl rules/acme --facts evidence/
      a prompt: expressions, `let x = ...`, `fn ...`, and commands that `:help` lists
  echo 'count(a in Account)' | writ repl rules/acme --facts evidence/
      from a pipe: each input is read and answered; status 2 where one was wrong

The tab key completes names and fields. What was typed is remembered in $XDG_STATE_HOME/writ/history.)";
  }
  void configure(CLI::App& app) override { arguments_.configure(app); }

  ExitStatus run(Session& session) override {
    Prompt prompt(session, arguments_);
    if (!prompt.start()) return ExitStatus::wrong;
    session.tell();
    std::string pending;
    LineEditor editor(history_path(), [&](const std::string& before) {
      return complete(prompt.program(), prompt.names(), pending + before);
    });
    if (editor.is_terminal()) session.remark("`:help` tells what can be typed, Ctrl-D ends");
    bool good = true;
    while (true) {
      std::string line;
      const LineEditor::Read got = editor.read(pending.empty() ? "writ> " : "  ... ", line);
      if (got == LineEditor::Read::end) break;
      if (got == LineEditor::Read::interrupted) {
        pending.clear();
        continue;
      }
      pending += line;
      const bool is_command =
          pending.find_first_not_of(" \t") != std::string::npos && pending[pending.find_first_not_of(" \t")] == ':';
      if (!line.empty() && !is_command && goes_on(pending)) {
        pending += '\n';
        continue;
      }
      const std::string text = std::exchange(pending, {});
      remember(editor, text);
      if (is_command && (text == ":quit" || text == ":q")) break;
      good = prompt.submit(text) && good;
    }
    if (!pending.empty()) good = prompt.submit(pending) && good;
    // A person has seen what was wrong; a script must be told.
    return good || editor.is_terminal() ? ExitStatus::well : ExitStatus::wrong;
  }

 private:
  // On one line, so that the arrow keys bring it back whole.
  static void remember(LineEditor& editor, std::string text) {
    if (text.find('#') == std::string::npos) std::replace(text.begin(), text.end(), '\n', ' ');
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) editor.remember(line);
  }

  RunArguments arguments_;
};

}  // namespace

std::unique_ptr<Command> repl_command() { return std::make_unique<ReplCommand>(); }

}  // namespace writ::cli
