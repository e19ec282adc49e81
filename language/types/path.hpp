// Where a value lies in a JSON document: the text of `at`, read into steps.
// `a.b[0].c`; `[*]` for each element; `["a.b"]` for a name with other characters; leading `^.` steps out to the
// object around.
#pragma once

#include <string>
#include <string_view>

#include "language/program.hpp"

namespace writ::types {

struct PathResult {
  language::Path path;
  std::string fault;       // empty where the text is a path
  std::size_t offset = 0;  // of the fault, in bytes
};

PathResult parse_path(std::string_view text);

}  // namespace writ::types
