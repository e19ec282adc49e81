// Applies what diagnostics propose and is safe: the meaning of the rules stays as it is.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "language/diagnostics/diagnostic.hpp"

namespace writ::cli {

struct FixedTexts {
  std::map<std::string, std::string> texts;  // by path: those that change
  std::size_t fixes = 0;
};

// The texts with every safe fix made that no other one overlaps.
FixedTexts with_fixes(const diagnostics::Sink& sink, const source::SourceSet& sources);

}  // namespace writ::cli
