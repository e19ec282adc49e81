#include "cli/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/output.hpp"

namespace writ::cli {

using diagnostics::Code;

namespace {

constexpr const char* about_writ =
    "writ judges an organisation's records by controls that are written as rules, and says why.";

constexpr const char* examples_of_writ = R"(Examples:
  writ check rules/acme
  writ eval rules/acme --facts evidence/ --now 2026-06-30 --period 2025-07-01..2026-06-30
  writ explain ACC-07 rules/acme --facts evidence/

`writ COMMAND --help` tells more of each.)";

// Help as the rest of Writ speaks: no types of C++, no shouting.
class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(std::string usage) : usage_(std::move(usage)) {
    column_width(30);
    label("Positionals", "What to work on");
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    return option->get_option_text().empty() || option->get_positional() ? "" : " " + option->get_option_text();
  }
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
    std::string name = CLI::Formatter::make_option_name(option, is_positional);
    if (const std::size_t comma = name.find(','); comma != std::string::npos) name.insert(comma + 1, " ");
    return name;
  }
  std::string make_usage(const CLI::App*, std::string) const override { return "\nUsage: " + usage_ + "\n"; }

 private:
  std::string usage_;
};

// The options that every command takes, as they were given.
struct CommonArguments {
  std::string color = "auto";
  std::string diagnostics = "text";

  void configure(CLI::App& app) {
    app.add_option("--color", color, "auto, always or never; NO_COLOR is honoured")->option_text("WHEN");
    app.add_option("--diagnostics", diagnostics, "How to say what is wrong: text, or json")->option_text("FORMAT");
  }
};

const std::vector<std::string_view> color_words = {"auto", "always", "never"};
const std::vector<std::string_view> format_words = {"text", "json"};

// What was asked for, as far as it makes sense; so that a mistake elsewhere is told in the way that was asked for.
Session session_for(const CommonArguments& common) {
  diagnostics::Sink ignored;
  const auto color = parse_word("--color", common.color, color_words, ignored);
  const auto format = parse_word("--diagnostics", common.diagnostics, format_words, ignored);
  return {static_cast<ColorChoice>(color.value_or(0)), static_cast<DiagnosticFormat>(format.value_or(0))};
}

// The value that follows an option, or stands behind its `=`; for calls that did not parse.
void peek(const std::vector<std::string>& arguments, const std::string& option, std::string& into) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == option && i + 1 < arguments.size()) into = arguments[i + 1];
    if (arguments[i].starts_with(option + "=")) into = arguments[i].substr(option.size() + 1);
  }
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
  }
  return out;
}

class CommandLine {
 public:
  CommandLine() : app_(about_writ, "writ") {
    app_.formatter(std::make_shared<HelpFormatter>("writ COMMAND [options]"));
    app_.footer(examples_of_writ);
    app_.require_subcommand(0, 1);
    app_.set_help_flag("-h,--help", "Print this help");
    app_.set_version_flag("--version", std::string("writ ") + WRIT_VERSION, "Print the version");
    common_.configure(app_);
    commands_.push_back(check_command());
    commands_.push_back(eval_command());
    commands_.push_back(explain_command());
    commands_.push_back(facts_command());
    commands_.push_back(graph_command());
    commands_.push_back(fmt_command());
    commands_.push_back(doc_command());
    commands_.push_back(repl_command());
    commands_.push_back(init_command());
    commands_.push_back(test_command());
    for (const auto& command : commands_) {
      CLI::App* sub = app_.add_subcommand(command->name(), command->about());
      sub->group("Commands");
      sub->formatter(std::make_shared<HelpFormatter>(command->usage()));
      sub->set_help_flag("-h,--help", "Print this help");
      sub->footer(command->examples());
      command->configure(*sub);
      common_.configure(*sub);
    }
  }

  ExitStatus run(std::vector<std::string> arguments) {
    // `writ help eval` is `writ eval --help`.
    if (!arguments.empty() && arguments.front() == "help") {
      arguments.erase(arguments.begin());
      arguments.resize(std::min<std::size_t>(arguments.size(), 1));
      arguments.emplace_back("--help");
    }
    const std::vector<std::string> given = arguments;
    try {
      std::reverse(arguments.begin(), arguments.end());
      app_.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
      return print(chosen() == nullptr ? app_.help() : chosen()->help("writ"));
    } catch (const CLI::CallForVersion& version) {
      return print(std::string(version.what()) + "\n");
    } catch (const CLI::ParseError& error) {
      return mistake(given, error);
    }
    Session session = session_for(common_);
    parse_word("--color", common_.color, color_words, session.sink());
    parse_word("--diagnostics", common_.diagnostics, format_words, session.sink());
    ExitStatus status = ExitStatus::wrong;
    if (chosen() == nullptr) {
      session.remark(app_.help());
    } else if (all_have_values(session, *chosen()) && !session.sink().has_errors()) {
      status = command(*chosen()).run(session);
    }
    session.tell();
    return status;
  }

 private:
  const CLI::App* chosen() const {
    const auto chosen = app_.get_subcommands();
    return chosen.empty() ? nullptr : chosen.front();
  }

  Command& command(const CLI::App& sub) const {
    return **std::find_if(commands_.begin(), commands_.end(),
                          [&](const auto& command) { return sub.get_name() == command->name(); });
  }

  ExitStatus print(const std::string& text) {
    Session session = session_for(common_);
    const bool written = write_result(session, "", text);
    session.tell();
    return written ? ExitStatus::well : ExitStatus::wrong;
  }

  // What a script has left empty was not meant: `-o "$REPORT"` where nothing has set it.
  static bool all_have_values(Session& session, const CLI::App& sub) {
    for (const CLI::Option* option : sub.get_options()) {
      const std::vector<std::string>& given = option->results();
      if (std::find(given.begin(), given.end(), "") == given.end()) continue;
      session.sink().add(Code::invalid_argument, fmt::format("`{}` is given without a value", option->get_name()));
      return false;
    }
    return true;
  }

  // Says what is wrong with a call that did not parse: one mistake, the first.
  ExitStatus mistake(const std::vector<std::string>& given, const CLI::ParseError& error) {
    peek(given, "--color", common_.color);
    peek(given, "--diagnostics", common_.diagnostics);
    Session session = session_for(common_);
    const CLI::App* sub = chosen();
    const CLI::App& scope = sub == nullptr ? app_ : *sub;
    const std::vector<std::string> extras = scope.remaining();
    if (extras.empty()) {
      missing_value(session, error);
    } else if (extras.front().starts_with('-')) {
      unknown_option(session, scope, extras.front());
    } else if (sub == nullptr) {
      unknown_command(session, extras.front());
    } else {
      session.sink()
          .add(Code::invalid_argument, fmt::format("`{}` is one argument too many", extras.front()))
          .help(fmt::format("`writ {} --help` shows what the command takes", sub->get_name()));
    }
    session.tell();
    return ExitStatus::wrong;
  }

  void unknown_command(Session& session, const std::string& word) const {
    std::vector<std::string_view> names = {"help"};
    for (const auto& command : commands_) names.emplace_back(command->name());
    auto& diagnostic = session.sink().add(Code::invalid_argument, fmt::format("there is no command `{}`", word));
    const std::string_view nearest = diagnostics::nearest(word, names);
    diagnostic.help(nearest.empty() ? std::string("`writ --help` lists the commands")
                                    : fmt::format("did you mean `writ {}`?", nearest));
  }

  void unknown_option(Session& session, const CLI::App& scope, const std::string& argument) const {
    const std::string option = argument.substr(0, argument.find('='));
    const std::string of = &scope == &app_ ? "`writ`" : fmt::format("`writ {}`", scope.get_name());
    auto& diagnostic = session.sink().add(Code::invalid_argument, fmt::format("{} has no option `{}`", of, option));
    const std::vector<std::string> names = option_names(scope);
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    if (const std::string_view nearest = diagnostics::nearest(option, candidates); !nearest.empty()) {
      diagnostic.help(fmt::format("did you mean `{}`?", nearest));
      return;
    }
    for (const auto& other : commands_) {
      const CLI::App* app = app_.get_subcommand(other->name());
      const std::vector<std::string> known = option_names(*app);
      if (std::find(known.begin(), known.end(), option) == known.end()) continue;
      diagnostic.help(fmt::format("`writ {}` has it", other->name()));
      return;
    }
    diagnostic.help(fmt::format("{} lists the options", &scope == &app_
                                                            ? "`writ --help`"
                                                            : fmt::format("`writ {} --help`", scope.get_name())));
  }

  // The library's own words begin with the option's name: `--now: 1 required TEXT missing`.
  static void missing_value(Session& session, const CLI::ParseError& error) {
    const std::string text = error.what();
    const std::string option = text.substr(0, text.find(':'));
    if (!option.starts_with('-') || option.size() == text.size()) {
      session.sink().add(Code::invalid_argument, text);
      return;
    }
    const std::string name = option.substr(0, option.find(' '));
    const bool many = error.get_name() == "ArgumentMismatch" && text.find("At Most") != std::string::npos;
    session.sink().add(Code::invalid_argument, many ? fmt::format("`{}` is given more than once", name)
                                                    : fmt::format("`{}` needs a value", name));
  }

  CLI::App app_;
  CommonArguments common_;
  std::vector<std::unique_ptr<Command>> commands_;
};

}  // namespace

ExitStatus run_command_line(int argc, char** argv) {
  return CommandLine().run(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
}

}  // namespace writ::cli
