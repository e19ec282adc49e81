// The checked program: every name bound, every expression typed, optionals narrowed, queries in one form.
// It is what the engine, the language server and the documentation read. Plain data; ids index the tables.
// INVARIANT: a Program without errors in its sink holds no expression of kind `error` nor of type `error`.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "language/functions.hpp"
#include "language/source/source_set.hpp"
#include "language/syntax/tree.hpp"
#include "language/types/literal.hpp"
#include "language/types/type.hpp"

namespace writ::dependencies {
struct ProgramGraph;
}

namespace writ::language {

using source::Span;
using types::EntityId;
using types::EnumId;
using types::RecordId;
using types::TypeId;

enum class ExprId : std::uint32_t { none = std::numeric_limits<std::uint32_t>::max() };
enum class QueryId : std::uint32_t {};
enum class FunctionId : std::uint32_t {};  // a `fn` of the program
enum class BuiltinId : std::uint32_t {};   // an entry of the FunctionTable
enum class ParamId : std::uint32_t {};
enum class ControlId : std::uint32_t {};
enum class CheckId : std::uint32_t {};
enum class TemplateId : std::uint32_t {};
enum class PackId : std::uint32_t {};
enum class WaiverId : std::uint32_t {};
// A variable within one declaration (a check's binders and lets, a function's parameters, queries' binders in
// either). Numbered from 0 per declaration; every binder has its own number.
enum class LocalId : std::uint32_t {};

template <typename Id>
constexpr std::uint32_t index(Id id) {
  return static_cast<std::uint32_t>(id);
}

enum class ExprKind : std::uint8_t {
#define WRIT_EXPR(name) name,
#include "language/expressions.def"
#undef WRIT_EXPR
};

// A typed expression. `operands` and the id in `ref` depend on the kind: see expressions.def.
struct Expr {
  ExprKind kind{};
  TypeId type{};
  Span span;
  std::vector<ExprId> operands;
  std::uint32_t ref = 0;
};

using syntax::QueryKind;

struct Clause {
  LocalId local{};
  ExprId collection = ExprId::none;  // type List, Set; elements are bound one by one
};

// Clauses nest left to right; `where` is tested on each combination. See syntax::Query for the parts by kind.
struct Query {
  QueryKind kind{};
  std::vector<Clause> clauses;
  ExprId where = ExprId::none;  // Bool
  ExprId body = ExprId::none;
  ExprId order = ExprId::none;
  bool descending = false;
  ExprId range = ExprId::none;
};

struct EnumDef {
  std::string name;
  std::string doc;
  bool ordered = false;
  std::vector<std::string> members;  // ordinal = index; the order of an ordered enum
  std::vector<std::string> member_docs;
  Span name_span;
};

// Where a value lies within its JSON object: a field's name, or the steps of `at`.
struct PathStep {
  enum class Kind : std::uint8_t { member, index, each, parent } kind = Kind::member;
  std::string member;       // member
  std::uint32_t index = 0;  // index: [0]

  bool operator==(const PathStep&) const = default;
};
using Path = std::vector<PathStep>;

struct FieldDef {
  std::string name;
  std::string doc;
  TypeId type{};
  Span name_span;
  bool key = false;
  bool has_default = false;
  ExprId default_value = ExprId::none;  // a constant
  Path path;                            // never empty, but for inverses
  // An inverse: a collection of the records of `inverse_entity` whose field `inverse_field` refers to this one
  // (or, where that field is a list or set, holds this one). Its type is List<inverse_entity>.
  bool inverse = false;
  EntityId inverse_entity{};
  std::uint32_t inverse_field = 0;
};

struct RecordDef {
  std::vector<FieldDef> fields;
};

struct EntityDef {
  std::string name;
  std::string doc;
  std::vector<FieldDef> fields;
  std::vector<std::uint32_t> key;  // fields that are the key, in order; empty where records have none
  std::string from;                // glob, or empty: read by the entity's name
  Path at;                         // where the records are in such a document
  Span name_span;
  std::string module;
  // A relation of rules: its records are tuples that derivations make, its fields their columns. No evidence holds
  // them; relations stand behind all entities of evidence.
  bool relation = false;
};

struct Local {
  std::string name;
  TypeId type{};
  Span span;
};

struct FunctionDef {
  std::string name;
  std::string doc;
  std::string module;
  std::uint32_t params = 0;  // the first `params` locals
  std::vector<Local> locals;
  TypeId result{};
  ExprId body = ExprId::none;
  Span name_span;
};

struct ParamDef {
  std::string name;            // `grace`
  std::string qualified_name;  // `ACC-07.grace`, or `program_started_on` at the top level
  std::string doc;
  TypeId type{};
  ExprId default_value = ExprId::none;  // constant; none: must be set
  ExprId bound = ExprId::none;          // Bool over this parameter
  std::optional<ControlId> control;
  Span name_span;
  std::optional<Span> included_at;  // the `include` that brought it, where a template declares it
};

// A value set by a pack.
struct ParamSetting {
  ParamId param{};
  ExprId value = ExprId::none;
  Span span;
};

enum class StepKind : std::uint8_t { bind, let, where };

struct Step {
  StepKind kind{};
  LocalId local{};              // bind, let
  ExprId value = ExprId::none;  // collection, value or condition
  // bind of a relation's tuples as `(a, b)`: the variables that stand for its columns, in order. They are names for
  // fields of `local`, and nothing binds them.
  std::vector<LocalId> columns = {};
};

struct Requirement {
  ExprId condition = ExprId::none;
  ExprId message = ExprId::none;  // String
  Span span;
};

// One way in which records of an entity come to be: for each combination that the steps leave, a record with these
// values. `let`s stand for what the conditions say of a variable, and may use what a later step binds.
struct DerivationDef {
  EntityId target{};
  std::vector<Local> locals;
  std::vector<Step> steps;
  std::vector<Requirement> requirements;  // what breaks one is a bad record of the target
  std::vector<ExprId> values;             // by field of the target
  Span span;                              // of the condition as it is written
};

// Derivations that are computed together, since each of their targets may need the others.
struct Stratum {
  std::vector<std::uint32_t> derivations;  // in Program::derivations
  bool recursive = false;
};

enum class WhenEmpty : std::uint8_t { not_applicable, pass, fail };
enum class Basis : std::uint8_t { unsaid, stated, implied };
enum class Nature : std::uint8_t { unsaid, design, operation };

struct CheckDef {
  std::string name;            // `leavers_disabled`
  std::string qualified_name;  // `ACC-07.leavers_disabled`
  std::string title;
  std::string doc;
  ControlId control{};
  std::vector<Local> locals;
  std::vector<Step> steps;  // without a `bind`: about the organisation as a whole, one member
  std::vector<Requirement> requirements;
  WhenEmpty when_empty = WhenEmpty::not_applicable;
  Basis basis = Basis::unsaid;
  Nature nature = Nature::unsaid;
  Span name_span;  // in the template, where one declares it
  std::optional<TemplateId> from;
  std::optional<Span> included_at;  // the `include` that brought it
  // Why the pack that was entered leaves it out: an index in Program::exclusions.
  std::optional<std::uint32_t> excluded;
};

enum class ControlSeverity : std::uint8_t { info, low, medium, high, critical };
std::string_view spelling(ControlSeverity severity);

struct EvidenceDef {
  EntityId entity{};
  ExprId within = ExprId::none;  // constant Duration or Period, may name parameters; none: no limit
  Span span;
};

// A bundle of checks that controls include. Its arguments and then its parameters are the first locals of every
// expression in it; in the checks of a control that includes it their values stand in their place.
struct TemplateDef {
  std::string name;
  std::string doc;
  std::string module;
  std::vector<Local> arguments;
  std::vector<ExprId> defaults;  // by argument, constant; none: must be given
  std::vector<ParamDef> params;  // `control` and the qualified name mean nothing
  std::vector<EvidenceDef> evidence;
  std::vector<CheckDef> checks;  // likewise; evaluated only as those of the controls that include it
  Span name_span;

  // How many locals stand for its arguments and parameters.
  std::uint32_t head() const { return static_cast<std::uint32_t>(arguments.size() + params.size()); }
};

// A template in a control: what stands in the place of its arguments and parameters, and the checks that came of
// it.
struct IncludeDef {
  TemplateId id{};
  std::vector<ExprId> arguments;  // over constants and parameters of the control
  std::vector<ParamId> params;
  std::vector<CheckId> checks;  // by TemplateDef::checks
  Span span;
};

struct ControlDef {
  std::string id;
  std::string title;
  std::string doc;
  std::string module;
  ControlSeverity severity = ControlSeverity::medium;
  std::vector<std::string> criteria, references, tags;
  std::string owner, frequency, statement, rationale, remediation;
  std::vector<EvidenceDef> evidence;
  std::vector<ParamId> params;
  std::vector<CheckId> checks;  // in the order of the source, an include's in its place
  std::vector<IncludeDef> includes;
  Span id_span;
  bool selected = false;  // of the pack that was entered; without packs, a control of the given paths
};

// Why a pack leaves out controls or checks.
struct ExclusionDef {
  std::string reason;
  Span span;
};

// What a pack's own list calls a control.
struct ControlNameDef {
  ControlId control{};
  std::string title;      // empty: the control's
  std::string reference;  // empty: the control's id
  std::optional<std::uint32_t> section;
  Span span;
};

struct PackDef {
  std::string name, title, version;
  Span name_span;
  std::string doc;
  std::vector<ControlId> controls;     // in order of id: what it includes, and what stands beside it
  std::vector<ParamSetting> settings;  // of its profiles, then its own: the last one of a parameter counts
  // Checks that it leaves out, in order of id, each with why: an index in Program::exclusions.
  std::vector<std::pair<CheckId, std::uint32_t>> excluded;
  std::vector<std::string> sections;  // titles
  std::vector<ControlNameDef> names;  // in the order of the source
  std::vector<WaiverId> waivers;      // those that apply to it

  const ControlNameDef* name_of(ControlId control) const;
};

// Findings that are accepted for a while.
struct WaiverDef {
  ControlId control{};
  std::optional<CheckId> check;          // none: every check of the control
  std::vector<std::string> keys;         // of members; none, and no condition: every member
  ExprId where = ExprId::none;           // Bool, over the locals of the check
  std::optional<types::Timestamp> from;  // in force from then on
  types::Timestamp until;                // and no longer at this instant
  std::string until_text;                // as it is written
  std::string reason, approved_by;
  Span span;             // of what it names: `ACC-07.disabled_in_time`
  bool of_test = false;  // in force in the test that states it alone
};

// A value of a given record, as the evidence would hold it: a key where it refers to a record, an object, an array.
struct GivenField;
struct GivenValue {
  enum class Kind : std::uint8_t {
    value,      // `value`: an expression that needs no records, of the field's type without the optional; `missing`
    reference,  // `fields`: the key's, of the record that is meant
    record,     // `fields`: those that are given
    elements,   // `elements`: of a list or set
  };
  Kind kind{};
  Span span;
  ExprId value = ExprId::none;
  std::vector<GivenField> fields;
  std::vector<GivenValue> elements;
};
struct GivenField {
  std::uint32_t field = 0;  // index in the fields of the entity or record
  Span span;                // with its name
  GivenValue value;
};
struct GivenRecord {
  EntityId entity{};
  std::vector<GivenField> fields;
  Span span;
};

struct GivenAge {
  EntityId entity{};
  ExprId at = ExprId::none;  // Timestamp
};

struct QuotedText {
  std::string text;
  Span span;
};

using syntax::Expectancy;
enum class ExpectedVerdict : std::uint8_t { fail, error, no_evidence, waived, pass, not_applicable };

struct Expectation {
  Expectancy kind{};
  std::string target;           // as written: `ACC-07`, `ACC-07.disabled_in_time`
  std::vector<CheckId> checks;  // that it speaks of: one, or all of a control; none for `holds`
  ExpectedVerdict verdict{};    // is
  bool only = false;
  std::vector<QuotedText> keys;
  std::optional<QuotedText> saying;
  ExprId condition = ExprId::none;  // holds
  std::vector<Local> locals;        // of the condition's queries
  Span span;
};

// A test of rules: records that are given in part, and what is expected of checks and conditions then.
struct TestDef {
  std::string title;
  std::string doc;
  ExprId now = ExprId::none;           // Timestamp; none: nothing that is expected depends on it
  ExprId period = ExprId::none;        // a range of Dates or Timestamps; none: the 12 months before now
  std::optional<PackId> pack;          // whose values, exclusions and waivers hold
  std::vector<ParamSetting> settings;  // of the pack, then its own
  std::vector<WaiverId> waivers;       // likewise
  std::vector<GivenRecord> givens;
  std::vector<EntityId> absent;
  std::vector<GivenAge> collected;
  std::vector<Expectation> expectations;
  Span title_span;
  Span span;
};

struct Program {
  std::shared_ptr<const source::SourceSet> sources;
  types::TypeTable types;
  std::vector<EnumDef> enums;
  std::vector<EntityDef> entities;
  std::vector<RecordDef> records;
  std::vector<FunctionDef> functions;
  std::vector<DerivationDef> derivations;
  std::vector<Stratum> strata;  // each after those that it needs
  std::vector<ParamDef> params;
  std::vector<ParamSetting> settings;  // of the pack that was entered
  std::vector<ControlDef> controls;
  std::vector<CheckDef> checks;
  std::vector<TemplateDef> templates;
  std::vector<PackDef> packs;
  std::optional<PackId> entered;  // the pack that `selected`, `settings` and `excluded` are of
  std::vector<ExclusionDef> exclusions;
  std::vector<WaiverDef> waivers;
  std::vector<TestDef> tests;  // of the user's files, in the order of their places
  std::vector<Expr> exprs;
  std::vector<Query> queries;
  std::vector<types::Literal> literals;
  FunctionTable builtins;
  std::shared_ptr<const dependencies::ProgramGraph> graph;  // dependencies/graph.hpp

  const Expr& expr(ExprId id) const { return exprs[index(id)]; }
  const EntityDef& entity(EntityId id) const { return entities[index(id)]; }
};

// A type as it is written: `List<Person>?`.
std::string spelling(const Program& program, TypeId type);

}  // namespace writ::language
