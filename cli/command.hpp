// A sub-command: what it takes, what it does. One file each.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/session.hpp"

namespace writ::cli {

class Command {
 public:
  virtual ~Command() = default;
  virtual const char* name() const = 0;
  virtual const char* about() const = 0;  // one line
  virtual const char* usage() const = 0;
  virtual const char* examples() const = 0;  // what stands at the end of --help
  virtual void configure(CLI::App& app) = 0;
  // Diagnostics left in the session's sink are told afterwards.
  virtual ExitStatus run(Session& session) = 0;
};

std::unique_ptr<Command> check_command();
std::unique_ptr<Command> doc_command();
std::unique_ptr<Command> eval_command();
std::unique_ptr<Command> explain_command();
std::unique_ptr<Command> facts_command();
std::unique_ptr<Command> fmt_command();
std::unique_ptr<Command> graph_command();
std::unique_ptr<Command> init_command();
std::unique_ptr<Command> repl_command();
std::unique_ptr<Command> test_command();

}  // namespace writ::cli
