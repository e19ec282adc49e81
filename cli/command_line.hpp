// The command line as a whole: sub-commands, help, version, and mistakes in the call.
#pragma once

#include "cli/session.hpp"

namespace writ::cli {

ExitStatus run_command_line(int argc, char** argv);

}  // namespace writ::cli
