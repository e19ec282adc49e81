// Values of records while they are derived: as they are kept, as they are asked for, and as texts.
#include <fmt/format.h>

#include <algorithm>

#include "tests/support/oracle_records.hpp"

namespace writ::support {

using facts::FactStore;
using facts::ValueKind;
using language::FieldDef;
using types::EntityId;
using types::Kind;
using types::TypeId;

std::string parted(std::string_view key, std::string_view between) {
  std::string out;
  for (const char c : key) out += c == '\x1f' ? std::string(between) : std::string(1, c);
  return out;
}

// `store`: whose rows references are; none where they are those of this.
Value OracleRecords::raw(const Value& value, TypeId id, const FactStore* store) {
  const types::Type& type = program_.types.at(program_.types.strip_optional(id));
  if (value.kind == ValueKind::missing || value.is_error()) return value;
  switch (type.kind) {
    case Kind::entity: {
      if (value.kind == ValueKind::text) return value;
      const auto row = static_cast<std::uint32_t>(value.i);
      const FactStore& of = store == nullptr ? before_ : *store;
      if (value.kind == ValueKind::dangling)
        return Value::of(arena_.text(of.entities[type.decl].keys.key(value.aux)));
      return Value::of(arena_.text(store == nullptr ? std::string_view(entities_[type.decl].records[row].key)
                                                    : store->key(static_cast<EntityId>(type.decl), row)));
    }
    case Kind::list:
    case Kind::set: {
      std::vector<Value> items;
      for (std::uint32_t i = 0; i < facts::list_size(value); ++i) {
        const Value item = raw(facts::list_element(value, i), type.element, store);
        const auto same = [&](const Value& other) { return facts::equal(other, item); };
        if (type.kind == Kind::list || std::none_of(items.begin(), items.end(), same)) items.push_back(item);
      }
      Value out = Value::of(arena_.list(items.data(), static_cast<std::uint32_t>(items.size())));
      out.is_set = type.kind == Kind::set;
      return out;
    }
    case Kind::record: {
      std::vector<Value> items;
      const std::vector<FieldDef>& fields = program_.records[type.decl].fields;
      for (std::uint32_t i = 0; i < fields.size(); ++i) {
        const Value item = value.kind == ValueKind::record ? value.column->children[i].at(value.aux)
                                                           : facts::list_element(value, i);
        items.push_back(raw(item, fields[i].type, store));
      }
      return Value::of(arena_.list(items.data(), static_cast<std::uint32_t>(items.size())));
    }
    case Kind::floating:
      return value.kind == ValueKind::integer ? Value::floating(static_cast<double>(value.i)) : value;
    case Kind::string:
      return Value::of(arena_.text(value.view()));
    case Kind::network:
      return Value::of(arena_.network(*value.network));
    default:
      return value;
  }
}

std::uint32_t OracleRecords::find(std::uint32_t entity, std::string_view key) {
  const std::vector<Record>& records = entities_[entity].records;
  for (std::uint32_t row = 0; row < records.size(); ++row) {
    if (looks_left_-- == 0) throw TooManySteps();
    if (records[row].key == key) return row;
  }
  return facts::KeyDictionary::none;
}

Value OracleRecords::resolved(const Value& raw, TypeId id) {
  const types::Type& type = program_.types.at(program_.types.strip_optional(id));
  if (raw.kind == ValueKind::missing) return raw;
  if (type.kind == Kind::entity) {
    const std::uint32_t row = find(type.decl, raw.view());
    if (row != facts::KeyDictionary::none) return Value::row(row);
    return Value::dangling(before_.entities[type.decl].keys.adopt(unknown_keys_.text(raw.view())));
  }
  if (type.kind != Kind::list && type.kind != Kind::set && type.kind != Kind::record) return raw;
  std::vector<Value> items;
  for (std::uint32_t i = 0; i < facts::list_size(raw); ++i) {
    const TypeId of = type.kind == Kind::record ? program_.records[type.decl].fields[i].type : type.element;
    items.push_back(resolved(facts::list_element(raw, i), of));
  }
  Value out = Value::of(arena_.list(items.data(), static_cast<std::uint32_t>(items.size())));
  out.is_set = raw.is_set;
  return out;
}

std::uint32_t OracleRecords::count(std::uint32_t entity) {
  return static_cast<std::uint32_t>(entities_[entity].records.size());
}

Value OracleRecords::field(std::uint32_t entity, std::uint32_t row, std::uint32_t field) {
  return resolved(entities_[entity].records[row].fields[field], program_.entities[entity].fields[field].type);
}

std::string OracleRecords::key_part(const Value& value, TypeId id) {
  const types::Type& type = program_.types.at(program_.types.strip_optional(id));
  return std::string(type.kind == Kind::entity       ? raw(value, id, nullptr).view()
                     : value.kind == ValueKind::text ? value.view()
                                                     : std::string_view(text(value, id)));
}

std::string OracleRecords::text(const Value& value, TypeId id) {
  const types::Type& type = program_.types.at(program_.types.strip_optional(id));
  if (!value.is_present() && value.kind != ValueKind::dangling) return facts::to_text(value, id, program_, before_);
  switch (type.kind) {
    case Kind::entity: {
      if (!program_.entities[type.decl].key.empty()) return parted(raw(value, id, nullptr).view(), "/");
      const Record& record = entities_[type.decl].records[static_cast<std::size_t>(value.i)];
      return program_.entities[type.decl].name + " at " + record.place;
    }
    case Kind::list:
    case Kind::set: {
      std::string out;
      for (std::uint32_t i = 0; i < facts::list_size(value); ++i)
        out += (i == 0 ? "" : ", ") + text(facts::list_element(value, i), type.element);
      return type.kind == Kind::list ? "[" + out + "]" : "{" + out + "}";
    }
    case Kind::record: {
      std::string out;
      const std::vector<FieldDef>& fields = program_.records[type.decl].fields;
      for (std::uint32_t i = 0; i < fields.size(); ++i)
        out += (i == 0 ? "" : ", ") + fields[i].name + ": " + text(facts::list_element(value, i), fields[i].type);
      return "{" + out + "}";
    }
    default:
      return facts::to_text(value, id, program_, before_);
  }
}

// With the row that a reference leads to.
std::string OracleRecords::shown(const Value& value, TypeId id, const FactStore* engine) {
  const types::Type& type = program_.types.at(program_.types.strip_optional(id));
  if (value.kind == ValueKind::missing) return "missing";
  if (type.kind == Kind::entity) {
    const std::string key(raw(value, id, engine).view());
    return value.kind == ValueKind::row ? fmt::format("{} at {}", key, value.i) : key + " nowhere";
  }
  if (type.kind != Kind::list && type.kind != Kind::set && type.kind != Kind::record)
    return facts::to_text(value, id, program_, before_);
  std::string out;
  const std::size_t size =
      type.kind == Kind::record ? program_.records[type.decl].fields.size() : facts::list_size(value);
  for (std::uint32_t i = 0; i < size; ++i) {
    const TypeId of = type.kind == Kind::record ? program_.records[type.decl].fields[i].type : type.element;
    out += (i == 0 ? "" : ", ") + shown(value.kind == ValueKind::record ? value.column->children[i].at(value.aux)
                                                                        : facts::list_element(value, i),
                                        of, engine);
  }
  return "[" + out + "]";
}

}  // namespace writ::support
