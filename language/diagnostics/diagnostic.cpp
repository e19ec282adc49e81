#include "language/diagnostics/diagnostic.hpp"

#include <utility>

namespace writ::diagnostics {

std::string_view slug(Code code) {
  switch (code) {
#define WRIT_CODE(name, slug, severity, summary) \
  case Code::name:                               \
    return slug;
#include "language/diagnostics/codes.def"
#undef WRIT_CODE
  }
  return "";
}

std::string_view summary(Code code) {
  switch (code) {
#define WRIT_CODE(name, slug, severity, summary) \
  case Code::name:                               \
    return summary;
#include "language/diagnostics/codes.def"
#undef WRIT_CODE
  }
  return "";
}

Severity default_severity(Code code) {
  switch (code) {
#define WRIT_CODE(name, slug, severity, summary) \
  case Code::name:                               \
    return Severity::severity;
#include "language/diagnostics/codes.def"
#undef WRIT_CODE
  }
  return Severity::error;
}

std::vector<Code> all_codes() {
  return {
#define WRIT_CODE(name, slug, severity, summary) Code::name,
#include "language/diagnostics/codes.def"
#undef WRIT_CODE
  };
}

Diagnostic& Diagnostic::label(source::Span span, std::string text) {
  labels.push_back({span, std::nullopt, std::move(text), false});
  return *this;
}

Diagnostic& Diagnostic::note(std::string text) {
  notes.push_back(std::move(text));
  return *this;
}

Diagnostic& Diagnostic::help(std::string text) {
  helps.push_back(std::move(text));
  return *this;
}

Diagnostic& Diagnostic::fix(std::string title, source::Span span, std::string replacement,
                            Applicability applicability) {
  fixes.push_back({std::move(title), applicability, {{span, std::move(replacement)}}});
  return *this;
}

}  // namespace writ::diagnostics
