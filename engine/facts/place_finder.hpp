// Lines, columns and JSON pointers of bytes in a file of evidence, found by reading it again from the nearest
// checkpoint. A finder goes on from the last place where it can, so places in order cost one pass over the file,
// and places in any order what lies between two checkpoints. A file that has changed meanwhile gives some place or
// other, and nothing worse.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/facts/byte_source.hpp"
#include "engine/facts/json_index.hpp"
#include "engine/facts/json_walker.hpp"
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
  std::string line_text(std::uint64_t offset);

 private:
  // An object or array that is open.
  struct Frame {
    bool array = false;
    bool in_value = false;         // behind the `:` of a member
    std::uint64_t start = 0;       // of its bracket; none for the array of a checkpoint
    std::uint64_t element = 0;     // arrays: how many stand before
    std::uint64_t name_begin = 0;  // objects: the last member's name, as it is written
    std::uint64_t name_end = 0;
  };
  // What is known of the bytes before `offset`.
  struct Position {
    std::uint64_t offset = 0;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::uint32_t array = no_array;  // of the checkpoint that was started from
    bool left_array = false;         // the checkpoint's array has ended; what lies around it is not known
    bool in_string = false;
    bool escaped = false;      // behind a backslash
    std::uint64_t opened = 0;  // the string's quote
    std::vector<Frame> frames;
  };
  void start_from(const Checkpoint& point);
  void go_to(std::uint64_t offset);
  void pass_over(std::string_view text);
  void pass_in_string(char c, std::uint64_t at);
  void pass_outside(char c, std::uint64_t at);
  TextPlace here();
  void append_name_ahead(std::string& pointer);
  std::string_view bytes(std::uint64_t from, std::uint64_t to);
  bool load_value(std::uint64_t offset);

  const FactFile& file_;
  ByteSource source_;
  std::vector<char> window_;  // bytes of the file that were read last
  std::uint64_t window_from_ = 0;
  std::size_t window_size_ = 0;
  Position position_;

  // The record that was asked for last, and its text with its index.
  Position record_;
  bool has_record_ = false;
  std::vector<char> value_;
  std::uint64_t value_from_ = 0;
  bool has_value_ = false;
  JsonIndex index_;
  JsonWalker walker_;
};

}  // namespace writ::facts
