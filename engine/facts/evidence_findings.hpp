// What reading has found to say about evidence: members that no field names, records that were set aside,
// complaints about files. Readers keep offsets; here they become lines, columns and JSON pointers, in the order of
// files.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "engine/facts/assemble.hpp"
#include "engine/facts/evidence_reader.hpp"
#include "engine/facts/place_finder.hpp"
#include "engine/facts/store.hpp"
#include "language/diagnostics/diagnostic.hpp"

namespace writ::facts {

class EvidenceFindings {
 public:
  // The store's files are those that the readers have read; what is found goes to its lists.
  EvidenceFindings(const language::Program& program, FactStore& store) : program_(program), store_(store) {}

  void list_unknown_fields(const Readers& readers);
  void list_bad_records(std::vector<std::vector<RawBad>> bad);  // by entity
  void report(std::vector<Complaint> complaints, diagnostics::Sink& sink);

 private:
  // One finder a file; few are open at a time, as places come in the order of files.
  PlaceFinder& finder(std::uint32_t file);

  const language::Program& program_;
  FactStore& store_;
  std::map<std::uint32_t, std::unique_ptr<PlaceFinder>> finders_;
};

}  // namespace writ::facts
