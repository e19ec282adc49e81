// A syntax tree as text, for tests: one line a declaration or member, expressions in prefix form.
#pragma once

#include <string>

#include "language/syntax/tree.hpp"

namespace writ::tests {

std::string dump(const syntax::Tree& tree);
std::string dump(const syntax::Tree& tree, syntax::ExprId id);
std::string dump(const syntax::Tree& tree, syntax::TypeExprId id);

}  // namespace writ::tests
