#include <algorithm>
#include <cassert>
#include <cstddef>
#include <new>

#include "engine/facts/value.hpp"

namespace writ::facts {

void* Arena::allocate(std::size_t bytes, std::size_t alignment) {
  assert(alignment <= alignof(std::max_align_t));
  const std::size_t padding = (0 - reinterpret_cast<std::uintptr_t>(next_)) & (alignment - 1);
  std::byte* at = next_ + padding;
  if (next_ == nullptr || padding + bytes > static_cast<std::size_t>(end_ - next_)) {
    // What is larger than a quarter of a block gets one of its own, and the current one goes on being filled.
    if (bytes > block_size_ / 4 && next_ != nullptr) {
      std::unique_ptr<std::byte[]> own(new std::byte[bytes]);
      std::byte* const start = own.get();
      blocks_.push_back(std::move(own));
      total_ += bytes;
      return start;
    }
    const std::size_t size = std::max(bytes, block_size_);
    blocks_.emplace_back(new std::byte[size]);
    next_ = blocks_.back().get();
    end_ = next_ + size;
    total_ += size;
    at = next_;
  }
  next_ = at + bytes;
  return at;
}

const Text* Arena::text(std::string_view bytes) {
  assert(bytes.size() <= 0xffffffff);
  void* const at = allocate(sizeof(std::uint32_t) + std::max<std::size_t>(bytes.size(), 4), alignof(Text));
  const auto length = static_cast<std::uint32_t>(bytes.size());
  std::memcpy(at, &length, sizeof length);
  if (!bytes.empty()) std::memcpy(static_cast<char*>(at) + sizeof length, bytes.data(), bytes.size());
  return static_cast<const Text*>(at);
}

const ValueList* Arena::list(const Value* items, std::uint32_t size) {
  auto* const copy = static_cast<Value*>(allocate(sizeof(Value) * std::max(size, 1U), alignof(Value)));
  std::copy(items, items + size, copy);
  return new (allocate(sizeof(ValueList), alignof(ValueList))) ValueList{size, copy};
}

const types::Network* Arena::network(const types::Network& value) {
  return new (allocate(sizeof(types::Network), alignof(types::Network))) types::Network(value);
}

void Arena::clear() {
  if (blocks_.empty()) return;
  blocks_.resize(1);  // a whole block at least: see `allocate`
  next_ = blocks_.front().get();
  end_ = next_ + block_size_;
  total_ = block_size_;
}

}  // namespace writ::facts
