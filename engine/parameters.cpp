#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/eval/evaluator.hpp"
#include "engine/eval/run.hpp"
#include "engine/evaluate.hpp"
#include "language/dependencies/graph.hpp"
#include "language/dependencies/walk.hpp"
#include "language/packs.hpp"

namespace writ::engine {

using diagnostics::Code;
using facts::Value;
using language::ExprId;
using language::ParamId;
using language::Program;

namespace {

// Where a parameter's value comes from.
struct Source {
  ExprId value = ExprId::none;
  source::Span span;
};

// A value that outlives the run that computed it.
Value kept(const Value& value, facts::Arena& arena) {
  switch (value.kind) {
    case facts::ValueKind::text:
      return Value::of(arena.text(value.view()));
    case facts::ValueKind::network:
      return Value::of(arena.network(*value.network));
    case facts::ValueKind::values:
    case facts::ValueKind::range: {
      std::vector<Value> items;
      for (std::uint32_t i = 0; i < value.list->size; ++i) items.push_back(kept(value.list->items[i], arena));
      Value out = value;
      out.list = arena.list(items.data(), static_cast<std::uint32_t>(items.size()));
      return out;
    }
    default:
      return value;
  }
}

std::vector<Source> sources_of(const Program& program, const std::vector<language::ParamSetting>& settings) {
  std::vector<Source> sources(program.params.size());
  for (std::size_t i = 0; i < program.params.size(); ++i) {
    const auto& param = program.params[i];
    if (param.default_value != ExprId::none)
      sources[i] = {param.default_value, program.expr(param.default_value).span};
  }
  for (const auto* from : {&program.settings, &settings}) {
    for (const auto& setting : *from) sources[language::index(setting.param)] = {setting.value, setting.span};
  }
  return sources;
}

void tell_out_of_bounds(const Program& program, const language::ParamDef& param, const Source& source,
                        const Value& value, const facts::FactStore& nothing, diagnostics::Sink& sink) {
  sink.add(Code::param_out_of_bounds, source.span,
           fmt::format("`{}` is set to {}, which is outside its bound", param.qualified_name,
                       facts::to_text(value, param.type, program, nothing)),
           "set here")
      .label(program.expr(param.bound).span, "the bound")
      .note(fmt::format("the bound is `{}`", plan::source_text(program, param.bound)));
}

// Those of the selected controls that no pack leaves out.
std::vector<language::CheckId> selected_checks(const Program& program) {
  std::vector<language::CheckId> out;
  for (const language::ControlDef& control : program.controls) {
    if (!control.selected) continue;
    for (const language::CheckId check : control.checks) {
      if (!program.checks[language::index(check)].excluded) out.push_back(check);
    }
  }
  return out;
}

}  // namespace

std::vector<bool> used_parameters(const Program& program, const std::vector<language::CheckId>& checks,
                                  const std::vector<ExprId>& expressions) {
  using dependencies::NodeKind;
  std::vector<dependencies::Vertex> roots;
  std::vector<ExprId> walked = expressions;
  for (const language::CheckId check : checks) {
    const language::ControlId control = program.checks[language::index(check)].control;
    roots.push_back(dependencies::vertex(program, NodeKind::check, language::index(check)));
    // The control's own vertex would lead to its other checks.
    for (const language::EvidenceDef& evidence : program.controls[language::index(control)].evidence)
      walked.push_back(evidence.within);
  }
  dependencies::Walk walk(program);
  for (const ExprId root : walked) {
    walk.run(root, [&](const language::Expr& expr) {
      if (expr.kind == language::ExprKind::call)
        roots.push_back(dependencies::vertex(program, NodeKind::function, expr.ref));
      if (expr.kind == language::ExprKind::param)
        roots.push_back(dependencies::vertex(program, NodeKind::param, expr.ref));
    });
  }
  const std::vector<bool> seen = dependencies::reachable(program.graph->value, roots);
  std::vector<bool> used(program.params.size());
  for (std::uint32_t p = 0; p < used.size(); ++p) used[p] = seen[dependencies::vertex(program, NodeKind::param, p)];
  return used;
}

std::vector<Value> bind_parameters(const Program& program, const RunOptions& options, facts::KernelTable kernels,
                                   facts::Arena& arena, diagnostics::Sink& sink) {
  return bind_parameters(program, plan::lower(program), used_parameters(program, selected_checks(program), {}),
                         options, kernels, arena, sink);
}

std::vector<Value> bind_parameters(const Program& program, const plan::Plan& plan, const std::vector<bool>& needed,
                                   const RunOptions& options, facts::KernelTable kernels, facts::Arena& arena,
                                   diagnostics::Sink& sink) {
  const std::vector<Source> sources = sources_of(program, options.settings);
  facts::FactStore nothing;
  nothing.entities.resize(program.entities.size());
  const facts::CallContext clock = clock_of(options);
  std::vector<Value> values(program.params.size());
  // Values are constants: they need no facts and no other parameter.
  eval::Run constants(program, plan, nothing, kernels, values, clock);
  for (std::size_t i = 0; i < program.params.size(); ++i) {
    const auto& param = program.params[i];
    if (sources[i].value != ExprId::none) {
      values[i] = kept(constants.constant(sources[i].value), arena);
      if (values[i].is_error()) {
        sink.add(Code::param_out_of_bounds, sources[i].span,
                 fmt::format("the value of `{}` cannot be computed", param.qualified_name));
      }
    } else if (needed[i]) {
      auto& diagnostic = sink.add(Code::param_unset, param.name_span,
                                  fmt::format("the parameter `{}` has no value", param.qualified_name),
                                  "declared here without a default");
      if (param.included_at) diagnostic.label(*param.included_at, "the template is included here");
      // Of several packs it is not plain which one is meant.
      if (program.entered && program.packs.size() > 1) {
        const language::PackDef& pack = program.packs[language::index(*program.entered)];
        diagnostic.label(pack.name_span, fmt::format("`{}` does not set it", pack.name));
      }
      diagnostic.help(fmt::format("set it in the pack: `set {} = …`, or on the command line: `--set {}=…`",
                                  param.qualified_name, param.qualified_name));
    }
  }
  eval::Run bounds(program, plan, nothing, kernels, values, clock);
  for (std::size_t i = 0; i < program.params.size(); ++i) {
    const auto& param = program.params[i];
    if (param.bound == ExprId::none || sources[i].value == ExprId::none || values[i].is_error()) continue;
    if (bounds.constant(param.bound).is_true()) continue;
    tell_out_of_bounds(program, param, sources[i], values[i], nothing, sink);
  }
  return values;
}

void check_bounds(Program& program, facts::KernelTable kernels, diagnostics::Sink& sink) {
  const plan::Plan plan = plan::lower(program);
  facts::FactStore nothing;
  nothing.entities.resize(program.entities.size());
  facts::Arena arena;
  std::set<std::pair<std::size_t, ExprId>> told;  // a default stands in every pack
  for (std::size_t pack = 0; pack < std::max<std::size_t>(program.packs.size(), 1); ++pack) {
    if (!program.packs.empty()) language::enter_pack(program, pack);
    const std::vector<Source> sources = sources_of(program, {});
    std::vector<Value> values(program.params.size());
    eval::Run constants(program, plan, nothing, kernels, values, {});
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (sources[i].value != ExprId::none) values[i] = kept(constants.constant(sources[i].value), arena);
    }
    eval::Run bounds(program, plan, nothing, kernels, values, {});
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const auto& param = program.params[i];
      const bool known =
          param.bound != ExprId::none && values[i].kind != facts::ValueKind::missing && !values[i].is_error();
      if (!known || bounds.constant(param.bound).is_true()) continue;
      if (told.emplace(i, sources[i].value).second)
        tell_out_of_bounds(program, param, sources[i], values[i], nothing, sink);
    }
  }
  if (program.packs.size() > 1) language::enter_all_packs(program);
}

}  // namespace writ::engine
