// The checking of declarations, in the order in which they need each other: entities (fields, keys, inverses,
// paths, defaults), the types of functions and parameters, then bodies, defaults and bounds, then templates,
// controls and packs.
#pragma once

#include "language/types/check_expression.hpp"
#include "language/types/checking.hpp"

namespace writ::types {

// The type that is written; `unknown` after a report.
TypeId resolve_type(Checking& checking, std::uint32_t file, syntax::TypeExprId id);

// The entity that a name means; nothing after a report.
std::optional<EntityId> find_entity(Checking& checking, std::uint32_t file, const syntax::Name& name);

// check_entity.cpp
void check_entities(Checking& checking);
// check_function.cpp
void declare_functions(Checking& checking);
void check_functions(Checking& checking);
// check_rule.cpp
void declare_relations(Checking& checking);
void check_rules(Checking& checking);
// check_derivation.cpp
void check_derivations(Checking& checking);
// check_strata.cpp: what must be derived before what. Reports a relation that needs to be known before itself.
void check_strata(Checking& checking);
// check_param.cpp
void declare_params(Checking& checking);
void check_params(Checking& checking);
// Parts that parameters of controls and of templates share: the type, of which there must be constants; the
// default; and the bound, which speaks of its own parameter, whatever stands for it, and of nothing else.
TypeId check_param_type(Checking& checking, std::uint32_t file, const syntax::Name& name,
                        syntax::TypeExprId written, Span whole);
ExprId check_default(Checking& checking, std::uint32_t file, SyntaxId value, syntax::TypeExprId written,
                     TypeId type);
struct Own {
  language::ExprKind kind{};
  std::uint32_t ref = 0;
  Span span;
};
ExprId check_bound(Checking& checking, ExpressionChecker& expressions, SyntaxId condition, const Own& own);
// check_control.cpp
void check_controls(Checking& checking);
// What is asked of the evidence. `expressions` knows the names that an age may be made of.
std::vector<language::EvidenceDef> check_evidence(Checking& checking, std::uint32_t file,
                                                  const std::vector<syntax::EvidenceClause>& clauses,
                                                  ExpressionChecker& expressions);
// What a check or a derivation runs over, and what it requires. Locals go to the table of `expressions`.
void check_steps(Checking& checking, ExpressionChecker& expressions, const std::vector<syntax::Step>& steps,
                 std::vector<language::Step>& out);
void check_requirements(ExpressionChecker& expressions, const std::vector<syntax::Requirement>& requirements,
                        std::vector<language::Requirement>& out);
// Both of a check, into its definition.
void check_body(Checking& checking, ExpressionChecker& expressions, const syntax::CheckDecl& decl,
                language::CheckDef& def);
// check_template.cpp: templates themselves, once each
void check_templates(Checking& checking);
// check_include.cpp: what they become in the controls that include them; before the controls' own checks
void check_includes(Checking& checking);

// check_setting.cpp
// A value that a pack, a profile or a test sets. Nothing after a report.
std::optional<language::ParamSetting> check_setting(Checking& checking, std::uint32_t file,
                                                    const syntax::PackSet& decl);
// Says that there is no such control, with the nearest id of the program or of the library.
void unknown_control(Checking& checking, Span span, std::string_view id);
// check_pack.cpp
void check_packs(Checking& checking);
// The packs that what stands in a file is for, by index: those whose folder is the nearest around it; all of them
// where none is around it.
std::vector<std::size_t> packs_of(const Checking& checking, std::uint32_t file);
// check_waiver.cpp: needs controls and packs
void check_waivers(Checking& checking);
// One waiver. Nothing after a report.
std::optional<language::WaiverDef> check_waiver(Checking& checking, std::uint32_t file,
                                                const syntax::WaiveDecl& decl);
// check_test.cpp: needs everything else checked.
void check_tests(Checking& checking);

// check_warnings.cpp: only for a program without errors, only about the user's files.
void warn_of_unused(Checking& checking);
void warn_of_evidence(Checking& checking);
// check_lints.cpp: likewise
void lint(Checking& checking);
// check_recursion.cpp: needs the dependency graph.
void check_recursion(Checking& checking);

// Reports a constant that is none.
void require_constant(Checking& checking, language::ExprId value, std::string_view what);

}  // namespace writ::types
