#include "tests/unit/functions/call.hpp"

#include <stdexcept>

#include "stdlib/functions/table.hpp"

namespace writ::support {

using facts::Value;
using facts::ValueKind;

Caller::Caller() {
  context_.arena = &arena_;
  now("2026-06-30T12:00:00Z");
  period("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
}

Caller& Caller::now(std::string_view instant) {
  context_.now = types::parse_timestamp(instant).value();
  context_.today = types::date_of(context_.now);
  return *this;
}

Caller& Caller::period(std::string_view start, std::string_view end) {
  context_.period_start = types::parse_timestamp(start).value();
  context_.period_end = types::parse_timestamp(end).value();
  return *this;
}

Value Caller::text(std::string_view bytes) { return Value::of(arena_.text(bytes)); }

Value Caller::network(std::string_view block) {
  return Value::of(arena_.network(types::parse_network(block).value()));
}

Value Caller::list(const std::vector<Value>& items) {
  return Value::of(arena_.list(items.data(), static_cast<std::uint32_t>(items.size())));
}

Value Caller::days(const std::vector<std::string_view>& dates) {
  std::vector<Value> items;
  for (const std::string_view text : dates) items.push_back(date(text));
  return list(items);
}

Value Caller::date(std::string_view text) { return Value::of(types::parse_date(text).value()); }
Value Caller::instant(std::string_view text) { return Value::of(types::parse_timestamp(text).value()); }
Value Caller::duration(std::string_view text) { return Value::of(types::parse_duration(text).value()); }
Value Caller::period_of(std::string_view text) { return Value::of(types::parse_period(text).value()); }

Value Caller::call(std::string_view name, const std::vector<Value>& arguments, std::size_t overload) {
  const auto table = functions::table();
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].name == name) return functions::kernels()[i + overload](arguments, context_);
  }
  throw std::invalid_argument("no function " + std::string(name));
}

std::string Caller::shown(std::string_view name, const std::vector<Value>& arguments, std::size_t overload) {
  return show(call(name, arguments, overload));
}

std::string show(const Value& value) {
  switch (value.kind) {
    case ValueKind::missing:
      return "missing";
    case ValueKind::error:
      return "error";
    case ValueKind::boolean:
      return value.i != 0 ? "true" : "false";
    case ValueKind::integer:
      return std::to_string(value.i);
    case ValueKind::floating:
      return types::to_text(value.f);
    case ValueKind::text:
      return std::string(value.view());
    case ValueKind::date:
      return types::to_text(value.as_date());
    case ValueKind::timestamp:
      return types::to_text(value.as_timestamp());
    case ValueKind::duration:
      return types::to_text(value.as_duration());
    case ValueKind::period:
      return types::to_text(value.as_period());
    case ValueKind::network:
      return types::to_text(*value.network);
    case ValueKind::row:
      return "row " + std::to_string(value.i);
    case ValueKind::dangling:
      return "dangling " + std::to_string(value.aux);
    case ValueKind::member:
      return "member " + std::to_string(value.i);
    case ValueKind::cells:
    case ValueKind::values:
    case ValueKind::rows: {
      std::string out = "[";
      for (std::uint32_t i = 0; i < facts::list_size(value); ++i) {
        out += (i == 0 ? "" : ", ") + show(facts::list_element(value, i));
      }
      return out + "]";
    }
    case ValueKind::record:
    case ValueKind::range:
      break;
  }
  return "?";
}

}  // namespace writ::support
