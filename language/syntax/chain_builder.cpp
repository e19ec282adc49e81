// The part of ExpressionBuilder that folds chains of operators by precedence.
#include <fmt/format.h>

#include <cassert>
#include <utility>

#include "language/syntax/expression_builder.hpp"

namespace writ::syntax {

using diagnostics::Code;

namespace {

bool is_comparison(const Expr& expr) {
  return expr.kind == ExprKind::presence ||
         (expr.kind == ExprKind::binary && expr.binary >= BinaryOp::equal && expr.binary <= BinaryOp::like);
}

BinaryOp binary_of(Operator op) {
  switch (op) {
    case Operator::logical_or:
      return BinaryOp::logical_or;
    case Operator::logical_and:
      return BinaryOp::logical_and;
    case Operator::equal:
      return BinaryOp::equal;
    case Operator::not_equal:
      return BinaryOp::not_equal;
    case Operator::less:
      return BinaryOp::less;
    case Operator::less_equal:
      return BinaryOp::less_equal;
    case Operator::greater:
      return BinaryOp::greater;
    case Operator::greater_equal:
      return BinaryOp::greater_equal;
    case Operator::in:
      return BinaryOp::in;
    case Operator::not_in:
      return BinaryOp::not_in;
    case Operator::matches:
      return BinaryOp::matches;
    case Operator::like:
      return BinaryOp::like;
    case Operator::add:
      return BinaryOp::add;
    case Operator::subtract:
      return BinaryOp::subtract;
    case Operator::multiply:
      return BinaryOp::multiply;
    case Operator::divide:
      return BinaryOp::divide;
    case Operator::remainder:
      return BinaryOp::remainder;
    case Operator::coalesce:
    case Operator::range:
    case Operator::logical_not:
    case Operator::negate:
      break;
  }
  assert(false && "not a binary operator of the tree");
  return BinaryOp::equal;
}

}  // namespace

void ExpressionBuilder::open_chain(std::uint32_t offset) {
  nest(offset);
  chains_.push_back(operations_.size());
}

void ExpressionBuilder::close_chain() {
  apply_tighter(0, false);
  chains_.pop_back();
  --depth_;
}

void ExpressionBuilder::apply_tighter(int than, bool also_equal) {
  while (operations_.size() > chains_.back()) {
    const Operation top = operations_.back();
    const int own = precedence(top.op);
    if (own < than || (own == than && !also_equal)) return;
    operations_.pop_back();
    apply(top);
  }
}

void ExpressionBuilder::apply(const Operation& operation) {
  Expr expr;
  const ExprId right = pop();
  if (is_prefix(operation.op)) {
    expr.kind = ExprKind::unary;
    expr.unary = operation.op == Operator::negate ? UnaryOp::negate : UnaryOp::logical_not;
    expr.span = span(operation.span.begin, tree_.expr(right).span.end);
    expr.operands = {right};
  } else {
    const ExprId left = pop();
    expr.kind = operation.op == Operator::coalesce ? ExprKind::coalesce
                : operation.op == Operator::range  ? ExprKind::range
                                                   : ExprKind::binary;
    if (expr.kind == ExprKind::binary) expr.binary = binary_of(operation.op);
    expr.span = span(tree_.expr(left).span.begin, tree_.expr(right).span.end);
    expr.operands = {left, right};
  }
  push(std::move(expr), operation.span);
}

void ExpressionBuilder::refuse_comparison_chain(Span place) {
  const bool open =
      operations_.size() > chains_.back() && precedence(operations_.back().op) == comparison_precedence;
  if (!open && !is_comparison(tree_.expr(values_.back()))) return;
  fail(Code::syntax_error, place, "comparisons do not chain", "a second comparison",
       "write `a < b and b < c`, or `x in a..b`; put one in parentheses to compare truth values");
}

void ExpressionBuilder::infix(Operator op, Span place) {
  const int own = precedence(op);
  const bool single = own == comparison_precedence || own == range_precedence;
  apply_tighter(own, !single && !right_associative(op));
  if (own == comparison_precedence) refuse_comparison_chain(place);
  if (own == range_precedence && operations_.size() > chains_.back() &&
      precedence(operations_.back().op) == range_precedence) {
    fail(Code::syntax_error, place, "a range has two ends", "a third one");
  }
  operations_.push_back({op, place});
}

void ExpressionBuilder::prefix(Operator op, Span place) {
  if (op == Operator::logical_not && operations_.size() > chains_.back() &&
      precedence(operations_.back().op) > precedence(op)) {
    fail(Code::syntax_error, place, "`not` needs parentheses here",
         "it binds less tightly than the operator before it",
         fmt::format("write `{} (not …)`", text(operations_.back().span)));
  }
  operations_.push_back({op, place});
}

void ExpressionBuilder::presence(Presence what, Span word) {
  apply_tighter(comparison_precedence, false);
  const Span place = span(presence_is_.begin, word.end);
  refuse_comparison_chain(place);
  const ExprId operand = pop();
  Expr expr;
  expr.kind = ExprKind::presence;
  expr.presence = what;
  expr.span = span(tree_.expr(operand).span.begin, word.end);
  expr.operands = {operand};
  push(std::move(expr), place);
}

}  // namespace writ::syntax
