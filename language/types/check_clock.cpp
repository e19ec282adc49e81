// Which expressions depend on the moment of the run.
#include "language/dependencies/walk.hpp"
#include "language/types/check_test.hpp"

namespace writ::types {

using language::ExprKind;

ClockFinder::ClockFinder(const language::Program& program) : program_(program) {
  functions_.resize(program.functions.size());
}

void ClockFinder::find(ExprId root, ClockReads& into) {
  const auto note = [](std::optional<Span>& place, std::optional<Span> at) {
    if (!place) place = at;
  };
  dependencies::Walk(program_).run(root, [&](const language::Expr& expr) {
    switch (expr.kind) {
      case ExprKind::now:
      case ExprKind::today:
        note(into.now, expr.span);
        return;
      case ExprKind::period:
        note(into.period, expr.span);
        return;
      case ExprKind::builtin:
        if (program_.builtins[expr.ref].reads_clock) note(into.now, expr.span);
        return;
      case ExprKind::call: {
        const ClockReads& reads = of_function(expr.ref);
        note(into.now, reads.now);
        note(into.period, reads.period);
        return;
      }
      default:
        return;
    }
  });
}

// Functions do not recurse in a program without errors; one that does is taken to read nothing.
const ClockReads& ClockFinder::of_function(std::uint32_t function) {
  if (!functions_[function]) {
    functions_[function] = ClockReads{};
    ClockReads reads;
    find(program_.functions[function].body, reads);
    functions_[function] = reads;
  }
  return *functions_[function];
}

}  // namespace writ::types
