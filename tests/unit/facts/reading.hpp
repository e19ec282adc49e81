// Evidence read in memory, for tests: entities and texts in, the store as text out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/facts/ingest.hpp"
#include "language/compile.hpp"

namespace writ::facts {

class Reading {
 public:
  // Declarations of entities. All of them are read, with all fields.
  explicit Reading(std::string entities);

  Reading& file(std::string name, std::string text);
  Reading& missing_file(std::string path);
  Reading& no_files();                // forgets those that were given
  Reading& chunk(std::size_t bytes);  // of the buffers
  Reading& part(std::size_t bytes);   // of an NDJSON file that a thread reads on its own
  Reading& threads(unsigned count);
  Reading& collected_at(std::string_view timestamp);
  Reading& only_what_checks_read();

  const FactStore& run();
  const language::Program& program() const { return program_; }
  const FactStore& store() const { return store_; }
  const EntityFacts& entity(std::string_view name) const;
  EntityId id(std::string_view name) const;

  // Every row of every entity that was read, a line each: `Person p1 {name: Ana, …}`.
  std::string rows() const;
  // `Person file:line:column pointer reason`, a line each.
  std::string bad() const;
  // `Person name ×count → nearest at file:line:column`, a line each.
  std::string unknown() const;
  // `slug file:line:column message | label | note | help`, a line each.
  std::string diagnostics() const;
  // All of it.
  std::string everything() const;

 private:
  language::Program program_;
  std::vector<FactInput> inputs_;
  IngestOptions options_;
  diagnostics::Sink sink_;
  FactStore store_;
};

}  // namespace writ::facts
