#include "language/format/layout.hpp"

#include <algorithm>
#include <utility>

namespace writ::format {

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

Layout::Layout() { nodes_.emplace_back(); }

DocId Layout::add(Node node) {
  for (const DocId part : node.parts) node.breaks = node.breaks || breaks(part);
  nodes_.push_back(std::move(node));
  return static_cast<DocId>(nodes_.size() - 1);
}

DocId Layout::text(std::string text) { return add({Kind::text, false, 0, std::move(text), {}}); }
DocId Layout::line() { return add({Kind::line, false, 0, {}, {}}); }
DocId Layout::soft_line() { return add({Kind::soft_line, false, 0, {}, {}}); }
DocId Layout::hard_line() { return add({Kind::hard_line, true, 0, {}, {}}); }
DocId Layout::blank_line() { return add({Kind::blank_line, true, 0, {}, {}}); }
DocId Layout::nest(std::uint32_t by, DocId inner) { return add({Kind::nest, false, by, {}, {inner}}); }
DocId Layout::group(DocId inner) { return add({Kind::group, false, 0, {}, {inner}}); }
DocId Layout::concat(std::vector<DocId> parts) { return add({Kind::concat, false, 0, {}, std::move(parts)}); }
DocId Layout::choose(DocId flat, DocId broken) { return add({Kind::choose, false, 0, {}, {flat, broken}}); }
DocId Layout::own_line(std::string text) { return add({Kind::own_line, true, 0, std::move(text), {}}); }
DocId Layout::line_end(std::string text) { return add({Kind::line_end, true, 0, std::move(text), {}}); }

DocId Layout::block(std::string_view text) {
  if (text.find('\n') == std::string_view::npos) return this->text(std::string(text));
  // Spaces that every line after the first begins with, blank lines apart.
  std::size_t common = std::string_view::npos;
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t first = line.find_first_not_of(' ');
    if (!lines.empty() && first != std::string_view::npos) common = std::min(common, first);
    lines.push_back(line);
    at = end + 1;
  }
  Node node{Kind::block, false, 0, std::string(lines.front()), {}};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    node.text += '\n';
    if (common != std::string_view::npos && lines[i].size() > common) node.text += lines[i].substr(common);
  }
  return add(std::move(node));
}

// Whether `next` and what follows it, up to the first line that may end there, fits into `left` columns.
bool Layout::fits(std::size_t left, const std::vector<Frame>& rest, Frame next) const {
  std::vector<Frame> stack{next};
  std::size_t behind = rest.size();
  while (true) {
    if (stack.empty()) {
      if (behind == 0) return true;
      stack.push_back(rest[--behind]);
    }
    const Frame frame = stack.back();
    stack.pop_back();
    const Node& node = nodes_[index(frame.doc)];
    switch (node.kind) {
      case Kind::text: {
        const std::size_t wide = columns(node.text);
        if (wide > left) return false;
        left -= wide;
        break;
      }
      case Kind::block:
        return columns(std::string_view(node.text).substr(0, node.text.find('\n'))) <= left;
      case Kind::line:
        if (!frame.flat) return true;
        if (left == 0) return false;
        --left;
        break;
      case Kind::soft_line:
        if (!frame.flat) return true;
        break;
      case Kind::hard_line:
      case Kind::blank_line:
        return true;
      case Kind::line_end:
        break;
      case Kind::own_line:
        return true;
      case Kind::nest:
      case Kind::group:
        stack.push_back({node.parts[0], frame.indent + node.by, frame.flat});
        break;
      case Kind::choose:
        stack.push_back({node.parts[frame.flat ? 0 : 1], frame.indent, frame.flat});
        break;
      case Kind::concat:
        for (auto part = node.parts.rbegin(); part != node.parts.rend(); ++part)
          stack.push_back({*part, frame.indent, frame.flat});
        break;
    }
  }
}

std::string Layout::render(DocId doc, std::size_t width) const {
  std::string out;
  std::string pending;     // for the end of the line
  bool commented = false;  // the line is a comment: nothing can follow on it
  std::size_t column = 0;
  const auto end_line = [&](std::uint32_t indent, bool blank) {
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += std::exchange(pending, {});
    commented = false;
    out += blank ? "\n\n" : "\n";
    out.append(indent, ' ');
    column = indent;
  };
  std::vector<Frame> stack{{doc, 0, false}};
  while (!stack.empty()) {
    const Frame frame = stack.back();
    stack.pop_back();
    const Node& node = nodes_[index(frame.doc)];
    switch (node.kind) {
      case Kind::text:
        if (commented) end_line(frame.indent, false);
        out += node.text;
        column += columns(node.text);
        break;
      case Kind::block: {
        if (commented) end_line(frame.indent, false);
        std::string_view rest = node.text;
        for (bool first = true;; first = false) {
          const std::string_view line = rest.substr(0, rest.find('\n'));
          if (!first && !line.empty()) out.append(frame.indent + 2, ' ');
          out += line;
          column = columns(line) + (first ? column : frame.indent + 2);
          if (line.size() == rest.size()) break;
          rest.remove_prefix(line.size() + 1);
          out += std::exchange(pending, {});
          out += '\n';
        }
        break;
      }
      case Kind::line:
      case Kind::soft_line:
        if (frame.flat) {
          if (node.kind == Kind::line) {
            out += ' ';
            ++column;
          }
          break;
        }
        end_line(frame.indent, false);
        break;
      case Kind::hard_line:
        end_line(frame.indent, false);
        break;
      case Kind::blank_line:
        end_line(frame.indent, true);
        break;
      case Kind::line_end:
        // Of two comments for the end of one line, the second has the next line to itself.
        if (commented || !pending.empty()) {
          end_line(frame.indent, false);
          out += std::string_view(node.text).substr(std::min(node.text.find_first_not_of(' '), node.text.size()));
          commented = true;
        } else {
          pending = node.text;
        }
        break;
      case Kind::own_line:
        if (commented || !pending.empty()) end_line(frame.indent, false);
        out += node.text;
        commented = true;
        break;
      case Kind::nest:
        stack.push_back({node.parts[0], frame.indent + node.by, frame.flat});
        break;
      case Kind::group: {
        const Frame flat{node.parts[0], frame.indent, true};
        const bool one_line = frame.flat || (!node.breaks && column <= width && fits(width - column, stack, flat));
        stack.push_back({node.parts[0], frame.indent, one_line});
        break;
      }
      case Kind::choose:
        stack.push_back({node.parts[frame.flat ? 0 : 1], frame.indent, frame.flat});
        break;
      case Kind::concat:
        for (auto part = node.parts.rbegin(); part != node.parts.rend(); ++part)
          stack.push_back({*part, frame.indent, frame.flat});
        break;
    }
  }
  if (!out.empty() || !pending.empty()) end_line(0, false);
  return out;
}

}  // namespace writ::format
