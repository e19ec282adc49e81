// What all passes of the checker share: the program that they fill, the sink, what is declared where, and the marks
// of what was used.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "language/compile.hpp"
#include "language/diagnostics/diagnostic.hpp"
#include "language/names/declare.hpp"
#include "language/names/scope.hpp"
#include "language/program.hpp"
#include "language/types/signature.hpp"

namespace writ::types {

using source::Span;

// Nothing is known of a type, or nothing is asked of one. What could not be typed has it too and fits everywhere.
inline constexpr TypeId unknown = TypeTable::simple(Kind::error);

// A variable that nothing reads.
struct UnusedLocal {
  std::uint32_t file = 0;
  language::Local local;
};

class Checking {
 public:
  Checking(language::Program& program_to_fill, diagnostics::Sink& sink_to_fill, names::Modules& loaded,
           const names::Declarations& declared, std::span<const language::LibraryModule> library_texts);

  language::Program& program;
  diagnostics::Sink& sink;
  names::Modules& modules;
  const names::Declarations& declarations;
  std::span<const language::LibraryModule> library;
  std::vector<Signature> signatures;  // by BuiltinId
  std::vector<bool> functions_used;   // by FunctionId: called from another declaration
  std::vector<bool> params_used;      // by ParamId
  std::vector<bool> templates_used;   // by TemplateId: included by some control

  std::vector<UnusedLocal> unused_locals;
  bool lints = false;  // CompileInput::lints

  const syntax::Tree& tree(std::uint32_t file) const { return modules.files[file].tree; }
  std::string_view text(source::Span span) const { return program.sources->text(span); }
  TypeId type(language::ExprId id) const { return program.expr(id).type; }
  std::string spelling(TypeId type) const { return language::spelling(program, type); }

  language::ExprId add(language::ExprKind kind, TypeId type, source::Span span,
                       std::vector<language::ExprId> operands = {}, std::uint32_t ref = 0);
  language::ExprId error(source::Span span) { return add(language::ExprKind::error, unknown, span); }
  language::ExprId literal(Literal value, TypeId type, source::Span span);

  // Where the parser reported something, by file and offset, sorted.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> syntax_errors;
  // A name that several used modules declare.
  void report_ambiguous(const syntax::Name& name, const names::Found& found);

  // A syntax error lies within: what seems to be missing there may have been written and not understood.
  bool broken(source::Span span) const;
  bool broken_entity(std::uint32_t id) const {
    return id < declarations.entities.size() && broken(declarations.entities[id].decl->span);
  }
  bool broken_enum(std::uint32_t id) const {
    return id < declarations.enums.size() && broken(declarations.enums[id].decl->span);
  }

  // The fields of an entity or a record; nothing for other types.
  const std::vector<language::FieldDef>* fields(TypeId type) const;
  std::optional<std::uint32_t> field(TypeId type, std::string_view name) const;
  std::optional<std::uint32_t> member(TypeId enumeration, std::string_view name) const;

 private:
  // Fields or members by name, made when they are first asked for.
  using Ordinals = std::unordered_map<std::string_view, std::uint32_t>;
  mutable std::unordered_map<std::uint32_t, Ordinals> ordinals_;
};

// Whether a value of one type has its place where the other is asked for: equal types, Int for Float, T for T?,
// and `missing` for any T?.
bool fits(const TypeTable& types, TypeId have, TypeId wanted);
// The type that values of both have after widening; nothing where there is none.
std::optional<TypeId> join(TypeTable& types, TypeId a, TypeId b);
// Whether part of a type could not be told.
bool has_error(const TypeTable& types, TypeId type);
bool has_missing(const TypeTable& types, TypeId type);  // an open `missing` below
bool is_ordered(const language::Program& program, TypeId type);
bool is_comparable(const language::Program& program, TypeId type);
bool is_constant(const language::Program& program, language::ExprId expr);
// Whether a value is known before any record is read: of constants, parameters and a template's arguments.
bool is_settled(const language::Program& program, language::ExprId expr);

}  // namespace writ::types
