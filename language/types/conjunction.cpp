#include "language/types/conjunction.hpp"

#include <algorithm>
#include <set>

#include "language/dependencies/walk.hpp"

namespace writ::types {

using language::Expr;
using language::ExprId;
using language::ExprKind;
using language::index;
using language::Local;
using language::LocalId;
using language::Program;
using language::Step;
using language::StepKind;

namespace {

void append(Conjunction& to, const Conjunction& from) {
  to.binders.insert(to.binders.end(), from.binders.begin(), from.binders.end());
  to.conditions.insert(to.conditions.end(), from.conditions.begin(), from.conditions.end());
}

// Each of the one with each of the other; nothing where these are too many.
std::vector<Conjunction> products(const std::vector<Conjunction>& left, const std::vector<Conjunction>& right) {
  std::vector<Conjunction> out;
  if (left.size() * right.size() > most_alternatives) return out;
  for (const Conjunction& a : left) {
    for (const Conjunction& b : right) {
      out.push_back(a);
      append(out.back(), b);
    }
  }
  return out;
}

std::vector<Conjunction> whole(ExprId condition) { return {{{}, {condition}}}; }

// It stays whole, so that asking for its opposite asks for nothing that must be known before and need not be now.
bool is_whole(const Program& program, ExprId condition) {
  const Expr& expr = program.expr(condition);
  if (expr.kind == ExprKind::query) return program.queries[expr.ref].kind != language::QueryKind::some;
  if (expr.kind != ExprKind::logical_and) return true;
  return is_whole(program, expr.operands[0]) && is_whole(program, expr.operands[1]);
}

// That those of several alternatives do not hold which are not taken apart: what stands behind them may lean on it.
void deny(Checking& checking, ExprId condition, std::vector<ExprId>& out) {
  const Expr expr = checking.program.expr(condition);
  if (expr.kind == ExprKind::logical_or) {
    for (const ExprId operand : expr.operands) deny(checking, operand, out);
  } else if (is_whole(checking.program, condition)) {
    out.push_back(checking.add(ExprKind::logical_not, expr.type, expr.span, {condition}));
  }
}

}  // namespace

std::vector<Conjunction> alternatives(Checking& checking, ExprId condition) {
  const Expr expr = checking.program.expr(condition);
  switch (expr.kind) {
    case ExprKind::logical_and: {
      std::vector<Conjunction> both =
          products(alternatives(checking, expr.operands[0]), alternatives(checking, expr.operands[1]));
      return both.empty() ? whole(condition) : both;
    }
    case ExprKind::logical_or: {
      std::vector<Conjunction> either = alternatives(checking, expr.operands[0]);
      std::vector<ExprId> denied;
      deny(checking, expr.operands[0], denied);
      for (Conjunction& other : alternatives(checking, expr.operands[1])) {
        other.conditions.insert(other.conditions.begin(), denied.begin(), denied.end());
        either.push_back(std::move(other));
      }
      return either.size() > most_alternatives ? whole(condition) : either;
    }
    case ExprKind::query: {
      const language::Query query = checking.program.queries[expr.ref];
      if (query.kind != language::QueryKind::some) return whole(condition);
      std::vector<Conjunction> out{{}};
      if (query.where != ExprId::none) out = alternatives(checking, query.where);
      for (Conjunction& one : out) {
        std::vector<Step> binders;
        for (const language::Clause& clause : query.clauses)
          binders.push_back({StepKind::bind, clause.local, clause.collection, {}});
        one.binders.insert(one.binders.begin(), binders.begin(), binders.end());
      }
      return out;
    }
    default:
      return whole(condition);
  }
}

namespace {

class Solver {
 public:
  Solver(Checking& checking, const std::vector<Local>& locals, std::uint32_t head, Conjunction conjunction)
      : checking_(checking),
        walk_(checking.program),
        locals_(locals),
        head_(head),
        conjunction_(std::move(conjunction)),
        meaning_(locals.size(), ExprId::none) {}

  Solution run() {
    for (std::uint32_t i = 0; i < conjunction_.binders.size(); ++i) run_backwards(conjunction_.binders[i]);
    // What a variable is said to be by what is bound anyhow, before what leans on another one of the head.
    for (const bool by_head : {false, true}) {
      for (std::uint32_t local = 0; local < head_; ++local) solve(static_cast<LocalId>(local), by_head);
      std::erase_if(conjunction_.binders, [&](const Step& binder) {
        return is_record_of_entity(binder) && solve(binder.local, by_head);
      });
    }
    Solution out;
    for (std::uint32_t local = 0; local < head_; ++local) {
      if (meaning_[local] != ExprId::none) continue;
      if (is_entity(locals_[local].type)) {
        out.steps.push_back({StepKind::bind, static_cast<LocalId>(local), all(locals_[local]), {}});
      } else {
        out.unbound.push_back(local);
      }
    }
    out.steps.insert(out.steps.end(), conjunction_.binders.begin(), conjunction_.binders.end());
    for (std::uint32_t local = 0; local < meaning_.size(); ++local) {
      if (meaning_[local] != ExprId::none)
        out.steps.push_back({StepKind::let, static_cast<LocalId>(local), meaning_[local], {}});
    }
    for (const ExprId condition : conjunction_.conditions)
      out.steps.push_back({StepKind::where, {}, condition, {}});
    return out;
  }

 private:
  Program& program() { return checking_.program; }
  bool is_entity(TypeId type) { return program().types.kind(type) == Kind::entity; }

  ExprId all(const Local& local) {
    const std::uint32_t entity = program().types.at(local.type).decl;
    return checking_.add(ExprKind::all, program().types.list(local.type), local.span, {}, entity);
  }

  bool is_record_of_entity(const Step& binder) {
    const Expr& over = program().expr(binder.value);
    return over.kind == ExprKind::all && !program().entities[over.ref].relation;
  }

  // `v in p.versions` as `v in Version` and `v.policy == p`: then `p` can be told by `v` as well.
  void run_backwards(Step& binder) {
    const Expr over = program().expr(binder.value);
    if (over.kind != ExprKind::field) return;
    const Expr owner = program().expr(over.operands[0]);
    if (owner.kind != ExprKind::local || !is_entity(owner.type)) return;
    const language::FieldDef& inverse = program().entities[program().types.at(owner.type).decl].fields[over.ref];
    if (!inverse.inverse) return;
    const std::uint32_t other = index(inverse.inverse_entity);
    const std::uint32_t field = inverse.inverse_field;
    const TypeId type = program().entities[other].fields[field].type;
    if (program().types.strip_optional(type) != owner.type) return;  // a list of references
    const TypeId element = program().types.entity(static_cast<EntityId>(other));
    binder.value = checking_.add(ExprKind::all, program().types.list(element), over.span, {}, other);
    const ExprId record = checking_.add(ExprKind::local, element, over.span, {}, index(binder.local));
    const ExprId reference = checking_.add(ExprKind::field, type, over.span, {record}, field);
    ExprId referred = checking_.add(ExprKind::local, owner.type, over.span, {}, owner.ref);
    if (type != owner.type) referred = checking_.add(ExprKind::widen, type, over.span, {referred});
    conjunction_.conditions.push_back(
        checking_.add(ExprKind::equal, TypeTable::simple(Kind::boolean), over.span, {reference, referred}));
  }

  // The variable itself, or it as a value that might have been missing.
  bool names(ExprId id, LocalId local) {
    const Expr& expr = program().expr(id);
    if (expr.kind == ExprKind::local) return expr.ref == index(local);
    return expr.kind == ExprKind::widen && program().types.is_optional(expr.type) &&
           program().types.strip_optional(expr.type) == checking_.type(expr.operands[0]) &&
           names(expr.operands[0], local);
  }

  // The variables that a value hangs on, through what is said of them and what they run over.
  std::set<std::uint32_t> needed(ExprId value) {
    std::set<std::uint32_t> found;
    std::vector<ExprId> open{value};
    while (!open.empty()) {
      const ExprId root = open.back();
      open.pop_back();
      std::set<std::uint32_t> bound;
      std::set<std::uint32_t> used;
      walk_.run(root, [&](const Expr& expr) {
        if (expr.kind == ExprKind::local) used.insert(expr.ref);
        if (expr.kind != ExprKind::query) return;
        for (const language::Clause& clause : program().queries[expr.ref].clauses)
          bound.insert(index(clause.local));
      });
      for (const std::uint32_t local : used) {
        if (bound.contains(local) || !found.insert(local).second) continue;
        if (meaning_[local] != ExprId::none) open.push_back(meaning_[local]);
        for (const Step& binder : conjunction_.binders) {
          if (index(binder.local) == local) open.push_back(binder.value);
        }
      }
    }
    return found;
  }

  bool solve(LocalId local, bool by_head) {
    if (meaning_[index(local)] != ExprId::none) return false;
    auto& conditions = conjunction_.conditions;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const Expr equation = program().expr(conditions[i]);
      if (equation.kind != ExprKind::equal) continue;
      for (const std::size_t side : {0U, 1U}) {
        const ExprId value = equation.operands[1 - side];
        if (!names(equation.operands[side], local)) continue;
        const std::set<std::uint32_t> locals = needed(value);
        if (locals.contains(index(local))) continue;
        const bool leans = std::any_of(locals.begin(), locals.end(), [&](std::uint32_t other) {
          return other < head_ && meaning_[other] == ExprId::none;
        });
        if (leans && !by_head) continue;
        mean(local, value, i);
        return true;
      }
    }
    return false;
  }

  // The variable is this value, where that is there; the equation then says nothing more.
  void mean(LocalId local, ExprId value, std::size_t equation) {
    auto& conditions = conjunction_.conditions;
    const TypeId type = checking_.type(value);
    const Span span = program().expr(value).span;
    const bool is_there = !program().types.is_optional(type) && (!is_entity(type) || is_column(value));
    if (is_there) {
      conditions.erase(conditions.begin() + static_cast<std::ptrdiff_t>(equation));
      meaning_[index(local)] = value;
      return;
    }
    conditions[equation] = checking_.add(ExprKind::is_present, TypeTable::simple(Kind::boolean), span, {value});
    const TypeId present = program().types.strip_optional(type);
    meaning_[index(local)] = present == type ? value : checking_.add(ExprKind::present, present, span, {value});
  }

  // A reference in a record or a tuple: one that is not optional names a record that is there.
  bool is_column(ExprId value) {
    const Expr& expr = program().expr(value);
    if (expr.kind != ExprKind::field) return false;
    const Expr& object = program().expr(expr.operands[0]);
    if (object.kind != ExprKind::local) return false;
    return std::any_of(conjunction_.binders.begin(), conjunction_.binders.end(), [&](const Step& binder) {
      return index(binder.local) == object.ref && program().expr(binder.value).kind == ExprKind::all;
    });
  }

  Checking& checking_;
  dependencies::Walk walk_;
  const std::vector<Local>& locals_;
  std::uint32_t head_;
  Conjunction conjunction_;
  std::vector<ExprId> meaning_;  // by local: what it is said to be
};

}  // namespace

Solution solve(Checking& checking, const std::vector<Local>& locals, std::uint32_t head, Conjunction conjunction) {
  return Solver(checking, locals, head, std::move(conjunction)).run();
}

}  // namespace writ::types
