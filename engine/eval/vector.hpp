// Values of one expression over a batch of tuples, and the buffers that hold them.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/facts/value.hpp"

namespace writ::eval {

using facts::Value;

// Reuses buffers of Values by size, so that evaluating a batch allocates nothing once it is warm. One a thread.
class BufferPool {
 public:
  BufferPool() = default;
  BufferPool(const BufferPool&) = delete;
  BufferPool& operator=(const BufferPool&) = delete;

  std::pair<Value*, std::uint8_t> take(std::uint32_t size);
  void give(Value* data, std::uint8_t size_class) { free_[size_class].emplace_back(data); }

 private:
  std::array<std::vector<std::unique_ptr<Value[]>>, 33> free_;
};

// An owned buffer; goes back to its pool.
class Buffer {
 public:
  Buffer() = default;
  Buffer(BufferPool& pool, std::uint32_t size) : pool_(&pool) { std::tie(data_, class_) = pool.take(size); }
  Buffer(Buffer&& other) noexcept { swap(other); }
  Buffer& operator=(Buffer&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Buffer() {
    if (data_ != nullptr) pool_->give(data_, class_);
  }
  Value* data() { return data_; }
  const Value* data() const { return data_; }
  Value& operator[](std::uint32_t i) { return data_[i]; }

 private:
  void swap(Buffer& other) noexcept {
    std::swap(pool_, other.pool_);
    std::swap(data_, other.data_);
    std::swap(class_, other.class_);
  }
  BufferPool* pool_ = nullptr;
  Value* data_ = nullptr;
  std::uint8_t class_ = 0;
};

// The result of an expression: a buffer of its own, somebody's else that outlives it, or one value for all tuples.
class Vec {
 public:
  explicit Vec(Value constant) : constant_(constant) {}
  explicit Vec(const Value* borrowed) : data_(borrowed), stride_(1) {}
  explicit Vec(Buffer buffer) : buffer_(std::move(buffer)), data_(buffer_.data()), stride_(1) {}

  const Value& operator[](std::uint32_t i) const { return stride_ == 0 ? constant_ : data_[i]; }
  bool is_constant() const { return stride_ == 0; }
  const Value* data() const { return data_; }  // not for constants
  Buffer release() { return std::move(buffer_); }
  bool owns() const { return buffer_.data() != nullptr; }

 private:
  Value constant_;
  Buffer buffer_;
  const Value* data_ = nullptr;
  std::uint32_t stride_ = 0;
};

}  // namespace writ::eval
