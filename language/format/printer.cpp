// The part of the printer that takes tokens from the text, and what stands between them.
#include "language/format/printer.hpp"

#include <algorithm>
#include <string>

#include "language/syntax/words.hpp"

namespace writ::format {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

std::string tidy(std::string_view comment) {
  while (!comment.empty() && is_space(comment.back())) comment.remove_suffix(1);
  const std::size_t marks = std::min(comment.find_first_not_of('#'), comment.size());
  const bool spaced = marks == comment.size() || marks > 2 || is_space(comment[marks]) || comment[marks] == '!';
  return std::string(comment.substr(0, marks)) + (spaced ? "" : " ") + std::string(comment.substr(marks));
}

Printer::Gap Printer::read_gap() {
  Gap gap;
  if (cursor_ == 0 && text_.starts_with("\xEF\xBB\xBF")) cursor_ = 3;  // a byte-order mark
  while (cursor_ < text_.size()) {
    const char c = text_[cursor_];
    if (c == '#') {
      const auto end = static_cast<std::uint32_t>(std::min(text_.find('\n', cursor_), text_.size()));
      gap.comments.push_back({text_.substr(cursor_, end - cursor_), gap.lines});
      gap.lines = 0;
      cursor_ = end;
    } else if (is_space(c)) {
      if (c == '\n') ++gap.lines;
      ++cursor_;
    } else {
      break;
    }
  }
  return gap;
}

Printer::Gap Printer::read_loose_gap() {
  Gap gap = read_gap();
  if (!comma_follows()) return gap;
  ++cursor_;
  const Gap behind = read_gap();
  gap.comments.insert(gap.comments.end(), behind.comments.begin(), behind.comments.end());
  gap.lines += behind.lines;
  return gap;
}

DocId Printer::break_before(DocId line) {
  const Gap gap = read_loose_gap();
  Parts before;
  Parts behind;
  for (const Comment& comment : gap.comments) {
    if (comment.lines == 0 && behind.empty()) {
      before.push_back(layout_.line_end("  " + tidy(comment.text)));
    } else {
      behind.push_back(layout_.own_line(tidy(comment.text)));
      behind.push_back(layout_.hard_line());
    }
  }
  return cat({cat(std::move(before)), line, cat(std::move(behind))});
}

// Comments inside of what stands on a line: the first may end the line before, each other has a line of its own.
DocId Printer::comments_before(const Gap& gap) {
  Parts parts;
  for (const Comment& comment : gap.comments) {
    if (comment.lines == 0) {
      parts.push_back(layout_.line_end("  " + tidy(comment.text)));
    } else {
      parts.push_back(layout_.own_line(tidy(comment.text)));
      parts.push_back(layout_.hard_line());
    }
  }
  return cat(std::move(parts));
}

bool Printer::comma_follows() const { return cursor_ < text_.size() && text_[cursor_] == ','; }

bool Printer::comment_follows() const {
  std::size_t at = cursor_;
  while (at < text_.size() && (is_space(text_[at]) || text_[at] == ',')) ++at;
  return at < text_.size() && text_[at] == '#';
}

void Printer::skip_comma() {
  const std::uint32_t before = cursor_;
  const Gap gap = read_gap();
  if (comma_follows() && gap.comments.empty()) {
    ++cursor_;
  } else {
    cursor_ = before;
  }
}

DocId Printer::token(std::string_view expected) {
  const Gap gap = expected == "," ? read_gap() : read_loose_gap();
  if (text_.substr(cursor_, expected.size()) != expected) {
    failed_ = true;
    return DocId::nothing;
  }
  cursor_ += static_cast<std::uint32_t>(expected.size());
  const DocId word = layout_.text(std::string(expected));
  return gap.comments.empty() ? word : cat({comments_before(gap), word});
}

DocId Printer::token(Span span) {
  if (span.begin > span.end || span.end > text_.size()) {
    failed_ = true;
    return DocId::nothing;
  }
  return token(text_.substr(span.begin, span.end - span.begin));
}

DocId Printer::words(std::string_view words) {
  Parts parts;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    if (!parts.empty()) parts.push_back(space());
    parts.push_back(token(word));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
  }
  return cat(std::move(parts));
}

std::string_view Printer::next_word() const {
  std::size_t at = cursor_;
  while (at < text_.size() && (is_space(text_[at]) || text_[at] == ',' || text_[at] == '#')) {
    at = text_[at] == '#' ? std::min(text_.find('\n', at), text_.size()) : at + 1;
  }
  return syntax::word_at(text_, at);
}

DocId Printer::member_break(bool first) {
  skip_comma();
  const Gap gap = read_gap();
  Parts parts;
  bool at_start = first;
  for (const Comment& comment : gap.comments) {
    if (comment.lines == 0 && !(first && cursor_ == 0)) {
      parts.push_back(layout_.line_end("  " + tidy(comment.text)));
      continue;
    }
    parts.push_back(comment.lines > 1 && !at_start ? layout_.blank_line() : layout_.hard_line());
    parts.push_back(layout_.own_line(tidy(comment.text)));
    at_start = false;
  }
  parts.push_back(gap.lines > 1 && !at_start ? layout_.blank_line() : layout_.hard_line());
  return cat(std::move(parts));
}

DocId Printer::clause_break() {
  const Gap gap = read_gap();
  Parts parts;
  for (const Comment& comment : gap.comments) {
    if (comment.lines == 0) {
      parts.push_back(layout_.line_end("  " + tidy(comment.text)));
    } else {
      parts.push_back(layout_.hard_line());
      parts.push_back(layout_.own_line(tidy(comment.text)));
    }
  }
  parts.push_back(layout_.hard_line());
  return cat(std::move(parts));
}

DocId Printer::closing_comments() {
  skip_comma();
  const Gap gap = read_gap();
  Parts parts;
  for (const Comment& comment : gap.comments) {
    if (comment.lines == 0) {
      parts.push_back(layout_.line_end("  " + tidy(comment.text)));
    } else {
      parts.push_back(comment.lines > 1 ? layout_.blank_line() : layout_.hard_line());
      parts.push_back(layout_.own_line(tidy(comment.text)));
    }
  }
  return cat(std::move(parts));
}

DocId Printer::body(Parts members) {
  const bool empty = members.empty() && !comment_follows();
  if (empty) return token("}");
  members.push_back(closing_comments());
  const DocId inner = layout_.nest(2, cat(std::move(members)));
  return cat({inner, layout_.hard_line(), token("}")});
}

}  // namespace writ::format
