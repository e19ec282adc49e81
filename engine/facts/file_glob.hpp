// Patterns of paths: `*` any run of characters but `/`, `?` one of them, `**` any run at all; `**/` at the head of
// a part of the path may also stand for nothing. No other character is special.
#pragma once

#include <string_view>

namespace writ::facts {

bool glob_matches_path(std::string_view pattern, std::string_view path);

}  // namespace writ::facts
