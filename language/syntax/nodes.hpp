// The nodes of expressions and types in a syntax tree, as they were written. A node names its parts by 4-byte ids,
// which index the tables of its Tree.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
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

// `name in collection`, or `(a, b) in relation`
struct Binding {
  Name name;
  std::vector<Name> tuple;  // the names of a pair or a longer tuple; `name` is empty then
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
  std::vector<Argument> arguments;  // call; record: labelled, one a field
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

}  // namespace writ::syntax
