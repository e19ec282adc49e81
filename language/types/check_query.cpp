// Queries: binders, what they range over, and what each kind makes of its elements.
#include <fmt/format.h>

#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using language::ExprKind;
using syntax::QueryKind;

ExprId ExpressionChecker::query(const syntax::Expr& expr, TypeId hint) {
  const syntax::Query& from = *expr.query;
  language::Query query;
  query.kind = from.kind;
  query.descending = from.descending;
  const Mark start = mark();
  TypeId first_element = unknown;
  for (const syntax::Binding& binding : from.bindings) {
    TypeId element = unknown;
    const ExprId over = collection(binding.collection, element);
    if (query.clauses.empty()) first_element = element;
    query.clauses.push_back({bind(binding.name, binding.tuple, over, element).local, over});
  }
  if (from.where != SyntaxId::none) {
    Typed where = condition(from.where);
    query.where = where.id;
    assume(where.outcome.when_true);
  }
  query.body = query_body(from, hint);
  if (from.order != SyntaxId::none) query.order = ordered_key(from.order);
  restore(start);
  if (from.kind == QueryKind::max_gap) {
    query.range = infer_finished(from.range, unknown);
    const TypeId type = type_of(query.range);
    const Type& range = types().at(type);
    const bool time = range.kind == Kind::range &&
                      (kind_of(range.element) == Kind::date || kind_of(range.element) == Kind::timestamp);
    if (type != unknown && !time) {
      checking_.sink
          .add(Code::type_mismatch, span_of(query.range),
               fmt::format("expected a range of dates or timestamps, found `{}`", spelling(type)),
               fmt::format("this is `{}`", spelling(type)))
          .help("`period` is the audit period; `a..b` runs from one date to another");
      query.range = checking_.error(span_of(query.range));
    }
  }
  const TypeId type = query_type(from, query.body, first_element, expr.span);
  if (type == unknown) return checking_.error(expr.span);
  const auto ref = static_cast<std::uint32_t>(checking_.program.queries.size());
  checking_.program.queries.push_back(std::move(query));
  return checking_.add(ExprKind::query, type, expr.span, {}, ref);
}

ExprId ExpressionChecker::query_body(const syntax::Query& query, TypeId hint) {
  const TypeId wanted = types().strip_optional(hint);
  switch (query.kind) {
    case QueryKind::some:
    case QueryKind::no:
    case QueryKind::count:
    case QueryKind::latest:
    case QueryKind::first:
      return ExprId::none;
    case QueryKind::every:
    case QueryKind::percent:
      return condition(query.body).id;
    case QueryKind::collect_list:
    case QueryKind::collect_set:
      return infer_finished(query.body, types().is_collection(wanted) ? types().at(wanted).element : unknown);
    case QueryKind::sum:
    case QueryKind::min:
    case QueryKind::max:
    case QueryKind::avg:
      return infer_finished(query.body, wanted);
    case QueryKind::max_gap:
      return infer_finished(query.body, unknown);
  }
  return ExprId::none;
}

// A key that decides an order: there, and of an ordered type.
ExprId ExpressionChecker::ordered_key(SyntaxId id) {
  const ExprId key = infer_finished(id, unknown);
  const TypeId type = type_of(key);
  if (types().is_optional(type)) {
    not_narrowed(key, "`by` orders what is there");
    return checking_.error(span_of(key));
  }
  if (!is_ordered(checking_.program, type)) {
    not_ordered(type, span_of(key), "`by`");
    return checking_.error(span_of(key));
  }
  return key;
}

// The type of the whole; `unknown` after a report, or where a part was wrong.
TypeId ExpressionChecker::query_type(const syntax::Query& query, ExprId body, TypeId element, Span span) {
  const TypeId body_type = body == ExprId::none ? unknown : type_of(body);
  const Kind body_kind = kind_of(body_type);
  const auto refuse = [&](std::string_view what) {
    checking_.sink.add(Code::no_such_operation, span_of(body),
                       fmt::format("`{}` does not work on `{}`", syntax::spelling(query.kind), spelling(body_type)),
                       fmt::format("{} expected", what));
    return unknown;
  };
  const auto is_there = [&] {
    if (!types().is_optional(body_type)) return true;
    not_narrowed(body, fmt::format("`{}` needs a value of each element", syntax::spelling(query.kind)));
    return false;
  };
  switch (query.kind) {
    case QueryKind::some:
    case QueryKind::no:
      return simple(Kind::boolean);
    case QueryKind::every:
      return simple(Kind::boolean);
    case QueryKind::count:
      return simple(Kind::integer);
    case QueryKind::percent:
      return types().optional(simple(Kind::floating));
    case QueryKind::latest:
    case QueryKind::first:
      if (element == unknown) return unknown;
      if (query.kind == QueryKind::latest && query.order == SyntaxId::none) {
        checking_.sink.add(Code::wrong_arguments, span, "`latest` does not say by what", "`by …` is missing")
            .help("write the date that decides: `latest(v in … where … by v.approved_on)`");
        return unknown;
      }
      return types().optional(element);
    case QueryKind::collect_list:
      return body_type == unknown ? unknown : types().list(body_type);
    case QueryKind::collect_set:
      return body_type == unknown ? unknown : types().set(body_type);
    case QueryKind::max_gap:
      if (body_type == unknown || !is_there()) return body_type == unknown ? simple(Kind::duration) : unknown;
      if (body_kind != Kind::date && body_kind != Kind::timestamp) return refuse("a date or a timestamp");
      return simple(Kind::duration);
    case QueryKind::sum:
      if (body_type == unknown || !is_there()) return unknown;
      if (body_kind != Kind::integer && body_kind != Kind::floating && body_kind != Kind::duration)
        return refuse("a number or a duration");
      return body_type;
    case QueryKind::avg:
      if (body_type == unknown || !is_there()) return unknown;
      if (body_kind != Kind::integer && body_kind != Kind::floating && body_kind != Kind::duration)
        return refuse("a number or a duration");
      return types().optional(body_kind == Kind::duration ? body_type : simple(Kind::floating));
    case QueryKind::min:
    case QueryKind::max:
      if (body_type == unknown || !is_there()) return unknown;
      if (!is_ordered(checking_.program, body_type)) {
        not_ordered(body_type, span_of(body), fmt::format("`{}`", syntax::spelling(query.kind)));
        return unknown;
      }
      return types().optional(body_type);
  }
  return unknown;
}

}  // namespace writ::types
