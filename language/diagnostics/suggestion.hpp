// A fix as a person sees it. In: the edits of a fix. Out: the lines that it changes, as they would stand.
#pragma once

#include <cstdint>
#include <string>

#include "language/diagnostics/diagnostic.hpp"
#include "language/diagnostics/snippet.hpp"

namespace writ::diagnostics {

// The greatest line number that the fix shows; 0 where it has no edits.
std::uint32_t last_line(const Fix& fix, const source::SourceSet& sources);

// The changed lines with what is new underlined, or, where lines come or go, the old ones (`-`) and the new ones
// (`+`). Empty where the edits are not in one file, or overlap.
std::string draw_suggestion(const Fix& fix, const source::SourceSet& sources, const SnippetStyle& style);

}  // namespace writ::diagnostics
