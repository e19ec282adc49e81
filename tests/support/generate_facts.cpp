#include "tests/support/generate_facts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace writ::support {

using Json = nlohmann::ordered_json;
using language::EntityDef;
using language::FieldDef;
using language::PathStep;
using language::Program;
using types::Kind;

std::string GeneratedFile::text() const {
  std::string out = prefix;
  for (std::size_t i = 0; i < records.size(); ++i) out += (i == 0 ? "" : separator) + records[i];
  return out + suffix;
}

std::vector<facts::FactInput> inputs_of(const std::vector<GeneratedFile>& files) {
  std::vector<facts::FactInput> out;
  for (const GeneratedFile& file : files) {
    facts::FactInput input;
    input.path = file.name;
    input.relative = file.name;
    input.contents = file.text();
    input.in_memory = true;
    out.push_back(std::move(input));
  }
  return out;
}

namespace {

std::string snake_case(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool upper = name[i] >= 'A' && name[i] <= 'Z';
    if (upper && i > 0) out += '_';
    out += upper ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
  }
  return out;
}

class FactsGenerator {
 public:
  FactsGenerator(const Program& program, Choices& choices) : program_(program), choices_(choices) {}

  std::vector<GeneratedFile> run() {
    flawed_ = choices_.chance(25);
    // What is derived need not be supplied as well, and grows beyond it; so do combinations of several records.
    std::set<std::size_t> derived;
    for (const language::DerivationDef& derivation : program_.derivations) {
      if (!program_.entity(derivation.target).relation) derived.insert(language::index(derivation.target));
    }
    const bool grows =
        !derived.empty() || std::any_of(program_.entities.begin(), program_.entities.end(),
                                        [](const EntityDef& one) { return one.relation && one.fields.size() > 2; });
    for (const EntityDef& entity : program_.entities) {
      static const std::vector<std::uint32_t> sizes{0, 1, 2, 3, 3, 4, 4, 5, 6, 8, 12, 30};
      counts_.push_back(std::min(choices_.pick(sizes), grows ? 12U : 30U));
      keys_.push_back(keys(entity, counts_.back()));
    }
    for (std::size_t e = 0; e < program_.entities.size(); ++e) {
      if (program_.entities[e].relation || choices_.chance(derived.contains(e) ? 40 : derived.empty() ? 4 : 9))
        continue;
      file(e);
    }
    return std::move(files_);
  }

 private:
  bool single_key(const EntityDef& entity) const { return entity.key.size() == 1; }

  std::vector<Json> keys(const EntityDef& entity, std::uint32_t count) {
    std::vector<Json> out;
    if (!single_key(entity)) return out;
    const bool number = program_.types.kind(entity.fields[entity.key[0]].type) == Kind::integer;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (number) {
        out.emplace_back(i);
      } else {
        out.emplace_back(entity.name.substr(0, 1) + std::to_string(i));
      }
    }
    return out;
  }

  Json text(const std::vector<std::string>& values) { return choices_.pick(values); }

  // The same few values as in generated programs, so that they meet.
  Json scalar(const types::Type& type) {
    static const std::vector<std::int64_t> integers{
        0, 1, 2, 3, 7, -1, -2, 10, 100, 9223372036854775807, 4611686018427387904};
    static const std::vector<double> floats{0.0, 0.5, 1.0, 1.5, 2.0, -1.0, 100.25, 1e300};
    switch (type.kind) {
      case Kind::boolean:
        return choices_.chance(50);
      case Kind::integer:
        return choices_.chance(90) ? integers[choices_.below(9)] : choices_.pick(integers);
      case Kind::floating:
        return choices_.pick(floats);
      case Kind::string:
        return text({"", "a", "b", "ab", "A", "x-1", "ana@example.com", "10.0.0.1", "\u00e9t\u00e9", "a\n\"b\""});
      case Kind::date:
        return text(
            {"2026-06-30", "2026-06-29", "2026-01-31", "2025-07-01", "2024-02-29", "2026-07-15", "9999-12-31"});
      case Kind::timestamp:
        return text({"2026-06-30T00:00:00Z", "2026-06-29T12:30:00Z", "2026-01-31T23:59:59.5Z",
                     "2025-07-01T00:00:00Z", "2024-02-29T10:00:00+02:00", "2026-07-15T06:00:00Z"});
      case Kind::duration:
        return text({"P1D", "PT12H", "30 days", "90 minutes", "P2W", "PT0S"});
      case Kind::period:
        return text({"1 month", "P3M", "12 months", "P1Y"});
      case Kind::network:
        return text({"10.0.0.0/8", "10.0.0.1", "10.1.0.0/16", "0.0.0.0/0", "2001:db8::/32", "2001:db8::1",
                     "192.168.1.0/24"});
      case Kind::enumeration: {
        const auto& members = program_.enums[type.decl].members;
        return members[choices_.below(static_cast<std::uint32_t>(members.size()))];
      }
      default:
        return nullptr;
    }
  }

  Json reference(std::uint32_t entity, bool may_dangle) {
    const std::vector<Json>& keys = keys_[entity];
    const bool number =
        single_key(program_.entities[entity]) &&
        program_.types.kind(program_.entities[entity].fields[program_.entities[entity].key[0]].type) ==
            Kind::integer;
    if (keys.empty() || (may_dangle && choices_.chance(12))) {
      if (number) return 999;
      return choices_.chance(50) ? "nobody" : "no one";
    }
    return choices_.pick(keys);
  }

  Json value(types::TypeId id, bool may_dangle) {
    const types::Type& type = program_.types.at(id);
    switch (type.kind) {
      case Kind::optional:
        return value(type.element, true);
      case Kind::entity:
        return reference(type.decl, may_dangle || flawed_);
      case Kind::record: {
        Json out = Json::object();
        for (const FieldDef& field : program_.records[type.decl].fields) put(out, field);
        return out;
      }
      case Kind::list:
      case Kind::set: {
        Json out = Json::array();
        const std::uint32_t count = choices_.below(5);
        for (std::uint32_t i = 0; i < count; ++i) out.push_back(value(type.element, flawed_));
        return out;
      }
      default:
        return scalar(type);
    }
  }

  // Puts a value where a path leads, making what lies on the way.
  void place(Json& at, const language::Path& path, std::size_t step, const Json& value) {
    if (step == path.size()) {
      at = value;
      return;
    }
    switch (path[step].kind) {
      case PathStep::Kind::member:
        if (!at.is_object()) at = Json::object();
        place(at[path[step].member], path, step + 1, value);
        return;
      case PathStep::Kind::index:
        if (!at.is_array()) at = Json::array();
        while (at.size() <= path[step].index) at.push_back(nullptr);
        place(at[path[step].index], path, step + 1, value);
        return;
      case PathStep::Kind::each:
        // One element of the collection in each.
        at = Json::array();
        if (!value.is_array()) return;
        for (const Json& element : value) {
          at.push_back(nullptr);
          place(at.back(), path, step + 1, element);
        }
        return;
      case PathStep::Kind::parent:
        return;
    }
  }

  void put(Json& object, const FieldDef& field) {
    if (field.inverse) return;
    const bool optional = program_.types.is_optional(field.type);
    if ((optional || field.has_default) && choices_.chance(30)) {
      if (optional && choices_.chance(30)) place(object, field.path, 0, nullptr);
      return;
    }
    place(object, field.path, 0, value(field.type, optional));
  }

  Json record(std::size_t e, std::uint32_t index) {
    const EntityDef& entity = program_.entities[e];
    Json out = Json::object();
    for (const FieldDef& field : entity.fields) put(out, field);
    if (single_key(entity)) {
      place(out, entity.fields[entity.key[0]].path, 0, keys_[e][index]);
    } else if (!entity.key.empty()) {
      // A number for the last part keeps several parts apart.
      for (const std::uint32_t part : entity.key) {
        const FieldDef& field = entity.fields[part];
        if (program_.types.kind(field.type) == Kind::integer) place(out, field.path, 0, index);
      }
    }
    return out;
  }

  // Makes a record wrong, or strange.
  void spoil(Json& record, std::size_t e) {
    const EntityDef& entity = program_.entities[e];
    const FieldDef& field = entity.fields[choices_.below(static_cast<std::uint32_t>(entity.fields.size()))];
    switch (choices_.below(6)) {
      case 0:
        if (!field.inverse) record.erase(field.path[0].member);
        return;
      case 1:
        if (!field.inverse) place(record, field.path, 0, Json::array({1, "x"}));
        return;
      case 2:
        if (!field.inverse) place(record, field.path, 0, "2026-02-30");
        return;
      case 3:
        if (single_key(entity)) place(record, entity.fields[entity.key[0]].path, 0, keys_[e][0]);
        return;
      case 4:
        record["unknown_" + field.name] = 1;
        return;
      default:
        if (!field.inverse) place(record, field.path, 0, -1.5);
    }
  }

  std::string date_of_collection() {
    return text({"2026-06-30T00:00:00Z", "2026-06-29T12:00:00Z", "2026-06-15T00:00:00Z", "2026-03-01T00:00:00Z",
                 "2025-01-01T00:00:00Z"});
  }

  void file(std::size_t e) {
    const EntityDef& entity = program_.entities[e];
    GeneratedFile out;
    const std::string name = snake_case(entity.name);
    std::string envelope = R"({"entity":")" + entity.name + R"(")";
    if (choices_.chance(90)) envelope += R"(,"collected_at":")" + date_of_collection() + "\"";
    switch (choices_.below(5)) {
      case 0:
        out = {name + ".json", "[", ",\n", "]\n", {}};
        break;
      case 1:
        out = {"all_" + name + ".json", "{\"" + entity.name + "\":[", ",", "]}", {}};
        break;
      case 2:
        out = {name + ".ndjson", choices_.chance(70) ? envelope + "}\n" : "", "\n", "\n", {}};
        break;
      default:
        out = {name + ".json", envelope + ",\"records\":[\n", ",\n", "\n]}\n", {}};
    }
    for (std::uint32_t i = 0; i < counts_[e]; ++i) {
      Json json = record(e, i);
      if (flawed_ && choices_.chance(8)) spoil(json, e);
      out.records.push_back(json.dump());
    }
    if (flawed_ && choices_.chance(4) && !out.records.empty()) out.suffix = "";
    files_.push_back(std::move(out));
  }

  const Program& program_;
  Choices& choices_;
  bool flawed_ = false;
  std::vector<std::uint32_t> counts_;
  std::vector<std::vector<Json>> keys_;
  std::vector<GeneratedFile> files_;
};

}  // namespace

std::vector<GeneratedFile> generate_facts(const Program& program, Choices& choices) {
  return FactsGenerator(program, choices).run();
}

}  // namespace writ::support
