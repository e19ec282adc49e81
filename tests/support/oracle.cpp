#include "tests/support/oracle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "tests/support/oracle_arithmetic.hpp"
#include "tests/support/oracle_evaluator.hpp"
#include "tests/support/oracle_reads.hpp"
#include "tests/support/oracle_records.hpp"
#include "tests/support/oracle_relations.hpp"
#include "tests/support/oracle_steps.hpp"

namespace writ::support {

using facts::ValueKind;
using language::CheckDef;
using language::ExprKind;
using language::Program;
using language::StepKind;
using types::EntityId;
using types::Kind;
using verdict::Verdict;

namespace {

class CheckRunner {
 public:
  CheckRunner(const Program& program, const facts::FactStore& store, const engine::RunOptions& options,
              OracleEvaluator& evaluator, language::CheckId id)
      : program_(program),
        store_(store),
        options_(options),
        evaluator_(evaluator),
        id_(id),
        check_(program.checks[language::index(id)]),
        locals_(check_.locals.size()) {}

  OracleResult run() {
    if (check_.excluded) {
      result_.excluded = true;
      result_.verdict = Verdict::not_applicable;
      return std::move(result_);
    }
    const OracleReads reads(program_, id_);
    bool bad = misspelt(reads);
    bool complete = true;
    for (const std::uint32_t relation : reads.relations()) {
      if (store_.entities[relation].broken) bad = true;
    }
    for (const std::uint32_t entity : reads.entities()) {
      const facts::EntityFacts& facts = store_.entities[entity];
      if (facts.broken || facts.bad > 0) bad = true;
      if (facts.broken || !facts.supplied) complete = false;
    }
    if (complete) {
      OracleSteps(evaluator_, check_.steps, locals_)
          .run([&] { member(); }, [&](std::size_t at, const Value&) { result_.failures.push_back(key(at)); });
      // Old or partial evidence does not tell that there is nothing.
      if (result_.population == 0 && result_.failures.empty() && !bad && !stale(reads.entities()) &&
          check_.when_empty == language::WhenEmpty::fail) {
        result_.broken = 1;
        result_.findings.push_back(
            {"organization", 0, "nothing is in scope, and the check says that this fails", {}});
        waive(false);
      }
    }
    result_.verdict = verdict(reads.entities(), bad, complete);
    return std::move(result_);
  }

 private:
  void member() {
    ++result_.population;
    for (std::uint32_t r = 0; r < check_.requirements.size(); ++r) {
      const Value holds = evaluator_.eval(check_.requirements[r].condition, locals_);
      if (holds.is_error()) {
        result_.failures.push_back(key(check_.steps.size()));
        return;
      }
      if (holds.is_true()) continue;
      ++result_.tested;
      ++result_.broken;
      const Value message = evaluator_.eval(check_.requirements[r].message, locals_);
      result_.findings.push_back({key(check_.steps.size()),
                                  r,
                                  message.is_error() ? std::string(failed_message) : std::string(message.view()),
                                  {}});
      waive(true);
      return;
    }
    ++result_.tested;
  }

  // The first waiver in force that covers the last finding. A condition is about a member.
  void waive(bool member) {
    OracleFinding& finding = result_.findings.back();
    for (const language::WaiverId id : options_.waivers) {
      const language::WaiverDef& waiver = program_.waivers[language::index(id)];
      if (waiver.control != check_.control || (waiver.check && *waiver.check != id_)) continue;
      if (options_.now >= waiver.until || (waiver.from && options_.now < *waiver.from)) continue;
      bool covers = waiver.keys.empty();
      for (const std::string& key : waiver.keys) covers = covers || key == finding.key;
      if (waiver.where != ExprId::none) covers = member && evaluator_.eval(waiver.where, locals_).is_true();
      if (!covers) continue;
      finding.waiver = id;
      ++result_.waived;
      return;
    }
  }

  // The keys of what the steps before `end` have bound.
  std::string key(std::size_t end) {
    std::string out;
    for (std::size_t i = 0; i < end; ++i) {
      if (check_.steps[i].kind != StepKind::bind) continue;
      const std::uint32_t local = language::index(check_.steps[i].local);
      if (!out.empty()) out += ", ";
      out += key_of(locals_[local], check_.locals[local].type);
    }
    return out.empty() ? "organization" : out;
  }

  std::string key_of(const Value& value, types::TypeId type_id) {
    const types::Type& type = program_.types.at(program_.types.strip_optional(type_id));
    if (type.kind != Kind::entity || value.kind != ValueKind::row)
      return facts::to_text(value, type_id, program_, store_);
    const auto entity = static_cast<EntityId>(type.decl);
    const auto row = static_cast<std::uint32_t>(value.i);
    if (program_.entity(entity).relation) return facts::to_text(value, type_id, program_, store_);
    if (program_.entity(entity).key.empty()) {
      const facts::TextPlace place = store_.locate(entity, row);
      return fmt::format("{}:{}:{}", place.path, place.line, place.column);
    }
    std::string out;
    for (const char c : store_.key(entity, row)) out += c == '\x1f' ? std::string(", ") : std::string(1, c);
    return out;
  }

  Verdict verdict(const std::set<std::uint32_t>& reads, bool bad, bool complete) {
    if (result_.findings.size() > result_.waived) return Verdict::fail;
    if (bad || !result_.failures.empty()) return Verdict::error;
    if (!complete || stale(reads)) return Verdict::no_evidence;
    if (result_.waived > 0) return Verdict::waived;
    if (result_.population > 0 || check_.when_empty == language::WhenEmpty::pass) return Verdict::pass;
    return Verdict::not_applicable;
  }

  // A record has a member of no field's name, but near that of a field that the check reads and that can be left
  // out.
  bool misspelt(const OracleReads& reads) {
    for (const facts::UnknownField& unknown : store_.unknown_fields) {
      const std::uint32_t entity = language::index(unknown.entity);
      for (const auto& [of, field] : reads.fields()) {
        const language::FieldDef& def = program_.entities[of].fields[field];
        if (of != entity || def.inverse || unknown.nearest.empty() || def.name != unknown.nearest) continue;
        if (def.has_default) return true;
        const facts::EntityFacts& facts = store_.entities[entity];
        for (std::uint32_t row = 0; row < facts.rows; ++row) {
          if (facts.columns[field].at(row).kind == ValueKind::missing) return true;
        }
      }
    }
    return false;
  }

  // Some evidence is older than the control allows, or has no date where it asks for one.
  bool stale(const std::set<std::uint32_t>& reads) {
    for (const language::EvidenceDef& evidence : program_.controls[language::index(check_.control)].evidence) {
      if (evidence.within == ExprId::none || !reads.contains(language::index(evidence.entity))) continue;
      const facts::EntityFacts& facts = store_.entity(evidence.entity);
      if (!facts.collected_at) return true;
      OracleEvaluator::Locals none;
      const Value within = evaluator_.eval(evidence.within, none);
      if (within.is_error()) return true;
      facts::Arena arena;
      const Value end = computed(ExprKind::add, Value::of(*facts.collected_at), within, arena);
      // A limit behind the end of time is kept.
      if (!end.is_error() && end.as_timestamp() < options_.now) return true;
    }
    return false;
  }

  const Program& program_;
  const facts::FactStore& store_;
  const engine::RunOptions& options_;
  OracleEvaluator& evaluator_;
  language::CheckId id_;
  const CheckDef& check_;
  OracleEvaluator::Locals locals_;
  OracleResult result_;
};

// Values of the command line before those of packs before defaults.
bool bind_params(const Program& program, const engine::RunOptions& options, OracleEvaluator& evaluator) {
  OracleEvaluator::Locals none;
  for (std::size_t i = 0; i < program.params.size(); ++i) {
    ExprId value = program.params[i].default_value;
    for (const auto* settings : {&program.settings, &options.settings}) {
      for (const language::ParamSetting& setting : *settings) {
        if (language::index(setting.param) == i) value = setting.value;
      }
    }
    if (value == ExprId::none) return false;
    evaluator.set_param(i, evaluator.eval(value, none));
    if (evaluator.param(i).is_error()) return false;
  }
  for (const language::ParamDef& param : program.params) {
    if (param.bound != ExprId::none && !evaluator.eval(param.bound, none).is_true()) return false;
  }
  return true;
}

}  // namespace

std::optional<OracleRun> run_oracle(const Program& program, facts::FactStore* before, const facts::FactStore& store,
                                    facts::KernelTable kernels, const engine::RunOptions& options,
                                    std::uint64_t max_steps, const std::vector<bool>* failing) {
  OracleEvaluator evaluator(program, store, kernels, options, max_steps);
  evaluator.failing = failing;
  OracleRun run;
  try {
    run.refused = !bind_params(program, options, evaluator);
    if (run.refused) return run;
    if (before != nullptr) {
      OracleEvaluator deriving(program, *before, kernels, options, max_steps);
      deriving.failing = failing;
      run.facts = OracleRecords(program, *before, deriving).compare(store);
      if (!run.facts.empty()) return run;
    }
    std::set<std::uint32_t> wanted;
    for (std::uint32_t c = 0; c < program.checks.size(); ++c) {
      const CheckDef& check = program.checks[c];
      if (!program.controls[language::index(check.control)].selected || check.excluded) continue;
      const OracleReads reads(program, static_cast<language::CheckId>(c));
      const bool complete = std::all_of(
          reads.entities().begin(), reads.entities().end(),
          [&](std::uint32_t entity) { return store.entities[entity].supplied && !store.entities[entity].broken; });
      if (complete) wanted.insert(reads.relations().begin(), reads.relations().end());
    }
    run.facts = OracleRelations(program, store, evaluator).compare(wanted);
    if (!run.facts.empty()) return run;
    for (std::uint32_t c = 0; c < program.checks.size(); ++c) {
      const CheckDef& check = program.checks[c];
      if (!program.controls[language::index(check.control)].selected) continue;
      run.results.push_back(
          CheckRunner(program, store, options, evaluator, static_cast<language::CheckId>(c)).run());
      run.results.back().check = static_cast<language::CheckId>(c);
    }
  } catch (const TooManySteps&) {
    return std::nullopt;
  }
  return run;
}

}  // namespace writ::support
