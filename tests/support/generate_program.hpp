// Random programs, as text. In: choices, and the table of built-in functions. Out: the parts of a program that
// compiles without errors, so that a part can be left out to find the smallest one that shows a fault.
#pragma once

#include <string>
#include <vector>

#include "language/functions.hpp"
#include "tests/support/generate_choices.hpp"

namespace writ::support {

struct GeneratedControl {
  std::string head;  // up to its first check
  std::vector<std::string> checks;
};

struct GeneratedProgram {
  std::vector<std::string> declarations;
  std::vector<GeneratedControl> controls;

  std::string text() const;
};

GeneratedProgram generate_program(Choices& choices, language::FunctionTable builtins);

}  // namespace writ::support
