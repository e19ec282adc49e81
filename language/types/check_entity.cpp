// Written types, and what entities are made of.
#include <fmt/format.h>

#include <algorithm>

#include "language/names/styles.hpp"
#include "language/types/check_declaration.hpp"
#include "language/types/check_expression.hpp"
#include "language/types/path.hpp"

namespace writ::types {

using diagnostics::Code;
using language::FieldDef;
using language::index;
using language::PathStep;
using names::SymbolKind;

namespace {

constexpr std::pair<std::string_view, Kind> simple_types[] = {
    {"Bool", Kind::boolean},      {"Int", Kind::integer},   {"Float", Kind::floating},
    {"String", Kind::string},     {"Date", Kind::date},     {"Timestamp", Kind::timestamp},
    {"Duration", Kind::duration}, {"Period", Kind::period}, {"Network", Kind::network},
};

TypeId named_type(Checking& checking, std::uint32_t file, const syntax::Name& name) {
  for (const auto& [known, kind] : simple_types) {
    if (name.text == known) return TypeTable::simple(kind);
  }
  const names::Scope scope(checking.modules, checking.declarations, file);
  const names::Found found = scope.type(name.text);
  if (!found.modules.empty()) {
    checking.report_ambiguous(name, found);
    return unknown;
  }
  if (found.symbol) {
    if (found.symbol->kind == SymbolKind::enumeration)
      return checking.program.types.enumeration(static_cast<EnumId>(found.symbol->id));
    if (found.symbol->kind == SymbolKind::entity)
      return checking.program.types.entity(static_cast<EntityId>(found.symbol->id));
    return unknown;
  }
  auto& diagnostic = checking.sink.add(Code::unknown_type, name.span,
                                       fmt::format("there is no type `{}`", name.text), "not known");
  if (const auto modules = scope.type_elsewhere(name.text); !modules.empty()) {
    diagnostic.help(
        fmt::format("`{}` declares it: write `use {}` at the head of the file", modules.front(), modules.front()));
    return unknown;
  }
  std::vector<std::string_view> candidates = scope.type_names();
  for (const auto& [known, kind] : simple_types) candidates.push_back(known);
  const std::string_view near = diagnostics::nearest(name.text, candidates);
  if (!near.empty()) diagnostic.fix("a type with a similar name", name.span, std::string(near));
  return unknown;
}

// Which object a group of fields belongs to.
struct Holder {
  std::uint32_t file = 0;
  std::optional<std::uint32_t> entity;  // none: a nested record
};

class FieldChecker {
 public:
  FieldChecker(Checking& checking, Holder holder) : checking_(checking), holder_(holder) {}

  std::vector<FieldDef> fields(const std::vector<syntax::Field>& decls) {
    std::vector<FieldDef> out;
    std::unordered_map<std::string_view, Span> seen;
    for (const syntax::Field& decl : decls) {
      const auto [first, is_new] = seen.emplace(decl.name.text, decl.name.span);
      if (!is_new) {
        checking_.sink
            .add(Code::duplicate_name, decl.name.span, fmt::format("`{}` is declared twice", decl.name.text),
                 "declared again here")
            .label(first->second, "first declared here");
        continue;
      }
      names::check_style(decl.name, names::Style::snake_case, "a field", checking_.sink);
      out.push_back(field(decl));
    }
    return out;
  }

 private:
  void invalid(Span span, std::string message, std::string label) {
    checking_.sink.add(Code::invalid_field, span, std::move(message), std::move(label));
  }

  FieldDef field(const syntax::Field& decl) {
    FieldDef def;
    def.name = decl.name.text;
    def.doc = decl.doc.text;
    def.name_span = decl.name.span;
    def.type = resolve_type(checking_, holder_.file, decl.type);
    if (decl.via) {
      inverse(decl, def);
      return def;
    }
    check_elements(decl, def.type);
    def.path = {{PathStep::Kind::member, decl.name.text, 0}};
    if (decl.at) path(decl, def);
    if (decl.key) key(decl, def);
    if (decl.default_value != SyntaxId::none) {
      def.has_default = true;
      if (decl.key)
        invalid(decl.name.span, fmt::format("the key `{}` has a default", decl.name.text), "a key is always given");
      std::vector<language::Local> locals;
      ExpressionChecker expressions(checking_, holder_.file, locals, std::nullopt);
      const Asker asker{checking_.tree(holder_.file).type(decl.type).span, "declared as"};
      def.default_value = expressions.check(decl.default_value, def.type, def.type == unknown ? nullptr : &asker);
      require_constant(checking_, def.default_value, "a default");
    }
    return def;
  }

  void inverse(const syntax::Field& decl, FieldDef& def) {
    def.inverse = true;
    TypeId target = def.type;
    if (checking_.program.types.is_collection(target)) target = checking_.program.types.at(target).element;
    def.type = unknown;
    if (!holder_.entity) {
      invalid(decl.via->span, "a nested record has an inverse", "only an entity's own fields can be inverses");
      return;
    }
    if (target == unknown) return;
    if (checking_.program.types.kind(target) != Kind::entity) {
      invalid(
          checking_.tree(holder_.file).type(decl.type).span,
          fmt::format("the inverse `{}` is no entity", decl.name.text),
          fmt::format("`{}`; the entity is expected whose field refers to this one", checking_.spelling(target)));
      return;
    }
    if (decl.key || decl.at || decl.default_value != SyntaxId::none) {
      invalid(decl.name.span,
              fmt::format("`{}` is an inverse, and has nothing of its own in the evidence", decl.name.text),
              "takes neither `key`, `at` nor a default");
    }
    def.inverse_entity = static_cast<EntityId>(checking_.program.types.at(target).decl);
    def.type = checking_.program.types.list(target);
  }

  // What stands in a list is there: evidence has no place for the gaps.
  void check_elements(const syntax::Field& decl, TypeId type) {
    const TypeTable& types = checking_.program.types;
    for (TypeId at = types.strip_optional(type); types.is_collection(at);) {
      const TypeId element = types.at(at).element;
      if (types.is_optional(element)) {
        invalid(checking_.tree(holder_.file).type(decl.type).span,
                fmt::format("the elements of `{}` may be missing", decl.name.text),
                fmt::format("`{}` expected as element", checking_.spelling(types.strip_optional(element))));
        return;
      }
      at = element;
    }
  }

  void path(const syntax::Field& decl, FieldDef& def) {
    PathResult result = parse_path(decl.at->text);
    const auto refuse = [&](std::string message, std::string label) {
      checking_.sink.add(Code::invalid_path, decl.at->span, std::move(message), std::move(label));
    };
    if (!result.fault.empty()) {
      refuse(fmt::format("`{}` is not a path", decl.at->text), std::move(result.fault));
      return;
    }
    const auto parents =
        static_cast<std::size_t>(std::count_if(result.path.begin(), result.path.end(), [](const PathStep& step) {
          return step.kind == PathStep::Kind::parent;
        }));
    if (parents > 0) {
      std::size_t around = 0;
      if (holder_.entity) {
        for (const PathStep& step : checking_.program.entities[*holder_.entity].at)
          around += step.kind == PathStep::Kind::member ? 1U : 0U;
      }
      if (parents > around) {
        refuse(fmt::format("`{}` steps out further than there are objects around", decl.at->text),
               around == 0 ? "the records lie in no other object" : fmt::format("the records lie {} deep", around));
        return;
      }
      if (parents == result.path.size()) {
        refuse(fmt::format("`{}` names no value", decl.at->text), "a name is missing behind the `^`");
        return;
      }
    }
    const bool each = std::any_of(result.path.begin(), result.path.end(),
                                  [](const PathStep& step) { return step.kind == PathStep::Kind::each; });
    const TypeTable& types = checking_.program.types;
    if (each && def.type != unknown && !types.is_collection(types.strip_optional(def.type))) {
      refuse("a path with `[*]` gives several values",
             fmt::format("`{}` is one `{}`", decl.name.text, checking_.spelling(def.type)));
      return;
    }
    def.path = std::move(result.path);
  }

  void key(const syntax::Field& decl, FieldDef& def) {
    def.key = true;
    if (!holder_.entity) {
      invalid(decl.name.span, "a nested record has a key", "only entities have keys");
      return;
    }
    const Span span = checking_.tree(holder_.file).type(decl.type).span;
    switch (checking_.program.types.kind(def.type)) {
      case Kind::error:
      case Kind::string:
      case Kind::integer:
      case Kind::date:
      case Kind::enumeration:
      case Kind::entity:
        return;
      case Kind::optional:
        checking_.sink.add(Code::invalid_key, span, fmt::format("the key `{}` may be missing", decl.name.text),
                           "a record is known by its key: it is always there");
        return;
      default:
        checking_.sink.add(Code::invalid_key, span,
                           fmt::format("`{}` cannot be a key", checking_.spelling(def.type)),
                           "a String, an Int, a Date, an enum or a reference can");
        return;
    }
  }

  Checking& checking_;
  Holder holder_;
};

// The other side of an inverse: a field of the target that refers to this entity.
void resolve_inverse(Checking& checking, std::uint32_t entity, FieldDef& def, const syntax::Field& decl) {
  const std::uint32_t target = index(def.inverse_entity);
  const TypeId target_type = checking.program.types.entity(def.inverse_entity);
  const std::string target_name = checking.program.entities[target].name;
  const std::string own_name = checking.program.entities[entity].name;
  const std::optional<std::uint32_t> field = checking.field(target_type, decl.via->text);
  const auto fail = [&] { def.type = unknown; };
  if (!field) {
    fail();
    if (checking.broken_entity(target)) return;
    auto& diagnostic = checking.sink.add(Code::unknown_field, decl.via->span,
                                         fmt::format("`{}` has no field `{}`", target_name, decl.via->text),
                                         fmt::format("not a field of `{}`", target_name));
    std::vector<std::string_view> candidates;
    for (const FieldDef& other : checking.program.entities[target].fields) candidates.push_back(other.name);
    const std::string_view near = diagnostics::nearest(decl.via->text, candidates);
    if (!near.empty()) diagnostic.fix("a field with a similar name", decl.via->span, std::string(near));
    return;
  }
  const FieldDef& other = checking.program.entities[target].fields[*field];
  TypeTable& types = checking.program.types;
  TypeId type = types.strip_optional(other.type);
  if (types.is_collection(type)) type = types.at(type).element;
  if (other.type == unknown && !other.inverse) return fail();
  if (other.inverse || type != types.entity(static_cast<EntityId>(entity))) {
    checking.sink
        .add(Code::invalid_field, decl.via->span,
             fmt::format("`{}.{}` does not refer to `{}`", target_name, decl.via->text, own_name),
             fmt::format("a reference to `{}` expected", own_name))
        .label(other.name_span, other.inverse ? std::string("an inverse itself")
                                              : fmt::format("`{}`", checking.spelling(other.type)));
    return fail();
  }
  def.inverse_field = *field;
}

void check_references(Checking& checking, const std::vector<FieldDef>& fields) {
  const TypeTable& types = checking.program.types;
  for (const FieldDef& field : fields) {
    if (field.inverse) continue;
    TypeId type = types.strip_optional(field.type);
    while (types.is_collection(type)) type = types.strip_optional(types.at(type).element);
    if (types.kind(type) != Kind::entity) continue;
    const language::EntityDef& target = checking.program.entities[types.at(type).decl];
    if (!target.key.empty() || checking.broken_entity(types.at(type).decl)) continue;
    checking.sink
        .add(Code::invalid_field, field.name_span,
             fmt::format("`{}` refers to `{}`, which has no key", field.name, target.name), "a reference")
        .label(target.name_span, "declared without a key")
        .help("a reference holds the key of a record: mark a field of that entity with `key`");
  }
}

}  // namespace

TypeId resolve_type(Checking& checking, std::uint32_t file, syntax::TypeExprId id) {
  if (id == syntax::TypeExprId::none) return unknown;
  const syntax::TypeExpr& type = checking.tree(file).type(id);
  TypeTable& types = checking.program.types;
  switch (type.kind) {
    case syntax::TypeExprKind::error:
      return unknown;
    case syntax::TypeExprKind::named:
      return named_type(checking, file, type.name);
    case syntax::TypeExprKind::optional: {
      const TypeId inner = resolve_type(checking, file, type.element);
      return inner == unknown ? unknown : types.optional(inner);
    }
    case syntax::TypeExprKind::list: {
      const TypeId inner = resolve_type(checking, file, type.element);
      return inner == unknown ? unknown : types.list(inner);
    }
    case syntax::TypeExprKind::set: {
      const TypeId inner = resolve_type(checking, file, type.element);
      return inner == unknown ? unknown : types.set(inner);
    }
    case syntax::TypeExprKind::record: {
      std::vector<FieldDef> fields = FieldChecker(checking, {file, std::nullopt}).fields(type.fields);
      const auto record = static_cast<RecordId>(checking.program.records.size());
      checking.program.records.push_back({std::move(fields)});
      return types.record(record);
    }
  }
  return unknown;
}

namespace {

// What is wrong with a part of it has been said.
bool holds_error(const language::Program& program, ExprId id) {
  const language::Expr& expr = program.expr(id);
  return expr.kind == language::ExprKind::error ||
         std::any_of(expr.operands.begin(), expr.operands.end(), [&program](ExprId operand) {
           return operand != ExprId::none && holds_error(program, operand);
         });
}

}  // namespace

void require_constant(Checking& checking, ExprId value, std::string_view what) {
  if (is_constant(checking.program, value) || holds_error(checking.program, value)) return;
  checking.sink
      .add(Code::not_constant, checking.program.expr(value).span, fmt::format("{} must be a constant", what),
           "computed when rules are evaluated")
      .help("constants are literals, members of enums, and lists and sets of them");
}

void check_entities(Checking& checking) {
  const auto count = static_cast<std::uint32_t>(checking.declarations.entities.size());
  for (std::uint32_t id = 0; id < count; ++id) {
    const auto& origin = checking.declarations.entities[id];
    language::EntityDef& entity = checking.program.entities[id];
    if (origin.decl->from) {
      entity.from = origin.decl->from->text;
      if (entity.from.empty())
        checking.sink.add(Code::invalid_glob, origin.decl->from->span, "an empty pattern matches no file",
                          "a path or a pattern expected");
    }
    if (origin.decl->at) {
      PathResult result = parse_path(origin.decl->at->text);
      const bool steps_out = !result.path.empty() && result.path.front().kind == PathStep::Kind::parent;
      if (result.fault.empty() && steps_out)
        result.fault = "records lie below the document's root: there is nothing to step out to";
      if (result.fault.empty()) {
        entity.at = std::move(result.path);
      } else {
        checking.sink.add(Code::invalid_path, origin.decl->at->span,
                          fmt::format("`{}` is not a path", origin.decl->at->text), std::move(result.fault));
      }
    }
  }
  for (std::uint32_t id = 0; id < count; ++id) {
    const auto& origin = checking.declarations.entities[id];
    std::vector<FieldDef> fields = FieldChecker(checking, {origin.file, id}).fields(origin.decl->fields);
    language::EntityDef& entity = checking.program.entities[id];
    entity.fields = std::move(fields);
    for (std::uint32_t i = 0; i < entity.fields.size(); ++i) {
      if (entity.fields[i].key) entity.key.push_back(i);
    }
  }
  for (std::uint32_t id = 0; id < count; ++id) {
    const auto& decl = *checking.declarations.entities[id].decl;
    for (FieldDef& field : checking.program.entities[id].fields) {
      if (!field.inverse || field.type == unknown) continue;
      const auto syntax = std::find_if(decl.fields.begin(), decl.fields.end(), [&](const syntax::Field& other) {
        return other.name.span == field.name_span;
      });
      resolve_inverse(checking, id, field, *syntax);
    }
    check_references(checking, checking.program.entities[id].fields);
  }
  for (const language::RecordDef& record : checking.program.records) check_references(checking, record.fields);
}

}  // namespace writ::types
