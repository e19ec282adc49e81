// Builds expressions and types from matched rules. In: places of matched rules, in source order. Out: nodes in the
// tree's tables; diagnostics of what is wrong but did not stop the parser; SyntaxFailure for what must.
// INVARIANT: every stack is back at its mark when the rule that pushed is done, or after restore().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/diagnostics/diagnostic.hpp"
#include "language/syntax/expectation.hpp"
#include "language/syntax/operators.hpp"
#include "language/syntax/recovery.hpp"
#include "language/syntax/tree.hpp"

namespace writ::syntax {

// Levels of nodes from an expression's root to its leaves. Later passes recurse over them, so that a chain of
// operators counts as well as what is nested.
inline constexpr std::uint32_t max_tree_depth = 1'000;

class ExpressionBuilder {
 public:
  // `text` is as long as the file's own text.
  ExpressionBuilder(source::FileId file, std::string_view text, diagnostics::Sink& sink);

  // ---- places ----
  std::string_view text() const { return text_; }
  std::string_view text(Span span) const { return text_.substr(span.begin, span.end - span.begin); }
  std::uint32_t offset(const char* place) const { return static_cast<std::uint32_t>(place - text_.data()); }
  Span span(std::uint32_t begin, std::uint32_t end) const { return {file_, begin, end}; }
  Span span_from(std::uint32_t begin) const { return {file_, begin, token_end_}; }
  Name name(Span span) const { return {std::string(text(span)), span}; }
  // Where the last token ended, without the gap after it.
  void token_ended(std::uint32_t offset) { token_end_ = offset; }
  void add_comment(Span span);
  diagnostics::Sink& sink() { return sink_; }

  // ---- literals ----
  void literal(ExprKind kind, Span span);
  void quantity_number(Span number) { quantity_number_ = number; }
  void quantity(Span unit);
  void raw_string(Span span);
  void open_string(Span quotes);
  void string_text(Span span);
  void open_interpolation(Span brace);
  void string_expression(Span span);
  void close_string(std::uint32_t end);
  // The string that was just read, in a place where nothing may be computed.
  StringLiteral take_constant_string();

  // ---- primaries ----
  void identifier(Span span);
  void begin_member(Span span) { member_name_ = name(span); }
  void member(ExprKind kind);
  void open(std::uint32_t begin, Span bracket);
  void open_function_call(Span name);
  void open_method_call();
  void label(Span span) { frames_.back().label = name(span); }
  void argument();
  void call_opened(Span bracket) { frames_.back().open = bracket; }
  void close_call();
  // Closes what holds nothing of its own: an interpolation, a list of parameters.
  void drop_frame() { frames_.pop_back(); }
  void close_parenthesis();
  void close_elements(ExprKind kind);
  void close_record_value();
  void close_conditional();
  void open_query(QueryKind kind, Span word);
  void open_bound_query(Span word);
  // `for` in a call, a list or a set: what came before it is the body of a query.
  void comprehension(std::uint32_t place);
  void begin_binding(Span span) { frames_.back().binding = name(span); }
  void tuple_binding(Span span) { frames_.back().tuple.push_back(name(span)); }
  void binding();
  void query_where() { frames_.back().query->where = pop(); }
  void query_satisfies(std::uint32_t place);
  void query_by() { frames_.back().query->order = pop(); }
  void query_descending() { frames_.back().query->descending = true; }
  void query_range() { frames_.back().query->range = pop(); }
  void close_query();

  // ---- chains of operators ----
  void open_chain(std::uint32_t offset);
  void infix(Operator op, Span span);
  void prefix(Operator op, Span span);
  void begin_presence(Span span) { presence_is_ = span; }
  void presence(Presence what, Span word);
  void close_chain();
  // The expression that was read last.
  ExprId pop();

  // ---- types ----
  void open_type(std::uint32_t offset);
  void named_type(Span span);
  void element_type(TypeExprKind kind);
  void open_record(Span bracket);
  void close_record();
  void close_type();
  TypeExprId pop_type();

  // ---- fields, of records and entities ----
  Doc doc_before(std::uint32_t offset) const;
  void begin_field(Span name);
  Field& field() { return fields_.back(); }
  void end_field();

  // The arguments of what stands between the brackets that were opened last.
  std::vector<Argument> take_arguments();

 protected:
  // A construct that is open: a call, a list, a query, a string.
  struct Frame {
    std::uint32_t begin = 0;
    Span open;               // the bracket, the quotes or the word that opened it
    std::size_t values = 0;  // the height of values_ then
    Name name;               // call, bound query
    Name binding;
    std::vector<Name> tuple;
    bool method = false;
    std::optional<Name> label;
    std::vector<Argument> arguments;
    std::optional<Query> query;
    std::vector<StringPart> parts;
    bool interpolation = false;
  };
  struct Operation {
    Operator op;
    Span span;
  };
  // The heights of all stacks.
  struct Heights {
    std::size_t values, operations, chains, frames, types, open_types, records, fields;
    int depth;
  };
  Heights heights() const;
  void restore(const Heights& heights);

  static diagnostics::Diagnostic diagnosis(diagnostics::Code code, Span span, std::string message,
                                           std::string label);
  // Gives up the member that is being read; reading stopped at `offset`.
  [[noreturn]] static void fail(diagnostics::Diagnostic diagnostic, std::uint32_t offset);
  [[noreturn]] static void fail(diagnostics::Code code, Span span, std::string message, std::string label,
                                std::string help = "");
  void report(diagnostics::Code code, Span span, std::string message, std::string label, std::string help = "");
  void finish_type(TypeExpr type);
  ExprId last_value() const { return values_.back(); }
  ExprId add_error(Span span);
  TypeExprId add_error_type(Span span);
  void push_error(Span span) { values_.push_back(add_error(span)); }
  Span node_span(ExprId id) const { return tree_.expr(id).span; }

  source::FileId file_;
  std::string_view text_;
  diagnostics::Sink& sink_;
  Tree tree_;
  std::uint32_t token_end_ = 0;
  std::vector<Frame> frames_;
  std::vector<std::vector<Field>> records_;  // the records and entities that are open

 private:
  Frame take_frame();
  ExprId add(Expr expr, Span blame);
  void push(Expr expr, Span blame) { values_.push_back(add(std::move(expr), blame)); }
  Expr node(ExprKind kind, std::uint32_t begin) const;
  std::vector<ExprId> take_values(std::size_t from);
  void nest(std::uint32_t offset);
  void apply(const Operation& operation);
  void apply_tighter(int precedence, bool also_equal);
  void refuse_comparison_chain(Span span);
  void finish_block_string(Frame& frame);

  std::vector<std::uint32_t> depths_;  // beside tree_.exprs
  std::vector<ExprId> values_;
  std::vector<Operation> operations_;
  std::vector<std::size_t> chains_;  // the height of operations_ where each open chain began
  std::vector<TypeExprId> types_;
  std::vector<std::uint32_t> open_types_;
  std::vector<Field> fields_;
  int depth_ = 0;  // of open chains and types
  Span quantity_number_;
  Span presence_is_;
  Name member_name_;
};

}  // namespace writ::syntax
