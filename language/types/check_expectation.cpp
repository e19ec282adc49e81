// What tests expect: of which checks, and whether it can be.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "language/types/check_declaration.hpp"
#include "language/types/check_test.hpp"

namespace writ::types {

using diagnostics::Code;
using language::CheckId;
using language::Expectancy;
using language::Expectation;
using language::ExpectedVerdict;
using language::ExprKind;
using language::GivenValue;
using language::index;

namespace {

constexpr std::pair<std::string_view, ExpectedVerdict> verdict_names[] = {
    {"fail", ExpectedVerdict::fail},
    {"error", ExpectedVerdict::error},
    {"no_evidence", ExpectedVerdict::no_evidence},
    {"waived", ExpectedVerdict::waived},
    {"pass", ExpectedVerdict::pass},
    {"not_applicable", ExpectedVerdict::not_applicable}};

constexpr std::string_view organization = "organization";  // the key of a check that is about no record

class ExpectationChecker {
 public:
  ExpectationChecker(Checking& checking, std::uint32_t file, const language::TestDef& test, bool damaged)
      : checking_(checking), file_(file), test_(test), damaged_(damaged) {}

  std::optional<Expectation> check(const syntax::TestExpect& expect) {
    Expectation out;
    out.kind = expect.kind;
    out.target = expect.target.text;
    out.only = expect.only;
    out.span = expect.span;
    for (const syntax::StringLiteral& key : expect.keys) out.keys.push_back({key.text, key.span});
    if (expect.saying) out.saying = language::QuotedText{expect.saying->text, expect.saying->span};
    if (expect.kind == Expectancy::holds) {
      if (expect.condition == SyntaxId::none) return std::nullopt;
      ExpressionChecker expressions(checking_, file_, out.locals, std::nullopt);
      out.condition = expressions.condition(expect.condition).id;
      return out;
    }
    if (!target(expect.target, out)) return std::nullopt;
    if (expect.kind == Expectancy::is && !verdict(expect, out)) return std::nullopt;
    forms(expect);
    known_keys(out);
    return out;
  }

 private:
  bool verdict(const syntax::TestExpect& expect, Expectation& out) {
    if (!expect.verdict) return false;
    const auto* const found = std::find_if(std::begin(verdict_names), std::end(verdict_names),
                                           [&](const auto& name) { return name.first == expect.verdict->text; });
    if (found != std::end(verdict_names)) {
      out.verdict = found->second;
      return true;
    }
    auto& diagnostic =
        checking_.sink.add(Code::invalid_expectation, expect.verdict->span,
                           fmt::format("there is no verdict `{}`", expect.verdict->text), "not known");
    std::vector<std::string_view> candidates;
    for (const auto& [name, value] : verdict_names) candidates.push_back(name);
    const std::string_view near = diagnostics::nearest(expect.verdict->text, candidates);
    if (!near.empty()) {
      diagnostic.fix("a verdict with a similar name", expect.verdict->span, std::string(near));
    } else {
      diagnostic.help("the verdicts are `fail`, `error`, `no_evidence`, `waived`, `not_applicable` and `pass`");
    }
    return false;
  }

  // What an expectation may say beside its verdict.
  void forms(const syntax::TestExpect& expect) {
    const bool is_fail = expect.kind == Expectancy::fails ||
                         (expect.kind == Expectancy::is && expect.verdict && expect.verdict->text == "fail");
    const bool is_waived = expect.kind == Expectancy::is && expect.verdict && expect.verdict->text == "waived";
    if (expect.saying && !is_fail && !is_waived) {
      checking_.sink
          .add(Code::invalid_expectation, expect.saying->span, "only what fails says something",
               "no message is made of what does not fail")
          .help("to speak of its message, expect that it `fails`");
    }
    const bool of_no_record =
        expect.kind == Expectancy::is && expect.verdict && expect.verdict->text == "no_evidence";
    if (of_no_record && !expect.keys.empty()) {
      checking_.sink.add(Code::invalid_expectation, expect.keys.front().span,
                         "no single record is without evidence", "the whole check has none, or has it");
    }
    if (expect.only && expect.keys.empty()) {
      checking_.sink
          .add(Code::invalid_expectation, expect.span, "`only` needs the keys that it is about", "no key is named")
          .help("name them: `fails only for \"a1\", \"a2\"`");
    }
  }

  // The checks that a name means: `ACC-07`, or `ACC-07.disabled_in_time`.
  bool target(const syntax::DottedName& name, Expectation& out) {
    const auto& controls = checking_.declarations.controls_by_id;
    std::string id = name.text;
    std::string check;
    auto found = controls.find(id);
    if (found == controls.end()) {
      const std::size_t dot = id.rfind('.');
      if (dot != std::string::npos) {
        check = id.substr(dot + 1);
        id.resize(dot);
        found = controls.find(id);
      }
    }
    if (found == controls.end()) {
      unknown_control(name, id, check);
      return false;
    }
    const language::ControlDef& control = checking_.program.controls[index(found->second)];
    use_module(control.module);
    if (check.empty()) {
      out.checks = control.checks;
      return true;
    }
    std::vector<std::string_view> candidates;
    for (const CheckId known : control.checks) {
      const language::CheckDef& def = checking_.program.checks[index(known)];
      if (def.name == check) {
        out.checks = {known};
        return true;
      }
      candidates.push_back(def.name);
    }
    const auto* decl = checking_.declarations.controls[index(found->second)].decl;
    if (decl->damaged || checking_.broken(decl->span)) return false;
    Span span = name.span;
    span.begin = span.end - static_cast<std::uint32_t>(check.size());
    auto& diagnostic = checking_.sink.add(Code::unknown_check, span,
                                          fmt::format("`{}` has no check `{}`", control.id, check), "not known");
    const std::string_view near = diagnostics::nearest(check, candidates);
    if (!near.empty()) {
      diagnostic.fix("a check with a similar name", span, std::string(near));
    } else if (!candidates.empty()) {
      std::string list;
      for (const std::string_view candidate : candidates)
        list += fmt::format("{}`{}`", list.empty() ? "" : ", ", candidate);
      diagnostic.note(fmt::format("its checks are {}", list));
    }
    return false;
  }

  void unknown_control(const syntax::DottedName& name, const std::string& id, const std::string& check) {
    std::vector<std::string_view> candidates;
    for (const auto& [known, control] : checking_.declarations.controls_by_id) candidates.push_back(known);
    auto& diagnostic = checking_.sink.add(Code::unknown_control, name.span,
                                          fmt::format("there is no control `{}`", id), "not known");
    const std::string_view near = diagnostics::nearest(id, candidates);
    if (!near.empty()) {
      diagnostic.fix("a control with a similar id", name.span,
                     check.empty() ? std::string(near) : fmt::format("{}.{}", near, check));
    } else {
      diagnostic.help("a control of the library is known where its module is used: `use soc2.access`");
    }
  }

  // A control is named without its module, which is imported for it all the same.
  void use_module(const std::string& module) {
    for (names::Import& import : checking_.modules.files[file_].imports) {
      if (checking_.modules.modules[import.module].name == module) import.used = true;
    }
  }

  // ---- keys

  // The key of a given record as findings show it; nothing where it is not written as such.
  std::optional<std::string> key_of(EntityId entity, const std::vector<language::GivenField>& fields) const {
    std::string out;
    for (const std::uint32_t part : checking_.program.entity(entity).key) {
      const auto given = std::find_if(fields.begin(), fields.end(),
                                      [&](const language::GivenField& field) { return field.field == part; });
      if (given == fields.end() || given->value.kind != GivenValue::Kind::value) return std::nullopt;
      const language::Expr& expr = checking_.program.expr(given->value.value);
      if (expr.kind != ExprKind::literal) return std::nullopt;
      if (!out.empty()) out += ", ";
      out += types::to_text(checking_.program.literals[expr.ref]);
    }
    return out;
  }

  // The keys that the population of a check can have, where they can be told; nothing else does.
  std::optional<std::set<std::string>> keys_of(CheckId id) const {
    const language::CheckDef& check = checking_.program.checks[index(id)];
    std::optional<EntityId> entity;
    std::size_t binds = 0;
    for (const language::Step& step : check.steps) {
      if (step.kind != language::StepKind::bind) continue;
      const language::Expr& collection = checking_.program.expr(step.value);
      if (++binds > 1 || collection.kind != ExprKind::all) return std::nullopt;
      entity = static_cast<EntityId>(collection.ref);
    }
    if (!entity) return std::set<std::string>{std::string(organization)};
    std::set<std::string> out;
    for (const language::GivenRecord& given : test_.givens) {
      if (given.entity != *entity) continue;
      auto key = key_of(*entity, given.fields);
      if (!key) return std::nullopt;
      out.insert(std::move(*key));
    }
    return out;
  }

  void known_keys(const Expectation& expectation) {
    if (expectation.keys.empty() || damaged_) return;
    std::set<std::string> known;
    for (const CheckId check : expectation.checks) {
      const auto keys = keys_of(check);
      if (!keys) return;
      known.insert(keys->begin(), keys->end());
    }
    for (const language::QuotedText& key : expectation.keys) {
      if (known.contains(key.text)) continue;
      auto& diagnostic = checking_.sink.add(
          Code::unknown_key, key.span,
          fmt::format("nothing that `{}` looks at has the key `{}`", expectation.target, key.text), "not given");
      const std::vector<std::string_view> candidates(known.begin(), known.end());
      const std::string_view near = diagnostics::nearest(key.text, candidates);
      if (!near.empty()) {
        diagnostic.fix("a record with a similar key", key.span, fmt::format("\"{}\"", near));
      } else if (known == std::set<std::string>{std::string(organization)}) {
        diagnostic.help("it is about no record: leave the key out");
      } else {
        diagnostic.help("give the test a record with this key");
      }
    }
  }

  Checking& checking_;
  std::uint32_t file_;
  const language::TestDef& test_;
  bool damaged_;
};

}  // namespace

std::optional<Expectation> check_expectation(Checking& checking, std::uint32_t file, const language::TestDef& test,
                                             bool damaged, const syntax::TestExpect& expect) {
  return ExpectationChecker(checking, file, test, damaged).check(expect);
}

}  // namespace writ::types
