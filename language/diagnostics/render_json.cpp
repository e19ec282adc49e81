#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "language/diagnostics/render.hpp"
#include "language/source/utf8.hpp"

namespace writ::diagnostics {
namespace {

// Members stay in the order in which they are written.
using Json = nlohmann::ordered_json;

// JSON is UTF-8: invalid bytes become U+FFFD.
std::string valid(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const source::CodePoint point = source::decode_utf8(text);
    out += point.valid ? text.substr(0, point.length) : std::string_view("\xEF\xBF\xBD");
    text.remove_prefix(point.length);
  }
  return out;
}

Json place_json(source::Span span, const source::SourceSet& sources) {
  const auto begin = sources.line_column(span.file, span.begin);
  const auto end = sources.line_column(span.file, std::max(span.begin, span.end));
  return Json{{"path", valid(sources.path(span.file))},
              {"line", begin.line},
              {"column", begin.column},
              {"end_line", end.line},
              {"end_column", end.column},
              {"begin_offset", span.begin},
              {"end_offset", std::max(span.begin, span.end)}};
}

Json place_json(const ForeignPlace& place) {
  Json json{{"path", valid(place.path)}};
  if (place.line > 0) json["line"] = place.line;
  if (place.line > 0 && place.column > 0) {
    json["column"] = place.column;
    json["end_line"] = place.line;
    json["end_column"] = place.column + place.length;
  }
  if (!place.pointer.empty()) json["pointer"] = valid(place.pointer);
  return json;
}

Json label_json(const Label& label, const source::SourceSet& sources) {
  Json json = label.foreign ? place_json(*label.foreign) : place_json(label.span, sources);
  json["primary"] = label.primary;
  json["text"] = valid(label.text);
  return json;
}

Json fix_json(const Fix& fix, const source::SourceSet& sources) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits) {
    Json json = place_json(edit.span, sources);
    json["replacement"] = valid(edit.replacement);
    edits.push_back(std::move(json));
  }
  return Json{{"title", valid(fix.title)},
              {"applicability", fix.applicability == Applicability::safe ? "safe" : "maybe"},
              {"edits", std::move(edits)}};
}

Json texts_json(const std::vector<std::string>& texts) {
  Json json = Json::array();
  for (const std::string& text : texts) json.push_back(valid(text));
  return json;
}

Json diagnostic_json(const Diagnostic& diagnostic, const source::SourceSet& sources) {
  Json labels = Json::array();
  for (const Label& label : diagnostic.labels) labels.push_back(label_json(label, sources));
  Json fixes = Json::array();
  for (const Fix& fix : diagnostic.fixes) fixes.push_back(fix_json(fix, sources));
  return Json{{"code", slug(diagnostic.code)},
              {"severity", diagnostic.severity == Severity::error ? "error" : "warning"},
              {"message", valid(diagnostic.message)},
              {"labels", std::move(labels)},
              {"notes", texts_json(diagnostic.notes)},
              {"helps", texts_json(diagnostic.helps)},
              {"suggestions", std::move(fixes)}};
}

}  // namespace

std::string render_json(const Sink& sink, const source::SourceSet& sources) {
  Json diagnostics = Json::array();
  for (const Diagnostic& diagnostic : sink.all()) diagnostics.push_back(diagnostic_json(diagnostic, sources));
  const Json document{{"diagnostics", std::move(diagnostics)},
                      {"errors", sink.count(Severity::error)},
                      {"warnings", sink.count(Severity::warning)}};
  return document.dump(2) + '\n';
}

}  // namespace writ::diagnostics
