#include <algorithm>
#include <bit>
#include <cassert>

#include "engine/facts/hash.hpp"
#include "engine/facts/store.hpp"

namespace writ::facts {

namespace {

constexpr std::size_t batch = 32;  // look-ups whose memory is fetched together

std::uint32_t short_hash(std::string_view key) {
  const std::uint64_t full = hash_text(key);
  return static_cast<std::uint32_t>(full ^ (full >> 32));
}

void fetch(const void* at) { __builtin_prefetch(at); }

}  // namespace

void KeyDictionary::rehash(std::size_t slots) {
  slots_.assign(slots, 0);
  const std::size_t mask = slots - 1;
  for (std::uint32_t code = 0; code < hashes_.size(); ++code) {
    std::size_t at = hashes_[code] & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = std::uint64_t{hashes_[code]} << 32 | (code + 1);
  }
}

void KeyDictionary::reserve(std::uint32_t keys) {
  texts_.reserve(keys);
  hashes_.reserve(keys);
  const std::size_t wanted = std::bit_ceil(std::max<std::size_t>(16, std::size_t{keys} * 3 / 2));
  if (wanted > slots_.size()) rehash(wanted);
}

// Linear probing; at most two thirds of the slots are taken.
std::uint32_t KeyDictionary::insert(std::uint32_t hash, std::string_view key, const Text* text) {
  if ((texts_.size() + 1) * 3 > slots_.size() * 2) rehash(std::max<std::size_t>(16, slots_.size() * 2));
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const std::uint64_t slot = slots_[at];
    if (slot == 0) {
      const auto code = static_cast<std::uint32_t>(texts_.size());
      texts_.push_back(text != nullptr ? text : arena_.text(key));
      hashes_.push_back(hash);
      slots_[at] = std::uint64_t{hash} << 32 | (code + 1);
      return code;
    }
    if (slot >> 32 == hash) {
      const auto code = static_cast<std::uint32_t>(slot) - 1;
      if (texts_[code]->view() == key) return code;
    }
  }
}

std::uint32_t KeyDictionary::code(std::string_view key) { return insert(short_hash(key), key, nullptr); }

void KeyDictionary::codes(std::span<const std::string_view> keys, std::uint32_t* out) {
  if (slots_.empty()) rehash(16);
  std::uint32_t hashes[batch];
  for (std::size_t first = 0; first < keys.size(); first += batch) {
    const std::size_t count = std::min(batch, keys.size() - first);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t k = 0; k < count; ++k) {
      hashes[k] = short_hash(keys[first + k]);
      fetch(&slots_[hashes[k] & mask]);
    }
    // The key that is most likely meant is fetched as well, by way of its entry in `texts_`.
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint64_t slot = slots_[hashes[k] & mask];
      if (slot != 0) fetch(&texts_[static_cast<std::uint32_t>(slot) - 1]);
    }
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint64_t slot = slots_[hashes[k] & mask];
      if (slot != 0) fetch(texts_[static_cast<std::uint32_t>(slot) - 1]);
    }
    for (std::size_t k = 0; k < count; ++k) out[first + k] = insert(hashes[k], keys[first + k], nullptr);
  }
}

void KeyDictionary::adopt(const KeyDictionary& other, std::span<const std::uint32_t> codes, std::uint32_t* out) {
  if (slots_.empty()) rehash(16);
  for (std::size_t first = 0; first < codes.size(); first += batch) {
    const std::size_t count = std::min(batch, codes.size() - first);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t k = 0; k < count; ++k) {
      fetch(other.texts_[codes[first + k]]);
      fetch(&slots_[other.hashes_[codes[first + k]] & mask]);
    }
    for (std::size_t k = 0; k < count; ++k) {
      const Text* const text = other.texts_[codes[first + k]];
      out[first + k] = insert(other.hashes_[codes[first + k]], text->view(), text);
    }
  }
}

std::uint32_t KeyDictionary::find(std::string_view key) const {
  if (slots_.empty()) return none;
  const std::uint32_t hash = short_hash(key);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const std::uint64_t slot = slots_[at];
    if (slot == 0) return none;
    if (slot >> 32 == hash && texts_[static_cast<std::uint32_t>(slot) - 1]->view() == key) {
      return static_cast<std::uint32_t>(slot) - 1;
    }
  }
}

void KeyDictionary::set_row(std::uint32_t code, std::uint32_t row) {
  assert(code < size());
  if (code >= rows_.size()) rows_.resize(std::max<std::size_t>(code + 1, texts_.size()), none);
  rows_[code] = row;
}

}  // namespace writ::facts
