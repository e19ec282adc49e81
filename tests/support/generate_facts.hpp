// Random evidence for a program. In: the checked program and choices. Out: files of JSON or NDJSON, record by
// record, so that records can be left out to find the fewest that show a fault. Most records are good; some are
// bad, refer to what is not there, or lie in files that are old, undated, cut short or absent.
#pragma once

#include <string>
#include <vector>

#include "engine/facts/ingest.hpp"
#include "language/program.hpp"
#include "tests/support/generate_choices.hpp"

namespace writ::support {

struct GeneratedFile {
  std::string name;
  std::string prefix, separator, suffix;
  std::vector<std::string> records;

  std::string text() const;
};

std::vector<GeneratedFile> generate_facts(const language::Program& program, Choices& choices);

std::vector<facts::FactInput> inputs_of(const std::vector<GeneratedFile>& files);

}  // namespace writ::support
