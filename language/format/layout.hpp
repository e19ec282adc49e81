// Documents that know where they may break, and how they are laid out within a width.
// In: a document put together from text, lines and groups. Out: its text. A group stands on one line if it fits
// there; else each of its own lines is a new line. Linear in the document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ::format {

enum class DocId : std::uint32_t { nothing = 0 };

class Layout {
 public:
  Layout();

  DocId text(std::string text);
  // A space on one line, else a new line.
  DocId line();
  // Nothing on one line, else a new line.
  DocId soft_line();
  // Always a new line; the groups around it stand on several.
  DocId hard_line();
  // A hard line with an empty one before it.
  DocId blank_line();
  DocId nest(std::uint32_t by, DocId inner);
  DocId group(DocId inner);
  DocId concat(std::vector<DocId> parts);
  // `flat` where the group around it stands on one line, else `broken`.
  DocId choose(DocId flat, DocId broken);
  // Text for the end of the line that is being written; the line ends after it, whatever else could stand on it.
  DocId line_end(std::string text);
  // Text after which the line ends, and before which it does where a line_end is waiting for that.
  DocId own_line(std::string text);
  // Text of several lines. Those after the first keep their indentation against each other; the least indented
  // stands two columns behind where lines begin there.
  DocId block(std::string_view text);

  // Whether it must stand on several lines.
  bool breaks(DocId doc) const { return nodes_[index(doc)].breaks; }

  std::string render(DocId doc, std::size_t width) const;

 private:
  enum class Kind : std::uint8_t {
    text,
    line,
    soft_line,
    hard_line,
    blank_line,
    nest,
    group,
    concat,
    choose,
    line_end,
    own_line,
    block
  };
  struct Node {
    Kind kind{};
    bool breaks = false;
    std::uint32_t by = 0;
    std::string text;
    std::vector<DocId> parts;
  };
  struct Frame {
    DocId doc{};
    std::uint32_t indent = 0;
    bool flat = false;
  };

  static std::size_t index(DocId id) { return static_cast<std::uint32_t>(id); }
  DocId add(Node node);
  bool fits(std::size_t left, const std::vector<Frame>& rest, Frame next) const;

  std::vector<Node> nodes_;
};

// Code points, which is what columns count.
std::size_t columns(std::string_view text);

}  // namespace writ::format
