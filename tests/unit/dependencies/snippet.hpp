// A program compiled from a text, for tests, with the real library of functions.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "language/compile.hpp"
#include "language/diagnostics/render.hpp"
#include "stdlib/functions/table.hpp"

namespace writ::support {

struct Snippet {
  explicit Snippet(std::string_view text)
      : program(language::compile({{{"rules.writ", std::string(text)}}, {}, functions::table()}, sink)) {}

  std::string diagnostics() const {
    return sink.all().empty() ? "" : diagnostics::render_text(sink, *program.sources, {});
  }

  std::uint32_t entity(std::string_view name) const { return find(program.entities, name); }
  std::uint32_t function(std::string_view name) const { return find(program.functions, name); }

  template <typename Table>
  static std::uint32_t find(const Table& table, std::string_view name) {
    for (std::uint32_t id = 0; id < table.size(); ++id) {
      if (table[id].name == name) return id;
    }
    throw std::invalid_argument("nothing is named " + std::string(name));
  }

  diagnostics::Sink sink;
  language::Program program;
};

}  // namespace writ::support
