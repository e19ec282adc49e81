// The value of one expression under given values of variables, by direct recursion over the checked program.
// Failures are values (ValueKind::error) and travel upwards; see oracle.hpp for what it is for.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/evaluate.hpp"

namespace writ::support {

using facts::Value;
using language::ExprId;

// More steps than allowed: the case is given up.
struct TooManySteps : std::exception {};

// Records in the place of those in the store, while they are derived. Nested records are lists of their fields.
class OracleRecordSource {
 public:
  virtual ~OracleRecordSource() = default;
  virtual std::uint32_t count(std::uint32_t entity) = 0;
  virtual Value field(std::uint32_t entity, std::uint32_t row, std::uint32_t field) = 0;
  virtual std::string text(const Value& value, types::TypeId type) = 0;      // as messages show it
  virtual std::string key_part(const Value& value, types::TypeId type) = 0;  // as it stands in a key
};

class OracleEvaluator {
 public:
  using Locals = std::vector<Value>;  // by LocalId of the declaration
  using Tuples = std::vector<std::vector<Value>>;

  OracleEvaluator(const language::Program& program, const facts::FactStore& store, facts::KernelTable kernels,
                  const engine::RunOptions& options, std::uint64_t max_steps);

  Value eval(ExprId id, Locals& locals);
  // A condition that names none of the locals in `unbound` already is false: what they would be bound to does not
  // matter any more, and is not computed.
  bool excluded(ExprId where, const std::vector<std::uint32_t>& unbound, Locals& locals);
  // Going through a list costs as well: a step for some of its elements.
  void go_through(std::size_t elements);
  void set_param(std::size_t param, Value value) { params_[param] = value; }
  const Value& param(std::size_t index) const { return params_[index]; }
  // An expression names one of these locals.
  bool mentions(ExprId id, const std::vector<std::uint32_t>& locals) const;

  // Relations, by their entities, that are being found: these tuples stand in the place of those in the store.
  std::map<std::uint32_t, Tuples> tuples;
  OracleRecordSource* records = nullptr;
  // Expressions, by id, that fail whatever they are: to find out whether it matters what they come to.
  const std::vector<bool>* failing = nullptr;
  // Both sides of `and` and `or` are looked at, and every collection, whatever that changes; `part_failed` tells
  // that one of them failed.
  bool try_all_parts = false;
  bool part_failed = false;

 private:
  using Expr = language::Expr;

  Value field(const Expr& expr, const Value& object, types::TypeId object_type);
  Value inverse(const language::FieldDef& field, std::uint32_t row);
  Value all(types::EntityId entity);
  Value logical(const Expr& expr, Locals& locals);
  Value comparison(const Expr& expr, Locals& locals);
  Value membership(const Value& element, const Value& container, bool network);
  Value pattern(const Expr& expr, Locals& locals);
  Value arithmetic(const Expr& expr, Locals& locals);
  Value elements(const Expr& expr, Locals& locals);
  Value call(const Expr& expr, Locals& locals);
  Value builtin(const Expr& expr, Locals& locals);
  Value interpolate(const Expr& expr, Locals& locals);
  Value reference(const Expr& expr, Locals& locals);
  std::uint32_t rows(types::EntityId entity);

  // oracle_queries.cpp
  struct Element {
    Value first;  // of the first binder
    Value body;
    Value order;
  };
  // What is in scope: `each` gets every combination that passed the `where`, and is false to stop; a failure of a
  // collection or of the `where` goes to `failed`, once each.
  void combinations(const language::Query& query, std::size_t clause, Locals& locals,
                    const std::function<void()>& each, const std::function<void(Value)>& failed);
  Value query(const Expr& expr, Locals& locals);
  Value quantified(const language::Query& query, Locals& locals);
  Value aggregate(const language::Query& query, types::TypeId type, Locals& locals);
  Value total(const std::vector<Element>& elements, types::TypeId type);
  Value average(const std::vector<Element>& elements, types::TypeId type);
  Value extreme(const std::vector<Element>& elements, bool greatest);
  Value chosen(const std::vector<Element>& elements, const language::Query& query);
  Value longest_gap(const std::vector<Element>& elements, const Value& range);
  Value collected(std::vector<Element> elements, const language::Query& query);

  Value list_of(const std::vector<Value>& items);
  // Takes down the failure of a part, but for what another part was to keep from being asked.
  void note(const Value& part);

  const language::Program& program_;
  const facts::FactStore& store_;
  facts::KernelTable kernels_;
  facts::Arena arena_;
  facts::CallContext context_;
  std::vector<Value> params_;
  std::uint64_t steps_left_;
};

}  // namespace writ::support
