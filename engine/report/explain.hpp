// Why a check's verdict is what it is: for each finding, or for single members, passing ones included.
#pragma once

#include <string>
#include <vector>

#include "engine/report/page.hpp"
#include "engine/report/results.hpp"

namespace writ::report {

// One check with what was asked of it.
struct Explanation {
  const verdict::ControlResult* control = nullptr;
  const verdict::CheckResult* check = nullptr;
  std::vector<verdict::MemberTrace> members;  // those of the key that was asked for
  const language::PackDef* pack = nullptr;    // whose verdict it is, where the run has several
};

struct ExplainOptions {
  TextStyle style;
  std::string key;  // empty: findings and failures are explained, and `members` is not read
};

std::string to_text(const Results& results, const std::vector<Explanation>& explanations,
                    const ExplainOptions& options);
// {"format": "writ-explanation/1", "checks": [{…, "members": […]}]}
std::string to_json(const Results& results, const std::vector<Explanation>& explanations,
                    const ExplainOptions& options);

}  // namespace writ::report
