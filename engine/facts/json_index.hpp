// Where the tokens of a JSON text begin: the first stage of simdjson, which also tests that the text is UTF-8 and
// that no control character stands in a string. Out: the offsets of every `{ } [ ] : ,`, of each string's opening
// quote and of each scalar's first byte, in order. Whether they make sense is the walker's to say.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "engine/facts/json_text.hpp"

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace writ::facts {

// Bytes with their index. INVARIANT: `text[length]` is 0, and `slack` bytes behind it may be read;
// `index[count]` is `length`.
struct JsonView {
  static constexpr std::size_t slack = 64;

  const char* text = nullptr;
  const std::uint32_t* index = nullptr;
  std::uint32_t count = 0;
  std::uint32_t length = 0;
  bool escapes = false;        // a backslash stands somewhere
  bool sound_escapes = false;  // and what follows each is an escape, or there is none

  char at(std::uint32_t token) const { return text[index[token]]; }
  // The inner bytes of the string that is token `token`.
  std::string_view raw_string(std::uint32_t token) const {
    const std::uint32_t begin = index[token] + 1;
    std::uint32_t end = index[token + 1] - 1;
    // Between the closing quote and the next token there is nothing but white space.
    while (text[end] != '"' && end > begin) --end;
    assert(text[end] == '"' && end >= begin);
    return {text + begin, end - begin};
  }
  std::string_view what_stands(std::uint32_t token) const;  // `an array`
  // The token behind the value that starts at `token`. The value has been walked, and is sound.
  std::uint32_t behind(std::uint32_t token) const;
};

enum class IndexResult : std::uint8_t {
  ok,        // also for a text of white space, whose index is empty; and for one that no walk gets through
  unclosed,  // a string is not closed; the index is that of the text before it
  bad,       // not UTF-8, or a control character in a string
};

class JsonIndex {
 public:
  // `implementation`: the name of one of simdjson's; empty for the fastest that this machine runs.
  explicit JsonIndex(std::string_view implementation = {});
  ~JsonIndex();
  JsonIndex(const JsonIndex&) = delete;
  JsonIndex& operator=(const JsonIndex&) = delete;

  // `text` can be written to: the byte at `length` and the slack behind it are set to 0; what stood there is the
  // caller's to restore. With `unclosed`, `view.length` is the offset of the opening quote, and that byte is 0,
  // too.
  IndexResult build(char* text, std::size_t length, JsonView& view);
  // Of a text that `build` calls bad, or that ends in an open string: its first fault, and the index of what stands
  // before it, so that what is wrong earlier is found by a walk. One that gets through the index fails at the
  // fault.
  JsonFault build_before_fault(char* text, std::size_t length, JsonView& view);
  // Both of them, for a text that nothing follows. Null where it is sound.
  std::optional<JsonFault> build_whole(char* text, std::size_t length, JsonView& view);

  static constexpr std::size_t max_bytes = std::size_t{1} << 30;

 private:
  std::string_view implementation_;
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
  std::size_t capacity_ = 0;
};

}  // namespace writ::facts
