#include "engine/report/value_schema.hpp"

#include <algorithm>

#include "engine/plan/plan.hpp"

namespace writ::report {

using language::FieldDef;
using language::PathStep;
using nlohmann::ordered_json;
using types::Kind;

namespace {

ordered_json reference(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }

ordered_json or_null(ordered_json schema) {
  if (schema.contains("type") && schema["type"].is_string() && !schema.contains("enum")) {
    schema["type"] = ordered_json::array({schema["type"], "null"});
    return schema;
  }
  return {{"anyOf", ordered_json::array({std::move(schema), {{"type", "null"}}})}};
}

void add_members(const Shape& shape, ordered_json& out) {
  ordered_json properties = ordered_json::object();
  ordered_json required = ordered_json::array();
  for (const ShapeMember& member : shape.members) {
    properties[member.name] = to_schema(member.shape);
    if (member.shape.required) required.push_back(member.name);
  }
  if (properties.empty()) return;
  if (!required.empty()) out["type"] = "object";
  out["properties"] = std::move(properties);
  if (!required.empty()) out["required"] = std::move(required);
}

void add_elements(const Shape& shape, ordered_json& out) {
  if (shape.each != nullptr) {
    if (shape.required) {
      out["type"] = "array";
    } else {
      out["type"] = ordered_json::array({"array", "null"});
    }
    out["items"] = to_schema(*shape.each);
  }
  if (shape.items.empty()) return;
  ordered_json prefix = ordered_json::array();
  std::size_t least = 0;
  for (const auto& [at, item] : shape.items) {
    while (prefix.size() < at) prefix.push_back(true);
    prefix.push_back(to_schema(item));
    if (item.required) least = at + 1;
  }
  if (least > 0) out["type"] = "array";
  out["prefixItems"] = std::move(prefix);
  if (least > 0) out["minItems"] = least;
}

}  // namespace

Shape& Shape::member(const std::string& name) {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const ShapeMember& one) { return one.name == name; });
  if (found != members.end()) return found->shape;
  members.push_back({name, {}});
  return members.back().shape;
}

Shape& Shape::step(const PathStep& step) {
  if (step.kind == PathStep::Kind::member) return member(step.member);
  if (step.kind == PathStep::Kind::index) return items[step.index];
  if (each == nullptr) each = std::make_unique<Shape>();
  return *each;
}

ordered_json to_schema(const Shape& shape) {
  ordered_json out = ordered_json::object();
  if (!shape.description.empty()) out["description"] = shape.description;
  if (!shape.comment.empty()) out["$comment"] = shape.comment;
  ordered_json inner = ordered_json::object();
  add_members(shape, inner);
  add_elements(shape, inner);
  // A value that several fields read, or that is read whole and in part, must please all of them.
  if (shape.holds.size() + (inner.empty() ? 0 : 1) == 1) {
    out.update(inner.empty() ? shape.holds.front() : inner);
  } else if (!shape.holds.empty()) {
    ordered_json all = shape.holds;
    if (!inner.empty()) all.push_back(std::move(inner));
    out["allOf"] = std::move(all);
  }
  return out;
}

void ValueSchemas::place(Shape& start, const FieldDef& field, std::size_t first, std::string comment) {
  if (field.inverse) return;
  const bool must = !program_.types.is_optional(field.type) && !field.has_default;
  Shape* at = &start;
  bool inside = false;  // of an array's elements, each of which must have the value
  for (std::size_t i = first; i < field.path.size(); ++i) {
    at = &at->step(field.path[i]);
    at->required = at->required || must || inside;
    inside = inside || field.path[i].kind == PathStep::Kind::each;
  }
  types::TypeId type = program_.types.strip_optional(field.type);
  if (inside) type = program_.types.at(type).element;
  ordered_json schema = value(type);
  if (!must && !inside) schema = or_null(std::move(schema));
  if (std::find(at->holds.begin(), at->holds.end(), schema) == at->holds.end())
    at->holds.push_back(std::move(schema));
  if (at->description.empty()) {
    at->description = field.doc;
    if (field.has_default) {
      if (!at->description.empty()) at->description += '\n';
      at->description += "Where it is absent: " + plan::source_text(program_, field.default_value) + ".";
    }
  }
  if (at->comment.empty()) at->comment = std::move(comment);
}

ordered_json ValueSchemas::value(types::TypeId id) {
  const types::Type type = program_.types.at(id);
  switch (type.kind) {
    case Kind::optional:
      return or_null(value(type.element));
    case Kind::list:
    case Kind::set:
      return {{"type", "array"}, {"items", value(type.element)}};
    case Kind::enumeration:
      return enumeration(static_cast<types::EnumId>(type.decl));
    case Kind::entity:
      return key(static_cast<types::EntityId>(type.decl));
    case Kind::record:
      return record(static_cast<types::RecordId>(type.decl));
    default:
      return scalar(type.kind);
  }
}

ordered_json ValueSchemas::scalar(Kind kind) {
  const auto named = [&](const std::string& name, std::string description, std::string pattern,
                         const char* format) {
    ordered_json& definition = definitions_[name];
    definition = {{"description", std::move(description)}, {"type", "string"}, {"pattern", std::move(pattern)}};
    if (format != nullptr) definition["format"] = format;
    return reference(name);
  };
  switch (kind) {
    case Kind::boolean:
      return {{"type", "boolean"}};
    case Kind::integer:
      definitions_["int"] = {{"description", "A whole number of 64 bits, written without a point or an exponent."},
                             {"type", "integer"},
                             {"minimum", INT64_MIN},
                             {"maximum", INT64_MAX}};
      return reference("int");
    case Kind::floating:
      return {{"type", "number"}};
    case Kind::date:
      return named("date", "A day: 2026-06-30.", date_pattern(), "date");
    case Kind::timestamp:
      return named("timestamp", "An instant with its offset (RFC 3339): 2026-06-30T12:00:00Z.", timestamp_pattern(),
                   nullptr);
    case Kind::duration:
      return named("duration", "A length of time: PT4H, P3DT12H, or 4 hours.", duration_pattern(), nullptr);
    case Kind::period:
      return named("period", "Months and years: P1Y6M, or 18 months.", period_pattern(), nullptr);
    case Kind::network:
      return named("network", "An address or a block of addresses: 10.0.0.0/8, 2001:db8::1.", network_pattern(),
                   nullptr);
    default:
      return {{"type", "string"}};
  }
}

ordered_json ValueSchemas::enumeration(types::EnumId id) {
  const language::EnumDef& def = program_.enums[static_cast<std::uint32_t>(id)];
  const auto known = enum_names_.find(id);
  if (known != enum_names_.end()) return reference(known->second);
  // Modules may have enums of one name.
  std::string name = def.name;
  for (int i = 2; definitions_.contains(name); ++i) name = def.name + "." + std::to_string(i);
  enum_names_[id] = name;
  ordered_json& definition = definitions_[name];
  definition = ordered_json::object();
  if (!def.doc.empty()) definition["description"] = def.doc;
  definition["enum"] = def.members;
  return reference(name);
}

ordered_json ValueSchemas::record(types::RecordId id) {
  Shape shape;
  for (const FieldDef& field : program_.records[static_cast<std::uint32_t>(id)].fields) place(shape, field, 0, {});
  ordered_json out = {{"type", "object"}};
  out.update(to_schema(shape));
  return out;
}

ordered_json ValueSchemas::key(types::EntityId id) {
  const language::EntityDef& entity = program_.entity(id);
  const std::string name = entity.name + ".key";
  if (!definitions_.contains(name)) {
    // Entered before its parts are asked for: a key may hold keys.
    definitions_[name] = nullptr;
    definitions_[name] = key_parts(entity);
  }
  return reference(name);
}

ordered_json ValueSchemas::key_parts(const language::EntityDef& entity) {
  const std::string description = "The key of a record of " + entity.name + ".";
  if (entity.key.size() == 1) {
    ordered_json out = {{"description", description}};
    out.update(value(program_.types.strip_optional(entity.fields[entity.key.front()].type)));
    return out;
  }
  ordered_json parts = ordered_json::array(), names = ordered_json::array();
  ordered_json properties = ordered_json::object();
  for (const std::uint32_t field : entity.key) {
    const ordered_json part = value(program_.types.strip_optional(entity.fields[field].type));
    parts.push_back(part);
    names.push_back(entity.fields[field].name);
    properties[entity.fields[field].name] = part;
  }
  ordered_json array = {
      {"type", "array"}, {"prefixItems", parts}, {"minItems", parts.size()}, {"maxItems", parts.size()}};
  ordered_json object = {{"type", "object"}, {"properties", properties}, {"required", names}};
  return {{"description", description}, {"anyOf", ordered_json::array({array, object})}};
}

namespace {

const std::string day_of_the_year =
    "(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|"
    "02-(?:0[1-9]|1[0-9]|2[0-8]))|"
    "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
const std::string number = "[0-9]+(?:[.,][0-9]{1,9})?";

// `1 day 4 hours`: units in this order, each there or not, spaces between.
std::string words(const std::vector<std::string>& units) {
  std::string out = "(?=[0-9])";
  for (const std::string& unit : units) out += "(?:" + number + "[ ]+" + unit + "s?(?:[ ]+(?=[0-9])|$))?";
  return out;
}

// `12H30M`
std::string designators(const std::vector<std::string>& letters) {
  std::string out = "(?=[0-9])";
  for (const std::string& letter : letters) out += "(?:" + number + letter + ")?";
  return out;
}

}  // namespace

std::string date_pattern() { return "^" + day_of_the_year + "$"; }

std::string timestamp_pattern() {
  return "^" + day_of_the_year +
         "[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:[.][0-9]+)?"
         "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$";
}

std::string duration_pattern() {
  return "^-?(?:P(?:" + number + "W|(?=[0-9T])(?:" + number + "D)?(?:T" + designators({"H", "M", "S"}) + ")?)|" +
         words({"week", "day", "hour", "minute", "second"}) + ")$";
}

std::string period_pattern() { return "^-?(?:P" + designators({"Y", "M"}) + "|" + words({"year", "month"}) + ")$"; }

std::string network_pattern() {
  const std::string octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  const std::string v4 = octet + "(?:[.]" + octet + "){3}";
  const std::string v6 =
      "(?=[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:)(?:[0-9A-Fa-f]{0,4}:){1,8}(?:[0-9A-Fa-f]{0,4}|" + v4 + ")";
  return "^(?:" + v4 + "(?:/(?:3[0-2]|[12]?[0-9]))?|" + v6 + "(?:/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$";
}

}  // namespace writ::report
