// What is sound and cannot be meant: conditions that always come out the same, populations that nothing can be in,
// checks that look at nothing, controls that serve no criterion, products of whole entities. Only about the user's
// own files.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "language/dependencies/graph.hpp"
#include "language/dependencies/walk.hpp"
#include "language/types/check_declaration.hpp"

namespace writ::types {

using diagnostics::Code;
using language::CheckDef;
using language::Expr;
using language::ExprId;
using language::ExprKind;
using language::index;
using language::Program;
using language::Step;
using language::StepKind;

namespace {

// Whether two expressions are the same by their parts, so that they have one value wherever both stand.
bool same(const Program& program, ExprId a, ExprId b) {
  const Expr& left = program.expr(a);
  const Expr& right = program.expr(b);
  if (left.kind != right.kind || left.type != right.type || left.operands.size() != right.operands.size())
    return false;
  if (left.kind == ExprKind::query) return false;
  if (left.kind == ExprKind::literal) {
    if (program.literals[left.ref] != program.literals[right.ref]) return false;
  } else if (left.ref != right.ref) {
    return false;
  }
  for (std::size_t i = 0; i < left.operands.size(); ++i) {
    if (!same(program, left.operands[i], right.operands[i])) return false;
  }
  return true;
}

class Truth {
 public:
  explicit Truth(const Program& program) : program_(program) {}

  // What a condition always is, where it can be told without a record.
  std::optional<bool> of(ExprId id) const {
    const Expr& expr = program_.expr(id);
    switch (expr.kind) {
      case ExprKind::literal:
        if (const bool* value = std::get_if<bool>(&program_.literals[expr.ref])) return *value;
        return std::nullopt;
      case ExprKind::equal:
      case ExprKind::less_equal:
      case ExprKind::greater_equal:
        return of_equals(expr, true);
      case ExprKind::not_equal:
      case ExprKind::less:
      case ExprKind::greater:
        return of_equals(expr, false);
      case ExprKind::in: {
        const Expr& container = program_.expr(expr.operands[1]);
        const bool collection = container.kind == ExprKind::list || container.kind == ExprKind::set;
        if (collection && container.operands.empty()) return false;
        if (collection && holds_all(container)) return true;
        return std::nullopt;
      }
      default:
        return std::nullopt;
    }
  }

 private:
  // Equal sides decide any comparison; constants that differ decide equality.
  std::optional<bool> of_equals(const Expr& expr, bool when_equal) const {
    if (same(program_, expr.operands[0], expr.operands[1])) return when_equal;
    const Expr& left = program_.expr(expr.operands[0]);
    const Expr& right = program_.expr(expr.operands[1]);
    const bool constants = (left.kind == ExprKind::literal && right.kind == ExprKind::literal) ||
                           (left.kind == ExprKind::enum_member && right.kind == ExprKind::enum_member);
    if (!constants) return std::nullopt;
    if (expr.kind == ExprKind::equal) return false;
    if (expr.kind == ExprKind::not_equal) return true;
    return std::nullopt;
  }

  // Every member of an enum.
  bool holds_all(const Expr& container) const {
    std::set<std::uint32_t> members;
    for (const ExprId operand : container.operands) {
      const Expr& member = program_.expr(operand);
      if (member.kind != ExprKind::enum_member) return false;
      members.insert(member.ref);
    }
    const Type& type = program_.types.at(program_.types.at(container.type).element);
    return type.kind == Kind::enumeration && members.size() == program_.enums[type.decl].members.size();
  }

  const Program& program_;
};

class Lints {
 public:
  explicit Lints(Checking& checking) : checking_(checking), program_(checking.program), truth_(checking.program) {
    for (std::uint32_t file = 0; file < checking.modules.files.size(); ++file) {
      if (!checking.modules.module_of(file).library) users_.insert(checking.modules.files[file].tree.file);
    }
  }

  void run() {
    reads_ = dependencies::reads_of_checks(program_);
    for (std::uint32_t id = 0; id < checking_.declarations.checks.size(); ++id) {
      const CheckDef& check = program_.checks[id];
      if (!is_users(check.name_span)) continue;
      population(check);
      if (reads_[id].entities.empty()) reads_nothing(check);
    }
    for (const language::TemplateDef& def : program_.templates) {
      if (!is_users(def.name_span)) continue;
      for (const CheckDef& check : def.checks) population(check);
    }
    conditions();
    criteria();
  }

 private:
  bool is_users(Span span) const { return users_.contains(span.file); }

  // Only where others name theirs: who does without criteria does so on purpose.
  void criteria() {
    const auto is_own = [&](const language::ControlDef& control) { return is_users(control.id_span); };
    const bool named = std::any_of(program_.controls.begin(), program_.controls.end(), [&](const auto& control) {
      return is_own(control) && !control.criteria.empty();
    });
    for (const language::ControlDef& control : program_.controls) {
      if (!named || !is_own(control) || !control.criteria.empty()) continue;
      checking_.sink
          .add(Code::control_without_criteria, control.id_span,
               fmt::format("the control `{}` names no criterion that it serves", control.id),
               "`criteria` is missing")
          .help("say it: `criteria CC6.1, CC6.2`");
    }
  }

  // The conditions of a check's population; and what runs over what.
  void population(const CheckDef& check) {
    std::vector<ExprId> where;
    for (const Step& step : check.steps) {
      if (step.kind == StepKind::where) conjuncts(step.value, where);
    }
    for (const ExprId condition : where) {
      if (truth_.of(condition) != false) continue;
      told_.insert(index(condition));
      checking_.sink
          .add(Code::empty_population, program_.expr(condition).span,
               fmt::format("nothing can be in the population of `{}`", check.name), "never true")
          .help("a check about nothing decides nothing: mend the condition, or take the check out");
    }
    product(check, where);
  }

  void conjuncts(ExprId condition, std::vector<ExprId>& out) const {
    const Expr& expr = program_.expr(condition);
    if (expr.kind == ExprKind::logical_and) {
      for (const ExprId operand : expr.operands) conjuncts(operand, out);
    } else {
      out.push_back(condition);
    }
  }

  std::set<std::uint32_t> locals(ExprId root) {
    std::set<std::uint32_t> out;
    dependencies::Walk(program_).run(root, [&](const Expr& expr) {
      if (expr.kind == ExprKind::local) out.insert(expr.ref);
    });
    return out;
  }

  // A binder over a whole entity that neither an equation links with what stands before it nor a condition of its
  // own narrows: each record is combined with each.
  void product(const CheckDef& check, const std::vector<ExprId>& where) {
    std::set<std::uint32_t> bound;
    for (const Step& step : check.steps) {
      if (step.kind == StepKind::where) continue;
      if (step.kind == StepKind::let || program_.expr(step.value).kind != ExprKind::all) {
        bound.insert(index(step.local));
        continue;
      }
      const std::uint32_t own = index(step.local);
      const bool linked = std::any_of(where.begin(), where.end(), [&](ExprId condition) {
        const Expr& expr = program_.expr(condition);
        if (locals(condition) == std::set{own}) return true;
        if (expr.kind != ExprKind::equal) return false;
        const std::set<std::uint32_t> sides[] = {locals(expr.operands[0]), locals(expr.operands[1])};
        for (const int side : {0, 1}) {
          const auto& other = sides[1 - side];
          if (sides[side] == std::set{own} && !other.empty() &&
              std::includes(bound.begin(), bound.end(), other.begin(), other.end()))
            return true;
        }
        return false;
      });
      if (!bound.empty() && !linked) {
        const std::string& entity = program_.entities[program_.expr(step.value).ref].name;
        checking_.sink
            .add(Code::expensive_product, program_.expr(step.value).span,
                 fmt::format("each `{}` is combined with all that stands before it", entity),
                 "no equation says which ones belong together")
            .help(fmt::format("say it in `where`: `{}.… == …`; or run over a field that holds them",
                              local_name(check, own)));
      }
      bound.insert(own);
    }
  }

  static std::string local_name(const CheckDef& check, std::uint32_t local) {
    return check.locals[local].name.empty() ? "x" : check.locals[local].name;
  }

  void reads_nothing(const CheckDef& check) {
    checking_.sink
        .add(Code::check_without_evidence, check.name_span,
             fmt::format("the check `{}` looks at no evidence", check.name),
             "comes out the same for every organisation")
        .help("what it requires must be told by records of some entity");
  }

  // Parts of conditions, wherever one stands.
  void conditions() {
    for (const Expr& expr : program_.exprs) {
      if (!is_users(expr.span)) continue;
      if (expr.kind == ExprKind::conditional) condition(expr.operands[0]);
      if (expr.kind == ExprKind::logical_and || expr.kind == ExprKind::logical_or) {
        for (const ExprId operand : expr.operands) condition(operand);
      }
      if (expr.kind != ExprKind::query) continue;
      const language::Query& query = program_.queries[expr.ref];
      condition(query.where);
      if (query.kind == language::QueryKind::every || query.kind == language::QueryKind::percent)
        condition(query.body);
    }
    for (const CheckDef& check : program_.checks) of_check(check);
    for (const language::TemplateDef& def : program_.templates) {
      for (const CheckDef& check : def.checks) of_check(check);
    }
  }

  void of_check(const CheckDef& check) {
    if (!is_users(check.name_span)) return;
    for (const Step& step : check.steps) {
      if (step.kind == StepKind::where) condition(step.value);
    }
    for (const language::Requirement& requirement : check.requirements) condition(requirement.condition);
  }

  void condition(ExprId id) {
    if (id == ExprId::none) return;
    const Expr& expr = program_.expr(id);
    if (expr.kind == ExprKind::logical_not) return condition(expr.operands[0]);
    const std::optional<bool> truth = truth_.of(id);
    // Equations that a call of a rule stands for are no conditions that anybody wrote.
    if (!truth || !is_users(expr.span) || !told_.insert(index(id)).second) return;
    checking_.sink.add(Code::constant_condition, expr.span, fmt::format("this condition is always {}", *truth),
                       *truth ? "always true" : "never true");
  }

  Checking& checking_;
  const Program& program_;
  Truth truth_;
  std::set<source::FileId> users_;
  std::set<std::uint32_t> told_;  // conditions, by ExprId
  std::vector<dependencies::Reads> reads_;
};

}  // namespace

void lint(Checking& checking) { Lints(checking).run(); }

}  // namespace writ::types
