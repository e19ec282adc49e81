#include "engine/facts/entity_names.hpp"

#include <algorithm>
#include <cctype>

#include "language/diagnostics/diagnostic.hpp"

namespace writ::facts {

namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

std::string plural(const std::string& name) {
  if (name.empty()) return name;
  const auto ends = [&](std::string_view tail) { return name.ends_with(tail); };
  const char before = name.size() > 1 ? lower(name[name.size() - 2]) : '\0';
  const bool vowel_before = before == 'a' || before == 'e' || before == 'i' || before == 'o' || before == 'u';
  if (ends("y") && !vowel_before) return name.substr(0, name.size() - 1) + "ies";
  if (ends("s") || ends("x") || ends("z") || ends("ch") || ends("sh")) return name + "es";
  return name + "s";
}

}  // namespace

std::string snake_case(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '-' || c == ' ') {
      out += '_';
      continue;
    }
    // A word starts with a capital after a small letter, or before one: `mfaID`, `IDCard`.
    const bool after_small = i > 0 && !is_upper(name[i - 1]) && name[i - 1] != '_' && name[i - 1] != '-';
    const bool before_small =
        i > 0 && i + 1 < name.size() && is_upper(name[i - 1]) && name[i + 1] >= 'a' && name[i + 1] <= 'z';
    if (is_upper(c) && (after_small || before_small)) out += '_';
    out += lower(c);
  }
  return out;
}

std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& candidates) {
  const std::string snake = snake_case(name);
  for (const std::string_view candidate : candidates) {
    if (candidate == snake || snake_case(candidate) == snake) return candidate;
  }
  if (const std::string_view near = diagnostics::nearest(name, candidates); !near.empty()) return near;
  return diagnostics::nearest(snake, candidates);
}

EntityNames::EntityNames(const language::Program& program) : program_(&program) {
  // Exact names come first, so that an entity `Accounts` is not taken for the plural of `Account`.
  // No evidence holds a relation.
  std::vector<std::uint32_t> entities;
  for (std::uint32_t id = 0; id < program.entities.size(); ++id) {
    if (!program.entities[id].relation) entities.push_back(id);
  }
  for (const std::uint32_t id : entities) by_name_.emplace(program.entities[id].name, id);
  for (const std::uint32_t id : entities) by_name_.emplace(snake_case(program.entities[id].name), id);
  for (const std::uint32_t id : entities) {
    by_name_.emplace(plural(program.entities[id].name), id);
    by_name_.emplace(plural(snake_case(program.entities[id].name)), id);
  }
}

std::optional<std::uint32_t> EntityNames::find(std::string_view name) const {
  const auto found = by_name_.find(std::string(name));
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

std::vector<std::string> EntityNames::spellings(std::uint32_t entity) const {
  const std::string& own = program_->entities[entity].name;
  std::vector<std::string> out;
  for (const auto& [name, id] : by_name_) {
    if (id == entity && name != own) out.push_back(name);
  }
  std::sort(out.begin(), out.end());
  out.insert(out.begin(), own);
  return out;
}

std::string_view EntityNames::nearest(std::string_view name) const {
  std::vector<std::string_view> names;
  for (const language::EntityDef& entity : program_->entities) {
    if (!entity.relation) names.push_back(entity.name);
  }
  if (const std::string_view near = nearest_name(name, names); !near.empty()) return near;
  if (name.ends_with('s')) return nearest_name(name.substr(0, name.size() - 1), names);
  return {};
}

}  // namespace writ::facts
