// What is wrong, as data. A pass appends diagnostics to a sink; renderers (text, JSON, the language
// server, SARIF) read this one struct. A label points into a rule text or into a JSON fact.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/source/source_set.hpp"

namespace writ::diagnostics {

// The closed set of codes; each has a slug, a default severity and a page docs/diagnostics/<slug>.md.
enum class Code : std::uint16_t {
#define WRIT_CODE(name, slug, severity, summary) name,
#include "language/diagnostics/codes.def"
#undef WRIT_CODE
};

enum class Severity : std::uint8_t { error, warning };

std::string_view slug(Code code);
std::string_view summary(Code code);
Severity default_severity(Code code);
std::vector<Code> all_codes();

// A place in a text that is not in the SourceSet: evidence, or the command line.
struct ForeignPlace {
  std::string path;
  std::uint32_t line = 0;    // from 1; 0 where the whole file is meant
  std::uint32_t column = 0;  // from 1, in code points; 0 where the whole line is meant
  std::string pointer;       // JSON pointer (RFC 6901), or empty
  std::string line_text;     // the line to show, or empty
  std::uint32_t length = 1;  // code points to underline
};

struct Label {
  source::Span span{};
  std::optional<ForeignPlace> foreign;  // when set, `span` is not used
  std::string text;                     // may be empty for the primary label
  bool primary = false;
};

enum class Applicability : std::uint8_t { safe, maybe };

struct Edit {
  source::Span span;
  std::string replacement;
};

struct Fix {
  std::string title;
  Applicability applicability = Applicability::maybe;
  std::vector<Edit> edits;
};

struct Diagnostic {
  Code code{};
  Severity severity = Severity::error;
  std::string message;  // lower case, no full stop, names in backticks
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::vector<std::string> helps;
  std::vector<Fix> fixes;

  // Chained building, for passes.
  Diagnostic& label(source::Span span, std::string text);
  Diagnostic& note(std::string text);
  Diagnostic& help(std::string text);
  Diagnostic& fix(std::string title, source::Span span, std::string replacement,
                  Applicability applicability = Applicability::maybe);
};

// Collects diagnostics in the order in which they are found.
class Sink {
 public:
  // A diagnostic with its primary label at `span`.
  Diagnostic& add(Code code, source::Span span, std::string message, std::string label_text = "");
  // A diagnostic about something outside the rules.
  Diagnostic& add(Code code, ForeignPlace place, std::string message, std::string label_text = "");
  // A diagnostic without a place.
  Diagnostic& add(Code code, std::string message);

  const std::deque<Diagnostic>& all() const { return diagnostics_; }
  bool has_errors() const;
  std::size_t count(Severity severity) const;
  // Sorts by file, then offset, stably, and drops exact repeats.
  void sort();

 private:
  std::deque<Diagnostic> diagnostics_;  // a deque: `add` hands out references
};

// The candidate nearest to `name` by Damerau-Levenshtein distance, ignoring case, when near enough
// to be a likely slip (at most a third of the length, at least 1); empty otherwise.
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace writ::diagnostics
