// Rules: the columns of relations before any body, then each clause as derivations of tuples.
#include <fmt/format.h>

#include <algorithm>

#include "language/names/styles.hpp"
#include "language/types/check_declaration.hpp"
#include "language/types/check_expression.hpp"
#include "language/types/conjunction.hpp"

namespace writ::types {

using diagnostics::Code;
using language::index;

namespace {

// A relation relates records and single values, all of them there.
bool is_column_type(const TypeTable& types, TypeId type) {
  switch (types.kind(type)) {
    case Kind::list:
    case Kind::set:
    case Kind::range:
    case Kind::record:
    case Kind::optional:
    case Kind::missing:
      return false;
    default:
      return true;
  }
}

void declare_columns(Checking& checking, std::uint32_t entity, const syntax::RuleDecl& decl, std::uint32_t file) {
  std::vector<language::FieldDef> columns;
  for (const syntax::FnParam& param : decl.params) {
    names::check_style(param.name, names::Style::snake_case, "a rule's variable", checking.sink);
    const auto first = std::find_if(columns.begin(), columns.end(), [&](const language::FieldDef& column) {
      return column.name == param.name.text;
    });
    if (first != columns.end()) {
      checking.sink
          .add(Code::duplicate_name, param.name.span, fmt::format("`{}` is declared twice", param.name.text),
               "declared again here")
          .label(first->name_span, "first declared here");
    }
    language::FieldDef column;
    column.name = param.name.text;
    column.name_span = param.name.span;
    column.type = resolve_type(checking, file, param.type);
    if (!is_column_type(checking.program.types, column.type)) {
      checking.sink
          .add(Code::type_mismatch, checking.tree(file).type(param.type).span,
               fmt::format("a relation cannot hold `{}`", checking.spelling(column.type)),
               "a record or a single value expected")
          .help("a tuple stands for one combination: relate each element, and leave out what is missing");
      column.type = unknown;
    }
    columns.push_back(std::move(column));
  }
  checking.program.entities[entity].fields = std::move(columns);
}

// Every clause relates what the first one does; its variables may have other names.
void compare_columns(Checking& checking, std::uint32_t entity, const syntax::RuleDecl& decl, std::uint32_t file) {
  const language::EntityDef& relation = checking.program.entities[entity];
  if (decl.params.size() != relation.fields.size()) {
    checking.sink
        .add(Code::wrong_arguments, decl.name.span,
             fmt::format("`{}` relates {} value{} here, and {} before", relation.name, decl.params.size(),
                         decl.params.size() == 1 ? "" : "s", relation.fields.size()),
             "another relation of that name")
        .label(relation.name_span, "first declared here");
    return;
  }
  for (std::size_t i = 0; i < decl.params.size(); ++i) {
    const TypeId type = resolve_type(checking, file, decl.params[i].type);
    const language::FieldDef& column = relation.fields[i];
    if (type == column.type || type == unknown || column.type == unknown) continue;
    checking.sink
        .add(Code::type_mismatch, checking.tree(file).type(decl.params[i].type).span,
             fmt::format("`{}` is `{}` here, and `{}` where `{}` is first declared", decl.params[i].name.text,
                         checking.spelling(type), checking.spelling(column.type), relation.name),
             fmt::format("`{}` expected", checking.spelling(column.type)))
        .label(column.name_span, "first declared here");
  }
}

// A variable that no equation gives a value, and of whose type there is no end of values.
void unbound(Checking& checking, const language::EntityDef& relation, const language::Local& variable) {
  checking.sink
      .add(Code::unbound_column, variable.span, fmt::format("nothing says what `{}` is", variable.name),
           fmt::format("could be any `{}`", checking.spelling(variable.type)))
      .help(
          fmt::format("say it in the condition of `{}` with an equation: `{} == …`", relation.name, variable.name));
}

void check_clause(Checking& checking, std::uint32_t entity, const syntax::RuleDecl& decl, std::uint32_t file) {
  std::vector<language::Local> locals;
  ExpressionChecker expressions(checking, file, locals, std::nullopt);
  const auto& columns = checking.program.entities[entity].fields;
  const auto head = static_cast<std::uint32_t>(decl.params.size());
  bool sound = head == columns.size();
  for (std::size_t i = 0; i < head; ++i) {
    const TypeId type = i < columns.size() ? columns[i].type : unknown;
    sound = sound && type != unknown;
    expressions.declare(decl.params[i].name, type, true);
  }
  if (decl.body == SyntaxId::none) return;
  const ExprId body = expressions.condition(decl.body).id;
  for (const LocalId local : expressions.unused()) checking.unused_locals.push_back({file, locals[index(local)]});
  if (!sound || checking.type(body) == unknown || checking.sink.has_errors()) return;
  std::vector<bool> reported(head, false);
  for (Conjunction& one : alternatives(checking, body)) {
    Solution solution = solve(checking, locals, head, std::move(one));
    for (const std::uint32_t local : solution.unbound) {
      if (!reported[local]) unbound(checking, checking.program.entities[entity], locals[local]);
      reported[local] = true;
    }
    language::DerivationDef def;
    def.target = static_cast<EntityId>(entity);
    def.locals = locals;
    def.steps = std::move(solution.steps);
    for (std::uint32_t i = 0; i < head; ++i)
      def.values.push_back(checking.add(language::ExprKind::local, locals[i].type, locals[i].span, {}, i));
    def.span = checking.program.expr(body).span;
    checking.program.derivations.push_back(std::move(def));
  }
}

}  // namespace

void declare_relations(Checking& checking) {
  for (const names::Relation& relation : checking.declarations.relations) {
    declare_columns(checking, relation.entity, *relation.clauses.front().decl, relation.clauses.front().file);
    for (std::size_t i = 1; i < relation.clauses.size(); ++i)
      compare_columns(checking, relation.entity, *relation.clauses[i].decl, relation.clauses[i].file);
  }
}

void check_rules(Checking& checking) {
  for (const names::Relation& relation : checking.declarations.relations) {
    for (const auto& [decl, file] : relation.clauses) check_clause(checking, relation.entity, *decl, file);
  }
}

}  // namespace writ::types
