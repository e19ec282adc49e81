// Expectations against verdicts: which are met, and what was found where they are not.
#pragma once

#include "engine/eval/run.hpp"
#include "engine/tests/fixture.hpp"
#include "engine/tests/results.hpp"

namespace writ::tests {

// `verdicts` are those of the checks that the test expects something of, with every finding explained. Adds
// the expectations' results, and the faults that keep some of them from being decided.
void judge(eval::Run& run, const language::TestDef& test, const Fixture& fixture, const verdict::Verdicts& verdicts,
           TestResult& result);

}  // namespace writ::tests
