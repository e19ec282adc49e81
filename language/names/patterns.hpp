// Patterns that name several controls, checks or modules: `*` stands for any number of characters.
#pragma once

#include <string_view>
#include <vector>

namespace writ::names {

bool is_pattern(std::string_view text);
// Whether the pattern is all of the text. Linear in pattern × text at worst.
bool matches(std::string_view pattern, std::string_view text);
// Whether a pack's `include` names controls (`ACC-07`, `ACC-*`) and not modules (`soc2.access`, `soc2.*`).
bool names_controls(std::string_view text);
// The ids of the controls whose declarations seem to stand in a text that is not parsed: `control ID` at the
// beginning of a line.
std::vector<std::string_view> control_ids(std::string_view text);

}  // namespace writ::names
