// Why an expression has its value for one member: the sub-expressions that decided it, outermost first.
// Values are recomputed for the one member, so nothing is recorded while populations are evaluated.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/evaluator.hpp"
#include "engine/verdict/verdicts.hpp"

namespace writ::eval {

class Tracer {
 public:
  explicit Tracer(Evaluator& evaluator) : evaluator_(evaluator), run_(evaluator.shared()) {}

  // `tuples` holds one tuple: the member.
  std::vector<verdict::Decider> trace(ExprId condition, Tuples& tuples);

 private:
  void explain(ExprId id, Tuples& tuples, std::uint32_t depth);
  void logical(const language::Expr& expr, const Value& value, Tuples& tuples, std::uint32_t depth);
  void query(ExprId id, const language::Expr& expr, const Value& value, Tuples& tuples, std::uint32_t depth);
  void element(const language::Clause& clause, const Value& bound, std::uint32_t depth);
  void near_misses(const language::Query& query, Tuples& tuples, std::uint32_t depth);
  void call(ExprId id, const language::Expr& expr, const Value& value, Tuples& tuples, std::uint32_t depth);
  void operands(const language::Expr& expr, Tuples& tuples, std::uint32_t depth);
  void leaf(ExprId id, Tuples& tuples, std::uint32_t depth);
  void add(ExprId id, const Value& value, std::optional<facts::TextPlace> place, std::uint32_t depth);
  std::optional<facts::TextPlace> place(ExprId id, Tuples& tuples);
  std::optional<facts::TextPlace> related_place(ExprId id, types::TypeId type, Tuples& tuples);
  Value value(ExprId id, Tuples& tuples) { return evaluator_.eval(id, tuples)[0]; }

  Evaluator& evaluator_;
  Run& run_;
  std::vector<verdict::Decider> deciders_;
};

}  // namespace writ::eval
