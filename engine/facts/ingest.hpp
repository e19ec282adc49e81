// Reads evidence. In: the program (what the rules read decides what becomes a column) and files. Out: the store.
// JSON is RFC 8259 to the letter, with duplicate member names refused, nesting of at most `max_depth`, UTF-8
// checked; every byte of every file that is read is validated. What is wrong with a file is a diagnostic and leaves
// the entities that it would have given not supplied; what is wrong with a record sets that record aside. Memory
// follows what the rules read: files stream through small reused buffers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/facts/json_text.hpp"
#include "engine/facts/store.hpp"
#include "language/diagnostics/diagnostic.hpp"

namespace writ::facts {

struct FactInput {
  std::string path;      // to open, and to show
  std::string relative;  // below the folder that was given, with `/`: what `from` globs are matched against
  std::string contents;  // standard input, or a text given by a test; used where `in_memory`
  bool in_memory = false;
};

struct IngestOptions {
  std::optional<types::Timestamp> collected_at;  // for evidence without a date of its own
  unsigned threads = 0;                          // 0: as many as the machine has
  bool all_entities = false;                     // every entity and field, not only what the selected controls read
  std::size_t chunk_bytes = 256 * 1024;          // what is read at once; a record may be longer
  std::size_t part_bytes = 4 * 1024 * 1024;      // of an NDJSON file that one thread reads on its own
};

// Which entities and fields are wanted, by `dependencies::reads_of_checks` over the checks of selected controls.
FactStore ingest(const language::Program& program, std::vector<FactInput> inputs, const IngestOptions& options,
                 diagnostics::Sink& sink);

// The files of a folder (recursively, sorted by path; *.json, *.ndjson, *.jsonl), or one file. `-` is standard
// input. Adds to the sink where there is nothing to read.
std::vector<FactInput> find_files(const std::vector<std::string>& paths, diagnostics::Sink& sink);

}  // namespace writ::facts
