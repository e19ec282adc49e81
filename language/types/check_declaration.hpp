// The checking of declarations, in the order in which they need each other: entities (fields, keys, inverses,
// paths, defaults), the types of functions and parameters, then bodies, defaults and bounds, then controls and
// packs.
#pragma once

#include "language/types/checking.hpp"

namespace writ::types {

// The type that is written; `unknown` after a report.
TypeId resolve_type(Checking& checking, std::uint32_t file, syntax::TypeExprId id);

// check_entity.cpp
void check_entities(Checking& checking);
// check_function.cpp
void declare_functions(Checking& checking);
void check_functions(Checking& checking);
// check_param.cpp
void declare_params(Checking& checking);
void check_params(Checking& checking);
void check_packs(Checking& checking);
// check_control.cpp
void check_controls(Checking& checking);

// check_warnings.cpp: only for a program without errors, only about the user's files.
void warn_of_unused(Checking& checking);
void warn_of_evidence(Checking& checking);
// check_recursion.cpp: needs the dependency graph.
void check_recursion(Checking& checking);

// Reports a constant that is none.
void require_constant(Checking& checking, language::ExprId value, std::string_view what);

}  // namespace writ::types
