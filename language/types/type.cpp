#include "language/types/type.hpp"

namespace writ::types {

TypeTable::TypeTable() {
  for (std::uint8_t kind = 0; kind <= static_cast<std::uint8_t>(Kind::network); ++kind) {
    types_.push_back({static_cast<Kind>(kind), 0, TypeId{}});
  }
}

TypeId TypeTable::intern(Type type) {
  const std::uint64_t hash = static_cast<std::uint64_t>(type.kind) << 56 ^
                             static_cast<std::uint64_t>(type.decl) << 24 ^ static_cast<std::uint64_t>(type.element);
  std::vector<TypeId>& same = index_[hash];
  for (const TypeId id : same) {
    if (at(id) == type) return id;
  }
  const auto id = static_cast<TypeId>(types_.size());
  types_.push_back(type);
  same.push_back(id);
  return id;
}

TypeId TypeTable::enumeration(EnumId id) {
  return intern({Kind::enumeration, static_cast<std::uint32_t>(id), TypeId{}});
}
TypeId TypeTable::entity(EntityId id) { return intern({Kind::entity, static_cast<std::uint32_t>(id), TypeId{}}); }
TypeId TypeTable::record(RecordId id) { return intern({Kind::record, static_cast<std::uint32_t>(id), TypeId{}}); }
TypeId TypeTable::list(TypeId element) { return intern({Kind::list, 0, element}); }
TypeId TypeTable::set(TypeId element) { return intern({Kind::set, 0, element}); }
TypeId TypeTable::range(TypeId element) { return intern({Kind::range, 0, element}); }

TypeId TypeTable::optional(TypeId element) {
  return is_optional(element) ? element : intern({Kind::optional, 0, element});
}

TypeId TypeTable::strip_optional(TypeId id) const { return is_optional(id) ? at(id).element : id; }

}  // namespace writ::types
