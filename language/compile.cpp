#include "language/compile.hpp"

#include <fmt/format.h>

#include <utility>

#include "language/dependencies/graph.hpp"
#include "language/names/declare.hpp"
#include "language/names/modules.hpp"
#include "language/packs.hpp"
#include "language/syntax/parse.hpp"
#include "language/types/check_declaration.hpp"
#include "language/types/check_expression.hpp"

namespace writ::language {

Program compile(CompileInput input, diagnostics::Sink& sink) {
  Program program;
  const auto sources = std::make_shared<source::SourceSet>();
  program.sources = sources;
  program.builtins = input.functions;

  names::Modules modules = names::load(*sources, std::move(input.texts), input.library, sink);
  const names::Declarations declarations = names::declare(modules, program, sink);

  types::Checking checking(program, sink, modules, declarations, input.library);
  checking.lints = input.lints;
  types::check_entities(checking);
  types::declare_functions(checking);
  types::declare_relations(checking);
  types::declare_params(checking);
  types::check_functions(checking);
  types::check_rules(checking);
  types::check_derivations(checking);
  types::check_params(checking);
  types::check_templates(checking);
  types::check_includes(checking);
  types::check_controls(checking);
  types::check_packs(checking);
  types::check_waivers(checking);
  types::check_tests(checking);

  program.graph =
      std::make_shared<const dependencies::ProgramGraph>(dependencies::ProgramGraph{dependencies::build(program)});
  types::check_recursion(checking);
  types::check_strata(checking);
  if (!sink.has_errors()) {
    types::warn_of_unused(checking);
    types::warn_of_evidence(checking);
    if (checking.lints) types::lint(checking);
  }
  sink.sort();
  if (program.packs.size() == 1) {
    enter_pack(program, 0);
  } else {
    enter_all_packs(program);
  }
  return program;
}

namespace {

// A text for a parameter of text is taken as it is, so that a shell's user need not quote it twice.
std::string as_expression(const Program& program, TypeId type, std::string_view text) {
  const types::Kind kind = program.types.kind(program.types.strip_optional(type));
  const bool is_text = kind == types::Kind::string || kind == types::Kind::network;
  const bool quoted = text.starts_with('"') || text.starts_with("r\"") || text == "missing";
  if (!is_text || quoted) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\' || c == '{') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace

ExprId compile_setting(Program& program, ParamId param, std::string_view text, diagnostics::Sink& sink) {
  const std::string& name = program.params[index(param)].qualified_name;
  const TypeId type = program.params[index(param)].type;
  const std::size_t errors = sink.count(diagnostics::Severity::error);
  const auto failed = [&] { return sink.count(diagnostics::Severity::error) != errors; };
  const auto refuse = [&](source::Span span) {
    if (!failed())
      sink.add(diagnostics::Code::invalid_argument, span, fmt::format("this is no value for `{}`", name),
               "one constant expected");
    return ExprId::none;
  };

  // The text becomes the body of a declaration, on a line of its own: positions in it are those that its writer
  // knows.
  const auto sources = std::make_shared<source::SourceSet>(*program.sources);
  const std::string head = "fn value(): Bool =\n";
  const source::FileId file =
      sources->add(fmt::format("--set {}", name), head + as_expression(program, type, text));
  program.sources = sources;
  const auto whole = source::Span{file, static_cast<std::uint32_t>(head.size()),
                                  static_cast<std::uint32_t>(sources->text(file).size())};

  // Members of enums need no import here: every enum of the program can be named.
  names::Modules modules;
  modules.modules.push_back({.name = {}, .files = {0}, .library = false});
  modules.files.push_back({syntax::parse(*sources, file, sink), 0, {}});
  if (failed()) return refuse(whole);
  const syntax::Tree& tree = modules.files[0].tree;
  const syntax::FnDecl* declaration =
      tree.declarations.size() == 1 ? std::get_if<syntax::FnDecl>(&tree.declarations[0]) : nullptr;
  if (declaration == nullptr || declaration->body == syntax::ExprId::none) return refuse(whole);
  names::Declarations declarations;
  declarations.modules.resize(1);
  for (std::uint32_t i = 0; i < program.enums.size(); ++i) {
    declarations.modules[0].types.emplace(program.enums[i].name, names::Symbol{names::SymbolKind::enumeration, i});
  }

  types::Checking checking(program, sink, modules, declarations, {});
  std::vector<Local> locals;
  types::ExpressionChecker expressions(checking, 0, locals, std::nullopt);
  const types::Asker asker{program.params[index(param)].name_span, "declared as"};
  const ExprId value = expressions.check(declaration->body, type, type == types::unknown ? nullptr : &asker);
  types::require_constant(checking, value, "the value of a parameter");
  return failed() ? refuse(whole) : value;
}

}  // namespace writ::language
