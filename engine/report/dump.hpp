// JSON documents as text, indented by two. What is no UTF-8 (in the name of a file) becomes U+FFFD.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace writ::report {

// A line end at its end.
std::string dump(const nlohmann::ordered_json& document);
// Without one: an element of an array that is written apart.
std::string dump_element(const nlohmann::ordered_json& element);
// `document` as `dump` writes it, where the n-th member called `name` is an empty array in the document, and has
// `elements[n]` in the text. So the many elements of a large document can be made on several threads. Linear.
std::string dump_with_elements(const nlohmann::ordered_json& document, std::string_view name,
                               const std::vector<std::vector<std::string>>& elements);

}  // namespace writ::report
