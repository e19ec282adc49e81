// The member names that objects in one position of the evidence have, learnt while reading: records of one export
// mostly have the same names in the same order, so that the next name is known before it is looked at.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/facts/value.hpp"

namespace writ::facts {

class MemberNames {
 public:
  static constexpr std::uint16_t none = 0xffff;
  static constexpr std::size_t max_words = 16;          // 1,024 names in all
  static constexpr std::size_t max_learnt = 64;         // beyond those that are given
  static constexpr std::size_t max_learnt_length = 56;  // bytes

  struct Name {
    // The first 16 bytes, the closing quote among them where the name is shorter.
    std::array<std::uint64_t, 2> head{};
    std::array<std::uint64_t, 2> mask{};
    const char* text = nullptr;
    std::uint32_t length = 0;
    std::uint16_t next = 0;         // what stood behind it the last time
    std::uint16_t position = none;  // where the walker notes the value
    bool known = false;             // a name that was given
    MemberNames* inner = nullptr;   // of objects in this member
  };

  explicit MemberNames(Arena& arena) : arena_(&arena) {}

  // `raw` points behind the opening quote. Of the text, `left` bytes may be compared.
  bool matches(std::uint16_t name, const char* raw, std::size_t left) const {
    const Name& candidate = names_[name];
    std::uint64_t bits[2];
    std::memcpy(bits, raw, sizeof bits);
    if ((bits[0] & candidate.mask[0]) != candidate.head[0] || (bits[1] & candidate.mask[1]) != candidate.head[1]) {
      return false;
    }
    if (candidate.length < 16) return true;
    if (candidate.length >= left) return false;
    return std::memcmp(raw + 16, candidate.text + 16, candidate.length - 16) == 0 && raw[candidate.length] == '"';
  }

  std::uint16_t find(std::string_view name) const;
  // A name that is expected from the start. False where there are too many.
  bool give(std::string_view name, std::uint16_t position);
  // Remembers a name; none where there are too many, or it is too long.
  std::uint16_t learn(std::string_view name);

  std::size_t size() const { return names_.size(); }
  std::size_t words() const { return (names_.size() + 63) / 64; }
  Name& operator[](std::uint16_t name) { return names_[name]; }
  const Name& operator[](std::uint16_t name) const { return names_[name]; }
  std::uint16_t first = 0;  // the name that opened the last object

 private:
  std::uint16_t add(std::string_view text);

  Arena* arena_;
  std::vector<Name> names_;
  std::unordered_map<std::string_view, std::uint16_t> by_text_;
  std::size_t given_ = 0;
};

}  // namespace writ::facts
