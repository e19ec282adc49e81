#include "language/types/checking.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace writ::types {

using language::ExprId;
using language::ExprKind;
using language::index;
using language::Program;

ExprId Checking::add(ExprKind kind, TypeId type, source::Span span, std::vector<ExprId> operands,
                     std::uint32_t ref) {
  const auto id = static_cast<ExprId>(program.exprs.size());
  program.exprs.push_back({kind, type, span, std::move(operands), ref});
  return id;
}

ExprId Checking::literal(Literal value, TypeId type, source::Span span) {
  const auto ref = static_cast<std::uint32_t>(program.literals.size());
  program.literals.push_back(std::move(value));
  return add(ExprKind::literal, type, span, {}, ref);
}

Checking::Checking(Program& program_to_fill, diagnostics::Sink& sink_to_fill, names::Modules& loaded,
                   const names::Declarations& declared, std::span<const language::LibraryModule> library_texts)
    : program(program_to_fill),
      sink(sink_to_fill),
      modules(loaded),
      declarations(declared),
      library(library_texts) {
  signatures = parse_signatures(program);
  functions_used.resize(program.functions.size(), false);
  params_used.resize(program.params.size(), false);
  templates_used.resize(program.templates.size(), false);
  for (const diagnostics::Diagnostic& diagnostic : sink.all()) {
    switch (diagnostic.code) {
      case diagnostics::Code::syntax_error:
      case diagnostics::Code::unclosed_block:
      case diagnostics::Code::missing_else:
      case diagnostics::Code::nesting_too_deep:
      case diagnostics::Code::invalid_utf8:
      case diagnostics::Code::invalid_escape:
        break;
      default:
        continue;
    }
    for (const diagnostics::Label& label : diagnostic.labels) {
      if (!label.foreign) syntax_errors.emplace_back(static_cast<std::uint32_t>(label.span.file), label.span.begin);
    }
  }
  std::sort(syntax_errors.begin(), syntax_errors.end());
}

void Checking::report_ambiguous(const syntax::Name& name, const names::Found& found) {
  std::string declaring;
  for (std::size_t i = 0; i < found.modules.size(); ++i) {
    declaring += fmt::format("{}`{}`",
                             i == 0                          ? ""
                             : i + 1 == found.modules.size() ? " and "
                                                             : ", ",
                             modules.modules[found.modules[i]].name);
  }
  sink.add(diagnostics::Code::ambiguous_name, name.span, fmt::format("`{}` could be one of several", name.text),
           "which one is meant cannot be told")
      .note(fmt::format("{} declare it", declaring))
      .help("leave out the `use` of all modules but one, or move what needs another into a file of its own");
}

bool Checking::broken(source::Span span) const {
  const auto file = static_cast<std::uint32_t>(span.file);
  const auto first = std::lower_bound(syntax_errors.begin(), syntax_errors.end(), std::pair{file, span.begin});
  return first != syntax_errors.end() && first->first == file && first->second <= span.end;
}

const std::vector<language::FieldDef>* Checking::fields(TypeId id) const {
  const Type& type = program.types.at(id);
  if (type.kind == Kind::entity) return &program.entities[type.decl].fields;
  if (type.kind == Kind::record) return &program.records[type.decl].fields;
  return nullptr;
}

std::optional<std::uint32_t> Checking::field(TypeId type, std::string_view name) const {
  const auto* all = fields(type);
  if (all == nullptr) return std::nullopt;
  Ordinals& known = ordinals_[static_cast<std::uint32_t>(type)];
  if (known.empty()) {
    for (std::uint32_t i = 0; i < all->size(); ++i) known.emplace((*all)[i].name, i);
  }
  const auto found = known.find(name);
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint32_t> Checking::member(TypeId enumeration, std::string_view name) const {
  const Type& type = program.types.at(enumeration);
  if (type.kind != Kind::enumeration) return std::nullopt;
  Ordinals& known = ordinals_[static_cast<std::uint32_t>(enumeration)];
  const auto& members = program.enums[type.decl].members;
  if (known.empty()) {
    for (std::uint32_t i = 0; i < members.size(); ++i) known.emplace(members[i], i);
  }
  const auto found = known.find(name);
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

namespace {

bool has_below(const TypeTable& types, TypeId id, Kind kind) {
  for (;;) {
    const Type& type = types.at(id);
    if (type.kind == kind) return true;
    switch (type.kind) {
      case Kind::list:
      case Kind::set:
      case Kind::range:
      case Kind::optional:
        id = type.element;
        break;
      default:
        return false;
    }
  }
}

}  // namespace

bool has_error(const TypeTable& types, TypeId type) { return has_below(types, type, Kind::error); }
bool has_missing(const TypeTable& types, TypeId type) { return has_below(types, type, Kind::missing); }

bool fits(const TypeTable& types, TypeId have, TypeId wanted) {
  if (have == wanted || has_error(types, have) || has_error(types, wanted)) return true;
  const bool wants_optional = types.is_optional(wanted);
  if (types.kind(have) == Kind::missing) return wants_optional;
  if (types.is_optional(have) && !wants_optional) return false;
  const TypeId from = types.strip_optional(have);
  const TypeId to = types.strip_optional(wanted);
  return from == to || (types.kind(from) == Kind::integer && types.kind(to) == Kind::floating);
}

std::optional<TypeId> join(TypeTable& types, TypeId a, TypeId b) {
  if (a == b) return a;
  if (has_error(types, a)) return b;
  if (has_error(types, b)) return a;
  const bool optional = types.is_optional(a) || types.is_optional(b) || types.kind(a) == Kind::missing ||
                        types.kind(b) == Kind::missing;
  const auto whole = [&](TypeId type) { return optional ? types.optional(type) : type; };
  if (types.kind(a) == Kind::missing) return whole(b);
  if (types.kind(b) == Kind::missing) return whole(a);
  const TypeId left = types.strip_optional(a);
  const TypeId right = types.strip_optional(b);
  if (left == right) return whole(left);
  const auto is_number = [&](TypeId type) {
    return types.kind(type) == Kind::integer || types.kind(type) == Kind::floating;
  };
  if (is_number(left) && is_number(right)) return whole(TypeTable::simple(Kind::floating));
  return std::nullopt;
}

bool is_ordered(const Program& program, TypeId id) {
  const Type& type = program.types.at(id);
  switch (type.kind) {
    case Kind::error:
    case Kind::integer:
    case Kind::floating:
    case Kind::string:
    case Kind::date:
    case Kind::timestamp:
    case Kind::duration:
    case Kind::period:
      return true;
    case Kind::enumeration:
      return program.enums[type.decl].ordered;
    default:
      return false;
  }
}

bool is_comparable(const Program& program, TypeId id) {
  const Type& type = program.types.at(id);
  switch (type.kind) {
    case Kind::record:
    case Kind::range:
      return false;
    case Kind::list:
    case Kind::set:
    case Kind::optional:
      return is_comparable(program, type.element);
    default:
      return true;
  }
}

bool is_constant(const Program& program, ExprId id) {
  const language::Expr& expr = program.expr(id);
  switch (expr.kind) {
    case ExprKind::error:
    case ExprKind::literal:
    case ExprKind::missing:
    case ExprKind::enum_member:
      return true;
    case ExprKind::widen:
    case ExprKind::list:
    case ExprKind::set:
    case ExprKind::range:
    case ExprKind::negate:
      return std::all_of(expr.operands.begin(), expr.operands.end(),
                         [&](ExprId operand) { return is_constant(program, operand); });
    default:
      return false;
  }
}

bool is_settled(const Program& program, ExprId id) {
  const language::Expr& expr = program.expr(id);
  switch (expr.kind) {
    case ExprKind::all:
    case ExprKind::now:
    case ExprKind::today:
    case ExprKind::period:
    case ExprKind::query:
    case ExprKind::call:
      return false;
    default:
      return std::all_of(expr.operands.begin(), expr.operands.end(),
                         [&](ExprId operand) { return is_settled(program, operand); });
  }
}

}  // namespace writ::types
