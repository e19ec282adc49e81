#include "language/syntax/expression_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include "language/syntax/parse.hpp"

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
