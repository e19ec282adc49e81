// An expression that is written beside a program (`writ eval --expr`, or at the prompt of `writ repl`), with
// definitions of its own. It is checked as a rule is, by compiling the program's texts with one more: every name
// that a file can import is known to it, and it becomes the value of a check without a population, which the engine
// computes like any.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/compile.hpp"

namespace writ::language {

struct Definition {
  enum class Kind : std::uint8_t {
    import,       // `use std.people`
    let,          // `let x = …`: names an expression
    declaration,  // `fn …`, `enum …`: what a rule file may declare
  };
  Kind kind{};
  std::string name;   // that is defined, or the module
  std::string text;   // as it was written
  bool adds = false;  // a clause of a `rule`: stands beside those of its name, and in the place of none
};

// The definition that a text is by its first word; none where it is an expression.
std::optional<Definition> as_definition(std::string_view text);

// Brackets and strings of a text that may not be whole yet.
struct Balance {
  std::size_t open = 0;              // that are not closed
  std::optional<std::size_t> stray;  // the byte of the first that closes nothing
};
Balance balance(std::string_view text);

struct ExpressionInput {
  std::string path;                     // what diagnostics show: `--expr`
  std::string text;                     // an expression, or one more definition
  std::vector<Definition> definitions;  // made before; those of one name replace each other
};

struct CompiledExpression {
  Program program;  // its only selected control is the expression's; positions are those in the text as written
  bool sound = false;
  std::optional<CheckId> check;  // whose variable `value` is the value; none for a declaration or an import
  LocalId value{};
};

// `input` are the program's own texts and `base` is what they compile to, without an error. Warnings are left out:
// the text is nobody's rule.
CompiledExpression compile_expression(CompileInput input, const Program& base, const ExpressionInput& expression,
                                      diagnostics::Sink& sink);

}  // namespace writ::language
