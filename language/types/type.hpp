// Types of values. Interned: equal types have equal ids within one table.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace writ::types {

enum class EnumId : std::uint32_t {};
enum class EntityId : std::uint32_t {};
enum class RecordId : std::uint32_t {};
enum class TypeId : std::uint32_t {};

enum class Kind : std::uint8_t {
  error,    // what could not be typed; accepted everywhere, so that one mistake gives one message
  missing,  // the type of the literal `missing` before its context gives it one
  boolean,
  integer,
  floating,
  string,
  date,
  timestamp,
  duration,
  period,
  network,
  enumeration,  // decl: EnumId
  entity,       // decl: EntityId; a reference to a record
  record,       // decl: RecordId
  list,
  set,       // element
  range,     // element: `a..b`, `period`
  optional,  // element (never itself optional)
};

struct Type {
  Kind kind = Kind::error;
  std::uint32_t decl = 0;
  TypeId element{};

  bool operator==(const Type&) const = default;
};

// Ids of the types without parameters are fixed: TypeId(Kind) for error … network.
class TypeTable {
 public:
  TypeTable();
  const Type& at(TypeId id) const { return types_[static_cast<std::uint32_t>(id)]; }
  Kind kind(TypeId id) const { return at(id).kind; }
  static constexpr TypeId simple(Kind kind) { return static_cast<TypeId>(kind); }  // error … network only
  TypeId enumeration(EnumId id);
  TypeId entity(EntityId id);
  TypeId record(RecordId id);
  TypeId list(TypeId element);
  TypeId set(TypeId element);
  TypeId range(TypeId element);
  TypeId optional(TypeId element);  // optional(T?) is T?
  bool is_optional(TypeId id) const { return kind(id) == Kind::optional; }
  TypeId strip_optional(TypeId id) const;  // T? gives T, T gives T
  bool is_collection(TypeId id) const { return kind(id) == Kind::list || kind(id) == Kind::set; }

 private:
  TypeId intern(Type type);
  std::vector<Type> types_;
  std::unordered_map<std::uint64_t, std::vector<TypeId>> index_;
};

}  // namespace writ::types
