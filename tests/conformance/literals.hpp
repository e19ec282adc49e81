// JSON values as literals of the language.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::conformance {

std::string text_literal(std::string_view text);
std::string raw_literal(std::string_view text);  // for patterns
// Numbers, texts, truth values, arrays, and sets written {"$set": […]}; nothing for what has no literal: null,
// objects, and arrays whose elements are of several types.
std::optional<std::string> literal(const nlohmann::json& value);
// The same of all of an array's elements.
std::optional<std::vector<std::string>> literals(const nlohmann::json& array);
// The elements of an array, or of a {"$set": […]}.
const nlohmann::json* elements(const nlohmann::json& value);
std::string set_literal(const std::vector<std::string>& items);
std::string list_literal(const std::vector<std::string>& items);
// `f(a, b)`
std::string call(std::string_view function, const std::vector<std::string>& arguments);
// `12.5 seconds` as a whole in brackets, from nanoseconds.
std::string duration_literal(std::int64_t nanoseconds);

}  // namespace writ::conformance
