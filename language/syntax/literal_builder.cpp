// The part of ExpressionBuilder that builds literals.
#include <utility>
#include <vector>

#include "language/syntax/expression_builder.hpp"
#include "language/syntax/strings.hpp"

namespace writ::syntax {

using diagnostics::Code;

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

}  // namespace writ::syntax
