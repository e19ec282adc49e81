#include "language/source/source_set.hpp"

#include <catch2/catch.hpp>

using writ::source::FileId;
using writ::source::SourceSet;
using writ::source::Span;

namespace {

std::pair<std::uint32_t, std::uint32_t> place(const SourceSet& sources, FileId file, std::uint32_t offset) {
  const auto [line, column] = sources.line_column(file, offset);
  return {line, column};
}

using Place = std::pair<std::uint32_t, std::uint32_t>;

}  // namespace

TEST_CASE("lines and columns count from 1, columns in code points") {
  SourceSet sources;
  const FileId file = sources.add("a.writ", "ab\ncé😀d\r\n\nlast");
  CHECK(sources.path(file) == "a.writ");
  CHECK(sources.line_count(file) == 4);
  CHECK(place(sources, file, 0) == Place{1, 1});
  CHECK(place(sources, file, 2) == Place{1, 3});  // the line end itself
  CHECK(place(sources, file, 3) == Place{2, 1});
  CHECK(place(sources, file, 6) == Place{2, 3});   // after é, which has two bytes
  CHECK(place(sources, file, 10) == Place{2, 4});  // after the emoji, which has four
  CHECK(place(sources, file, 14) == Place{4, 1});
  CHECK(place(sources, file, 18) == Place{4, 5});
  CHECK(place(sources, file, 1000) == Place{4, 5});
}

TEST_CASE("lines come without their ends") {
  SourceSet sources;
  const FileId file = sources.add("a.writ", "ab\ncd\r\n\nlast");
  CHECK(sources.line(file, 1) == "ab");
  CHECK(sources.line(file, 2) == "cd");
  CHECK(sources.line(file, 3).empty());
  CHECK(sources.line(file, 4) == "last");
  CHECK(sources.line(file, 0).empty());
  CHECK(sources.line(file, 5).empty());
  const FileId empty = sources.add("b.writ", "");
  CHECK(sources.line_count(empty) == 1);
  CHECK(sources.line(empty, 1).empty());
  CHECK(place(sources, empty, 0) == Place{1, 1});
  const FileId ended = sources.add("c.writ", "x\n");
  CHECK(sources.line_count(ended) == 2);
  CHECK(sources.size() == 3);
}

TEST_CASE("a byte-order mark takes no column") {
  SourceSet sources;
  const FileId file = sources.add("a.writ", "\xEF\xBB\xBFx y\nz");
  CHECK(place(sources, file, 3) == Place{1, 1});
  CHECK(place(sources, file, 5) == Place{1, 3});
}

TEST_CASE("texts of spans, also of those that reach too far") {
  SourceSet sources;
  const FileId file = sources.add("a.writ", "hello");
  CHECK(sources.text(Span{file, 1, 3}) == "el");
  CHECK(sources.text(Span{file, 3, 99}) == "lo");
  CHECK(sources.text(Span{file, 99, 100}).empty());
  CHECK(sources.text(Span{file, 3, 1}).empty());
}
