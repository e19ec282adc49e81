#include "engine/report/dump.hpp"

#include <fmt/format.h>

#include <cassert>

namespace writ::report {

using nlohmann::ordered_json;

namespace {

constexpr int step = 2;

// Appends a text of several lines whose first begins at the end of `out`.
void append_indented(std::string& out, std::string_view text, std::size_t indent) {
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find('\n', begin);
    out += text.substr(begin, end == std::string_view::npos ? end : end + 1 - begin);
    if (end == std::string_view::npos) return;
    out.append(indent, ' ');
    begin = end + 1;
  }
}

}  // namespace

std::string dump_element(const ordered_json& element) {
  return element.dump(step, ' ', false, ordered_json::error_handler_t::replace);
}

std::string dump(const ordered_json& document) { return dump_element(document) + "\n"; }

std::string dump_with_elements(const ordered_json& document, std::string_view name,
                               const std::vector<std::vector<std::string>>& elements) {
  const std::string frame = dump(document);
  // A quote within a string is escaped, so this is found where it is a member alone.
  const std::string member = fmt::format("\"{}\": [", name);
  std::size_t size = frame.size();
  for (const std::vector<std::string>& of_member : elements) {
    for (const std::string& element : of_member) size += element.size() + element.size() / 2;
  }
  std::string out;
  out.reserve(size);
  std::size_t begin = 0;
  for (const std::vector<std::string>& of_member : elements) {
    const std::size_t found = frame.find(member, begin);
    assert(found != std::string::npos);
    const std::size_t inner = found + member.size();
    out.append(frame, begin, inner - begin);
    begin = inner;
    if (of_member.empty()) continue;
    const std::size_t indent = found - (frame.rfind('\n', found) + 1);
    const std::size_t inner_indent = indent + static_cast<std::size_t>(step);
    for (std::size_t i = 0; i < of_member.size(); ++i) {
      out += i == 0 ? "\n" : ",\n";
      out.append(inner_indent, ' ');
      append_indented(out, of_member[i], inner_indent);
    }
    out += '\n';
    out.append(indent, ' ');
  }
  out.append(frame, begin);
  return out;
}

}  // namespace writ::report
