// The results of a run for a person: a line a control, what fails below it with its places and reasons, what was
// wrong with the evidence, and a summary. The same results and style give the same text.
#pragma once

#include <cstddef>
#include <string>

#include "engine/report/page.hpp"
#include "engine/report/results.hpp"

namespace writ::report {

struct TextOptions {
  TextStyle style;
  std::size_t max_findings = 3;  // shown of each check, failures counted likewise
};

std::string to_text(const Results& results, const TextOptions& options);
// Of several packs one after another, with what was wrong with the evidence, which they share, at the end.
std::string to_text(const std::vector<Results>& packs, const TextOptions& options);

// `12 controls: 3 fail, 9 pass`; verdicts that no control has are left out.
std::string summary_line(const verdict::Verdicts& verdicts);

}  // namespace writ::report
