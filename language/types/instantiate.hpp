// What stands in a template, as it is in a control that includes it. In: a checked expression or check of the
// template, and what stands in the place of each argument and parameter. Out: a copy over the control's own tables,
// with the places of the template's text. Linear in what is copied.
#pragma once

#include <unordered_map>
#include <vector>

#include "language/program.hpp"

namespace writ::types {

class Instantiation {
 public:
  // `include` has an expression for each argument and a parameter for each parameter of its template.
  Instantiation(language::Program& program, const language::IncludeDef& include);

  language::ExprId copy(language::ExprId id);
  language::CheckDef copy(const language::CheckDef& check);

 private:
  language::LocalId local(language::LocalId id) const;
  std::uint32_t copy_query(std::uint32_t id);

  language::Program& program_;
  const language::IncludeDef& include_;
  std::uint32_t head_;
  std::unordered_map<std::uint32_t, language::ExprId> copied_;
};

}  // namespace writ::types
