#include "engine/derive/tuples.hpp"

#include "engine/facts/column_builder.hpp"
#include "engine/facts/hash.hpp"

namespace writ::derive {

using facts::Column;
using facts::Value;
using types::Kind;

namespace {

// A tuple refers to records by their rows.
const facts::KeyDictionary& rows_as_codes() {
  static const facts::KeyDictionary dictionary = facts::KeyDictionary::of_rows();
  return dictionary;
}

Column column_of(const language::Program& program, types::TypeId type) {
  Column column;
  column.type = type;
  column.kind = program.types.kind(type);
  if (column.kind == Kind::entity) column.target = &rows_as_codes();
  return column;
}

void append(Column& column, const Value& value, facts::Arena& texts) {
  if (column.kind == Kind::entity) {
    column.codes.push_back(static_cast<std::uint32_t>(value.i));
  } else if (column.kind == Kind::string) {  // a literal's text ends with the run
    column.texts.push_back(texts.text(value.view()));
  } else {
    facts::append_value(column, value);
  }
}

std::uint32_t hash_of(std::span<const Value> tuple) {
  std::uint64_t hash = 0;
  for (const Value& value : tuple) hash = (hash ^ facts::hash(value)) * 0x9e3779b97f4a7c15ULL;
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

TupleSet::TupleSet(const language::Program& program, types::EntityId relation, facts::FactStore& store)
    : relation_(relation),
      facts_(&store.entities[language::index(relation)]),
      width_(program.entity(relation).fields.size()),
      slots_(16) {
  *facts_ = {};
  for (const language::FieldDef& field : program.entity(relation).fields)
    facts_->columns.push_back(column_of(program, field.type));
}

bool TupleSet::holds(std::uint32_t at, std::span<const Value> tuple) const {
  for (std::size_t i = 0; i < width_; ++i) {
    const Value known =
        at < facts_->rows ? facts_->columns[i].at(at) : pending_[std::size_t{at - facts_->rows} * width_ + i];
    if (!facts::equal(known, tuple[i])) return false;
  }
  return true;
}

void TupleSet::grow() {
  std::vector<std::uint64_t> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const std::uint64_t slot : old) {
    if (slot == 0) continue;
    std::size_t at = static_cast<std::size_t>(slot >> 32) & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

void TupleSet::add(std::span<const Value> tuple) {
  if (std::size_t{size_ + 1} * 4 > slots_.size() * 3) grow();
  const std::uint32_t hash = hash_of(tuple);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at] != 0; at = (at + 1) & mask) {
    if (slots_[at] >> 32 == hash && holds(static_cast<std::uint32_t>(slots_[at]) - 1, tuple)) return;
  }
  ++size_;
  slots_[at] = (std::uint64_t{hash} << 32) | size_;
  for (Value value : tuple) {
    // One of another tuple lies in a column, which grows.
    if (value.kind == facts::ValueKind::network) value.network = texts_.network(*value.network);
    pending_.push_back(value);
  }
}

std::uint32_t TupleSet::publish() {
  const std::uint32_t added = size_ - facts_->rows;
  for (std::size_t i = 0; i < width_; ++i) {
    for (std::size_t at = i; at < pending_.size(); at += width_) append(facts_->columns[i], pending_[at], texts_);
  }
  pending_.clear();
  facts_->rows = size_;
  return added;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> TupleSet::pairs() const {
  const auto& first = facts_->columns[0].codes;
  const auto& second = facts_->columns[1].codes;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  out.reserve(first.size());
  for (std::size_t row = 0; row < first.size(); ++row) out.emplace_back(first[row], second[row]);
  return out;
}

void TupleSet::replace(std::vector<std::uint32_t> first, std::vector<std::uint32_t> second) {
  size_ = facts_->rows = static_cast<std::uint32_t>(first.size());
  facts_->columns[0].codes = std::move(first);
  facts_->columns[1].codes = std::move(second);
  pending_.clear();
  slots_ = {};
}

}  // namespace writ::derive
