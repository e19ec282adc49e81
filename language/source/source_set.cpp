#include "language/source/source_set.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <limits>
#include <utility>

#include "language/source/utf8.hpp"

namespace writ::source {

FileId SourceSet::add(std::string path, std::string text) {
  // Offsets have four bytes.
  assert(text.size() < std::numeric_limits<std::uint32_t>::max());
  File file{std::move(path), std::move(text), {0}};
  for (std::size_t at = file.text.find('\n'); at != std::string::npos; at = file.text.find('\n', at + 1)) {
    file.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  files_.push_back(std::move(file));
  return static_cast<FileId>(files_.size() - 1);
}

std::string_view SourceSet::path(FileId file) const { return files_[static_cast<std::uint32_t>(file)].path; }

std::string_view SourceSet::text(FileId file) const { return files_[static_cast<std::uint32_t>(file)].text; }

std::string_view SourceSet::text(Span span) const {
  const std::string_view whole = text(span.file);
  const std::size_t begin = std::min<std::size_t>(span.begin, whole.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, whole.size());
  return whole.substr(begin, end - begin);
}

LineColumn SourceSet::line_column(FileId file, std::uint32_t offset) const {
  const File& at = files_[static_cast<std::uint32_t>(file)];
  const auto size = static_cast<std::uint32_t>(at.text.size());
  offset = std::min(offset, size);
  const auto after = std::upper_bound(at.line_starts.begin(), at.line_starts.end(), offset);
  const std::uint32_t start = *std::prev(after);
  LineColumn place{static_cast<std::uint32_t>(after - at.line_starts.begin()), 1};
  std::string_view before = std::string_view(at.text).substr(start, offset - start);
  // A byte-order mark is no column.
  if (start == 0 && before.starts_with("\xEF\xBB\xBF")) before.remove_prefix(3);
  while (!before.empty()) {
    before.remove_prefix(decode_utf8(before).length);
    ++place.column;
  }
  return place;
}

std::uint32_t SourceSet::line_count(FileId file) const {
  return static_cast<std::uint32_t>(files_[static_cast<std::uint32_t>(file)].line_starts.size());
}

std::string_view SourceSet::line(FileId file, std::uint32_t line) const {
  const File& in = files_[static_cast<std::uint32_t>(file)];
  if (line == 0 || line > in.line_starts.size()) return {};
  const std::size_t begin = in.line_starts[line - 1];
  const std::size_t end = line < in.line_starts.size() ? in.line_starts[line] - 1 : in.text.size();
  std::string_view text = std::string_view(in.text).substr(begin, end - begin);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace writ::source
