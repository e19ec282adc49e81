#include "engine/eval/run.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <numeric>

#include "engine/eval/compare.hpp"
#include "engine/eval/evaluator.hpp"

namespace writ::eval {

namespace {

Value literal_value(const types::Literal& literal, facts::Arena& arena) {
  struct Visitor {
    facts::Arena& arena;
    Value operator()(bool b) const { return Value::boolean(b); }
    Value operator()(std::int64_t i) const { return Value::integer(i); }
    Value operator()(double f) const { return Value::floating(f); }
    Value operator()(const std::string& s) const { return Value::of(arena.text(s)); }
    Value operator()(const types::Network& n) const { return Value::of(arena.network(n)); }
    Value operator()(types::Date d) const { return Value::of(d); }
    Value operator()(types::Timestamp t) const { return Value::of(t); }
    Value operator()(types::Duration d) const { return Value::of(d); }
    Value operator()(types::Period p) const { return Value::of(p); }
  };
  return std::visit(Visitor{arena}, literal);
}

}  // namespace

Run::Run(const language::Program& program_in, const plan::Plan& plan_in, const facts::FactStore& store_in,
         facts::KernelTable kernels_in, std::vector<Value> params_in, facts::CallContext clock_in)
    : program(program_in),
      plan(plan_in),
      store(store_in),
      kernels(kernels_in),
      params(std::move(params_in)),
      clock(clock_in),
      constants_(program_in.exprs.size()),
      functions_(program_in.functions.size()),
      indexes_(plan_in.indexes.size()) {
  const auto has = [this](std::uint32_t local) { max_locals_ = std::max(max_locals_, local + 1); };
  for (const auto& expr : program.exprs) {
    if (expr.kind == language::ExprKind::local) has(expr.ref);
  }
  for (const auto& query : program.queries) {
    for (const auto& clause : query.clauses) has(language::index(clause.local));
  }
  for (const auto& check : program.checks)
    max_locals_ = std::max(max_locals_, static_cast<std::uint32_t>(check.locals.size()));
  std::uint32_t most = 0;
  for (const auto& entity : store.entities) most = std::max(most, entity.rows);
  iotas_.emplace_back(most);
  std::iota(iotas_.back().begin(), iotas_.back().end(), 0U);
  literals_.reserve(program.literals.size());
  for (const auto& literal : program.literals) literals_.push_back(literal_value(literal, literal_arena_));
  regexes_.resize(program.literals.size());
  for (const auto& expr : program.exprs) {
    if (expr.kind != language::ExprKind::matches || regexes_[expr.ref] != nullptr) continue;
    RE2::Options options;
    options.set_log_errors(false);
    regexes_[expr.ref] = std::make_unique<RE2>(std::get<std::string>(program.literals[expr.ref]), options);
  }
  for (std::size_t f = 0; f < functions_.size(); ++f) {
    if (!plan.functions[f].tabulated) continue;
    const std::uint32_t rows = store.entity(plan.functions[f].entity).rows;
    functions_[f] = std::vector<Block>((rows + block_rows - 1) / block_rows);
  }
}

Value Run::all(types::EntityId entity) const {
  Value list;
  list.kind = ValueKind::rows;
  list.rows = iotas_.back().data();
  list.aux = store.entity(entity).rows;
  return list;
}

void Run::keep(facts::Arena arena) {
  const std::lock_guard lock(arenas_mutex_);
  arenas_.push_back(std::move(arena));
}

Value Run::constant(ExprId id) {
  Constant& constant = constants_[language::index(id)];
  std::call_once(constant.once, [&] {
    Evaluator evaluator(*this);
    Tuples one(evaluator.pool(), 1, max_locals_);
    constant.value = evaluator.compute(id, one)[0];
    keep(evaluator.take_arena());
  });
  return constant.value;
}

const Value* Run::function_block(language::FunctionId id, std::uint32_t block) {
  Block& entry = functions_[language::index(id)][block];
  std::call_once(entry.once, [&] {
    const language::FunctionDef& def = program.functions[language::index(id)];
    const std::uint32_t rows = store.entity(plan.functions[language::index(id)].entity).rows;
    const std::uint32_t first = block * block_rows;
    const std::uint32_t count = std::min(block_rows, rows - first);
    Evaluator evaluator(*this);
    Tuples frame(evaluator.pool(), count, static_cast<std::uint32_t>(def.locals.size()));
    Buffer argument(evaluator.pool(), count);
    for (std::uint32_t i = 0; i < count; ++i) argument[i] = Value::row(first + i);
    frame.bind(LocalId{}, std::move(argument));
    const Vec results = evaluator.eval(def.body, frame);
    entry.values.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) entry.values[i] = results[i];
    keep(evaluator.take_arena());
  });
  return entry.values.data();
}

const std::vector<IndexTable>& Run::index(plan::IndexId id) {
  Index& index = indexes_[static_cast<std::uint32_t>(id)];
  tbb::collaborative_call_once(index.once, [&] {
    const plan::Index& planned = plan.indexes[static_cast<std::uint32_t>(id)];
    index.parts.push_back(build(planned, 0, store.entity(planned.entity).rows));
  });
  return index.parts;
}

void Run::grew(types::EntityId entity) {
  const std::uint32_t rows = store.entity(entity).rows;
  if (iotas_.back().size() < rows) {
    iotas_.emplace_back(std::max<std::size_t>(rows, 2 * iotas_.back().size()));
    std::iota(iotas_.back().begin(), iotas_.back().end(), 0U);
  }
  for (std::size_t i = 0; i < indexes_.size(); ++i) {
    std::vector<IndexTable>& parts = indexes_[i].parts;
    if (plan.indexes[i].entity != entity || parts.empty()) continue;
    std::uint32_t first = parts.back().first + parts.back().count;
    if (first == rows) continue;
    // A part that is no longer than what comes behind it becomes one with it, so that there are few.
    while (!parts.empty() && parts.back().count <= rows - first) {
      first = parts.back().first;
      parts.pop_back();
    }
    parts.push_back(build(plan.indexes[i], first, rows - first));
  }
}

void Run::read_piece(Evaluator& evaluator, const plan::Index& index, std::uint32_t first, std::uint32_t count,
                     IndexPiece& piece) {
  Tuples batch(evaluator.pool(), count, max_locals_);
  Buffer record(evaluator.pool(), count);
  for (std::uint32_t i = 0; i < count; ++i) record[i] = Value::row(first + i);
  batch.bind(index.local, std::move(record));
  std::vector<std::uint32_t> left(count);
  for (std::uint32_t i = 0; i < count; ++i) left[i] = i;
  for (const ExprId filter : index.filters) {
    const Vec values = evaluator.eval(filter, batch);
    std::erase_if(left, [&](std::uint32_t i) { return values[i].is_false(); });
  }
  if (left.empty()) return;
  std::vector<Vec> columns;
  const std::vector<std::uint32_t> at = left;
  Tuples rest(evaluator.pool(), batch, std::move(left));
  for (const ExprId key : index.keys) columns.push_back(evaluator.eval(key, rest));
  for (std::uint32_t k = 0; k < at.size(); ++k) {
    const std::uint32_t row = first + at[k];
    piece.all.push_back(row);
    std::uint64_t hash = 0;
    bool failed = false;
    for (const Vec& column : columns) {
      failed = failed || column[k].is_error();
      if (!failed) hash = combine(hash, facts::hash(column[k]));
    }
    if (failed) {
      piece.unkeyed.push_back(row);
      continue;
    }
    piece.keyed.push_back(row);
    piece.hashes.push_back(hash);
    for (const Vec& column : columns) {
      Value key = column[k];
      // One of a tuple lies in a column, which moves when it grows.
      if (key.kind == facts::ValueKind::network) key.network = evaluator.arena().network(*key.network);
      piece.keys.push_back(key);
    }
  }
}

IndexTable Run::build(const plan::Index& index, std::uint32_t first_row, std::uint32_t rows) {
  constexpr std::uint32_t piece_rows = Evaluator::piece_size;
  IndexTable table;
  table.first = first_row;
  table.count = rows;
  table.width = static_cast<std::uint32_t>(index.keys.size());
  std::vector<IndexPiece> pieces((std::size_t{rows} + piece_rows - 1) / piece_rows);
  tbb::parallel_for(std::size_t{0}, pieces.size(), [&](std::size_t i) {
    Evaluator evaluator(*this);
    const auto first = static_cast<std::uint32_t>(i * piece_rows);
    read_piece(evaluator, index, first_row + first, std::min(piece_rows, rows - first), pieces[i]);
    keep(evaluator.take_arena());
  });
  std::vector<std::uint32_t> keyed;
  std::vector<std::uint64_t> hashes;
  std::vector<Value> keys;
  const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  for (const IndexPiece& piece : pieces) {
    append(table.all, piece.all);
    append(table.unkeyed, piece.unkeyed);
    append(keyed, piece.keyed);
    append(hashes, piece.hashes);
    append(keys, piece.keys);
  }
  // Counting sort into buckets; rows stay in ascending order within one.
  const std::uint64_t buckets = std::bit_ceil(std::max<std::uint64_t>(keyed.size(), 1));
  table.mask = buckets - 1;
  table.starts.assign(buckets + 1, 0);
  for (const std::uint64_t hash : hashes) ++table.starts[(hash & table.mask) + 1];
  for (std::uint64_t b = 0; b < buckets; ++b) table.starts[b + 1] += table.starts[b];
  std::vector<std::uint32_t> next(table.starts.begin(), table.starts.end() - 1);
  table.rows.resize(keyed.size());
  table.hashes.resize(keyed.size());
  table.keys.resize(keys.size());
  for (std::size_t i = 0; i < keyed.size(); ++i) {
    const std::uint32_t position = next[hashes[i] & table.mask]++;
    table.rows[position] = keyed[i];
    table.hashes[position] = hashes[i];
    std::copy_n(keys.begin() + static_cast<std::ptrdiff_t>(i * table.width), table.width,
                table.keys.begin() + static_cast<std::ptrdiff_t>(std::size_t{position} * table.width));
  }
  return table;
}

}  // namespace writ::eval
