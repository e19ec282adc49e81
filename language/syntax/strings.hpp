// The inside of string literals. In: the source between the quotes, as it stands. Out: the text that it means, and
// every escape that means nothing, with its place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ::syntax {

struct BadEscape {
  std::uint32_t begin = 0;  // in the raw text
  std::uint32_t end = 0;
  std::string reason;
};

// The escapes in `raw` that are not \n \t \" \\ \{ \} or \u{…} of a Unicode character.
std::vector<BadEscape> bad_escapes(std::string_view raw);

// `raw` with its escapes replaced by what they mean; a bad escape stays as it is written.
std::string decode_escapes(std::string_view raw);

// Takes from the literal texts of a `"""` block the line end after the opening quotes, the indentation that all of
// its lines have, and the last line where only white space stands before the closing quotes. `pieces` are the texts
// between the interpolations (so at least one, possibly empty); line ends become \n. Escapes are left alone.
void dedent(std::vector<std::string>& pieces);

}  // namespace writ::syntax
