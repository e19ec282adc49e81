#include "language/dependencies/graph.hpp"

#include <algorithm>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <deque>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "language/dependencies/walk.hpp"
#include "language/program.hpp"

namespace writ::dependencies {

using language::Expr;
using language::ExprId;
using language::ExprKind;
using language::index;
using language::Program;
using source::Span;

namespace {

std::uint32_t count(const Program& program, NodeKind kind) {
  switch (kind) {
    case NodeKind::entity:
    case NodeKind::relation:
      return static_cast<std::uint32_t>(program.entities.size());
    case NodeKind::function:
      return static_cast<std::uint32_t>(program.functions.size());
    case NodeKind::param:
      return static_cast<std::uint32_t>(program.params.size());
    case NodeKind::template_:
      return static_cast<std::uint32_t>(program.templates.size());
    case NodeKind::control:
      return static_cast<std::uint32_t>(program.controls.size());
    case NodeKind::check:
      return static_cast<std::uint32_t>(program.checks.size());
  }
  return 0;
}

// Relations are among the entities.
constexpr NodeKind kinds[] = {NodeKind::entity,    NodeKind::function, NodeKind::param,
                              NodeKind::template_, NodeKind::control,  NodeKind::check};

class Builder {
 public:
  explicit Builder(const Program& program) : program_(program), walk_(program), waivers_(program.checks.size()) {}

  Graph run() {
    for (const NodeKind kind : kinds) {
      for (std::uint32_t id = 0; id < count(program_, kind); ++id) {
        const bool relation = kind == NodeKind::entity && program_.entities[id].relation;
        boost::add_vertex(Node{relation ? NodeKind::relation : kind, id}, graph_);
      }
    }
    derivations_.resize(program_.entities.size());
    for (const language::DerivationDef& derivation : program_.derivations)
      derivations_[index(derivation.target)].push_back(&derivation);
    linked_from_.assign(boost::num_vertices(graph_), boost::graph_traits<Graph>::null_vertex());
    for (std::uint32_t id = 0; id < program_.entities.size(); ++id) entity(id);
    for (std::uint32_t id = 0; id < program_.functions.size(); ++id) function(id);
    for (std::uint32_t id = 0; id < program_.params.size(); ++id) param(id);
    for (std::uint32_t id = 0; id < program_.controls.size(); ++id) control(id);
    for (const language::WaiverDef& waiver : program_.waivers) {
      if (waiver.check && !waiver.of_test) waivers_[index(*waiver.check)].push_back(waiver.where);
    }
    for (std::uint32_t id = 0; id < program_.checks.size(); ++id) check(id);
    return std::move(graph_);
  }

 private:
  void from(NodeKind kind, std::uint32_t id) { from_ = vertex(program_, kind, id); }

  void link(NodeKind kind, std::uint32_t id, Span span) {
    const Vertex to = vertex(program_, kind, id);
    if (linked_from_[to] == from_) return;
    linked_from_[to] = from_;
    boost::add_edge(from_, to, Edge{span}, graph_);
  }

  void link_type(types::TypeId type, Span span) {
    entity_within(program_.types, type, [&](std::uint32_t entity) { link(NodeKind::entity, entity, span); });
  }

  void use(ExprId root) {
    walk_.run(root, [this](const Expr& expr) {
      if (expr.kind == ExprKind::all) link(NodeKind::entity, expr.ref, expr.span);
      if (expr.kind == ExprKind::call) link(NodeKind::function, expr.ref, expr.span);
      if (expr.kind == ExprKind::param) link(NodeKind::param, expr.ref, expr.span);
      link_type(expr.type, expr.span);
    });
  }

  void fields(const std::vector<language::FieldDef>& all) {
    for (const language::FieldDef& field : all) {
      link_type(field.type, field.name_span);
      use(field.default_value);
      record_within(field.type);
    }
  }

  // Nested records cannot refer to themselves, so this ends.
  void record_within(types::TypeId id) {
    const types::Type& type = program_.types.at(id);
    switch (type.kind) {
      case types::Kind::record:
        fields(program_.records[type.decl].fields);
        break;
      case types::Kind::list:
      case types::Kind::set:
      case types::Kind::optional:
        record_within(type.element);
        break;
      default:
        break;
    }
  }

  void entity(std::uint32_t id) {
    from(NodeKind::entity, id);
    fields(program_.entities[id].fields);
    for (const language::DerivationDef* derivation : derivations_[id])
      for_each_root(*derivation, [this](ExprId root) { use(root); });
  }

  void function(std::uint32_t id) {
    from(NodeKind::function, id);
    const language::FunctionDef& def = program_.functions[id];
    for (std::uint32_t i = 0; i < def.params && i < def.locals.size(); ++i) {
      link_type(def.locals[i].type, def.locals[i].span);
    }
    use(def.body);
  }

  void param(std::uint32_t id) {
    from(NodeKind::param, id);
    linked_from_[from_] = from_;  // a bound speaks of its own parameter
    use(program_.params[id].default_value);
    use(program_.params[id].bound);
  }

  void control(std::uint32_t id) {
    from(NodeKind::control, id);
    const language::ControlDef& def = program_.controls[id];
    for (const language::EvidenceDef& evidence : def.evidence) {
      link(NodeKind::entity, index(evidence.entity), evidence.span);
      use(evidence.within);
    }
    for (const language::ParamId param : def.params) {
      link(NodeKind::param, index(param), program_.params[index(param)].name_span);
    }
    for (const language::CheckId check : def.checks) {
      link(NodeKind::check, index(check), program_.checks[index(check)].name_span);
    }
  }

  void check(std::uint32_t id) {
    from(NodeKind::check, id);
    const language::CheckDef& def = program_.checks[id];
    if (def.from) link(NodeKind::template_, index(*def.from), *def.included_at);
    for_each_root(def, [this](ExprId root) { use(root); });
    for (const ExprId condition : waivers_[id]) use(condition);
  }

  const Program& program_;
  Walk walk_;
  Graph graph_;
  std::vector<std::vector<const language::DerivationDef*>> derivations_;  // by target
  std::vector<std::vector<ExprId>> waivers_;  // by check: the conditions of waivers of it
  Vertex from_ = 0;
  std::vector<Vertex> linked_from_;  // by vertex: the last one that was linked to it
};

using Calls = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

// The shortest way from a function of a cycle back to it, within its component. The function with the least id
// leads.
std::vector<std::uint32_t> shortest_cycle(const Calls& calls, const std::vector<std::size_t>& component,
                                          std::uint32_t start) {
  constexpr std::uint32_t unseen = 0xffffffff;
  std::vector<std::uint32_t> from(boost::num_vertices(calls), unseen);
  std::deque<std::uint32_t> open{start};
  while (!open.empty()) {
    const std::uint32_t at = open.front();
    open.pop_front();
    for (const auto edge : boost::make_iterator_range(boost::out_edges(at, calls))) {
      const auto to = static_cast<std::uint32_t>(boost::target(edge, calls));
      if (component[to] != component[start] || from[to] != unseen) continue;
      from[to] = at;
      if (to != start) {
        open.push_back(to);
        continue;
      }
      std::vector<std::uint32_t> cycle;
      for (std::uint32_t step = at; step != start; step = from[step]) cycle.push_back(step);
      cycle.push_back(start);
      std::reverse(cycle.begin(), cycle.end());
      return cycle;
    }
  }
  return {};
}

}  // namespace

Graph build(const Program& program) { return Builder(program).run(); }

Vertex vertex(const Program& program, NodeKind kind, std::uint32_t id) {
  if (kind == NodeKind::relation) kind = NodeKind::entity;
  Vertex first = 0;
  for (const NodeKind before : kinds) {
    if (before == kind) break;
    first += count(program, before);
  }
  return first + id;
}

std::vector<std::uint32_t> function_order(const Program& program, const Graph& graph,
                                          std::vector<std::uint32_t>& cycle) {
  cycle.clear();
  const auto functions = static_cast<std::uint32_t>(program.functions.size());
  Calls calls(functions);
  for (std::uint32_t id = 0; id < functions; ++id) {
    const Vertex caller = vertex(program, NodeKind::function, id);
    for (const auto edge : boost::make_iterator_range(boost::out_edges(caller, graph))) {
      const Node& used = graph[boost::target(edge, graph)];
      if (used.kind == NodeKind::function) boost::add_edge(id, used.id, calls);
    }
  }
  std::vector<std::size_t> component(functions);
  const std::size_t components = functions == 0
                                     ? 0
                                     : static_cast<std::size_t>(boost::strong_components(
                                           calls, boost::make_iterator_property_map(
                                                      component.begin(), boost::get(boost::vertex_index, calls))));
  std::vector<std::uint32_t> sizes(components, 0);
  for (const std::size_t number : component) ++sizes[number];
  for (std::uint32_t id = 0; id < functions; ++id) {
    if (sizes[component[id]] > 1 || boost::edge(id, id, calls).second) {
      cycle = shortest_cycle(calls, component, id);
      return {};
    }
  }
  // An edge goes from the caller to the called, so the order that Boost writes, the reverse one, is ours.
  std::vector<std::uint32_t> order;
  boost::topological_sort(calls, std::back_inserter(order));
  return order;
}

std::string name(const Program& program, Node node) {
  switch (node.kind) {
    case NodeKind::entity:
    case NodeKind::relation:
      return program.entities[node.id].name;
    case NodeKind::function:
      return program.functions[node.id].name;
    case NodeKind::param:
      return program.params[node.id].qualified_name;
    case NodeKind::template_:
      return program.templates[node.id].name;
    case NodeKind::control:
      return program.controls[node.id].id;
    case NodeKind::check:
      return program.checks[node.id].qualified_name;
  }
  return "";
}

}  // namespace writ::dependencies
