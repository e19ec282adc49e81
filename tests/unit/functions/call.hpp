// Calls of built-in functions by their names, with C++ values, for tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/facts/functions.hpp"

namespace writ::support {

class Caller {
 public:
  // `now` is 2026-06-30T12:00:00Z, the period the calendar year 2026, unless set.
  Caller();
  Caller& period(std::string_view start, std::string_view end);
  Caller& now(std::string_view instant);

  facts::Value text(std::string_view bytes);
  facts::Value network(std::string_view block);
  facts::Value list(const std::vector<facts::Value>& items);
  facts::Value days(const std::vector<std::string_view>& dates);
  static facts::Value date(std::string_view text);
  static facts::Value instant(std::string_view text);
  static facts::Value duration(std::string_view text);
  static facts::Value period_of(std::string_view text);

  // The function of that name, the `overload`th of them.
  facts::Value call(std::string_view name, const std::vector<facts::Value>& arguments, std::size_t overload = 0);
  // What it gives, as text: `missing`, `error`, `[a, b]`, otherwise the value.
  std::string shown(std::string_view name, const std::vector<facts::Value>& arguments, std::size_t overload = 0);

 private:
  facts::Arena arena_;
  facts::CallContext context_;
};

std::string show(const facts::Value& value);

}  // namespace writ::support
