#include "engine/facts/document_stream.hpp"

#include <algorithm>
#include <cstring>

namespace writ::facts {

void DocumentStream::open(const ByteSource& source, std::function<void()> leaving, std::function<void()> moved) {
  source_ = &source;
  leaving_ = std::move(leaving);
  moved_ = std::move(moved);
  view_ = {};
  filled_ = indexed_ = 0;
  unclosed_ = last_ = false;
  base_ = 0;
  line = column = 1;
  cursor = 0;
  fault.reset();
  text_fault_.reset();
  fill(0);
}

bool DocumentStream::ensure(std::uint32_t count) {
  while (!fault && !last_ && view_.count - cursor < count) {
    if (!more(true)) break;
  }
  return !fault;
}

bool DocumentStream::more(bool growing) {
  if (fault || last_) return false;
  const std::size_t keep_from = cursor < view_.count ? view_.index[cursor] : view_.length;
  if (keep_from == 0 && filled_ == buffer_.size() - JsonView::slack) {
    if (!growing) return false;
    if (buffer_.size() * 2 >= JsonIndex::max_bytes) {
      fault = Fault{base_, "a record is longer than 512 MiB", false};
      return false;
    }
    const std::size_t room = buffer_.size() - JsonView::slack;
    buffer_.resize(room * 2 + JsonView::slack);
  }
  return fill(keep_from);
}

// The text up to the cut is indexed. A cut behind a bracket or a comma never parts a number or a word.
std::size_t DocumentStream::cut() const {
  const std::string_view text(buffer_.data(), filled_);
  const std::size_t bracket = text.find_last_of("}]");
  // What lies before the last bracket may be little, where numbers follow in a long row.
  if (bracket != std::string_view::npos && bracket + 1 >= filled_ / 2) return bracket + 1;
  const std::size_t comma = text.find_last_of(',');
  return comma == std::string_view::npos ? (bracket == std::string_view::npos ? 0 : bracket + 1) : comma + 1;
}

void DocumentStream::pass_over(std::size_t bytes) {
  const char* const text = buffer_.data();
  std::size_t line_start = 0;
  const char* at = text;
  while ((at = static_cast<const char*>(std::memchr(at, '\n', bytes - static_cast<std::size_t>(at - text)))) !=
         nullptr) {
    ++line;
    column = 1;
    ++at;
    line_start = static_cast<std::size_t>(at - text);
    if (line_start == bytes) break;
  }
  column += static_cast<std::uint32_t>(std::count_if(
      text + line_start, text + bytes, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

DocumentStream::Fault DocumentStream::fault_at_end() const {
  return text_fault_ ? *text_fault_ : Fault{base_ + view_.length, "the document ends too early", false};
}

bool DocumentStream::fill(std::size_t keep_from) {
  if (leaving_) leaving_();
  // What the index has overwritten comes back.
  if (unclosed_) buffer_[view_.length] = '"';
  if (filled_ > indexed_) {
    std::copy_n(kept_.begin(), std::min(kept_.size(), filled_ - indexed_),
                buffer_.begin() + static_cast<std::ptrdiff_t>(indexed_));
  }
  pass_over(keep_from);
  std::memmove(buffer_.data(), buffer_.data() + keep_from, filled_ - keep_from);
  filled_ -= keep_from;
  base_ += keep_from;
  const std::size_t before = filled_;
  const std::size_t room = buffer_.size() - JsonView::slack;
  const std::int64_t got = source_->read(base_ + filled_, buffer_.data() + filled_, room - filled_);
  if (got < 0) {
    fault = Fault{base_ + filled_, system_reason(), true};
    return false;
  }
  filled_ += static_cast<std::size_t>(got);
  last_ = base_ + filled_ >= source_->size() || got == 0;
  indexed_ = last_ ? filled_ : cut();
  std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(indexed_), kept_.size(), kept_.begin());
  std::optional<JsonFault> found;
  if (last_) {
    unclosed_ = false;
    found = index_.build_whole(buffer_.data(), indexed_, view_);
  } else {
    const IndexResult result = index_.build(buffer_.data(), indexed_, view_);
    unclosed_ = result == IndexResult::unclosed;
    if (result == IndexResult::bad) found = index_.build_before_fault(buffer_.data(), indexed_, view_);
  }
  // What stands before the fault is read first: the earliest fault is told, whatever the size of the buffer.
  if (found) {
    text_fault_ = Fault{base_ + found->offset, found->what, false};
    last_ = true;
  }
  cursor = 0;
  if (moved_) moved_();
  return filled_ > before || keep_from > 0 || last_;
}

}  // namespace writ::facts
