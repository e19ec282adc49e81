// Reads a part of an NDJSON file: the lines that begin in a range of bytes. One value a line; empty lines are
// passed over; a line that is not JSON is a bad record, and the next one is read. Memory: one chunk, or the longest
// line.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/facts/byte_source.hpp"
#include "engine/facts/evidence_reader.hpp"
#include "engine/facts/json_index.hpp"

namespace writ::facts {

// Whose records the lines of a file are.
struct LineRoute {
  const EntityPlan* entity = nullptr;     // of this one
  std::vector<const EntityPlan*> vendor;  // or of these: lines are documents, read by `at`
  bool mixed() const { return entity == nullptr && vendor.empty(); }  // or as each one's `entity` or `kind` says
  bool may_hold(const EntityPlan& of) const;
};

class LineReader {
 public:
  LineReader(EvidenceReader& reader, std::size_t chunk_bytes);

  // Lines that begin in [begin, end). `begin` is 0 or the first byte behind an envelope, or any byte of the file.
  void read(const ByteSource& source, const LineRoute& route, std::uint64_t first_line, std::uint64_t begin,
            std::uint64_t end, PartResult& result);

 private:
  void read_chunks(const ByteSource& source, std::uint64_t first_line, std::uint64_t begin, std::uint64_t end);
  void chunk(std::size_t length);
  std::size_t whole_lines(std::size_t filled, std::uint64_t end, bool at_end, bool& last) const;
  bool grow();
  void break_all(const char* why);
  std::uint32_t line(std::uint32_t token, std::size_t end);
  void lone_line(std::size_t begin, std::size_t end);
  std::uint32_t walk(std::uint32_t token);
  void take(std::uint32_t token);
  bool names_twice(std::uint32_t token);
  const EntityPlan* kind_of_record(bool& known);
  void not_json(std::uint64_t offset, const char* what);
  MemberNames& make_names();

  EvidenceReader& reader_;
  JsonIndex index_;
  JsonIndex line_index_;
  std::vector<char> buffer_;
  std::vector<char> line_;
  const LineRoute* route_ = nullptr;
  PartResult* result_ = nullptr;
  std::uint64_t base_ = 0;  // of the buffer's first byte
  std::uint64_t next_checkpoint_ = 0;
  std::vector<bool> reached_;
  std::vector<bool> supplied_;  // entities that mixed records were of

  // What a mixed record's `entity` or `kind` may say.
  struct Kind {
    std::string name;
    bool is_entity = false;
    const EntityPlan* read = nullptr;  // the entity, where it is read
    MemberNames* names = nullptr;      // of its records, where it is not
  };
  const Kind& kind(std::string_view name);

  // Mixed records: whose the line is taken to be before it has been walked.
  const EntityPlan* guess_ = nullptr;
  const Kind* named_ = nullptr;  // by the first member of the line that is being read, whose value is `named_at_`
  std::uint32_t named_at_ = 0;
  MemberNames* unread_ = nullptr;           // where it is of no entity that is read: what it is taken to look like
  std::array<Kind, 64> kinds_;              // those that were looked up lately
  std::vector<MemberNames*> entity_names_;  // of entities that are not read
  MemberNames* any_names_ = nullptr;        // of what is no entity
};

}  // namespace writ::facts
