// Values that derivations make of others: references by key, as the text of the key, and nested records, as the
// list of their fields.
#include "engine/eval/evaluator.hpp"
#include "engine/facts/key_text.hpp"

namespace writ::eval {

using language::Expr;
using language::ExprId;

Vec Evaluator::reference(const Expr& expr, Tuples& tuples) {
  std::vector<Vec> parts;
  parts.reserve(expr.operands.size());
  for (const ExprId operand : expr.operands) parts.push_back(eval(operand, tuples));
  Buffer out(pool_, tuples.size());
  std::string text;
  for (std::uint32_t i = 0; i < tuples.size(); ++i) {
    text.clear();
    Value lacking;  // the first part that is missing or failed
    bool whole = true;
    for (std::size_t part = 0; part < parts.size() && whole; ++part) {
      const Value& value = parts[part][i];
      whole = !value.is_error() && value.kind != facts::ValueKind::missing;
      if (!whole) {
        lacking = value;
        break;
      }
      if (part != 0) text += facts::key_mark;
      facts::append_key(text, value, run_.program.expr(expr.operands[part]).type, run_.program, run_.store);
    }
    out[i] = whole ? Value::of(arena_.text(text)) : lacking;
  }
  return Vec(std::move(out));
}

Vec Evaluator::record(const Expr& expr, Tuples& tuples) {
  std::vector<Vec> fields;
  fields.reserve(expr.operands.size());
  for (const ExprId operand : expr.operands) fields.push_back(eval(operand, tuples));
  Buffer out(pool_, tuples.size());
  std::vector<Value> values(fields.size());
  for (std::uint32_t i = 0; i < tuples.size(); ++i) {
    Value error;
    for (std::size_t field = 0; field < fields.size(); ++field) {
      values[field] = fields[field][i];
      if (values[field].is_error() && !error.is_error()) error = values[field];
    }
    out[i] =
        error.is_error() ? error : Value::of(arena_.list(values.data(), static_cast<std::uint32_t>(values.size())));
  }
  return Vec(std::move(out));
}

}  // namespace writ::eval
