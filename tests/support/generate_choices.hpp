// Where generators get their decisions from: a seed, or the bytes of a fuzzer (then numbers made from them). The
// same seed or bytes give the same decisions everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace writ::support {

class Choices {
 public:
  explicit Choices(std::uint64_t seed) : state_(seed) {}
  explicit Choices(std::span<const std::uint8_t> bytes);

  // 0 … n − 1; n at least 1.
  std::uint32_t below(std::uint32_t n);
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  template <typename T>
  const T& pick(const std::vector<T>& items) {
    return items[below(static_cast<std::uint32_t>(items.size()))];
  }
  // An index, each as likely as its weight says.
  std::uint32_t weighted(const std::vector<std::uint32_t>& weights);

 private:
  std::uint64_t next();

  std::vector<std::uint8_t> bytes_;
  std::size_t used_ = 0;
  std::uint64_t state_;
};

}  // namespace writ::support
