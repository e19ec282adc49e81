#include "engine/facts/column_builder.hpp"

#include <algorithm>
#include <cassert>

#include "engine/facts/hash.hpp"

namespace writ::facts {

using types::Kind;

Column make_column(const ValuePlan& plan, bool optional) {
  Column column;
  column.type = plan.type;
  column.kind = plan.kind;
  column.optional = optional;
  if (plan.kind == Kind::list || plan.kind == Kind::set) {
    column.starts.push_back(0);
    column.children.push_back(make_column(plan.element.front(), false));
  }
  for (const FieldPlan& field : plan.fields) column.children.push_back(make_column(field.value, field.optional));
  return column;
}

void append_missing(Column& column) {
  column.absent.resize(column.size(), 0);
  column.absent.push_back(1);
  switch (column.kind) {
    case Kind::boolean:
      column.bytes.push_back(0);
      break;
    case Kind::enumeration:
      column.members.push_back(0);
      break;
    case Kind::entity:
      column.codes.push_back(KeyDictionary::none);
      break;
    case Kind::date:
      column.days.push_back(0);
      break;
    case Kind::integer:
    case Kind::timestamp:
    case Kind::duration:
    case Kind::period:
      column.longs.push_back(0);
      break;
    case Kind::floating:
      column.doubles.push_back(0);
      break;
    case Kind::string:
      column.texts.push_back(nullptr);
      break;
    case Kind::network:
      column.networks.emplace_back();
      break;
    case Kind::list:
    case Kind::set:
      column.starts.push_back(column.starts.back());
      break;
    case Kind::record:
      column.bytes.push_back(0);
      for (Column& child : column.children) append_missing(child);
      break;
    default:
      assert(false && "a column of no type");
  }
}

void append_unset(Column& column, std::uint32_t number) {
  append_missing(column);
  column.absent.back() = 2;
  column.unset.resize(column.absent.size(), 0);
  column.unset.back() = number;
}

void append_nanos(Column& column, std::uint32_t nanos) {
  if (nanos == 0) return;
  column.nanos.resize(column.size(), 0);
  column.nanos.push_back(nanos);
}

void append_value(Column& column, const Value& value) {
  if (value.kind == ValueKind::missing) {
    append_missing(column);
    return;
  }
  switch (column.kind) {
    case Kind::boolean:
      column.bytes.push_back(value.i != 0 ? 1 : 0);
      break;
    case Kind::enumeration:
      column.members.push_back(static_cast<std::uint16_t>(value.i));
      break;
    case Kind::date:
      column.days.push_back(static_cast<std::int32_t>(value.i));
      break;
    case Kind::timestamp:
    case Kind::duration:
      append_nanos(column, value.aux);
      column.longs.push_back(value.i);
      break;
    case Kind::integer:
    case Kind::period:
      column.longs.push_back(value.i);
      break;
    case Kind::floating:
      column.doubles.push_back(value.kind == ValueKind::integer ? static_cast<double>(value.i) : value.f);
      break;
    case Kind::string:
      column.texts.push_back(value.text);
      break;
    case Kind::network:
      column.networks.push_back(*value.network);
      break;
    case Kind::list:
    case Kind::set: {
      const std::uint32_t size = list_size(value);
      for (std::uint32_t i = 0; i < size; ++i) append_value(column.children.front(), list_element(value, i));
      column.starts.push_back(column.children.front().size());
      break;
    }
    default:
      assert(false && "no constant has this type");
  }
}

namespace {

template <typename T>
void cut(std::vector<T>& vector, std::size_t size) {
  if (vector.size() > size) vector.resize(size);
}

template <typename T>
void append(std::vector<T>& to, const std::vector<T>& from, std::size_t begin, std::size_t end) {
  to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(begin),
            from.begin() + static_cast<std::ptrdiff_t>(end));
}

// Appends a part of a vector that may be shorter than its column, or empty.
template <typename T>
void append_padded(std::vector<T>& to, std::size_t rows_before, const std::vector<T>& from, std::size_t begin,
                   std::size_t end) {
  if (begin >= from.size()) return;
  to.resize(rows_before, 0);
  append(to, from, begin, std::min(end, from.size()));
}

template <typename T>
void drop(std::vector<T>& vector, const std::vector<bool>& dropped) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    if (!dropped[i]) vector[kept++] = vector[i];
  }
  vector.resize(kept);
}

}  // namespace

void truncate(Column& column, std::uint32_t rows) {
  cut(column.absent, rows);
  cut(column.bytes, rows);
  cut(column.members, rows);
  cut(column.codes, rows);
  cut(column.days, rows);
  cut(column.longs, rows);
  cut(column.nanos, rows);
  cut(column.unset, rows);
  cut(column.doubles, rows);
  cut(column.texts, rows);
  cut(column.networks, rows);
  if (column.kind == Kind::record) {
    for (Column& child : column.children) truncate(child, rows);
  } else if (!column.starts.empty()) {
    cut(column.starts, std::size_t{rows} + 1);
    truncate(column.children.front(), column.starts.back());
  }
}

void append_rows(Column& column, const Column& from, std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t before = column.size();
  append_padded(column.absent, before, from.absent, begin, end);
  append_padded(column.nanos, before, from.nanos, begin, end);
  const auto plain = [&](auto& to, const auto& vector) {
    if (!vector.empty()) append(to, vector, begin, end);
  };
  plain(column.bytes, from.bytes);
  plain(column.members, from.members);
  plain(column.codes, from.codes);
  plain(column.days, from.days);
  plain(column.longs, from.longs);
  plain(column.doubles, from.doubles);
  plain(column.texts, from.texts);
  plain(column.networks, from.networks);
  if (column.kind == Kind::record) {
    for (std::size_t i = 0; i < column.children.size(); ++i) {
      append_rows(column.children[i], from.children[i], begin, end);
    }
  } else if (!column.starts.empty()) {
    const std::uint32_t shift = column.starts.back() - from.starts[begin];
    append_rows(column.children.front(), from.children.front(), from.starts[begin], from.starts[end]);
    for (std::uint32_t row = begin; row < end; ++row) column.starts.push_back(from.starts[row + 1] + shift);
  }
}

void drop_rows(Column& column, const std::vector<bool>& dropped) {
  finish(column);
  drop(column.absent, dropped);
  drop(column.bytes, dropped);
  drop(column.members, dropped);
  drop(column.codes, dropped);
  drop(column.days, dropped);
  drop(column.longs, dropped);
  drop(column.nanos, dropped);
  drop(column.doubles, dropped);
  drop(column.texts, dropped);
  drop(column.networks, dropped);
  if (column.kind == Kind::record) {
    for (Column& child : column.children) drop_rows(child, dropped);
  } else if (!column.starts.empty()) {
    std::vector<bool> elements(column.children.front().size(), false);
    std::vector<std::uint32_t> starts = {0};
    for (std::size_t row = 0; row + 1 < column.starts.size(); ++row) {
      const std::uint32_t begin = column.starts[row];
      const std::uint32_t end = column.starts[row + 1];
      if (dropped[row]) {
        std::fill(elements.begin() + begin, elements.begin() + end, true);
      } else {
        starts.push_back(starts.back() + end - begin);
      }
    }
    column.starts = std::move(starts);
    drop_rows(column.children.front(), elements);
  }
}

void finish(Column& column) {
  const std::uint32_t rows = column.size();
  if (!column.absent.empty()) column.absent.resize(rows, 0);
  if (!column.nanos.empty()) column.nanos.resize(rows, 0);
  if (!column.unset.empty()) column.unset.resize(rows, 0);
  for (Column& child : column.children) finish(child);
}

namespace {

bool is_absent(const Column& column, std::uint32_t row) {
  return row < column.absent.size() && column.absent[row] != 0;
}

}  // namespace

bool same_element(const Column& column, std::uint32_t a, std::uint32_t b) {
  if (is_absent(column, a) || is_absent(column, b)) return is_absent(column, a) == is_absent(column, b);
  switch (column.kind) {
    case Kind::entity:
      return column.codes[a] == column.codes[b];
    case Kind::record:
      return std::all_of(column.children.begin(), column.children.end(),
                         [&](const Column& child) { return same_element(child, a, b); });
    case Kind::list:
    case Kind::set: {
      const Column& elements = column.children.front();
      const std::uint32_t size = column.starts[a + 1] - column.starts[a];
      if (size != column.starts[b + 1] - column.starts[b]) return false;
      for (std::uint32_t i = 0; i < size; ++i) {
        const std::uint32_t element = column.starts[a] + i;
        // A set's elements are distinct, so that one way of inclusion is enough.
        bool found = column.kind == Kind::list && same_element(elements, element, column.starts[b] + i);
        for (std::uint32_t k = 0; column.kind == Kind::set && k < size && !found; ++k) {
          found = same_element(elements, element, column.starts[b] + k);
        }
        if (!found) return false;
      }
      return true;
    }
    default:
      return equal(column.at(a), column.at(b));
  }
}

std::uint64_t hash_element(const Column& column, std::uint32_t row) {
  if (is_absent(column, row)) return 0;
  auto sum = static_cast<std::uint64_t>(column.kind);
  switch (column.kind) {
    case Kind::entity:
      return sum + column.codes[row];
    case Kind::record:
      for (const Column& child : column.children)
        sum = fold(sum ^ 0x9e3779b97f4a7c15ULL, hash_element(child, row) + 1);
      return sum;
    case Kind::list:
    case Kind::set:
      for (std::uint32_t i = column.starts[row]; i < column.starts[row + 1]; ++i) {
        sum += fold(0x9e3779b97f4a7c15ULL, hash_element(column.children.front(), i) + 1);
      }
      return sum;
    default:
      return hash(column.at(row));
  }
}

}  // namespace writ::facts
