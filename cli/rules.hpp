// Rule files from disk to a checked program.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.hpp"
#include "language/compile.hpp"

namespace writ::cli {

struct Rules {
  std::size_t files = 0;
  language::CompileInput input;  // what was compiled
  language::Program program;
  bool sound = false;  // without errors: may be evaluated
};

// The `.writ` files of folders (recursively, hidden folders passed over, sorted by path) and the files that are
// named, each once. What is not there is reported.
std::vector<std::string> find_rules(const std::vector<std::string>& paths, diagnostics::Sink& sink);

// Their texts, sorted by path. What cannot be read goes to the session; no value then, since it may hold what the
// others need.
std::optional<std::vector<language::SourceText>> read_rules(Session& session,
                                                            const std::vector<std::string>& paths);

// Reads these files and compiles them with the standard library. What is wrong goes to the session. No value where
// there is nothing to compile. `lints`: see CompileInput.
std::optional<Rules> load_rules(Session& session, const std::vector<std::string>& paths, bool lints = false);

}  // namespace writ::cli
