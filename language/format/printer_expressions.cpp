// The part of the printer that lays out expressions and types.
#include <string>

#include "language/format/printer.hpp"

namespace writ::format {

using syntax::Expr;
using syntax::ExprKind;

DocId Printer::hanging(DocId head, ExprId value) {
  const DocId before = line();
  const bool several = node(value).kind == ExprKind::conditional;
  const DocId inner = several ? conditional(node(value), true) : expr(value);
  return layout_.group(cat({head, layout_.nest(2, cat({before, inner}))}));
}

DocId Printer::expr(ExprId id) {
  const Expr& e = node(id);
  switch (e.kind) {
    case ExprKind::error:
      failed_ = true;
      return DocId::nothing;
    case ExprKind::integer:
    case ExprKind::decimal:
    case ExprKind::percentage:
    case ExprKind::boolean:
    case ExprKind::missing:
    case ExprKind::date:
    case ExprKind::timestamp:
    case ExprKind::raw_string:
    case ExprKind::identifier:
      return token(e.span);
    case ExprKind::string:
      return string(e.span);
    case ExprKind::quantity: {
      const Span number{e.span.file, e.span.begin,
                        e.span.begin + static_cast<std::uint32_t>(text_.substr(e.span.begin).find_first_of(" \t"))};
      const DocId amount = token(number);
      return cat({amount, space(), token(e.name.span)});
    }
    case ExprKind::list:
      return elements(e, "[", "]");
    case ExprKind::set:
      return elements(e, "{", "}");
    case ExprKind::record:
      return record(e);
    case ExprKind::member: {
      const DocId object = expr(e.operands[0]);
      const DocId dot = token(".");
      return cat({object, dot, token(e.name.span)});
    }
    case ExprKind::safe_member: {
      const DocId object = expr(e.operands[0]);
      const DocId dot = token("?.");
      return cat({object, dot, token(e.name.span)});
    }
    case ExprKind::call:
      return call(e);
    case ExprKind::unary: {
      const bool negate = e.unary == syntax::UnaryOp::negate;
      const DocId sign = token(negate ? "-" : "not");
      return cat({sign, negate ? DocId::nothing : space(), expr(e.operands[0])});
    }
    case ExprKind::binary:
      if (e.binary == syntax::BinaryOp::logical_and || e.binary == syntax::BinaryOp::logical_or) return chain(e);
      return operation(e);
    case ExprKind::presence: {
      const DocId value = expr(e.operands[0]);
      const std::string_view word = e.presence == syntax::Presence::present   ? "is present"
                                    : e.presence == syntax::Presence::missing ? "is missing"
                                                                              : "is dangling";
      return cat({value, space(), words(word)});
    }
    case ExprKind::coalesce: {
      const DocId value = expr(e.operands[0]);
      const DocId sign = token("??");
      return layout_.group(cat({value, space(), sign, layout_.nest(2, cat({line(), expr(e.operands[1])}))}));
    }
    case ExprKind::range: {
      const DocId from = expr(e.operands[0]);
      const DocId dots = token("..");
      return cat({from, dots, expr(e.operands[1])});
    }
    case ExprKind::conditional:
      return conditional(e, false);
    case ExprKind::query:
      return query(e);
    case ExprKind::parenthesis: {
      const DocId open = token("(");
      const DocId inner = expr(e.operands[0]);
      return cat({open, inner, token(")")});
    }
  }
  return DocId::nothing;
}

// `a and b and c`: on one line, or each from the second on a line of its own.
DocId Printer::chain(const Expr& e) {
  std::vector<ExprId> operands;
  const Expr* left = &e;
  while (left->kind == ExprKind::binary && left->binary == e.binary) {
    operands.push_back(left->operands[1]);
    operands.push_back(left->operands[0]);
    left = &node(left->operands[0]);
    if (left->kind == ExprKind::binary && left->binary == e.binary) operands.pop_back();
  }
  const DocId first = expr(operands.back());
  Parts rest;
  for (std::size_t i = operands.size() - 1; i-- > 0;) {
    rest.push_back(line());
    rest.push_back(token(spelling(e.binary)));
    rest.push_back(space());
    rest.push_back(expr(operands[i]));
  }
  return layout_.group(cat({first, layout_.nest(2, cat(std::move(rest)))}));
}

DocId Printer::operation(const Expr& e) {
  const DocId left = expr(e.operands[0]);
  const DocId sign = words(spelling(e.binary));
  return layout_.group(cat({left, space(), sign, layout_.nest(2, cat({line(), expr(e.operands[1])}))}));
}

DocId Printer::conditional(const Expr& e, bool own_line) {
  const DocId head = cat({token("if"), space()});
  const DocId condition = layout_.nest(2, expr(e.operands[0]));
  const DocId then = cat({line(), token("then"), space()});
  const DocId yes = layout_.nest(2, expr(e.operands[1]));
  const DocId otherwise = cat({line(), token("else"), space()});
  const DocId no = layout_.nest(2, expr(e.operands[2]));
  const DocId branches = cat({then, yes, otherwise, no});
  return layout_.group(cat({head, condition, own_line ? branches : layout_.nest(2, branches)}));
}

DocId Printer::arguments(const std::vector<syntax::Argument>& arguments) {
  const DocId open = token("(");
  if (arguments.empty()) return cat({open, token(")")});
  Parts parts{soft_line()};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) {
      parts.push_back(token(","));
      parts.push_back(line());
    }
    if (arguments[i].label) {
      parts.push_back(token(arguments[i].label->span));
      parts.push_back(token(":"));
      parts.push_back(space());
    }
    parts.push_back(expr(arguments[i].value));
  }
  const DocId inner = layout_.nest(2, cat(std::move(parts)));
  return layout_.group(cat({open, inner, soft_line(), token(")")}));
}

DocId Printer::call(const Expr& e) {
  Parts parts;
  if (!e.operands.empty()) {
    parts.push_back(expr(e.operands[0]));
    parts.push_back(token("."));
  }
  parts.push_back(token(e.name.span));
  parts.push_back(arguments(e.arguments));
  return cat(std::move(parts));
}

DocId Printer::elements(const Expr& e, std::string_view open, std::string_view close) {
  const DocId opening = token(open);
  if (e.operands.empty()) return cat({opening, token(close)});
  Parts parts{soft_line()};
  for (std::size_t i = 0; i < e.operands.size(); ++i) {
    if (i > 0) {
      parts.push_back(token(","));
      parts.push_back(line());
    }
    parts.push_back(expr(e.operands[i]));
  }
  const DocId inner = layout_.nest(2, cat(std::move(parts)));
  return layout_.group(cat({opening, inner, soft_line(), token(close)}));
}

DocId Printer::record(const Expr& e) {
  const DocId open = token("{");
  Parts parts;
  for (std::size_t i = 0; i < e.arguments.size(); ++i) {
    if (i > 0) parts.push_back(layout_.choose(layout_.text(","), DocId::nothing));
    parts.push_back(line());
    parts.push_back(token(e.arguments[i].label->span));
    parts.push_back(token(":"));
    parts.push_back(space());
    parts.push_back(expr(e.arguments[i].value));
  }
  const DocId inner = layout_.nest(2, cat(std::move(parts)));
  return layout_.group(cat({open, inner, line(), token("}")}));
}

DocId Printer::binding(const syntax::Name& name, const std::vector<syntax::Name>& tuple, ExprId collection) {
  Parts parts;
  if (tuple.empty()) {
    parts.push_back(token(name.span));
  } else {
    parts.push_back(token("("));
    for (std::size_t i = 0; i < tuple.size(); ++i) {
      if (i > 0) {
        parts.push_back(token(","));
        parts.push_back(space());
      }
      parts.push_back(token(tuple[i].span));
    }
    parts.push_back(token(")"));
  }
  parts.push_back(space());
  parts.push_back(token("in"));
  parts.push_back(space());
  parts.push_back(expr(collection));
  return cat(std::move(parts));
}

DocId Printer::bindings(const std::vector<syntax::Binding>& bindings) {
  Parts parts;
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    if (i > 0) {
      parts.push_back(token(","));
      parts.push_back(line());
    }
    parts.push_back(binding(bindings[i].name, bindings[i].tuple, bindings[i].collection));
  }
  return layout_.group(layout_.nest(2, cat(std::move(parts))));
}

DocId Printer::query(const Expr& e) {
  using syntax::QueryKind;
  const syntax::Query& q = *e.query;
  const auto clause = [this](std::string_view word, ExprId value) {
    const DocId head = cat({line(), token(word), space()});
    return cat({head, expr(value)});
  };
  Parts head;
  Parts rest;
  std::string_view close;
  switch (q.kind) {
    case QueryKind::some:
    case QueryKind::no:
    case QueryKind::every:
      head = {token(spelling(q.kind)), space(), bindings(q.bindings)};
      break;
    case QueryKind::count:
    case QueryKind::percent:
    case QueryKind::latest:
    case QueryKind::first:
      head = {token(spelling(q.kind)), token("("), bindings(q.bindings)};
      close = ")";
      break;
    case QueryKind::sum:
    case QueryKind::min:
    case QueryKind::max:
    case QueryKind::avg:
    case QueryKind::max_gap:
    case QueryKind::collect_list:
    case QueryKind::collect_set: {
      const bool list = q.kind == QueryKind::collect_list;
      const bool set = q.kind == QueryKind::collect_set;
      if (!list && !set) head.push_back(token(spelling(q.kind)));
      head.push_back(token(list ? "[" : set ? "{" : "("));
      close = list ? "]" : set ? "}" : ")";
      head.push_back(expr(q.body));
      const DocId word = cat({line(), token("for"), space()});
      rest.push_back(cat({word, bindings(q.bindings)}));
      break;
    }
  }
  const bool condition = q.kind == QueryKind::every || q.kind == QueryKind::percent;
  if (q.where != ExprId::none) rest.push_back(clause("where", q.where));
  if (condition && q.body != ExprId::none) rest.push_back(clause("satisfies", q.body));
  if (q.order != ExprId::none) {
    rest.push_back(clause("by", q.order));
    if (q.descending) {
      rest.push_back(space());
      rest.push_back(token("desc"));
    }
  }
  if (q.range != ExprId::none) {
    rest.push_back(token(";"));
    rest.push_back(line());
    rest.push_back(expr(q.range));
  }
  const DocId inner = cat({cat(std::move(head)), layout_.nest(2, cat(std::move(rest)))});
  return layout_.group(cat({inner, close.empty() ? DocId::nothing : token(close)}));
}

DocId Printer::string(Span span) {
  const std::string_view text = text_.substr(span.begin, span.end - span.begin);
  const Gap gap = read_loose_gap();
  if (cursor_ != span.begin) {
    failed_ = true;
    return DocId::nothing;
  }
  cursor_ = span.end;
  return cat({comments_before(gap), layout_.block(text)});
}

DocId Printer::type(TypeExprId id) {
  const syntax::TypeExpr& t = tree_.type(id);
  switch (t.kind) {
    case syntax::TypeExprKind::named:
      return token(t.name.span);
    case syntax::TypeExprKind::optional: {
      const DocId element = type(t.element);
      return cat({element, token("?")});
    }
    case syntax::TypeExprKind::list:
    case syntax::TypeExprKind::set: {
      const DocId head = cat({token(t.kind == syntax::TypeExprKind::list ? "List" : "Set"), token("<")});
      const DocId element = type(t.element);
      return cat({head, element, token(">")});
    }
    case syntax::TypeExprKind::record: {
      const DocId open = token("{");
      if (t.fields.empty()) return cat({open, token("}")});
      Parts parts;
      for (std::size_t i = 0; i < t.fields.size(); ++i) {
        if (i > 0) parts.push_back(layout_.choose(layout_.text(","), DocId::nothing));
        parts.push_back(line());
        parts.push_back(field(t.fields[i], 0));
      }
      const DocId inner = layout_.nest(2, cat(std::move(parts)));
      return layout_.group(cat({open, inner, line(), token("}")}));
    }
    case syntax::TypeExprKind::error:
      failed_ = true;
      return DocId::nothing;
  }
  return DocId::nothing;
}

DocId Printer::field(const syntax::Field& f, std::size_t name_width) {
  Parts parts{token(f.name.span), token(":"), space()};
  const std::size_t wide = f.name.text.size();
  if (wide < name_width) parts.push_back(layout_.text(std::string(name_width - wide, ' ')));
  parts.push_back(type(f.type));
  // What stands after the type comes in the order of the text.
  for (std::string_view word = next_word();; word = next_word()) {
    const std::uint32_t before = cursor_;
    read_gap();
    const bool default_next = cursor_ < text_.size() && text_[cursor_] == '=';
    cursor_ = before;
    if (default_next && f.default_value != ExprId::none) {
      const DocId sign = cat({space(), token("="), space()});
      parts.push_back(cat({sign, expr(f.default_value)}));
    } else if (word == "key" && f.key && cursor_ < f.span.end) {
      parts.push_back(cat({space(), token("key")}));
    } else if (word == "via" && f.via && cursor_ < f.via->span.begin) {
      const DocId head = cat({space(), token("via"), space()});
      parts.push_back(cat({head, token(f.via->span)}));
    } else if (word == "at" && f.at && cursor_ < f.at->span.begin) {
      const DocId head = cat({space(), token("at"), space()});
      parts.push_back(cat({head, string(f.at->span)}));
    } else {
      break;
    }
    if (failed_) break;
  }
  return cat(std::move(parts));
}

}  // namespace writ::format
