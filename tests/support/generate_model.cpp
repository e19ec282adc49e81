#include "tests/support/generate_model.hpp"

#include <algorithm>

namespace writ::support {

bool Ty::operator==(const Ty& other) const {
  if (kind != other.kind || decl != other.decl || optional != other.optional) return false;
  if (!element || !other.element) return !element && !other.element;
  return *element == *other.element;
}

Ty Ty::present() const {
  Ty out = *this;
  out.optional = false;
  return out;
}

Ty Ty::maybe() const {
  Ty out = *this;
  out.optional = true;
  return out;
}

bool Ty::is_ordered_scalar() const {
  switch (kind) {
    case Kind::integer:
    case Kind::floating:
    case Kind::string:
    case Kind::date:
    case Kind::timestamp:
    case Kind::duration:
    case Kind::period:
      return true;
    default:
      return false;
  }
}

Ty simple(Kind kind) {
  Ty out;
  out.kind = kind;
  return out;
}

Ty list_of(const Ty& element) {
  Ty out = simple(Kind::list);
  out.element = std::make_shared<const Ty>(element);
  return out;
}

Ty set_of(const Ty& element) {
  Ty out = list_of(element);
  out.kind = Kind::set;
  return out;
}

const std::vector<FieldModel>* Schema::fields(const Ty& type) const {
  if (type.kind == Kind::entity && type.decl >= entities.size())
    return &relations[type.decl - entities.size()].columns;
  if (type.kind == Kind::entity) return &entities[type.decl].fields;
  if (type.kind == Kind::record) return &records[type.decl].fields;
  return nullptr;
}

bool Schema::is_ordered(const Ty& type) const {
  return type.is_ordered_scalar() || (type.kind == Kind::enumeration && enums[type.decl].ordered);
}

std::string Schema::spelling(const Ty& type) const {
  if (type.optional) return spelling(type.present()) + "?";
  switch (type.kind) {
    case Kind::boolean:
      return "Bool";
    case Kind::integer:
      return "Int";
    case Kind::floating:
      return "Float";
    case Kind::string:
      return "String";
    case Kind::date:
      return "Date";
    case Kind::timestamp:
      return "Timestamp";
    case Kind::duration:
      return "Duration";
    case Kind::period:
      return "Period";
    case Kind::network:
      return "Network";
    case Kind::enumeration:
      return enums[type.decl].name;
    case Kind::entity:
      return entities[type.decl].name;
    case Kind::list:
      return "List<" + spelling(*type.element) + ">";
    case Kind::set:
      return "Set<" + spelling(*type.element) + ">";
    case Kind::record: {
      std::string out = "{ ";
      for (const FieldModel& field : records[type.decl].fields) out += (out.size() > 2 ? ", " : "") + field.text;
      return out + " }";
    }
    default:
      return "Bool";
  }
}

std::vector<std::string> Schema::declarations() const {
  std::vector<std::string> out;
  for (const EnumModel& model : enums) {
    std::string text = std::string(model.ordered ? "ordered " : "") + "enum " + model.name + " { ";
    for (const std::string& member : model.members) text += (text.back() == ' ' ? "" : ", ") + member;
    out.push_back(text + " }\n");
  }
  for (const EntityModel& model : entities) {
    std::string text = "entity " + model.name + " {\n";
    for (const FieldModel& field : model.fields) text += "  " + field.text + "\n";
    out.push_back(text + "}\n");
  }
  return out;
}

namespace {

const std::vector<Kind> scalar_kinds{Kind::boolean,   Kind::integer,  Kind::integer, Kind::floating,
                                     Kind::string,    Kind::string,   Kind::date,    Kind::date,
                                     Kind::timestamp, Kind::duration, Kind::period,  Kind::network};

class SchemaGenerator {
 public:
  explicit SchemaGenerator(Choices& choices) : choices_(choices) {}

  Schema run() {
    enums();
    const std::uint32_t count = 2 + choices_.below(3);
    static const std::vector<std::string> names{"Account", "Person", "BuildServer", "Ticket"};
    for (std::uint32_t i = 0; i < count; ++i) {
      EntityModel model;
      model.name = names[i];
      model.referable = i == 0 || choices_.chance(75);
      schema_.entities.push_back(model);
    }
    for (std::uint32_t i = 0; i < count; ++i) keys(i);
    for (std::uint32_t i = 0; i < count; ++i) fields(i);
    return std::move(schema_);
  }

 private:
  void enums() {
    static const std::vector<std::vector<std::string>> members{{"active", "on_leave", "terminated"},
                                                               {"low", "medium", "high", "critical"},
                                                               {"active", "human", "service"}};
    static const std::vector<std::string> names{"Status", "Severity", "AccountKind"};
    const std::uint32_t count = 1 + choices_.below(3);
    for (std::uint32_t i = 0; i < count; ++i)
      schema_.enums.push_back({names[i], i == 1 || choices_.chance(25), members[i]});
  }

  // Words that mean something elsewhere in the language are plain names of fields.
  std::string name(const std::vector<FieldModel>& fields) {
    static const std::vector<std::string> words{"at",      "from",     "until",  "by",  "kind",
                                                "owner",   "status",   "source", "use", "control",
                                                "version", "evidence", "set",    "name"};
    if (choices_.chance(30)) {
      const std::string& word = choices_.pick(words);
      if (std::none_of(fields.begin(), fields.end(), [&](const FieldModel& f) { return f.name == word; }))
        return word;
    }
    return "f" + std::to_string(next_name_++);
  }

  Ty scalar() {
    if (choices_.chance(20)) {
      Ty out = simple(Kind::enumeration);
      out.decl = choices_.below(static_cast<std::uint32_t>(schema_.enums.size()));
      return out;
    }
    return simple(choices_.pick(scalar_kinds));
  }

  void add(std::vector<FieldModel>& fields, const std::string& field_name, const Ty& type,
           const std::string& rest) {
    const bool has_default = rest.find(" = ") != std::string::npos;
    fields.push_back({field_name, type, field_name + ": " + schema_.spelling(type) + rest, false, has_default});
  }

  void keys(std::uint32_t entity) {
    EntityModel& model = schema_.entities[entity];
    if (model.referable) {
      add(model.fields, "id", simple(choices_.chance(85) ? Kind::string : Kind::integer), "  key");
    } else if (choices_.chance(60)) {
      add(model.fields, "part", simple(Kind::string), "  key");
      add(model.fields, "number", simple(Kind::integer), " key");
    }
  }

  std::string default_of(const Ty& type) {
    if (type.optional || !choices_.chance(25)) return "";
    if (type.is_collection()) {
      if (choices_.chance(60) || type.element->kind == Kind::record || type.element->kind == Kind::entity)
        return type.kind == Kind::list ? " = []" : " = {}";
      const std::string element = literal(schema_, *type.element, true, choices_);
      return type.kind == Kind::list ? " = [" + element + "]" : " = {" + element + "}";
    }
    return " = " + literal(schema_, type, true, choices_);
  }

  std::string path_of(const Ty& type) {
    if (!choices_.chance(12)) return "";
    const std::string leaf = "x" + std::to_string(next_name_++);
    if (type.is_collection()) return choices_.chance(50) ? " at \"" + leaf + "[*].v\"" : " at \"raw." + leaf + "\"";
    return choices_.chance(70) ? " at \"raw." + leaf + "\"" : " at \"deep." + leaf + "[0].v\"";
  }

  void scalar_field(std::vector<FieldModel>& fields) {
    Ty type = scalar();
    if (choices_.chance(20)) type = choices_.chance(50) ? list_of(type) : set_of(type);
    if (choices_.chance(type.is_collection() ? 10 : 35)) type.optional = true;
    const std::string default_text = default_of(type);
    add(fields, name(fields), type, default_text + path_of(type));
  }

  void reference_field(std::uint32_t entity) {
    std::vector<std::uint32_t> targets;
    for (std::uint32_t i = 0; i < schema_.entities.size(); ++i) {
      if (schema_.entities[i].referable) targets.push_back(i);
    }
    EntityModel& model = schema_.entities[entity];
    Ty type = simple(Kind::entity);
    type.decl = choices_.pick(targets);
    const Ty target = type;
    const std::uint32_t form = choices_.below(10);
    if (form < 6) type.optional = true;
    if (form == 8) type = list_of(type);
    if (form == 9) type = set_of(type);
    const std::string field_name = name(model.fields);
    add(model.fields, field_name, type, type.is_collection() && choices_.chance(60) ? " = []" : "");
    if (type.kind == Kind::set) {
      // A set's default is written as one.
      std::string& text = model.fields.back().text;
      if (text.ends_with("[]")) text.replace(text.size() - 2, 2, "{}");
    }
    if (!choices_.chance(75)) return;
    Ty own = simple(Kind::entity);
    own.decl = entity;
    std::vector<FieldModel>& others = schema_.entities[target.decl].fields;
    const std::string inverse = "inv" + std::to_string(next_name_++);
    others.push_back({inverse, list_of(own), inverse + ": " + model.name + " via " + field_name, true, false});
  }

  void record_field(EntityModel& model) {
    RecordModel record;
    const std::uint32_t count = 1 + choices_.below(3);
    for (std::uint32_t i = 0; i < count; ++i) {
      Ty type = scalar();
      if (choices_.chance(40)) type.optional = true;
      add(record.fields, "r" + std::to_string(next_name_++), type, "");
    }
    schema_.records.push_back(record);
    Ty type = simple(Kind::record);
    type.decl = static_cast<std::uint32_t>(schema_.records.size() - 1);
    const std::uint32_t form = choices_.below(4);
    if (form == 1) type.optional = true;
    if (form > 1) type = list_of(type);
    add(model.fields, name(model.fields), type, form > 1 && choices_.chance(50) ? " = []" : "");
  }

  void fields(std::uint32_t entity) {
    const std::uint32_t scalars = 3 + choices_.below(4);
    for (std::uint32_t i = 0; i < scalars; ++i) scalar_field(schema_.entities[entity].fields);
    const std::uint32_t references = choices_.below(3);
    for (std::uint32_t i = 0; i < references; ++i) reference_field(entity);
    if (choices_.chance(50)) record_field(schema_.entities[entity]);
  }

  Choices& choices_;
  Schema schema_;
  std::uint32_t next_name_ = 0;
};

}  // namespace

Schema generate_schema(Choices& choices) { return SchemaGenerator(choices).run(); }

std::string literal(const Schema& schema, const Ty& type, bool known, Choices& choices) {
  static const std::vector<std::string> integers{
      "0", "1", "2", "3", "7", "-1", "-2", "10", "100", "9_223_372_036_854_775_807", "4611686018427387904"};
  static const std::vector<std::string> floats{"0.0", "0.5", "1.0", "1.5", "2.0", "-1.0", "50%", "100.25"};
  static const std::vector<std::string> strings{"\"\"",
                                                "\"a\"",
                                                "\"b\"",
                                                "\"ab\"",
                                                "\"A\"",
                                                "\"x-1\"",
                                                "\"ana@example.com\"",
                                                "\"10.0.0.1\"",
                                                "\"\\u{e9}t\\u{e9}\""};
  static const std::vector<std::string> dates{"2026-06-30", "2026-06-29", "2026-01-31", "2025-07-01",
                                              "2024-02-29", "2026-07-15", "9999-12-31", "0001-01-01"};
  static const std::vector<std::string> timestamps{"2026-06-30T00:00:00Z",      "2026-06-29T12:30:00Z",
                                                   "2026-01-31T23:59:59.5Z",    "2025-07-01T00:00:00Z",
                                                   "2024-02-29T10:00:00+02:00", "2026-07-15T06:00:00Z"};
  static const std::vector<std::string> durations{"0 days",     "1 day",   "12 hours", "30 days",
                                                  "90 minutes", "2 weeks", "1 second", "400 days"};
  static const std::vector<std::string> periods{"1 month", "3 months", "12 months", "1 year", "0 months"};
  static const std::vector<std::string> networks{"\"10.0.0.0/8\"",    "\"10.0.0.1\"",      "\"10.1.0.0/16\"",
                                                 "\"0.0.0.0/0\"",     "\"2001:db8::/32\"", "\"2001:db8::1\"",
                                                 "\"192.168.1.0/24\""};
  switch (type.kind) {
    case Kind::boolean:
      return choices.chance(50) ? "true" : "false";
    case Kind::integer:
      return choices.pick(integers);
    case Kind::floating:
      return known && choices.chance(20) ? "3" : choices.pick(floats);
    case Kind::string:
      return choices.pick(strings);
    case Kind::date:
      return choices.pick(dates);
    case Kind::timestamp:
      return choices.pick(timestamps);
    case Kind::duration:
      return choices.pick(durations);
    case Kind::period:
      return choices.pick(periods);
    case Kind::network:
      return choices.pick(networks);
    case Kind::enumeration: {
      const EnumModel& model = schema.enums[type.decl];
      return (known ? "" : model.name + ".") + choices.pick(model.members);
    }
    default:
      return "missing";
  }
}

}  // namespace writ::support
