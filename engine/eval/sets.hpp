// Sets of values while they are made and asked: by hash, in expected constant time a value.
#pragma once

#include <unordered_set>
#include <vector>

#include "engine/eval/compare.hpp"

namespace writ::eval {

struct ValueHash {
  std::size_t operator()(const Value& value) const { return static_cast<std::size_t>(facts::hash(value)); }
};
struct ValueEqual {
  bool operator()(const Value& a, const Value& b) const { return same(a, b); }
};

// The elements of a list, to be asked often.
class ValueSet {
 public:
  explicit ValueSet(const Value& list) {
    const std::uint32_t size = facts::list_size(list);
    values_.reserve(size);
    for (std::uint32_t i = 0; i < size; ++i) values_.insert(facts::list_element(list, i));
  }
  bool contains(const Value& value) const { return values_.contains(value); }

 private:
  std::unordered_set<Value, ValueHash, ValueEqual> values_;
};

// Keeps the first of equal values, in order.
inline void keep_distinct(std::vector<Value>& values) {
  constexpr std::size_t worth_hashing = 16;
  std::vector<Value> out;
  out.reserve(values.size());
  if (values.size() <= worth_hashing) {
    for (const Value& value : values) {
      bool seen = false;
      for (const Value& other : out) seen = seen || same(other, value);
      if (!seen) out.push_back(value);
    }
  } else {
    std::unordered_set<Value, ValueHash, ValueEqual> seen;
    for (const Value& value : values) {
      if (seen.insert(value).second) out.push_back(value);
    }
  }
  values = std::move(out);
}

}  // namespace writ::eval
