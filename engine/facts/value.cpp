// Elements, equality, hashes and orders of values.
#include "engine/facts/value.hpp"

#include <bit>
#include <cassert>
#include <cmath>
#include <unordered_set>

#include "engine/facts/hash.hpp"
#include "engine/facts/store.hpp"

namespace writ::facts {

namespace {

bool is_list(const Value& value) {
  return value.kind == ValueKind::cells || value.kind == ValueKind::values || value.kind == ValueKind::rows;
}

bool is_set(const Value& value) {
  return value.kind == ValueKind::cells ? value.column->kind == types::Kind::set
                                        : value.kind == ValueKind::values && value.is_set;
}

bool is_number(const Value& value) { return value.kind == ValueKind::integer || value.kind == ValueKind::floating; }

template <typename T>
int sign(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

constexpr double two_to_63 = 9223372036854775808.0;

// An integer and a floating number, exactly: 2^53 + 1 is not the double next to it.
int compare_mixed(std::int64_t integer, double floating) {
  if (floating >= two_to_63) return -1;
  if (floating < -two_to_63) return 1;
  const double whole = std::floor(floating);
  const auto truncated = static_cast<std::int64_t>(whole);
  if (integer != truncated) return integer < truncated ? -1 : 1;
  return floating > whole ? -1 : 0;
}

int compare_numbers(const Value& a, const Value& b) {
  const bool a_floats = a.kind == ValueKind::floating;
  const bool b_floats = b.kind == ValueKind::floating;
  if (a_floats && b_floats) return sign(a.f, b.f);
  if (a_floats) return -compare_mixed(b.i, a.f);
  if (b_floats) return compare_mixed(a.i, b.f);
  return sign(a.i, b.i);
}

struct ElementHash {
  std::size_t operator()(const Value& value) const { return static_cast<std::size_t>(hash(value)); }
};
struct ElementEqual {
  bool operator()(const Value& a, const Value& b) const { return equal(a, b); }
};
using Elements = std::unordered_set<Value, ElementHash, ElementEqual>;

Elements elements(const Value& list) {
  const std::uint32_t size = list_size(list);
  Elements out(size);
  for (std::uint32_t i = 0; i < size; ++i) out.insert(list_element(list, i));
  return out;
}

bool equal_sets(const Value& a, const Value& b) {
  const Elements in_a = elements(a);
  const Elements in_b = elements(b);
  if (in_a.size() != in_b.size()) return false;
  for (const Value& element : in_b) {
    if (!in_a.contains(element)) return false;
  }
  return true;
}

bool equal_lists(const Value& a, const Value& b) {
  if (is_set(a) || is_set(b)) return equal_sets(a, b);
  const std::uint32_t size = list_size(a);
  if (size != list_size(b)) return false;
  for (std::uint32_t i = 0; i < size; ++i) {
    if (!equal(list_element(a, i), list_element(b, i))) return false;
  }
  return true;
}

bool equal_records(const Value& a, const Value& b) {
  const std::size_t fields = a.column->children.size();
  if (fields != b.column->children.size()) return false;
  for (std::size_t f = 0; f < fields; ++f) {
    if (!equal(a.column->children[f].at(a.aux), b.column->children[f].at(b.aux))) return false;
  }
  return true;
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  return fold(a ^ 0x8ebc6af09c88c6e3ULL, b ^ 0x589965cc75374cc3ULL);
}

int order_lists(const Value& a, const Value& b) {
  const std::uint32_t a_size = list_size(a);
  const std::uint32_t b_size = list_size(b);
  for (std::uint32_t i = 0; i < a_size && i < b_size; ++i) {
    const int by_element = order(list_element(a, i), list_element(b, i));
    if (by_element != 0) return by_element;
  }
  return sign(a_size, b_size);
}

int order_records(const Value& a, const Value& b) {
  for (std::size_t f = 0; f < a.column->children.size(); ++f) {
    const int by_field = order(a.column->children[f].at(a.aux), b.column->children[f].at(b.aux));
    if (by_field != 0) return by_field;
  }
  return 0;
}

}  // namespace

std::uint32_t list_size(const Value& list) {
  switch (list.kind) {
    case ValueKind::cells:
      return list.column->starts[list.aux + 1] - list.column->starts[list.aux];
    case ValueKind::values:
      return list.list->size;
    case ValueKind::rows:
      return list.aux;
    default:
      assert(false && "not a list");
      return 0;
  }
}

Value list_element(const Value& list, std::uint32_t index) {
  switch (list.kind) {
    case ValueKind::cells:
      return list.column->children.front().at(list.column->starts[list.aux] + index);
    case ValueKind::values:
      return list.list->items[index];
    default:
      return Value::row(list.rows[index]);
  }
}

bool equal(const Value& a, const Value& b) {
  if (is_list(a) && is_list(b)) return equal_lists(a, b);
  if (a.kind != b.kind) return is_number(a) && is_number(b) && compare_numbers(a, b) == 0;
  switch (a.kind) {
    case ValueKind::missing:
      return true;
    case ValueKind::error:
    case ValueKind::dangling:
      return a.aux == b.aux;
    case ValueKind::floating:
      return a.f == b.f;
    case ValueKind::text:
      return a.text == b.text || a.view() == b.view();
    case ValueKind::timestamp:
    case ValueKind::duration:
      return a.i == b.i && a.aux == b.aux;
    case ValueKind::network:
      return *a.network == *b.network;
    case ValueKind::record:
      return equal_records(a, b);
    case ValueKind::range:
      return a.exclusive == b.exclusive && equal(a.list->items[0], b.list->items[0]) &&
             equal(a.list->items[1], b.list->items[1]);
    default:
      return a.i == b.i;
  }
}

std::uint64_t hash(const Value& value) {
  const auto kind = static_cast<std::uint64_t>(value.kind);
  switch (value.kind) {
    case ValueKind::missing:
      return mix(kind, 0);
    case ValueKind::error:
    case ValueKind::dangling:
      return mix(kind, value.aux);
    case ValueKind::integer:
      return mix(1, static_cast<std::uint64_t>(value.i));
    case ValueKind::floating:
      // 5.0 is equal to 5, and has its hash.
      if (value.f >= -two_to_63 && value.f < two_to_63 && value.f == std::floor(value.f)) {
        return mix(1, static_cast<std::uint64_t>(static_cast<std::int64_t>(value.f)));
      }
      return mix(2, std::bit_cast<std::uint64_t>(value.f));
    case ValueKind::text:
      return hash_text(value.view());
    case ValueKind::timestamp:
    case ValueKind::duration:
      return mix(static_cast<std::uint64_t>(value.i), value.aux);
    case ValueKind::network: {
      const auto* bytes = reinterpret_cast<const char*>(value.network->address.data());
      return mix(hash_text({bytes, value.network->address.size()}),
                 std::uint64_t{value.network->version} << 8 | value.network->prefix);
    }
    case ValueKind::record: {
      std::uint64_t all = kind;
      for (const Column& child : value.column->children) all = mix(all, hash(child.at(value.aux)));
      return all;
    }
    case ValueKind::cells:
    case ValueKind::values:
    case ValueKind::rows: {
      // A sum, which does not see the order: sets are equal in any.
      std::uint64_t all = 0;
      const std::uint32_t size = list_size(value);
      for (std::uint32_t i = 0; i < size; ++i) all += mix(3, hash(list_element(value, i)));
      return mix(all, 4);
    }
    case ValueKind::range:
      return mix(hash(value.list->items[0]), hash(value.list->items[1]));
    default:
      return mix(kind, static_cast<std::uint64_t>(value.i));
  }
}

int compare(const Value& a, const Value& b) {
  if (is_number(a) && is_number(b)) return compare_numbers(a, b);
  switch (a.kind) {
    case ValueKind::text: {
      const int by_bytes = a.view().compare(b.view());
      return by_bytes < 0 ? -1 : (by_bytes > 0 ? 1 : 0);
    }
    case ValueKind::timestamp:
    case ValueKind::duration:
      return a.i != b.i ? sign(a.i, b.i) : sign(a.aux, b.aux);
    default:
      return sign(a.i, b.i);
  }
}

int order(const Value& a, const Value& b) {
  if (is_list(a) && is_list(b)) return order_lists(a, b);
  if (a.kind != b.kind && !(is_number(a) && is_number(b))) return sign(a.kind, b.kind);
  switch (a.kind) {
    case ValueKind::missing:
      return 0;
    case ValueKind::error:
    case ValueKind::dangling:
      return sign(a.aux, b.aux);
    case ValueKind::network:
      return sign(*a.network, *b.network);
    case ValueKind::record:
      return order_records(a, b);
    case ValueKind::range: {
      const int by_start = order(a.list->items[0], b.list->items[0]);
      return by_start != 0 ? by_start : order(a.list->items[1], b.list->items[1]);
    }
    default:
      return compare(a, b);
  }
}

}  // namespace writ::facts
