// One expression over facts, computed as a check's `let` is. In: a program whose check `check` binds the value to a
// variable (language::compile_expression makes it), facts and parameters. Out: the value, which lives as long as
// this does, and how the evidence stands that it was computed from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/evaluate.hpp"

namespace writ::engine {

class ExpressionRun {
 public:
  // Program and store outlive it. Nothing is computed where an entity that the expression reads is lacking or
  // broken.
  ExpressionRun(const language::Program& program, facts::FactStore& store, facts::KernelTable kernels,
                const RunOptions& options, std::vector<facts::Value> parameters, language::CheckId check,
                language::LocalId local);
  ~ExpressionRun();
  ExpressionRun(const ExpressionRun&) = delete;
  ExpressionRun& operator=(const ExpressionRun&) = delete;

  // None where the evidence does not allow one; an error where it could not be computed.
  const std::optional<facts::Value>& value() const { return value_; }
  types::TypeId type() const { return type_; }
  // What is wrong with the evidence; a value stands beside it where it is only in part bad.
  const std::vector<std::string>& reasons() const { return reasons_; }
  // Of an error: why, and where in the rules.
  std::string failure() const;
  std::optional<source::Span> failed_at() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::optional<facts::Value> value_;
  types::TypeId type_{};
  std::vector<std::string> reasons_;
};

}  // namespace writ::engine
