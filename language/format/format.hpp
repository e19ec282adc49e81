// The one layout of a rule file. In: a loaded text. Out: the same tokens, in the same order, with the same
// comments. Guaranteed: what comes out parses to the same tree, and formatting it again changes nothing.
#pragma once

#include <optional>
#include <string>

#include "language/diagnostics/diagnostic.hpp"
#include "language/source/source_set.hpp"

namespace writ::format {

// Columns of a line, where its words allow it.
inline constexpr std::size_t line_width = 115;

// Nothing where the text does not parse: its errors are in the sink then.
std::optional<std::string> format(const source::SourceSet& sources, source::FileId file, diagnostics::Sink& sink);

}  // namespace writ::format
