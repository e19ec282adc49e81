// Parses a snippet and gives the tree and the diagnostics as text.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "language/diagnostics/render.hpp"
#include "language/syntax/parse.hpp"
#include "tests/support/dump_tree.hpp"

namespace writ::tests {

class Snippet {
 public:
  explicit Snippet(std::string text)
      : file_(sources_.add("test.writ", std::move(text))), tree_(syntax::parse(sources_, file_, sink_)) {}

  const syntax::Tree& tree() const { return tree_; }
  const diagnostics::Sink& sink() const { return sink_; }
  const source::SourceSet& sources() const { return sources_; }
  std::string_view text() const { return sources_.text(file_); }
  std::string_view text(source::Span span) const { return sources_.text(span); }

  std::string dumped() const { return dump(tree_); }

  // `line:column slug: message`, one a line, with the fix in brackets where there is one.
  std::string diagnosed() const {
    std::string out;
    for (const diagnostics::Diagnostic& d : sink_.all()) {
      const auto place = sources_.line_column(file_, d.labels.at(0).span.begin);
      out += fmt::format("{}:{} {}: {}", place.line, place.column, diagnostics::slug(d.code), d.message);
      if (!d.fixes.empty()) out += " [" + d.fixes.front().title + "]";
      out += '\n';
    }
    return out;
  }

 private:
  source::SourceSet sources_;
  diagnostics::Sink sink_;
  source::FileId file_;
  syntax::Tree tree_;
};

// The expression `text`, dumped; its diagnostics where it has any.
inline std::string expression(std::string_view text) {
  const Snippet snippet(fmt::format("fn f(): T = {}\n", text));
  if (!snippet.sink().all().empty()) return snippet.diagnosed();
  const std::string dumped = snippet.dumped();
  constexpr std::string_view head = "fn f(): T = ";
  return dumped.substr(head.size(), dumped.size() - head.size() - 1);
}

// What is said about the expression `text`: the messages alone.
inline std::string complaint(std::string_view text) {
  const Snippet snippet(fmt::format("fn f(): T = {}\n", text));
  std::string out;
  for (const diagnostics::Diagnostic& d : snippet.sink().all()) {
    if (!out.empty()) out += " | ";
    out += d.message;
    if (!d.fixes.empty()) out += " [" + d.fixes.front().title + "]";
  }
  return out;
}

}  // namespace writ::tests
