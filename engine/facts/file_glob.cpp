#include "engine/facts/file_glob.hpp"

#include <vector>

namespace writ::facts {

namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

}  // namespace

// All states of the pattern are followed at once, so that no pattern takes longer than its length times the path's.
bool glob_matches_path(std::string_view pattern, std::string_view path) {
  const std::size_t size = pattern.size();
  const auto is_double = [&](std::size_t at) {
    return at + 1 < size && pattern[at] == '*' && pattern[at + 1] == '*';
  };
  std::vector<bool> here(size + 1, false);
  const auto enter = [&](std::vector<bool>& states, std::size_t at) {
    while (true) {
      states[at] = true;
      if (at >= size || pattern[at] != '*') return;
      if (is_double(at) && at + 2 < size && pattern[at + 2] == '/' && (at == 0 || pattern[at - 1] == '/')) {
        states[at + 3] = true;  // `**/` for nothing; what follows is no star of the same run
        if (at + 3 < size && pattern[at + 3] == '*') {
          at += 3;
          continue;
        }
      }
      at += is_double(at) ? 2U : 1U;
    }
  };
  enter(here, 0);
  for (std::size_t i = 0; i < path.size();) {
    std::size_t length = 1;
    while (i + length < path.size() && continues(path[i + length])) ++length;
    std::vector<bool> next(size + 1, false);
    for (std::size_t at = 0; at < size; ++at) {
      if (!here[at]) continue;
      if (is_double(at)) {
        next[at] = true;
        enter(next, at + 2);
      } else if (pattern[at] == '*') {
        if (path[i] != '/') enter(next, at);
      } else if (pattern[at] == '?') {
        if (path[i] != '/') enter(next, at + 1);
      } else if (pattern.substr(at, length) == path.substr(i, length)) {
        enter(next, at + length);
      }
    }
    here = std::move(next);
    i += length;
  }
  return here[size];
}

}  // namespace writ::facts
