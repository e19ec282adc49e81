// Functions: their types before any body, then their bodies.
#include <fmt/format.h>

#include "language/names/styles.hpp"
#include "language/types/check_declaration.hpp"
#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;

void declare_functions(Checking& checking) {
  for (std::uint32_t id = 0; id < checking.program.functions.size(); ++id) {
    const auto& [decl, file] = checking.declarations.functions[id];
    std::vector<language::Local> locals;
    for (const syntax::FnParam& param : decl->params) {
      names::check_style(param.name, names::Style::snake_case, "a function's parameter", checking.sink);
      locals.push_back({param.name.text, resolve_type(checking, file, param.type), param.name.span});
    }
    TypeId result = resolve_type(checking, file, decl->result);
    if (decl->result == syntax::TypeExprId::none && !checking.broken(decl->span)) {
      checking.sink
          .add(Code::needs_type, decl->name.span, fmt::format("`{}` does not say what it gives", decl->name.text),
               "its type is missing")
          .help("write it behind the parameters: `fn is_open(t: Ticket): Bool = …`");
    }
    language::FunctionDef& def = checking.program.functions[id];
    def.params = static_cast<std::uint32_t>(locals.size());
    def.locals = std::move(locals);
    def.result = result;
  }
}

void check_functions(Checking& checking) {
  for (std::uint32_t id = 0; id < checking.program.functions.size(); ++id) {
    const auto& [decl, file] = checking.declarations.functions[id];
    std::vector<language::Local> locals;
    ExpressionChecker expressions(checking, file, locals, std::nullopt);
    for (std::size_t i = 0; i < decl->params.size(); ++i) {
      expressions.declare(decl->params[i].name, checking.program.functions[id].locals[i].type, true);
    }
    const TypeId result = checking.program.functions[id].result;
    ExprId body = ExprId::none;
    if (result == unknown) {
      body = expressions.check(decl->body, unknown);
    } else {
      const Asker asker{checking.tree(file).type(decl->result).span, "declared to give"};
      body = expressions.check(decl->body, result, &asker);
    }
    for (const LocalId local : expressions.unused())
      checking.unused_locals.push_back({file, locals[language::index(local)]});
    language::FunctionDef& def = checking.program.functions[id];
    def.body = body;
    def.locals = std::move(locals);
  }
}

}  // namespace writ::types
