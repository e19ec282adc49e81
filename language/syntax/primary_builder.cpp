// The part of ExpressionBuilder that builds names, members, calls, lists and queries.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "language/syntax/expression_builder.hpp"
#include "language/syntax/slips.hpp"

namespace writ::syntax {

using diagnostics::Code;

namespace {

std::optional<QueryKind> query_of_body(std::string_view function) {
  if (function == "sum") return QueryKind::sum;
  if (function == "min") return QueryKind::min;
  if (function == "max") return QueryKind::max;
  if (function == "avg") return QueryKind::avg;
  if (function == "max_gap") return QueryKind::max_gap;
  return std::nullopt;
}

}  // namespace

void ExpressionBuilder::identifier(Span place) {
  if (const Slip* slip = value_slip(text(place)); slip != nullptr) {
    sink_.add(Code::syntax_error, place, std::string(slip->message))
        .fix(fmt::format("write `{}`", slip->meant), place, std::string(slip->meant));
    return push_error(place);
  }
  Expr expr;
  expr.kind = ExprKind::identifier;
  expr.span = place;
  expr.name = name(place);
  push(std::move(expr), place);
}

void ExpressionBuilder::member(ExprKind kind) {
  const ExprId object = pop();
  Expr expr = node(kind, tree_.expr(object).span.begin);
  expr.operands = {object};
  expr.name = member_name_;
  const Span blame = member_name_.span;
  push(std::move(expr), blame);
}

void ExpressionBuilder::open(std::uint32_t begin, Span bracket) {
  Frame frame;
  frame.begin = begin;
  frame.open = bracket;
  frame.values = values_.size();
  frames_.push_back(std::move(frame));
}

void ExpressionBuilder::open_function_call(Span place) {
  open(place.begin, place);
  frames_.back().name = name(place);
}

void ExpressionBuilder::open_method_call() {
  // The object, which stands before the dot, is the call's only operand.
  open(tree_.expr(values_.back()).span.begin, member_name_.span);
  frames_.back().name = member_name_;
  frames_.back().method = true;
  frames_.back().values = values_.size() - 1;
}

void ExpressionBuilder::argument() {
  Frame& frame = frames_.back();
  Argument argument;
  argument.label = std::exchange(frame.label, std::nullopt);
  argument.value = pop();
  frame.arguments.push_back(std::move(argument));
}

void ExpressionBuilder::close_call() {
  Frame frame = take_frame();
  const bool is_query = frame.query.has_value();
  Expr expr = node(is_query ? ExprKind::query : ExprKind::call, frame.begin);
  expr.operands = take_values(frame.values);
  if (is_query && frame.query->order != ExprId::none) {
    fail(Code::syntax_error, tree_.expr(frame.query->order).span,
         fmt::format("`{}` takes no `by`", frame.name.text), "",
         "`by` orders the elements of a list: `[… for … by …]`");
  }
  if (is_query && frame.query->range != ExprId::none && frame.query->kind != QueryKind::max_gap) {
    fail(Code::syntax_error, tree_.expr(frame.query->range).span,
         fmt::format("`{}` takes no range", frame.name.text), "",
         "only `max_gap(… for …; period)` looks at a stretch of time");
  }
  if (is_query && frame.query->kind == QueryKind::max_gap && frame.query->range == ExprId::none) {
    fail(Code::syntax_error, frame.name.span, "`max_gap` does not say of which stretch of time", "",
         "write `max_gap(x.day for x in xs; period)`");
  }
  expr.query = std::move(frame.query);
  if (!is_query) {
    expr.name = frame.name;
    expr.arguments = std::move(frame.arguments);
  }
  push(std::move(expr), frame.name.span);
}

void ExpressionBuilder::close_parenthesis() {
  const Frame frame = take_frame();
  Expr expr = node(ExprKind::parenthesis, frame.begin);
  expr.operands = take_values(frame.values);
  push(std::move(expr), frame.open);
}

void ExpressionBuilder::close_elements(ExprKind kind) {
  Frame frame = take_frame();
  Expr expr = node(frame.query ? ExprKind::query : kind, frame.begin);
  expr.operands = take_values(frame.values);
  if (frame.query) {
    frame.query->kind = kind == ExprKind::list ? QueryKind::collect_list : QueryKind::collect_set;
    if (kind == ExprKind::set && frame.query->order != ExprId::none) {
      fail(Code::syntax_error, tree_.expr(frame.query->order).span, "a set has no order", "`by` orders lists",
           "write `[… for … by …]` for a list");
    }
  }
  expr.query = std::move(frame.query);
  push(std::move(expr), frame.open);
}

void ExpressionBuilder::close_record_value() {
  Frame frame = take_frame();
  Expr expr = node(ExprKind::record, frame.begin);
  expr.arguments = std::move(frame.arguments);
  push(std::move(expr), frame.open);
}

std::vector<Argument> ExpressionBuilder::take_arguments() { return take_frame().arguments; }

void ExpressionBuilder::close_conditional() {
  const Frame frame = take_frame();
  Expr expr = node(ExprKind::conditional, frame.begin);
  expr.operands = take_values(frame.values);
  push(std::move(expr), frame.open);
}

void ExpressionBuilder::open_query(QueryKind kind, Span word) {
  open(word.begin, word);
  frames_.back().query.emplace().kind = kind;
}

void ExpressionBuilder::open_bound_query(Span word) {
  const std::string_view spelled = text(word);
  open_query(spelled == "count"     ? QueryKind::count
             : spelled == "percent" ? QueryKind::percent
             : spelled == "latest"  ? QueryKind::latest
                                    : QueryKind::first,
             word);
  frames_.back().name = name(word);
}

void ExpressionBuilder::comprehension(std::uint32_t place) {
  Frame& frame = frames_.back();
  const Span word = span(place, place + 3);
  Query query;
  if (frame.name.text.empty()) {
    query.body = pop();
  } else {
    const auto kind = query_of_body(frame.name.text);
    if (!kind || frame.method || frame.arguments.size() != 1 || frame.arguments.front().label) {
      fail(Code::syntax_error, word, fmt::format("`{}` takes no `for`", frame.name.text), "",
           fmt::format("`for` stands in a list, a set, and in `sum`, `min`, `max`, `avg` and `max_gap`; write "
                       "`{}([x for x in …])` to hand over a list",
                       frame.name.text));
    }
    query.kind = *kind;
    query.body = frame.arguments.front().value;
    frame.arguments.clear();
  }
  frame.query = std::move(query);
}

void ExpressionBuilder::binding() {
  Frame& frame = frames_.back();
  const ExprId collection = pop();
  frame.query->bindings.push_back({std::exchange(frame.binding, {}), std::exchange(frame.tuple, {}), collection});
}

void ExpressionBuilder::query_satisfies(std::uint32_t place) {
  Frame& frame = frames_.back();
  const QueryKind kind = frame.query->kind;
  if (kind != QueryKind::every && kind != QueryKind::percent) {
    fail(Code::syntax_error, span(place, place + 9), fmt::format("`{}` has no `satisfies`", spelling(kind)), "",
         "join the condition to the one after `where` with `and`");
  }
  frame.query->body = pop();
}

void ExpressionBuilder::close_query() {
  Frame frame = take_frame();
  const Query& query = *frame.query;
  const bool by_key = query.kind == QueryKind::latest || query.kind == QueryKind::first;
  if (query.kind == QueryKind::percent && query.body == ExprId::none) {
    fail(Code::syntax_error, frame.name.span, "`percent` does not say which share it asks for",
         "`satisfies` is missing", "write `percent(x in xs satisfies condition)`");
  }
  if (query.order != ExprId::none && (!by_key || query.descending)) {
    fail(Code::syntax_error, tree_.expr(query.order).span,
         by_key ? fmt::format("`{}` takes no `desc`", spelling(query.kind))
                : fmt::format("`{}` takes no `by`", spelling(query.kind)),
         "",
         by_key ? "`latest` takes the greatest key and `first` the least"
                : "`by` chooses among elements, in `latest` and `first`");
  }
  Expr expr = node(ExprKind::query, frame.begin);
  expr.operands = take_values(frame.values);
  expr.query = std::move(frame.query);
  push(std::move(expr), frame.open);
}

}  // namespace writ::syntax
