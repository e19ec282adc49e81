#include "engine/report/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/plan/plan.hpp"
#include "engine/report/results.hpp"

namespace writ::report {

using language::CheckId;
using language::ControlId;
using language::ExprId;
using language::Program;
using types::Kind;

namespace {

// `A1.2` before `CC6.2` before `CC6.10`: digits by their value.
bool before(std::string_view a, std::string_view b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0;
  std::size_t k = 0;
  while (i < a.size() && k < b.size()) {
    if (digit(a[i]) && digit(b[k])) {
      const auto number = [&](std::string_view text, std::size_t& at) {
        const std::size_t start = at;
        while (at < text.size() && digit(text[at])) ++at;
        const std::size_t zeros = std::min(text.find_first_not_of('0', start), at);
        return text.substr(zeros, at - zeros);
      };
      const std::string_view x = number(a, i), y = number(b, k);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
    } else {
      if (a[i] != b[k]) return a[i] < b[k];
      ++i;
      ++k;
    }
  }
  return a.size() - i < b.size() - k;
}

class Cataloguing {
 public:
  Cataloguing(const Program& program, const std::vector<CheckId>& checks)
      : program_(program), checks_(checks), needs_(needs(program, checks)) {}

  Catalogue run() {
    head();
    std::map<ControlId, std::vector<CheckId>> by_control;
    for (const CheckId check : checks_)
      by_control[program_.checks[language::index(check)].control].push_back(check);
    for (const auto& [id, checks] : by_control) out_.controls.push_back(control(id, checks));
    std::sort(out_.controls.begin(), out_.controls.end(),
              [](const auto& a, const auto& b) { return before(a.id, b.id); });
    out_.checks = checks_.size();
    criteria();
    for (std::size_t i = 0; i < program_.params.size(); ++i) {
      if (!program_.params[i].control) out_.parameters.push_back(parameter(static_cast<language::ParamId>(i)));
    }
    for (const EntityNeed& need : needs_) entity(need);
    std::sort(out_.enums.begin(), out_.enums.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return std::move(out_);
  }

 private:
  std::string text(ExprId id) const { return id == ExprId::none ? std::string() : plan::source_text(program_, id); }

  void head() {
    out_.title = "Controls";
    if (program_.packs.empty()) return;
    out_.title.clear();
    for (const language::PackDef& pack : program_.packs) {
      if (!out_.title.empty()) out_.title += ", ";
      out_.title += pack.title.empty() ? pack.name : pack.title;
    }
    if (program_.packs.size() == 1) out_.version = program_.packs.front().version;
  }

  CatalogueControl control(ControlId id, const std::vector<CheckId>& checks) const {
    const language::ControlDef& def = program_.controls[language::index(id)];
    CatalogueControl out;
    out.id = def.id;
    out.title = def.title;
    out.module = def.module;
    out.severity = language::spelling(def.severity);
    out.owner = def.owner;
    out.frequency = def.frequency;
    out.criteria = def.criteria;
    out.references = def.references;
    out.tags = def.tags;
    out.objective = def.statement.empty() ? def.doc : def.statement;
    if (!def.statement.empty()) out.remarks = def.doc;
    out.rationale = def.rationale;
    out.remediation = def.remediation;
    for (const CheckId check : checks) out.tests.push_back(test(program_.checks[language::index(check)]));
    evidence(id, out);
    for (const language::ParamId param : def.params) out.parameters.push_back(parameter(param));
    const RulePlace place = rule_place(program_, def.id_span);
    if (!place.path.empty()) out.source = fmt::format("{}:{}", place.path, place.at.line);
    return out;
  }

  TestEntry test(const language::CheckDef& check) const {
    TestEntry out;
    out.name = check.name;
    out.title = check.title;
    out.doc = check.doc;
    out.basis = check.basis == language::Basis::unsaid
                    ? ""
                    : (check.basis == language::Basis::stated ? "stated" : "implied");
    out.nature = check.nature == language::Nature::unsaid
                     ? ""
                     : (check.nature == language::Nature::design ? "design" : "operation");
    bool binds = false;
    for (const language::Step& step : check.steps) {
      const std::string value = text(step.value);
      const std::string& name =
          step.kind == language::StepKind::where ? value : check.locals[language::index(step.local)].name;
      switch (step.kind) {
        case language::StepKind::bind:
          out.steps.push_back({binds ? "and each" : "for each", fmt::format("{} in {}", name, value)});
          binds = true;
          break;
        case language::StepKind::let:
          out.steps.push_back({"let", fmt::format("{} = {}", name, value)});
          break;
        case language::StepKind::where:
          out.steps.push_back({"in scope when", value});
          break;
      }
    }
    if (!binds) out.steps.insert(out.steps.begin(), {"for the organisation as a whole", ""});
    for (const language::Requirement& requirement : check.requirements) {
      out.steps.push_back({"it is required that", text(requirement.condition)});
      out.steps.push_back({"else a finding says", text(requirement.message), true});
    }
    if (!binds) return out;
    switch (check.when_empty) {
      case language::WhenEmpty::pass:
        out.when_empty = "Where nothing is in scope, the check passes.";
        break;
      case language::WhenEmpty::fail:
        out.when_empty = "Where nothing is in scope, the check fails.";
        break;
      case language::WhenEmpty::not_applicable:
        out.when_empty = "Where nothing is in scope, the check does not apply.";
        break;
    }
    return out;
  }

  bool reads(const std::vector<CheckId>& checks, ControlId control) const {
    return std::any_of(checks.begin(), checks.end(),
                       [&](CheckId check) { return program_.checks[language::index(check)].control == control; });
  }

  void evidence(ControlId id, CatalogueControl& out) const {
    for (const EntityNeed& need : needs_) {
      if (!reads(need.checks, id)) continue;
      const language::EntityDef& entity = program_.entity(need.entity);
      EvidenceEntry entry{entity.name, {}, {}};
      for (const AgeNeed& age : need.ages) {
        if (age.control == id) entry.within = age.within;
      }
      for (const FieldNeed& field : need.fields) {
        if (reads(field.checks, id)) entry.fields.push_back(entity.fields[field.field].name);
      }
      out.evidence.push_back(std::move(entry));
    }
  }

  ParameterEntry parameter(language::ParamId id) const {
    const language::ParamDef& def = program_.params[language::index(id)];
    ParameterEntry out{
        def.name, language::spelling(program_, def.type), def.doc, text(def.default_value), text(def.bound), {}};
    for (const language::ParamSetting& setting : program_.settings) {
      if (setting.param == id) out.set = text(setting.value);
    }
    return out;
  }

  void criteria() {
    std::map<std::string, std::vector<std::string>, bool (*)(std::string_view, std::string_view)> by_name(before);
    for (const CatalogueControl& control : out_.controls) {
      for (const std::string& criterion : control.criteria) by_name[criterion].push_back(control.id);
    }
    out_.criteria.assign(by_name.begin(), by_name.end());
  }

  void entity(const EntityNeed& need) {
    const language::EntityDef& def = program_.entity(need.entity);
    CatalogueEntity out{def.name, def.doc, def.from, {}};
    for (std::uint32_t i = 0; i < def.fields.size(); ++i) {
      const language::FieldDef& field = def.fields[i];
      CatalogueField entry{field.name, language::spelling(program_, field.type), field.doc, field.key, {}};
      for (const FieldNeed& read : need.fields) {
        if (read.field == i) entry.controls = controls_of(read.checks);
      }
      if (field.inverse) {
        const language::EntityDef& other = program_.entity(field.inverse_entity);
        entry.type = fmt::format("{} via {}", other.name, other.fields[field.inverse_field].name);
      }
      enums_of(field.type);
      out.fields.push_back(std::move(entry));
    }
    out_.entities.push_back(std::move(out));
  }

  std::vector<std::string> controls_of(const std::vector<CheckId>& checks) const {
    std::vector<std::string> out;
    for (const CheckId check : checks) {
      const ControlId control = program_.checks[language::index(check)].control;
      const std::string& id = program_.controls[language::index(control)].id;
      if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    }
    std::sort(out.begin(), out.end(), before);
    return out;
  }

  void enums_of(types::TypeId id) {
    const types::Type type = program_.types.at(id);
    switch (type.kind) {
      case Kind::optional:
      case Kind::list:
      case Kind::set:
        enums_of(type.element);
        break;
      case Kind::record:
        for (const language::FieldDef& field : program_.records[type.decl].fields) enums_of(field.type);
        break;
      case Kind::enumeration: {
        if (!enums_seen_.insert(type.decl).second) break;
        const language::EnumDef& def = program_.enums[type.decl];
        CatalogueEnum out{def.name, def.doc, def.ordered, {}};
        for (std::size_t i = 0; i < def.members.size(); ++i) {
          out.members.emplace_back(def.members[i], i < def.member_docs.size() ? def.member_docs[i] : "");
        }
        out_.enums.push_back(std::move(out));
        break;
      }
      default:
        break;
    }
  }

  const Program& program_;
  const std::vector<CheckId>& checks_;
  std::vector<EntityNeed> needs_;
  std::set<std::uint32_t> enums_seen_;
  Catalogue out_;
};

}  // namespace

Catalogue catalogue(const Program& program, const std::vector<CheckId>& checks) {
  return Cataloguing(program, checks).run();
}

}  // namespace writ::report
