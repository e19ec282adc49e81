// Functions may not call themselves: each group of functions that do is reported once, with one cycle, edge by
// edge.
#include <fmt/format.h>

#include <boost/graph/strong_components.hpp>
#include <deque>
#include <map>

#include "language/dependencies/graph.hpp"
#include "language/types/check_declaration.hpp"

namespace writ::types {

using dependencies::Graph;
using dependencies::NodeKind;
using dependencies::Vertex;
using diagnostics::Code;

namespace {

struct Call {
  Vertex to{};
  Span span;
};

std::vector<Call> calls_within(const Graph& graph, Vertex from, const std::vector<std::size_t>& component) {
  std::vector<Call> calls;
  for (auto [edge, end] = boost::out_edges(from, graph); edge != end; ++edge) {
    const Vertex to = boost::target(*edge, graph);
    if (graph[to].kind == NodeKind::function && component[to] == component[from])
      calls.push_back({to, graph[*edge].span});
  }
  return calls;
}

// The shortest way from a function back to itself, as the calls on it.
std::vector<std::pair<Vertex, Call>> cycle_from(const Graph& graph, Vertex start,
                                                const std::vector<std::size_t>& component) {
  std::map<Vertex, std::pair<Vertex, Call>> reached_by;
  std::deque<Vertex> open{start};
  while (!open.empty()) {
    const Vertex from = open.front();
    open.pop_front();
    for (const Call& call : calls_within(graph, from, component)) {
      if (!reached_by.emplace(call.to, std::pair{from, call}).second) continue;
      if (call.to == start) {
        std::vector<std::pair<Vertex, Call>> cycle;
        Vertex at = start;
        do {
          const auto& step = reached_by.at(at);
          cycle.insert(cycle.begin(), step);
          at = step.first;
        } while (at != start);
        return cycle;
      }
      open.push_back(call.to);
    }
  }
  return {};
}

}  // namespace

void check_recursion(Checking& checking) {
  const Graph& graph = checking.program.graph->value;
  std::vector<std::size_t> component(boost::num_vertices(graph));
  if (component.empty()) return;
  boost::strong_components(graph, component.data());
  std::vector<bool> reported(component.size(), false);
  for (std::uint32_t id = 0; id < checking.program.functions.size(); ++id) {
    const Vertex start = dependencies::vertex(checking.program, NodeKind::function, id);
    if (reported[component[start]]) continue;
    const auto cycle = cycle_from(graph, start, component);
    if (cycle.empty()) continue;
    reported[component[start]] = true;
    const auto name = [&](Vertex vertex) { return checking.program.functions[graph[vertex].id].name; };
    std::string through;
    for (std::size_t i = 1; i < cycle.size(); ++i)
      through += fmt::format("{}`{}`", i == 1 ? " through " : ", ", name(cycle[i].first));
    auto& diagnostic = checking.sink.add(
        Code::recursive_function, cycle[0].second.span, fmt::format("`{}` calls itself{}", name(start), through),
        fmt::format("`{}` calls `{}` here", name(start), name(cycle[0].second.to)));
    for (std::size_t i = 1; i < cycle.size(); ++i) {
      diagnostic.label(cycle[i].second.span,
                       fmt::format("`{}` calls `{}` here", name(cycle[i].first), name(cycle[i].second.to)));
    }
    diagnostic.note("evaluation must always end, so a function may not call itself");
  }
}

}  // namespace writ::types
