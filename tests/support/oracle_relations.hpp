// The tuples of relations, by trial: every combination of records, and of the values that equations of a clause
// name, is put into the clause's condition as it is written, all over again until nothing new holds. Nothing is
// solved, joined or looked up. What is found is held to what the engine has found; the order of tuples means
// nothing, and the engine's is kept.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "tests/support/oracle_evaluator.hpp"

namespace writ::support {

// The condition of a rule's clause as it is written, before it was taken apart; `clause` is what came of a part.
ExprId condition_of(const language::Program& program, const language::DerivationDef& clause);

class OracleRelations {
 public:
  OracleRelations(const language::Program& program, const facts::FactStore& store, OracleEvaluator& evaluator)
      : program_(program), store_(store), evaluator_(evaluator) {
    for (const language::DerivationDef& clause : program.derivations) {
      const bool rule = program.entity(clause.target).relation;
      conditions_.push_back(rule ? condition_of(program, clause) : ExprId::none);
    }
  }

  // Differences of the wanted relations, one line each. Those that they use are wanted with them.
  std::vector<std::string> compare(const std::set<std::uint32_t>& wanted);

 private:
  using Locals = OracleEvaluator::Locals;
  using Tuple = std::vector<Value>;

  // The relations that a relation's clauses name, also in functions.
  std::set<std::uint32_t> used_by(std::uint32_t relation) const;
  void used_in(ExprId id, std::set<std::uint32_t>& out, std::set<std::uint32_t>& functions) const;
  void find(const std::set<std::uint32_t>& together);
  void try_clause(std::size_t id);
  void try_records(std::size_t id, std::size_t column, Locals& locals);
  // The values that are tried for what is no record: one column after another, in the order of `open`.
  void try_values(std::size_t id, std::vector<std::uint32_t> open, Locals& locals);
  void said(ExprId id, const std::vector<std::uint32_t>& open, Locals& locals, std::vector<Value>& out);
  void said_in(const language::Query& query, std::size_t clause, const std::vector<std::uint32_t>& open,
               Locals& locals, std::vector<Value>& out);
  bool names(ExprId id, std::uint32_t local) const;
  void try_tuple(std::size_t id, Locals& locals);
  void compare_one(std::uint32_t relation, bool whole, std::vector<std::string>& out);
  std::string text(std::uint32_t relation, const Tuple& tuple) const;

  const language::Program& program_;
  const facts::FactStore& store_;
  OracleEvaluator& evaluator_;
  std::vector<ExprId> conditions_;    // by derivation; none of those that make records
  std::set<std::uint32_t> failed_;    // relations of which a condition failed for a combination
  std::set<std::uint32_t> may_fail_;  // those of which a part of one did, or for which there is nothing to try
  bool all_again_ = false;            // also what is known already is put into the clauses
  bool more_ = false;                 // this round has found something
};

}  // namespace writ::support
