// A batch of tuples: what each local of a declaration is bound to, for some number of combinations at once.
// A batch may be made of another: each of its tuples then stands for one of the other's, whose locals are gathered
// only when they are asked for. The other must outlive it.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/eval/vector.hpp"
#include "language/program.hpp"

namespace writ::eval {

using language::LocalId;

class Tuples {
 public:
  // `locals`: how many the declaration has.
  Tuples(BufferPool& pool, std::uint32_t size, std::uint32_t locals) : pool_(&pool), size_(size), slots_(locals) {}
  // Tuple i stands for tuple from[i] of `parent`.
  Tuples(BufferPool& pool, Tuples& parent, std::vector<std::uint32_t> from)
      : pool_(&pool),
        size_(static_cast<std::uint32_t>(from.size())),
        parent_(&parent),
        from_(std::move(from)),
        slots_(parent.slots_.size()) {}

  std::uint32_t size() const { return size_; }
  std::uint32_t locals() const { return static_cast<std::uint32_t>(slots_.size()); }
  const std::vector<std::uint32_t>& from() const { return from_; }

  void bind(LocalId local, Buffer values) {
    slots_[language::index(local)] = values.data();
    buffers_.push_back(std::move(values));
  }
  void bind(LocalId local, Vec values);
  // The values of a local; null where nothing has bound it.
  const Value* local(LocalId local);

  // Results that are asked for more than once, by an expression's number (plan::ExprFacts). Null where not kept.
  const Value* kept(std::uint32_t number);
  const Value* keep(std::uint32_t number, Buffer values);

 private:
  const Value* gather(const Value* of_parent);

  struct Kept {
    std::uint32_t number;
    const Value* values;
  };

  BufferPool* pool_;
  std::uint32_t size_;
  Tuples* parent_ = nullptr;
  std::vector<std::uint32_t> from_;
  std::vector<const Value*> slots_;
  std::vector<Kept> kept_;
  std::vector<Buffer> buffers_;
};

}  // namespace writ::eval
