// What may stand at the cursor of a prompt: names of the program and of the session, query words, and after a dot
// the fields of what stands before it, as far as its type can be told from the text so far. Linear in the text and
// the names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/line_editor.hpp"
#include "language/program.hpp"

namespace writ::cli {

// A name that a session gave to a value.
struct SessionName {
  std::string name;
  std::string type;    // as it is spelled
  std::string entity;  // that it is a record of, or a collection of such
  bool collection = false;
  bool function = false;
};

// `before` is all that was typed, earlier lines of the same input included.
Completion complete(const language::Program& program, const std::vector<SessionName>& names,
                    std::string_view before);

// The commands of the prompt, `:help` and its like.
const std::vector<std::string>& prompt_commands();

}  // namespace writ::cli
