// Rules compiled from text, for tests: what the compiler says, and what it makes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "language/compile.hpp"

namespace writ::testing {

struct Compiled {
  language::Program program;
  diagnostics::Sink sink;

  // Every diagnostic as a person reads it; empty where there is none.
  std::string text() const;
  // The slugs, in order of their places: `unknown-name unused-name`.
  std::string codes() const;
};

// One user's file `rules.writ`, with the built-in functions and the standard library.
Compiled compile_text(std::string_view text);
// The same with lints.
Compiled lint_text(std::string_view text);
Compiled compile_texts(std::vector<language::SourceText> texts, std::span<const language::LibraryModule> library);

// Entities that expressions are tried on: see compiling.cpp. `t` is a Thing, `p` a Person.
extern const std::string_view world;
// The codes of `fn tried(t: Thing, p: Person, q: Person?): <type> = <expression>` in that world.
std::string codes_of(std::string_view expression, std::string_view type = "Bool");
// The diagnostics of the same, as text.
std::string text_of(std::string_view expression, std::string_view type = "Bool");
// The typed expression, as text: `(less (field t.seen) (now))`; empty where there are errors.
std::string typed(std::string_view expression, std::string_view type = "Bool");
// Any expression of a program in that form.
std::string dump(const language::Program& program, language::ExprId expr,
                 const std::vector<language::Local>& locals);

}  // namespace writ::testing
