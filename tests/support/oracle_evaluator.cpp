#include "tests/support/oracle_evaluator.hpp"

#include <re2/re2.h>

#include <string>

#include "tests/support/oracle_arithmetic.hpp"

namespace writ::support {

using facts::EvalError;
using facts::ValueKind;
using language::ExprKind;
using language::FieldDef;
using types::Kind;

namespace {

// Whether a glob takes a whole text, by trying every split; `?` and `*` go by code points.
bool glob(std::string_view pattern, std::string_view text) {
  const auto code_point = [](std::string_view s) {
    std::size_t n = 1;
    while (n < s.size() && (static_cast<unsigned char>(s[n]) & 0xC0U) == 0x80U) ++n;
    return n;
  };
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    for (std::size_t skip = 0;; skip += code_point(text.substr(skip))) {
      if (glob(pattern.substr(1), text.substr(skip))) return true;
      if (skip == text.size()) return false;
    }
  }
  if (text.empty()) return false;
  if (pattern[0] == '?') return glob(pattern.substr(1), text.substr(code_point(text)));
  if (pattern[0] == '[') {
    std::size_t i = 1;
    const bool negated = i < pattern.size() && pattern[i] == '!';
    if (negated) ++i;
    bool inside = false;
    const std::string_view wanted = text.substr(0, code_point(text));
    for (bool begun = false; i < pattern.size() && (!begun || pattern[i] != ']'); begun = true) {
      const std::string_view low = pattern.substr(i, code_point(pattern.substr(i)));
      i += low.size();
      std::string_view high = low;
      if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
        high = pattern.substr(i + 1, code_point(pattern.substr(i + 1)));
        i += 1 + high.size();
      }
      inside = inside || (low <= wanted && wanted <= high);
    }
    return inside != negated && i < pattern.size() && glob(pattern.substr(i + 1), text.substr(wanted.size()));
  }
  if (pattern[0] == '\\' && pattern.size() > 1) pattern.remove_prefix(1);
  return pattern[0] == text[0] && glob(pattern.substr(1), text.substr(1));
}

}  // namespace

OracleEvaluator::OracleEvaluator(const language::Program& program, const facts::FactStore& store,
                                 facts::KernelTable kernels, const engine::RunOptions& options,
                                 std::uint64_t max_steps)
    : program_(program),
      store_(store),
      kernels_(kernels),
      context_{options.now, types::date_of(options.now), options.period_start, options.period_end, &arena_},
      params_(program.params.size()),
      steps_left_(max_steps) {}

Value OracleEvaluator::list_of(const std::vector<Value>& items) {
  return Value::of(arena_.list(items.data(), static_cast<std::uint32_t>(items.size())));
}

Value OracleEvaluator::eval(ExprId id, Locals& locals) {
  if (steps_left_-- == 0) throw TooManySteps();
  if (failing != nullptr && (*failing)[language::index(id)]) return Value::error(EvalError::bad_argument);
  const Expr& expr = program_.expr(id);
  const auto operand = [&](std::size_t i) { return eval(expr.operands[i], locals); };
  switch (expr.kind) {
    case ExprKind::error:
      return Value::error(EvalError::not_narrowed);
    case ExprKind::literal:
      return literal_value(program_.literals[expr.ref], arena_);
    case ExprKind::missing:
      return Value::missing();
    case ExprKind::local:
      return locals[expr.ref];
    case ExprKind::param:
      return params_[expr.ref];
    case ExprKind::now:
      return Value::of(context_.now);
    case ExprKind::today:
      return Value::of(context_.today);
    case ExprKind::period: {
      Value range = list_of({Value::of(context_.period_start), Value::of(context_.period_end)});
      range.kind = ValueKind::range;
      range.exclusive = true;
      return range;
    }
    case ExprKind::enum_member:
      return Value::member(expr.ref);
    case ExprKind::all:
      return all(static_cast<types::EntityId>(expr.ref));
    case ExprKind::field:
    case ExprKind::safe_field:
      return field(expr, operand(0), program_.expr(expr.operands[0]).type);
    case ExprKind::present: {
      const Value value = operand(0);
      return value.kind == ValueKind::missing ? Value::error(EvalError::not_narrowed) : value;
    }
    case ExprKind::widen: {
      const Value value = operand(0);
      const Kind wanted = program_.types.kind(program_.types.strip_optional(expr.type));
      if (wanted == Kind::floating && value.kind == ValueKind::integer)
        return Value::floating(static_cast<double>(value.i));
      if (wanted == Kind::timestamp && value.kind == ValueKind::date)
        return Value::of(types::start_of(value.as_date()));
      return value;
    }
    case ExprKind::list:
    case ExprKind::set:
    case ExprKind::range:
      return elements(expr, locals);
    case ExprKind::range_start:
    case ExprKind::range_end: {
      const Value range = operand(0);
      if (range.is_error()) return range;
      return range.list->items[expr.kind == ExprKind::range_start ? 0 : 1];
    }
    case ExprKind::logical_not: {
      const Value value = operand(0);
      return value.is_error() ? value : Value::boolean(!value.is_true());
    }
    case ExprKind::logical_and:
    case ExprKind::logical_or:
      return logical(expr, locals);
    case ExprKind::equal:
    case ExprKind::not_equal:
    case ExprKind::less:
    case ExprKind::less_equal:
    case ExprKind::greater:
    case ExprKind::greater_equal:
      return comparison(expr, locals);
    case ExprKind::in: {
      const bool network = program_.types.kind(program_.expr(expr.operands[1]).type) == Kind::network;
      const Value element = operand(0);
      return membership(element, operand(1), network);
    }
    case ExprKind::matches:
    case ExprKind::like:
      return pattern(expr, locals);
    case ExprKind::add:
    case ExprKind::subtract:
    case ExprKind::multiply:
    case ExprKind::divide:
    case ExprKind::remainder:
    case ExprKind::negate:
      return arithmetic(expr, locals);
    case ExprKind::is_present:
    case ExprKind::is_missing:
    case ExprKind::is_dangling: {
      const Value value = operand(0);
      if (value.is_error()) return value;
      if (expr.kind == ExprKind::is_present) return Value::boolean(value.is_present());
      return Value::boolean(value.kind ==
                            (expr.kind == ExprKind::is_missing ? ValueKind::missing : ValueKind::dangling));
    }
    case ExprKind::coalesce: {
      const Value value = operand(0);
      return value.is_error() || value.is_present() ? value : operand(1);
    }
    case ExprKind::conditional: {
      const Value condition = operand(0);
      if (condition.is_error()) return condition;
      return operand(condition.is_true() ? 1 : 2);
    }
    case ExprKind::call:
      return call(expr, locals);
    case ExprKind::builtin:
      return builtin(expr, locals);
    case ExprKind::interpolate:
      return interpolate(expr, locals);
    case ExprKind::query:
      return query(expr, locals);
    case ExprKind::reference:
      return reference(expr, locals);
    case ExprKind::record:
      return elements(expr, locals);
  }
  return Value::error(EvalError::bad_argument);
}

std::uint32_t OracleEvaluator::rows(types::EntityId entity) {
  const auto found = tuples.find(language::index(entity));
  if (found != tuples.end()) return static_cast<std::uint32_t>(found->second.size());
  return records == nullptr ? store_.entity(entity).rows : records->count(language::index(entity));
}

void OracleEvaluator::go_through(std::size_t elements) {
  const std::uint64_t cost = elements / 16;
  if (steps_left_ < cost) throw TooManySteps();
  steps_left_ -= cost;
}

Value OracleEvaluator::all(types::EntityId entity) {
  std::vector<Value> out;
  const std::uint32_t count = rows(entity);
  go_through(count);
  for (std::uint32_t row = 0; row < count; ++row) out.push_back(Value::row(row));
  return list_of(out);
}

Value OracleEvaluator::field(const Expr& expr, const Value& object, types::TypeId object_type) {
  if (object.is_error()) return object;
  const types::Type& type = program_.types.at(program_.types.strip_optional(object_type));
  if (!object.is_present()) {
    if (expr.kind == ExprKind::safe_field) return Value::missing();
    return Value::error(object.kind == ValueKind::dangling ? EvalError::dangling_reference
                                                           : EvalError::not_narrowed);
  }
  if (type.kind == Kind::record && object.kind != ValueKind::record) return facts::list_element(object, expr.ref);
  if (type.kind == Kind::record) return object.column->children[expr.ref].at(object.aux);
  const auto row = static_cast<std::uint32_t>(object.i);
  if (const auto found = tuples.find(type.decl); found != tuples.end()) return found->second[row][expr.ref];
  const FieldDef& field = program_.entities[type.decl].fields[expr.ref];
  if (field.inverse) return inverse(field, row);
  if (records != nullptr) return records->field(type.decl, row, expr.ref);
  return store_.entities[type.decl].columns[expr.ref].at(row);
}

Value OracleEvaluator::inverse(const FieldDef& field, std::uint32_t row) {
  const auto refers = [&](const Value& value) {
    if (value.kind == ValueKind::row) return value.i == row;
    if (!value.is_present()) return false;
    for (std::uint32_t i = 0; i < facts::list_size(value); ++i) {
      const Value element = facts::list_element(value, i);
      if (element.kind == ValueKind::row && element.i == row) return true;
    }
    return false;
  };
  const std::uint32_t others = rows(field.inverse_entity);
  std::vector<Value> out;
  for (std::uint32_t other = 0; other < others; ++other) {
    if (steps_left_-- == 0) throw TooManySteps();
    const Value value = records != nullptr
                            ? records->field(language::index(field.inverse_entity), other, field.inverse_field)
                            : store_.entity(field.inverse_entity).columns[field.inverse_field].at(other);
    if (refers(value)) out.push_back(Value::row(other));
  }
  return list_of(out);
}

void OracleEvaluator::note(const Value& part) {
  if (part.is_error() && static_cast<EvalError>(part.aux) != EvalError::not_narrowed) part_failed = true;
}

// A side that decides alone does so whatever the other one is.
Value OracleEvaluator::logical(const Expr& expr, Locals& locals) {
  const bool deciding = expr.kind == ExprKind::logical_or;
  const auto decides = [&](const Value& v) { return deciding ? v.is_true() : v.is_false(); };
  const Value left = eval(expr.operands[0], locals);
  note(left);
  if (decides(left)) {
    if (try_all_parts) note(eval(expr.operands[1], locals));
    return left;
  }
  const Value right = eval(expr.operands[1], locals);
  note(right);
  if (decides(right)) return right;
  if (left.is_error()) return left;
  return right;
}

Value OracleEvaluator::comparison(const Expr& expr, Locals& locals) {
  const Value left = eval(expr.operands[0], locals);
  const Value right = eval(expr.operands[1], locals);
  if (left.is_error()) return left;
  if (right.is_error()) return right;
  if (expr.kind == ExprKind::equal) return Value::boolean(facts::equal(left, right));
  if (expr.kind == ExprKind::not_equal) return Value::boolean(!facts::equal(left, right));
  const int order = facts::compare(left, right);
  switch (expr.kind) {
    case ExprKind::less:
      return Value::boolean(order < 0);
    case ExprKind::less_equal:
      return Value::boolean(order <= 0);
    case ExprKind::greater:
      return Value::boolean(order > 0);
    default:
      return Value::boolean(order >= 0);
  }
}

Value OracleEvaluator::membership(const Value& element, const Value& container, bool network) {
  if (element.is_error()) return element;
  if (container.is_error()) return container;
  if (network) return Value::boolean(types::contains(*container.network, *element.network));
  if (container.kind == ValueKind::range) {
    const Value& start = container.list->items[0];
    const Value& end = container.list->items[1];
    const int at_end = facts::compare(element, end);
    return Value::boolean(facts::compare(element, start) >= 0 && (container.exclusive ? at_end < 0 : at_end <= 0));
  }
  for (std::uint32_t i = 0; i < facts::list_size(container); ++i) {
    if (facts::equal(element, facts::list_element(container, i))) return Value::boolean(true);
  }
  return Value::boolean(false);
}

Value OracleEvaluator::pattern(const Expr& expr, Locals& locals) {
  const Value text = eval(expr.operands[0], locals);
  if (text.is_error()) return text;
  if (expr.kind == ExprKind::matches) {
    const re2::RE2 regex(std::get<std::string>(program_.literals[expr.ref]), re2::RE2::Quiet);
    return Value::boolean(re2::RE2::PartialMatch(re2::StringPiece(text.view().data(), text.view().size()), regex));
  }
  const Value wanted = eval(expr.operands[1], locals);
  if (wanted.is_error()) return wanted;
  return Value::boolean(glob(wanted.view(), text.view()));
}

Value OracleEvaluator::arithmetic(const Expr& expr, Locals& locals) {
  const Value left = eval(expr.operands[0], locals);
  if (expr.kind == ExprKind::negate) return left.is_error() ? left : negated(left);
  const Value right = eval(expr.operands[1], locals);
  if (left.is_error()) return left;
  if (right.is_error()) return right;
  return computed(expr.kind, left, right, arena_);
}

Value OracleEvaluator::elements(const Expr& expr, Locals& locals) {
  std::vector<Value> items;
  for (const ExprId operand : expr.operands) {
    const Value item = eval(operand, locals);
    if (item.is_error()) return item;
    const bool repeats = expr.kind == ExprKind::set && [&] {
      for (const Value& other : items) {
        if (facts::equal(other, item)) return true;
      }
      return false;
    }();
    if (!repeats) items.push_back(item);
  }
  Value list = list_of(items);
  if (expr.kind == ExprKind::range) list.kind = ValueKind::range;
  list.is_set = expr.kind == ExprKind::set;
  return list;
}

Value OracleEvaluator::call(const Expr& expr, Locals& locals) {
  const language::FunctionDef& function = program_.functions[expr.ref];
  Locals inner(function.locals.size());
  for (std::size_t i = 0; i < expr.operands.size(); ++i) inner[i] = eval(expr.operands[i], locals);
  return eval(function.body, inner);
}

Value OracleEvaluator::builtin(const Expr& expr, Locals& locals) {
  std::vector<Value> arguments;
  for (const ExprId operand : expr.operands) {
    arguments.push_back(eval(operand, locals));
    if (arguments.back().is_error()) return arguments.back();
  }
  return kernels_[expr.ref](arguments, context_);
}

Value OracleEvaluator::interpolate(const Expr& expr, Locals& locals) {
  std::string text;
  for (const ExprId part : expr.operands) {
    const Value value = eval(part, locals);
    if (value.is_error()) return value;
    const types::TypeId type = program_.expr(part).type;
    text += records != nullptr ? records->text(value, type) : facts::to_text(value, type, program_, store_);
  }
  return Value::of(arena_.text(text));
}

// A reference that is made is its key, as a text.
Value OracleEvaluator::reference(const Expr& expr, Locals& locals) {
  std::string key;
  for (const ExprId part : expr.operands) {
    const Value value = eval(part, locals);
    if (value.is_error() || value.kind == ValueKind::missing) return value;
    key += (part == expr.operands.front() ? "" : "\x1f") + records->key_part(value, program_.expr(part).type);
  }
  return Value::of(arena_.text(key));
}

}  // namespace writ::support
