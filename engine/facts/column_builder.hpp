// Columns while they grow. INVARIANT: between records every column of an entity has one entry a row;
// `absent` and `nanos` may be shorter than the column, what is beyond their end is 0.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/facts/reading_plan.hpp"
#include "engine/facts/store.hpp"

namespace writ::facts {

// An empty column for values read by `plan`; those of nested records and elements with it.
Column make_column(const ValuePlan& plan, bool optional);

void append_missing(Column& column);
// A value that a test leaves out: reading it is an error that carries the number.
void append_unset(Column& column, std::uint32_t number);
// A value of the column's type that is no reference: a default.
void append_value(Column& column, const Value& value);
void append_nanos(Column& column, std::uint32_t nanos);  // of the row that is appended next

// Cuts a column back to its first `rows` rows.
void truncate(Column& column, std::uint32_t rows);

// Appends rows [begin, end) of a column of the same shape. Codes are taken as they are.
void append_rows(Column& column, const Column& from, std::uint32_t begin, std::uint32_t end);
// Keeps the rows that are not marked.
void drop_rows(Column& column, const std::vector<bool>& dropped);
// Makes `absent` and `nanos` as long as the column, where they are not empty, and gives back what is not used.
void finish(Column& column);

// Whether two elements of a column are equal, and a hash that agrees; references are compared by their codes.
bool same_element(const Column& column, std::uint32_t a, std::uint32_t b);
std::uint64_t hash_element(const Column& column, std::uint32_t row);

}  // namespace writ::facts
