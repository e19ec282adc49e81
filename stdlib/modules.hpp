// The .writ texts of the standard library, embedded when Writ is built. Out: one module a file, sorted by path; a
// module is named by its file's path (std/people.writ is std.people). The views live as long as the program.
#pragma once

#include <span>

#include "language/compile.hpp"

namespace writ::stdlib {

std::span<const language::LibraryModule> modules();

}  // namespace writ::stdlib
