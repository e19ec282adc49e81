#include "engine/tests/coverage.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace writ::tests {

using language::Expr;
using language::ExprId;
using language::ExprKind;
using language::index;
using language::Program;
using language::QueryKind;

std::string_view spelling(ConditionKind kind) {
  switch (kind) {
    case ConditionKind::where:
      return "where";
    case ConditionKind::require:
      return "require";
    case ConditionKind::if_:
      return "if";
    case ConditionKind::satisfies:
      return "satisfies";
    case ConditionKind::part:
      return "part";
  }
  return "part";
}

namespace {

constexpr std::string_view excuse_mark = "# coverage: ";

// Finds the conditions below expressions, each once by its place.
class Collecting {
 public:
  Collecting(const Program& program, const Observations& observed, const std::vector<source::FileId>& files)
      : program_(program), observed_(observed), files_(files) {}

  void check(const language::CheckDef& check) {
    owner_ = check.qualified_name;
    steps(check.steps);
    require(check.requirements);
  }

  void function(const language::FunctionDef& function) {
    owner_ = function.name;
    if (function.body != ExprId::none) collect(function.body);
  }

  void derivation(const language::DerivationDef& derivation) {
    owner_ = "derive " + program_.entity(derivation.target).name;
    steps(derivation.steps);
    require(derivation.requirements);
    for (const ExprId value : derivation.values) {
      if (value != ExprId::none) collect(value);
    }
  }

  std::vector<Condition> take() {
    std::vector<Condition> out;
    for (auto& [place, condition] : conditions_) out.push_back(std::move(condition));
    return out;
  }

 private:
  using Place = std::tuple<source::FileId, std::uint32_t, std::uint32_t>;

  void require(const std::vector<language::Requirement>& requirements) {
    for (const language::Requirement& requirement : requirements) {
      condition(requirement.condition, ConditionKind::require);
      if (requirement.message != ExprId::none) collect(requirement.message);
    }
  }

  void steps(const std::vector<language::Step>& steps) {
    for (const language::Step& step : steps) {
      if (step.kind == language::StepKind::where) {
        condition(step.value, ConditionKind::where);
      } else {
        collect(step.value);
      }
    }
  }

  void condition(ExprId id, ConditionKind kind) {
    const Expr& expr = program_.expr(id);
    switch (expr.kind) {
      case ExprKind::logical_and:
      case ExprKind::logical_or:
      case ExprKind::logical_not:
        for (const ExprId operand : expr.operands) condition(operand, kind);
        return;
      default:
        note(id, kind);
        collect(id);
    }
  }

  void note(ExprId id, ConditionKind kind) {
    const source::Span span = program_.expr(id).span;
    if (std::find(files_.begin(), files_.end(), span.file) == files_.end()) return;
    Condition& condition = conditions_[{span.file, span.begin, span.end}];
    if (condition.owner.empty()) {
      condition.kind = kind;
      condition.span = span;
      condition.owner = owner_;
      condition.excused = excuse(span);
    }
    condition.held += observed_.held[index(id)];
    condition.broke += observed_.broke[index(id)];
  }

  // The reason in a comment `# coverage: …` on the line on which the condition ends.
  std::string excuse(source::Span span) const {
    const std::uint32_t line = program_.sources->line_column(span.file, span.end).line;
    const std::string_view text = program_.sources->line(span.file, line);
    const std::size_t mark = text.find(excuse_mark);
    return mark == std::string_view::npos ? std::string() : std::string(text.substr(mark + excuse_mark.size()));
  }

  void collect(ExprId id) {
    const Expr& expr = program_.expr(id);
    switch (expr.kind) {
      case ExprKind::logical_and:
      case ExprKind::logical_or:
      case ExprKind::logical_not:
        condition(id, ConditionKind::part);
        return;
      case ExprKind::conditional:
        condition(expr.operands[0], ConditionKind::if_);
        collect(expr.operands[1]);
        collect(expr.operands[2]);
        return;
      case ExprKind::query: {
        const language::Query& query = program_.queries[expr.ref];
        for (const language::Clause& clause : query.clauses) collect(clause.collection);
        if (query.where != ExprId::none) condition(query.where, ConditionKind::where);
        if (query.body != ExprId::none) {
          if (query.kind == QueryKind::every || query.kind == QueryKind::percent) {
            condition(query.body, ConditionKind::satisfies);
          } else {
            collect(query.body);
          }
        }
        if (query.order != ExprId::none) collect(query.order);
        return;
      }
      default:
        for (const ExprId operand : expr.operands) collect(operand);
        return;
    }
  }

  const Program& program_;
  const Observations& observed_;
  const std::vector<source::FileId>& files_;
  std::string owner_;
  std::map<Place, Condition> conditions_;
};

}  // namespace

std::vector<Condition> conditions(const Program& program, const Observations& observed,
                                  const std::vector<source::FileId>& files) {
  Collecting collecting(program, observed, files);
  for (const language::CheckDef& check : program.checks) collecting.check(check);
  for (const language::FunctionDef& function : program.functions) collecting.function(function);
  for (const language::DerivationDef& derivation : program.derivations) collecting.derivation(derivation);
  return collecting.take();
}

}  // namespace writ::tests
