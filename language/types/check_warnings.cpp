// What is sound and yet seems not to be meant: names that nothing uses, and evidence clauses that do not agree with
// what the checks read. Only about the user's own files.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "language/dependencies/graph.hpp"
#include "language/types/check_declaration.hpp"

namespace writ::types {

using diagnostics::Code;
using language::index;

namespace {

bool is_users(const Checking& checking, std::uint32_t file) { return !checking.modules.module_of(file).library; }

// The line of a `use`, with its end, where nothing else stands on it.
std::optional<Span> line_of_use(const Checking& checking, Span module) {
  const std::string_view text = checking.program.sources->text(module.file);
  const std::size_t before = text.rfind('\n', module.begin);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = text.find('\n', module.end);
  if (end == std::string_view::npos ||
      text.substr(module.end, end - module.end).find_first_not_of(" \t\r") != std::string_view::npos)
    return std::nullopt;
  if (text.substr(begin, module.begin - begin).find_first_not_of("use \t") != std::string_view::npos)
    return std::nullopt;
  return Span{module.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end + 1)};
}

// Modules that bring derivations, of their own or of what they use in turn: whoever uses one may need none of its
// names.
std::vector<bool> brings_derivations(const Checking& checking) {
  const names::Modules& modules = checking.modules;
  std::vector<bool> brings(modules.modules.size(), false);
  for (const auto& derivation : checking.declarations.derivations)
    brings[modules.files[derivation.file].module] = true;
  for (bool more = true; more;) {
    more = false;
    for (std::uint32_t id = 0; id < modules.files.size(); ++id) {
      const std::uint32_t module = modules.files[id].module;
      if (brings[module]) continue;
      const auto& imports = modules.files[id].imports;
      brings[module] = std::any_of(imports.begin(), imports.end(),
                                   [&](const names::Import& import) { return brings[import.module]; });
      more = more || brings[module];
    }
  }
  return brings;
}

void warn_of_imports(Checking& checking) {
  const std::vector<bool> brings = brings_derivations(checking);
  for (std::uint32_t id = 0; id < checking.modules.files.size(); ++id) {
    if (!is_users(checking, id)) continue;
    // `use a.*` is used when one of its modules is.
    std::map<std::uint32_t, std::pair<Span, bool>> uses;
    for (const names::Import& import : checking.modules.files[id].imports) {
      auto& use = uses[import.span.begin];
      use = {import.span, use.second || import.used || brings[import.module]};
    }
    for (const auto& [begin, use] : uses) {
      if (use.second) continue;
      auto& diagnostic = checking.sink.add(
          Code::unused_import, use.first,
          fmt::format("nothing of `{}` is used in this file", checking.text(use.first)), "unused");
      if (const std::optional<Span> line = line_of_use(checking, use.first))
        diagnostic.fix("take it out", *line, "", diagnostics::Applicability::safe);
      diagnostic.help("members of enums need no `use` where their context says which enum is meant");
    }
  }
}

}  // namespace

namespace {

// Outside of its own clauses.
bool is_used(const Checking& checking, const names::Relation& relation) {
  return std::any_of(checking.program.exprs.begin(), checking.program.exprs.end(), [&](const language::Expr& expr) {
    if (expr.kind != language::ExprKind::all || expr.ref != relation.entity) return false;
    return std::none_of(relation.clauses.begin(), relation.clauses.end(), [&](const auto& clause) {
      const Span own = clause.decl->span;
      return own.file == expr.span.file && own.begin <= expr.span.begin && expr.span.end <= own.end;
    });
  });
}

}  // namespace

void warn_of_unused(Checking& checking) {
  warn_of_imports(checking);
  // A named module without controls is there for others, who may use what it does not use itself.
  std::vector<bool> for_others(checking.modules.modules.size(), false);
  for (std::size_t i = 0; i < for_others.size(); ++i) for_others[i] = !checking.modules.modules[i].name.empty();
  for (const auto& control : checking.declarations.controls)
    for_others[checking.modules.files[control.file].module] = false;
  const auto is_reported = [&](std::uint32_t file) {
    return is_users(checking, file) && !for_others[checking.modules.files[file].module];
  };

  for (std::uint32_t id = 0; id < checking.program.functions.size(); ++id) {
    if (checking.functions_used[id] || !is_reported(checking.declarations.functions[id].file)) continue;
    const language::FunctionDef& def = checking.program.functions[id];
    checking.sink.add(Code::unused_name, def.name_span, fmt::format("the function `{}` is never called", def.name),
                      "unused");
  }
  for (const names::Relation& relation : checking.declarations.relations) {
    if (!is_reported(relation.clauses.front().file) || is_used(checking, relation)) continue;
    const language::EntityDef& def = checking.program.entities[relation.entity];
    checking.sink.add(Code::unused_name, def.name_span, fmt::format("the rule `{}` is never used", def.name),
                      "unused");
  }
  for (std::uint32_t id = 0; id < checking.program.templates.size(); ++id) {
    if (checking.templates_used[id] || !is_reported(checking.declarations.templates[id].file)) continue;
    const language::TemplateDef& def = checking.program.templates[id];
    checking.sink.add(Code::unused_name, def.name_span,
                      fmt::format("no control includes the template `{}`", def.name), "unused");
  }
  for (std::uint32_t id = 0; id < checking.declarations.params.size(); ++id) {
    const language::ParamDef& def = checking.program.params[id];
    const std::uint32_t file = checking.declarations.params[id].file;
    if (checking.params_used[id] || !(def.control ? is_users(checking, file) : is_reported(file))) continue;
    checking.sink.add(Code::unused_name, def.name_span, fmt::format("the parameter `{}` is never read", def.name),
                      "unused");
  }
  for (const UnusedLocal& unused : checking.unused_locals) {
    if (!is_users(checking, unused.file)) continue;
    checking.sink.add(Code::unused_name, unused.local.span, fmt::format("`{}` is never read", unused.local.name),
                      "unused");
  }
}

void warn_of_evidence(Checking& checking) {
  const language::Program& program = checking.program;
  const std::vector<dependencies::Reads> reads = dependencies::reads_of_checks(program);
  for (std::uint32_t id = 0; id < program.controls.size(); ++id) {
    const language::ControlDef& control = program.controls[id];
    // A control without any evidence clause leaves them out on purpose: what it reads must be supplied, of any age.
    if (control.evidence.empty() || !is_users(checking, checking.declarations.controls[id].file)) continue;
    std::map<std::uint32_t, language::CheckId> read;  // by entity: the first check that reads it
    for (const language::CheckId check : control.checks) {
      for (const std::uint32_t entity : reads[index(check)].entities) read.emplace(entity, check);
    }
    // How old the sources of derived records may be is said of those.
    const auto is_source = [&](std::uint32_t entity) {
      return std::all_of(control.checks.begin(), control.checks.end(), [&](language::CheckId check) {
        const dependencies::Reads& all = reads[index(check)];
        return !std::binary_search(all.entities.begin(), all.entities.end(), entity) ||
               std::binary_search(all.sources.begin(), all.sources.end(), entity);
      });
    };
    for (const language::EvidenceDef& evidence : control.evidence) {
      if (read.contains(index(evidence.entity))) continue;
      const std::string& name = program.entity(evidence.entity).name;
      checking.sink.add(Code::unused_evidence, evidence.span,
                        fmt::format("no check of `{}` reads `{}`", control.id, name),
                        "named as evidence, and not read");
    }
    for (const language::EvidenceDef& evidence : control.evidence) read.erase(index(evidence.entity));
    for (const auto& [entity, check] : read) {
      if (is_source(entity)) continue;
      const language::CheckDef& def = program.checks[index(check)];
      const std::string& name = program.entities[entity].name;
      auto& diagnostic = checking.sink.add(
          Code::undeclared_evidence, def.included_at.value_or(def.name_span),
          fmt::format("`{}` reads `{}`, which `{}` does not name as evidence", def.name, name, control.id),
          fmt::format("reads `{}`", name));
      if (def.included_at) diagnostic.label(def.name_span, "the template's check");
      diagnostic.help(fmt::format("say how old it may be: `evidence {} within 7 days`", name));
    }
  }
}

}  // namespace writ::types
