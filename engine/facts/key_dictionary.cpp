#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

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
  const std::vector<std::uint64_t> old = std::exchange(slots_, std::vector<std::uint64_t>(slots, 0));
  const std::size_t mask = slots - 1;
  for (const std::uint64_t slot : old) {
    if (slot == 0) continue;
    std::size_t at = (slot >> 32) & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

// Linear probing; at most two thirds of the slots are taken. A new key is kept as `text`, or copied.
std::uint32_t KeyDictionary::insert(std::uint32_t hash, std::string_view key, const Text* text) {
  if ((texts_.size() + 1) * 3 > slots_.size() * 2) rehash(std::max<std::size_t>(16, slots_.size() * 2));
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const std::uint64_t slot = slots_[at];
    if (slot == 0) {
      const auto code = static_cast<std::uint32_t>(texts_.size());
      texts_.push_back(text != nullptr ? text : arena_.text(key));
      slots_[at] = std::uint64_t{hash} << 32 | (code + 1);
      return code;
    }
    if (slot >> 32 == hash) {
      const auto code = static_cast<std::uint32_t>(slot) - 1;
      if (texts_[code]->view() == key) return code;
    }
  }
}

KeyDictionary KeyDictionary::of_rows() {
  KeyDictionary dictionary;
  dictionary.same_ = none;
  return dictionary;
}

std::vector<KeyDictionary::Repeated> KeyDictionary::take_rows(std::vector<const Text*> keys) {
  assert(texts_.empty());
  texts_ = std::move(keys);
  const auto size = static_cast<std::uint32_t>(texts_.size());
  slots_.assign(std::bit_ceil(std::max<std::size_t>(16, std::size_t{size} * 3 / 2 + 1)), 0);
  const std::size_t mask = slots_.size() - 1;
  std::vector<Repeated> repeated;
  std::uint32_t hashes[batch];
  for (std::uint32_t first = 0; first < size; first += batch) {
    const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(batch, size - first));
    for (std::uint32_t k = 0; k < count; ++k) {
      hashes[k] = short_hash(texts_[first + k]->view());
      fetch(&slots_[hashes[k] & mask]);
    }
    for (std::uint32_t k = 0; k < count; ++k) {
      const std::uint32_t row = first + k;
      for (std::size_t at = hashes[k] & mask;; at = (at + 1) & mask) {
        const std::uint64_t slot = slots_[at];
        if (slot == 0) {
          slots_[at] = std::uint64_t{hashes[k]} << 32 | (row + 1);
          break;
        }
        const auto other = static_cast<std::uint32_t>(slot) - 1;
        if (slot >> 32 == hashes[k] && texts_[other]->view() == texts_[row]->view()) {
          repeated.push_back({row, other});
          break;
        }
      }
    }
  }
  same_ = size;
  for (const Repeated& row : repeated) set_row(row.row, none);
  return repeated;
}

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
    fetch_keys({hashes, count});
    for (std::size_t k = 0; k < count; ++k) out[first + k] = insert(hashes[k], keys[first + k], nullptr);
  }
}

// The keys that are most likely meant, by way of their entries in `texts_`.
void KeyDictionary::fetch_keys(std::span<const std::uint32_t> hashes) const {
  const std::size_t mask = slots_.size() - 1;
  for (const std::uint32_t hash : hashes) {
    const std::uint64_t slot = slots_[hash & mask];
    if (slot != 0) fetch(static_cast<const void*>(&texts_[static_cast<std::uint32_t>(slot) - 1]));
  }
  for (const std::uint32_t hash : hashes) {
    const std::uint64_t slot = slots_[hash & mask];
    if (slot != 0) fetch(texts_[static_cast<std::uint32_t>(slot) - 1]);
  }
}

std::vector<std::uint32_t> KeyDictionary::find_all(const KeyDictionary& other) const {
  std::vector<std::uint32_t> out(other.size(), none);
  if (slots_.empty()) return out;
  const std::size_t mask = slots_.size() - 1;
  std::uint32_t hashes[batch];
  for (std::size_t first = 0; first < out.size(); first += batch) {
    const std::size_t count = std::min(batch, out.size() - first);
    for (std::size_t k = 0; k < count; ++k) {
      hashes[k] = short_hash(other.texts_[first + k]->view());
      fetch(&slots_[hashes[k] & mask]);
    }
    fetch_keys({hashes, count});
    for (std::size_t k = 0; k < count; ++k) out[first + k] = look_up(hashes[k], other.texts_[first + k]->view());
  }
  return out;
}

std::uint32_t KeyDictionary::adopt(const Text* key) { return insert(short_hash(key->view()), key->view(), key); }

std::uint32_t KeyDictionary::look_up(std::uint32_t hash, std::string_view key) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const std::uint64_t slot = slots_[at];
    if (slot == 0) return none;
    const auto code = static_cast<std::uint32_t>(slot) - 1;
    if (slot >> 32 == hash && texts_[code]->view() == key) return code;
  }
}

std::uint32_t KeyDictionary::find(std::string_view key) const {
  return slots_.empty() ? none : look_up(short_hash(key), key);
}

void KeyDictionary::set_row(std::uint32_t code, std::uint32_t row) {
  assert(code < size());
  if (same_ > 0) {
    if (code < same_ && row == code) return;
    rows_.resize(texts_.size(), none);
    for (std::uint32_t same = 0; same < same_; ++same) rows_[same] = same;
    same_ = 0;
  }
  if (code >= rows_.size()) rows_.resize(texts_.size(), none);
  rows_[code] = row;
}

}  // namespace writ::facts
