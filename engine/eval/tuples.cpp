#include "engine/eval/tuples.hpp"

namespace writ::eval {

void Tuples::bind(LocalId local, Vec values) {
  if (values.owns()) {
    bind(local, values.release());
    return;
  }
  Buffer copy(*pool_, size_);
  for (std::uint32_t i = 0; i < size_; ++i) copy[i] = values[i];
  bind(local, std::move(copy));
}

const Value* Tuples::gather(const Value* of_parent) {
  Buffer values(*pool_, size_);
  for (std::uint32_t i = 0; i < size_; ++i) values[i] = of_parent[from_[i]];
  buffers_.push_back(std::move(values));
  return buffers_.back().data();
}

const Value* Tuples::local(LocalId local) {
  const Value*& slot = slots_[language::index(local)];
  if (slot == nullptr && parent_ != nullptr) {
    const Value* of_parent = parent_->local(local);
    if (of_parent != nullptr) slot = gather(of_parent);
  }
  return slot;
}

const Value* Tuples::kept(std::uint32_t number) {
  for (const Kept& entry : kept_) {
    if (entry.number == number) return entry.values;
  }
  if (parent_ == nullptr) return nullptr;
  const Value* of_parent = parent_->kept(number);
  if (of_parent == nullptr) return nullptr;
  kept_.push_back({number, gather(of_parent)});
  return kept_.back().values;
}

const Value* Tuples::keep(std::uint32_t number, Buffer values) {
  buffers_.push_back(std::move(values));
  kept_.push_back({number, buffers_.back().data()});
  return kept_.back().values;
}

}  // namespace writ::eval
