// The checked program: every name bound, every expression typed, optionals narrowed, queries in one form.
// It is what the engine, the language server and the documentation read. Plain data; ids index the tables.
// INVARIANT: a Program without errors in its sink holds no expression of kind `error` nor of type `error`.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "language/functions.hpp"
#include "language/source/source_set.hpp"
#include "language/syntax/tree.hpp"
#include "language/types/literal.hpp"
#include "language/types/type.hpp"

namespace writ::dependencies {
struct ProgramGraph;
}

namespace writ::language {

using source::Span;
using types::EntityId;
using types::EnumId;
using types::RecordId;
using types::TypeId;

enum class ExprId : std::uint32_t { none = std::numeric_limits<std::uint32_t>::max() };
enum class QueryId : std::uint32_t {};
enum class FunctionId : std::uint32_t {};  // a `fn` of the program
enum class BuiltinId : std::uint32_t {};   // an entry of the FunctionTable
enum class ParamId : std::uint32_t {};
enum class ControlId : std::uint32_t {};
enum class CheckId : std::uint32_t {};
// A variable within one declaration (a check's binders and lets, a function's parameters, queries' binders in
// either). Numbered from 0 per declaration; every binder has its own number.
enum class LocalId : std::uint32_t {};

template <typename Id>
constexpr std::uint32_t index(Id id) {
  return static_cast<std::uint32_t>(id);
}

enum class ExprKind : std::uint8_t {
#define WRIT_EXPR(name) name,
#include "language/expressions.def"
#undef WRIT_EXPR
};

// A typed expression. `operands` and the id in `ref` depend on the kind: see expressions.def.
struct Expr {
  ExprKind kind{};
  TypeId type{};
  Span span;
  std::vector<ExprId> operands;
  std::uint32_t ref = 0;
};

using syntax::QueryKind;

struct Clause {
  LocalId local{};
  ExprId collection = ExprId::none;  // type List, Set; elements are bound one by one
};

// Clauses nest left to right; `where` is tested on each combination. See syntax::Query for the parts by kind.
struct Query {
  QueryKind kind{};
  std::vector<Clause> clauses;
  ExprId where = ExprId::none;  // Bool
  ExprId body = ExprId::none;
  ExprId order = ExprId::none;
  bool descending = false;
  ExprId range = ExprId::none;
};

struct EnumDef {
  std::string name;
  std::string doc;
  bool ordered = false;
  std::vector<std::string> members;  // ordinal = index; the order of an ordered enum
  std::vector<std::string> member_docs;
  Span name_span;
};

// Where a value lies within its JSON object: a field's name, or the steps of `at`.
struct PathStep {
  enum class Kind : std::uint8_t { member, index, each, parent } kind = Kind::member;
  std::string member;       // member
  std::uint32_t index = 0;  // index: [0]
};
using Path = std::vector<PathStep>;

struct FieldDef {
  std::string name;
  std::string doc;
  TypeId type{};
  Span name_span;
  bool key = false;
  bool has_default = false;
  ExprId default_value = ExprId::none;  // a constant
  Path path;                            // never empty, but for inverses
  // An inverse: a collection of the records of `inverse_entity` whose field `inverse_field` refers to this one
  // (or, where that field is a list or set, holds this one). Its type is List<inverse_entity>.
  bool inverse = false;
  EntityId inverse_entity{};
  std::uint32_t inverse_field = 0;
};

struct RecordDef {
  std::vector<FieldDef> fields;
};

struct EntityDef {
  std::string name;
  std::string doc;
  std::vector<FieldDef> fields;
  std::vector<std::uint32_t> key;  // fields that are the key, in order; empty where records have none
  std::string from;                // glob, or empty: read by the entity's name
  Path at;                         // where the records are in such a document
  Span name_span;
  std::string module;
};

struct Local {
  std::string name;
  TypeId type{};
  Span span;
};

struct FunctionDef {
  std::string name;
  std::string doc;
  std::string module;
  std::uint32_t params = 0;  // the first `params` locals
  std::vector<Local> locals;
  TypeId result{};
  ExprId body = ExprId::none;
  Span name_span;
};

struct ParamDef {
  std::string name;            // `grace`
  std::string qualified_name;  // `ACC-07.grace`, or `program_started_on` at the top level
  std::string doc;
  TypeId type{};
  ExprId default_value = ExprId::none;  // constant; none: must be set
  ExprId bound = ExprId::none;          // Bool over this parameter
  std::optional<ControlId> control;
  Span name_span;
};

// A value set by a pack.
struct ParamSetting {
  ParamId param{};
  ExprId value = ExprId::none;
  Span span;
};

enum class StepKind : std::uint8_t { bind, let, where };

struct Step {
  StepKind kind{};
  LocalId local{};              // bind, let
  ExprId value = ExprId::none;  // collection, value or condition
};

struct Requirement {
  ExprId condition = ExprId::none;
  ExprId message = ExprId::none;  // String
  Span span;
};

enum class WhenEmpty : std::uint8_t { not_applicable, pass, fail };
enum class Basis : std::uint8_t { unsaid, stated, implied };
enum class Nature : std::uint8_t { unsaid, design, operation };

struct CheckDef {
  std::string name;            // `leavers_disabled`
  std::string qualified_name;  // `ACC-07.leavers_disabled`
  std::string title;
  std::string doc;
  ControlId control{};
  std::vector<Local> locals;
  std::vector<Step> steps;  // without a `bind`: about the organisation as a whole, one member
  std::vector<Requirement> requirements;
  WhenEmpty when_empty = WhenEmpty::not_applicable;
  Basis basis = Basis::unsaid;
  Nature nature = Nature::unsaid;
  Span name_span;
};

enum class ControlSeverity : std::uint8_t { info, low, medium, high, critical };
std::string_view spelling(ControlSeverity severity);

struct EvidenceDef {
  EntityId entity{};
  ExprId within = ExprId::none;  // constant Duration or Period, may name parameters; none: no limit
  Span span;
};

struct ControlDef {
  std::string id;
  std::string title;
  std::string doc;
  std::string module;
  ControlSeverity severity = ControlSeverity::medium;
  std::vector<std::string> criteria, references, tags;
  std::string owner, frequency, statement, rationale, remediation;
  std::vector<EvidenceDef> evidence;
  std::vector<ParamId> params;
  std::vector<CheckId> checks;
  Span id_span;
  bool selected = false;  // evaluated in this run: a control of the given paths, or included by a pack
};

struct PackDef {
  std::string name, title, version;
  Span name_span;
};

struct Program {
  std::shared_ptr<const source::SourceSet> sources;
  types::TypeTable types;
  std::vector<EnumDef> enums;
  std::vector<EntityDef> entities;
  std::vector<RecordDef> records;
  std::vector<FunctionDef> functions;
  std::vector<ParamDef> params;
  std::vector<ParamSetting> settings;
  std::vector<ControlDef> controls;
  std::vector<CheckDef> checks;
  std::vector<PackDef> packs;
  std::vector<Expr> exprs;
  std::vector<Query> queries;
  std::vector<types::Literal> literals;
  FunctionTable builtins;
  std::shared_ptr<const dependencies::ProgramGraph> graph;  // dependencies/graph.hpp

  const Expr& expr(ExprId id) const { return exprs[index(id)]; }
  const EntityDef& entity(EntityId id) const { return entities[index(id)]; }
};

// A type as it is written: `List<Person>?`.
std::string spelling(const Program& program, TypeId type);

}  // namespace writ::language
