// The records that tests give.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "language/dependencies/walk.hpp"
#include "language/types/check_declaration.hpp"
#include "language/types/check_test.hpp"

namespace writ::types {

using diagnostics::Code;
using language::ExprKind;
using language::FieldDef;
using language::GivenField;
using language::GivenValue;
using language::index;
using names::SymbolKind;

std::optional<EntityId> find_entity(Checking& checking, std::uint32_t file, const syntax::Name& name) {
  const names::Scope scope(checking.modules, checking.declarations, file);
  const names::Found found = scope.type(name.text);
  if (!found.modules.empty()) {
    checking.report_ambiguous(name, found);
    return std::nullopt;
  }
  if (found.symbol && found.symbol->kind == SymbolKind::entity) return static_cast<EntityId>(found.symbol->id);
  if (found.symbol && found.symbol->kind != SymbolKind::enumeration) return std::nullopt;
  auto& diagnostic = checking.sink.add(Code::unknown_entity, name.span,
                                       found.symbol ? fmt::format("`{}` is an enum, not an entity", name.text)
                                                    : fmt::format("there is no entity `{}`", name.text),
                                       found.symbol ? "has no records" : "not known");
  if (const auto modules = scope.type_elsewhere(name.text); !found.symbol && !modules.empty()) {
    diagnostic.help(
        fmt::format("`{}` declares it: write `use {}` at the head of the file", modules.front(), modules.front()));
    return std::nullopt;
  }
  std::vector<std::string_view> candidates;
  for (const std::string_view known : scope.type_names()) {
    if (checking.declarations.entities_by_name.contains(known)) candidates.push_back(known);
  }
  const std::string_view near = diagnostics::nearest(name.text, candidates);
  if (!near.empty()) diagnostic.fix("an entity with a similar name", name.span, std::string(near));
  return std::nullopt;
}

namespace {

class GivenChecker {
 public:
  GivenChecker(Checking& checking, std::uint32_t file, ExpressionChecker& expressions)
      : checking_(checking), tree_(checking.tree(file)), expressions_(expressions) {}

  std::vector<GivenField> fields(TypeId type, const std::vector<syntax::FieldValue>& given) {
    std::vector<GivenField> out;
    std::map<std::uint32_t, Span> seen;
    for (const syntax::FieldValue& value : given) add_field(type, value.name, value.value, value.span, seen, out);
    return out;
  }

 private:
  const syntax::Expr& syntax_of(SyntaxId id) const { return tree_.expr(id); }

  void add_field(TypeId type, const syntax::Name& name, SyntaxId value, Span span,
                 std::map<std::uint32_t, Span>& seen, std::vector<GivenField>& out) {
    const std::optional<std::uint32_t> field = checking_.field(type, name.text);
    if (!field) {
      expressions_.unknown_field(type, name);
      return;
    }
    const auto [first, is_new] = seen.emplace(*field, name.span);
    if (!is_new) {
      checking_.sink
          .add(Code::duplicate_name, name.span, fmt::format("`{}` is given twice", name.text), "given again here")
          .label(first->second, "first given here");
      return;
    }
    const FieldDef& def = (*checking_.fields(type))[*field];
    if (def.inverse) {
      const language::EntityDef& other = checking_.program.entity(def.inverse_entity);
      checking_.sink
          .add(Code::invalid_test, name.span,
               fmt::format("`{}` is an inverse, and holds nothing of its own", name.text),
               fmt::format("the records of `{}` that refer to this one", other.name))
          .help(fmt::format("give the other side: `given {} {{ {}: … }}`", other.name,
                            other.fields.size() > def.inverse_field ? other.fields[def.inverse_field].name : "…"));
      return;
    }
    if (value == SyntaxId::none) return;
    // Checking expressions may add record types, which moves the definitions.
    const TypeId field_type = def.type;
    const Span declared = def.name_span;
    if (auto made = value_of(value, field_type, declared)) out.push_back({*field, span, std::move(*made)});
  }

  std::optional<GivenValue> value_of(SyntaxId id, TypeId type, Span declared) {
    const syntax::Expr& expr = syntax_of(id);
    const TypeTable& types = checking_.program.types;
    const TypeId inner = types.strip_optional(type);
    const Kind kind = types.kind(inner);
    const bool is_missing = expr.kind == syntax::ExprKind::missing;
    if (kind == Kind::entity && !is_missing) return reference(expr, id, inner, declared);
    if (kind == Kind::record && !is_missing) return record(expr, inner);
    const bool is_elements =
        expr.kind == syntax::ExprKind::list || (kind == Kind::set && expr.kind == syntax::ExprKind::set);
    if ((kind == Kind::list || kind == Kind::set) && is_elements) {
      GivenValue out{GivenValue::Kind::elements, expr.span, ExprId::none, {}, {}};
      const TypeId element = types.at(inner).element;
      for (const SyntaxId operand : expr.operands) {
        if (auto made = value_of(operand, element, declared)) out.elements.push_back(std::move(*made));
      }
      return out;
    }
    return plain(id, type, declared);
  }

  std::optional<GivenValue> plain(SyntaxId id, TypeId type, Span declared) {
    const Asker asker{declared, "declared as"};
    const ExprId value = expressions_.check(id, type, type == unknown ? nullptr : &asker);
    const language::Expr& checked = checking_.program.expr(value);
    if (checked.kind == ExprKind::error) return std::nullopt;
    bool reads = false;
    dependencies::Walk(checking_.program).run(value, [&](const language::Expr& part) {
      if (part.kind != ExprKind::all || reads) return;
      reads = true;
      checking_.sink
          .add(Code::not_constant, part.span, "a given value is there before any record is",
               "known only when rules are evaluated")
          .help("write the value itself");
    });
    if (reads) return std::nullopt;
    return GivenValue{GivenValue::Kind::value, checked.span, value, {}, {}};
  }

  std::optional<GivenValue> record(const syntax::Expr& expr, TypeId type) {
    const bool empty = expr.kind == syntax::ExprKind::set && expr.operands.empty();
    if (expr.kind != syntax::ExprKind::record && !empty) {
      if (expr.kind == syntax::ExprKind::error) return std::nullopt;
      checking_.sink
          .add(Code::type_mismatch, expr.span, fmt::format("expected a record, `{}`", checking_.spelling(type)),
               "this is none")
          .help("a nested record is written `{ name: value }`");
      return std::nullopt;
    }
    GivenValue out{GivenValue::Kind::record, expr.span, ExprId::none, labelled(expr, type), {}};
    return out;
  }

  // The fields of a record in an expression.
  std::vector<GivenField> labelled(const syntax::Expr& expr, TypeId type) {
    std::vector<GivenField> out;
    std::map<std::uint32_t, Span> seen;
    for (const syntax::Argument& argument : expr.arguments) {
      if (!argument.label) continue;
      Span span = argument.label->span;
      if (argument.value != SyntaxId::none) span.end = syntax_of(argument.value).span.end;
      add_field(type, *argument.label, argument.value, span, seen, out);
    }
    return out;
  }

  // By the key: its value, or a record of its parts where it has several.
  std::optional<GivenValue> reference(const syntax::Expr& expr, SyntaxId id, TypeId target, Span declared) {
    const auto entity = static_cast<EntityId>(checking_.program.types.at(target).decl);
    const std::vector<std::uint32_t> key = checking_.program.entity(entity).key;
    const std::string name = checking_.program.entity(entity).name;
    if (key.empty()) return std::nullopt;  // reported where the field is declared
    GivenValue out{GivenValue::Kind::reference, expr.span, ExprId::none, {}, {}};
    if (expr.kind == syntax::ExprKind::record) {
      out.fields = labelled(expr, target);
      bool complete = true;
      for (const std::uint32_t part : key) {
        const auto is_part = [&](const GivenField& field) { return field.field == part; };
        complete = complete && std::any_of(out.fields.begin(), out.fields.end(), is_part);
        const std::string& part_name = field_of(entity, part).name;
        const bool written = std::any_of(
            expr.arguments.begin(), expr.arguments.end(),
            [&](const syntax::Argument& argument) { return argument.label && argument.label->text == part_name; });
        if (written) continue;
        checking_.sink.add(Code::invalid_test, expr.span,
                           fmt::format("the key of `{}` needs `{}`", name, part_name),
                           "which record is meant cannot be told");
        return std::nullopt;
      }
      if (!complete) return std::nullopt;  // what is wrong with a part has been said
      return out;
    }
    if (key.size() > 1) {
      std::string parts;
      for (const std::uint32_t part : key)
        parts += fmt::format("{}{}: …", parts.empty() ? "" : ", ", field_of(entity, part).name);
      checking_.sink
          .add(Code::type_mismatch, expr.span, fmt::format("the key of `{}` has {} parts", name, key.size()),
               "one value")
          .help(fmt::format("write all of them: `{{ {} }}`", parts));
      return std::nullopt;
    }
    const TypeId part_type = field_of(entity, key.front()).type;
    auto part = value_of(id, part_type, declared);
    if (!part) return std::nullopt;
    const Span span = part->span;
    out.fields.push_back({key.front(), span, std::move(*part)});
    return out;
  }

  const FieldDef& field_of(EntityId entity, std::uint32_t field) const {
    return checking_.program.entity(entity).fields[field];
  }

  Checking& checking_;
  const syntax::Tree& tree_;
  ExpressionChecker& expressions_;
};

}  // namespace

std::optional<language::GivenRecord> check_given(Checking& checking, std::uint32_t file,
                                                 ExpressionChecker& expressions, const syntax::TestGiven& given) {
  const std::optional<EntityId> entity = find_entity(checking, file, given.entity);
  if (!entity) return std::nullopt;
  language::GivenRecord out;
  out.entity = *entity;
  out.span = given.span;
  const TypeId type = checking.program.types.entity(*entity);
  out.fields = GivenChecker(checking, file, expressions).fields(type, given.fields);
  // A key that is left out is made up, as far as it can be.
  const language::EntityDef& def = checking.program.entity(*entity);
  std::string missing;
  for (const std::uint32_t part : def.key) {
    const bool is_given = std::any_of(out.fields.begin(), out.fields.end(),
                                      [&](const GivenField& field) { return field.field == part; });
    const Kind kind = checking.program.types.kind(def.fields[part].type);
    if (!is_given && kind != Kind::string && kind != Kind::integer) missing = def.fields[part].name;
  }
  if (!missing.empty() && !given.damaged && !checking.broken(given.span)) {
    checking.sink
        .add(Code::invalid_test, given.entity.span, fmt::format("`{}` is given without `{}`", def.name, missing),
             "a part of its key")
        .help("only a `String` or an `Int` of a key can be left out: a value of its own is then made up");
    return std::nullopt;
  }
  return out;
}

}  // namespace writ::types
