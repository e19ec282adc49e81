// The evaluator's dispatch, and the kinds that are about values being there: fields, presence, logic, conditionals.
#include <cassert>

#include "engine/eval/compare.hpp"
#include "engine/eval/evaluator.hpp"
#include "engine/eval/failure.hpp"

namespace writ::eval {

using facts::EvalError;
using language::Expr;
using language::ExprKind;

namespace {

// What is had for nothing need not be kept.
bool is_at_hand(ExprKind kind) {
  switch (kind) {
    case ExprKind::literal:
    case ExprKind::missing:
    case ExprKind::enum_member:
    case ExprKind::now:
    case ExprKind::today:
    case ExprKind::param:
    case ExprKind::all:
      return true;
    default:
      return false;
  }
}

}  // namespace

Vec Evaluator::eval(ExprId id, Tuples& tuples) {
  if (run_.plan.facts(id).closed && !is_at_hand(run_.program.expr(id).kind)) return Vec(run_.constant(id));
  return compute(id, tuples);
}

Vec Evaluator::compute(ExprId id, Tuples& tuples) {
  const Expr& expr = run_.program.expr(id);
  const plan::ExprFacts& facts = run_.plan.facts(id);
  switch (expr.kind) {
    case ExprKind::literal:
      return Vec(run_.literal(expr.ref));
    case ExprKind::missing:
      return Vec(Value::missing());
    case ExprKind::enum_member:
      return Vec(Value::member(expr.ref));
    case ExprKind::now:
      return Vec(Value::of(run_.clock.now));
    case ExprKind::today:
      return Vec(Value::of(run_.clock.today));
    case ExprKind::param:
      return Vec(run_.params[expr.ref]);
    case ExprKind::all:
      return Vec(run_.all(static_cast<types::EntityId>(expr.ref)));
    case ExprKind::local: {
      const Value* values = tuples.local(static_cast<LocalId>(expr.ref));
      assert(values != nullptr);
      return Vec(values);
    }
    case ExprKind::field:
    case ExprKind::safe_field:
    case ExprKind::call:
    case ExprKind::builtin: {
      if (const Value* kept = tuples.kept(facts.number)) return Vec(kept);
      Vec values = expr.kind == ExprKind::call      ? call(expr, tuples)
                   : expr.kind == ExprKind::builtin ? builtin(id, expr, tuples)
                                                    : field(expr, tuples);
      if (!values.owns()) return values;
      Buffer buffer = values.release();
      blame(buffer.data(), tuples.size(), id);
      return Vec(tuples.keep(facts.number, std::move(buffer)));
    }
    case ExprKind::present: {
      Vec inner = eval(expr.operands[0], tuples);
      bool there = true;
      for (std::uint32_t i = 0; i < tuples.size() && there; ++i) there = inner[i].kind != ValueKind::missing;
      if (there) return inner;
      Buffer out(pool_, tuples.size());
      for (std::uint32_t i = 0; i < tuples.size(); ++i) {
        out[i] = inner[i].kind == ValueKind::missing ? failure(EvalError::not_narrowed, id) : inner[i];
      }
      return Vec(std::move(out));
    }
    case ExprKind::logical_and:
    case ExprKind::logical_or:
      return logical(expr, tuples);
    case ExprKind::conditional:
      return conditional(expr, tuples);
    case ExprKind::coalesce:
      return coalesce(expr, tuples);
    case ExprKind::equal:
    case ExprKind::not_equal:
    case ExprKind::less:
    case ExprKind::less_equal:
    case ExprKind::greater:
    case ExprKind::greater_equal:
      return comparison(expr, tuples);
    case ExprKind::in:
      return membership(expr, tuples);
    case ExprKind::matches:
    case ExprKind::like:
      return text_match(expr, tuples);
    case ExprKind::add:
    case ExprKind::subtract:
    case ExprKind::multiply:
    case ExprKind::divide:
    case ExprKind::remainder:
    case ExprKind::negate:
      return arithmetic(id, expr, tuples);
    case ExprKind::is_present:
    case ExprKind::is_missing:
    case ExprKind::is_dangling:
      return presence(expr, tuples);
    case ExprKind::list:
    case ExprKind::set:
    case ExprKind::range:
    case ExprKind::period:
      return collection(expr, tuples);
    case ExprKind::interpolate:
      return interpolate(expr, tuples);
    case ExprKind::query:
      return query(expr, tuples);
    case ExprKind::reference:
      return reference(expr, tuples);
    case ExprKind::record:
      return record(expr, tuples);
    case ExprKind::widen:
    case ExprKind::logical_not:
    case ExprKind::range_start:
    case ExprKind::range_end:
      return map_unary(expr, tuples);
    default:
      break;
  }
  assert(false && "an expression that the checker should have refused");
  return Vec(failure(EvalError::bad_argument, id));
}

Vec Evaluator::field(const Expr& expr, Tuples& tuples) {
  const bool safe = expr.kind == ExprKind::safe_field;
  const Vec objects = eval(expr.operands[0], tuples);
  const std::uint32_t size = tuples.size();
  const types::TypeId object_type = run_.program.types.strip_optional(run_.program.expr(expr.operands[0]).type);
  const types::Type& type = run_.program.types.at(object_type);
  Buffer out(pool_, size);
  const auto absent = [&](const Value& object) {
    if (object.is_error()) return object;
    if (safe) return Value::missing();
    return Value::error(object.kind == ValueKind::dangling ? EvalError::dangling_reference
                                                           : EvalError::not_narrowed);
  };
  if (type.kind == types::Kind::record) {
    for (std::uint32_t i = 0; i < size; ++i) {
      const Value& object = objects[i];
      out[i] = object.kind == ValueKind::record ? object.column->children[expr.ref].at(object.aux) : absent(object);
    }
    return Vec(std::move(out));
  }
  const auto entity = static_cast<types::EntityId>(type.decl);
  const facts::EntityFacts& facts = run_.store.entity(entity);
  if (run_.program.entity(entity).fields[expr.ref].inverse) {
    const facts::Inverse& inverse = facts.inverses[expr.ref];
    for (std::uint32_t i = 0; i < size; ++i) {
      const Value& object = objects[i];
      if (object.kind != ValueKind::row) {
        out[i] = absent(object);
        continue;
      }
      const auto rows = inverse.of(static_cast<std::uint32_t>(object.i));
      Value list;
      list.kind = ValueKind::rows;
      list.rows = rows.data();
      list.aux = static_cast<std::uint32_t>(rows.size());
      out[i] = list;
    }
    return Vec(std::move(out));
  }
  const facts::Column& column = facts.columns[expr.ref];
  if (!objects.is_constant()) {
    facts::gather(column, {objects.data(), size}, {out.data(), size});
  } else {
    const Value object = objects[0];
    Value value;
    facts::gather(column, {&object, 1}, {&value, 1});
    for (std::uint32_t i = 0; i < size; ++i) out[i] = value;
  }
  // What gather makes of an object that is not there depends on how the field is asked for.
  for (std::uint32_t i = 0; i < size; ++i) {
    if (objects[i].kind <= ValueKind::dangling) out[i] = absent(objects[i]);
  }
  return Vec(std::move(out));
}

Vec Evaluator::logical(const Expr& expr, Tuples& tuples) {
  const bool is_and = expr.kind == ExprKind::logical_and;
  const Vec left = eval(expr.operands[0], tuples);
  const std::uint32_t size = tuples.size();
  Buffer out(pool_, size);
  std::vector<std::uint32_t> open;
  open.reserve(size);
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value& value = left[i];
    const bool decided = is_and ? value.is_false() : value.is_true();
    if (decided) {
      out[i] = value;
    } else {
      open.push_back(i);
    }
  }
  if (open.empty()) return Vec(std::move(out));
  const auto combine = [&](std::uint32_t i, const Value& right) {
    // The right side decides alone where it can; else a failure on either side is one of the whole.
    const bool decided = is_and ? right.is_false() : right.is_true();
    out[i] = !decided && left[i].is_error() ? left[i] : right;
  };
  if (open.size() == size) {
    const Vec right = eval(expr.operands[1], tuples);
    for (std::uint32_t i = 0; i < size; ++i) combine(i, right[i]);
  } else {
    Tuples rest(pool_, tuples, open);
    const Vec right = eval(expr.operands[1], rest);
    for (std::uint32_t k = 0; k < open.size(); ++k) combine(open[k], right[k]);
  }
  return Vec(std::move(out));
}

Vec Evaluator::conditional(const Expr& expr, Tuples& tuples) {
  const Vec condition = eval(expr.operands[0], tuples);
  const std::uint32_t size = tuples.size();
  Buffer out(pool_, size);
  std::vector<std::uint32_t> chosen[2];
  for (std::uint32_t i = 0; i < size; ++i) {
    if (condition[i].is_error()) {
      out[i] = condition[i];
    } else {
      chosen[condition[i].is_true() ? 0 : 1].push_back(i);
    }
  }
  for (std::size_t branch = 0; branch < 2; ++branch) {
    if (chosen[branch].empty()) continue;
    const std::vector<std::uint32_t> at = chosen[branch];
    Tuples part(pool_, tuples, std::move(chosen[branch]));
    const Vec values = eval(expr.operands[1 + branch], part);
    for (std::uint32_t k = 0; k < at.size(); ++k) out[at[k]] = values[k];
  }
  return Vec(std::move(out));
}

Vec Evaluator::coalesce(const Expr& expr, Tuples& tuples) {
  const Vec first = eval(expr.operands[0], tuples);
  const std::uint32_t size = tuples.size();
  Buffer out(pool_, size);
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < size; ++i) {
    out[i] = first[i];
    if (!first[i].is_error() && !first[i].is_present()) open.push_back(i);
  }
  if (open.empty()) return Vec(std::move(out));
  const std::vector<std::uint32_t> at = open;
  Tuples rest(pool_, tuples, std::move(open));
  const Vec other = eval(expr.operands[1], rest);
  for (std::uint32_t k = 0; k < at.size(); ++k) out[at[k]] = other[k];
  return Vec(std::move(out));
}

Vec Evaluator::presence(const Expr& expr, Tuples& tuples) {
  const Vec inner = eval(expr.operands[0], tuples);
  Buffer out(pool_, tuples.size());
  for (std::uint32_t i = 0; i < tuples.size(); ++i) {
    const Value& value = inner[i];
    if (value.is_error()) {
      out[i] = value;
    } else if (expr.kind == ExprKind::is_present) {
      out[i] = Value::boolean(value.is_present());
    } else {
      out[i] = Value::boolean(value.kind ==
                              (expr.kind == ExprKind::is_missing ? ValueKind::missing : ValueKind::dangling));
    }
  }
  return Vec(std::move(out));
}

Vec Evaluator::map_unary(const Expr& expr, Tuples& tuples) {
  const Vec inner = eval(expr.operands[0], tuples);
  Buffer out(pool_, tuples.size());
  for (std::uint32_t i = 0; i < tuples.size(); ++i) {
    Value value = inner[i];
    if (value.is_error()) {
      out[i] = value;
      continue;
    }
    switch (expr.kind) {
      case ExprKind::logical_not:
        value = Value::boolean(!value.is_true());
        break;
      case ExprKind::range_start:
        value = value.list->items[0];
        break;
      case ExprKind::range_end:
        value = value.list->items[1];
        break;
      default: {  // widen: T to T? is the same value
        const types::Kind to = run_.program.types.kind(run_.program.types.strip_optional(expr.type));
        if (to == types::Kind::floating && value.kind == ValueKind::integer) {
          value = Value::floating(static_cast<double>(value.i));
        } else if (to == types::Kind::timestamp && value.kind == ValueKind::date) {
          value = Value::of(types::start_of(value.as_date()));
        }
        break;
      }
    }
    out[i] = value;
  }
  return Vec(std::move(out));
}

}  // namespace writ::eval
