// Calls of the program's functions and of built-in ones. An argument that failed makes a built-in function fail,
// and one of the program's where its body asks for it.
#include "engine/eval/evaluator.hpp"
#include "engine/eval/failure.hpp"

namespace writ::eval {

using facts::EvalError;
using facts::ValueKind;
using language::Expr;

Vec Evaluator::call(const Expr& expr, Tuples& tuples) {
  const auto function = static_cast<language::FunctionId>(expr.ref);
  std::vector<Vec> arguments;
  arguments.reserve(expr.operands.size());
  for (const ExprId operand : expr.operands) arguments.push_back(eval(operand, tuples));
  if (run_.plan.functions[expr.ref].tabulated) return tabulated_call(function, arguments.front(), tuples);
  return call_body(function, std::move(arguments), tuples.size());
}

Vec Evaluator::call_body(language::FunctionId function, std::vector<Vec> arguments, std::uint32_t size) {
  const language::FunctionDef& def = run_.program.functions[language::index(function)];
  Tuples frame(pool_, size, static_cast<std::uint32_t>(def.locals.size()));
  for (std::uint32_t p = 0; p < def.params; ++p) frame.bind(static_cast<LocalId>(p), std::move(arguments[p]));
  Vec results = eval(def.body, frame);
  if (results.owns() || results.is_constant()) return results;
  // What the frame holds ends with it.
  Buffer out(pool_, size);
  for (std::uint32_t i = 0; i < size; ++i) out[i] = results[i];
  return Vec(std::move(out));
}

Vec Evaluator::tabulated_call(language::FunctionId function, const Vec& argument, Tuples& tuples) {
  const std::uint32_t size = tuples.size();
  Buffer out(pool_, size);
  std::vector<std::uint32_t> others;  // dangling references and failures: their results are in no table
  std::uint32_t block = 0xffffffff;
  const Value* results = nullptr;
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value& value = argument[i];
    if (value.kind == ValueKind::row) {
      const auto row = static_cast<std::uint32_t>(value.i);
      if (row / Run::block_rows != block) {
        block = row / Run::block_rows;
        results = run_.function_block(function, block);
      }
      out[i] = results[row % Run::block_rows];
    } else {
      others.push_back(i);
    }
  }
  if (others.empty()) return Vec(std::move(out));
  const auto count = static_cast<std::uint32_t>(others.size());
  Buffer values(pool_, count);
  for (std::uint32_t k = 0; k < count; ++k) values[k] = argument[others[k]];
  std::vector<Vec> arguments;
  arguments.emplace_back(std::move(values));
  const Vec rest = call_body(function, std::move(arguments), count);
  for (std::uint32_t k = 0; k < count; ++k) out[others[k]] = rest[k];
  return Vec(std::move(out));
}

Vec Evaluator::builtin(ExprId id, const Expr& expr, Tuples& tuples) {
  const facts::Kernel kernel = run_.kernels[expr.ref];
  std::vector<Vec> arguments;
  arguments.reserve(expr.operands.size());
  for (const ExprId operand : expr.operands) arguments.push_back(eval(operand, tuples));
  const std::uint32_t size = tuples.size();
  Buffer out(pool_, size);
  std::vector<Value> values(arguments.size());
  for (std::uint32_t i = 0; i < size; ++i) {
    Value error;
    for (std::size_t a = 0; a < arguments.size(); ++a) {
      values[a] = arguments[a][i];
      if (values[a].is_error() && !error.is_error()) error = values[a];
    }
    out[i] = error.is_error() ? error : kernel(values, context_);
  }
  blame(out.data(), size, id);
  return Vec(std::move(out));
}

}  // namespace writ::eval
