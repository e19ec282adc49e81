// Errors of evaluation as values, with the expression at fault: its id plus one, 0 where it is not known yet.
#pragma once

#include "engine/facts/value.hpp"
#include "language/program.hpp"

namespace writ::eval {

inline facts::Value failure(facts::EvalError error, language::ExprId at) {
  return facts::Value::error(error, std::uint64_t{language::index(at)} + 1);
}

// Names `at` in the errors that do not name their expression yet.
inline void blame(facts::Value* values, std::uint32_t size, language::ExprId at) {
  for (std::uint32_t i = 0; i < size; ++i) {
    if (values[i].is_error() && values[i].failed_expr() == 0)
      values[i].expr |= std::uint64_t{language::index(at)} + 1;
  }
}

}  // namespace writ::eval
