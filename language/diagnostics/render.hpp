// Diagnostics for people and for tools: one renderer a format.
#pragma once

#include <string>

#include "language/diagnostics/diagnostic.hpp"

namespace writ::diagnostics {

struct TextStyle {
  bool color = false;
  std::uint32_t width = 100;  // columns; long notes are wrapped at it
};

// `error[unknown-field]: …` with the source lines, underlines, notes and help.
std::string render_text(const Diagnostic& diagnostic, const source::SourceSet& sources, const TextStyle& style);
// All of the sink's diagnostics, a blank line between two, then a count.
std::string render_text(const Sink& sink, const source::SourceSet& sources, const TextStyle& style);
// {"diagnostics": [...]}: schema in docs/schemas/diagnostics.schema.json.
std::string render_json(const Sink& sink, const source::SourceSet& sources);

}  // namespace writ::diagnostics
