// A JSON document as a stream of tokens, through one buffer that is as long as the longest value that is asked for
// at once. Tokens are numbered within the buffer; asking for more may renumber them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/facts/byte_source.hpp"
#include "engine/facts/json_index.hpp"
#include "engine/facts/json_text.hpp"

namespace writ::facts {

class DocumentStream {
 public:
  explicit DocumentStream(std::size_t chunk_bytes) : buffer_(chunk_bytes + JsonView::slack) {}

  // Starts a document. `moved` is called whenever the view has changed, with the offset of its first byte;
  // `leaving` before it does.
  void open(const ByteSource& source, std::function<void()> leaving, std::function<void()> moved);

  const JsonView& view() const { return view_; }
  std::uint64_t base() const { return base_; }
  std::uint32_t cursor = 0;  // the next token

  // Makes sure that the view holds `count` tokens from the cursor on, if the document has them. False where reading
  // failed or the text is no JSON: see `fault`.
  bool ensure(std::uint32_t count);
  // Reads on, keeping what lies from the cursor on; gives false where that did not help: at the end, or on a fault.
  // `growing`: the buffer may grow for it.
  bool more(bool growing);
  bool at_end() const { return last_; }
  // Whether the document is sound as a text; that it is JSON is for those to say who walk it. Asked at the end.
  bool is_text() const { return !text_fault_; }
  char peek() const { return view_.at(cursor); }  // 0 at the end
  std::uint64_t offset() const { return base_ + view_.index[cursor]; }

  struct Fault {
    std::uint64_t offset = 0;
    std::string what;
    bool reading = false;  // the system could not read the file
  };
  std::optional<Fault> fault;
  // What is wrong where a value is expected and the document has no more: what keeps the text from going on, or
  // that it ends.
  Fault fault_at_end() const;

  // Where the view's first byte stands.
  std::uint32_t line = 1;
  std::uint32_t column = 1;

 private:
  bool fill(std::size_t keep_from);
  std::size_t cut() const;
  void pass_over(std::size_t bytes);

  const ByteSource* source_ = nullptr;
  std::function<void()> leaving_;
  std::function<void()> moved_;
  JsonIndex index_;
  JsonView view_;
  std::vector<char> buffer_;
  std::size_t filled_ = 0;
  std::size_t indexed_ = 0;  // bytes that were given to the index
  std::array<char, JsonView::slack> kept_{};
  bool unclosed_ = false;
  std::uint64_t base_ = 0;
  bool last_ = false;                // the view reaches the document's end, or a fault of the text
  std::optional<Fault> text_fault_;  // where it stands; no token behind it is shown
};

}  // namespace writ::facts
