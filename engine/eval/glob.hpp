// Glob patterns over whole texts: `*` any run of code points, `?` one, `[a-z]` and `[!a-z]` one of a class, `\`
// takes the next as it is, in a class too. No other character is special; `/` and `.` are ordinary. Linear in text
// × runs of `*`.
#pragma once

#include <string_view>

namespace writ::eval {

bool glob_matches(std::string_view pattern, std::string_view text);

}  // namespace writ::eval
