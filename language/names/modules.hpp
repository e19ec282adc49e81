// Which texts belong together. In: the user's texts and the library's. Out: every file parsed once, in modules,
// with its imports resolved. The user's modules come before the library's of the same name; a module of the library
// is parsed only when a `use` or a pack's `include` asks for it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "language/compile.hpp"
#include "language/diagnostics/diagnostic.hpp"
#include "language/syntax/tree.hpp"

namespace writ::names {

using source::Span;

// A module that a file uses. `use a.*` gives several of one span.
struct Import {
  std::uint32_t module = 0;  // in Modules::modules
  Span span;
  bool used = false;  // some name of the file came through it
};

struct File {
  syntax::Tree tree;
  std::uint32_t module = 0;
  std::vector<Import> imports;
};

struct Module {
  std::string name;                  // empty: that of the files without `module`
  std::vector<std::uint32_t> files;  // in Modules::files
  bool library = false;
};

struct Modules {
  std::vector<File> files;
  std::vector<Module> modules;

  const Module& module_of(std::uint32_t file) const { return modules[files[file].module]; }
};

// What names no module goes to the sink as `unknown-module`.
Modules load(source::SourceSet& sources, std::vector<language::SourceText> texts,
             std::span<const language::LibraryModule> library, diagnostics::Sink& sink);

// A module of the library in whose text a declaration seems to stand: `keyword` and then `name`. Empty where none
// is.
std::string_view module_declaring(std::span<const language::LibraryModule> library, std::string_view keyword,
                                  std::string_view name);

}  // namespace writ::names
