#include "tests/support/generate_choices.hpp"

namespace writ::support {

Choices::Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes.begin(), bytes.end()), state_(0x9e3779b9) {
  for (const std::uint8_t byte : bytes_) state_ = (state_ ^ byte) * 0x100000001b3ULL;
}

// splitmix64
std::uint64_t Choices::next() {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

std::uint32_t Choices::below(std::uint32_t n) {
  if (n <= 1) return 0;
  // A byte of the fuzzer's for each decision, as long as there are some.
  if (n <= 256 && used_ < bytes_.size()) return bytes_[used_++] * n / 256;
  return static_cast<std::uint32_t>((next() >> 32U) * n >> 32U);
}

std::uint32_t Choices::weighted(const std::vector<std::uint32_t>& weights) {
  std::uint32_t total = 0;
  for (const std::uint32_t weight : weights) total += weight;
  std::uint32_t at = below(total);
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    if (at < weights[i]) return i;
    at -= weights[i];
  }
  return 0;
}

}  // namespace writ::support
