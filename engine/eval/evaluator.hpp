// Evaluates expressions over batches of tuples, on the thread that made it; results that are lists or texts live in
// its arena. `and` and `or` are evaluated on the right only for the tuples that the left leaves undecided; a query
// is run as its pipeline over all tuples of the batch together. Cost: linear in the tuples that operators produce.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/eval/run.hpp"
#include "engine/eval/tuples.hpp"
#include "engine/eval/vector.hpp"

namespace writ::eval {

// Receives what a pipeline produces. A tuple's root is the tuple of the starting batch that it came from.
class PipelineSink {
 public:
  virtual ~PipelineSink() = default;
  // Nothing more is wanted for this root.
  virtual bool decided(std::uint32_t) const { return false; }
  // A collection failed for this tuple: what would have come of it is not known.
  virtual void failed(Tuples& tuples, std::uint32_t tuple, std::uint32_t root, const Value& error) = 0;
  // Tuples for which no conjunct is false; verdicts[i] is true, or the error of a conjunct that failed.
  virtual void accept(Tuples& tuples, const std::vector<std::uint32_t>& roots,
                      const std::vector<Value>& verdicts) = 0;
};

class Evaluator {
 public:
  explicit Evaluator(Run& run) : run_(run), pool_(run.pool()), context_(run.clock) { context_.arena = &arena_; }
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  // One value a tuple.
  Vec eval(ExprId id, Tuples& tuples);
  // The same without asking for the run's constants: what Run::constant itself calls.
  Vec compute(ExprId id, Tuples& tuples);
  // Runs operators from `first` on, then the conjuncts, pushing batches of bounded size into the sink.
  void run(const plan::Pipeline& pipeline, std::size_t first, Tuples& tuples,
           const std::vector<std::uint32_t>& roots, PipelineSink& sink);

  BufferPool& pool() { return pool_; }
  facts::Arena& arena() { return arena_; }
  facts::Arena take_arena() { return std::move(arena_); }
  Run& shared() { return run_; }

  static constexpr std::uint32_t batch_size = 1024;  // members of a population at a time
  static constexpr std::uint32_t piece_size = 4096;  // tuples that an operator hands on at a time

 private:
  Vec field(const language::Expr& expr, Tuples& tuples);
  Vec logical(const language::Expr& expr, Tuples& tuples);
  Vec conditional(const language::Expr& expr, Tuples& tuples);
  Vec coalesce(const language::Expr& expr, Tuples& tuples);
  Vec comparison(const language::Expr& expr, Tuples& tuples);
  Vec membership(const language::Expr& expr, Tuples& tuples);
  Vec text_match(const language::Expr& expr, Tuples& tuples);
  Vec arithmetic(ExprId id, const language::Expr& expr, Tuples& tuples);
  Vec presence(const language::Expr& expr, Tuples& tuples);
  Vec collection(const language::Expr& expr, Tuples& tuples);
  Vec interpolate(const language::Expr& expr, Tuples& tuples);
  Vec reference(const language::Expr& expr, Tuples& tuples);
  Vec record(const language::Expr& expr, Tuples& tuples);
  Vec call(const language::Expr& expr, Tuples& tuples);
  Vec tabulated_call(language::FunctionId function, const Vec& argument, Tuples& tuples);
  Vec call_body(language::FunctionId function, std::vector<Vec> arguments, std::uint32_t size);
  Vec builtin(ExprId id, const language::Expr& expr, Tuples& tuples);
  Vec query(const language::Expr& expr, Tuples& tuples);
  Vec map_unary(const language::Expr& expr, Tuples& tuples);

  void look_up(const plan::Pipeline& pipeline, std::size_t at, Tuples& tuples,
               const std::vector<std::uint32_t>& roots, PipelineSink& sink);
  void expand(const plan::Pipeline& pipeline, std::size_t at, Tuples& tuples,
              const std::vector<std::uint32_t>& roots, PipelineSink& sink);
  void prefilter(const plan::Pipeline& pipeline, std::size_t at, Tuples& tuples,
                 const std::vector<std::uint32_t>& roots, PipelineSink& sink);
  void decide(const plan::Pipeline& pipeline, Tuples& tuples, const std::vector<std::uint32_t>& roots,
              PipelineSink& sink);

  Run& run_;
  BufferPool& pool_;
  facts::Arena arena_;
  facts::CallContext context_;
};

}  // namespace writ::eval
