// The families of built-in functions: each file of this folder gives one. A function is its entry in the language's
// table and the code that the engine calls, side by side; table.cpp lays them out in the two tables.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "engine/facts/functions.hpp"
#include "language/functions.hpp"

namespace writ::functions {

struct Function {
  language::FunctionEntry entry;
  facts::Kernel kernel = nullptr;
};

using Arguments = std::span<const facts::Value>;

struct Family {
  std::string_view title;  // as the documentation heads it
  std::span<const Function> functions;
};

Family strings();
Family patterns();
Family numbers();
Family units();
Family encodings();
Family collections();
Family networks();
Family calendar();
Family parsing();
Family versions();
Family formats();

// The longest text that a function makes, in bytes; what would be longer is an overflow. It keeps a rule that
// replaces text within text from using up the memory.
inline constexpr std::size_t max_text = std::size_t{1} << 24;

inline facts::Value make_text(std::string_view text, facts::CallContext& context) {
  if (text.size() > max_text) return facts::Value::error(facts::EvalError::overflow);
  return facts::Value::of(context.arena->text(text));
}

}  // namespace writ::functions
