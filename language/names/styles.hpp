// How names are written: types in PascalCase, controls' ids in upper case, all else in snake_case.
#pragma once

#include <string>
#include <string_view>

#include "language/diagnostics/diagnostic.hpp"
#include "language/syntax/tree.hpp"

namespace writ::names {

enum class Style : std::uint8_t { pascal_case, snake_case, control_id };

bool has_style(std::string_view name, Style style);
// The name in that style; empty where none can be made of it.
std::string restyled(std::string_view name, Style style);
// Reports a name of another style. `what` says what is named: "an entity".
void check_style(const syntax::Name& name, Style style, std::string_view what, diagnostics::Sink& sink);

}  // namespace writ::names
