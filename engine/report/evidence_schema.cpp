#include "engine/report/evidence_schema.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/facts/entity_names.hpp"
#include "engine/report/dump.hpp"
#include "engine/report/value_schema.hpp"

namespace writ::report {

using language::EntityDef;
using language::FieldDef;
using language::PathStep;
using language::Program;
using nlohmann::ordered_json;

namespace {

ordered_json reference(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }

bool is_vendor(const EntityDef& entity) { return !entity.from.empty() || !entity.at.empty(); }

std::size_t parents(const FieldDef& field) {
  std::size_t count = 0;
  while (count < field.path.size() && field.path[count].kind == PathStep::Kind::parent) ++count;
  return count;
}

class SchemaWriter {
 public:
  SchemaWriter(const Program& program, const std::vector<EntityNeed>& needs)
      : program_(program), needs_(needs), names_(program), values_(program) {}

  ordered_json write() {
    std::vector<ordered_json> by_name;
    for (const EntityNeed& need : needs_) {
      const EntityDef& entity = program_.entity(need.entity);
      add_record(need);
      if (is_vendor(entity)) {
        add_document(need);
        continue;
      }
      by_name.push_back(reference(entity.name));
      add_named(need);
    }
    if (!by_name.empty()) {
      definitions_["document"] = document();
      definitions_["line"] = line();
      definitions_["envelope_line"] = envelope_line();
    }
    const ordered_json known = root(by_name);
    ordered_json out = {
        {"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title()}, {"description", about()}};
    out.update(known);
    for (const auto& [name, schema] : values_.definitions()) definitions_[name] = schema;
    out["$defs"] = std::move(definitions_);
    return out;
  }

 private:
  std::string title() const {
    std::string packs;
    for (const language::PackDef& pack : program_.packs) {
      if (!packs.empty()) packs += ", ";
      packs += pack.title.empty() ? pack.name : pack.title;
    }
    return packs.empty() ? "Evidence" : "Evidence for " + packs;
  }

  static std::string about() {
    return "What the controls read of the evidence. The root fits documents that name their entities. "
           "`#/$defs/NAME.file` fits a document in a file that is named for its entity, `#/$defs/NAME.line` a line "
           "of "
           "such a file of NDJSON, `#/$defs/line` a line that names its entity itself, and `#/$defs/NAME.document` "
           "a "
           "vendor's document.";
  }

  std::string reads(const FieldNeed& field) const {
    std::string out;
    for (const language::CheckId check : field.checks) {
      out += out.empty() ? "read by " : ", ";
      out += program_.checks[language::index(check)].qualified_name;
    }
    return out;
  }

  void add_record(const EntityNeed& need) {
    const EntityDef& entity = program_.entity(need.entity);
    Shape shape;
    for (const FieldNeed& field : need.fields) {
      const FieldDef& def = entity.fields[field.field];
      if (parents(def) == 0) values_.place(shape, def, 0, reads(field));
    }
    ordered_json out = ordered_json::object();
    if (!entity.doc.empty()) out["description"] = entity.doc;
    out["type"] = "object";
    out.update(to_schema(shape));
    definitions_[entity.name] = std::move(out);
  }

  void add_named(const EntityNeed& need) {
    const std::string& name = program_.entity(need.entity).name;
    const std::vector<std::string> spellings = names_.spellings(static_cast<std::uint32_t>(need.entity));
    definitions_[name + ".records"] = {{"type", "array"}, {"items", reference(name)}};
    definitions_[name + ".file"] = {
        {"if", {{"type", "array"}}},
        {"then", reference(name + ".records")},
        {"else",
         {{"$ref", "#/$defs/document"},
          {"if", {{"required", {"records"}}}},
          {"then",
           {{"properties",
             {{"entity", {{"enum", with_null(spellings)}}}, {"records", reference(name + ".records")}}}}}}}};
    definitions_[name + ".line"] = {{"anyOf", ordered_json::array({reference(name), reference("envelope_line")})}};
  }

  static ordered_json with_null(const std::vector<std::string>& words) {
    ordered_json out = words;
    out.push_back(nullptr);
    return out;
  }

  ordered_json envelope_members() {
    const ordered_json text = {{"type", ordered_json::array({"string", "null"})}};
    // Asking for the type defines it.
    const ordered_json instant = values_.value(types::TypeTable::simple(types::Kind::timestamp));
    const ordered_json entity = {{"description", "Whose records they are."}, {"enum", with_null(all_spellings())}};
    ordered_json out = {{"entity", entity}, {"source", text}, {"collected_at", nullptr}};
    out["source"]["description"] = "Where they come from.";
    out["collected_at"] = {{"description", "When they were collected. Controls that say `within` ask for it."},
                           {"anyOf", ordered_json::array({instant, {{"type", "null"}}})}};
    return out;
  }

  std::vector<std::string> all_spellings() const {
    std::vector<std::string> out;
    for (std::uint32_t id = 0; id < program_.entities.size(); ++id) {
      if (is_vendor(program_.entities[id]) || program_.entities[id].relation) continue;
      for (std::string& one : names_.spellings(id)) out.push_back(std::move(one));
    }
    return out;
  }

  // An object of arrays by entity, an envelope, or both.
  ordered_json document() {
    ordered_json properties = envelope_members();
    properties["records"] = {{"description", "The records of `entity`."}, {"type", "array"}};
    std::vector<ordered_json> by_entity;
    for (const EntityNeed& need : needs_) {
      const EntityDef& entity = program_.entity(need.entity);
      if (is_vendor(entity)) continue;
      const ordered_json records = reference(entity.name + ".records");
      const std::vector<std::string> spellings = names_.spellings(static_cast<std::uint32_t>(need.entity));
      for (const std::string& spelling : spellings) properties[spelling] = records;
      by_entity.push_back({{"if", {{"properties", {{"entity", {{"enum", spellings}}}}}, {"required", {"entity"}}}},
                           {"then", {{"properties", {{"records", records}}}}}});
    }
    return {{"description", "Arrays of records by entity; or an envelope, which dates its records."},
            {"type", "object"},
            {"properties", std::move(properties)},
            {"patternProperties", {{others(), true}}},
            {"additionalProperties", {{"type", ordered_json::array({"string", "number", "boolean", "null"})}}},
            {"allOf", std::move(by_entity)}};
  }

  // Entities that these controls do not read: whatever stands there is passed over.
  std::string others() const {
    std::string out = "^(?:";
    bool any = false;
    for (std::uint32_t id = 0; id < program_.entities.size(); ++id) {
      const bool read = std::any_of(needs_.begin(), needs_.end(), [&](const EntityNeed& need) {
        return static_cast<std::uint32_t>(need.entity) == id;
      });
      if ((read && !is_vendor(program_.entities[id])) || program_.entities[id].relation) continue;
      for (const std::string& one : names_.spellings(id)) {
        out += (any ? "|" : "") + one;
        any = true;
      }
    }
    return any ? out + ")$" : "^(?!)";
  }

  ordered_json line() {
    std::vector<ordered_json> by_entity;
    for (const EntityNeed& need : needs_) {
      const EntityDef& entity = program_.entity(need.entity);
      if (is_vendor(entity)) continue;
      const ordered_json spellings = names_.spellings(static_cast<std::uint32_t>(need.entity));
      const ordered_json entity_says = {{"required", {"entity"}},
                                        {"properties", {{"entity", {{"enum", spellings}}}}}};
      const ordered_json kind_says = {{"not", {{"required", {"entity"}}}},
                                      {"required", {"kind"}},
                                      {"properties", {{"kind", {{"enum", spellings}}}}}};
      by_entity.push_back(
          {{"if", {{"anyOf", ordered_json::array({entity_says, kind_says})}}}, {"then", reference(entity.name)}});
    }
    const ordered_json named = {{"enum", all_spellings()}};
    ordered_json record = {{"type", "object"},
                           {"if", {{"required", {"entity"}}}},
                           {"then", {{"properties", {{"entity", named}}}}},
                           {"else", {{"required", {"kind"}}, {"properties", {{"kind", named}}}}},
                           {"allOf", std::move(by_entity)}};
    return {{"description", "A line of NDJSON in a file that is named for no entity."},
            {"anyOf", ordered_json::array({reference("envelope_line"), std::move(record)})}};
  }

  ordered_json envelope_line() {
    return {{"description", "What the first line of a file of NDJSON may hold instead of a record."},
            {"type", "object"},
            {"properties", envelope_members()},
            {"additionalProperties", false},
            {"anyOf", ordered_json::array({{{"required", {"entity"}}}, {{"required", {"collected_at"}}}})}};
  }

  // The whole of a vendor's document, down to where `at` leads.
  void add_document(const EntityNeed& need) {
    const EntityDef& entity = program_.entity(need.entity);
    Shape root;
    Shape* at = &root;
    std::vector<Shape*> objects;  // around the record
    bool reached = false;         // what lies behind an array need not be there
    for (const PathStep& step : entity.at) {
      if (step.kind == PathStep::Kind::member) objects.push_back(at);
      Shape& next = at->step(step);
      next.required = !reached;
      reached = reached || step.kind == PathStep::Kind::each;
      at = &next;
    }
    at->holds.push_back(reference(entity.name));
    for (const FieldNeed& field : need.fields) {
      const FieldDef& def = entity.fields[field.field];
      const std::size_t up = parents(def);
      // The record itself is the first object around.
      if (up == 0 || up > objects.size()) continue;
      values_.place(*objects[objects.size() - up], def, up, reads(field));
    }
    ordered_json out = ordered_json::object();
    out["description"] = entity.from.empty() ? fmt::format("A file that is named for {}.", entity.name)
                                             : fmt::format("A file of `{}`.", entity.from);
    const ordered_json whole = to_schema(root);
    if (entity.at.empty()) {
      out.update({{"if", {{"type", "array"}}}, {"then", {{"items", whole}}}, {"else", whole}});
    } else {
      out.update(whole);
    }
    definitions_[entity.name + ".document"] = std::move(out);
  }

  ordered_json root(const std::vector<ordered_json>& by_name) const {
    if (by_name.empty()) {
      std::vector<ordered_json> documents;
      for (const EntityNeed& need : needs_)
        documents.push_back(reference(program_.entity(need.entity).name + ".document"));
      return {{"anyOf", std::move(documents)}};
    }
    return {{"if", {{"type", "array"}}},
            {"then",
             {{"description", "An array does not say whose records it holds; the name of its file does."},
              {"items", {{"anyOf", by_name}}}}},
            {"else",
             {{"$ref", "#/$defs/document"},
              {"if", {{"required", {"records"}}}},
              {"then", {{"required", {"entity"}}}}}}};
  }

  const Program& program_;
  const std::vector<EntityNeed>& needs_;
  const facts::EntityNames names_;
  ValueSchemas values_;
  ordered_json definitions_ = ordered_json::object();
};

}  // namespace

std::string evidence_schema(const Program& program, const std::vector<EntityNeed>& needs) {
  return dump(SchemaWriter(program, needs).write());
}

}  // namespace writ::report
