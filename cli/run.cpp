#include "cli/run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/arguments.hpp"
#include "cli/moments.hpp"
#include "language/packs.hpp"
#include "stdlib/functions/table.hpp"

namespace writ::cli {

using diagnostics::Code;
using language::Program;

namespace {

constexpr std::size_t most_threads = 1024;

// `--set ACC-07.grace=4 hours`: the setting, checked against the parameter's type.
void set_parameter(Session& session, Program& program, const std::string& text,
                   std::vector<language::ParamSetting>& settings) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    session.sink()
        .add(Code::invalid_argument, argument_place("--set", text, 0, text.size()),
             "`--set` takes a parameter and its value")
        .help("write it as `--set ACC-07.grace=\"4 hours\"`");
    return;
  }
  std::string name = text.substr(0, equals);
  while (!name.empty() && name.back() == ' ') name.pop_back();
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < program.params.size(); ++i) {
    const std::string& known = program.params[i].qualified_name;
    names.push_back(known);
    if (known != name) continue;
    const auto param = static_cast<language::ParamId>(i);
    const language::ExprId value =
        language::compile_setting(program, param, std::string_view(text).substr(equals + 1), session.sink());
    session.use(program.sources);
    if (value != language::ExprId::none) settings.push_back({param, value, program.expr(value).span});
    return;
  }
  auto& diagnostic = session.sink().add(Code::unknown_param, argument_place("--set", text, 0, name.size()),
                                        fmt::format("there is no parameter `{}`", name));
  const std::string_view nearest = diagnostics::nearest(name, names);
  if (!nearest.empty()) diagnostic.help(fmt::format("did you mean `{}`?", nearest));
}

// What each pack judges, by which values. False where something is wrong.
bool prepare_packs(Session& session, PreparedRun& run) {
  const engine::RunOptions& options = run.options;
  diagnostics::Sink& sink = session.sink();
  Program& program = run.program;
  // An id that no pack has is wrong; one that only some have leaves the others out.
  const std::vector<language::CheckId> all = engine::chosen_checks(program, options.only, sink);
  if (sink.has_errors()) return false;
  for (std::size_t pack = 0; pack < std::max<std::size_t>(program.packs.size(), 1); ++pack) {
    PackRun part;
    part.options = options;
    if (program.packs.empty()) {
      part.checks = all;
      for (std::uint32_t id = 0; id < program.waivers.size(); ++id) {
        if (!program.waivers[id].of_test) part.options.waivers.push_back(static_cast<language::WaiverId>(id));
      }
    } else {
      part.pack = pack;
      part.options.waivers = program.packs[pack].waivers;
      enter_pack(program, pack);
      diagnostics::Sink unsaid;
      part.checks = engine::chosen_checks(program, options.only, unsaid);
      if (part.checks.empty()) continue;
      select(program, part.checks);
    }
    if (program.packs.empty()) select(program, part.checks);
    part.parameters = engine::bind_parameters(program, part.options, functions::kernels(), run.arena, sink);
    run.packs.push_back(std::move(part));
  }
  // Evidence is read once, for all of them.
  if (run.packs.size() > 1) {
    enter_all_packs(program);
    select(program, all);
  }
  return !sink.has_errors();
}

}  // namespace

void RunArguments::configure(CLI::App& app) {
  app.add_option("PACK", packs, "Folder or file of rules; several are taken together")->option_text("PATH...");
  app.add_option("-f,--facts", facts, "Evidence: folders, files, or - for standard input")->option_text("PATH...");
  app.add_option("--now", now, "The moment to judge at, a day or an instant; else the clock's")->option_text("T");
  app.add_option("--period", period, "The audited period, its first and last day; else the 12 months before now")
      ->option_text("A..B");
  app.add_option("--set", settings, "A parameter's value; goes before what a pack sets")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--collected-at", collected_at, "When evidence without a date of its own was collected")
      ->option_text("T");
  app.add_option("--threads", threads, "Threads to use; else one a processor")->option_text("N");
}

bool set_clock(Session& session, const RunArguments& arguments, PreparedRun& run) {
  diagnostics::Sink& sink = session.sink();
  run.now_from_clock = arguments.now.empty();
  const auto now = arguments.now.empty() ? clock_now() : parse_moment("--now", arguments.now, sink);
  if (now) run.options.now = *now;
  const auto period = arguments.period.empty() ? year_before(now.value_or(types::Timestamp{}))
                                               : parse_period("--period", arguments.period, sink);
  if (period) {
    run.options.period_start = period->start;
    run.options.period_end = period->end;
  }
  return now && period;
}

facts::IngestOptions ingest_options(Session& session, const RunArguments& arguments, PreparedRun& run) {
  facts::IngestOptions ingest;
  if (!arguments.collected_at.empty()) {
    ingest.collected_at = parse_moment("--collected-at", arguments.collected_at, session.sink());
  }
  if (!arguments.threads.empty()) {
    const auto threads = parse_number("--threads", arguments.threads, 1, most_threads, session.sink());
    run.options.threads = static_cast<unsigned>(threads.value_or(1));
    ingest.threads = run.options.threads;
  }
  return ingest;
}

void apply_settings(Session& session, const RunArguments& arguments, Program& program,
                    std::vector<language::ParamSetting>& settings) {
  for (const std::string& setting : arguments.settings) set_parameter(session, program, setting, settings);
}

bool read_evidence(Session& session, const Program& program, const std::vector<std::string>& paths,
                   const facts::IngestOptions& options, facts::FactStore& store, bool& unreadable) {
  diagnostics::Sink found;
  std::vector<facts::FactInput> inputs = facts::find_files(paths, found);
  const bool any = !inputs.empty() && !found.has_errors();
  if (any) {
    store = facts::ingest(program, std::move(inputs), options, found);
    unreadable = found.has_errors();
  }
  session.take(found);
  return any;
}

void enter(Program& program, const PackRun& run) {
  if (run.pack) language::enter_pack(program, *run.pack);
  select(program, run.checks);
}

void select(Program& program, const std::vector<language::CheckId>& checks) {
  for (language::ControlDef& control : program.controls) control.selected = false;
  for (const language::CheckId check : checks) {
    program.controls[language::index(program.checks[language::index(check)].control)].selected = true;
  }
}

std::optional<PreparedRun> prepare(Session& session, const RunArguments& arguments,
                                   const std::vector<std::string>& only, ExitStatus& status) {
  status = ExitStatus::wrong;
  diagnostics::Sink& sink = session.sink();
  PreparedRun run;
  if (arguments.packs.empty()) {
    auto& diagnostic = sink.add(Code::invalid_argument, "no rules are named");
    if (arguments.facts.size() > 1) {
      diagnostic.help(fmt::format("`--facts` takes every path behind it; name the rules before it"));
    } else {
      diagnostic.help("name the folder of a pack before the options: `writ eval PACK --facts PATH`");
    }
  }
  if (arguments.facts.empty()) {
    sink.add(Code::invalid_argument, "no evidence is named")
        .help("name a folder or a file of it: `--facts PATH`, or `--facts -` for standard input");
  }
  set_clock(session, arguments, run);
  const facts::IngestOptions ingest = ingest_options(session, arguments, run);
  if (sink.has_errors()) return std::nullopt;

  auto rules = load_rules(session, arguments.packs);
  if (!rules || !rules->sound) return std::nullopt;
  run.program = std::move(rules->program);
  apply_settings(session, arguments, run.program, run.options.settings);
  if (sink.has_errors()) return std::nullopt;
  run.options.only = only;
  if (!prepare_packs(session, run)) return std::nullopt;

  status = ExitStatus::inconclusive;
  if (!read_evidence(session, run.program, arguments.facts, ingest, run.store, run.unreadable)) return std::nullopt;
  status = ExitStatus::well;
  return run;
}

}  // namespace writ::cli
