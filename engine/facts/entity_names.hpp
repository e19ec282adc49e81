// The names that evidence may give an entity: `AccessGrant`, `access_grant`, and their plurals.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "language/program.hpp"

namespace writ::facts {

// `disabledAt`, `disabled-at` and `DisabledAt` are `disabled_at`.
std::string snake_case(std::string_view name);

// The candidate that a misspelt name most likely means, whatever its style; empty where none is near.
std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& candidates);

class EntityNames {
 public:
  explicit EntityNames(const language::Program& program);
  std::optional<std::uint32_t> find(std::string_view name) const;
  // Every name that finds the entity, its own first, the others sorted.
  std::vector<std::string> spellings(std::uint32_t entity) const;
  // The declared name of the entity nearest to a name that is none's.
  std::string_view nearest(std::string_view name) const;

 private:
  const language::Program* program_;
  std::unordered_map<std::string, std::uint32_t> by_name_;
};

}  // namespace writ::facts
