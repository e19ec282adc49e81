#include "engine/plan/analysis.hpp"

#include <algorithm>
#include <unordered_map>

namespace writ::plan {

using language::Expr;
using language::ExprKind;
using language::Program;
using language::Query;

namespace {

void merge(std::vector<std::uint32_t>& into, const std::vector<std::uint32_t>& from) {
  if (from.empty()) return;
  std::vector<std::uint32_t> out;
  out.reserve(into.size() + from.size());
  std::set_union(into.begin(), into.end(), from.begin(), from.end(), std::back_inserter(out));
  into = std::move(out);
}

// Kinds whose own evaluation never fails when their operands do not. Locals and fields are told apart by the
// caller.
bool is_total(ExprKind kind) {
  switch (kind) {
    case ExprKind::literal:
    case ExprKind::missing:
    case ExprKind::param:
    case ExprKind::now:
    case ExprKind::today:
    case ExprKind::period:
    case ExprKind::enum_member:
    case ExprKind::all:
    case ExprKind::safe_field:
    case ExprKind::widen:
    case ExprKind::list:
    case ExprKind::set:
    case ExprKind::range:
    case ExprKind::range_start:
    case ExprKind::range_end:
    case ExprKind::logical_not:
    case ExprKind::logical_and:
    case ExprKind::logical_or:
    case ExprKind::equal:
    case ExprKind::not_equal:
    case ExprKind::less:
    case ExprKind::less_equal:
    case ExprKind::greater:
    case ExprKind::greater_equal:
    case ExprKind::in:
    case ExprKind::matches:
    case ExprKind::like:
    case ExprKind::is_present:
    case ExprKind::is_missing:
    case ExprKind::is_dangling:
    case ExprKind::coalesce:
    case ExprKind::conditional:
    case ExprKind::interpolate:
    case ExprKind::reference:
    case ExprKind::record:
      return true;
    case ExprKind::error:
    case ExprKind::local:
    case ExprKind::field:
    case ExprKind::present:
    case ExprKind::add:
    case ExprKind::subtract:
    case ExprKind::multiply:
    case ExprKind::divide:
    case ExprKind::remainder:
    case ExprKind::negate:
    case ExprKind::call:
    case ExprKind::builtin:
    case ExprKind::query:
      return false;
  }
  return false;
}

class Analysis {
 public:
  Analysis(const Program& program, bool fields_may_fail)
      : program_(program),
        fields_may_fail_(fields_may_fail),
        facts_(program.exprs.size()),
        done_(program.exprs.size()) {}

  std::vector<ExprFacts> run() {
    for (const auto& function : program_.functions) {
      records_.clear();
      if (function.body != ExprId::none) visit(function.body);
    }
    for (const auto& check : program_.checks) {
      records_.clear();
      for (const auto& step : check.steps) {
        visit(step.value);
        if (step.kind == language::StepKind::bind) note_binder(step.local, step.value);
      }
      for (const auto& requirement : check.requirements) {
        visit(requirement.condition);
        visit(requirement.message);
      }
    }
    for (const auto& waiver : program_.waivers) {
      if (!waiver.check || waiver.where == ExprId::none) continue;
      records_.clear();
      for (const auto& step : program_.checks[language::index(*waiver.check)].steps) {
        if (step.kind == language::StepKind::bind) note_binder(step.local, step.value);
      }
      visit(waiver.where);
    }
    for (const auto& derivation : program_.derivations) {
      records_.clear();
      for (const auto& step : derivation.steps) {
        if (step.kind == language::StepKind::bind) note_binder(step.local, step.value);
      }
      for (const auto& step : derivation.steps) visit(step.value);
      for (const auto& requirement : derivation.requirements) {
        visit(requirement.condition);
        visit(requirement.message);
      }
      for (const ExprId value : derivation.values) {
        if (value != ExprId::none) visit(value);
      }
    }
    // Whatever is left: nothing is known of its locals, nor has it any of another declaration.
    for (std::uint32_t id = 0; id < facts_.size(); ++id) {
      records_.clear();
      visit(static_cast<ExprId>(id));
    }
    return std::move(facts_);
  }

 private:
  void visit(ExprId id) {
    const std::uint32_t at = language::index(id);
    if (done_[at]) return;
    done_[at] = true;
    const Expr& expr = program_.expr(id);
    ExprFacts facts;
    bool operands_fallible = false;
    std::string key(1, static_cast<char>(expr.kind));
    const auto append = [&key](std::uint32_t number) {
      for (int shift = 0; shift < 32; shift += 8) key.push_back(static_cast<char>((number >> shift) & 0xff));
    };
    append(language::index(expr.type));
    append(expr.kind == ExprKind::query ? at : expr.ref);  // queries are told apart by where they stand
    for (const ExprId operand : expr.operands) {
      visit(operand);
      const ExprFacts& below = facts_[language::index(operand)];
      merge(facts.locals, below.locals);
      operands_fallible = operands_fallible || below.fallible;
      append(below.number);
    }
    if (expr.kind == ExprKind::local) facts.locals.push_back(expr.ref);
    if (expr.kind == ExprKind::query) query_locals(program_.queries[expr.ref], facts);
    facts.fallible = operands_fallible || !(is_total_here(expr.kind) || is_record(expr));
    facts.closed = facts.locals.empty();
    const auto [entry, added] = numbers_.emplace(std::move(key), static_cast<std::uint32_t>(numbers_.size()));
    facts.number = entry->second;
    facts_[at] = std::move(facts);
  }

  // A binder over records of the store is always a record; one over computed elements, a parameter or a let may
  // hold a dangling reference or a failure.
  void note_binder(LocalId local, ExprId collection) {
    const Expr& from = program_.expr(collection);
    bool inverse = false;
    if (from.kind == ExprKind::field) {
      const types::Type& object = program_.types.at(program_.expr(from.operands[0]).type);
      inverse = object.kind == types::Kind::entity && program_.entities[object.decl].fields[from.ref].inverse;
    }
    if (from.kind == ExprKind::all || inverse) records_.push_back(language::index(local));
  }

  bool is_record(const Expr& expr) const {
    if (expr.kind == ExprKind::local)
      return std::find(records_.begin(), records_.end(), expr.ref) != records_.end();
    if (expr.kind != ExprKind::field || fields_may_fail_) return false;
    const Expr& object = program_.expr(expr.operands[0]);
    return object.kind == ExprKind::local && is_record(object);
  }

  void query_locals(const Query& query, ExprFacts& facts) {
    std::vector<std::uint32_t> used;
    const auto use = [&](ExprId part) {
      if (part == ExprId::none) return;
      visit(part);
      merge(used, facts_[language::index(part)].locals);
    };
    std::vector<std::uint32_t> bound;
    for (const auto& clause : query.clauses) {
      use(clause.collection);
      note_binder(clause.local, clause.collection);
      bound.push_back(language::index(clause.local));
    }
    use(query.where);
    use(query.body);
    use(query.order);
    use(query.range);
    for (const std::uint32_t local : used) {
      if (std::find(bound.begin(), bound.end(), local) == bound.end()) facts.locals.push_back(local);
    }
  }

  bool is_total_here(ExprKind kind) const {
    return is_total(kind) && !(kind == ExprKind::safe_field && fields_may_fail_);
  }

  const Program& program_;
  bool fields_may_fail_;
  std::vector<ExprFacts> facts_;
  std::vector<bool> done_;
  std::vector<std::uint32_t> records_;  // locals of the declaration at hand that are records for certain
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace

std::vector<ExprFacts> analyse(const Program& program, bool fields_may_fail) {
  return Analysis(program, fields_may_fail).run();
}

std::vector<ExprId> conjuncts(const Program& program, ExprId condition) {
  std::vector<ExprId> out;
  std::vector<ExprId> open{condition};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    const Expr& expr = program.expr(id);
    if (expr.kind == ExprKind::logical_and) {
      open.push_back(expr.operands[1]);
      open.push_back(expr.operands[0]);
    } else {
      out.push_back(id);
    }
  }
  return out;
}

}  // namespace writ::plan
