// What all threads of a run share: program, plan, facts, parameters, and what is computed once and kept: constants,
// tables of functions of one record, indexes. Each of these is computed by the first thread that needs it.
#pragma once

#include <re2/re2.h>
#include <tbb/collaborative_call_once.h>
#include <tbb/enumerable_thread_specific.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/eval/vector.hpp"
#include "engine/facts/functions.hpp"
#include "engine/facts/store.hpp"
#include "engine/plan/plan.hpp"
#include "language/program.hpp"

namespace writ::eval {

using facts::Value;
using language::ExprId;

// Rows of one entity, or of a stretch of them, by the values of an index's keys: a hash table of buckets in one
// array, rows in ascending order.
struct IndexTable {
  std::uint32_t first = 0;  // the stretch
  std::uint32_t count = 0;
  std::vector<std::uint32_t> starts;  // by bucket
  std::vector<std::uint32_t> rows;
  std::vector<std::uint64_t> hashes;   // by position in `rows`
  std::vector<Value> keys;             // width × position
  std::vector<std::uint32_t> unkeyed;  // rows whose keys failed: candidates of every look-up; ascending
  std::vector<std::uint32_t> all;      // every row that is in the index; ascending
  std::uint64_t mask = 0;
  std::uint32_t width = 0;
};

class Evaluator;

class Run {
 public:
  Run(const language::Program& program, const plan::Plan& plan, const facts::FactStore& store,
      facts::KernelTable kernels, std::vector<Value> params, facts::CallContext clock);

  const language::Program& program;
  const plan::Plan& plan;
  const facts::FactStore& store;
  const facts::KernelTable kernels;
  const std::vector<Value> params;  // by ParamId
  const facts::CallContext clock;   // without an arena

  // As many locals as any declaration has: what a batch without a declaration of its own must have room for.
  std::uint32_t max_locals() const { return max_locals_; }
  // Every record of an entity, as a list.
  Value all(types::EntityId entity) const;
  const RE2& regex(std::uint32_t literal) const { return *regexes_[literal]; }
  Value literal(std::uint32_t at) const { return literals_[at]; }

  // The buffers of the thread that asks, warm from whatever it evaluated before.
  BufferPool& pool() { return pools_.local(); }
  // The value of an expression that uses no local.
  Value constant(ExprId id);
  // In order of rows: one table, but of a relation that grew after it was first asked for.
  const std::vector<IndexTable>& index(plan::IndexId id);
  // Takes note of rows that were added to an entity. Not while anything is evaluated. Rows are indexed a
  // logarithmic number of times, however few are added at a time.
  void grew(types::EntityId entity);
  // The results of a function of one record for the rows of one block.
  static constexpr std::uint32_t block_rows = 1024;
  const Value* function_block(language::FunctionId id, std::uint32_t block);

 private:
  struct Constant {
    std::once_flag once;
    Value value;
  };
  struct Block {
    std::once_flag once;
    std::vector<Value> values;
  };
  struct Index {
    tbb::collaborative_once_flag once;  // who waits for an index helps to build it
    std::vector<IndexTable> parts;
  };
  // The records of a piece of the entity that are in the index, and their keys.
  struct IndexPiece {
    std::vector<std::uint32_t> all, keyed, unkeyed;
    std::vector<std::uint64_t> hashes;
    std::vector<Value> keys;
  };

  void keep(facts::Arena arena);
  // The table of some rows of the index's entity.
  IndexTable build(const plan::Index& index, std::uint32_t first, std::uint32_t count);
  void read_piece(Evaluator& evaluator, const plan::Index& index, std::uint32_t first, std::uint32_t count,
                  IndexPiece& piece);

  std::uint32_t max_locals_ = 0;
  std::deque<std::vector<std::uint32_t>> iotas_;  // the last one is the longest; values may still point to others
  std::vector<std::unique_ptr<RE2>> regexes_;
  std::vector<Value> literals_;
  facts::Arena literal_arena_;
  std::vector<Constant> constants_;
  std::vector<std::vector<Block>> functions_;
  std::vector<Index> indexes_;
  tbb::enumerable_thread_specific<BufferPool> pools_;
  std::mutex arenas_mutex_;
  std::deque<facts::Arena> arenas_;
};

}  // namespace writ::eval
