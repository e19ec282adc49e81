// Parses one file. In: a loaded text. Out: its tree; what is wrong goes to the sink with exact spans.
// A broken declaration or member costs one diagnostic and is passed over; the rest of the file is parsed.
// Nesting is limited to `max_nesting` levels; cost is linear in the text.
#pragma once

#include "language/diagnostics/diagnostic.hpp"
#include "language/syntax/tree.hpp"

namespace writ::syntax {

inline constexpr int max_nesting = 200;

Tree parse(const source::SourceSet& sources, source::FileId file, diagnostics::Sink& sink);

}  // namespace writ::syntax
