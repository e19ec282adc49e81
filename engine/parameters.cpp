#include <fmt/format.h>

#include "engine/eval/evaluator.hpp"
#include "engine/eval/run.hpp"
#include "engine/evaluate.hpp"
#include "language/dependencies/graph.hpp"

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

// The parameters that the selected controls depend on.
std::vector<bool> needed_parameters(const Program& program) {
  using dependencies::NodeKind;
  std::vector<bool> seen(boost::num_vertices(program.graph->value));
  std::vector<dependencies::Vertex> open;
  const auto visit = [&](dependencies::Vertex vertex) {
    if (seen[vertex]) return;
    seen[vertex] = true;
    open.push_back(vertex);
  };
  for (std::uint32_t c = 0; c < program.controls.size(); ++c) {
    if (!program.controls[c].selected) continue;
    visit(dependencies::vertex(program, NodeKind::control, c));
    for (const language::CheckId check : program.controls[c].checks) {
      visit(dependencies::vertex(program, NodeKind::check, language::index(check)));
    }
  }
  while (!open.empty()) {
    const dependencies::Vertex vertex = open.back();
    open.pop_back();
    for (auto [edge, end] = boost::out_edges(vertex, program.graph->value); edge != end; ++edge)
      visit(boost::target(*edge, program.graph->value));
  }
  std::vector<bool> needed(program.params.size());
  for (std::uint32_t p = 0; p < needed.size(); ++p)
    needed[p] = seen[dependencies::vertex(program, NodeKind::param, p)];
  return needed;
}

}  // namespace

std::vector<Value> bind_parameters(const Program& program, const RunOptions& options, facts::KernelTable kernels,
                                   facts::Arena& arena, diagnostics::Sink& sink) {
  std::vector<Source> sources(program.params.size());
  for (std::size_t i = 0; i < program.params.size(); ++i) {
    const auto& param = program.params[i];
    if (param.default_value != ExprId::none)
      sources[i] = {param.default_value, program.expr(param.default_value).span};
  }
  for (const auto* settings : {&program.settings, &options.settings}) {
    for (const auto& setting : *settings) sources[language::index(setting.param)] = {setting.value, setting.span};
  }
  const plan::Plan plan = plan::lower(program);
  facts::FactStore nothing;
  nothing.entities.resize(program.entities.size());
  const facts::CallContext clock{options.now, types::date_of(options.now), options.period_start, options.period_end,
                                 nullptr};
  std::vector<Value> values(program.params.size());
  const std::vector<bool> needed = needed_parameters(program);
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
      sink.add(Code::param_unset, param.name_span,
               fmt::format("the parameter `{}` has no value", param.qualified_name),
               "declared here without a default")
          .help(fmt::format("set it in the pack: `set {} = …`, or on the command line: `--set {}=…`",
                            param.qualified_name, param.qualified_name));
    }
  }
  eval::Run bounds(program, plan, nothing, kernels, values, clock);
  for (std::size_t i = 0; i < program.params.size(); ++i) {
    const auto& param = program.params[i];
    if (param.bound == ExprId::none || sources[i].value == ExprId::none || values[i].is_error()) continue;
    if (bounds.constant(param.bound).is_true()) continue;
    sink.add(Code::param_out_of_bounds, sources[i].span,
             fmt::format("`{}` is set to {}, which is outside its bound", param.qualified_name,
                         facts::to_text(values[i], param.type, program, nothing)),
             "set here")
        .label(program.expr(param.bound).span, "the bound")
        .note(fmt::format("the bound is `{}`", plan::source_text(program, param.bound)));
  }
  return values;
}

}  // namespace writ::engine
