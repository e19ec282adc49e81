#include "language/format/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "language/format/printer.hpp"
#include "language/syntax/parse.hpp"

namespace writ::format {

using diagnostics::Sink;
using syntax::Tree;

namespace {

// Comments may keep others from their line, so that the second layout differs from the first; the third does not.
constexpr int most_rounds = 4;

bool same_parts(const std::vector<syntax::StringPart>& a, const std::vector<syntax::StringPart>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.text == y.text && x.expr == y.expr; });
}

// Whether two trees say the same: expressions are numbered in the order of the text.
bool same(const Tree& a, const Tree& b) {
  const auto same_expr = [](const syntax::Expr& x, const syntax::Expr& y) {
    return x.kind == y.kind && x.text == y.text && x.name.text == y.name.text && x.operands == y.operands &&
           same_parts(x.parts, y.parts);
  };
  return a.declarations.size() == b.declarations.size() && a.comments.size() == b.comments.size() &&
         a.types.size() == b.types.size() &&
         std::equal(a.exprs.begin(), a.exprs.end(), b.exprs.begin(), b.exprs.end(), same_expr);
}

std::optional<std::string> once(const source::SourceSet& sources, source::FileId file, const Tree& tree) {
  Printer printer(tree, sources.text(file));
  const DocId document = printer.file();
  if (printer.failed()) return std::nullopt;
  return printer.layout().render(document, line_width);
}

}  // namespace

std::optional<std::string> format(const source::SourceSet& sources, source::FileId file, Sink& sink) {
  const std::size_t errors = sink.count(diagnostics::Severity::error);
  Tree tree = syntax::parse(sources, file, sink);
  if (sink.count(diagnostics::Severity::error) != errors) return std::nullopt;
  source::SourceSet texts;
  std::string text(sources.text(file));
  source::FileId from = texts.add(std::string(sources.path(file)), text);
  for (int round = 0; round < most_rounds; ++round) {
    std::optional<std::string> next = once(texts, from, tree);
    if (next && *next == text) return text;
    Sink unheard;
    const source::FileId to = next ? texts.add(std::string(sources.path(file)), *next) : from;
    Tree reread = syntax::parse(texts, to, unheard);
    if (!next || unheard.has_errors() || !same(tree, reread)) {
      // A mistake of ours must not cost the writer a rule: the file stays as it is.
      assert(false && "the layout changed what a file says");
      return std::string(sources.text(file));
    }
    text = std::move(*next);
    from = to;
    tree = std::move(reread);
  }
  return text;
}

}  // namespace writ::format
