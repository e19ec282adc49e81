// Lists and sets. Elements are compared by value; records by which record they are. Results are sets: distinct
// elements, in the order in which they come first.
#include <algorithm>
#include <bit>
#include <vector>

#include "stdlib/functions/family.hpp"

namespace writ::functions {

using facts::CallContext;
using facts::Value;

namespace {

// Distinct values, in the order in which they were added. Linear probing over hashes.
class Elements {
 public:
  explicit Elements(std::uint32_t expected) {
    values_.reserve(expected);
    slots_.resize(std::bit_ceil(std::size_t{expected} * 2 + 2), 0);
  }

  explicit Elements(const Value& collection) : Elements(facts::list_size(collection)) { add_all(collection); }

  void add_all(const Value& collection) {
    const std::uint32_t size = facts::list_size(collection);
    for (std::uint32_t i = 0; i < size; ++i) add(facts::list_element(collection, i));
  }

  void add(const Value& value) {
    std::uint32_t& slot = slots_[find(value)];
    if (slot != 0) return;
    values_.push_back(value);
    slot = static_cast<std::uint32_t>(values_.size());
  }

  bool holds(const Value& value) const { return slots_[find(value)] != 0; }

  Value set(CallContext& context) const {
    Value made = Value::of(context.arena->list(values_.data(), static_cast<std::uint32_t>(values_.size())));
    made.is_set = true;
    return made;
  }

  const std::vector<Value>& values() const { return values_; }

 private:
  std::size_t find(const Value& value) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(facts::hash(value)) & mask;
    while (slots_[at] != 0 && !facts::equal(values_[slots_[at] - 1], value)) at = (at + 1) & mask;
    return at;
  }

  std::vector<Value> values_;
  std::vector<std::uint32_t> slots_;  // index in `values_` and one; 0: free. At most half are taken.
};

Value size(Arguments arguments, CallContext&) { return Value::integer(facts::list_size(arguments[0])); }

Value is_empty(Arguments arguments, CallContext&) { return Value::boolean(facts::list_size(arguments[0]) == 0); }

Value unite(Arguments arguments, CallContext& context) {
  Elements all(facts::list_size(arguments[0]) + facts::list_size(arguments[1]));
  all.add_all(arguments[0]);
  all.add_all(arguments[1]);
  return all.set(context);
}

// The elements of the first that are in the second, or are not.
Value chosen(Arguments arguments, CallContext& context, bool in_second) {
  const Elements second(arguments[1]);
  Elements out(facts::list_size(arguments[0]));
  const std::uint32_t count = facts::list_size(arguments[0]);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Value element = facts::list_element(arguments[0], i);
    if (second.holds(element) == in_second) out.add(element);
  }
  return out.set(context);
}

Value intersect(Arguments arguments, CallContext& context) { return chosen(arguments, context, true); }
Value minus(Arguments arguments, CallContext& context) { return chosen(arguments, context, false); }

Value subset_of(Arguments arguments, CallContext&) {
  const Elements second(arguments[1]);
  const std::uint32_t count = facts::list_size(arguments[0]);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!second.holds(facts::list_element(arguments[0], i))) return Value::boolean(false);
  }
  return Value::boolean(true);
}

constexpr Function all[] = {
    {{"size", "(items: Collection<T>) -> Int", "How many elements there are; a list may hold one several times.",
      "size([3, 3, 4]) == 3"},
     size},
    {{"is_empty", "(items: Collection<T>) -> Bool", "Whether there is no element.", "not is_empty([1])"}, is_empty},
    {{"union", "(a: Collection<T>, b: Collection<T>) -> Set<T>", "What is in one of them, or in both.",
      "union([1, 2], {2, 3}) == {1, 2, 3}"},
     unite},
    {{"intersect", "(a: Collection<T>, b: Collection<T>) -> Set<T>", "What is in both.",
      "intersect({1, 2}, {2, 3}) == {2}"},
     intersect},
    {{"minus", "(a: Collection<T>, b: Collection<T>) -> Set<T>", "What is in the first and not in the second.",
      "minus({1, 2}, {2, 3}) == {1}"},
     minus},
    {{"subset_of", "(a: Collection<T>, b: Collection<T>) -> Bool",
      "Whether everything in the first is in the second. It is so where the first is empty.",
      "subset_of({\"admin\"}, {\"admin\", \"owner\"})"},
     subset_of},
};

}  // namespace

Family collections() { return {"Lists and sets", all}; }

}  // namespace writ::functions
