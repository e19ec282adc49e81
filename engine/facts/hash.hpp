// A fast hash of texts, the same in every run. Not proof against texts chosen to collide.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace writ::facts {

// Both halves of the 128-bit product, folded together.
inline std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t hash_text(std::string_view text) {
  constexpr std::uint64_t first = 0x9e3779b97f4a7c15ULL;
  constexpr std::uint64_t second = 0xd1b54a32d192ed03ULL;
  const auto eight = [](const char* at) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, at, 8);
    return bits;
  };
  const auto four = [](const char* at) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, at, 4);
    return std::uint64_t{bits};
  };
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t state = left * first;
  while (left > 16) {
    state = fold(eight(at) ^ second, eight(at + 8) ^ state);
    at += 16;
    left -= 16;
  }
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  if (left >= 8) {
    low = eight(at);
    high = eight(at + left - 8);
  } else if (left >= 4) {
    low = four(at);
    high = four(at + left - 4);
  } else if (left > 0) {
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
    low = byte(0) << 16 | byte(left / 2) << 8 | byte(left - 1);
  }
  return fold(fold(low ^ second, high ^ state), first ^ state);
}

}  // namespace writ::facts
