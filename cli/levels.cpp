#include "cli/levels.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace writ::cli {

using diagnostics::Code;
using diagnostics::Severity;

namespace {

constexpr std::string_view all_warnings = "warnings";

bool holds(const std::vector<std::string>& slugs, Code code) {
  return std::find(slugs.begin(), slugs.end(), diagnostics::slug(code)) != slugs.end();
}

void check_slug(const std::string& slug, std::string_view option, diagnostics::Sink& sink) {
  std::vector<std::string_view> warnings;
  for (const Code code : diagnostics::all_codes()) {
    if (diagnostics::default_severity(code) == Severity::warning) {
      warnings.push_back(diagnostics::slug(code));
    } else if (diagnostics::slug(code) == slug) {
      sink.add(Code::invalid_argument, fmt::format("`{} {}`: this is an error, and stays one", option, slug));
      return;
    }
  }
  if (std::find(warnings.begin(), warnings.end(), slug) != warnings.end()) return;
  auto& diagnostic =
      sink.add(Code::invalid_argument, fmt::format("`{} {}`: there is no such warning", option, slug));
  const std::string_view near = diagnostics::nearest(slug, warnings);
  if (!near.empty()) diagnostic.help(fmt::format("did you mean `{}`?", near));
}

}  // namespace

bool check_levels(const Levels& levels, diagnostics::Sink& sink) {
  for (const std::string& slug : levels.allowed) check_slug(slug, "--allow", sink);
  for (const std::string& slug : levels.denied) {
    if (slug != all_warnings) check_slug(slug, "--deny", sink);
  }
  return !sink.has_errors();
}

diagnostics::Sink with_levels(const diagnostics::Sink& sink, const Levels& levels) {
  const bool all_denied =
      std::find(levels.denied.begin(), levels.denied.end(), all_warnings) != levels.denied.end();
  diagnostics::Sink out;
  for (const diagnostics::Diagnostic& diagnostic : sink.all()) {
    if (holds(levels.allowed, diagnostic.code)) continue;
    diagnostics::Diagnostic& taken = out.add(diagnostic.code, "");
    taken = diagnostic;
    if (all_denied || holds(levels.denied, diagnostic.code)) taken.severity = Severity::error;
  }
  return out;
}

}  // namespace writ::cli
