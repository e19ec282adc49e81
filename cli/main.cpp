// The `writ` command: chooses the sub-command, and says what is wrong with the call where it cannot.
#include "cli/command_line.hpp"

int main(int argc, char** argv) { return static_cast<int>(writ::cli::run_command_line(argc, argv)); }
