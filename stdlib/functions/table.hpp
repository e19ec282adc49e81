// The library of built-in functions: what the language knows of them, and how the engine calls them. The two tables
// run parallel, are made once, and live as long as the program. Functions of one name stand one after the other.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "engine/facts/functions.hpp"
#include "language/functions.hpp"

namespace writ::functions {

language::FunctionTable table();
facts::KernelTable kernels();

// What belongs together, for documentation.
struct Chapter {
  std::string_view title;
  std::size_t first = 0;  // in table()
  std::size_t count = 0;
};
std::span<const Chapter> chapters();

}  // namespace writ::functions
