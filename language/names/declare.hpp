// Every declaration gets its id and its entry in the Program's tables, with what can be told without resolving
// types: names, documentation, members of enums, metadata. In: the loaded modules. Out: what each module declares,
// and for each id the syntax that it comes from. Names declared twice, and names of the wrong style, are reported.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "language/names/modules.hpp"
#include "language/program.hpp"

namespace writ::names {

// `broken`: a declaration that did not parse; what uses it is not to be blamed.
// `relation`: of rules; its id is that of the entity that holds its tuples.
enum class SymbolKind : std::uint8_t { enumeration, entity, function, relation, param, template_, profile, broken };

struct Symbol {
  SymbolKind kind{};
  std::uint32_t id = 0;  // index in the Program's table of that kind; of a profile, in Declarations
};

struct ModuleNames {
  std::map<std::string, Symbol, std::less<>> types;   // enums and entities
  std::map<std::string, Symbol, std::less<>> values;  // functions, relations and parameters
  std::map<std::string, Symbol, std::less<>> templates;
  std::map<std::string, Symbol, std::less<>> profiles;
};

// Where an entry of the Program was declared. INVARIANT: the Modules outlive it and do not change.
template <typename Decl>
struct Origin {
  const Decl* decl = nullptr;
  std::uint32_t file = 0;  // in Modules::files
};

// A relation, and the clauses that say when it holds.
struct Relation {
  std::uint32_t entity = 0;  // in Program::entities
  std::vector<Origin<syntax::RuleDecl>> clauses;
};

// By the Program's ids.
struct Declarations {
  std::vector<ModuleNames> modules;  // by Modules::modules
  std::vector<Origin<syntax::EnumDecl>> enums;
  std::vector<Origin<syntax::EntityDecl>> entities;  // of evidence
  std::vector<Relation> relations;                   // in the order of Program::entities, behind those
  std::vector<Origin<syntax::DeriveDecl>> derivations;
  std::vector<Origin<syntax::FnDecl>> functions;
  std::vector<Origin<syntax::ParamDecl>> params;  // likewise, and those of modules
  std::vector<Origin<syntax::ControlDecl>> controls;
  std::vector<Origin<syntax::CheckDecl>> checks;  // those that stand in controls; includes add more to the Program
  std::vector<Origin<syntax::TemplateDecl>> templates;
  std::vector<Origin<syntax::PackDecl>> packs;
  std::vector<Origin<syntax::ProfileDecl>> profiles;
  std::vector<Origin<syntax::WaiveDecl>> waivers;
  std::vector<Origin<syntax::TestDecl>> tests;
  std::map<std::string, language::ControlId, std::less<>> controls_by_id;
  std::map<std::string, std::uint32_t, std::less<>> entities_by_name;
};

Declarations declare(const Modules& modules, language::Program& program, diagnostics::Sink& sink);

// Fills in severity, criteria and the other metadata of a control.
void declare_metadata(const syntax::ControlDecl& decl, language::ControlDef& control, diagnostics::Sink& sink);
// Fills in `when empty`, `basis` and `nature` of a check.
void declare_check_metadata(const syntax::CheckDecl& decl, language::CheckDef& check, diagnostics::Sink& sink);

}  // namespace writ::names
