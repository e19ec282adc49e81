// The arguments of a call, as they are written and as parameters take them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "language/diagnostics/diagnostic.hpp"
#include "language/syntax/tree.hpp"

namespace writ::types {

struct Given {
  const syntax::Name* label = nullptr;
  syntax::ExprId value = syntax::ExprId::none;
};

std::vector<Given> given_arguments(const syntax::Expr& expr);

// Arguments by parameter: those without a label in order, then those with one. Nothing where they do not fit; what
// is wrong is said to `sink` if there is one.
std::optional<std::vector<syntax::ExprId>> arranged(const std::vector<std::string_view>& names,
                                                    const syntax::Expr& expr, const syntax::Tree& tree,
                                                    diagnostics::Sink* sink);

}  // namespace writ::types
