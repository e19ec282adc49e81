#include <fmt/format.h>

#include <algorithm>

#include "engine/plan/analysis.hpp"
#include "engine/plan/plan.hpp"

namespace writ::plan {

using language::Program;

namespace {

class Verifier {
 public:
  Verifier(const Program& program, const Plan& plan) : program_(program), plan_(plan) {}

  std::string run() {
    if (plan_.exprs.size() != program_.exprs.size()) return "not every expression was analysed";
    if (plan_.queries.size() != program_.queries.size()) return "not every query was lowered";
    if (plan_.checks.size() != program_.checks.size()) return "not every check was lowered";
    for (std::size_t i = 0; i < plan_.indexes.size(); ++i) index(i);
    for (std::size_t i = 0; i < plan_.queries.size(); ++i) query(i);
    for (std::size_t i = 0; i < plan_.checks.size(); ++i) check(i);
    if (plan_.derivations.size() != program_.derivations.size()) return "not every derivation was lowered";
    for (std::size_t i = 0; i < plan_.derivations.size(); ++i) derivation(i);
    return std::move(wrong_);
  }

 private:
  void index(std::size_t at) {
    const Index& index = plan_.indexes[at];
    const std::vector<std::uint32_t> own{language::index(index.local)};
    for (const auto* exprs : {&index.keys, &index.filters}) {
      for (const ExprId expr : *exprs) {
        if (plan_.facts(expr).locals != own)
          report(fmt::format("index {}: an expression names more than its record", at));
      }
    }
  }

  // Every local that an operator names is bound by one before it, or is no local of this pipeline.
  void pipeline(const Pipeline& pipeline, std::vector<std::uint32_t> unbound, const std::string& where) {
    const auto use = [&](ExprId expr) {
      for (const std::uint32_t local : plan_.facts(expr).locals) {
        if (std::find(unbound.begin(), unbound.end(), local) != unbound.end()) {
          report(fmt::format("{}: local {} is used before it is bound", where, local));
        }
      }
    };
    for (const Operator& op : pipeline.operators) {
      if (op.value != ExprId::none) use(op.value);
      for (const ExprId key : op.keys) use(key);
      if (op.kind == OperatorKind::prefilter) continue;
      if (op.kind == OperatorKind::lookup) {
        const Index& index = plan_.indexes[static_cast<std::uint32_t>(op.index)];
        if (index.keys.size() != op.keys.size() || index.entity != op.entity || index.local != op.local) {
          report(fmt::format("{}: a look-up does not fit its index", where));
        }
      }
      const auto found = std::find(unbound.begin(), unbound.end(), language::index(op.local));
      if (found == unbound.end()) {
        report(fmt::format("{}: local {} is bound twice", where, language::index(op.local)));
      } else {
        unbound.erase(found);
      }
    }
    if (!unbound.empty()) report(fmt::format("{}: local {} is never bound", where, unbound.front()));
    for (const ExprId expr : pipeline.where) use(expr);
  }

  // Every conjunct is tested at the end, or holds by an operator and cannot fail.
  void covers(const Pipeline& pipeline, const std::vector<ExprId>& conjuncts, const std::string& where) {
    for (const ExprId conjunct : conjuncts) {
      if (std::find(pipeline.where.begin(), pipeline.where.end(), conjunct) != pipeline.where.end()) continue;
      if (plan_.facts(conjunct).fallible)
        report(fmt::format("{}: a conjunct that may fail is not tested at the end", where));
      bool held = false;
      for (const Operator& op : pipeline.operators) {
        if (op.kind == OperatorKind::prefilter && op.value == conjunct) held = true;
        if (op.kind != OperatorKind::lookup) continue;
        const Index& index = plan_.indexes[static_cast<std::uint32_t>(op.index)];
        const auto same = [&](ExprId expr) { return plan_.facts(expr).number == plan_.facts(conjunct).number; };
        if (std::any_of(index.filters.begin(), index.filters.end(), same)) held = true;
        const language::Expr& expr = program_.expr(conjunct);
        if (expr.kind != language::ExprKind::equal) continue;
        for (std::size_t k = 0; k < op.keys.size(); ++k) {
          const std::uint32_t inner = plan_.facts(index.keys[k]).number;
          const std::uint32_t left = plan_.facts(expr.operands[0]).number;
          const std::uint32_t right = plan_.facts(expr.operands[1]).number;
          const std::uint32_t outer = plan_.facts(op.keys[k]).number;
          if ((inner == left && outer == right) || (inner == right && outer == left)) held = true;
        }
      }
      if (!held) report(fmt::format("{}: a conjunct was lost", where));
    }
  }

  void query(std::size_t at) {
    const auto& query = program_.queries[at];
    std::vector<std::uint32_t> unbound;
    for (const auto& clause : query.clauses) unbound.push_back(language::index(clause.local));
    const std::string where = fmt::format("query {}", at);
    pipeline(plan_.queries[at], unbound, where);
    if (query.where != ExprId::none) covers(plan_.queries[at], conjuncts(program_, query.where), where);
  }

  void check(std::size_t at) {
    const auto& check = program_.checks[at];
    stages(plan_.checks[at].stages, check.steps, fmt::format("check {}", check.qualified_name));
  }

  void stages(const std::vector<Stage>& stages, const std::vector<language::Step>& steps,
              const std::string& where) {
    for (const auto& stage : stages) {
      std::vector<std::uint32_t> unbound;
      for (const Operator& op : stage.pipeline.operators) {
        if (op.kind != OperatorKind::prefilter) unbound.push_back(language::index(op.local));
      }
      pipeline(stage.pipeline, unbound, where);
    }
    std::size_t stage = 0;
    for (std::size_t step = 0; step < steps.size(); ++stage) {
      while (step < steps.size() && steps[step].kind == language::StepKind::bind) ++step;
      while (step < steps.size() && steps[step].kind == language::StepKind::let) ++step;
      if (step < steps.size() && steps[step].kind == language::StepKind::where) {
        covers(stages[stage].pipeline, conjuncts(program_, steps[step].value), where);
        ++step;
      }
    }
  }

  void derivation(std::size_t at) {
    const auto& derivation = program_.derivations[at];
    const std::string where = fmt::format("derivation {}", at);
    if (!program_.entity(derivation.target).relation)
      return stages(plan_.derivations[at].stages, derivation.steps, where);
    std::vector<std::uint32_t> unbound;
    std::vector<ExprId> tested;
    for (const auto& step : derivation.steps) {
      if (step.kind != language::StepKind::where) {
        unbound.push_back(language::index(step.local));
      } else {
        for (const ExprId conjunct : conjuncts(program_, step.value)) tested.push_back(conjunct);
      }
    }
    const auto verified = [&](const Pipeline& one) {
      pipeline(one, unbound, where);
      covers(one, tested, where);
    };
    verified(plan_.derivations[at].whole);
    for (const Pipeline& delta : plan_.derivations[at].deltas) verified(delta);
  }

  void report(std::string what) {
    if (wrong_.empty()) wrong_ = std::move(what);
  }

  const Program& program_;
  const Plan& plan_;
  std::string wrong_;
};

}  // namespace

std::string verify(const Program& program, const Plan& plan) { return Verifier(program, plan).run(); }

std::string dump(const Program& program, const Plan& plan, language::CheckId id) {
  const auto& check = program.checks[language::index(id)];
  std::string out = fmt::format("check {}\n", check.qualified_name);
  const auto name = [&](LocalId local) { return check.locals[language::index(local)].name; };
  for (const auto& stage : plan.checks[language::index(id)].stages) {
    for (const Operator& op : stage.pipeline.operators) {
      switch (op.kind) {
        case OperatorKind::scan:
          out += fmt::format("  scan {} as {}\n", program.entity(op.entity).name, name(op.local));
          break;
        case OperatorKind::lookup: {
          const Index& index = plan.indexes[static_cast<std::uint32_t>(op.index)];
          out += fmt::format("  look up {} as {}", program.entity(op.entity).name, name(op.local));
          for (std::size_t k = 0; k < op.keys.size(); ++k) {
            out += fmt::format("{} {} = {}", k == 0 ? " by" : ",", source_text(program, index.keys[k]),
                               source_text(program, op.keys[k]));
          }
          for (std::size_t k = 0; k < index.filters.size(); ++k) {
            out += fmt::format("{} {}", k == 0 ? " where" : " and", source_text(program, index.filters[k]));
          }
          out += "\n";
          break;
        }
        case OperatorKind::expand:
          out += fmt::format("  each of {} as {}\n", source_text(program, op.value), name(op.local));
          break;
        case OperatorKind::compute:
          out += fmt::format("  let {} = {}\n", name(op.local), source_text(program, op.value));
          break;
        case OperatorKind::prefilter:
          out += fmt::format("  drop unless {}\n", source_text(program, op.value));
          break;
      }
    }
    for (const ExprId expr : stage.pipeline.where) out += fmt::format("  filter {}\n", source_text(program, expr));
  }
  for (const auto& requirement : check.requirements)
    out += fmt::format("  require {}\n", source_text(program, requirement.condition));
  return out;
}

}  // namespace writ::plan
