// The parser on any bytes: it always gives a tree whose places lie inside the text, and says something of each part
// that did not parse.
#include "language/syntax/parse.hpp"

#include "fuzz/invariants.hpp"

namespace {

using writ::fuzz::require;
using writ::fuzz::require_inside;

void check(const writ::source::SourceSet& sources, const writ::syntax::Tree& tree,
           const writ::diagnostics::Sink& sink) {
  using namespace writ::syntax;
  bool error = false;
  for (const Declaration& declaration : tree.declarations) {
    std::visit([&](const auto& decl) { require_inside(sources, decl.span); }, declaration);
    error = error || std::holds_alternative<ErrorDecl>(declaration);
  }
  for (const Expr& expr : tree.exprs) {
    require_inside(sources, expr.span);
    error = error || expr.kind == ExprKind::error;
    for (const ExprId operand : expr.operands) {
      require(operand == ExprId::none || static_cast<std::size_t>(operand) < tree.exprs.size(),
              "an operand is there");
    }
  }
  for (const TypeExpr& type : tree.types) {
    require_inside(sources, type.span);
    error = error || type.kind == TypeExprKind::error;
  }
  std::uint32_t end = 0;
  for (const Comment& comment : tree.comments) {
    require_inside(sources, comment.span);
    require(comment.span.begin >= end, "comments come in order");
    end = comment.span.end;
  }
  require(!error || sink.has_errors(), "what did not parse is reported");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  writ::source::SourceSet sources;
  const auto file = sources.add("input.writ", std::string(reinterpret_cast<const char*>(data), size));
  writ::diagnostics::Sink sink;
  const writ::syntax::Tree tree = writ::syntax::parse(sources, file, sink);
  check(sources, tree, sink);
  writ::fuzz::require_renders(sink, sources);
  return 0;
}
