// Holds the engine's verdicts to the oracle's. In: what both made of one program and one set of facts. Out: the
// differences, a line each; empty where there are none.
#pragma once

#include <string>

#include "engine/verdict/verdicts.hpp"
#include "tests/support/oracle.hpp"

namespace writ::support {

std::string differences(const language::Program& program, const verdict::Verdicts& engine, const OracleRun& oracle);

}  // namespace writ::support
