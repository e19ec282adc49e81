#include "language/types/literal.hpp"

#include <fmt/format.h>

namespace writ::types {

std::string to_text(double value) {
  std::string text = fmt::format("{}", value);
  const bool is_plain = text.find_first_not_of("-0123456789") == std::string::npos;
  return is_plain ? text + ".0" : text;
}

namespace {

struct Writer {
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(const std::string& value) const { return value; }
  template <typename T>
  std::string operator()(const T& value) const {
    return to_text(value);
  }
};

}  // namespace

std::string to_text(const Literal& value) { return std::visit(Writer{}, value); }

}  // namespace writ::types
