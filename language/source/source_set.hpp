// Every text that a run has loaded, rules for the most part.
// In: a path to show and the UTF-8 text. Out: file ids, and lines and columns at the edge.
// Positions inside Writ are byte offsets; a line and a column (both from 1, columns in Unicode
// code points) exist only where a person reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ::source {

enum class FileId : std::uint32_t {};

// A half-open range of bytes, [begin, end), in one file.
struct Span {
  FileId file{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool operator==(const Span&) const = default;
};

struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

class SourceSet {
 public:
  // `path` is what diagnostics show; library texts use names such as `std/people.writ`.
  FileId add(std::string path, std::string text);

  std::string_view path(FileId file) const;
  std::string_view text(FileId file) const;
  std::string_view text(Span span) const;
  std::size_t size() const { return files_.size(); }

  LineColumn line_column(FileId file, std::uint32_t offset) const;
  std::uint32_t line_count(FileId file) const;
  // The text of one line, counted from 1, without its line end.
  std::string_view line(FileId file, std::uint32_t line) const;

 private:
  struct File {
    std::string path;
    std::string text;
    std::vector<std::uint32_t> line_starts;
  };
  std::vector<File> files_;
};

}  // namespace writ::source
