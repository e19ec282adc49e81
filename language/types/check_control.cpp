// Controls: their evidence and their checks.
#include <fmt/format.h>

#include <map>

#include "language/names/styles.hpp"
#include "language/types/check_declaration.hpp"
#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using language::CheckDef;
using language::ControlId;
using language::ExprKind;
using language::index;
using names::SymbolKind;

namespace {

ExprId check_age(Checking& checking, ExpressionChecker& expressions, SyntaxId id) {
  const ExprId age = expressions.check(id, unknown);
  const TypeId type = checking.type(age);
  const Span span = checking.program.expr(age).span;
  const Kind kind = checking.program.types.kind(type);
  if (kind == Kind::error) return age;
  if (kind != Kind::duration && kind != Kind::period) {
    checking.sink
        .add(Code::type_mismatch, span,
             fmt::format("expected `Duration` or `Period`, found `{}`", checking.spelling(type)),
             fmt::format("this is `{}`", checking.spelling(type)))
        .help("the age of evidence is a length of time, as in `within 7 days`");
    return checking.error(span);
  }
  if (!is_settled(checking.program, age)) {
    checking.sink.add(Code::not_constant, span, "the age of evidence must be known before it is read",
                      "computed from records or the clock");
  }
  return age;
}

}  // namespace

std::vector<language::EvidenceDef> check_evidence(Checking& checking, std::uint32_t file,
                                                  const std::vector<syntax::EvidenceClause>& clauses,
                                                  ExpressionChecker& expressions) {
  std::vector<language::EvidenceDef> out;
  const names::Scope scope(checking.modules, checking.declarations, file);
  std::map<std::uint32_t, Span> seen;
  for (const syntax::EvidenceClause& clause : clauses) {
    ExprId within = ExprId::none;
    if (clause.within != SyntaxId::none) within = check_age(checking, expressions, clause.within);
    for (const syntax::Name& name : clause.entities) {
      const names::Found found = scope.type(name.text);
      if (!found.symbol || found.symbol->kind == SymbolKind::enumeration) {
        auto& diagnostic = checking.sink.add(Code::unknown_entity, name.span,
                                             found.symbol ? fmt::format("`{}` is an enum, not an entity", name.text)
                                                          : fmt::format("there is no entity `{}`", name.text),
                                             found.symbol ? "has no records" : "not known");
        if (const auto modules = scope.type_elsewhere(name.text); !found.symbol && !modules.empty()) {
          diagnostic.help(fmt::format("`{}` declares it: write `use {}` at the head of the file", modules.front(),
                                      modules.front()));
          continue;
        }
        std::vector<std::string_view> candidates;
        for (const std::string_view known : scope.type_names()) {
          if (checking.declarations.entities_by_name.contains(known)) candidates.push_back(known);
        }
        const std::string_view near = diagnostics::nearest(name.text, candidates);
        if (!near.empty()) diagnostic.fix("an entity with a similar name", name.span, std::string(near));
        continue;
      }
      if (found.symbol->kind != SymbolKind::entity) continue;
      const auto [first, is_new] = seen.emplace(found.symbol->id, name.span);
      if (!is_new) {
        checking.sink
            .add(Code::duplicate_name, name.span, fmt::format("`{}` is named as evidence twice", name.text),
                 "named again here")
            .label(first->second, "first named here");
        continue;
      }
      out.push_back({static_cast<EntityId>(found.symbol->id), within, name.span});
    }
  }
  return out;
}

void check_steps(Checking& checking, ExpressionChecker& expressions, const std::vector<syntax::Step>& steps,
                 std::vector<language::Step>& out) {
  for (const syntax::Step& step : steps) {
    language::Step made;
    switch (step.kind) {
      case syntax::StepKind::bind: {
        made.kind = language::StepKind::bind;
        TypeId element = unknown;
        made.value = expressions.collection(step.value, element);
        if (step.tuple.empty()) names::check_style(step.name, names::Style::snake_case, "a value", checking.sink);
        for (const syntax::Name& name : step.tuple)
          names::check_style(name, names::Style::snake_case, "a value", checking.sink);
        auto binder = expressions.bind(step.name, step.tuple, made.value, element);
        made.local = binder.local;
        made.columns = std::move(binder.columns);
        break;
      }
      case syntax::StepKind::let: {
        made.kind = language::StepKind::let;
        made.value = expressions.check(step.value, unknown);
        names::check_style(step.name, names::Style::snake_case, "a value", checking.sink);
        made.local = expressions.declare(step.name, checking.type(made.value), true);
        break;
      }
      case syntax::StepKind::where: {
        made.kind = language::StepKind::where;
        const Typed where = expressions.condition(step.value);
        made.value = where.id;
        expressions.assume(where.outcome.when_true);
        break;
      }
    }
    out.push_back(std::move(made));
  }
}

void check_requirements(ExpressionChecker& expressions, const std::vector<syntax::Requirement>& requirements,
                        std::vector<language::Requirement>& out) {
  for (const syntax::Requirement& requirement : requirements) {
    const Typed condition = expressions.condition(requirement.condition);
    ExprId message = ExprId::none;
    // The message is about records that broke the condition: it tells nothing for it.
    if (requirement.message != SyntaxId::none)
      message = expressions.check(requirement.message, TypeTable::simple(Kind::string));
    expressions.assume(condition.outcome.when_true);
    out.push_back({condition.id, message, requirement.span});
  }
}

void check_body(Checking& checking, ExpressionChecker& expressions, const syntax::CheckDecl& decl, CheckDef& def) {
  const bool damaged = decl.damaged || checking.broken(decl.span);
  if (damaged) expressions.forgive_names();
  check_steps(checking, expressions, decl.steps, def.steps);
  check_requirements(expressions, decl.requirements, def.requirements);
  if (decl.requirements.empty() && !damaged) {
    checking.sink
        .add(Code::check_without_requirement, decl.name.span,
             fmt::format("the check `{}` requires nothing", decl.name.text), "it could not fail")
        .help("say what must hold: `require … else \"…\"`");
  }
}

namespace {

void check_check(Checking& checking, std::uint32_t id) {
  const auto& [decl, file] = checking.declarations.checks[id];
  CheckDef def = std::move(checking.program.checks[id]);
  ExpressionChecker expressions(checking, file, def.locals, def.control);
  check_body(checking, expressions, *decl, def);
  for (const LocalId local : expressions.unused())
    checking.unused_locals.push_back({file, def.locals[index(local)]});
  checking.program.checks[id] = std::move(def);
}

}  // namespace

void check_controls(Checking& checking) {
  for (std::uint32_t id = 0; id < checking.program.controls.size(); ++id) {
    const auto& [decl, file] = checking.declarations.controls[id];
    std::vector<language::Local> locals;
    ExpressionChecker expressions(checking, file, locals, static_cast<ControlId>(id));
    // What templates ask for stands there already: of two ages that are asked for, each counts.
    auto evidence = check_evidence(checking, file, decl->evidence, expressions);
    auto& all = checking.program.controls[id].evidence;
    all.insert(all.begin(), evidence.begin(), evidence.end());
    if (decl->checks.empty() && decl->includes.empty() && !checking.broken(decl->span)) {
      checking.sink.add(Code::check_without_requirement, decl->id.span,
                        fmt::format("the control `{}` has no check", decl->id.text), "it could not fail");
    }
  }
  for (std::uint32_t id = 0; id < checking.declarations.checks.size(); ++id) check_check(checking, id);
}

}  // namespace writ::types
