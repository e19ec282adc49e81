#include "running.hpp"

#include <fmt/format.h>

#include "language/compile.hpp"
#include "language/diagnostics/render.hpp"
#include "stdlib/functions/table.hpp"

namespace writ::tests::test {

const std::string_view world = R"(
enum Colour { red, green, blue }
entity Team {
  country: String key
  number:  Int    key
  name:    String
  members: Person via team
}
entity Person {
  id:    String key
  name:  String
  boss:  Person?
  lead:  Person
  team:  Team?
  born:  Date
  left:  Date?
  tags:  Set<Colour>
  notes: List<{ text: String, by: Person?, on: Date }> = []
  place: { city: String?, country: String }
  rank:  Int = 3
  team_mates: Person via boss
}
entity Event { what: String }
entity Round { on: Date key  number: Int key }

fn is_old(p: Person): Bool = p.born < 1990-01-01
fn grade(p: Person): Int = if p.rank > 5 then 2 else 1

control T-1 "One" {
  param least: Int = 2 where least >= 1
  check ranked "r" {
    for p in Person where p.left is missing
    require p.rank >= least else "{p.name} has {p.rank}"
  }
  check same_boss "b" {
    for p in Person
    require no q in Person where q.boss == p.boss and q.id != p.id and q.born == 2000-01-01
      else "{p.id} shares {p.name}"
  }
  check pairs "p" {
    for p in Person, q in Person where p.boss is present and p.boss == q
    require p.rank < q.rank else "{p.id} outranks {q.id}"
  }
  check some_event "e" {
    require some e in Event where e.what == "x" else "no x"
  }
}
)";

namespace {

struct Compiled {
  language::Program program;
  diagnostics::Sink sink;
};

Compiled compile(std::string_view text) {
  Compiled out;
  language::CompileInput input;
  input.texts.push_back({"rules.writ", std::string(world) + std::string(text)});
  input.functions = functions::table();
  out.program = language::compile(std::move(input), out.sink);
  return out;
}

TestRun run_all(const language::Program& program, bool coverage) {
  std::vector<std::uint32_t> chosen(program.tests.size());
  for (std::uint32_t i = 0; i < chosen.size(); ++i) chosen[i] = i;
  return run_tests(program, functions::kernels(), chosen, {0, coverage});
}

}  // namespace

std::string outcome(std::string_view text) {
  const Compiled compiled = compile(text);
  if (compiled.sink.has_errors()) return diagnostics::render_text(compiled.sink, *compiled.program.sources, {});
  std::string out;
  for (const TestResult& result : run_all(compiled.program, false).results) {
    if (!out.empty()) out += '\n';
    out += spelling(result.status);
    std::string separator = ": ";
    for (const ExpectationResult& expectation : result.expectations) {
      if (expectation.met) continue;
      out += separator + expectation.found;
      separator = " | ";
    }
    for (const Fault& fault : result.faults) {
      out += separator + fault.message;
      separator = " | ";
    }
  }
  return out;
}

std::string observed(std::string_view text, std::string_view part) {
  const Compiled compiled = compile(text);
  if (compiled.sink.has_errors()) return diagnostics::render_text(compiled.sink, *compiled.program.sources, {});
  const TestRun run = run_all(compiled.program, true);
  std::string out;
  for (const Condition& condition : conditions(compiled.program, run.observed, {source::FileId{}})) {
    const std::string_view source = compiled.program.sources->text(condition.span);
    if (source.find(part) == std::string_view::npos) continue;
    out += fmt::format("{}{} {}/{}", out.empty() ? "" : "\n", source, condition.held, condition.broke);
  }
  return out;
}

std::string codes(std::string_view text) {
  std::string out;
  const Compiled compiled = compile(text);
  for (const diagnostics::Diagnostic& diagnostic : compiled.sink.all()) {
    if (diagnostic.severity != diagnostics::Severity::error) continue;
    out += (out.empty() ? "" : " ") + std::string(diagnostics::slug(diagnostic.code));
  }
  return out;
}

}  // namespace writ::tests::test
