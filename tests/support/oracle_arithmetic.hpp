// Arithmetic on values, by the kinds of the operands; failures are values. For the oracle: see oracle.hpp.
#pragma once

#include "engine/facts/value.hpp"
#include "language/program.hpp"

namespace writ::support {

facts::Value literal_value(const types::Literal& literal, facts::Arena& arena);
facts::Value negated(const facts::Value& value);
// add, subtract, multiply, divide or remainder of two values that are present.
facts::Value computed(language::ExprKind operation, const facts::Value& left, const facts::Value& right,
                      facts::Arena& arena);

}  // namespace writ::support
