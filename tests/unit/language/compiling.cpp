#include "compiling.hpp"

#include <fmt/format.h>

#include "language/diagnostics/render.hpp"
#include "stdlib/functions/table.hpp"
#include "stdlib/modules.hpp"

namespace writ::testing {

using language::ExprId;
using language::ExprKind;
using language::index;

const std::string_view world = R"(
enum Colour { red, green, blue }
enum Mood { happy, blue }
ordered enum Level { low, middle, high }

entity Person {
  id: String key
  name: String
  nick: String?
  born: Date
  left: Date?
  boss: Person?
  things: Thing via owner
  friends: List<Person> = []
  mood: Mood = happy
}

entity Thing {
  id: String key
  name: String
  colour: Colour
  level: Level
  owner: Person?
  maker: Person
  count: Int
  most: Int?
  share: Float
  made: Date
  sold: Date?
  seen: Timestamp
  gone: Timestamp?
  life: Duration
  warranty: Period
  net: Network
  nets: List<Network> = []
  tags: Set<Colour> = {}
  notes: List<{ text: String, on: Date?, by: Person? }> = []
  place: { city: String?, country: String }
  works: Bool
  tested: Bool?
}

fn keeper(t: Thing): Person? = t.owner ?? t.maker.boss
fn on_day(t: Thing, d: Date): Date? = if t.made <= d then t.sold else missing
)";

std::string Compiled::text() const {
  if (sink.all().empty()) return {};
  std::string text;
  for (const diagnostics::Diagnostic& diagnostic : sink.all()) {
    if (!text.empty()) text += '\n';
    text += diagnostics::render_text(diagnostic, *program.sources, {});
  }
  return text;
}

std::string Compiled::codes() const {
  std::string text;
  for (const diagnostics::Diagnostic& diagnostic : sink.all()) {
    if (!text.empty()) text += ' ';
    text += diagnostics::slug(diagnostic.code);
  }
  return text;
}

Compiled compile_texts(std::vector<language::SourceText> texts, std::span<const language::LibraryModule> library) {
  Compiled compiled;
  language::CompileInput input;
  input.texts = std::move(texts);
  input.library = library;
  input.functions = functions::table();
  compiled.program = language::compile(std::move(input), compiled.sink);
  return compiled;
}

Compiled lint_text(std::string_view text) {
  Compiled compiled;
  language::CompileInput input;
  input.texts = {{"rules.writ", std::string(text)}};
  input.library = stdlib::modules();
  input.functions = functions::table();
  input.lints = true;
  compiled.program = language::compile(std::move(input), compiled.sink);
  return compiled;
}

Compiled compile_text(std::string_view text) {
  return compile_texts({{"rules.writ", std::string(text)}}, stdlib::modules());
}

namespace {

Compiled tried(std::string_view expression, std::string_view type) {
  const std::string rules = fmt::format("module tried\nfn tried(t: Thing, p: Person, q: Person?): {} =\n  {}\n{}",
                                        type, expression, world);
  Compiled compiled = compile_text(rules);
  return compiled;
}

bool is_unused_parameter(const diagnostics::Diagnostic& diagnostic) {
  return diagnostic.code == diagnostics::Code::unused_name;
}

}  // namespace

std::string codes_of(std::string_view expression, std::string_view type) {
  const Compiled compiled = tried(expression, type);
  std::string text;
  for (const diagnostics::Diagnostic& diagnostic : compiled.sink.all()) {
    if (is_unused_parameter(diagnostic)) continue;
    if (!text.empty()) text += ' ';
    text += diagnostics::slug(diagnostic.code);
  }
  return text;
}

std::string text_of(std::string_view expression, std::string_view type) {
  const Compiled compiled = tried(expression, type);
  std::string text;
  for (const diagnostics::Diagnostic& diagnostic : compiled.sink.all()) {
    if (!is_unused_parameter(diagnostic))
      text += diagnostics::render_text(diagnostic, *compiled.program.sources, {});
  }
  return text;
}

namespace {

constexpr std::string_view kind_names[] = {
#define WRIT_EXPR(name) #name,
#include "language/expressions.def"
#undef WRIT_EXPR
};

class Dumper {
 public:
  Dumper(const language::Program& program, const std::vector<language::Local>& locals)
      : program_(program), locals_(locals) {}

  std::string text(ExprId id) const {
    if (id == ExprId::none) return "none";
    const language::Expr& expr = program_.expr(id);
    switch (expr.kind) {
      case ExprKind::literal: {
        const auto& value = program_.literals[expr.ref];
        const std::string shown = types::to_text(value);
        return std::holds_alternative<std::string>(value) ? fmt::format("\"{}\"", shown) : shown;
      }
      case ExprKind::local:
        return locals_[expr.ref].name;
      case ExprKind::param:
        return program_.params[expr.ref].qualified_name;
      case ExprKind::enum_member:
        return fmt::format("{}.{}", language::spelling(program_, expr.type),
                           program_.enums[program_.types.at(expr.type).decl].members[expr.ref]);
      case ExprKind::all:
        return program_.entities[expr.ref].name;
      case ExprKind::now:
      case ExprKind::today:
      case ExprKind::period:
        return std::string(kind_names[static_cast<std::size_t>(expr.kind)]);
      case ExprKind::missing:
        return fmt::format("missing:{}", language::spelling(program_, expr.type));
      case ExprKind::field:
      case ExprKind::safe_field:
        return fmt::format("{}{}{}", text(expr.operands[0]), expr.kind == ExprKind::field ? "." : "?.",
                           field_name(expr));
      case ExprKind::widen:
        return fmt::format("(widen {} {})", language::spelling(program_, expr.type), text(expr.operands[0]));
      case ExprKind::call:
        return application(program_.functions[expr.ref].name, expr);
      case ExprKind::builtin:
        return application(std::string(program_.builtins[expr.ref].name), expr);
      case ExprKind::matches:
        return fmt::format("(matches {} {})", text(expr.operands[0]),
                           std::get<std::string>(program_.literals[expr.ref]));
      case ExprKind::query:
        return query(program_.queries[expr.ref]);
      default:
        return application(std::string(kind_names[static_cast<std::size_t>(expr.kind)]), expr);
    }
  }

 private:
  std::string field_name(const language::Expr& expr) const {
    const types::Type& type =
        program_.types.at(program_.types.strip_optional(program_.expr(expr.operands[0]).type));
    return type.kind == types::Kind::entity ? program_.entities[type.decl].fields[expr.ref].name
                                            : program_.records[type.decl].fields[expr.ref].name;
  }

  std::string application(std::string head, const language::Expr& expr) const {
    for (const ExprId operand : expr.operands) head += " " + text(operand);
    return "(" + head + ")";
  }

  std::string query(const language::Query& query) const {
    const bool is_list = query.kind == language::QueryKind::collect_list;
    const bool is_set = query.kind == language::QueryKind::collect_set;
    std::string out = fmt::format("({}", is_list  ? "collect_list"
                                         : is_set ? "collect_set"
                                                  : syntax::spelling(query.kind));
    for (const language::Clause& clause : query.clauses)
      out += fmt::format(" [{} in {}]", locals_[index(clause.local)].name, text(clause.collection));
    if (query.where != ExprId::none) out += " where " + text(query.where);
    if (query.body != ExprId::none) out += " body " + text(query.body);
    if (query.order != ExprId::none)
      out += fmt::format(" by {}{}", text(query.order), query.descending ? " desc" : "");
    if (query.range != ExprId::none) out += " over " + text(query.range);
    return out + ")";
  }

  const language::Program& program_;
  const std::vector<language::Local>& locals_;
};

}  // namespace

std::string dump(const language::Program& program, ExprId expr, const std::vector<language::Local>& locals) {
  return Dumper(program, locals).text(expr);
}

std::string typed(std::string_view expression, std::string_view type) {
  const Compiled compiled = tried(expression, type);
  if (compiled.sink.has_errors()) return compiled.codes();
  const language::FunctionDef& function = compiled.program.functions[0];
  return dump(compiled.program, function.body, function.locals);
}

}  // namespace writ::testing
