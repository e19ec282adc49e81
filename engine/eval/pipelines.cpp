// Running a pipeline's operators over a batch. Each hands on batches of bounded size, in the order of the
// collections.
#include "engine/eval/compare.hpp"
#include "engine/eval/evaluator.hpp"

namespace writ::eval {

using plan::Operator;
using plan::OperatorKind;
using plan::Pipeline;

namespace {

// Tuples on their way from one operator to the next: each a tuple of the batch before, with one local bound.
class Piece {
 public:
  Piece(Evaluator& evaluator, const Pipeline& pipeline, std::size_t next, Tuples& source,
        const std::vector<std::uint32_t>& roots, PipelineSink& sink)
      : evaluator_(evaluator), pipeline_(pipeline), next_(next), source_(source), roots_(roots), sink_(sink) {}

  bool full() const { return from_.size() >= Evaluator::piece_size; }

  void add(std::uint32_t tuple, const Value& value) {
    from_.push_back(tuple);
    values_.push_back(value);
  }

  void flush(LocalId local) {
    if (from_.empty()) return;
    std::vector<std::uint32_t> roots;
    roots.reserve(from_.size());
    for (const std::uint32_t tuple : from_) roots.push_back(roots_[tuple]);
    Buffer buffer(evaluator_.pool(), static_cast<std::uint32_t>(values_.size()));
    std::copy(values_.begin(), values_.end(), buffer.data());
    Tuples tuples(evaluator_.pool(), source_, std::move(from_));
    tuples.bind(local, std::move(buffer));
    from_.clear();
    values_.clear();
    evaluator_.run(pipeline_, next_, tuples, roots, sink_);
  }

 private:
  Evaluator& evaluator_;
  const Pipeline& pipeline_;
  std::size_t next_;
  Tuples& source_;
  const std::vector<std::uint32_t>& roots_;
  PipelineSink& sink_;
  std::vector<std::uint32_t> from_;
  std::vector<Value> values_;
};

}  // namespace

void Evaluator::run(const Pipeline& pipeline, std::size_t first, Tuples& tuples,
                    const std::vector<std::uint32_t>& roots, PipelineSink& sink) {
  if (tuples.size() == 0) return;
  if (first == pipeline.operators.size()) {
    decide(pipeline, tuples, roots, sink);
    return;
  }
  const Operator& op = pipeline.operators[first];
  switch (op.kind) {
    case OperatorKind::compute:
      tuples.bind(op.local, eval(op.value, tuples));
      run(pipeline, first + 1, tuples, roots, sink);
      return;
    case OperatorKind::prefilter:
      prefilter(pipeline, first, tuples, roots, sink);
      return;
    case OperatorKind::lookup:
      look_up(pipeline, first, tuples, roots, sink);
      return;
    case OperatorKind::scan:
    case OperatorKind::expand:
      expand(pipeline, first, tuples, roots, sink);
      return;
  }
}

void Evaluator::prefilter(const Pipeline& pipeline, std::size_t at, Tuples& tuples,
                          const std::vector<std::uint32_t>& roots, PipelineSink& sink) {
  const Vec verdicts = eval(pipeline.operators[at].value, tuples);
  std::vector<std::uint32_t> left;
  for (std::uint32_t i = 0; i < tuples.size(); ++i) {
    if (!verdicts[i].is_false() && !sink.decided(roots[i])) left.push_back(i);
  }
  if (left.size() == tuples.size()) {
    run(pipeline, at + 1, tuples, roots, sink);
    return;
  }
  std::vector<std::uint32_t> left_roots;
  left_roots.reserve(left.size());
  for (const std::uint32_t i : left) left_roots.push_back(roots[i]);
  Tuples rest(pool_, tuples, std::move(left));
  run(pipeline, at + 1, rest, left_roots, sink);
}

void Evaluator::expand(const Pipeline& pipeline, std::size_t at, Tuples& tuples,
                       const std::vector<std::uint32_t>& roots, PipelineSink& sink) {
  const Operator& op = pipeline.operators[at];
  const Vec collections = op.kind == OperatorKind::scan ? Vec(run_.all(op.entity)) : eval(op.value, tuples);
  Piece piece(*this, pipeline, at + 1, tuples, roots, sink);
  for (std::uint32_t i = 0; i < tuples.size(); ++i) {
    const Value& collection = collections[i];
    if (collection.is_error()) {
      piece.flush(op.local);
      if (!sink.decided(roots[i])) sink.failed(tuples, i, roots[i], collection);
      continue;
    }
    const std::uint32_t size = facts::list_size(collection);
    for (std::uint32_t k = 0; k < size; ++k) {
      if (piece.full()) piece.flush(op.local);
      if (sink.decided(roots[i])) break;
      piece.add(i, facts::list_element(collection, k));
    }
  }
  piece.flush(op.local);
}

void Evaluator::look_up(const Pipeline& pipeline, std::size_t at, Tuples& tuples,
                        const std::vector<std::uint32_t>& roots, PipelineSink& sink) {
  const Operator& op = pipeline.operators[at];
  const std::vector<IndexTable>& parts = run_.index(op.index);
  Piece piece(*this, pipeline, at + 1, tuples, roots, sink);
  const auto add = [&](std::uint32_t tuple, std::uint32_t row) {
    if (piece.full()) piece.flush(op.local);
    if (!sink.decided(roots[tuple])) piece.add(tuple, Value::row(row));
  };
  std::vector<Vec> keys;
  keys.reserve(op.keys.size());
  for (const ExprId key : op.keys) keys.push_back(eval(key, tuples));
  for (std::uint32_t i = 0; i < tuples.size(); ++i) {
    bool failed = false;
    std::uint64_t hash = 0;
    for (const Vec& key : keys) {
      failed = failed || key[i].is_error();
      if (!failed) hash = combine(hash, facts::hash(key[i]));
    }
    for (const IndexTable& index : parts) {
      if (keys.empty() || failed) {
        // Without a key to look for, every record is a candidate; the conjuncts that may fail are tested at the
        // end.
        for (const std::uint32_t row : index.all) {
          if (sink.decided(roots[i])) break;
          add(i, row);
        }
        continue;
      }
      const std::uint64_t bucket = hash & index.mask;
      std::size_t loose = 0;  // rows without a key take their places among the others, so that order is kept
      for (std::uint32_t position = index.starts[bucket]; position < index.starts[bucket + 1]; ++position) {
        if (index.hashes[position] != hash) continue;
        bool equal = true;
        for (std::uint32_t k = 0; k < index.width && equal; ++k) {
          equal = same(index.keys[std::size_t{position} * index.width + k], keys[k][i]);
        }
        if (!equal) continue;
        for (; loose < index.unkeyed.size() && index.unkeyed[loose] < index.rows[position]; ++loose)
          add(i, index.unkeyed[loose]);
        add(i, index.rows[position]);
      }
      for (; loose < index.unkeyed.size(); ++loose) add(i, index.unkeyed[loose]);
    }
  }
  piece.flush(op.local);
}

void Evaluator::decide(const Pipeline& pipeline, Tuples& tuples, const std::vector<std::uint32_t>& roots,
                       PipelineSink& sink) {
  std::vector<std::uint32_t> left(tuples.size());
  for (std::uint32_t i = 0; i < tuples.size(); ++i) left[i] = i;
  std::vector<Value> verdicts(tuples.size(), Value::boolean(true));
  for (const ExprId conjunct : pipeline.where) {
    if (left.empty()) return;
    std::vector<std::uint32_t> still;
    still.reserve(left.size());
    const auto keep = [&](std::uint32_t i, const Value& value) {
      if (value.is_false()) return;
      if (value.is_error() && !verdicts[i].is_error()) verdicts[i] = value;
      still.push_back(i);
    };
    if (left.size() == tuples.size()) {
      const Vec values = eval(conjunct, tuples);
      for (std::uint32_t i = 0; i < tuples.size(); ++i) keep(i, values[i]);
    } else {
      Tuples rest(pool_, tuples, left);
      const Vec values = eval(conjunct, rest);
      for (std::uint32_t k = 0; k < left.size(); ++k) keep(left[k], values[k]);
    }
    left = std::move(still);
  }
  if (left.empty()) return;
  if (left.size() == tuples.size()) {
    sink.accept(tuples, roots, verdicts);
    return;
  }
  std::vector<std::uint32_t> left_roots;
  std::vector<Value> left_verdicts;
  left_roots.reserve(left.size());
  left_verdicts.reserve(left.size());
  for (const std::uint32_t i : left) {
    left_roots.push_back(roots[i]);
    left_verdicts.push_back(verdicts[i]);
  }
  Tuples rest(pool_, tuples, std::move(left));
  sink.accept(rest, left_roots, left_verdicts);
}

}  // namespace writ::eval
