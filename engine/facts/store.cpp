#include "engine/facts/store.hpp"

#include <cassert>

#include "engine/facts/key_text.hpp"

namespace writ::facts {

using types::Kind;

std::uint32_t Column::size() const {
  const auto count = [](const auto& vector) { return static_cast<std::uint32_t>(vector.size()); };
  switch (kind) {
    case Kind::boolean:
    case Kind::record:
      return count(bytes);
    case Kind::enumeration:
      return count(members);
    case Kind::entity:
      return count(codes);
    case Kind::date:
      return count(days);
    case Kind::integer:
    case Kind::timestamp:
    case Kind::duration:
    case Kind::period:
      return count(longs);
    case Kind::floating:
      return count(doubles);
    case Kind::string:
      return count(texts);
    case Kind::network:
      return count(networks);
    case Kind::list:
    case Kind::set:
      return starts.empty() ? 0 : count(starts) - 1;
    default:
      return 0;
  }
}

namespace {

// The value of a row that is not missing. One function a kind, so that a loop over rows has no switch in it.
template <Kind kind>
Value present_at(const Column& column, std::uint32_t row) {
  if constexpr (kind == Kind::boolean) {
    return Value::boolean(column.bytes[row] != 0);
  } else if constexpr (kind == Kind::integer) {
    return Value::integer(column.longs[row]);
  } else if constexpr (kind == Kind::floating) {
    return Value::floating(column.doubles[row]);
  } else if constexpr (kind == Kind::string) {
    return Value::of(column.texts[row]);
  } else if constexpr (kind == Kind::date) {
    return Value::of(types::Date{column.days[row]});
  } else if constexpr (kind == Kind::timestamp) {
    return Value::of(types::Timestamp{column.longs[row], row < column.nanos.size() ? column.nanos[row] : 0});
  } else if constexpr (kind == Kind::duration) {
    return Value::of(types::Duration{column.longs[row], row < column.nanos.size() ? column.nanos[row] : 0});
  } else if constexpr (kind == Kind::period) {
    return Value::of(types::Period{column.longs[row]});
  } else if constexpr (kind == Kind::network) {
    return Value::of(&column.networks[row]);
  } else if constexpr (kind == Kind::enumeration) {
    return Value::member(column.members[row]);
  } else if constexpr (kind == Kind::entity) {
    const std::uint32_t code = column.codes[row];
    const std::uint32_t target = column.target->row_of(code);
    return target == KeyDictionary::none ? Value::dangling(code) : Value::row(target);
  } else {
    Value value;
    value.kind = kind == Kind::record ? ValueKind::record : ValueKind::cells;
    value.column = &column;
    value.aux = row;
    return value;
  }
}

constexpr std::uint8_t unset_mark = 2;  // in Column::absent

// The value of a row that is marked as absent.
Value absent_at(const Column& column, std::uint32_t row) {
  return column.absent[row] == unset_mark ? Value::unset(column.unset[row]) : Value::missing();
}

template <Kind kind>
void gather_kind(const Column& column, std::span<const Value> rows, std::span<Value> out) {
  const bool all_there = column.absent.empty();
  for (std::size_t k = 0; k < rows.size(); ++k) {
    std::uint32_t row = 0;
    switch (rows[k].kind) {
      case ValueKind::row:
        row = static_cast<std::uint32_t>(rows[k].i);
        break;
      case ValueKind::record:
        row = rows[k].aux;
        break;
      case ValueKind::dangling:
        out[k] = Value::error(EvalError::dangling_reference);
        continue;
      default:
        out[k] = rows[k];
        continue;
    }
    out[k] = all_there || column.absent[row] == 0 ? present_at<kind>(column, row) : absent_at(column, row);
  }
}

}  // namespace

Value Column::at(std::uint32_t row) const {
  if (row < absent.size() && absent[row] != 0) return absent_at(*this, row);
  switch (kind) {
    case Kind::boolean:
      return present_at<Kind::boolean>(*this, row);
    case Kind::integer:
      return present_at<Kind::integer>(*this, row);
    case Kind::floating:
      return present_at<Kind::floating>(*this, row);
    case Kind::string:
      return present_at<Kind::string>(*this, row);
    case Kind::date:
      return present_at<Kind::date>(*this, row);
    case Kind::timestamp:
      return present_at<Kind::timestamp>(*this, row);
    case Kind::duration:
      return present_at<Kind::duration>(*this, row);
    case Kind::period:
      return present_at<Kind::period>(*this, row);
    case Kind::network:
      return present_at<Kind::network>(*this, row);
    case Kind::enumeration:
      return present_at<Kind::enumeration>(*this, row);
    case Kind::entity:
      return present_at<Kind::entity>(*this, row);
    case Kind::record:
      return present_at<Kind::record>(*this, row);
    case Kind::list:
    case Kind::set:
      return present_at<Kind::list>(*this, row);
    default:
      assert(false && "a column of no type");
      return Value::missing();
  }
}

void gather(const Column& column, std::span<const Value> rows, std::span<Value> out) {
  switch (column.kind) {
    case Kind::boolean:
      return gather_kind<Kind::boolean>(column, rows, out);
    case Kind::integer:
      return gather_kind<Kind::integer>(column, rows, out);
    case Kind::floating:
      return gather_kind<Kind::floating>(column, rows, out);
    case Kind::string:
      return gather_kind<Kind::string>(column, rows, out);
    case Kind::date:
      return gather_kind<Kind::date>(column, rows, out);
    case Kind::timestamp:
      return gather_kind<Kind::timestamp>(column, rows, out);
    case Kind::duration:
      return gather_kind<Kind::duration>(column, rows, out);
    case Kind::period:
      return gather_kind<Kind::period>(column, rows, out);
    case Kind::network:
      return gather_kind<Kind::network>(column, rows, out);
    case Kind::enumeration:
      return gather_kind<Kind::enumeration>(column, rows, out);
    case Kind::entity:
      return gather_kind<Kind::entity>(column, rows, out);
    case Kind::record:
      return gather_kind<Kind::record>(column, rows, out);
    case Kind::list:
    case Kind::set:
      return gather_kind<Kind::list>(column, rows, out);
    default:
      assert(false && "a column of no type");
  }
}

namespace {

constexpr unsigned offset_bits = 40;  // of EntityFacts::places

}  // namespace

Place FactStore::place(EntityId id, std::uint32_t row) const {
  if (row >= entity(id).places.size()) return {static_cast<std::uint32_t>(files.size()), 0};
  const std::uint64_t packed = entity(id).places[row];
  return {static_cast<std::uint32_t>(packed >> offset_bits), packed & ((std::uint64_t{1} << offset_bits) - 1)};
}

std::string_view FactStore::key(EntityId id, std::uint32_t row) const {
  const EntityFacts& facts = entity(id);
  if (facts.keys.size() == 0) return {};
  return facts.keys.key(facts.key_codes.empty() ? row : facts.key_codes[row]);
}

std::string FactStore::shown_key(EntityId id, std::uint32_t row) const { return facts::shown_key(key(id, row)); }

}  // namespace writ::facts
