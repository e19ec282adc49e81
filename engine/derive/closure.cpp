#include "engine/derive/closure.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>

#include "language/dependencies/walk.hpp"

namespace writ::derive {

using language::DerivationDef;
using language::Expr;
using language::ExprId;
using language::ExprKind;
using language::index;
using language::Program;
using language::Step;
using language::StepKind;

namespace {

// Reads the steps of one derivation whose target is a relation.
class Shape {
 public:
  Shape(const Program& program, const DerivationDef& derivation)
      : program_(program), derivation_(derivation), meaning_(derivation.locals.size(), ExprId::none) {
    for (const Step& step : derivation.steps) {
      if (step.kind == StepKind::let) meaning_[index(step.local)] = step.value;
      if (step.kind == StepKind::where) conditions_.push_back(step.value);
      if (step.kind != StepKind::bind) continue;
      const Expr& over = program.expr(step.value);
      if (over.kind == ExprKind::all && over.ref == index(derivation.target)) {
        tuples_.push_back(index(step.local));
      } else {
        ++others_;
      }
    }
  }

  std::size_t tuples() const { return tuples_.size(); }

  // The column of its one tuple that the derivation hands on, and looks at nowhere else.
  std::optional<unsigned> kept() const {
    for (const unsigned column : {0U, 1U}) {
      if (is_column(derivation_.values[column], tuples_.front(), column) && is_only_kept(column)) return column;
    }
    return std::nullopt;
  }

  // `r(a, m) and r(m, b)`, and nothing else.
  bool joins_itself() const {
    if (tuples_.size() != 2 || others_ != 0 || conditions_.size() != 1) return false;
    const Expr& link = program_.expr(conditions_.front());
    if (link.kind != ExprKind::equal) return false;
    for (const auto& [first, second] : {std::pair(tuples_[0], tuples_[1]), std::pair(tuples_[1], tuples_[0])}) {
      const bool linked = (is_column(link.operands[0], first, 1) && is_column(link.operands[1], second, 0)) ||
                          (is_column(link.operands[1], first, 1) && is_column(link.operands[0], second, 0));
      if (linked && is_column(derivation_.values[0], first, 0) && is_column(derivation_.values[1], second, 1))
        return true;
    }
    return false;
  }

 private:
  // A field of a tuple, or a variable that stands for one.
  bool is_column(ExprId id, std::uint32_t tuple, unsigned column) const {
    return is_column(program_.expr(id), tuple, column);
  }

  bool is_column(const Expr& of, std::uint32_t tuple, unsigned column) const {
    const Expr* expr = &of;
    while (expr->kind == ExprKind::local && meaning_[expr->ref] != ExprId::none)
      expr = &program_.expr(meaning_[expr->ref]);
    if (expr->kind != ExprKind::field || expr->ref != column) return false;
    const Expr& object = program_.expr(expr->operands[0]);
    return object.kind == ExprKind::local && object.ref == tuple;
  }

  // Beside the variables that stand for it, and the same column of what is derived, nothing reads the column of the
  // one tuple, nor the tuple as a whole.
  bool is_only_kept(unsigned column) const {
    std::size_t tuples = 0, fields = 0, reads = 0;
    const auto count = [&](ExprId id) {
      dependencies::Walk(program_).run(id, [&](const Expr& expr) {
        if (expr.kind == ExprKind::local && expr.ref == tuples_.front()) ++tuples;
        if (is_column(expr, tuples_.front(), column)) ++reads;
        if (expr.kind != ExprKind::field) return;
        const Expr& object = program_.expr(expr.operands[0]);
        if (object.kind == ExprKind::local && object.ref == tuples_.front()) ++fields;
      });
    };
    for (const Step& step : derivation_.steps) {
      if (step.kind != StepKind::let || !is_column(step.value, tuples_.front(), column)) count(step.value);
    }
    count(derivation_.values[1 - column]);
    return reads == 0 && tuples == fields;
  }

  const Program& program_;
  const DerivationDef& derivation_;
  std::vector<ExprId> meaning_;  // by local: of lets
  std::vector<ExprId> conditions_;
  std::vector<std::uint32_t> tuples_;  // locals of binders over the relation itself
  std::size_t others_ = 0;             // binders over anything else
};

}  // namespace

std::optional<Closure> closure_of(const Program& program, const language::Stratum& stratum) {
  if (!stratum.recursive) return std::nullopt;
  const types::EntityId target = program.derivations[stratum.derivations.front()].target;
  const auto& columns = program.entity(target).fields;
  const bool pairs = columns.size() == 2 && columns[0].type == columns[1].type &&
                     program.types.kind(columns[0].type) == types::Kind::entity;
  if (!pairs) return std::nullopt;
  std::optional<Closure> out;
  for (const std::uint32_t id : stratum.derivations) {
    const DerivationDef& derivation = program.derivations[id];
    if (derivation.target != target) return std::nullopt;
    const Shape shape(program, derivation);
    if (shape.tuples() == 0) continue;
    if (out) return std::nullopt;
    if (shape.joins_itself()) {
      out = Closure{id, 0, true};
    } else if (const auto kept = shape.tuples() == 1 ? shape.kept() : std::nullopt) {
      out = Closure{id, *kept, false};
    } else {
      return std::nullopt;
    }
  }
  return out;
}

namespace {

// Where each record's pairs lie when they are sorted by the first.
struct Adjacency {
  std::vector<std::uint32_t> starts;
  std::vector<std::uint32_t> to;
};

Adjacency adjacency(const Pairs& pairs, std::uint32_t records) {
  Adjacency out{std::vector<std::uint32_t>(std::size_t{records} + 1), std::vector<std::uint32_t>(pairs.size())};
  for (const auto& [from, to] : pairs) ++out.starts[from + 1];
  for (std::size_t i = 1; i < out.starts.size(); ++i) out.starts[i] += out.starts[i - 1];
  std::vector<std::uint32_t> next(out.starts.begin(), out.starts.end() - 1);
  for (const auto& [from, to] : pairs) out.to[next[from]++] = to;
  return out;
}

constexpr std::size_t sources_at_once = 64;

// What is found from each of `sources`, one after another: pairs of a source and what `search` adds to the list for
// it. Each thread that searches has a state of its own.
template <typename State, typename Make, typename Search>
Closed search_all(const std::vector<std::uint32_t>& sources, Make make, Search search) {
  struct Piece {
    std::vector<std::uint32_t> ends;  // by source: where those that it leads to end
    std::vector<std::uint32_t> to;
  };
  std::vector<Piece> pieces((sources.size() + sources_at_once - 1) / sources_at_once);
  tbb::enumerable_thread_specific<State> states(make);
  tbb::parallel_for(std::size_t{0}, pieces.size(), [&](std::size_t p) {
    State& state = states.local();
    Piece& piece = pieces[p];
    const std::size_t last = std::min(sources.size(), (p + 1) * sources_at_once);
    for (std::size_t i = p * sources_at_once; i < last; ++i) {
      search(state, sources[i], piece.to);
      piece.ends.push_back(static_cast<std::uint32_t>(piece.to.size()));
    }
  });
  std::vector<std::size_t> offsets(pieces.size() + 1);
  for (std::size_t p = 0; p < pieces.size(); ++p) offsets[p + 1] = offsets[p] + pieces[p].to.size();
  Closed out{std::vector<std::uint32_t>(offsets.back()), std::vector<std::uint32_t>(offsets.back())};
  tbb::parallel_for(std::size_t{0}, pieces.size(), [&](std::size_t p) {
    const Piece piece = std::move(pieces[p]);
    std::copy(piece.to.begin(), piece.to.end(), out.to.begin() + static_cast<std::ptrdiff_t>(offsets[p]));
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < piece.ends.size(); ++i) {
      for (; at < piece.ends[i]; ++at) out.from[offsets[p] + at] = sources[p * sources_at_once + i];
    }
  });
  return out;
}

// Which records a search has come to: by record, the source of the last search that did.
using Marks = std::vector<std::uint32_t>;

// Adds what the edges lead to from a record, where this search has not come to it yet.
void visit(const Adjacency& edges, std::uint32_t at, std::uint32_t source, Marks& marks,
           std::vector<std::uint32_t>& out) {
  for (std::uint32_t i = edges.starts[at]; i < edges.starts[at + 1]; ++i) {
    const std::uint32_t to = edges.to[i];
    if (marks[to] == source) continue;
    marks[to] = source;
    out.push_back(to);
  }
}

Pairs reversed(const Pairs& pairs) {
  Pairs out;
  out.reserve(pairs.size());
  for (const auto& [from, to] : pairs) out.emplace_back(to, from);
  return out;
}

}  // namespace

Closed close(const Pairs& begin, const Pairs& steps, std::uint32_t records,
             const std::vector<std::uint32_t>& from) {
  const Adjacency first = adjacency(begin, records);
  const Adjacency next = adjacency(steps, records);
  return search_all<Marks>(
      from, [&] { return Marks(records, records); },
      [&](Marks& marks, std::uint32_t source, std::vector<std::uint32_t>& out) {
        std::size_t seen = out.size();
        visit(first, source, source, marks, out);
        for (; seen < out.size(); ++seen) visit(next, out[seen], source, marks, out);
      });
}

Closed close_back(const Pairs& begin, const Pairs& steps, std::uint32_t records,
                  const std::vector<std::uint32_t>& to) {
  const Adjacency last = adjacency(reversed(begin), records);
  const Adjacency next = adjacency(reversed(steps), records);
  struct State {
    Marks passed, found;
    std::vector<std::uint32_t> way;  // what leads to the source over steps, and itself
  };
  Closed out = search_all<State>(
      to, [&] { return State{Marks(records, records), Marks(records, records), {}}; },
      [&](State& state, std::uint32_t source, std::vector<std::uint32_t>& found) {
        state.way.assign(1, source);
        state.passed[source] = source;
        for (std::size_t seen = 0; seen < state.way.size(); ++seen) {
          visit(last, state.way[seen], source, state.found, found);
          visit(next, state.way[seen], source, state.passed, state.way);
        }
      });
  std::swap(out.from, out.to);
  return out;
}

}  // namespace writ::derive
