#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "language/diagnostics/render.hpp"

using namespace writ;
using namespace writ::diagnostics;
using Json = nlohmann::ordered_json;

namespace {

Json schema() {
  std::ifstream file(std::filesystem::path(WRIT_SOURCE_DIR) / "docs/schemas/diagnostics.schema.json");
  return Json::parse(file);
}

// Whether `value` has what the schema's `node` asks for: the keywords that our schema uses.
bool conforms(const Json& value, const Json& node, const Json& root) {
  if (node.contains("$ref")) {
    return conforms(value, root.at("$defs").at(node.at("$ref").get<std::string>().substr(8)), root);
  }
  if (node.contains("enum")) {
    const auto& allowed = node.at("enum");
    return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
  }
  const std::string type = node.at("type");
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") {
    return value.is_number_integer() && (!node.contains("minimum") || value >= node.at("minimum"));
  }
  if (type == "array") {
    return value.is_array() && std::all_of(value.begin(), value.end(), [&](const Json& element) {
             return conforms(element, node.at("items"), root);
           });
  }
  if (type != "object" || !value.is_object()) return false;
  for (const auto& name : node.at("required")) {
    if (!value.contains(name.get<std::string>())) return false;
  }
  for (const auto& [name, member] : value.items()) {
    if (!node.at("properties").contains(name) || !conforms(member, node.at("properties").at(name), root))
      return false;
  }
  return true;
}

}  // namespace

TEST_CASE("the whole of a diagnostic, in a stable order") {
  source::SourceSet sources;
  const auto file = sources.add("a.writ", "é = x\n");
  Sink sink;
  sink.add(Code::syntax_error, source::Span{file, 3, 4}, "m", "here")
      .label({file, 0, 2}, "there")
      .note("n")
      .help("h")
      .fix("f", {file, 3, 4}, "==", Applicability::safe);
  const std::string text = render_json(sink, sources);
  CHECK(text == R"({
  "diagnostics": [
    {
      "code": "syntax-error",
      "severity": "error",
      "message": "m",
      "labels": [
        {
          "path": "a.writ",
          "line": 1,
          "column": 3,
          "end_line": 1,
          "end_column": 4,
          "begin_offset": 3,
          "end_offset": 4,
          "primary": true,
          "text": "here"
        },
        {
          "path": "a.writ",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 2,
          "begin_offset": 0,
          "end_offset": 2,
          "primary": false,
          "text": "there"
        }
      ],
      "notes": [
        "n"
      ],
      "helps": [
        "h"
      ],
      "suggestions": [
        {
          "title": "f",
          "applicability": "safe",
          "edits": [
            {
              "path": "a.writ",
              "line": 1,
              "column": 3,
              "end_line": 1,
              "end_column": 4,
              "begin_offset": 3,
              "end_offset": 4,
              "replacement": "=="
            }
          ]
        }
      ]
    }
  ],
  "errors": 1,
  "warnings": 0
}
)");
}

TEST_CASE("places in evidence say what is known") {
  const source::SourceSet sources;
  Sink sink;
  sink.add(Code::invalid_json, ForeignPlace{"p.json", 3, 7, "/a/0", "", 4}, "m");
  sink.add(Code::unreadable_file, ForeignPlace{"q.json", 0, 0, "", "", 1}, "m");
  const Json json = Json::parse(render_json(sink, sources));
  CHECK(
      json["diagnostics"][0]["labels"][0].dump() ==
      R"({"path":"p.json","line":3,"column":7,"end_line":3,"end_column":11,"pointer":"/a/0","primary":true,"text":""})");
  CHECK(json["diagnostics"][1]["labels"][0].dump() == R"({"path":"q.json","primary":true,"text":""})");
}

TEST_CASE("bytes that are no UTF-8 make no invalid JSON") {
  source::SourceSet sources;
  const auto file = sources.add("\xff.writ", "x\n");
  Sink sink;
  sink.add(Code::unknown_name, source::Span{file, 0, 1}, "a\xC3(", "\xED\xA0\x80");
  const Json json = Json::parse(render_json(sink, sources));
  CHECK(json["diagnostics"][0]["message"] == "a\uFFFD(");
  CHECK(json["diagnostics"][0]["labels"][0]["text"] == "\uFFFD\uFFFD\uFFFD");
}

TEST_CASE("the output is as the published schema says") {
  source::SourceSet sources;
  const auto file = sources.add("a.writ", "x y\n");
  Sink sink;
  sink.add(Code::unknown_name, source::Span{file, 0, 1}, "m").fix("f", {file, 0, 1}, "z");
  sink.add(Code::unused_name, source::Span{file, 2, 3}, "m").note("n").help("h");
  sink.add(Code::invalid_json, ForeignPlace{"p.json", 3, 7, "/a", "", 4}, "m");
  sink.add(Code::no_rules, "m");
  const Json root = schema();
  Json json = Json::parse(render_json(sink, sources));
  CHECK(conforms(json, root, root));
  json["diagnostics"][0]["more"] = 1;
  CHECK_FALSE(conforms(json, root, root));
  json["diagnostics"][0].erase("more");
  json["diagnostics"][1]["labels"][0]["line"] = 0;
  CHECK_FALSE(conforms(json, root, root));
}
