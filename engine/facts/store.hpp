// The fact store: what the rules read of the evidence, as typed columns, and where each record lies.
// Product of ingestion; read-only while rules are evaluated, so threads share it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/facts/value.hpp"
#include "language/program.hpp"

namespace writ::facts {

using types::EntityId;

// The keys of one entity: each distinct key text has a code; `row_of` a code is the record with that key, if any.
// A reference column holds codes of its target's dictionary. A key of several fields is joined with U+001F.
class KeyDictionary {
 public:
  static constexpr std::uint32_t none = 0xffffffff;
  struct Repeated {
    std::uint32_t row = 0;
    std::uint32_t first = 0;  // the row that has the key already
  };

  // No keys, and each row as its own code.
  static KeyDictionary of_rows();
  // Takes the keys of all rows, in order: a row's code is the row. Only of an empty dictionary. The texts must
  // outlive it. Gives the rows whose key another row has already; `row_of` finds only the first.
  std::vector<Repeated> take_rows(std::vector<const Text*> keys);
  // The codes of many keys, which are added and copied where they are new. Looked up together, so that memory is
  // waited for once and not key by key.
  void codes(std::span<const std::string_view> keys, std::uint32_t* out);
  // The codes of all keys of another dictionary, by their codes there; `none` where there is no such key here.
  std::vector<std::uint32_t> find_all(const KeyDictionary& other) const;
  // Adds a key, whose text must outlive the dictionary.
  std::uint32_t adopt(const Text* key);
  std::uint32_t find(std::string_view key) const;

  std::string_view key(std::uint32_t code) const { return texts_[code]->view(); }
  const Text* text(std::uint32_t code) const { return texts_[code]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }
  std::uint32_t row_of(std::uint32_t code) const {
    if (code < same_) return code;
    return code < rows_.size() ? rows_[code] : none;
  }
  void set_row(std::uint32_t code, std::uint32_t row);
  Arena take_texts() { return std::move(arena_); }

 private:
  void rehash(std::size_t slots);
  std::uint32_t insert(std::uint32_t hash, std::string_view key, const Text* text);
  void fetch_keys(std::span<const std::uint32_t> hashes) const;
  std::uint32_t look_up(std::uint32_t hash, std::string_view key) const;

  std::vector<std::uint64_t> slots_;  // upper half: the hash; lower half: code + 1; 0 is free
  std::vector<const Text*> texts_;
  std::uint32_t same_ = 0;  // codes below are the rows themselves; then `rows_` is empty
  std::vector<std::uint32_t> rows_;
  Arena arena_;
};

// Values of one field (or of the elements of a list, or of a field of a nested record), one a row.
// Only the vector that fits the type is filled.
struct Column {
  types::TypeId type{};  // without the optional
  types::Kind kind{};
  bool optional = false;
  std::vector<std::uint8_t> absent;       // 1: missing, 2: unset; empty where nothing is
  std::vector<std::uint32_t> unset;       // in tests, of values left out: a number from 1, which the error carries
  std::vector<std::uint8_t> bytes;        // Bool
  std::vector<std::uint16_t> members;     // enum: ordinals
  std::vector<std::uint32_t> codes;       // reference: codes in `target`
  std::vector<std::int32_t> days;         // Date
  std::vector<std::int64_t> longs;        // Int; Timestamp and Duration (seconds); Period (months)
  std::vector<std::uint32_t> nanos;       // Timestamp, Duration; empty where all are 0
  std::vector<double> doubles;            // Float
  std::vector<const Text*> texts;         // String
  std::vector<types::Network> networks;   // Network
  std::vector<std::uint32_t> starts;      // list, set: element range of row r is [starts[r], starts[r + 1])
  std::vector<Column> children;           // list, set: [elements]; record: one a field
  const KeyDictionary* target = nullptr;  // reference

  std::uint32_t size() const;
  Value at(std::uint32_t row) const;
};

// `out[k] = column.at(rows[k].i)` where rows[k] is a row (or a record of this column's: then rows[k].aux); what is
// missing or failed is handed through, a dangling reference gives Value::error(dangling_reference).
// The loop is specialised by the column's kind.
void gather(const Column& column, std::span<const Value> rows, std::span<Value> out);

// Rows of the referring entity by row of the referred one: those of `row` are rows[starts[row] … starts[row + 1]).
struct Inverse {
  std::vector<std::uint32_t> starts;
  std::vector<std::uint32_t> rows;

  std::span<const std::uint32_t> of(std::uint32_t row) const {
    return {rows.data() + starts[row], starts[row + 1] - starts[row]};
  }
};

struct Place {
  std::uint32_t file = 0;    // index in FactStore::files
  std::uint64_t offset = 0;  // byte of the record's `{`
};

// A place as a person reads it.
struct TextPlace {
  std::string path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;  // code points, from 1
  std::string pointer;       // JSON pointer within the document (within the line, for NDJSON)
};

inline constexpr std::uint32_t no_array = 0xffffffff;

// A point of a file from which places are counted on.
struct Checkpoint {
  std::uint64_t offset = 0;  // a line's first byte (NDJSON), or the first byte of an element of an array
  std::uint32_t line = 1;
  std::uint32_t column = 1;        // code points
  std::uint32_t array = no_array;  // index in FactFile::arrays; no_array: the document or line starts here
  std::uint64_t element = 0;       // how many elements stand before it in the array
};

// Where a record stands that a test gives, and the values in it: places in rules, not in evidence.
struct GivenPlaces {
  TextPlace record;
  std::vector<std::pair<language::Path, TextPlace>> values;
};

// A file of evidence as it was read.
struct FactFile {
  std::string path;      // as shown
  std::string contents;  // only where it cannot be read again (standard input)
  std::string source;    // of its envelope
  std::optional<types::Timestamp> collected_at;
  std::uint64_t bytes = 0;
  bool ndjson = false;
  bool in_memory = false;               // `contents` are the file
  std::vector<Checkpoint> checkpoints;  // by offset
  std::vector<std::string> arrays;      // JSON pointers of the arrays that hold records; `` is the root
};

struct BadRecord {
  EntityId entity{};
  TextPlace place;
  std::string reason;  // lower case, no full stop: "`enabled` is a string, Bool expected"
};

struct UnknownField {
  EntityId entity{};
  std::string name;
  std::uint64_t count = 0;
  std::string nearest;  // a field of the entity, or empty
  TextPlace first;
};

// What was supplied of one entity.
struct EntityFacts {
  bool read = false;                                 // some rule needs it
  bool supplied = false;                             // a file or a member named it, be it an empty array
  bool broken = false;                               // a file that feeds it could not be read to its end
  std::string broken_reason;                         // which, and why
  std::uint32_t rows = 0;                            // good records
  std::uint32_t derived_from = KeyDictionary::none;  // the first row that was derived; those behind it are too
  std::uint64_t bad = 0;                             // records set aside
  std::vector<Column> columns;                       // by field; size() 0 where no rule reads it
  std::vector<Inverse> inverses;                     // by field; filled where the field is an inverse that is read
  std::vector<std::uint64_t> places;                 // file << 40 | offset
  std::vector<GivenPlaces> given;                    // by row, in tests, instead of `places`
  KeyDictionary keys;
  std::vector<std::uint32_t> key_codes;  // by row; empty where a row's code is the row
  // Oldest date of the files that gave records; none where one of them has no date.
  std::optional<types::Timestamp> collected_at;
  bool undated = false;
  std::string undated_file;  // the first file without a date
  std::vector<std::uint32_t> files;
};

class FactStore {
 public:
  std::vector<EntityFacts> entities;  // by EntityId
  std::vector<FactFile> files;
  std::vector<BadRecord> bad_records;  // sorted by file and place; at most `max_listed` an entity
  std::vector<UnknownField> unknown_fields;
  std::vector<Arena> arenas;  // own what columns point to
  bool derived = false;       // records that derivations make have been added
  static constexpr std::size_t max_listed = 1000;

  const EntityFacts& entity(EntityId id) const { return entities[static_cast<std::uint32_t>(id)]; }
  Place place(EntityId id, std::uint32_t row) const;
  std::string_view key(EntityId id, std::uint32_t row) const;   // parts joined with U+001F; empty without a key
  std::string shown_key(EntityId id, std::uint32_t row) const;  // parts joined with `, `

  // Where a record, or one of its fields, lies. Reads the file again, from the nearest start that it must.
  // The second form gives the value's own place: the record's where the field is absent.
  TextPlace locate(EntityId id, std::uint32_t row) const;
  TextPlace locate(EntityId id, std::uint32_t row, const language::Path& path) const;
};

}  // namespace writ::facts
