#include "language/types/path.hpp"

#include <charconv>

namespace writ::types {

using language::PathStep;

PathResult parse_path(std::string_view text) {
  PathResult result;
  std::size_t at = 0;
  const auto fault = [&](std::string_view what) {
    result.fault = what;
    result.offset = at;
    return result;
  };
  if (text.empty()) return fault("an empty path leads nowhere");
  bool needs_member = false;  // behind a `.`
  while (at < text.size()) {
    const char c = text[at];
    if (c == '^') {
      for (const PathStep& step : result.path) {
        if (step.kind != PathStep::Kind::parent) return fault("`^` stands only at the head of a path");
      }
      result.path.push_back({PathStep::Kind::parent, {}, 0});
      needs_member = false;
      ++at;
    } else if (c == '[') {
      if (needs_member) return fault("a name is missing behind the `.`");
      const std::size_t close = text.find(']', at);
      if (close == std::string_view::npos) return fault("a `[` is never closed");
      const std::string_view inner = text.substr(at + 1, close - at - 1);
      if (inner == "*") {
        result.path.push_back({PathStep::Kind::each, {}, 0});
        at = close + 1;
      } else if (!inner.empty() && inner.front() == '"') {
        const std::size_t quote = text.find("\"]", at + 2);
        if (quote == std::string_view::npos) return fault("a `[\"` is never closed");
        result.path.push_back({PathStep::Kind::member, std::string(text.substr(at + 2, quote - at - 2)), 0});
        at = quote + 2;
      } else {
        std::uint32_t index = 0;
        const auto [end, error] = std::from_chars(inner.data(), inner.data() + inner.size(), index);
        if (inner.empty() || error != std::errc() || end != inner.data() + inner.size()) {
          return fault("`[0]`, `[*]` or `[\"a name\"]` expected");
        }
        result.path.push_back({PathStep::Kind::index, {}, index});
        at = close + 1;
      }
    } else {
      if (!result.path.empty() && !needs_member) return fault("a `.` is missing before the name");
      const std::size_t end = std::min(text.find_first_of(".[", at), text.size());
      const std::string_view name = text.substr(at, end - at);
      if (name.empty()) return fault("a name is missing before the `.`");
      result.path.push_back({PathStep::Kind::member, std::string(name), 0});
      needs_member = false;
      at = end;
    }
    if (at < text.size() && text[at] == '.') {
      ++at;
      needs_member = true;
      if (at == text.size()) return fault("a name is missing behind the `.`");
    }
  }
  return result;
}

}  // namespace writ::types
