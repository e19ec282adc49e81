// How built-in functions are called. The table of kernels runs parallel to the language's FunctionTable and is
// handed in by whoever links the library (stdlib/functions).
#pragma once

#include <span>

#include "engine/facts/value.hpp"

namespace writ::facts {

// What a function may know beside its arguments.
struct CallContext {
  types::Timestamp now;
  types::Date today;
  types::Timestamp period_start;  // the audit period, end exclusive
  types::Timestamp period_end;
  Arena* arena = nullptr;  // results live here
};

// Pure. Arguments are present and of the declared types (an optional parameter may be missing). Gives
// Value::error(…) where the function's doc says that it fails.
using Kernel = Value (*)(std::span<const Value> arguments, CallContext& context);
using KernelTable = std::span<const Kernel>;

}  // namespace writ::facts
