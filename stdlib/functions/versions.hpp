// A version by Semantic Versioning 2.0.0, and the order of versions.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "stdlib/functions/family.hpp"

namespace writ::functions {

struct Version {
  std::array<std::string_view, 3> core;  // major, minor, patch: digits, as many as there are
  std::string_view prerelease;           // identifiers joined by dots, or empty
};

std::optional<Version> parse_version(std::string_view text);
// Negative, zero, positive. Build metadata does not count.
int compare(const Version& a, const Version& b);
// Identifiers joined by dots, each of letters, digits and hyphens; numbers with leading zeros where they are
// allowed.
bool are_identifiers(std::string_view text, bool zeros_allowed);
// Takes what stands before the first `mark`, and the mark; all of the text where there is none.
std::string_view take_part(std::string_view& text, char mark);

// version_ranges.cpp
facts::Value semver_satisfies(Arguments arguments, facts::CallContext& context);

}  // namespace writ::functions
