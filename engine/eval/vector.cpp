#include "engine/eval/vector.hpp"

#include <bit>

namespace writ::eval {

std::pair<Value*, std::uint8_t> BufferPool::take(std::uint32_t size) {
  const std::uint32_t least = size < 4 ? 4 : size;
  const auto size_class = static_cast<std::uint8_t>(std::bit_width(least - 1));
  auto& free = free_[size_class];
  if (free.empty()) return {new Value[std::size_t{1} << size_class], size_class};
  Value* data = free.back().release();
  free.pop_back();
  return {data, size_class};
}

}  // namespace writ::eval
