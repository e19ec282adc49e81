#include "engine/facts/key_text.hpp"

namespace writ::facts {

std::string shown_key(std::string_view key) {
  std::string out;
  for (const char c : key) out += c == key_mark ? std::string(", ") : std::string(1, c);
  return out;
}

void append_key(std::string& out, const Value& value, types::TypeId id, const language::Program& program,
                const FactStore& store) {
  const types::Type& type = program.types.at(program.types.strip_optional(id));
  const auto entity = static_cast<EntityId>(type.decl);
  switch (value.kind) {
    case ValueKind::text:
      out += value.view();
      return;
    case ValueKind::row:
      out += store.key(entity, static_cast<std::uint32_t>(value.i));
      return;
    case ValueKind::dangling:
      out += store.entity(entity).keys.key(value.aux);
      return;
    default:
      out += to_text(value, id, program, store);
      return;
  }
}

}  // namespace writ::facts
