// Runs over checked expressions: every expression below a root, once a run, each before what stands in it, from
// left to right. Linear; no recursion, so depth does not matter. A call's function is not entered.
#pragma once

#include <cstdint>
#include <vector>

#include "language/program.hpp"

namespace writ::dependencies {

class Walk {
 public:
  explicit Walk(const language::Program& program) : program_(program), seen_(program.exprs.size(), 0) {}

  template <typename Visit>
  void run(language::ExprId root, Visit visit) {
    ++run_;
    seen_.resize(program_.exprs.size(), 0);  // a checker adds to them
    open_.push_back(root);
    while (!open_.empty()) {
      const language::ExprId id = open_.back();
      open_.pop_back();
      if (id == language::ExprId::none || seen_[language::index(id)] == run_) continue;
      seen_[language::index(id)] = run_;
      const language::Expr& expr = program_.expr(id);
      visit(expr);
      push_parts(expr);
    }
  }

 private:
  // The last part first: what is pushed last is visited first.
  void push_parts(const language::Expr& expr) {
    if (expr.kind == language::ExprKind::query) {
      const language::Query& query = program_.queries[expr.ref];
      for (const language::ExprId part : {query.range, query.order, query.body, query.where}) open_.push_back(part);
      for (auto clause = query.clauses.rbegin(); clause != query.clauses.rend(); ++clause) {
        open_.push_back(clause->collection);
      }
    }
    open_.insert(open_.end(), expr.operands.rbegin(), expr.operands.rend());
  }

  const language::Program& program_;
  std::vector<std::uint32_t> seen_;  // the run that saw an expression last
  std::uint32_t run_ = 0;
  std::vector<language::ExprId> open_;
};

// The expressions that a check is made of, in the order in which they are written.
template <typename Use>
void for_each_root(const language::CheckDef& check, Use use) {
  for (const language::Step& step : check.steps) use(step.value);
  for (const language::Requirement& requirement : check.requirements) {
    use(requirement.condition);
    use(requirement.message);
  }
}

// Those that a derivation is made of.
template <typename Use>
void for_each_root(const language::DerivationDef& derivation, Use use) {
  for (const language::Step& step : derivation.steps) use(step.value);
  for (const language::Requirement& requirement : derivation.requirements) {
    use(requirement.condition);
    use(requirement.message);
  }
  for (const language::ExprId value : derivation.values) use(value);
}

// The entity that a type is of, or a collection of, or may be missing of; calls `use` with it.
template <typename Use>
void entity_within(const types::TypeTable& types, types::TypeId id, Use use) {
  for (;;) {
    const types::Type& type = types.at(id);
    switch (type.kind) {
      case types::Kind::entity:
        use(type.decl);
        return;
      case types::Kind::list:
      case types::Kind::set:
      case types::Kind::range:
      case types::Kind::optional:
        id = type.element;
        break;
      default:
        return;
    }
  }
}

}  // namespace writ::dependencies
