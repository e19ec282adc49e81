// The tokens of CEL.
#pragma once

#include <string>
#include <vector>

namespace writ::conformance {

struct CelToken {
  enum class Kind { end, name, integer, floating, text, symbol };
  Kind kind = Kind::end;
  std::string text;  // decoded, for texts
};

// Throws NotHad for unsigned numbers and bytes.
std::vector<CelToken> cel_tokens(const std::string& source);

}  // namespace writ::conformance
