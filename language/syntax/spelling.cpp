#include "language/syntax/tree.hpp"

namespace writ::syntax {

std::string_view spelling(BinaryOp op) {
  switch (op) {
    case BinaryOp::logical_or:
      return "or";
    case BinaryOp::logical_and:
      return "and";
    case BinaryOp::equal:
      return "==";
    case BinaryOp::not_equal:
      return "!=";
    case BinaryOp::less:
      return "<";
    case BinaryOp::less_equal:
      return "<=";
    case BinaryOp::greater:
      return ">";
    case BinaryOp::greater_equal:
      return ">=";
    case BinaryOp::in:
      return "in";
    case BinaryOp::not_in:
      return "not in";
    case BinaryOp::matches:
      return "matches";
    case BinaryOp::like:
      return "like";
    case BinaryOp::add:
      return "+";
    case BinaryOp::subtract:
      return "-";
    case BinaryOp::multiply:
      return "*";
    case BinaryOp::divide:
      return "/";
    case BinaryOp::remainder:
      return "%";
  }
  return "";
}

std::string_view spelling(QueryKind kind) {
  switch (kind) {
    case QueryKind::some:
      return "some";
    case QueryKind::no:
      return "no";
    case QueryKind::every:
      return "every";
    case QueryKind::count:
      return "count";
    case QueryKind::percent:
      return "percent";
    case QueryKind::sum:
      return "sum";
    case QueryKind::min:
      return "min";
    case QueryKind::max:
      return "max";
    case QueryKind::avg:
      return "avg";
    case QueryKind::latest:
      return "latest";
    case QueryKind::first:
      return "first";
    case QueryKind::max_gap:
      return "max_gap";
    case QueryKind::collect_list:
      return "[… for …]";
    case QueryKind::collect_set:
      return "{… for …}";
  }
  return "";
}

}  // namespace writ::syntax
