// The library of built-in functions: what the language knows of them, and how the engine calls them. The two tables
// run parallel, are made once, and live as long as the program. Functions of one name stand one after the other.
#pragma once

#include "engine/facts/functions.hpp"
#include "language/functions.hpp"

namespace writ::functions {

language::FunctionTable table();
facts::KernelTable kernels();

}  // namespace writ::functions
