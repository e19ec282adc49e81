// Elements, equality, hashes and orders of values.
#include "engine/facts/value.hpp"

#include <bit>

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

double number(const Value& value) {
  return value.kind == ValueKind::integer ? static_cast<double>(value.i) : value.f;
}

bool is_number(const Value& value) { return value.kind == ValueKind::integer || value.kind == ValueKind::floating; }

// Each element of a stands in b. Elements of a set are distinct, so with equal sizes the sets are equal.
bool holds_all(const Value& a, const Value& b) {
  const std::uint32_t size = list_size(b);
  for (std::uint32_t i = 0; i < list_size(a); ++i) {
    const Value element = list_element(a, i);
    bool found = false;
    for (std::uint32_t k = 0; k < size && !found; ++k) found = equal(element, list_element(b, k));
    if (!found) return false;
  }
  return true;
}

bool equal_lists(const Value& a, const Value& b) {
  const std::uint32_t size = list_size(a);
  if (size != list_size(b)) return false;
  if (is_set(a) || is_set(b)) return holds_all(a, b);
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

int sign(std::int64_t a, std::int64_t b) { return a < b ? -1 : (a > b ? 1 : 0); }

int order_lists(const Value& a, const Value& b) {
  const std::uint32_t a_size = list_size(a);
  const std::uint32_t b_size = list_size(b);
  for (std::uint32_t i = 0; i < a_size && i < b_size; ++i) {
    const int by_element = order(list_element(a, i), list_element(b, i));
    if (by_element != 0) return by_element;
  }
  return sign(a_size, b_size);
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
      return 0;
  }
}

Value list_element(const Value& list, std::uint32_t index) {
  switch (list.kind) {
    case ValueKind::cells:
      return list.column->children[0].at(list.column->starts[list.aux] + index);
    case ValueKind::values:
      return list.list->items[index];
    default:
      return Value::row(list.rows[index]);
  }
}

bool equal(const Value& a, const Value& b) {
  if (is_list(a) && is_list(b)) return equal_lists(a, b);
  if (a.kind != b.kind) return is_number(a) && is_number(b) && number(a) == number(b);
  switch (a.kind) {
    case ValueKind::missing:
      return true;
    case ValueKind::error:
      return a.aux == b.aux;
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
  constexpr std::uint64_t salt = 0x9e3779b97f4a7c15ULL;
  const auto mix = [](std::uint64_t a, std::uint64_t b) { return fold(a ^ salt, b ^ 0xd1b54a32d192ed03ULL); };
  switch (value.kind) {
    case ValueKind::missing:
      return 0x51afd7ed558ccd25ULL;
    case ValueKind::error:
    case ValueKind::dangling:
      return mix(value.aux, static_cast<std::uint64_t>(value.kind));
    case ValueKind::integer: {
      const auto real = static_cast<double>(value.i);
      return mix(std::bit_cast<std::uint64_t>(real == 0 ? 0.0 : real), 1);
    }
    case ValueKind::floating:
      return mix(std::bit_cast<std::uint64_t>(value.f == 0 ? 0.0 : value.f), 1);
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
      std::uint64_t all = salt;
      for (const Column& child : value.column->children) all = mix(all, hash(child.at(value.aux)));
      return all;
    }
    case ValueKind::cells:
    case ValueKind::values:
    case ValueKind::rows: {
      // A sum, which does not see the order: sets are equal in any.
      std::uint64_t all = list_size(value);
      for (std::uint32_t i = 0; i < list_size(value); ++i) all += hash(list_element(value, i));
      return mix(all, salt);
    }
    case ValueKind::range:
      return mix(hash(value.list->items[0]), hash(value.list->items[1]));
    default:
      return mix(static_cast<std::uint64_t>(value.i), 2);
  }
}

int compare(const Value& a, const Value& b) {
  switch (a.kind) {
    case ValueKind::integer:
    case ValueKind::floating:
      if (a.kind == ValueKind::integer && b.kind == ValueKind::integer) return sign(a.i, b.i);
      return number(a) < number(b) ? -1 : (number(a) > number(b) ? 1 : 0);
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
  if (a.kind != b.kind && !(is_number(a) && is_number(b))) {
    return sign(static_cast<std::int64_t>(a.kind), static_cast<std::int64_t>(b.kind));
  }
  switch (a.kind) {
    case ValueKind::missing:
      return 0;
    case ValueKind::error:
    case ValueKind::dangling:
      return sign(a.aux, b.aux);
    case ValueKind::network:
      return *a.network < *b.network ? -1 : (*b.network < *a.network ? 1 : 0);
    case ValueKind::record: {
      for (std::size_t f = 0; f < a.column->children.size(); ++f) {
        const int by_field = order(a.column->children[f].at(a.aux), b.column->children[f].at(b.aux));
        if (by_field != 0) return by_field;
      }
      return 0;
    }
    case ValueKind::range: {
      const int by_start = order(a.list->items[0], b.list->items[0]);
      return by_start != 0 ? by_start : order(a.list->items[1], b.list->items[1]);
    }
    default:
      return compare(a, b);
  }
}

}  // namespace writ::facts
