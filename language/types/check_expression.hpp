// Types for the expressions of one declaration. In: syntax, and what its place asks for. Out: typed expressions in
// the Program, with what may be missing narrowed where it is known to be there. What is wrong goes to the sink,
// once: a part that could not be typed has the type `unknown`, which fits everywhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "language/types/checking.hpp"
#include "language/types/narrowing.hpp"

namespace writ::types {

using language::ExprId;
using language::LocalId;
using source::Span;
using SyntaxId = syntax::ExprId;

// A checked expression, and, for conditions, what it tells.
struct Typed {
  ExprId id = ExprId::none;
  Outcome outcome;
};

// Where the type that a place asks for was written: "`grace` is declared as" `Duration`.
struct Asker {
  Span span;
  std::string_view says;  // what stands before the type
};

class ExpressionChecker {
 public:
  // `locals` is the declaration's table of variables, and is added to. `control`: whose parameters can be named.
  ExpressionChecker(Checking& checking, std::uint32_t file, std::vector<language::Local>& locals,
                    std::optional<language::ControlId> control);

  // An expression of the expected type. `unknown` asks for nothing but that its type can be told.
  ExprId check(SyntaxId id, TypeId expected, const Asker* asker = nullptr);
  // A condition: Bool, and what it tells.
  Typed condition(SyntaxId id);
  // The elements' type of a collection to run over, `unknown` after a report.
  ExprId collection(SyntaxId id, TypeId& element);

  // A new variable; reports a name that hides another. Unused ones of `must_be_used` can be asked for in the end.
  LocalId declare(const syntax::Name& name, TypeId type, bool must_be_used);
  // The variable that runs over a collection, by its own name or by names for the columns of a relation.
  struct Binder {
    LocalId local{};
    std::vector<LocalId> columns;
  };
  // `over`: the collection, of elements of type `element`. Reports a tuple of another length than the relation's,
  // and one of what is no relation.
  Binder bind(const syntax::Name& name, const std::vector<syntax::Name>& tuple, ExprId over, TypeId element);
  // Takes over the names that another checker knows, and what it knows of them. The locals of both have one
  // numbering: `locals` begins with the other's.
  void adopt(const ExpressionChecker& other);
  std::vector<LocalId> unused() const;
  // Ends the life of the variables declared since, and forgets what was known since.
  struct Mark {
    std::size_t scope = 0;
    std::size_t known = 0;
  };
  Mark mark() const { return {scope_.size(), places_.mark()}; }
  void restore(Mark mark);
  void assume(const Known& places) { places_.assume(places); }
  // Reports a field that an entity or a record does not have.
  void unknown_field(TypeId object, const syntax::Name& name);
  // Records can be made by their keys, and nested records of their fields: what stands here is a field of a
  // derivation.
  void allow_made_records() { makes_records_ = true; }
  // A part of the declaration did not parse, and may have been what declares a name that is not known.
  void forgive_names() { forgives_names_ = true; }

 private:
  enum class Use : std::uint8_t {
    value,   // narrowed where it is known to be there
    tested,  // left as it was declared: the operand of `is present`, `?.`, `??`
  };

  // check_expression.cpp
  Typed infer(SyntaxId id, TypeId hint, Use use = Use::value);
  Typed infer_kind(SyntaxId id, TypeId hint, Use use);
  ExprId infer_finished(SyntaxId id, TypeId hint);  // without an open `missing`
  ExprId finished(ExprId id);
  ExprId narrowed(ExprId id);
  Typed conditional(const syntax::Expr& expr, TypeId hint);
  ExprId coerce(ExprId id, TypeId expected, SyntaxId at, const Asker* asker = nullptr);
  ExprId convert(ExprId id, TypeId wanted);  // what fits, made so
  bool is_weak(SyntaxId id) const;

  // check_made_record.cpp
  ExprId made_record(const syntax::Expr& expr, TypeId hint);
  ExprId made_reference(const syntax::Expr& expr, EntityId entity);

  // check_literal.cpp
  ExprId number(const syntax::Expr& expr, TypeId hint, bool negative);
  ExprId string(const syntax::Expr& expr, TypeId hint);
  ExprId text_literal(const std::string& text, Span span, TypeId hint);
  ExprId quantity(const syntax::Expr& expr, bool negative);
  ExprId date(const syntax::Expr& expr);
  ExprId timestamp(const syntax::Expr& expr);
  ExprId elements(const syntax::Expr& expr, TypeId hint);
  std::optional<std::string> plain_text(SyntaxId id) const;  // of a string without `{…}`

  // check_name.cpp
  ExprId identifier(const syntax::Expr& expr, TypeId hint);
  std::optional<ExprId> variable(const syntax::Name& name);
  void unknown_name(const syntax::Expr& expr, TypeId hint);
  void unknown_member(const syntax::Name& name, TypeId enumeration);
  ExprId member(const syntax::Expr& expr, SyntaxId id);
  ExprId safe_member(const syntax::Expr& expr);
  // `object_end`: where the object's text ends, parentheses included.
  ExprId field_of(ExprId object, const syntax::Name& name, Span span, bool safe, std::uint32_t object_end);

  // check_operator.cpp
  Typed unary(const syntax::Expr& expr, TypeId hint);
  Typed binary(const syntax::Expr& expr);
  Typed logical(const syntax::Expr& expr);
  Typed equality(const syntax::Expr& expr);
  Typed ordering(const syntax::Expr& expr);
  Typed membership(const syntax::Expr& expr);
  Typed pattern(const syntax::Expr& expr);
  // A text that is written out, and sound; what is wrong is reported.
  std::optional<std::string> regex(SyntaxId id);
  bool is_time_format(SyntaxId id);
  Typed arithmetic(const syntax::Expr& expr);
  Typed presence(const syntax::Expr& expr);
  void known_presence(ExprId operand, const syntax::Expr& expr);
  Typed coalesce(const syntax::Expr& expr, TypeId hint);
  ExprId range(const syntax::Expr& expr);
  Span operator_span(const syntax::Expr& expr) const;  // of a binary one's sign
  // Both operands, the weaker typed by the stronger one.
  std::pair<ExprId, ExprId> operands(const syntax::Expr& expr);

  // check_query.cpp
  ExprId query(const syntax::Expr& expr, TypeId hint);
  ExprId query_body(const syntax::Query& query, TypeId hint);
  TypeId query_type(const syntax::Query& query, ExprId body, TypeId element, Span span);
  ExprId ordered_key(SyntaxId id);

  // check_call.cpp
  ExprId call(const syntax::Expr& expr, TypeId hint);
  ExprId call_function(const syntax::Expr& expr, language::FunctionId function);
  ExprId call_relation(const syntax::Expr& expr, EntityId relation);
  ExprId call_builtin(const syntax::Expr& expr, std::uint32_t first, std::uint32_t count, TypeId hint);
  void unknown_function(const syntax::Expr& expr);

  // complaints.cpp: what is said of values of the wrong type
  void mismatch(ExprId id, TypeId expected, SyntaxId at, const Asker* asker);
  void mend_comparison(diagnostics::Diagnostic& diagnostic, ExprId left, ExprId right, SyntaxId left_at,
                       SyntaxId right_at);
  diagnostics::Diagnostic& not_narrowed(ExprId id, std::string_view needed_for);
  void not_ordered(TypeId type, Span span, std::string_view wanted_by);
  std::string quoted(Span span) const;  // the source, where it is short
  Span span_of(ExprId id) const { return checking_.program.expr(id).span; }

  const syntax::Expr& syntax_of(SyntaxId id) const { return tree_.expr(id); }
  TypeId type_of(ExprId id) const { return checking_.program.expr(id).type; }
  Kind kind_of(TypeId id) const { return types().kind(id); }
  TypeTable& types() const { return checking_.program.types; }
  std::string spelling(TypeId type) const { return checking_.spelling(type); }
  static constexpr TypeId simple(Kind kind) { return TypeTable::simple(kind); }

  Checking& checking_;
  const syntax::Tree& tree_;
  names::Scope names_;
  std::vector<language::Local>& locals_;
  std::optional<language::ControlId> control_;
  LocalId add_local(language::Local local, bool must_be_used);
  // The relation that a type is a tuple of.
  const language::EntityDef* relation(TypeId type) const;

  // What a variable is that stands for a column.
  struct Column {
    LocalId tuple{};
    std::uint32_t field = 0;
  };

  std::unordered_map<std::string, std::vector<LocalId>> by_name_;  // those that live, innermost last
  std::unordered_map<std::uint32_t, Column> columns_;              // by LocalId
  std::vector<LocalId> scope_;
  std::vector<bool> used_;          // by LocalId
  std::vector<bool> must_be_used_;  // by LocalId
  Places places_;
  Known denied_;  // on the right side of an `or`: what its left side is about
  int depth_ = 0;
  bool forgives_names_ = false;
  bool makes_records_ = false;
};

}  // namespace writ::types
