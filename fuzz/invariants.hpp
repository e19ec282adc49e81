// What holds of every diagnostic, whatever the input was: its places lie inside the texts, and both renderers can
// show it. A broken invariant ends the program, so that a fuzzer sees it.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "language/diagnostics/render.hpp"

namespace writ::fuzz {

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken invariant: %s\n", what);
  std::abort();
}

inline void require_inside(const source::SourceSet& sources, source::Span span) {
  require(static_cast<std::uint32_t>(span.file) < sources.size(), "a span is in a loaded file");
  require(span.begin <= span.end, "a span does not end before it begins");
  if (span.end > sources.text(span.file).size()) {
    std::fprintf(stderr, "%u to %u of %zu bytes\n", span.begin, span.end, sources.text(span.file).size());
    require(false, "a span ends inside its text");
  }
}

inline void require_renders(const diagnostics::Sink& sink, const source::SourceSet& sources) {
  for (const diagnostics::Diagnostic& diagnostic : sink.all()) {
    require(!diagnostic.message.empty(), "a diagnostic says something");
    for (const diagnostics::Label& label : diagnostic.labels) {
      if (!label.foreign) require_inside(sources, label.span);
    }
    for (const diagnostics::Fix& fix : diagnostic.fixes) {
      for (const diagnostics::Edit& edit : fix.edits) require_inside(sources, edit.span);
    }
  }
  const std::string text = diagnostics::render_text(sink, sources, {true, 40});
  require(sink.all().empty() || !text.empty(), "diagnostics have a text");
  require(nlohmann::json::accept(diagnostics::render_json(sink, sources)), "diagnostics as JSON are JSON");
}

}  // namespace writ::fuzz
