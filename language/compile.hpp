// The whole front end: loaded texts in, checked program out.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "language/diagnostics/diagnostic.hpp"
#include "language/functions.hpp"
#include "language/program.hpp"

namespace writ::language {

struct SourceText {
  std::string path;
  std::string text;
};

// A module of the standard library, handed in by whoever links it.
struct LibraryModule {
  std::string_view name;  // std.people
  std::string_view path;  // std/people.writ
  std::string_view text;
};

struct CompileInput {
  std::vector<SourceText> texts;           // the user's files, in the order of their paths
  std::span<const LibraryModule> library;  // loaded where a `use` or a pack's `include` asks for it
  FunctionTable functions;
  // Say what is sound and cannot be meant as well (check_lints.cpp): for those who write rules, not for each who runs
  // them.
  bool lints = false;
};

// Always gives a program; when the sink has errors it serves editors only and is not to be evaluated.
// A control is `selected` when it stands in one of `texts`, or a pack's `include` names it or its module. Of one
// pack its values and what it leaves out stand in the program; of several, see packs.hpp. Cost: linear in the
// texts.
Program compile(CompileInput input, diagnostics::Sink& sink);

// Parses and checks a constant written on the command line (`--set ACC-07.grace="4 hours"`) against a
// parameter's type; adds to the sink and gives `none` where it does not fit.
ExprId compile_setting(Program& program, ParamId param, std::string_view text, diagnostics::Sink& sink);

}  // namespace writ::language
