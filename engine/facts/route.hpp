// Which file gives records of which entities, by its place, its name and, for NDJSON, its first line.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/facts/byte_source.hpp"
#include "engine/facts/document_reader.hpp"
#include "engine/facts/evidence_reader.hpp"
#include "engine/facts/ingest.hpp"
#include "engine/facts/line_reader.hpp"

namespace writ::facts {

struct FileRoute {
  enum class Kind : std::uint8_t { none, lines, document } kind = Kind::none;
  LineRoute lines;
  DocumentRoute document;
  std::uint64_t first_line = 0;  // behind the envelope
  bool envelope = false;
  std::optional<types::Timestamp> collected_at;  // of the envelope
  std::string source;
  std::vector<Complaint> complaints;

  bool may_hold(const EntityPlan& entity) const {
    if (kind == Kind::none) return false;
    return kind == Kind::lines ? lines.may_hold(entity) : document.may_hold(entity);
  }
  bool names(const EntityPlan& entity) const {
    return kind == Kind::lines ? !lines.mixed() && lines.may_hold(entity) : document.names(entity);
  }
};

// Reads no more of the file than its first lines. `file` is its number, for complaints.
FileRoute route_file(const FactInput& input, const ByteSource& source, std::uint32_t file, const ReadingPlan& plan,
                     const EntityNames& names);

}  // namespace writ::facts
