// The whole front end on any text, beside the standard library. What compiles is sound, and can be evaluated
// without evidence: then every check that reads something lacks it. Files are told apart by a line `---- file`.
#include "language/compile.hpp"

#include <string_view>

#include "engine/evaluate.hpp"
#include "engine/facts/ingest.hpp"
#include "fuzz/invariants.hpp"
#include "language/dependencies/graph.hpp"
#include "stdlib/functions/table.hpp"
#include "stdlib/modules.hpp"

namespace {

using writ::fuzz::require;
using writ::language::Program;

std::vector<writ::language::SourceText> files_of(std::string_view text) {
  constexpr std::string_view mark = "---- file\n";
  std::vector<writ::language::SourceText> out;
  for (;;) {
    const std::size_t end = text.find(mark);
    out.push_back({"input" + std::to_string(out.size()) + ".writ", std::string(text.substr(0, end))});
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + mark.size());
  }
}

void check_sound(const Program& program) {
  for (const writ::language::Expr& expr : program.exprs) {
    require(expr.kind != writ::language::ExprKind::error, "a sound program has no failed expression");
    require(program.types.kind(expr.type) != writ::types::Kind::error, "a sound program has no unknown type");
    writ::fuzz::require_inside(*program.sources, expr.span);
  }
  require(nlohmann::json::accept(writ::dependencies::to_json(program)), "the graph as JSON is JSON");
  require(!writ::dependencies::to_dot(program).empty(), "the graph can be drawn");
}

void evaluate_without_evidence(const Program& program) {
  using writ::verdict::Verdict;
  writ::diagnostics::Sink sink;
  auto store = writ::facts::ingest(program, {}, {}, sink);
  writ::engine::RunOptions options;
  options.threads = 1;
  const auto verdicts = writ::engine::evaluate(program, store, writ::functions::kernels(), options, sink);
  const auto reads = writ::dependencies::reads_of_checks(program);
  for (const auto& control : verdicts.controls) {
    for (const auto& check : control.checks) {
      const bool reads_something = !reads[writ::language::index(check.check)].entities.empty();
      require(!reads_something || check.verdict == Verdict::no_evidence, "without evidence nothing is decided");
    }
  }
  writ::fuzz::require_renders(sink, *program.sources);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  writ::language::CompileInput input;
  input.texts = files_of({reinterpret_cast<const char*>(data), size});
  input.library = writ::stdlib::modules();
  input.functions = writ::functions::table();
  writ::diagnostics::Sink sink;
  const Program program = writ::language::compile(std::move(input), sink);
  writ::fuzz::require_renders(sink, *program.sources);
  if (sink.has_errors()) return 0;
  check_sound(program);
  evaluate_without_evidence(program);
  return 0;
}
