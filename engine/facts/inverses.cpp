#include "engine/facts/inverses.hpp"

#include <algorithm>

namespace writ::facts {

using types::Kind;

namespace {

// Calls `visit` with each row that a row refers to, once. `targets` is room to work in.
template <typename Visit>
void each_target(const Column& column, std::uint32_t row, std::vector<std::uint32_t>& targets, const Visit& visit) {
  if (!column.absent.empty() && column.absent[row] != 0) return;
  if (column.kind == Kind::entity) {
    const std::uint32_t target = column.target->row_of(column.codes[row]);
    if (target != KeyDictionary::none) visit(target);
    return;
  }
  const Column& elements = column.children.front();
  targets.clear();
  for (std::uint32_t i = column.starts[row]; i < column.starts[row + 1]; ++i) {
    const std::uint32_t target = elements.target->row_of(elements.codes[i]);
    if (target != KeyDictionary::none) targets.push_back(target);
  }
  if (column.kind == Kind::list) {
    std::sort(targets.begin(), targets.end());
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  }
  for (const std::uint32_t target : targets) visit(target);
}

// By counting: how many refer to each row, then who they are.
void make_inverse(const EntityFacts& others, const Column& column, Inverse& inverse) {
  std::vector<std::uint32_t> targets;
  for (std::uint32_t row = 0; row < others.rows; ++row) {
    each_target(column, row, targets, [&](std::uint32_t target) { ++inverse.starts[std::size_t{target} + 1]; });
  }
  for (std::size_t row = 1; row < inverse.starts.size(); ++row) inverse.starts[row] += inverse.starts[row - 1];
  inverse.rows.resize(inverse.starts.back());
  std::vector<std::uint32_t> next(inverse.starts.begin(), inverse.starts.end() - 1);
  for (std::uint32_t row = 0; row < others.rows; ++row) {
    each_target(column, row, targets, [&](std::uint32_t target) { inverse.rows[next[target]++] = row; });
  }
}

}  // namespace

void make_inverses(const language::Program& program, FactStore& store) {
  for (std::size_t id = 0; id < program.entities.size(); ++id) {
    EntityFacts& facts = store.entities[id];
    if (!facts.read) continue;
    const std::vector<language::FieldDef>& fields = program.entities[id].fields;
    facts.inverses.resize(fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (!fields[i].inverse) continue;
      Inverse& inverse = facts.inverses[i];
      inverse.starts.assign(std::size_t{facts.rows} + 1, 0);
      const EntityFacts& others = store.entity(fields[i].inverse_entity);
      if (!others.read || others.columns.size() <= fields[i].inverse_field) continue;
      const Column& column = others.columns[fields[i].inverse_field];
      if (column.kind != Kind::error) make_inverse(others, column, inverse);
    }
  }
}

}  // namespace writ::facts
