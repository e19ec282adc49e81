#include "cli/fixes.hpp"

#include <algorithm>
#include <vector>

namespace writ::cli {

using diagnostics::Edit;

namespace {

bool overlap(const Edit& a, const Edit& b) {
  if (a.span.file != b.span.file) return false;
  return a.span.begin == b.span.begin || (a.span.begin < b.span.end && b.span.begin < a.span.end);
}

}  // namespace

FixedTexts with_fixes(const diagnostics::Sink& sink, const source::SourceSet& sources) {
  FixedTexts out;
  std::vector<Edit> taken;
  for (const diagnostics::Diagnostic& diagnostic : sink.all()) {
    for (const diagnostics::Fix& fix : diagnostic.fixes) {
      if (fix.applicability != diagnostics::Applicability::safe) continue;
      const bool free = std::none_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
        return std::any_of(taken.begin(), taken.end(), [&](const Edit& other) { return overlap(edit, other); });
      });
      if (!free) continue;
      taken.insert(taken.end(), fix.edits.begin(), fix.edits.end());
      ++out.fixes;
      break;
    }
  }
  // From the end, so that what is still to come keeps its place.
  std::sort(taken.begin(), taken.end(), [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
  for (const Edit& edit : taken) {
    const std::string path(sources.path(edit.span.file));
    std::string& text = out.texts.try_emplace(path, sources.text(edit.span.file)).first->second;
    text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.replacement);
  }
  return out;
}

}  // namespace writ::cli
