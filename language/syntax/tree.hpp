// The syntax tree: one file as it was written. Names are unresolved text, nothing is typed.
// Nodes live in the tree's tables and refer to each other by 4-byte ids. A declaration or a member that did
// not parse leaves an `error` entry, so that what stands around it is still checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "language/source/source_set.hpp"
#include "language/syntax/nodes.hpp"

namespace writ::syntax {

// ---- declarations -----------------------------------------------------------------------------------------

struct EnumMember {
  Doc doc;
  Name name;
};

struct EnumDecl {
  Doc doc;
  Name name;
  bool ordered = false;
  std::vector<EnumMember> members;
  bool damaged = false;  // a member did not parse
  Span span;
};

struct EntityDecl {
  Doc doc;
  Name name;
  std::optional<StringLiteral> from;  // glob of files, relative to the facts' root
  std::optional<StringLiteral> at;    // path of the records in such a file
  std::vector<Field> fields;
  bool damaged = false;  // a field did not parse
  Span span;
};

struct FnParam {
  Name name;
  TypeExprId type = TypeExprId::none;
};

struct FnDecl {
  Doc doc;
  Name name;
  std::vector<FnParam> params;
  TypeExprId result = TypeExprId::none;
  ExprId body = ExprId::none;
  Span span;
};

// In a control, or at the top level of a module (a parameter of the whole program).
struct ParamDecl {
  Doc doc;
  Name name;
  TypeExprId type = TypeExprId::none;
  ExprId default_value = ExprId::none;
  ExprId bound = ExprId::none;
  Span span;
};

// `evidence Account, Person within 7 days`: the age holds for every name of its clause.
struct EvidenceClause {
  std::vector<Name> entities;
  ExprId within = ExprId::none;
  Span span;
};

enum class StepKind : std::uint8_t { bind, let, where };

// A step of a check's population, in source order.
struct Step {
  StepKind kind{};
  Name name;                    // bind, let
  std::vector<Name> tuple;      // bind: `for (a, b) in relation`; `name` is empty then
  ExprId value = ExprId::none;  // collection, value or condition
  Span span;
};

struct Requirement {
  ExprId condition = ExprId::none;
  ExprId message = ExprId::none;  // a string expression
  Span span;
};

struct CheckDecl {
  Doc doc;
  Name name;
  std::optional<StringLiteral> title;
  bool for_organization = false;  // `for organization` was written
  std::vector<Step> steps;
  std::vector<Requirement> requirements;
  std::optional<Name> when_empty;  // pass | fail | not_applicable
  std::optional<Name> basis;       // stated | implied
  std::optional<Name> nature;      // design | operation
  bool damaged = false;            // a step or a requirement did not parse
  Span span;
};

// A metadata line of a control: `criteria CC6.2, CC6.3`, `severity high`, `statement """…"""`.
struct MetadataEntry {
  Name key;
  std::vector<Name> values;  // bare words, or decoded strings
  Span span;
};

// `include policy_in_force(kind: data_classification) as data_policy` in a control.
struct TemplateInclude {
  Name name;
  std::vector<Argument> arguments;
  std::optional<Name> alias;
  Span span;
};

struct ControlDecl {
  Doc doc;
  Name id;
  std::optional<StringLiteral> title;
  std::vector<MetadataEntry> metadata;
  std::vector<EvidenceClause> evidence;
  std::vector<ParamDecl> params;
  std::vector<CheckDecl> checks;
  std::vector<TemplateInclude> includes;
  bool damaged = false;  // a member did not parse
  Span span;
};

struct TemplateParam {
  Name name;
  TypeExprId type = TypeExprId::none;
  ExprId default_value = ExprId::none;
};

// A bundle of checks, with the evidence and the parameters that they bring to each control that includes it.
struct TemplateDecl {
  Doc doc;
  Name name;
  std::vector<TemplateParam> arguments;
  std::vector<EvidenceClause> evidence;
  std::vector<ParamDecl> params;
  std::vector<CheckDecl> checks;
  bool damaged = false;  // a member did not parse
  Span span;
};

// ---- relations, derived records ---------------------------------------------------------------------------

// One clause of a relation; several of one name are alternatives.
struct RuleDecl {
  Doc doc;
  Name name;
  std::vector<FnParam> params;
  ExprId body = ExprId::none;
  Span span;
};

// `name: value`, of a derived or a given record.
struct FieldValue {
  Name name;
  ExprId value = ExprId::none;
  Span span;
};

// `derive Account from u in OktaUser where … require … else "…" { id: u.id … }`
struct DeriveDecl {
  Doc doc;
  Name entity;
  std::vector<Step> steps;
  std::vector<Requirement> requirements;
  std::vector<FieldValue> fields;
  bool damaged = false;  // a field did not parse
  Span span;
};

// ---- packs, profiles, waivers -----------------------------------------------------------------------------

// Modules (`soc2.access`, `soc2.*`) or controls (`ACC-07`, `ACC-*`).
struct PackInclude {
  DottedName module;
  Span span;
};
// `exclude PHY-* because "…"`, or a class of checks: `exclude basis implied because "…"`.
struct PackExclude {
  DottedName target;             // empty where a class is named
  std::optional<Name> property;  // basis | nature
  std::optional<Name> value;     // implied, design, …
  std::optional<StringLiteral> reason;
  Span span;
};
// `name ACC-07 "Removal of access" as "A-31"`: what the organisation's own list calls a control.
struct PackName {
  DottedName control;
  std::optional<StringLiteral> title;
  std::optional<StringLiteral> reference;  // the organisation's own number
  Span span;
};
// `section "Access" { name … }`: the organisation's own order and grouping.
struct PackSection {
  StringLiteral title;
  std::vector<PackName> names;
  bool damaged = false;  // a member did not parse
  Span span;
};
// `set ACC-07.grace = 4 hours`, `set program_started_on = 2024-01-01`
struct PackSet {
  DottedName target;
  ExprId value = ExprId::none;
  Span span;
};

struct PackDecl {
  Doc doc;
  Name name;
  std::optional<StringLiteral> title;
  std::optional<StringLiteral> version;
  std::vector<PackInclude> includes;
  std::vector<PackSet> sets;
  std::vector<PackExclude> excludes;
  std::vector<PackName> names;  // outside of sections
  std::vector<PackSection> sections;
  std::vector<Name> profiles;  // `profile strict`, in source order
  bool damaged = false;        // a member did not parse
  Span span;
};

// A named set of values, which a pack may take before it sets its own.
struct ProfileDecl {
  Doc doc;
  Name name;
  std::optional<StringLiteral> title;
  std::vector<PackSet> sets;
  bool damaged = false;  // a member did not parse
  Span span;
};

// `waive ACC-07.disabled_in_time for "a-17" until 2026-12-31 because "…" approved_by "…"`; what is left out is for
// the checker to report. A clause that is written twice is reported by the parser, and the first one counts.
struct WaiveDecl {
  Doc doc;
  DottedName target;
  std::vector<StringLiteral> keys;
  ExprId where = ExprId::none;  // over the names of the check
  ExprId from = ExprId::none;
  ExprId until = ExprId::none;
  std::optional<StringLiteral> reason;
  std::optional<StringLiteral> approved_by;
  Span span;
};

// ---- tests ------------------------------------------------------------------------------------------------

// `given Account { id: "a1" … }`, or `given no Account`: supplied, and there are none.
struct TestGiven {
  Name entity;
  bool none = false;
  std::vector<FieldValue> fields;
  bool damaged = false;  // a field did not parse
  Span span;
};
// `absent Account, Person`: not supplied.
struct TestAbsent {
  std::vector<Name> entities;
  Span span;
};
// `collected Account, Person at 2026-01-01T00:00:00Z`: when the evidence was collected.
struct TestCollected {
  std::vector<Name> entities;
  ExprId at = ExprId::none;
  Span span;
};

enum class Expectancy : std::uint8_t { passes, fails, is, holds };

// `expect ACC-07.x fails [only] [for "k"] [saying "…"]`, `expect ACC-07 is no_evidence`, `expect that condition`.
struct TestExpect {
  Expectancy kind{};
  DottedName target;            // empty for `holds`
  std::optional<Name> verdict;  // is
  bool only = false;            // the keys are all that fail
  std::vector<StringLiteral> keys;
  std::optional<StringLiteral> saying;
  ExprId condition = ExprId::none;  // holds
  Span span;
};

struct TestDecl {
  Doc doc;
  StringLiteral title;
  ExprId now = ExprId::none;
  ExprId period = ExprId::none;
  std::optional<Name> pack;
  std::vector<PackSet> sets;
  std::vector<TestGiven> givens;
  std::vector<TestAbsent> absent;
  std::vector<TestCollected> collected;
  std::vector<WaiveDecl> waives;
  std::vector<TestExpect> expects;
  bool damaged = false;  // a member did not parse
  Span span;
};

struct UseDecl {
  DottedName module;
  Span span;
};
// What did not parse; its diagnostic is in the sink.
struct ErrorDecl {
  std::optional<Name> name;
  Span span;
};  // the name that it would have declared, if that was read

using Declaration = std::variant<EnumDecl, EntityDecl, FnDecl, ParamDecl, RuleDecl, DeriveDecl, TemplateDecl,
                                 ControlDecl, PackDecl, ProfileDecl, WaiveDecl, TestDecl, UseDecl, ErrorDecl>;

struct Comment {
  Span span;  // from `#` to the end of the line, exclusive
  bool doc = false;
};

struct Tree {
  source::FileId file{};
  std::optional<DottedName> module;
  Doc module_doc;
  std::vector<Declaration> declarations;  // in source order
  std::vector<Comment> comments;          // every one, in source order, for the formatter
  std::vector<Expr> exprs;
  std::vector<TypeExpr> types;

  const Expr& expr(ExprId id) const { return exprs[static_cast<std::uint32_t>(id)]; }
  const TypeExpr& type(TypeExprId id) const { return types[static_cast<std::uint32_t>(id)]; }
};

}  // namespace writ::syntax
