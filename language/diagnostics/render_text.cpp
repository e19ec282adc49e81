#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/diagnostics/render.hpp"
#include "language/diagnostics/snippet.hpp"
#include "language/diagnostics/suggestion.hpp"
#include "language/diagnostics/text_layout.hpp"

namespace writ::diagnostics {
namespace {

std::string_view word(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

Paint paint_of(Severity severity) { return severity == Severity::error ? Paint::error : Paint::warning; }

// The labels of one text, in the order in which the diagnostic has them.
struct Section {
  std::vector<const Label*> labels;  // the one to name the place by stands first
  bool foreign = false;
};

bool of_one_text(const Label& a, const Label& b) {
  if (a.foreign.has_value() != b.foreign.has_value()) return false;
  return a.foreign ? a.foreign->path == b.foreign->path : a.span.file == b.span.file;
}

std::vector<Section> sections(const Diagnostic& diagnostic) {
  std::vector<const Label*> labels;
  for (const Label& label : diagnostic.labels) labels.push_back(&label);
  std::stable_sort(labels.begin(), labels.end(),
                   [](const Label* a, const Label* b) { return a->primary && !b->primary; });
  std::vector<Section> found;
  for (const Label* label : labels) {
    const auto same = std::find_if(found.begin(), found.end(), [label](const Section& section) {
      return of_one_text(*section.labels.front(), *label);
    });
    if (same == found.end()) {
      found.push_back({{label}, label->foreign.has_value()});
    } else {
      same->labels.push_back(label);
    }
  }
  return found;
}

Annotation annotation_of(const Label& label, const source::SourceSet& sources) {
  Annotation annotation;
  annotation.text = printable(label.text);
  annotation.primary = label.primary;
  if (label.foreign) {
    const ForeignPlace& place = *label.foreign;
    annotation.first = annotation.last = place.line;
    const std::size_t from = place.column == 0 ? 0 : place.column - 1;
    annotation.begin = DisplayLine::byte_of_character(place.line_text, from);
    annotation.end = place.column == 0 ? place.line_text.size()
                                       : DisplayLine::byte_of_character(place.line_text, from + place.length);
    return annotation;
  }
  const source::FileId file = label.span.file;
  const std::string_view text = sources.text(file);
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t begin = std::min(label.span.begin, size);
  const std::uint32_t end = std::clamp(label.span.end, begin, size);
  const auto start_of = [&](std::uint32_t line) {
    return static_cast<std::size_t>(sources.line(file, line).data() - text.data());
  };
  annotation.first = sources.line_column(file, begin).line;
  annotation.begin = begin - start_of(annotation.first);
  // A place that ends with a line end ends on that line.
  const std::uint32_t inside = end > begin ? end - 1 : end;
  annotation.last = sources.line_column(file, inside).line;
  annotation.end = std::min(end - start_of(annotation.last), sources.line(file, annotation.last).size());
  if (annotation.first == annotation.last) annotation.end = std::max(annotation.end, annotation.begin);
  return annotation;
}

// `path:line:column`, and the JSON pointer of a fact.
std::string place_of(const Label& label, const source::SourceSet& sources) {
  if (!label.foreign) {
    const auto [line, column] = sources.line_column(label.span.file, label.span.begin);
    return fmt::format("{}:{}:{}", printable(sources.path(label.span.file)), line, column);
  }
  const ForeignPlace& place = *label.foreign;
  std::string out = printable(place.path);
  if (place.line > 0) out += fmt::format(":{}", place.line);
  if (place.line > 0 && place.column > 0) out += fmt::format(":{}", place.column);
  if (!place.pointer.empty()) out += fmt::format(" ({})", printable(place.pointer));
  return out;
}

bool shows_text(const Label& label) {
  return !label.foreign || (label.foreign->line > 0 && !label.foreign->line_text.empty());
}

class Renderer {
 public:
  Renderer(const Diagnostic& diagnostic, const source::SourceSet& sources, const TextStyle& style)
      : diagnostic_(diagnostic), sources_(sources), style_(style), sections_(sections(diagnostic)) {
    snippet_.color = style.color;
    snippet_.warning = diagnostic.severity == Severity::warning;
    snippet_.width = style.width;
    snippet_.gutter = fmt::format("{}", greatest_line()).size();
  }

  std::string render() {
    const Paint paint = paint_of(diagnostic_.severity);
    const std::string head = fmt::format("{}[{}]", word(diagnostic_.severity), slug(diagnostic_.code));
    out_ = painted(head, paint, style_.color) +
           painted(": " + printable(diagnostic_.message), Paint::bold, style_.color) + '\n';
    bool first = true;
    for (const Section& section : sections_) {
      draw_section(section, first);
      first = false;
    }
    if (shown_ && (!diagnostic_.notes.empty() || !diagnostic_.helps.empty() || !diagnostic_.fixes.empty())) {
      out_ += draw_empty_gutter(snippet_);
    }
    for (const std::string& note : diagnostic_.notes) say("note", note);
    for (const std::string& help : diagnostic_.helps) say("help", help);
    for (const Fix& fix : diagnostic_.fixes) {
      say("help", fix.title);
      out_ += draw_suggestion(fix, sources_, snippet_);
    }
    return std::move(out_);
  }

 private:
  std::uint32_t greatest_line() const {
    std::uint32_t greatest = 0;
    for (const Label& label : diagnostic_.labels) {
      greatest = std::max(greatest, label.foreign ? label.foreign->line : annotation_of(label, sources_).last);
    }
    for (const Fix& fix : diagnostic_.fixes) greatest = std::max(greatest, last_line(fix, sources_));
    return greatest;
  }

  void draw_section(const Section& section, bool first) {
    const Label& named = *section.labels.front();
    out_ += std::string(snippet_.gutter, ' ') + painted(first ? "--> " : "::: ", Paint::frame, style_.color) +
            place_of(named, sources_) + '\n';
    std::vector<Annotation> annotations;
    for (const Label* label : section.labels) {
      if (shows_text(*label)) annotations.push_back(annotation_of(*label, sources_));
    }
    if (annotations.empty()) {
      for (const Label* label : section.labels) {
        if (!label->text.empty()) say("note", label->text);
      }
      return;
    }
    shown_ = true;
    out_ += draw_empty_gutter(snippet_);
    out_ += draw_snippet(
        annotations,
        [&](std::uint32_t number) -> std::string_view {
          if (!section.foreign) return sources_.line(named.span.file, number);
          for (const Label* label : section.labels) {
            if (label->foreign->line == number && shows_text(*label)) return label->foreign->line_text;
          }
          return {};
        },
        snippet_);
  }

  void say(std::string_view kind, std::string_view text) {
    const std::size_t indent = snippet_.gutter + 3 + kind.size() + 2;
    const std::size_t room = style_.width > indent + 20 ? style_.width - indent : 20;
    bool first = true;
    for (const std::string& line : wrap(printable(text), room)) {
      if (first) {
        out_ += std::string(snippet_.gutter + 1, ' ') + painted("= ", Paint::frame, style_.color) +
                painted(kind, Paint::bold, style_.color) + ": ";
      } else if (!line.empty()) {
        out_ += std::string(indent, ' ');
      }
      out_ += line + '\n';
      first = false;
    }
  }

  const Diagnostic& diagnostic_;
  const source::SourceSet& sources_;
  TextStyle style_;
  std::vector<Section> sections_;
  SnippetStyle snippet_;
  bool shown_ = false;
  std::string out_;
};

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

std::string render_text(const Diagnostic& diagnostic, const source::SourceSet& sources, const TextStyle& style) {
  return Renderer(diagnostic, sources, style).render();
}

std::string render_text(const Sink& sink, const source::SourceSet& sources, const TextStyle& style) {
  std::string out;
  for (const Diagnostic& diagnostic : sink.all()) out += render_text(diagnostic, sources, style) + '\n';
  const std::size_t errors = sink.count(Severity::error);
  const std::size_t warnings = sink.count(Severity::warning);
  if (errors + warnings == 0) return out;
  std::string count;
  if (errors > 0) count = counted(errors, "error");
  if (warnings > 0) count += (errors > 0 ? ", " : "") + counted(warnings, "warning");
  const Severity worst = errors > 0 ? Severity::error : Severity::warning;
  out +=
      painted(word(worst), paint_of(worst), style.color) + painted(": " + count, Paint::bold, style.color) + '\n';
  return out;
}

}  // namespace writ::diagnostics
