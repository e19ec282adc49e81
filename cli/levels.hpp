// Which warnings are said, and which count as errors: `--allow CODE`, `--deny CODE`.
#pragma once

#include <string>
#include <vector>

#include "language/diagnostics/diagnostic.hpp"

namespace writ::cli {

struct Levels {
  std::vector<std::string> allowed;  // slugs of warnings that are left out
  std::vector<std::string> denied;   // slugs of warnings that are errors; `warnings` for all of them
};

// Reports slugs that are none, and those of errors, which cannot be left out. True where there was nothing to
// report.
bool check_levels(const Levels& levels, diagnostics::Sink& sink);
// The diagnostics with these levels, in their order.
diagnostics::Sink with_levels(const diagnostics::Sink& sink, const Levels& levels);

}  // namespace writ::cli
