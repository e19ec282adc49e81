// How the program is computed: each query, check, derivation and index as a pipeline of relational operators, by
// id. In: the checked program. Out: plain data that the evaluator runs. Expressions stay the program's own. Joins
// are chosen here: an equation between a record of a collection and what is bound before it becomes a look-up in a
// hash index, a condition on such a record alone becomes the index's filter, and references and inverses are
// followed directly; so a correlated query costs its matches, not the product of its collections.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "language/program.hpp"

namespace writ::plan {

using language::ExprId;
using language::LocalId;
using types::EntityId;

enum class IndexId : std::uint32_t {};

enum class OperatorKind : std::uint8_t {
  scan,       // local ← every record of `entity`
  lookup,     // local ← the records of `index` whose keys equal `keys`
  expand,     // local ← each element of `value`, a collection computed for each tuple
  compute,    // local ← value
  prefilter,  // drops the tuples for which `value` is false; keeps those for which it fails
};

struct Operator {
  OperatorKind kind{};
  LocalId local{};
  EntityId entity{};
  IndexId index{};
  std::vector<ExprId> keys;  // lookup: one a key of the index, over what is bound before
  ExprId value = ExprId::none;
};

// Clauses in order, then what decides on each combination: true keeps it, false drops it, otherwise it failed.
struct Pipeline {
  std::vector<Operator> operators;
  std::vector<ExprId> where;  // conjuncts, in source order
};

// The records of one entity for which no filter is false, by the values of `keys`. Without keys: one bucket.
struct Index {
  EntityId entity{};
  LocalId local{};  // the record, in `keys` and `filters`, which name no other local
  std::vector<ExprId> keys;
  std::vector<ExprId> filters;
};

// A stretch of a population, of a check or of what records are derived of: binders, the lets after them, one `where`.
struct Stage {
  Pipeline pipeline;
};

struct CheckPlan {
  std::vector<Stage> stages;
  bool scans = false;  // the first operator is a scan: it can be cut into ranges of rows
};

// Of records: stages in order, as a check's, since records come in the order of what they are made of. Of tuples, which
// have no order, two ways to make them: of all that their sources hold, and of what one of these, which is derived in
// the same stratum, has got since the last round.
struct DerivationPlan {
  std::vector<Stage> stages;
  Pipeline whole;
  std::vector<Pipeline> deltas;  // each starts with a scan of that source, to be run over its new rows alone
};

// What is known of each expression before it runs.
struct ExprFacts {
  std::vector<std::uint32_t> locals;  // that it uses and does not bind itself; sorted
  std::uint32_t number = 0;           // equal numbers: the same value in the same frame
  bool fallible = true;               // may evaluate to an error
  bool closed = false;                // uses no local: one value for the whole run
};

struct FunctionPlan {
  bool tabulated = false;  // of one record: its results are kept by row
  EntityId entity{};
};

struct Plan {
  std::vector<ExprFacts> exprs;             // by ExprId
  std::vector<Pipeline> queries;            // by QueryId
  std::vector<CheckPlan> checks;            // by CheckId
  std::vector<DerivationPlan> derivations;  // by place in Program::derivations
  std::vector<FunctionPlan> functions;      // by FunctionId
  std::vector<Index> indexes;               // by IndexId; equal ones are shared

  const ExprFacts& facts(ExprId id) const { return exprs[language::index(id)]; }
};

struct LowerOptions {
  bool fields_may_fail = false;  // records may be given in part, so that reading any of their fields may fail
  // Look-ups stand in the place of scans, and functions of one record are tabulated. Without it a plan is slower,
  // and gives the same: to hold the one to the other.
  bool rewrite = true;
};

// Linear in the program.
Plan lower(const language::Program& program, const LowerOptions& options = {});

// What is wrong with a plan, or empty: every local is bound before it is used, indexes name only their own record,
// every conjunct of a `where` is tested or proved by a look-up. Run after lowering in debug builds.
std::string verify(const language::Program& program, const Plan& plan);

// The source text of an expression without its comments, white space outside texts folded to single spaces. Linear.
std::string source_text(const language::Program& program, ExprId id);

// The operators of one check, for people and for golden tests.
std::string dump(const language::Program& program, const Plan& plan, language::CheckId check);

}  // namespace writ::plan
