#include "language/syntax/expression_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include "language/syntax/parse.hpp"
#include "language/syntax/slips.hpp"
#include "language/syntax/strings.hpp"

namespace writ::syntax {

using diagnostics::Code;

namespace {

std::size_t index(ExprId id) { return static_cast<std::uint32_t>(id); }

// Calls `with` for every sub-expression of `expr`.
template <typename With>
void each_child(const Expr& expr, With&& with) {
  for (const ExprId id : expr.operands) with(id);
  for (const Argument& argument : expr.arguments) with(argument.value);
  for (const StringPart& part : expr.parts) with(part.expr);
  if (!expr.query) return;
  for (const Binding& binding : expr.query->bindings) with(binding.collection);
  with(expr.query->where);
  with(expr.query->body);
  with(expr.query->order);
  with(expr.query->range);
}

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

std::optional<QueryKind> query_of_body(std::string_view function) {
  if (function == "sum") return QueryKind::sum;
  if (function == "min") return QueryKind::min;
  if (function == "max") return QueryKind::max;
  if (function == "avg") return QueryKind::avg;
  if (function == "max_gap") return QueryKind::max_gap;
  return std::nullopt;
}

}  // namespace

ExpressionBuilder::ExpressionBuilder(source::FileId file, std::string_view text, diagnostics::Sink& sink)
    : file_(file), text_(text), sink_(sink) {
  tree_.file = file;
}

void ExpressionBuilder::add_comment(Span span) {
  // A gap may be read twice where the grammar looks ahead.
  if (!tree_.comments.empty() && tree_.comments.back().span.begin >= span.begin) return;
  tree_.comments.push_back({span, text(span).starts_with("##")});
}

// ---- nodes --------------------------------------------------------------------------------------------------

Expr ExpressionBuilder::node(ExprKind kind, std::uint32_t begin) const {
  Expr expr;
  expr.kind = kind;
  expr.span = span_from(begin);
  return expr;
}

ExprId ExpressionBuilder::add(Expr expr, Span blame) {
  std::uint32_t depth = 0;
  each_child(expr, [this, &depth](ExprId id) {
    if (id != ExprId::none) depth = std::max(depth, depths_[index(id)]);
  });
  if (depth + 1 > max_tree_depth) {
    fail(
        Code::nesting_too_deep, blame, fmt::format("an expression has more than {} levels", max_tree_depth),
        "one level too many",
        "an operator is a level over what stands left of it; break the expression up with `let`, a `fn`, or a set: "
        "`x in {a, b, c}`");
  }
  const auto id = static_cast<ExprId>(tree_.exprs.size());
  tree_.exprs.push_back(std::move(expr));
  depths_.push_back(depth + 1);
  return id;
}

ExprId ExpressionBuilder::pop() {
  assert(!values_.empty());
  const ExprId id = values_.back();
  values_.pop_back();
  return id;
}

std::vector<ExprId> ExpressionBuilder::take_values(std::size_t from) {
  const auto first = values_.begin() + static_cast<std::ptrdiff_t>(from);
  std::vector<ExprId> taken(first, values_.end());
  values_.erase(first, values_.end());
  return taken;
}

ExpressionBuilder::Frame ExpressionBuilder::take_frame() {
  assert(!frames_.empty());
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  return frame;
}

void ExpressionBuilder::nest(std::uint32_t offset) {
  if (++depth_ <= max_nesting) return;
  fail(Code::nesting_too_deep,
       span(offset, std::min<std::uint32_t>(offset + 1, static_cast<std::uint32_t>(text_.size()))),
       fmt::format("this is nested more than {} levels deep", max_nesting), "one level too many",
       "name a part of it with `let` or a `fn`");
}

// ---- literals -----------------------------------------------------------------------------------------------

void ExpressionBuilder::literal(ExprKind kind, Span place) {
  Expr expr;
  expr.kind = kind;
  expr.span = place;
  expr.text = text(place);
  if (kind == ExprKind::percentage) expr.text.pop_back();
  push(std::move(expr), place);
}

void ExpressionBuilder::quantity(Span unit) {
  Expr expr;
  expr.kind = ExprKind::quantity;
  expr.span = span(quantity_number_.begin, unit.end);
  expr.text = text(quantity_number_);
  expr.name = name(unit);
  push(std::move(expr), unit);
}

void ExpressionBuilder::raw_string(Span place) {
  const std::string_view whole = text(place);
  const std::size_t quote = whole.find('"');
  Expr expr;
  expr.kind = ExprKind::raw_string;
  expr.span = place;
  // Before the content stand `r`, the hashes and the quote; after it the quote and as many hashes.
  expr.text = whole.substr(quote + 1, whole.size() - 2 * quote - 1);
  push(std::move(expr), place);
}

void ExpressionBuilder::open_string(Span quotes) { open(quotes.begin, quotes); }

void ExpressionBuilder::string_text(Span place) {
  Frame& frame = frames_.back();
  const std::string_view raw = text(place);
  for (const BadEscape& bad : bad_escapes(raw)) {
    const Span where = span(place.begin + bad.begin, place.begin + bad.end);
    report(Code::invalid_escape, where, bad.reason, "",
           R"(the escapes are `\n`, `\t`, `\"`, `\\`, `\{`, `\}` and `\u{…}`; in r"…" a backslash is a backslash)");
  }
  StringPart part;
  part.span = place;
  if (frame.open.end - frame.open.begin > 1) {
    part.text = raw;
  } else {
    part.text = decode_escapes(raw);
  }
  frame.parts.push_back(std::move(part));
}

void ExpressionBuilder::open_interpolation(Span brace) {
  open(brace.begin, brace);
  frames_.back().interpolation = true;
}

ExprId ExpressionBuilder::add_error(Span place) {
  Expr expr;
  expr.kind = ExprKind::error;
  expr.span = place;
  return add(std::move(expr), place);
}

void ExpressionBuilder::string_expression(Span place) {
  StringPart part;
  part.span = place;
  part.expr = pop();
  frames_.back().parts.push_back(std::move(part));
}

void ExpressionBuilder::finish_block_string(Frame& frame) {
  // Between two interpolations, and at both ends, there is a text, if only an empty one.
  std::vector<std::string> pieces(1);
  for (const StringPart& part : frame.parts) {
    if (part.expr == ExprId::none) {
      pieces.back() = part.text;
    } else {
      pieces.emplace_back();
    }
  }
  dedent(pieces);
  std::size_t piece = 0;
  for (StringPart& part : frame.parts) {
    if (part.expr == ExprId::none) {
      part.text = decode_escapes(pieces[piece]);
    } else {
      ++piece;
    }
  }
  std::erase_if(frame.parts, [](const StringPart& part) { return part.expr == ExprId::none && part.text.empty(); });
}

void ExpressionBuilder::close_string(std::uint32_t end) {
  Frame frame = take_frame();
  if (frame.open.end - frame.open.begin > 1) finish_block_string(frame);
  Expr expr;
  expr.kind = ExprKind::string;
  expr.span = span(frame.begin, end);
  expr.parts = std::move(frame.parts);
  const Span blame = expr.span;
  push(std::move(expr), blame);
}

StringLiteral ExpressionBuilder::take_constant_string() {
  const ExprId id = pop();
  const Expr& expr = tree_.expr(id);
  StringLiteral literal{expr.text, expr.span};
  bool constant = true;
  for (const StringPart& part : expr.parts) {
    literal.text += part.text;
    if (part.expr == ExprId::none || !constant) continue;
    constant = false;
    report(Code::not_constant, part.span, "nothing can be computed in this text", "",
           "write `\\{` where a brace is meant");
  }
  // Nothing refers to the node; its own parts, if any, stand before it.
  if (constant) {
    tree_.exprs.pop_back();
    depths_.pop_back();
  }
  return literal;
}

// ---- primaries ----------------------------------------------------------------------------------------------

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
  frame.query->bindings.push_back({std::move(frame.binding), pop()});
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

// ---- chains of operators ------------------------------------------------------------------------------------

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

// ---- recovery -----------------------------------------------------------------------------------------------

ExpressionBuilder::Heights ExpressionBuilder::heights() const {
  return {values_.size(),     operations_.size(), chains_.size(), frames_.size(), types_.size(),
          open_types_.size(), records_.size(),    fields_.size(), depth_};
}

void ExpressionBuilder::restore(const Heights& heights) {
  values_.resize(heights.values);
  operations_.erase(operations_.begin() + static_cast<std::ptrdiff_t>(heights.operations), operations_.end());
  chains_.resize(heights.chains);
  frames_.resize(heights.frames);
  types_.resize(heights.types);
  open_types_.resize(heights.open_types);
  records_.resize(heights.records);
  fields_.resize(heights.fields);
  depth_ = heights.depth;
}

diagnostics::Diagnostic ExpressionBuilder::diagnosis(Code code, Span place, std::string message,
                                                     std::string label) {
  diagnostics::Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.severity = diagnostics::default_severity(code);
  diagnostic.message = std::move(message);
  diagnostic.labels.push_back({place, std::nullopt, std::move(label), true});
  return diagnostic;
}

void ExpressionBuilder::fail(diagnostics::Diagnostic diagnostic, std::uint32_t offset) {
  throw SyntaxFailure{std::move(diagnostic), offset};
}

void ExpressionBuilder::fail(Code code, Span place, std::string message, std::string label, std::string help) {
  diagnostics::Diagnostic diagnostic = diagnosis(code, place, std::move(message), std::move(label));
  if (!help.empty()) diagnostic.help(std::move(help));
  fail(std::move(diagnostic), place.begin);
}

void ExpressionBuilder::report(Code code, Span place, std::string message, std::string label, std::string help) {
  auto& diagnostic = sink_.add(code, place, std::move(message), std::move(label));
  if (!help.empty()) diagnostic.help(std::move(help));
}

}  // namespace writ::syntax
