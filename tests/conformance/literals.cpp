#include "tests/conformance/literals.hpp"

#include <fmt/format.h>

#include "language/types/literal.hpp"

namespace writ::conformance {

std::string text_literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\' || c == '{' || c == '}') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{{{:x}}}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string raw_literal(std::string_view text) {
  // A raw text holds its bytes as they are; line ends and the like are clearer as escapes.
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) return text_literal(text);
  }
  std::string fence;
  while (text.find("\"" + fence) != std::string_view::npos) fence += '#';
  return fmt::format("r{}\"{}\"{}", fence, text, fence);
}

const nlohmann::json* elements(const nlohmann::json& value) {
  if (value.is_array()) return &value;
  if (value.is_object() && value.size() == 1 && value.contains("$set")) return &value["$set"];
  return nullptr;
}

std::string list_literal(const std::vector<std::string>& items) {
  return fmt::format("[{}]", fmt::join(items, ", "));
}

std::string set_literal(const std::vector<std::string>& items) {
  return fmt::format("{{{}}}", fmt::join(items, ", "));
}

std::string call(std::string_view function, const std::vector<std::string>& arguments) {
  return fmt::format("{}({})", function, fmt::join(arguments, ", "));
}

std::optional<std::vector<std::string>> literals(const nlohmann::json& array) {
  std::vector<std::string> out;
  for (const auto& element : array) {
    const bool same_type = element.type() == array[0].type() || (element.is_number() && array[0].is_number());
    auto written = same_type ? literal(element) : std::nullopt;
    if (!written) return std::nullopt;
    out.push_back(std::move(*written));
  }
  return out;
}

std::optional<std::string> literal(const nlohmann::json& value) {
  if (const auto* items = elements(value)) {
    const auto written = literals(*items);
    if (!written) return std::nullopt;
    return value.is_array() ? list_literal(*written) : set_literal(*written);
  }
  switch (value.type()) {
    case nlohmann::json::value_t::string:
      return text_literal(value.get<std::string>());
    case nlohmann::json::value_t::boolean:
      return value.get<bool>() ? "true" : "false";
    case nlohmann::json::value_t::number_integer:
      return fmt::format("({})", value.get<std::int64_t>());
    case nlohmann::json::value_t::number_unsigned:
      if (value.get<std::uint64_t>() <= INT64_MAX) return fmt::format("{}", value.get<std::uint64_t>());
      [[fallthrough]];
    case nlohmann::json::value_t::number_float: {
      // Written out: the language's numbers have no exponent.
      const double number = value.get<double>();
      std::string text = fmt::format("{:.400f}", number);
      text.erase(text.find_last_not_of('0') + 1);
      if (text.back() == '.') text += '0';
      return number < 0 ? fmt::format("({})", text) : text;
    }
    default:
      return std::nullopt;
  }
}

std::string duration_literal(std::int64_t nanoseconds) {
  constexpr std::int64_t second = 1'000'000'000;
  const bool negative = nanoseconds < 0;
  const std::uint64_t size =
      negative ? 0 - static_cast<std::uint64_t>(nanoseconds) : static_cast<std::uint64_t>(nanoseconds);
  return fmt::format("({}{}.{:09} seconds)", negative ? "-" : "", size / second, size % second);
}

}  // namespace writ::conformance
