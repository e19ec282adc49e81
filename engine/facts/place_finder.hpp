// Lines, columns and JSON pointers of bytes in a file of evidence, found by reading it again from the nearest
// checkpoint. A file that has changed meanwhile gives some place or other, and nothing worse.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/facts/byte_source.hpp"
#include "engine/facts/store.hpp"

namespace writ::facts {

class PlaceFinder {
 public:
  explicit PlaceFinder(const FactFile& file);

  // The place of a value, of a member's name, or of any other byte.
  TextPlace at(std::uint64_t offset);
  // The place of the value that a path leads to from the record at `record`; the record's where it is not there.
  TextPlace value(std::uint64_t record, const language::Path& path);
  // The line that a byte lies in; empty where it is too long to be shown, or no text.
  std::string line_text(std::uint64_t offset) const;

 private:
  struct Frame {
    bool array = false;
    bool in_value = false;    // behind the `:` of a member
    std::uint64_t start = 0;  // of its bracket; none for the array of a checkpoint
    std::uint64_t element = 0;
    std::string name;  // of the member, as it is written
  };
  void scan(std::uint64_t offset);
  std::string read(std::uint64_t from, std::uint64_t to) const;
  std::string read_value(std::uint64_t offset) const;

  const FactFile& file_;
  ByteSource source_;
  std::vector<Frame> frames_;  // around the last offset
  TextPlace place_;
};

}  // namespace writ::facts
