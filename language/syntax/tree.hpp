// The syntax tree: one file as it was written. Names are unresolved text, nothing is typed.
// Nodes live in the tree's tables and refer to each other by 4-byte ids. A declaration or a member that did
// not parse leaves an `error` entry, so that what stands around it is still checked.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "language/source/source_set.hpp"

namespace writ::syntax {

using source::Span;

enum class ExprId : std::uint32_t { none = std::numeric_limits<std::uint32_t>::max() };
enum class TypeExprId : std::uint32_t { none = std::numeric_limits<std::uint32_t>::max() };

struct Name {
  std::string text;
  Span span;
};

// `std.people`, `soc2.*`
struct DottedName {
  std::string text;
  Span span;
};

// ---- expressions ------------------------------------------------------------------------------------------

enum class ExprKind : std::uint8_t {
#define WRIT_SYNTAX_EXPR(name) name,
#include "language/syntax/expressions.def"
#undef WRIT_SYNTAX_EXPR
};

enum class BinaryOp : std::uint8_t {
  logical_or,
  logical_and,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,
  matches,
  like,
  add,
  subtract,
  multiply,
  divide,
  remainder,
};
std::string_view spelling(BinaryOp op);

enum class UnaryOp : std::uint8_t { logical_not, negate };
enum class Presence : std::uint8_t { present, missing, dangling };

// `name in collection`
struct Binding {
  Name name;
  ExprId collection = ExprId::none;
};

// Which query a `query` expression is; `collect_list` is [x for …], `collect_set` is {x for …}.
enum class QueryKind : std::uint8_t {
  some,
  no,
  every,
  count,
  percent,
  sum,
  min,
  max,
  avg,
  latest,
  first,
  max_gap,
  collect_list,
  collect_set,
};
std::string_view spelling(QueryKind kind);

// every / percent: `… satisfies body`; sum, min, max, avg, max_gap, collections: `body for …`;
// latest, first and lists: `… by order [desc]`; max_gap: `…; range`.
struct Query {
  QueryKind kind{};
  std::vector<Binding> bindings;
  ExprId where = ExprId::none;
  ExprId body = ExprId::none;
  ExprId order = ExprId::none;
  bool descending = false;
  ExprId range = ExprId::none;
};

struct Argument {
  std::optional<Name> label;  // `every:` in kept_up(d, every: 12 months)
  ExprId value = ExprId::none;
};

// One part of an interpolated string: literal text (escapes decoded), or an expression.
struct StringPart {
  std::string text;
  ExprId expr = ExprId::none;
  Span span;
};

struct Expr {
  ExprKind kind{};
  Span span;
  // Sub-expressions in source order; which they are is said beside each kind in expressions.def.
  std::vector<ExprId> operands;
  Name name;         // identifier, member, safe_member, call, quantity's unit
  std::string text;  // literals: as spelled, for raw strings the content
  BinaryOp binary{};
  UnaryOp unary{};
  Presence presence{};
  std::vector<Argument> arguments;  // call
  std::vector<StringPart> parts;    // string
  std::optional<Query> query;       // query
};

// ---- types ------------------------------------------------------------------------------------------------

struct Field;

enum class TypeExprKind : std::uint8_t { named, optional, list, set, record, error };

struct TypeExpr {
  TypeExprKind kind{};
  Span span;
  Name name;                              // named
  TypeExprId element = TypeExprId::none;  // optional, list, set
  std::vector<Field> fields;              // record
};

struct Doc {
  std::string text;  // the `##` lines, markers and one leading space taken off, joined by \n
  Span span;
};

struct StringLiteral {
  std::string text;  // decoded
  Span span;
};

struct Field {
  Doc doc;
  Name name;
  TypeExprId type = TypeExprId::none;
  bool key = false;
  std::optional<Name> via;  // `accounts: Account via owner`
  ExprId default_value = ExprId::none;
  std::optional<StringLiteral> at;
  Span span;
};

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

struct ControlDecl {
  Doc doc;
  Name id;
  std::optional<StringLiteral> title;
  std::vector<MetadataEntry> metadata;
  std::vector<EvidenceClause> evidence;
  std::vector<ParamDecl> params;
  std::vector<CheckDecl> checks;
  bool damaged = false;  // a member did not parse
  Span span;
};

struct PackInclude {
  DottedName module;
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

using Declaration =
    std::variant<EnumDecl, EntityDecl, FnDecl, ParamDecl, ControlDecl, PackDecl, UseDecl, ErrorDecl>;

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
