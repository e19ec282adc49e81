#include "language/names/patterns.hpp"

namespace writ::names {

bool is_pattern(std::string_view text) { return text.find('*') != std::string_view::npos; }

bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool names_controls(std::string_view text) { return !text.empty() && text.front() >= 'A' && text.front() <= 'Z'; }

std::vector<std::string_view> control_ids(std::string_view text) {
  constexpr std::string_view keyword = "control ";
  std::vector<std::string_view> out;
  for (std::size_t at = text.find(keyword); at != std::string_view::npos; at = text.find(keyword, at + 1)) {
    if (at != 0 && text[at - 1] != '\n') continue;
    const std::size_t begin = text.find_first_not_of(' ', at + keyword.size());
    if (begin == std::string_view::npos) break;
    const std::size_t end = text.find_first_of(" \t\r\n{\"", begin);
    out.push_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
  }
  return out;
}

}  // namespace writ::names
