// The part of the printer that lays out a file: its declarations, and what stands between them.
#include <algorithm>
#include <variant>

#include "language/format/printer.hpp"

namespace writ::format {

namespace {

// Declarations of one line may stand together; all others have an empty line between them.
bool is_short(const syntax::Declaration& declaration) {
  return std::holds_alternative<syntax::UseDecl>(declaration) ||
         std::holds_alternative<syntax::ParamDecl>(declaration);
}

}  // namespace

DocId Printer::file() {
  Parts parts;
  bool first = true;
  bool short_before = false;
  const auto separate = [&](bool is_short_now) {
    const std::uint32_t before = cursor_;
    const Gap gap = read_gap();
    cursor_ = before;
    const bool blank = gap.lines > 1 || std::any_of(gap.comments.begin(), gap.comments.end(),
                                                    [](const Comment& comment) { return comment.lines > 1; });
    if (first) {
      parts.push_back(file_head());
    } else {
      parts.push_back(declaration_break(blank || !(short_before && is_short_now)));
    }
    first = false;
    short_before = is_short_now;
  };
  if (tree_.module) {
    separate(false);
    const DocId word = cat({token("module"), space()});
    parts.push_back(cat({word, token(tree_.module->span)}));
  }
  for (const syntax::Declaration& each : tree_.declarations) {
    separate(is_short(each));
    parts.push_back(std::visit([this](const auto& decl) { return declaration(decl); }, each));
  }
  if (first) parts.push_back(file_head());
  parts.push_back(closing_comments());
  if (cursor_ != text_.size()) failed_ = true;
  return cat(std::move(parts));
}

// The comments before the first declaration.
DocId Printer::file_head() {
  const Gap gap = read_gap();
  Parts parts;
  for (std::size_t i = 0; i < gap.comments.size(); ++i) {
    if (i > 0) parts.push_back(gap.comments[i].lines > 1 ? layout_.blank_line() : layout_.hard_line());
    parts.push_back(layout_.own_line(tidy(gap.comments[i].text)));
  }
  if (!gap.comments.empty() && cursor_ < text_.size()) {
    parts.push_back(gap.lines > 1 ? layout_.blank_line() : layout_.hard_line());
  }
  return cat(std::move(parts));
}

DocId Printer::declaration_break(bool blank) {
  const Gap gap = read_gap();
  Parts parts;
  bool owed = blank;  // one empty line at the least
  for (const Comment& comment : gap.comments) {
    if (comment.lines == 0) {
      parts.push_back(layout_.line_end("  " + tidy(comment.text)));
      continue;
    }
    parts.push_back(owed || comment.lines > 1 ? layout_.blank_line() : layout_.hard_line());
    parts.push_back(layout_.own_line(tidy(comment.text)));
    owed = false;
  }
  parts.push_back(owed || gap.lines > 1 ? layout_.blank_line() : layout_.hard_line());
  return cat(std::move(parts));
}

}  // namespace writ::format
