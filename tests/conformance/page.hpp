// The page that says which lines of the public suites are covered, and why the others are not.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

struct FamilyResults {
  const Family* family = nullptr;
  std::vector<Line> lines;
  std::vector<Case> cases;
  std::vector<Result> results;

  std::size_t concerned() const;  // lines that an expression of ours says
  std::size_t passing() const;    // those on which we agree
};

std::string page(const std::vector<FamilyResults>& all);

}  // namespace writ::conformance
