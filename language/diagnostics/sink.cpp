#include <algorithm>
#include <tuple>
#include <utility>

#include "language/diagnostics/diagnostic.hpp"

namespace writ::diagnostics {
namespace {

// Where a diagnostic stands in the sorted order: those of rules by file and offset, then those of evidence by path
// and line, then those without a place.
auto order(const Diagnostic& diagnostic) {
  const Label* primary = nullptr;
  for (const Label& label : diagnostic.labels) {
    if (label.primary) {
      primary = &label;
      break;
    }
  }
  const bool foreign = primary != nullptr && primary->foreign.has_value();
  const bool inside = primary != nullptr && !foreign;
  return std::tuple(inside    ? 0
                    : foreign ? 1
                              : 2,
                    inside ? static_cast<std::uint32_t>(primary->span.file) : 0u, inside ? primary->span.begin : 0u,
                    foreign ? std::string_view(primary->foreign->path) : std::string_view(),
                    foreign ? primary->foreign->line : 0u, foreign ? primary->foreign->column : 0u);
}

bool same_place(const std::optional<ForeignPlace>& a, const std::optional<ForeignPlace>& b) {
  if (a.has_value() != b.has_value()) return false;
  if (!a) return true;
  return std::tie(a->path, a->line, a->column, a->pointer, a->line_text, a->length) ==
         std::tie(b->path, b->line, b->column, b->pointer, b->line_text, b->length);
}

bool same(const Diagnostic& a, const Diagnostic& b) {
  const auto same_labels = [](const Label& x, const Label& y) {
    return x.span == y.span && x.text == y.text && x.primary == y.primary && same_place(x.foreign, y.foreign);
  };
  const auto same_edits = [](const Edit& x, const Edit& y) {
    return x.span == y.span && x.replacement == y.replacement;
  };
  const auto same_fixes = [&same_edits](const Fix& x, const Fix& y) {
    return x.title == y.title && x.applicability == y.applicability &&
           std::equal(x.edits.begin(), x.edits.end(), y.edits.begin(), y.edits.end(), same_edits);
  };
  return a.code == b.code && a.severity == b.severity && a.message == b.message && a.notes == b.notes &&
         a.helps == b.helps &&
         std::equal(a.labels.begin(), a.labels.end(), b.labels.begin(), b.labels.end(), same_labels) &&
         std::equal(a.fixes.begin(), a.fixes.end(), b.fixes.begin(), b.fixes.end(), same_fixes);
}

}  // namespace

Diagnostic& Sink::add(Code code, std::string message) {
  Diagnostic& diagnostic = diagnostics_.emplace_back();
  diagnostic.code = code;
  diagnostic.severity = default_severity(code);
  diagnostic.message = std::move(message);
  return diagnostic;
}

Diagnostic& Sink::add(Code code, source::Span span, std::string message, std::string label_text) {
  Diagnostic& diagnostic = add(code, std::move(message));
  diagnostic.labels.push_back({span, std::nullopt, std::move(label_text), true});
  return diagnostic;
}

Diagnostic& Sink::add(Code code, ForeignPlace place, std::string message, std::string label_text) {
  Diagnostic& diagnostic = add(code, std::move(message));
  diagnostic.labels.push_back({source::Span{}, std::move(place), std::move(label_text), true});
  return diagnostic;
}

bool Sink::has_errors() const { return count(Severity::error) > 0; }

std::size_t Sink::count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(diagnostics_.begin(), diagnostics_.end(),
                    [severity](const Diagnostic& d) { return d.severity == severity; }));
}

void Sink::sort() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); });
  diagnostics_.erase(std::unique(diagnostics_.begin(), diagnostics_.end(), same), diagnostics_.end());
}

}  // namespace writ::diagnostics
