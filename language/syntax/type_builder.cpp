// The part of ExpressionBuilder that builds types and fields.
#include <algorithm>
#include <cassert>
#include <utility>

#include "language/syntax/expression_builder.hpp"

namespace writ::syntax {

void ExpressionBuilder::open_type(std::uint32_t offset) {
  nest(offset);
  open_types_.push_back(offset);
}

void ExpressionBuilder::finish_type(TypeExpr type) {
  types_.push_back(static_cast<TypeExprId>(tree_.types.size()));
  tree_.types.push_back(std::move(type));
}

TypeExprId ExpressionBuilder::add_error_type(Span place) {
  TypeExpr type;
  type.kind = TypeExprKind::error;
  type.span = place;
  tree_.types.push_back(std::move(type));
  return static_cast<TypeExprId>(tree_.types.size() - 1);
}

void ExpressionBuilder::named_type(Span place) {
  TypeExpr type;
  type.kind = TypeExprKind::named;
  type.span = place;
  type.name = name(place);
  finish_type(std::move(type));
}

void ExpressionBuilder::element_type(TypeExprKind kind) {
  TypeExpr type;
  type.kind = kind;
  type.span = span_from(open_types_.back());
  type.element = pop_type();
  finish_type(std::move(type));
}

void ExpressionBuilder::open_record(Span bracket) {
  open(bracket.begin, bracket);
  records_.emplace_back();
}

void ExpressionBuilder::close_record() {
  drop_frame();
  TypeExpr type;
  type.kind = TypeExprKind::record;
  type.span = span_from(open_types_.back());
  type.fields = std::move(records_.back());
  records_.pop_back();
  finish_type(std::move(type));
}

void ExpressionBuilder::close_type() {
  open_types_.pop_back();
  --depth_;
}

TypeExprId ExpressionBuilder::pop_type() {
  assert(!types_.empty());
  const TypeExprId id = types_.back();
  types_.pop_back();
  return id;
}

Doc ExpressionBuilder::doc_before(std::uint32_t offset) const {
  std::vector<Span> lines;
  std::uint32_t end = offset;
  for (auto comment = tree_.comments.rbegin(); comment != tree_.comments.rend(); ++comment) {
    if (comment->span.end > end) continue;
    const std::string_view between = text_.substr(comment->span.end, end - comment->span.end);
    if (between.find_first_not_of(" \t\r\n") != std::string_view::npos) break;
    if (comment->doc) lines.push_back(comment->span);
    end = comment->span.begin;
  }
  Doc doc;
  if (lines.empty()) return doc;
  doc.span = span(lines.back().begin, lines.front().end);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (line != lines.rbegin()) doc.text += '\n';
    std::string_view said = text(*line).substr(2);
    if (said.starts_with(' ')) said.remove_prefix(1);
    doc.text += said;
  }
  return doc;
}

void ExpressionBuilder::begin_field(Span place) {
  Field field;
  field.doc = doc_before(place.begin);
  field.name = name(place);
  fields_.push_back(std::move(field));
}

void ExpressionBuilder::end_field() {
  Field field = std::move(fields_.back());
  fields_.pop_back();
  field.span = span_from(field.name.span.begin);
  records_.back().push_back(std::move(field));
}

}  // namespace writ::syntax
