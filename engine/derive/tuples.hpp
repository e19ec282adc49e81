// The tuples of a relation while they are found: each once, in the order in which they come.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/facts/store.hpp"
#include "language/program.hpp"

namespace writ::derive {

class TupleSet {
 public:
  // `facts`: where the tuples are kept; emptied here, with a column for each of the relation.
  TupleSet(const language::Program& program, types::EntityId relation, facts::FactStore& store);

  types::EntityId relation() const { return relation_; }
  // Takes a tuple that is not there yet. Constant time, but for growth.
  void add(std::span<const facts::Value> tuple);
  // Makes what was added since visible as rows; gives how many they are.
  std::uint32_t publish();
  // Of a relation of two records: its rows, and rows in their place, each once, by column. Nothing can be added
  // then.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs() const;
  void replace(std::vector<std::uint32_t> first, std::vector<std::uint32_t> second);
  std::uint32_t rows() const { return facts_->rows; }
  // What the tuples' texts, and networks that wait to become rows, are in. The set takes nothing more.
  facts::Arena take_texts() { return std::move(texts_); }

 private:
  bool holds(std::uint32_t at, std::span<const facts::Value> tuple) const;
  void grow();

  types::EntityId relation_;
  facts::EntityFacts* facts_;
  std::size_t width_;
  std::vector<std::uint64_t> slots_;   // upper half: the hash; lower half: the tuple + 1; 0 is free
  std::vector<facts::Value> pending_;  // width × tuple, behind those that are rows
  std::uint32_t size_ = 0;
  facts::Arena texts_;
};

}  // namespace writ::derive
