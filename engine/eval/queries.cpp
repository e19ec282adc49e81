// What a query makes of the combinations that its pipeline produces: one reduction a kind.
#include <algorithm>
#include <cmath>

#include "engine/eval/compare.hpp"
#include "engine/eval/evaluator.hpp"
#include "engine/eval/failure.hpp"
#include "engine/eval/sets.hpp"

namespace writ::eval {

using facts::EvalError;
using language::Expr;
using language::Query;
using language::QueryKind;

namespace {

__extension__ using Wide = __int128;

// What the sum of nothing is: zero of the body's type.
Value empty_sum(const language::Program& program, const Query& query) {
  switch (program.types.kind(program.expr(query.body).type)) {
    case types::Kind::floating:
      return Value::floating(0);
    case types::Kind::duration:
      return Value::of(types::Duration{});
    default:
      return Value::integer(0);
  }
}

// What an average is made of: it cannot overflow where a sum would.
struct Total {
  double number = 0;
  Wide nanos = 0;  // of durations
};

void add(Total& total, const Value& value) {
  if (value.kind == ValueKind::integer) {
    total.number += static_cast<double>(value.i);
  } else if (value.kind == ValueKind::floating) {
    total.number += value.f;
  } else {
    total.nanos += static_cast<Wide>(value.i) * 1'000'000'000 + value.aux;
  }
}

// Of durations exact to the nanosecond, what is left over cut off.
Value average(const Total& total, std::int64_t count, types::Kind kind) {
  if (kind != types::Kind::duration) {
    const double mean = total.number / static_cast<double>(count);
    return std::isfinite(mean) ? Value::floating(mean) : Value::error(EvalError::overflow);
  }
  const Wide mean = total.nanos / count;
  Wide seconds = mean / 1'000'000'000;
  Wide rest = mean % 1'000'000'000;
  if (rest < 0) {
    --seconds;
    rest += 1'000'000'000;
  }
  return Value::of(types::Duration{static_cast<std::int64_t>(seconds), static_cast<std::uint32_t>(rest)});
}

// Gathers what belongs to each tuple of the starting batch, then says what the query is for it.
class Reduction : public PipelineSink {
 public:
  Reduction(Evaluator& evaluator, const Query& query, std::uint32_t size)
      : evaluator_(evaluator), query_(query), states_(size) {}

  bool decided(std::uint32_t root) const override { return states_[root].decided; }

  void failed(Tuples&, std::uint32_t, std::uint32_t root, const Value& error) override { fail(root, error); }

  void accept(Tuples& tuples, const std::vector<std::uint32_t>& roots,
              const std::vector<Value>& verdicts) override {
    // Combinations whose `where` failed make the query fail, unless another combination decides it.
    std::vector<std::uint32_t> sound;
    for (std::uint32_t i = 0; i < tuples.size(); ++i) {
      if (verdicts[i].is_error()) {
        fail(roots[i], verdicts[i]);
      } else {
        sound.push_back(i);
      }
    }
    if (sound.size() == tuples.size()) {
      reduce(tuples, [&](std::uint32_t i) { return roots[i]; });
    } else if (!sound.empty()) {
      const std::vector<std::uint32_t> at = sound;
      Tuples rest(evaluator_.pool(), tuples, std::move(sound));
      reduce(rest, [&](std::uint32_t i) { return roots[at[i]]; });
    }
  }

  Value result(std::uint32_t root, const Value& range, std::size_t& gathered_at);

 private:
  struct State {
    bool decided = false;  // some, no, every: a witness or a counterexample was found
    bool any = false;
    Value error;             // the first failure
    std::int64_t count = 0;  // elements; avg: summands; percent: those in scope
    std::int64_t hits = 0;   // percent
    Value best;              // min, max: the value; latest, first: the order
    Value element;           // latest, first
    Value sum;               // sum
    Total total;             // avg
  };

  struct Gathered {
    std::uint32_t root;
    Value value;
    Value order;
  };

  types::Kind body_kind() const {
    const language::Program& program = evaluator_.shared().program;
    return program.types.kind(program.expr(query_.body).type);
  }

  void fail(std::uint32_t root, const Value& error) {
    if (!states_[root].error.is_error()) states_[root].error = error;
  }

  template <typename RootOf>
  void reduce(Tuples& tuples, RootOf root_of);
  void add(State& state, const Value& value) const;
  Value max_gap(const Value& range, std::size_t begin, std::size_t end) const;
  Value collect(std::size_t begin, std::size_t end);

  Evaluator& evaluator_;
  const Query& query_;
  std::vector<State> states_;
  std::vector<Gathered> gathered_;  // collections and max_gap: in order of roots, since roots come in order
};

void Reduction::add(State& state, const Value& value) const {
  if (state.error.is_error()) return;
  if (!state.any) {
    state.sum = value;
    if (value.kind == ValueKind::floating) state.sum.f += 0.0;  // of a negative zero alone it is zero
  } else if (value.kind == ValueKind::integer) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(state.sum.i, value.i, &sum)) {
      state.error = Value::error(EvalError::overflow);
    } else {
      state.sum.i = sum;
    }
  } else if (value.kind == ValueKind::floating) {
    state.sum.f += value.f;
    if (!std::isfinite(state.sum.f)) state.error = Value::error(EvalError::overflow);
  } else {
    const auto sum = types::add(state.sum.as_duration(), value.as_duration());
    if (sum) {
      state.sum = Value::of(*sum);
    } else {
      state.error = Value::error(EvalError::out_of_range_time);
    }
  }
  state.any = true;
  ++state.count;
}

template <typename RootOf>
void Reduction::reduce(Tuples& tuples, RootOf root_of) {
  const std::uint32_t size = tuples.size();
  const bool has_body = query_.body != language::ExprId::none;
  const bool has_order = query_.order != language::ExprId::none;
  const Vec bodies = has_body ? evaluator_.eval(query_.body, tuples) : Vec(Value::boolean(true));
  const Vec orders = has_order ? evaluator_.eval(query_.order, tuples) : Vec(Value::missing());
  const Value* elements = nullptr;
  if (query_.kind == QueryKind::latest || query_.kind == QueryKind::first)
    elements = tuples.local(query_.clauses.front().local);
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::uint32_t root = root_of(i);
    State& state = states_[root];
    const Value& body = bodies[i];
    if (body.is_error()) {
      fail(root, body);
      continue;
    }
    if (orders[i].is_error()) {
      fail(root, orders[i]);
      continue;
    }
    switch (query_.kind) {
      case QueryKind::some:
      case QueryKind::no:
        state.decided = true;
        break;
      case QueryKind::every:
        state.decided = state.decided || body.is_false();
        break;
      case QueryKind::count:
        ++state.count;
        break;
      case QueryKind::percent:
        ++state.count;
        if (body.is_true()) ++state.hits;
        break;
      case QueryKind::sum:
        if (body.is_present()) add(state, body);
        break;
      case QueryKind::avg:
        if (!body.is_present()) break;
        writ::eval::add(state.total, body);
        ++state.count;
        break;
      case QueryKind::min:
      case QueryKind::max:
        if (!body.is_present()) break;
        if (!state.any ||
            (query_.kind == QueryKind::min ? three_way(body, state.best) < 0 : three_way(body, state.best) > 0))
          state.best = body;
        state.any = true;
        break;
      case QueryKind::latest:
      case QueryKind::first: {
        if (has_order && !orders[i].is_present()) break;
        const bool better =
            !state.any || (query_.kind == QueryKind::latest ? !has_order || three_way(orders[i], state.best) >= 0
                                                            : has_order && three_way(orders[i], state.best) < 0);
        if (better) {
          state.best = orders[i];
          state.element = elements[i];
        }
        state.any = true;
        break;
      }
      case QueryKind::max_gap:
        if (body.is_present()) gathered_.push_back({root, body, Value::missing()});
        break;
      case QueryKind::collect_list:
      case QueryKind::collect_set:
        gathered_.push_back({root, body, orders[i]});
        break;
    }
  }
}

Value Reduction::collect(std::size_t begin, std::size_t end) {
  if (query_.order != language::ExprId::none) {
    const bool descending = query_.descending;
    std::stable_sort(gathered_.begin() + static_cast<std::ptrdiff_t>(begin),
                     gathered_.begin() + static_cast<std::ptrdiff_t>(end),
                     [descending](const Gathered& a, const Gathered& b) {
                       const int order = facts::order(a.order, b.order);
                       return descending ? order > 0 : order < 0;
                     });
  }
  std::vector<Value> values;
  values.reserve(end - begin);
  for (std::size_t i = begin; i < end; ++i) values.push_back(gathered_[i].value);
  if (query_.kind == QueryKind::collect_set) keep_distinct(values);
  Value out = Value::of(evaluator_.arena().list(values.data(), static_cast<std::uint32_t>(values.size())));
  out.is_set = query_.kind == QueryKind::collect_set;
  return out;
}

// The longest stretch of the range without a point in it: before the first, between two, behind the last.
Value Reduction::max_gap(const Value& range, std::size_t begin, std::size_t end) const {
  const auto instant = [](const Value& value) {
    return value.kind == ValueKind::date ? types::start_of(value.as_date()) : value.as_timestamp();
  };
  const types::Timestamp start = instant(range.list->items[0]);
  const types::Timestamp stop = instant(range.list->items[1]);
  std::vector<types::Timestamp> points;
  for (std::size_t i = begin; i < end; ++i) {
    const types::Timestamp at = instant(gathered_[i].value);
    if (start <= at && at <= stop) points.push_back(at);
  }
  std::sort(points.begin(), points.end());
  types::Duration longest{};
  types::Timestamp last = start;
  for (const types::Timestamp at : points) {
    longest = std::max(longest, types::difference(at, last));
    last = at;
  }
  if (last < stop) longest = std::max(longest, types::difference(stop, last));
  return Value::of(longest);
}

Value Reduction::result(std::uint32_t root, const Value& range, std::size_t& gathered_at) {
  const State& state = states_[root];
  const std::size_t begin = gathered_at;
  while (gathered_at < gathered_.size() && gathered_[gathered_at].root == root) ++gathered_at;
  switch (query_.kind) {
    case QueryKind::some:
      if (state.decided) return Value::boolean(true);
      break;
    case QueryKind::no:
    case QueryKind::every:
      if (state.decided) return Value::boolean(false);
      break;
    default:
      break;
  }
  if (state.error.is_error()) return state.error;
  switch (query_.kind) {
    case QueryKind::some:
      return Value::boolean(false);
    case QueryKind::no:
    case QueryKind::every:
      return Value::boolean(true);
    case QueryKind::count:
      return Value::integer(state.count);
    case QueryKind::percent:
      return state.count == 0 ? Value::missing()
                              : Value::floating(static_cast<double>(state.hits) / static_cast<double>(state.count));
    case QueryKind::sum:
      return state.any ? state.sum : empty_sum(evaluator_.shared().program, query_);
    case QueryKind::avg:
      return state.count == 0 ? Value::missing() : average(state.total, state.count, body_kind());
    case QueryKind::min:
    case QueryKind::max:
      return state.any ? state.best : Value::missing();
    case QueryKind::latest:
    case QueryKind::first:
      return state.any ? state.element : Value::missing();
    case QueryKind::max_gap:
      return range.is_error() ? range : max_gap(range, begin, gathered_at);
    case QueryKind::collect_list:
    case QueryKind::collect_set:
      return collect(begin, gathered_at);
  }
  return Value::missing();
}

}  // namespace

Vec Evaluator::query(const Expr& expr, Tuples& tuples) {
  const Query& query = run_.program.queries[expr.ref];
  const std::uint32_t size = tuples.size();
  std::vector<std::uint32_t> roots(size);
  for (std::uint32_t i = 0; i < size; ++i) roots[i] = i;
  Reduction reduction(*this, query, size);
  run(run_.plan.queries[expr.ref], 0, tuples, roots, reduction);
  const Vec ranges = query.range == language::ExprId::none ? Vec(Value::missing()) : eval(query.range, tuples);
  Buffer out(pool_, size);
  std::size_t gathered_at = 0;
  for (std::uint32_t i = 0; i < size; ++i) out[i] = reduction.result(i, ranges[i], gathered_at);
  if (query.body != language::ExprId::none) blame(out.data(), size, query.body);
  return Vec(std::move(out));
}

}  // namespace writ::eval
