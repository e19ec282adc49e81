#include "engine/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/derive/derive.hpp"
#include "engine/derive/records.hpp"
#include "engine/verdict/decide.hpp"
#include "engine/verdict/evidence_state.hpp"
#include "engine/verdict/findings.hpp"
#include "engine/verdict/members.hpp"

namespace writ::engine {

using diagnostics::Code;
using facts::Value;
using language::CheckId;
using language::Program;

std::vector<CheckId> chosen_checks(const Program& program, const std::vector<std::string>& only,
                                   diagnostics::Sink& sink) {
  std::vector<std::string_view> names;
  for (const auto& control : program.controls) {
    if (!control.selected) continue;
    names.push_back(control.id);
    for (const CheckId check : control.checks)
      names.push_back(program.checks[language::index(check)].qualified_name);
  }
  for (const std::string& wanted : only) {
    if (std::find(names.begin(), names.end(), wanted) != names.end()) continue;
    auto& diagnostic = sink.add(Code::unknown_control, fmt::format("there is no control or check `{}`", wanted));
    const std::string_view nearest = diagnostics::nearest(wanted, names);
    if (!nearest.empty()) {
      diagnostic.help(fmt::format("did you mean `{}`?", nearest));
    } else {
      diagnostic.help("`writ check` lists what a pack holds");
    }
  }
  std::vector<CheckId> out;
  for (const auto& control : program.controls) {
    if (!control.selected) continue;
    for (const CheckId check : control.checks) {
      const auto wanted = [&](const std::string& name) {
        return name == control.id || name == program.checks[language::index(check)].qualified_name;
      };
      if (only.empty() || std::any_of(only.begin(), only.end(), wanted)) out.push_back(check);
    }
  }
  if (out.empty() && !sink.has_errors()) {
    sink.add(Code::no_controls, "there is no control to evaluate")
        .help(
            "a pack takes controls from the library with `include soc2.access`, or declares its own with `control "
            "ID \"…\" { … }`");
  }
  return out;
}

facts::CallContext clock_of(const RunOptions& options) {
  return {options.now, types::date_of(options.now), options.period_start, options.period_end, nullptr};
}

std::vector<Undecided> undecided_checks(const Program& program, facts::FactStore& store, facts::KernelTable kernels,
                                        const RunOptions& options, const std::vector<CheckId>& checks) {
  facts::Arena arena;
  diagnostics::Sink unset;
  std::vector<Value> params = bind_parameters(program, options, kernels, arena, unset);
  const plan::Plan plan = plan::lower(program);
  derive::derive_records(program, plan, store, kernels, clock_of(options));
  eval::Run run(program, plan, store, kernels, std::move(params), clock_of(options));
  const std::vector<dependencies::Reads> reads = dependencies::reads_of_checks(program);
  std::vector<Undecided> out;
  for (const CheckId check : checks) {
    verdict::EvidenceState state = verdict::evidence_state(run, reads[language::index(check)], check);
    if (state.sound()) continue;
    const auto verdict = state.errors ? verdict::Verdict::error : verdict::Verdict::no_evidence;
    out.push_back({check, verdict, std::move(state.reasons)});
  }
  return out;
}

std::vector<CheckId> evaluable_checks(const Program& program, const facts::FactStore& store,
                                      const std::vector<dependencies::Reads>& reads, std::vector<CheckId> checks) {
  std::erase_if(checks, [&](CheckId check) {
    const auto& entities = reads[language::index(check)].entities;
    return program.checks[language::index(check)].excluded ||
           !std::all_of(entities.begin(), entities.end(), [&](std::uint32_t entity) {
             return store.entities[entity].supplied && !store.entities[entity].broken;
           });
  });
  return checks;
}

verdict::Verdicts evaluate(const Program& program, facts::FactStore& store, facts::KernelTable kernels,
                           const RunOptions& options, diagnostics::Sink& sink) {
  const std::vector<CheckId> checks = chosen_checks(program, options.only, sink);
  facts::Arena arena;
  std::vector<Value> params = bind_parameters(program, options, kernels, arena, sink);
  if (sink.has_errors()) return {};
  const plan::Plan plan = plan::lower(program);
  derive::derive_records(program, plan, store, kernels, clock_of(options));
  eval::Run run(program, plan, store, kernels, std::move(params), clock_of(options));
  const std::vector<dependencies::Reads> reads = dependencies::reads_of_checks(program);
  derive::derive_for(run, store, reads, evaluable_checks(program, store, reads, checks));
  return verdict::decide(run, checks, {options.threads, options.max_explained, options.waivers});
}

std::vector<verdict::MemberTrace> explain_members(const Program& program, facts::FactStore& store,
                                                  facts::KernelTable kernels, const RunOptions& options,
                                                  CheckId check, std::string_view key, diagnostics::Sink& sink) {
  facts::Arena arena;
  std::vector<Value> params = bind_parameters(program, options, kernels, arena, sink);
  if (sink.has_errors()) return {};
  const plan::Plan plan = plan::lower(program);
  derive::derive_records(program, plan, store, kernels, clock_of(options));
  eval::Run run(program, plan, store, kernels, std::move(params), clock_of(options));
  const std::vector<dependencies::Reads> reads = dependencies::reads_of_checks(program);
  derive::derive(run, store, derive::relations_of(reads, evaluable_checks(program, store, reads, {check})));
  return verdict::trace_members(run, check, key);
}

}  // namespace writ::engine
