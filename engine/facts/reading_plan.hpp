// What is to be read of each entity, made from the program once: which fields become columns, where each lies in a
// record, what takes its place where it is absent, and what the key is made of. Read-only while files are read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/facts/store.hpp"
#include "language/program.hpp"

namespace writ::facts {

struct FieldPlan;

// The spellings of an enum.
struct EnumPlan {
  const language::EnumDef* def = nullptr;
  std::unordered_map<std::string_view, std::uint16_t> ordinals;
};

// How a value of one type is read.
struct ValuePlan {
  types::Kind kind{};
  types::TypeId type{};  // without the optional
  const EnumPlan* enumeration = nullptr;
  std::uint32_t target = 0;        // reference: the entity
  std::vector<ValuePlan> element;  // list, set: one
  std::vector<FieldPlan> fields;   // record
};

struct FieldPlan {
  static constexpr std::uint16_t nowhere = 0xffff;

  std::uint32_t field = 0;  // index in the entity's or the record's fields
  std::string_view name;
  const language::Path* path = nullptr;
  std::uint16_t position = nowhere;  // where the walker notes the value of the path's first member
  bool optional = false;
  bool has_default = false;
  bool collects = false;  // the path holds `[*]`
  bool is_key = false;    // the key itself, a String: its texts are those of the dictionary
  Value fallback;         // the default
  ValuePlan value;
};

struct EntityPlan {
  EntityId id{};
  const language::EntityDef* def = nullptr;
  bool read = false;
  std::vector<FieldPlan> fields;         // that are read
  std::vector<FieldPlan> key;            // in order
  std::vector<std::string_view> wanted;  // first members of paths, by position
  std::vector<std::string_view> known;   // first members of all fields' paths, read or not
  std::uint16_t entity_position = 0;     // where `entity` and `kind` of mixed records are noted
  std::uint16_t kind_position = 0;
  std::uint16_t positions = 0;  // how many there are
  std::size_t outside = 0;      // steps of `at` outside of what is read into memory at once
  bool by_name() const { return def->from.empty(); }
  // Whether its records may stand under its name in files that are named for no entity.
  bool anywhere() const { return read && by_name() && def->at.empty(); }
  // Whether a member that no field names is a likely mistake: not so in vendors' documents.
  bool reports_unknown() const { return def->from.empty() && def->at.empty(); }
};

struct ReadingPlan {
  const language::Program* program = nullptr;
  std::vector<EntityPlan> entities;  // by EntityId
  std::vector<EnumPlan> enums;       // by EnumId
  Arena constants;                   // owns what defaults point to

  const EntityPlan& entity(std::uint32_t id) const { return entities[id]; }
};

// `all`: every entity and field, not only what the selected controls' checks read.
ReadingPlan plan_reading(const language::Program& program, bool all);

}  // namespace writ::facts
