// Which constructs of the language generated cases are made of, and which of them decide something: what a
// generator never writes, or writes where it does not matter, is not tested by it. A construct decides in a case
// when the oracle comes to other results once it fails wherever it stands; what is no expression, when it shows in
// the results.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "tests/support/oracle_case.hpp"

namespace writ::support {

struct Occurrence {
  std::uint32_t appears = 0;  // cases
  std::uint32_t decides = 0;
};

class Census {
 public:
  // Constructs that have decided something in `enough` cases are only counted where they appear.
  explicit Census(std::uint32_t enough) : enough_(enough) {}

  // Of a case that compiles and is not given up; others are passed over.
  void add(const OracleCase& oracle_case);
  // By name; every construct that there is.
  const std::map<std::string, Occurrence>& constructs() const { return constructs_; }

 private:
  using Marks = std::map<std::string, std::vector<bool>>;  // by construct: the expressions that are it

  static Marks marks(const language::Program& program);
  void outcomes(EvaluatedCase& evaluated, const OracleRun& run);
  void note(const std::string& construct, bool appears, bool decides);

  std::uint32_t enough_;
  std::map<std::string, Occurrence> constructs_;
};

}  // namespace writ::support
