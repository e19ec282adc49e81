#include <algorithm>
#include <cmath>

#include "tests/support/oracle_arithmetic.hpp"
#include "tests/support/oracle_evaluator.hpp"

namespace writ::support {

using facts::EvalError;
using facts::ValueKind;
using language::ExprKind;
using language::Query;
using syntax::QueryKind;
using types::Kind;

__extension__ using Wide = __int128;

void OracleEvaluator::combinations(const Query& query, std::size_t clause, Locals& locals,
                                   const std::function<void()>& each, const std::function<void(Value)>& failed) {
  if (clause == query.clauses.size()) {
    if (query.where != ExprId::none) {
      const Value where = eval(query.where, locals);
      note(where);
      if (where.is_error()) failed(where);
      if (!where.is_true()) return;
    }
    each();
    return;
  }
  std::vector<std::uint32_t> unbound;
  for (std::size_t i = clause; i < query.clauses.size(); ++i)
    unbound.push_back(language::index(query.clauses[i].local));
  const bool out = excluded(query.where, unbound, locals);
  if (out && !try_all_parts) return;
  const Value collection = eval(query.clauses[clause].collection, locals);
  note(collection);
  // With nothing to run over, nothing tells what the other parts come to.
  if (try_all_parts && !collection.is_error() && facts::list_size(collection) == 0) part_failed = true;
  if (out) return;
  if (collection.is_error()) {
    failed(collection);
    return;
  }
  for (std::uint32_t i = 0; i < facts::list_size(collection); ++i) {
    locals[language::index(query.clauses[clause].local)] = facts::list_element(collection, i);
    combinations(query, clause + 1, locals, each, failed);
  }
}

bool OracleEvaluator::excluded(ExprId where, const std::vector<std::uint32_t>& unbound, Locals& locals) {
  if (where == ExprId::none) return false;
  const Expr& expr = program_.expr(where);
  if (expr.kind == ExprKind::logical_and) {
    return excluded(expr.operands[0], unbound, locals) || excluded(expr.operands[1], unbound, locals);
  }
  return !mentions(where, unbound) && eval(where, locals).is_false();
}

bool OracleEvaluator::mentions(ExprId id, const std::vector<std::uint32_t>& locals) const {
  if (id == ExprId::none) return false;
  const Expr& expr = program_.expr(id);
  if (expr.kind == ExprKind::local && std::find(locals.begin(), locals.end(), expr.ref) != locals.end())
    return true;
  for (const ExprId operand : expr.operands) {
    if (mentions(operand, locals)) return true;
  }
  if (expr.kind != ExprKind::query) return false;
  const Query& query = program_.queries[expr.ref];
  for (const language::Clause& clause : query.clauses) {
    if (mentions(clause.collection, locals)) return true;
  }
  return mentions(query.where, locals) || mentions(query.body, locals) || mentions(query.order, locals) ||
         mentions(query.range, locals);
}

Value OracleEvaluator::query(const Expr& expr, Locals& locals) {
  const Query& query = program_.queries[expr.ref];
  switch (query.kind) {
    case QueryKind::some:
    case QueryKind::no:
    case QueryKind::every:
      return quantified(query, locals);
    default:
      return aggregate(query, program_.types.strip_optional(expr.type), locals);
  }
}

Value OracleEvaluator::quantified(const Query& query, Locals& locals) {
  // `every` looks for one that breaks its body; `some` and `no` for one that is there.
  bool found = false;
  Value failure;
  const auto failed = [&](Value error) {
    if (!failure.is_error()) failure = error;
  };
  combinations(
      query, 0, locals,
      [&] {
        if (query.kind != QueryKind::every) {
          found = true;
          return;
        }
        const Value body = eval(query.body, locals);
        if (body.is_error()) failed(body);
        if (body.is_false()) found = true;
      },
      failed);
  if (!found && failure.is_error()) return failure;
  return Value::boolean(found == (query.kind == QueryKind::some));
}

Value OracleEvaluator::aggregate(const Query& query, types::TypeId type, Locals& locals) {
  std::vector<Element> elements;
  Value failure;
  const auto failed = [&](Value error) {
    if (!failure.is_error()) failure = error;
  };
  const auto part = [&](ExprId id) {
    if (id == ExprId::none) return Value::missing();
    const Value value = eval(id, locals);
    if (value.is_error()) failed(value);
    return value;
  };
  const std::uint32_t first = language::index(query.clauses.front().local);
  combinations(
      query, 0, locals,
      [&] {
        const Value bound = locals[first];
        const Value body = part(query.body);
        elements.push_back({bound, body, part(query.order)});
      },
      failed);
  Value range;
  if (query.range != ExprId::none) {
    range = eval(query.range, locals);
    if (range.is_error()) failed(range);
  }
  if (failure.is_error()) return failure;
  switch (query.kind) {
    case QueryKind::count:
      return Value::integer(static_cast<std::int64_t>(elements.size()));
    case QueryKind::percent: {
      if (elements.empty()) return Value::missing();
      const auto satisfied =
          std::count_if(elements.begin(), elements.end(), [](const Element& e) { return e.body.is_true(); });
      return Value::floating(static_cast<double>(satisfied) / static_cast<double>(elements.size()));
    }
    case QueryKind::sum:
      return total(elements, type);
    case QueryKind::avg:
      return average(elements, type);
    case QueryKind::min:
    case QueryKind::max:
      return extreme(elements, query.kind == QueryKind::max);
    case QueryKind::latest:
    case QueryKind::first:
      return chosen(elements, query);
    case QueryKind::max_gap:
      return longest_gap(elements, range);
    case QueryKind::collect_list:
    case QueryKind::collect_set:
      return collected(std::move(elements), query);
    default:
      return Value::error(EvalError::bad_argument);
  }
}

Value OracleEvaluator::total(const std::vector<Element>& elements, types::TypeId type) {
  Value sum;
  switch (program_.types.kind(type)) {
    case Kind::integer:
      sum = Value::integer(0);
      break;
    case Kind::floating:
      sum = Value::floating(0);
      break;
    case Kind::duration:
      sum = Value::of(types::Duration{});
      break;
    default:
      sum = Value::of(types::Period{});
      break;
  }
  for (const Element& element : elements) {
    sum = computed(ExprKind::add, sum, element.body, arena_);
    if (sum.is_error()) return sum;
  }
  return sum;
}

Value OracleEvaluator::average(const std::vector<Element>& elements, types::TypeId type) {
  if (elements.empty()) return Value::missing();
  if (program_.types.kind(type) == Kind::duration) {
    // Exact: the sum in nanoseconds, divided towards zero.
    Wide nanos = 0;
    for (const Element& element : elements) {
      nanos += static_cast<Wide>(element.body.i) * 1'000'000'000 + element.body.aux;
    }
    nanos /= static_cast<Wide>(elements.size());
    Wide seconds = nanos / 1'000'000'000;
    Wide rest = nanos % 1'000'000'000;
    if (rest < 0) {
      rest += 1'000'000'000;
      seconds -= 1;
    }
    return Value::of(types::Duration{static_cast<std::int64_t>(seconds), static_cast<std::uint32_t>(rest)});
  }
  double sum = 0;
  for (const Element& element : elements) {
    sum += element.body.kind == ValueKind::integer ? static_cast<double>(element.body.i) : element.body.f;
  }
  const double mean = sum / static_cast<double>(elements.size());
  return std::isfinite(mean) ? Value::floating(mean) : Value::error(EvalError::overflow);
}

Value OracleEvaluator::extreme(const std::vector<Element>& elements, bool greatest) {
  Value best;
  for (const Element& element : elements) {
    if (!element.body.is_present()) continue;
    const int order = best.is_present() ? facts::compare(element.body, best) : 1;
    if (!best.is_present() || (greatest ? order > 0 : order < 0)) best = element.body;
  }
  return best;
}

// The greatest key, the later of equal ones; or the least key, the earlier of equal ones.
Value OracleEvaluator::chosen(const std::vector<Element>& elements, const Query& query) {
  const bool latest = query.kind == QueryKind::latest;
  const Element* best = nullptr;
  for (const Element& element : elements) {
    if (query.order != ExprId::none && !element.order.is_present()) continue;
    if (best == nullptr) {
      best = &element;
      continue;
    }
    const int order = query.order == ExprId::none ? 0 : facts::compare(element.order, best->order);
    if (latest ? order >= 0 : order < 0) best = &element;
  }
  return best == nullptr ? Value::missing() : best->first;
}

Value OracleEvaluator::longest_gap(const std::vector<Element>& elements, const Value& range) {
  const auto moment = [](const Value& value) {
    return value.kind == ValueKind::date ? types::start_of(value.as_date()) : value.as_timestamp();
  };
  const types::Timestamp start = moment(range.list->items[0]);
  const types::Timestamp end = moment(range.list->items[1]);
  if (end < start) return Value::of(types::Duration{});
  std::vector<types::Timestamp> moments{start, end};
  for (const Element& element : elements) {
    if (!element.body.is_present()) continue;
    const types::Timestamp at = moment(element.body);
    if (start <= at && at <= end) moments.push_back(at);
  }
  std::sort(moments.begin(), moments.end());
  types::Duration longest;
  for (std::size_t i = 1; i < moments.size(); ++i)
    longest = std::max(longest, types::difference(moments[i], moments[i - 1]));
  return Value::of(longest);
}

Value OracleEvaluator::collected(std::vector<Element> elements, const Query& query) {
  if (query.order != ExprId::none) {
    std::stable_sort(elements.begin(), elements.end(), [&](const Element& a, const Element& b) {
      const int order = facts::order(a.order, b.order);
      return query.descending ? order > 0 : order < 0;
    });
  }
  std::vector<Value> items;
  for (const Element& element : elements) {
    const auto same = [&](const Value& other) { return facts::equal(other, element.body); };
    if (query.kind == QueryKind::collect_set && std::any_of(items.begin(), items.end(), same)) continue;
    items.push_back(element.body);
  }
  Value list = list_of(items);
  list.is_set = query.kind == QueryKind::collect_set;
  return list;
}

}  // namespace writ::support
