// Tests of tests: rules from a text, run, as one line a test.
#pragma once

#include <string>
#include <string_view>

#include "engine/tests/coverage.hpp"
#include "engine/tests/run.hpp"
#include "tests/support/scenario.hpp"

namespace writ::tests::test {

// Entities, a function and controls that the cases share: see running.cpp.
extern const std::string_view world;

// What became of the tests in `text`, which stands behind the world: `passed`, `failed: …`, `error: …`, a line
// each; the diagnostics where it does not compile.
std::string outcome(std::string_view text);
// Of each condition in the text whose source holds `part`: `text true/false` counts, a line each.
std::string observed(std::string_view text, std::string_view part);
// The slugs of what is wrong with the text, in order.
std::string codes(std::string_view text);

}  // namespace writ::tests::test
