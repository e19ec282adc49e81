// Which optional values are known to be there. A place is a name, a path of fields from one, or a call of a
// function on places and constants: what always gives the same value while one combination of records is looked at.
// Places are interned, so that knowing one is one lookup.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "language/program.hpp"

namespace writ::types {

using Place = std::uint32_t;  // 0: not a place
using Known = std::vector<Place>;

// What a condition says when it holds, and when it does not.
struct Outcome {
  Known when_true;
  Known when_false;
};

// Places of both, and of either.
Known both(Known a, const Known& b);
Known either(const Known& a, const Known& b);

class Places {
 public:
  explicit Places(const language::Program& program) : program_(program) {}

  // The place that an expression names. What is narrowed or widened names the same place.
  Place of(language::ExprId expr);
  // What is known once the expression is known to be present: its place, and each place that it was reached through
  // by `?.`.
  Known present(language::ExprId expr);

  bool known(Place place) const { return place < known_.size() && known_[place] > 0; }
  void assume(const Known& places);
  // Takes over what another one knows of the same declaration.
  void adopt(const Places& other);
  // Forgets what was assumed since.
  std::size_t mark() const { return assumed_.size(); }
  void restore(std::size_t mark);

 private:
  const language::Program& program_;
  std::map<std::vector<std::uint32_t>, Place> interned_;
  std::map<std::string, std::uint32_t> texts_;  // constants among arguments
  std::unordered_map<std::uint32_t, Place> by_expr_;
  std::vector<std::uint32_t> known_;  // by place: how often it is assumed
  Known assumed_;
};

}  // namespace writ::types
