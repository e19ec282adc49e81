// One thread's share of reading: its columns, what it has set aside, and the steps that NDJSON and JSON documents
// have in common. LineReader and DocumentReader bring it the values.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/facts/entity_names.hpp"
#include "engine/facts/json_walker.hpp"
#include "engine/facts/reading_plan.hpp"
#include "engine/facts/record_reader.hpp"
#include "language/diagnostics/diagnostic.hpp"

namespace writ::facts {

// A record that was set aside. Its line and its pointer are found when all has been read.
struct RawBad {
  Place place;
  std::string reason;
  std::optional<Place> other;            // what `reason` goes on to name: the record that has the key already
  const language::Path* path = nullptr;  // of the value at fault within the record at `place`
};

// A member that no field of its entity names.
struct RawUnknown {
  std::uint64_t count = 0;
  std::uint64_t first = 0;  // a packed place
};

// Something to say about a file, and where.
struct Complaint {
  diagnostics::Code code{};
  std::uint32_t file = 0;
  std::optional<std::uint64_t> offset;  // none: the whole file
  std::string message;
  std::string label;
  std::string help;
  std::uint64_t further = 0;  // how many more of the kind the file has
};

// A file that was not read to its end may have held records of these entities; none was seen.
struct Doubt {
  std::vector<std::uint32_t> entities;
  Place place;
  std::string reason;  // of a record at that place
  std::string broken;  // and of an entity that nothing else gives
};

// What came of one file, or of a part of it.
struct PartResult {
  struct Rows {
    std::uint32_t entity = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  std::uint32_t file = 0;
  unsigned thread = 0;
  std::vector<Rows> rows;  // in that thread's columns
  std::vector<Complaint> complaints;
  std::vector<std::uint32_t> supplied;          // entities
  std::map<std::uint32_t, std::string> broken;  // entities, and why
  Doubt doubt;
  std::map<std::string, std::uint64_t> unknown_kinds;  // of mixed records; how many there are
  std::uint64_t lines = 0;                             // line ends
  std::uint64_t values = 0;                            // lines that are not empty
  std::vector<Checkpoint> checkpoints;
  std::vector<std::string> arrays;
  std::optional<types::Timestamp> collected_at;
  std::string source;
};

inline std::uint32_t index(EntityId id) { return static_cast<std::uint32_t>(id); }

inline constexpr unsigned place_offset_bits = 40;
inline std::uint64_t packed(Place place) { return std::uint64_t{place.file} << place_offset_bits | place.offset; }
inline Place unpacked(std::uint64_t place) {
  return {static_cast<std::uint32_t>(place >> place_offset_bits),
          place & ((std::uint64_t{1} << place_offset_bits) - 1)};
}

// Readers leave a checkpoint about every so many bytes, where there is a line or an element to leave it at.
inline constexpr std::uint64_t checkpoint_step = 4 * 1024;

class EvidenceReader {
 public:
  EvidenceReader(const ReadingPlan& reading, const EntityNames& entity_names);

  const ReadingPlan& plan;
  const EntityNames& names;
  JsonWalker walker;
  RecordReader records;

  void set_file(std::uint32_t file) { file_ = file; }
  // `base`: where the view's first byte lies in its file.
  void bind(const JsonView& view, std::uint32_t file, std::uint64_t base);
  const JsonView& view() const { return walker.view(); }
  std::uint64_t offset_of(std::uint32_t token) const { return base_ + view().index[token]; }

  // Walks a value whose records are those of `entity` itself. Gives the token behind it, or JsonWalker::failed.
  // `accept` then makes a row of it; between the two the caller may decide that the value is not to be read.
  std::uint32_t walk_record(std::uint32_t token, const EntityPlan& entity, std::uint32_t depth, bool mixed);
  void accept(std::uint32_t token, const EntityPlan& entity, bool mixed);

  // Reads the records of entities whose `at` leads into the walked value: from step `step` on. `reached` is told of
  // each entity whose outermost array, or whose record, is there.
  void visit(std::uint32_t token, const EntityPlan& entity, std::size_t step, std::vector<bool>& reached);

  void set_aside(std::uint32_t entity, std::uint64_t offset, std::string reason);
  // Where the value that was walked last has a member twice, sets it aside as a record of `entity`.
  bool set_aside_repeated(std::uint32_t entity);

  // Rows that were added since the last call, by entity.
  std::vector<PartResult::Rows> take_rows();

  std::vector<std::vector<RawBad>> bad;  // by entity; the first ones in order of places
  std::vector<std::uint64_t> bad_counts;
  std::vector<std::map<std::string, RawUnknown>> unknown();  // by entity
  std::vector<std::uint32_t> positions;                      // of the members of the last record

 private:
  // What objects of one entity look like, in files that are its own and among others.
  struct Shape {
    MemberNames* names = nullptr;
    std::vector<RawUnknown> unknown;  // by name
    std::array<std::uint64_t, MemberNames::max_words> unknown_names{};
    std::size_t sized = 0;  // names that `unknown_names` knows of
  };
  Shape& shape(const EntityPlan& entity, bool mixed);
  void count_unknown(const EntityPlan& entity, Shape& shape, std::uint32_t token, bool mixed);
  void count_stranger(const EntityPlan& entity, std::string_view name, std::uint64_t place);
  void read(const EntityPlan& entity, const ObjectPath& objects);
  void visit(std::uint32_t token, const EntityPlan& entity, std::size_t step, ObjectPath& objects,
             std::vector<bool>& reached);
  void note_members(std::uint32_t token, const EntityPlan& entity);

  std::uint32_t file_ = 0;
  std::uint64_t base_ = 0;
  std::vector<std::array<Shape, 2>> shapes_;  // by entity
  std::vector<std::map<std::string, RawUnknown>> strangers_;
  std::vector<std::uint32_t> rows_taken_;  // by entity
  ObjectPath single_;
};

}  // namespace writ::facts
