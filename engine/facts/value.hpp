// One value while rules are evaluated: 16 bytes, copied freely. What it points to is owned by a column of the
// fact store, by the plan's constants, or by an Arena that outlives the value.
// Types are static (the checked program knows them); `kind` tells present values from missing, dangling and failed
// ones, and keeps mistakes visible in debug builds.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/types/literal.hpp"
#include "language/types/type.hpp"

namespace writ::language {
struct Program;
}

namespace writ::facts {

struct Column;
struct ValueList;

// Bytes of text with their length before them.
struct Text {
  std::uint32_t length = 0;
  char bytes[1];  // `length` of them

  std::string_view view() const { return {bytes, length}; }
};

enum class ValueKind : std::uint8_t {
  missing,
  error,      // evaluation failed: `aux` is an EvalError, `expr` the expression at fault and what was left out
  dangling,   // a reference to a record that is not there: `aux` is its code in the target's KeyDictionary
  boolean,    // i: 0 or 1
  integer,    // i
  floating,   // f
  text,       // text
  date,       // i: days
  timestamp,  // i: seconds, aux: nanoseconds
  duration,   // i: seconds, aux: nanoseconds
  period,     // i: months
  network,    // network
  member,     // i: ordinal of an enum's member
  row,        // i: row of an entity
  record,     // column: the record's column, aux: its index in it
  cells,      // a list or set in the store. column: the list's column; aux: its row in it
  values,     // a list or set made while evaluating: `list`
  rows,       // records of one entity, as a list: `rows`, `aux` of them
  range,      // list: two values, start and end; `exclusive`: the end is not part of it
};

enum class EvalError : std::uint32_t {
  overflow,
  division_by_zero,
  out_of_range_time,
  dangling_reference,
  not_narrowed,
  bad_argument,
  unset_field,  // of a record that a test gives in part
};

struct Value {
  ValueKind kind = ValueKind::missing;
  bool exclusive = false;
  bool is_set = false;  // values: the order of the elements does not count
  std::uint8_t reserved = 0;
  std::uint32_t aux = 0;
  union {
    std::int64_t i = 0;
    double f;
    const Text* text;
    const types::Network* network;
    const Column* column;
    const ValueList* list;
    const std::uint32_t* rows;
    std::uint64_t expr;  // lower half: the expression's id + 1, or 0; upper half: of unset_field, its number
  };

  static Value missing() { return {}; }
  static Value boolean(bool b) {
    Value v;
    v.kind = ValueKind::boolean;
    v.i = b ? 1 : 0;
    return v;
  }
  static Value integer(std::int64_t i) {
    Value v;
    v.kind = ValueKind::integer;
    v.i = i;
    return v;
  }
  static Value floating(double f) {
    Value v;
    v.kind = ValueKind::floating;
    v.f = f;
    return v;
  }
  static Value of(const Text* t) {
    Value v;
    v.kind = ValueKind::text;
    v.text = t;
    return v;
  }
  static Value of(types::Date d) {
    Value v;
    v.kind = ValueKind::date;
    v.i = d.days;
    return v;
  }
  static Value of(types::Timestamp t) {
    Value v;
    v.kind = ValueKind::timestamp;
    v.i = t.seconds;
    v.aux = t.nanos;
    return v;
  }
  static Value of(types::Duration d) {
    Value v;
    v.kind = ValueKind::duration;
    v.i = d.seconds;
    v.aux = d.nanos;
    return v;
  }
  static Value of(types::Period p) {
    Value v;
    v.kind = ValueKind::period;
    v.i = p.months;
    return v;
  }
  static Value of(const types::Network* n) {
    Value v;
    v.kind = ValueKind::network;
    v.network = n;
    return v;
  }
  static Value of(const ValueList* l) {
    Value v;
    v.kind = ValueKind::values;
    v.list = l;
    return v;
  }
  static Value member(std::uint32_t ordinal) {
    Value v;
    v.kind = ValueKind::member;
    v.i = ordinal;
    return v;
  }
  static Value row(std::uint32_t row) {
    Value v;
    v.kind = ValueKind::row;
    v.i = row;
    return v;
  }
  static Value dangling(std::uint32_t code) {
    Value v;
    v.kind = ValueKind::dangling;
    v.aux = code;
    return v;
  }
  static Value error(EvalError e, std::uint64_t expr = 0) {
    Value v;
    v.kind = ValueKind::error;
    v.aux = static_cast<std::uint32_t>(e);
    v.expr = expr;
    return v;
  }
  // `number` tells which value was left out (Column::unset).
  static Value unset(std::uint32_t number) { return error(EvalError::unset_field, std::uint64_t{number} << 32); }

  bool is_true() const { return kind == ValueKind::boolean && i != 0; }
  bool is_false() const { return kind == ValueKind::boolean && i == 0; }
  bool is_error() const { return kind == ValueKind::error; }
  std::uint32_t failed_expr() const { return static_cast<std::uint32_t>(expr); }
  // The number of the value that a test left out and that was read; 0 where the error is another.
  std::uint32_t unset_number() const { return is_error() ? static_cast<std::uint32_t>(expr >> 32) : 0; }
  // `is present`: neither missing nor dangling.
  bool is_present() const { return kind > ValueKind::dangling; }
  std::string_view view() const { return text->view(); }
  types::Date as_date() const { return {static_cast<std::int32_t>(i)}; }
  types::Timestamp as_timestamp() const { return {i, aux}; }
  types::Duration as_duration() const { return {i, aux}; }
  types::Period as_period() const { return {i}; }
};
static_assert(sizeof(Value) == 16);

struct ValueList {
  std::uint32_t size = 0;
  const Value* items = nullptr;
};

// A bump allocator; everything in it goes at once. Not shared between threads.
class Arena {
 public:
  explicit Arena(std::size_t block_size = 64 * 1024) : block_size_(block_size) {}
  Arena(Arena&& other) noexcept { *this = std::move(other); }
  Arena& operator=(Arena&& other) noexcept {  // `other` is left empty, and can be used again
    block_size_ = other.block_size_;
    blocks_ = std::exchange(other.blocks_, {});
    next_ = std::exchange(other.next_, nullptr);
    end_ = std::exchange(other.end_, nullptr);
    total_ = std::exchange(other.total_, 0);
    return *this;
  }
  void* allocate(std::size_t bytes, std::size_t alignment);
  const Text* text(std::string_view bytes);
  const ValueList* list(const Value* items, std::uint32_t size);  // copies the items
  const types::Network* network(const types::Network& value);
  void clear();  // keeps the first block
  std::size_t bytes() const { return total_; }

 private:
  std::size_t block_size_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  std::size_t total_ = 0;
};

// Elements of any kind of list (cells, values, rows).
std::uint32_t list_size(const Value& list);
Value list_element(const Value& list, std::uint32_t index);

// Equality of two values of one static type: missing equals missing, dangling equals dangling of the same key;
// Int equals Float by value; NaN cannot occur; sets are equal when each holds the other's elements.
bool equal(const Value& a, const Value& b);
// Agrees with `equal`.
std::uint64_t hash(const Value& value);
// Negative, zero, positive. Both present and of one ordered type. Text compares by bytes (which is by code point).
int compare(const Value& a, const Value& b);
// A total order over all values of one type, for results that must come out in one order: missing first, records
// by row.
int order(const Value& a, const Value& b);

class FactStore;
// As messages show it: `2026-06-30`, `3 days`, `admin`, `{totp, push}`, `missing`; a record by its key.
std::string to_text(const Value& value, types::TypeId type, const language::Program& program,
                    const FactStore& store);

}  // namespace writ::facts
