// The part of Builder that says what is wrong where the grammar expected something else.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "language/syntax/builder.hpp"
#include "language/syntax/words.hpp"

namespace writ::syntax {

using diagnostics::Code;

void Builder::absent(const Expectation& expectation, std::uint32_t offset) {
  fail(Code::syntax_error, span(offset, offset + 1), fmt::format("expected {}", expectation.what), "");
}

}  // namespace writ::syntax
