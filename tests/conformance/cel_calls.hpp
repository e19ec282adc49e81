// Functions of CEL as ours.
#pragma once

#include <string>
#include <vector>

#include "tests/conformance/cel_expression.hpp"

namespace writ::conformance {

// Both throw NotHad.
CelExpression cel_call(const std::string& name, const std::vector<CelExpression>& arguments);
CelExpression cel_method(const CelExpression& object, const std::string& name,
                         const std::vector<CelExpression>& arguments);

}  // namespace writ::conformance
