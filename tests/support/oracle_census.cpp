#include "tests/support/oracle_census.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "language/dependencies/walk.hpp"
#include "tests/support/oracle_relations.hpp"

namespace writ::support {

using language::Expr;
using language::ExprKind;
using language::index;
using language::Program;
using syntax::QueryKind;
using types::Kind;
using verdict::Verdict;

namespace {

const char* const kind_names[] = {
#define WRIT_EXPR(name) #name,
#include "language/expressions.def"
#undef WRIT_EXPR
};

// The expressions of a program by the constructs that they are.
class Marking {
 public:
  explicit Marking(const Program& program) : program_(program) {}

  std::map<std::string, std::vector<bool>> run() {
    for (std::uint32_t id = 0; id < program_.exprs.size(); ++id) expression(static_cast<ExprId>(id));
    for (std::uint32_t id = 0; id < program_.checks.size(); ++id) check(program_.checks[id]);
    for (const language::DerivationDef& derivation : program_.derivations) {
      if (program_.entity(derivation.target).relation) {
        rule(derivation);
      } else {
        records(derivation);
      }
    }
    for (const language::WaiverDef& waiver : program_.waivers) mark("waiver: where", waiver.where);
    for (const language::ParamDef& param : program_.params) mark("parameter: bound", param.bound);
    for (const language::ParamSetting& setting : program_.settings) mark("pack: set", setting.value);
    return std::move(marks_);
  }

 private:
  void mark(const std::string& construct, ExprId id) {
    if (id == ExprId::none) return;
    std::vector<bool>& marks = marks_[construct];
    marks.resize(program_.exprs.size());
    marks[index(id)] = true;
  }

  const types::Type& type(ExprId id) const {
    return program_.types.at(program_.types.strip_optional(program_.expr(id).type));
  }

  void expression(ExprId id) {
    const Expr& expr = program_.expr(id);
    switch (expr.kind) {
      case ExprKind::error:
        return;
      case ExprKind::query:
        mark("query: " + std::string(syntax::spelling(program_.queries[expr.ref].kind)) +
                 (program_.queries[expr.ref].clauses.size() > 1 ? " over several" : ""),
             id);
        return;
      case ExprKind::all:
        all(id, expr.ref);
        return;
      case ExprKind::field:
      case ExprKind::safe_field:
        field(id, expr);
        return;
      case ExprKind::less:
      case ExprKind::less_equal:
      case ExprKind::greater:
      case ExprKind::greater_equal:
        mark(type(expr.operands[0]).kind == Kind::enumeration ? "order of an enum" : kind_names[index_of(expr)],
             id);
        return;
      case ExprKind::in:
        mark("in: " + container(type(expr.operands[1]).kind), id);
        return;
      case ExprKind::equal:
      case ExprKind::not_equal:
        mark(kind_names[index_of(expr)] + of_what(type(expr.operands[0]).kind), id);
        return;
      case ExprKind::is_present:
      case ExprKind::is_missing:
        mark(kind_names[index_of(expr)] +
                 std::string(type(expr.operands[0]).kind == Kind::entity ? " of a reference" : ""),
             id);
        return;
      default:
        mark(kind_names[index_of(expr)], id);
    }
  }

  static std::size_t index_of(const Expr& expr) { return static_cast<std::size_t>(expr.kind); }

  static std::string container(Kind kind) {
    return kind == Kind::set       ? "a set"
           : kind == Kind::list    ? "a list"
           : kind == Kind::network ? "a network"
                                   : "a range";
  }

  static std::string of_what(Kind kind) {
    return kind == Kind::entity ? " of references"
           : kind == Kind::set  ? " of sets"
           : kind == Kind::list ? " of lists"
                                : "";
  }

  void all(ExprId id, std::uint32_t entity) {
    if (!program_.entities[entity].relation) {
      mark("all records", id);
      if (is_derived(entity)) mark("all records of a derived entity", id);
      return;
    }
    std::set<std::uint32_t> together;
    for (const language::Stratum& stratum : program_.strata) {
      std::set<std::uint32_t> targets;
      for (const std::uint32_t one : stratum.derivations) targets.insert(index(program_.derivations[one].target));
      if (targets.contains(entity) && stratum.recursive) together = targets;
    }
    mark(together.empty()       ? "a relation"
         : together.size() == 1 ? "a relation through itself"
                                : "a relation through " + std::to_string(together.size()),
         id);
  }

  bool is_derived(std::uint32_t entity) const {
    return std::any_of(program_.derivations.begin(), program_.derivations.end(),
                       [&](const auto& derivation) { return index(derivation.target) == entity; });
  }

  void field(ExprId id, const Expr& expr) {
    const types::Type& object = type(expr.operands[0]);
    const std::string safe = expr.kind == ExprKind::safe_field ? "?" : "";
    const bool of_variable = program_.expr(expr.operands[0]).kind == ExprKind::local;
    if (object.kind == Kind::record)
      return mark(safe + (of_variable ? "field of an element of a list of records" : "field of a nested record"),
                  id);
    if (program_.entities[object.decl].relation) return mark("column of a tuple", id);
    const Kind kind = type(id).kind;
    std::string what = safe + (of_variable ? "field" : "field through a reference");
    if (program_.entities[object.decl].fields[expr.ref].inverse) {
      what = "inverse";
    } else if (of_variable && safe.empty()) {
      what += kind == Kind::entity ? ": a reference"
              : kind == Kind::set  ? ": a set"
              : kind == Kind::list ? ": a list"
                                   : "";
    }
    mark(what, id);
    if (is_derived(object.decl)) mark("field of a derived record", id);
  }

  void check(const language::CheckDef& check) {
    steps("check", check.steps);
    for (std::size_t i = 0; i < check.requirements.size(); ++i) {
      mark(i == 0 ? "check: require" : "check: another require", check.requirements[i].condition);
      mark("check: message", check.requirements[i].message);
    }
    if (check.from) mark("check of a template", check.requirements.front().condition);
  }

  void steps(const std::string& of, const std::vector<language::Step>& steps) {
    std::uint32_t binders = 0;
    for (const language::Step& step : steps) {
      if (step.kind == language::StepKind::let) mark(of + ": let", step.value);
      if (step.kind == language::StepKind::where) mark(of + ": where", step.value);
      if (step.kind == language::StepKind::bind)
        mark(of + (++binders == 1 ? ": for" : ": another for"), step.value);
      if (step.kind == language::StepKind::bind && !step.columns.empty())
        mark(of + ": tuple taken apart", step.value);
    }
  }

  // What asks about all of a relation that was known before.
  void rule(const language::DerivationDef& clause) {
    dependencies::Walk walk(program_);
    for (std::uint32_t id = 0; id < program_.exprs.size(); ++id) {
      const Expr& expr = program_.exprs[id];
      if (expr.kind != ExprKind::query || expr.span.file != clause.span.file ||
          expr.span.begin < clause.span.begin || expr.span.end > clause.span.end)
        continue;
      const language::Query& query = program_.queries[expr.ref];
      const bool over_relation =
          std::any_of(query.clauses.begin(), query.clauses.end(), [&](const language::Clause& one) {
            const Expr& over = program_.expr(one.collection);
            return over.kind == ExprKind::all && program_.entities[over.ref].relation;
          });
      if (!over_relation || query.kind == QueryKind::some) continue;
      const bool denies = query.kind == QueryKind::no || query.kind == QueryKind::every;
      mark(denies ? "rule: a relation denied" : "rule: a relation aggregated", static_cast<ExprId>(id));
    }
    mark("rule: condition", condition_of(program_, clause));
  }

  void records(const language::DerivationDef& derivation) {
    steps("derive", derivation.steps);
    for (const language::Requirement& requirement : derivation.requirements) {
      mark("derive: require", requirement.condition);
      mark("derive: message", requirement.message);
    }
    for (const language::Step& step : derivation.steps) {
      const Expr& over = program_.expr(step.value);
      if (step.kind == language::StepKind::bind && over.kind == ExprKind::all && is_derived(over.ref))
        mark("derive: of what is derived", step.value);
    }
    const language::EntityDef& entity = program_.entity(derivation.target);
    for (std::uint32_t i = 0; i < derivation.values.size(); ++i) {
      const ExprId value = derivation.values[i];
      if (value == ExprId::none) continue;
      const Kind kind = type(value).kind;
      const std::string what = kind == Kind::entity   ? "a reference"
                               : kind == Kind::record ? "a nested record"
                               : kind == Kind::list   ? "a list"
                               : kind == Kind::set    ? "a set"
                                                      : "a value";
      mark("derive: " + (entity.fields[i].key ? "a key" : what), value);
    }
  }

  const Program& program_;
  std::map<std::string, std::vector<bool>> marks_;
};

}  // namespace

Census::Marks Census::marks(const Program& program) { return Marking(program).run(); }

void Census::note(const std::string& construct, bool appears, bool decides) {
  Occurrence& occurrence = constructs_[construct];
  if (appears) ++occurrence.appears;
  if (decides) ++occurrence.decides;
}

void Census::add(const OracleCase& oracle_case) {
  EvaluatedCase evaluated = evaluate_case(oracle_case);
  if (evaluated.compilation.has_errors()) return;
  const auto plain = evaluated.oracle();
  if (!plain || plain->refused || !plain->facts.empty()) return;
  outcomes(evaluated, *plain);
  for (const auto& [construct, expressions] : marks(evaluated.program)) {
    if (constructs_[construct].decides >= enough_) {
      note(construct, true, false);
      continue;
    }
    const auto failing = evaluated.oracle(&expressions);
    note(construct, true, failing && !(*failing == *plain));
  }
}

// What shows in the results and in the facts.
void Census::outcomes(EvaluatedCase& evaluated, const OracleRun& run) {
  const Program& program = evaluated.program;
  const auto shows = [&](const std::string& name, bool here) { note(name, here, here); };
  for (const Verdict verdict : {Verdict::fail, Verdict::error, Verdict::no_evidence, Verdict::waived,
                                Verdict::not_applicable, Verdict::pass}) {
    shows("verdict: " + std::string(verdict::spelling(verdict)),
          std::any_of(run.results.begin(), run.results.end(),
                      [&](const OracleResult& result) { return !result.excluded && result.verdict == verdict; }));
  }
  bool by_key = false, by_condition = false, blanket = false, in_vain = false, empty = false, failed = false;
  for (const OracleResult& result : run.results) {
    failed = failed || !result.failures.empty();
    for (const OracleFinding& finding : result.findings) {
      empty = empty || (finding.key == "organization" && result.population == 0);
      in_vain =
          in_vain || (!finding.waiver && std::any_of(program.waivers.begin(), program.waivers.end(),
                                                     [&](const auto& one) { return one.check == result.check; }));
      if (!finding.waiver) continue;
      const language::WaiverDef& waiver = program.waivers[index(*finding.waiver)];
      by_key = by_key || !waiver.keys.empty();
      by_condition = by_condition || waiver.where != ExprId::none;
      blanket = blanket || (waiver.keys.empty() && waiver.where == ExprId::none);
    }
  }
  shows("waiver: by key", by_key);
  shows("waiver: by condition", by_condition);
  shows("waiver: of whatever there is", blanket);
  shows("waiver: covers not all", in_vain);
  shows("check: when empty fail", empty);
  shows("check: a member fails to evaluate", failed);
  shows("pack: exclude", std::any_of(run.results.begin(), run.results.end(),
                                     [](const OracleResult& result) { return result.excluded; }));
  bool made = false, taken = false, required = false, untold = false, nowhere = false, relation_fails = false;
  bool bad = false, absent = false, undated = false, beside = false;
  for (std::uint32_t id = 0; id < program.entities.size(); ++id) {
    const facts::EntityFacts& facts = evaluated.store.entities[id];
    if (program.entities[id].relation) {
      relation_fails = relation_fails || facts.broken;
      continue;
    }
    const bool derived = facts.derived_from != facts::KeyDictionary::none;
    made = made || (derived && facts.derived_from < facts.rows);
    beside = beside || (derived && facts.derived_from > 0 && facts.derived_from < facts.rows);
    bad = bad || (!derived && facts.bad > 0);
    absent = absent || (derived && !facts.supplied);
    undated = undated || (derived && facts.supplied && !facts.collected_at);
  }
  for (const facts::BadRecord& record : evaluated.store.bad_records) {
    const auto says = [&](std::string_view text) { return record.reason.find(text) != std::string::npos; };
    taken = taken || (says(" of a derived ") && says(" is taken already"));
    required = required || says(" is derived: ");
    untold = untold || says(" could not be told");
    nowhere = nowhere || (evaluated.derives && says("which is not there"));
  }
  shows("derive: records are made", made);
  shows("derive: records beside supplied ones", beside);
  shows("derive: a key is taken", taken);
  shows("derive: a requirement is broken", required);
  shows("derive: something cannot be told", untold);
  shows("derive: a reference leads nowhere", nowhere);
  shows("derive: a source is not supplied", absent);
  shows("derive: a source has no date", undated);
  shows("rule: cannot be told", relation_fails);
  shows("evidence: a bad record", bad);
}

}  // namespace writ::support
