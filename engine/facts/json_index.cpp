#include "engine/facts/json_index.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <new>

namespace writ::facts {

namespace {

const simdjson::implementation& chosen(std::string_view name) {
  if (!name.empty()) {
    for (const simdjson::implementation* candidate : simdjson::get_available_implementations()) {
      if (candidate->name() == name && candidate->supported_by_runtime_system()) return *candidate;
    }
  }
  return *simdjson::get_active_implementation();
}

}  // namespace

JsonIndex::JsonIndex(std::string_view implementation) : implementation_(implementation) {}
JsonIndex::~JsonIndex() = default;

IndexResult JsonIndex::build(char* text, std::size_t length, JsonView& view) {
  assert(length < max_bytes);
  if (length > capacity_ || parser_ == nullptr) {
    capacity_ = std::max<std::size_t>(length, 1024);
    const simdjson::error_code error =
        chosen(implementation_).create_dom_parser_implementation(capacity_, 1, parser_);
    if (error != simdjson::SUCCESS) throw std::bad_alloc();
  }
  view.text = text;
  view.length = static_cast<std::uint32_t>(length);
  std::memset(text + length, 0, JsonView::slack);
  auto* const bytes = reinterpret_cast<std::uint8_t*>(text);
  const auto run = [&](std::size_t size) { return parser_->stage1(bytes, size, simdjson::stage1_mode::regular); };
  const auto finish = [&](std::uint32_t count) {
    view.count = count;
    view.index = parser_->structural_indexes.get();
    parser_->structural_indexes[count] = view.length;
    const void* const escape = view.length == 0 ? nullptr : std::memchr(text, '\\', view.length);
    view.escapes = escape != nullptr;
    JsonFault ignored;
    view.sound_escapes =
        !view.escapes || check_escapes(static_cast<const char*>(escape), text + view.length, ignored, text);
  };
  simdjson::error_code error = run(length);
  if (error == simdjson::SUCCESS) {
    finish(parser_->n_structural_indexes);
    return IndexResult::ok;
  }
  if (error == simdjson::EMPTY) {
    finish(0);
    return IndexResult::ok;
  }
  if (error != simdjson::UNCLOSED_STRING || length == 0 || text[length - 1] == '\\') return IndexResult::bad;
  // simdjson gives no index for a text that ends within a string: so it is closed here, and the string is left out.
  text[length] = '"';
  if (length + 1 > capacity_) {
    capacity_ = length + 1;
    if (parser_->set_capacity(capacity_) != simdjson::SUCCESS) throw std::bad_alloc();
  }
  error = run(length + 1);
  text[length] = 0;
  if (error != simdjson::SUCCESS || parser_->n_structural_indexes == 0) return IndexResult::bad;
  const std::uint32_t last = parser_->n_structural_indexes - 1;
  // A quote directly behind a number or a word is no token. The walker refuses what it stands behind, which is the
  // last token then.
  if (text[parser_->structural_indexes[last]] != '"') {
    finish(parser_->n_structural_indexes);
    return IndexResult::ok;
  }
  view.length = parser_->structural_indexes[last];
  text[view.length] = 0;
  finish(last);
  return IndexResult::unclosed;
}

JsonFault JsonIndex::build_before_fault(char* text, std::size_t length, JsonView& view) {
  const std::optional<TextFault> found = find_text_fault({text, length});
  assert(found);
  if (!found) return {0, "this is no JSON"};
  const IndexResult result = build(text, found->tokens_end, view);
  assert(result != IndexResult::bad);
  if (result == IndexResult::bad) view.count = 0;
  return found->fault;
}

std::optional<JsonFault> JsonIndex::build_whole(char* text, std::size_t length, JsonView& view) {
  const IndexResult result = build(text, length, view);
  if (result == IndexResult::ok) return std::nullopt;
  if (result == IndexResult::unclosed) text[view.length] = '"';
  return build_before_fault(text, length, view);
}

std::string_view JsonView::what_stands(std::uint32_t token) const {
  switch (at(token)) {
    case '"':
      return "a string";
    case '{':
      return "an object";
    case '[':
      return "an array";
    case 't':
      return "true";
    case 'f':
      return "false";
    case 'n':
      return "null";
    default:
      return "a number";
  }
}

std::uint32_t JsonView::behind(std::uint32_t token) const {
  const char first = at(token);
  if (first != '{' && first != '[') return token + 1;
  std::uint32_t depth = 0;
  do {
    const char c = at(token);
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++token;
  } while (depth != 0);
  return token;
}

}  // namespace writ::facts
