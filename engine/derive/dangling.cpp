#include "engine/derive/dangling.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/facts/column_builder.hpp"
#include "engine/facts/inverses.hpp"
#include "engine/facts/key_text.hpp"

namespace writ::derive {

using facts::Column;
using facts::EntityFacts;
using types::EntityId;
using types::Kind;

namespace {

class Dropping {
 public:
  Dropping(const language::Program& program, facts::FactStore& store, const SetAside& set_aside)
      : program_(program), store_(store), set_aside_(set_aside) {}

  void run(std::vector<bool> changed) {
    while (once(changed)) facts::make_inverses(program_, store_);
  }

 private:
  static bool is_read(const EntityFacts& facts, std::size_t field) {
    return field < facts.columns.size() && facts.columns[field].kind != Kind::error;
  }

  // The first reference of a row, without which it cannot be, that leads nowhere.
  const Column* dangling(const Column& column, std::uint32_t row, std::uint32_t& code) const {
    if (!column.absent.empty() && column.absent[row] != 0) return nullptr;
    if (column.kind == Kind::entity) {
      code = column.codes[row];
      const EntityFacts& target = store_.entities[program_.types.at(column.type).decl];
      const bool judged = target.read && target.supplied && !target.broken;
      return !column.optional && judged && column.target->row_of(code) == facts::KeyDictionary::none ? &column
                                                                                                     : nullptr;
    }
    if (column.kind == Kind::record) {
      for (const Column& child : column.children) {
        if (const Column* found = dangling(child, row, code)) return found;
      }
    } else if (!column.starts.empty()) {
      for (std::uint32_t i = column.starts[row]; i < column.starts[row + 1]; ++i) {
        if (const Column* found = dangling(column.children.front(), i, code)) return found;
      }
    }
    return nullptr;
  }

  bool once(std::vector<bool>& changed) {
    bool any = false;
    for (std::uint32_t id = 0; id < store_.entities.size(); ++id) {
      EntityFacts& facts = store_.entities[id];
      if (!facts.read || program_.entities[id].relation) continue;
      std::vector<bool> dropped;
      for (std::uint32_t row = 0; row < facts.rows; ++row) {
        for (std::size_t field = 0; field < facts.columns.size(); ++field) {
          std::uint32_t code = 0;
          if (!is_read(facts, field) || !may_dangle(facts.columns[field], changed, changed[id])) continue;
          const Column* column = dangling(facts.columns[field], row, code);
          if (column == nullptr) continue;
          dropped.resize(facts.rows, false);
          dropped[row] = true;
          set_aside_(static_cast<EntityId>(id), row,
                     fmt::format("`{}` refers to the {} `{}`, which is not there",
                                 program_.entities[id].fields[field].name,
                                 program_.entities[program_.types.at(column->type).decl].name,
                                 facts::shown_key(column->target->key(code))));
          break;
        }
      }
      if (dropped.empty()) continue;
      drop(id, dropped);
      changed[id] = true;
      any = true;
    }
    return any;
  }

  // References between supplied records were judged when these were read.
  bool may_dangle(const Column& column, const std::vector<bool>& changed, bool own) const {
    if (column.kind == Kind::entity) return own || changed[program_.types.at(column.type).decl];
    return std::any_of(column.children.begin(), column.children.end(),
                       [&](const Column& child) { return may_dangle(child, changed, own); });
  }

  void drop(std::uint32_t id, const std::vector<bool>& dropped) {
    EntityFacts& facts = store_.entities[id];
    const bool keyed = facts.keys.size() > 0;
    if (keyed && facts.key_codes.empty()) {
      for (std::uint32_t row = 0; row < facts.rows; ++row) facts.key_codes.push_back(row);
    }
    std::uint32_t kept = 0;
    std::uint32_t derived_from = facts.derived_from;
    for (std::uint32_t row = 0; row < facts.rows; ++row) {
      if (dropped[row] && row < facts.derived_from && derived_from != facts::KeyDictionary::none) --derived_from;
      if (keyed) facts.keys.set_row(facts.key_codes[row], dropped[row] ? facts::KeyDictionary::none : kept);
      if (dropped[row]) continue;
      if (keyed) facts.key_codes[kept] = facts.key_codes[row];
      if (row < facts.places.size()) facts.places[kept] = facts.places[row];
      if (row < facts.given.size()) facts.given[kept] = std::move(facts.given[row]);
      ++kept;
    }
    if (keyed) facts.key_codes.resize(kept);
    if (!facts.places.empty()) facts.places.resize(kept);
    if (!facts.given.empty()) facts.given.resize(kept);
    for (std::size_t field = 0; field < facts.columns.size(); ++field) {
      if (is_read(facts, field)) facts::drop_rows(facts.columns[field], dropped);
    }
    facts.rows = kept;
    facts.derived_from = derived_from;
  }

  const language::Program& program_;
  facts::FactStore& store_;
  const SetAside& set_aside_;
};

}  // namespace

void drop_dangling(const language::Program& program, facts::FactStore& store, std::vector<bool> changed,
                   const SetAside& set_aside) {
  Dropping(program, store, set_aside).run(std::move(changed));
}

}  // namespace writ::derive
