// What derivations make: references by key, and nested records of their fields.
#include <fmt/format.h>

#include <algorithm>

#include "language/types/arguments.hpp"
#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using language::ExprKind;

ExprId ExpressionChecker::made_record(const syntax::Expr& expr, TypeId hint) {
  const TypeId type = types().strip_optional(hint);
  if (!makes_records_) {
    checking_.sink
        .add(Code::invalid_derivation, expr.span, "a record is written where none can be made",
             "records are read from the evidence")
        .help("`derive` makes records, and a test gives some with `given`");
    return checking_.error(expr.span);
  }
  if (kind_of(type) != Kind::record) {
    if (hint != unknown || expr.arguments.empty()) {
      checking_.sink.add(Code::type_mismatch, expr.span,
                         fmt::format("expected `{}`, found a record", spelling(hint)), "this is a record");
    } else {
      checking_.sink.add(Code::needs_type, expr.span, "nothing here says which fields this record has",
                         "its type cannot be told");
    }
    return checking_.error(expr.span);
  }
  const std::size_t count = checking_.fields(type)->size();
  std::vector<ExprId> values(count, ExprId::none);
  bool sound = true;
  for (const syntax::Argument& argument : expr.arguments) {
    if (!argument.label) continue;
    const std::optional<std::uint32_t> field = checking_.field(type, argument.label->text);
    if (!field) {
      unknown_field(type, *argument.label);
      sound = false;
      continue;
    }
    if (values[*field] != ExprId::none) {
      checking_.sink.add(Code::duplicate_name, argument.label->span,
                         fmt::format("`{}` is given twice", argument.label->text), "given again here");
      continue;
    }
    const language::FieldDef def = (*checking_.fields(type))[*field];
    const Asker asker{def.name_span, "declared as"};
    values[*field] = check(argument.value, def.type, &asker);
    sound = sound && type_of(values[*field]) != unknown;
  }
  for (std::uint32_t field = 0; field < count; ++field) {
    if (values[field] != ExprId::none) continue;
    const language::FieldDef def = (*checking_.fields(type))[field];
    if (def.has_default && def.default_value != ExprId::none) {
      values[field] = def.default_value;
    } else if (types().is_optional(def.type)) {
      values[field] = checking_.add(ExprKind::missing, def.type, expr.span);
    } else {
      checking_.sink
          .add(Code::invalid_derivation, expr.span, fmt::format("the record is made without its `{}`", def.name),
               "a field is missing")
          .label(def.name_span, "always there");
      sound = false;
    }
  }
  return sound ? checking_.add(ExprKind::record, type, expr.span, std::move(values)) : checking_.error(expr.span);
}

// `Person(u.email)`: by the parts of the key in the order of their fields, or by their names.
ExprId ExpressionChecker::made_reference(const syntax::Expr& expr, EntityId entity) {
  const language::EntityDef def = checking_.program.entity(entity);
  if (!makes_records_) {
    checking_.sink
        .add(Code::invalid_derivation, expr.span, fmt::format("`{}` is an entity, not a function", def.name),
             "only `derive` refers to a record by its key")
        .help(fmt::format("look the record up: `some x in {} where x.{} == …`", def.name,
                          def.key.empty() ? "…" : def.fields[def.key.front()].name));
    return checking_.error(expr.span);
  }
  if (def.key.empty()) {
    checking_.sink
        .add(Code::invalid_key, expr.name.span, fmt::format("records of `{}` have no key", def.name),
             "nothing can refer to one")
        .label(def.name_span, "declared without a `key`");
    return checking_.error(expr.span);
  }
  std::vector<std::string_view> labels;
  for (const std::uint32_t field : def.key) labels.push_back(def.fields[field].name);
  const auto slots = arranged(labels, expr, tree_, &checking_.sink);
  if (!slots) return checking_.error(expr.span);
  std::vector<ExprId> parts;
  bool sound = true;
  bool may_be_missing = false;
  for (std::size_t i = 0; i < slots->size(); ++i) {
    const language::FieldDef& field = def.fields[def.key[i]];
    const Asker asker{field.name_span, "declared as"};
    // A part that may be missing gives a reference that may be.
    const ExprId part = infer((*slots)[i], field.type).id;
    const bool optional = types().is_optional(type_of(part));
    parts.push_back(coerce(part, optional ? types().optional(field.type) : field.type, (*slots)[i], &asker));
    sound = sound && type_of(parts.back()) != unknown;
    may_be_missing = may_be_missing || optional;
  }
  if (!sound) return checking_.error(expr.span);
  const TypeId type = types().entity(entity);
  return checking_.add(ExprKind::reference, may_be_missing ? types().optional(type) : type, expr.span,
                       std::move(parts));
}

}  // namespace writ::types
