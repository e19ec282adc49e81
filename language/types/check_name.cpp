// Names: variables, parameters, entities, members of enums, fields.
#include <fmt/format.h>

#include <algorithm>

#include "language/names/styles.hpp"
#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using language::ExprKind;
using language::index;
using names::SymbolKind;

namespace {

constexpr std::size_t most_listed = 12;  // names that a note lists

std::string listed(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) text += i + 1 == names.size() ? " and " : ", ";
    text += fmt::format("`{}`", names[i]);
  }
  return text;
}

std::string_view module_declaring(std::span<const language::LibraryModule> library, std::string_view name) {
  for (const std::string_view keyword : {"entity", "enum", "fn", "param", "rule"}) {
    if (const std::string_view module = names::module_declaring(library, keyword, name); !module.empty())
      return module;
  }
  return {};
}

}  // namespace

std::optional<ExprId> ExpressionChecker::variable(const syntax::Name& name) {
  if (const auto alive = by_name_.find(name.text); alive != by_name_.end() && !alive->second.empty()) {
    const LocalId id = alive->second.back();
    used_[index(id)] = true;
    const TypeId type = locals_[index(id)].type;
    const auto column = columns_.find(index(id));
    if (column == columns_.end()) return checking_.add(ExprKind::local, type, name.span, {}, index(id));
    const std::uint32_t tuple = index(column->second.tuple);
    const ExprId record = checking_.add(ExprKind::local, locals_[tuple].type, name.span, {}, tuple);
    return checking_.add(ExprKind::field, type, name.span, {record}, column->second.field);
  }
  const auto param = [&](std::uint32_t id) {
    checking_.params_used[id] = true;
    return checking_.add(ExprKind::param, checking_.program.params[id].type, name.span, {}, id);
  };
  if (control_) {
    for (const language::ParamId id : checking_.program.controls[index(*control_)].params) {
      if (checking_.program.params[index(id)].name == name.text) return param(index(id));
    }
  }
  if (name.text == "now") return checking_.add(ExprKind::now, simple(Kind::timestamp), name.span);
  if (name.text == "today") return checking_.add(ExprKind::today, simple(Kind::date), name.span);
  if (name.text == "period")
    return checking_.add(ExprKind::period, types().range(simple(Kind::timestamp)), name.span);
  const names::Found found = names_.value(name.text);
  if (!found.symbol || found.symbol->kind != SymbolKind::param) return std::nullopt;
  if (!found.modules.empty()) {
    checking_.report_ambiguous(name, found);
    return checking_.error(name.span);
  }
  return param(found.symbol->id);
}

ExprId ExpressionChecker::identifier(const syntax::Expr& expr, TypeId hint) {
  const syntax::Name& name = expr.name;
  const TypeId wanted = types().strip_optional(hint);
  const std::optional<std::uint32_t> ordinal = checking_.member(wanted, name.text);
  if (const std::optional<ExprId> found = variable(name)) {
    if (ordinal && type_of(*found) != unknown) {
      const std::string& enum_name = checking_.program.enums[types().at(wanted).decl].name;
      auto& diagnostic = checking_.sink.add(
          Code::shadowed_name, name.span,
          fmt::format("`{}` names a value here and a member of `{}`", name.text, enum_name), "could be either");
      if (checking_.program.expr(*found).kind == ExprKind::local) {
        diagnostic.label(locals_[checking_.program.expr(*found).ref].span, "the value of that name");
      }
      diagnostic.fix("if the member is meant, say so", name.span, fmt::format("{}.{}", enum_name, name.text));
      return checking_.error(name.span);
    }
    return *found;
  }
  if (ordinal) return checking_.add(ExprKind::enum_member, wanted, name.span, {}, *ordinal);
  const names::Found type = names_.type(name.text);
  if (!type.modules.empty()) {
    checking_.report_ambiguous(name, type);
    return checking_.error(expr.span);
  }
  if (type.symbol && type.symbol->kind == SymbolKind::entity) {
    return checking_.add(ExprKind::all, types().list(types().entity(static_cast<EntityId>(type.symbol->id))),
                         name.span, {}, type.symbol->id);
  }
  const names::Found value = names_.value(name.text);
  if (value.symbol && value.symbol->kind == SymbolKind::relation) {
    if (!value.modules.empty()) {
      checking_.report_ambiguous(name, value);
      return checking_.error(expr.span);
    }
    return checking_.add(ExprKind::all, types().list(types().entity(static_cast<EntityId>(value.symbol->id))),
                         name.span, {}, value.symbol->id);
  }
  const bool is_broken = (type.symbol && type.symbol->kind == SymbolKind::broken) ||
                         (value.symbol && value.symbol->kind == SymbolKind::broken);
  const bool broken_enum = kind_of(wanted) == Kind::enumeration && checking_.broken_enum(types().at(wanted).decl);
  if (!is_broken && !broken_enum && !forgives_names_) unknown_name(expr, hint);
  return checking_.error(expr.span);
}

void ExpressionChecker::unknown_member(const syntax::Name& name, TypeId enumeration) {
  const language::EnumDef& def = checking_.program.enums[types().at(enumeration).decl];
  const std::vector<std::string_view> members(def.members.begin(), def.members.end());
  auto& diagnostic = checking_.sink.add(Code::unknown_member, name.span,
                                        fmt::format("`{}` has no member `{}`", def.name, name.text),
                                        fmt::format("not a member of `{}`", def.name));
  const std::string_view near = diagnostics::nearest(name.text, members);
  if (!near.empty()) diagnostic.fix("a member with a similar name", name.span, std::string(near));
  if (members.empty()) return;
  if (members.size() <= most_listed || near.empty()) {
    constexpr std::size_t most = 24;
    const std::vector<std::string_view> shown(
        members.begin(), members.begin() + static_cast<std::ptrdiff_t>(std::min(members.size(), most)));
    diagnostic.note(fmt::format("its members are {}{}", listed(shown), members.size() > most ? ", and more" : ""));
  }
}

void ExpressionChecker::unknown_name(const syntax::Expr& expr, TypeId hint) {
  const syntax::Name& name = expr.name;
  const TypeId wanted = types().strip_optional(hint);
  const language::Program& program = checking_.program;
  const names::Found function = names_.value(name.text);
  const bool is_builtin = std::any_of(program.builtins.begin(), program.builtins.end(),
                                      [&](const auto& entry) { return entry.name == name.text; });
  if ((function.symbol && function.symbol->kind == SymbolKind::function) || is_builtin) {
    checking_.sink
        .add(Code::unknown_name, name.span, fmt::format("`{}` is a function, not a value", name.text),
             "called without arguments")
        .help(fmt::format("call it: `{}(…)`", name.text));
    return;
  }
  const names::Found type = names_.type(name.text);
  if (type.symbol && type.symbol->kind == SymbolKind::enumeration) {
    const language::EnumDef& def = program.enums[type.symbol->id];
    auto& diagnostic = checking_.sink.add(Code::unknown_name, name.span,
                                          fmt::format("`{}` is an enum, not a value", name.text), "an enum");
    if (!def.members.empty())
      diagnostic.help(fmt::format("name a member of it: `{}.{}`", def.name, def.members.front()));
    return;
  }
  std::vector<std::string_view> candidates{"now", "today", "period"};
  for (const LocalId id : scope_) candidates.push_back(locals_[index(id)].name);
  if (control_) {
    for (const language::ParamId id : program.controls[index(*control_)].params)
      candidates.push_back(program.params[index(id)].name);
  }
  const std::string_view near_variable = diagnostics::nearest(name.text, candidates);
  if (kind_of(wanted) == Kind::enumeration && near_variable.empty()) {
    unknown_member(name, wanted);
    return;
  }
  // Entities are in PascalCase, and nothing else that stands as a value is.
  const bool is_entity = names::has_style(name.text, names::Style::pascal_case);
  auto& diagnostic = checking_.sink.add(is_entity ? Code::unknown_entity : Code::unknown_name, name.span,
                                        is_entity ? fmt::format("there is no entity `{}`", name.text)
                                                  : fmt::format("there is no `{}` here", name.text),
                                        "not known");
  // A field whose record was left out: `status` for `a.status`.
  std::string holder;
  for (const LocalId id : scope_) {
    const language::Local& local = locals_[index(id)];
    if (checking_.field(types().strip_optional(local.type), name.text)) holder = local.name;
  }
  if (!holder.empty()) {
    diagnostic.fix(fmt::format("`{}` has a field of that name", holder), name.span,
                   fmt::format("{}.{}", holder, name.text));
    return;
  }
  std::vector<std::string> owners;
  for (const language::EnumDef& def : program.enums) {
    if (std::find(def.members.begin(), def.members.end(), name.text) != def.members.end())
      owners.push_back(def.name + "." + name.text);
  }
  if (!owners.empty()) {
    const std::vector<std::string_view> shown(
        owners.begin(), owners.begin() + static_cast<std::ptrdiff_t>(std::min(owners.size(), most_listed)));
    if (owners.size() == 1) {
      diagnostic.fix("a member of an enum says which enum, where its context does not", name.span, owners.front());
    } else {
      diagnostic.help(
          fmt::format("a member of an enum says which enum, where its context does not: {}", listed(shown)));
    }
    return;
  }
  for (const auto& modules : {names_.type_elsewhere(name.text), names_.value_elsewhere(name.text)}) {
    if (modules.empty()) continue;
    diagnostic.help(
        fmt::format("`{}` declares it: write `use {}` at the head of the file", modules.front(), modules.front()));
    return;
  }
  if (const std::string_view module = module_declaring(checking_.library, name.text); !module.empty()) {
    diagnostic.help(fmt::format("`{}` declares it: write `use {}` at the head of the file", module, module));
    return;
  }
  for (const std::string_view other : names_.type_names()) candidates.push_back(other);
  for (const std::string_view other : names_.value_names()) candidates.push_back(other);
  const std::string_view near = diagnostics::nearest(name.text, candidates);
  if (!near.empty()) diagnostic.fix("a similar name is known", name.span, std::string(near));
}

ExprId ExpressionChecker::member(const syntax::Expr& expr, SyntaxId) {
  const syntax::Expr& object = syntax_of(expr.operands[0]);
  if (object.kind == syntax::ExprKind::identifier) {
    const names::Found type = names_.type(object.name.text);
    if (type.symbol && type.symbol->kind == SymbolKind::enumeration) {
      if (!type.modules.empty()) {
        checking_.report_ambiguous(object.name, type);
        return checking_.error(expr.span);
      }
      const TypeId enumeration = types().enumeration(static_cast<EnumId>(type.symbol->id));
      if (const auto ordinal = checking_.member(enumeration, expr.name.text)) {
        return checking_.add(ExprKind::enum_member, enumeration, expr.span, {}, *ordinal);
      }
      if (!checking_.broken_enum(type.symbol->id)) unknown_member(expr.name, enumeration);
      return checking_.error(expr.span);
    }
  }
  const ExprId inner = infer_finished(expr.operands[0], unknown);
  return field_of(inner, expr.name, expr.span, false, object.span.end);
}

ExprId ExpressionChecker::safe_member(const syntax::Expr& expr) {
  const ExprId object = finished(infer(expr.operands[0], unknown, Use::tested).id);
  const TypeId type = type_of(object);
  if (type == unknown) return checking_.error(expr.span);
  if (!types().is_optional(type)) {
    const Span span = span_of(object);
    checking_.sink
        .add(Code::not_optional, span, fmt::format("{} is always there", quoted(span)),
             fmt::format("`{}` is never missing", spelling(type)))
        .fix("read the field with `.`", {span.file, span.end, expr.name.span.begin}, ".",
             diagnostics::Applicability::safe);
    return field_of(object, expr.name, expr.span, false, span.end);
  }
  return field_of(object, expr.name, expr.span, true, span_of(object).end);
}

ExprId ExpressionChecker::field_of(ExprId object, const syntax::Name& name, Span span, bool safe,
                                   std::uint32_t object_end) {
  const TypeId whole = type_of(object);
  if (whole == unknown) return checking_.error(span);
  if (!safe && types().is_optional(whole)) {
    if (checking_.fields(types().strip_optional(whole)) != nullptr &&
        !checking_.field(types().strip_optional(whole), name.text)) {
      unknown_field(types().strip_optional(whole), name);
    } else {
      not_narrowed(object, fmt::format("its `{}` is read", name.text))
          .fix("or read it only where it is there", {span.file, object_end, object_end}, "?");
    }
    return checking_.error(span);
  }
  const TypeId type = types().strip_optional(whole);
  const auto result = [&](TypeId field) { return safe ? types().optional(field) : field; };
  if (kind_of(type) == Kind::range && (name.text == "start" || name.text == "end") && !safe) {
    return checking_.add(name.text == "start" ? ExprKind::range_start : ExprKind::range_end,
                         types().at(type).element, span, {object});
  }
  const std::optional<std::uint32_t> field = checking_.field(type, name.text);
  if (!field) {
    unknown_field(type, name);
    return checking_.error(span);
  }
  const TypeId field_type = (*checking_.fields(type))[*field].type;
  if (field_type == unknown) return checking_.error(span);
  return checking_.add(safe ? ExprKind::safe_field : ExprKind::field, result(field_type), span, {object}, *field);
}

void ExpressionChecker::unknown_field(TypeId object, const syntax::Name& name) {
  const Type& type = types().at(object);
  if (type.kind == Kind::entity && checking_.broken_entity(type.decl)) return;
  const std::string whose = type.kind == Kind::record ? "this record" : fmt::format("`{}`", spelling(object));
  auto& diagnostic =
      checking_.sink.add(Code::unknown_field, name.span, fmt::format("{} has no field `{}`", whose, name.text),
                         fmt::format("not a field of {}", whose));
  std::vector<std::string_view> candidates;
  if (const auto* fields = checking_.fields(object)) {
    for (const language::FieldDef& field : *fields) candidates.push_back(field.name);
  } else if (type.kind == Kind::range) {
    candidates = {"start", "end"};
  } else if (types().is_collection(object)) {
    diagnostic.help("fields are read from its elements: `some x in … where …`, `[x.… for x in …]`");
    return;
  } else {
    const bool is_function = names_.value(name.text).symbol.has_value();
    if (is_function) diagnostic.help(fmt::format("`{}` is a function: call it with `.{}()`", name.text, name.text));
    return;
  }
  const std::string_view near = diagnostics::nearest(name.text, candidates);
  if (!near.empty()) diagnostic.fix("a field with a similar name", name.span, std::string(near));
  if (!candidates.empty() && (candidates.size() <= most_listed || near.empty())) {
    constexpr std::size_t most = 24;
    const bool cut = candidates.size() > most;
    if (cut) candidates.resize(most);
    diagnostic.note(fmt::format("{} {}{}", type.kind == Kind::range ? "a range has" : "its fields are",
                                listed(candidates), cut ? ", and more" : ""));
  }
}

}  // namespace writ::types
