// The dependency graph for people and tools: DOT, Mermaid, JSON. Vertices are sorted by kind, then name, and edges
// by their ends, so that equal programs give equal bytes.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "language/dependencies/graph.hpp"
#include "language/program.hpp"

namespace writ::dependencies {

using language::Program;

namespace {

std::string_view spelling(NodeKind kind) {
  switch (kind) {
    case NodeKind::entity:
      return "entity";
    case NodeKind::relation:
      return "rule";
    case NodeKind::function:
      return "function";
    case NodeKind::param:
      return "param";
    case NodeKind::template_:
      return "template";
    case NodeKind::control:
      return "control";
    case NodeKind::check:
      return "check";
  }
  return "";
}

std::string_view module_of(const Program& program, Node node) {
  switch (node.kind) {
    case NodeKind::entity:
    case NodeKind::relation:
      return program.entities[node.id].module;
    case NodeKind::function:
      return program.functions[node.id].module;
    case NodeKind::template_:
      return program.templates[node.id].module;
    case NodeKind::control:
      return program.controls[node.id].module;
    case NodeKind::param:
    case NodeKind::check:
      return "";
  }
  return "";
}

struct SortedEdge {
  std::uint32_t from = 0;  // in SortedGraph::vertices
  std::uint32_t to = 0;
  source::Span span;
};

struct SortedGraph {
  std::vector<Node> vertices;
  std::vector<std::string> names;
  std::vector<SortedEdge> edges;
};

SortedGraph sorted(const Program& program, const std::vector<bool>& wanted) {
  const Graph& graph = program.graph->value;
  const auto is_wanted = [&wanted](Vertex vertex) { return wanted.empty() || wanted[vertex]; };
  std::vector<Vertex> order;
  std::vector<std::string> names;
  for (const Vertex vertex : boost::make_iterator_range(boost::vertices(graph))) {
    if (is_wanted(vertex)) order.push_back(vertex);
    names.push_back(name(program, graph[vertex]));
  }
  const auto key = [&](Vertex vertex) {
    const Node& node = graph[vertex];
    return std::tuple<NodeKind, std::string_view, std::string_view, std::uint32_t>(
        node.kind, names[vertex], module_of(program, node), node.id);
  };
  std::sort(order.begin(), order.end(), [&](Vertex a, Vertex b) { return key(a) < key(b); });

  SortedGraph out;
  std::vector<std::uint32_t> place(names.size());
  for (const Vertex vertex : order) {
    place[vertex] = static_cast<std::uint32_t>(out.vertices.size());
    out.vertices.push_back(graph[vertex]);
    out.names.push_back(names[vertex]);
  }
  for (const auto edge : boost::make_iterator_range(boost::edges(graph))) {
    if (!is_wanted(boost::source(edge, graph)) || !is_wanted(boost::target(edge, graph))) continue;
    out.edges.push_back({place[boost::source(edge, graph)], place[boost::target(edge, graph)], graph[edge].span});
  }
  std::sort(out.edges.begin(), out.edges.end(), [](const SortedEdge& a, const SortedEdge& b) {
    return std::tie(a.from, a.to) < std::tie(b.from, b.to);
  });
  return out;
}

std::string dot_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

// Mermaid has entity codes where other languages have escapes.
std::string mermaid_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "#quot;";
        break;
      case '#':
        out += "#35;";
        break;
      case '&':
        out += "#amp;";
        break;
      case '<':
        out += "#lt;";
        break;
      case '>':
        out += "#gt;";
        break;
      case '`':
        out += "#96;";
        break;
      case '\n':
        out += ' ';
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string_view dot_shape(NodeKind kind) {
  switch (kind) {
    case NodeKind::entity:
      return "cylinder";
    case NodeKind::relation:
      return "parallelogram";
    case NodeKind::function:
      return "ellipse";
    case NodeKind::param:
      return "hexagon";
    case NodeKind::template_:
      return "folder";
    case NodeKind::control:
      return "box3d";
    case NodeKind::check:
      return "box";
  }
  return "box";
}

std::pair<std::string_view, std::string_view> mermaid_shape(NodeKind kind) {
  switch (kind) {
    case NodeKind::entity:
      return {"[(", ")]"};
    case NodeKind::relation:
      return {"[/", "/]"};
    case NodeKind::function:
      return {"([", "])"};
    case NodeKind::param:
      return {"{{", "}}"};
    case NodeKind::template_:
      return {"[/", "/]"};
    case NodeKind::control:
      return {"[[", "]]"};
    case NodeKind::check:
      return {"[", "]"};
  }
  return {"[", "]"};
}

}  // namespace

std::vector<bool> reachable(const Graph& graph, const std::vector<Vertex>& roots) {
  std::vector<bool> seen(boost::num_vertices(graph));
  std::vector<Vertex> open;
  const auto visit = [&](Vertex vertex) {
    if (seen[vertex]) return;
    seen[vertex] = true;
    open.push_back(vertex);
  };
  for (const Vertex root : roots) visit(root);
  while (!open.empty()) {
    const Vertex from = open.back();
    open.pop_back();
    if (graph[from].kind == NodeKind::entity) continue;
    for (const auto edge : boost::make_iterator_range(boost::out_edges(from, graph)))
      visit(boost::target(edge, graph));
  }
  return seen;
}

std::string to_dot(const Program& program, const std::vector<bool>& wanted) {
  const SortedGraph graph = sorted(program, wanted);
  std::string out = "digraph writ {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n";
  for (std::size_t i = 0; i < graph.vertices.size(); ++i) {
    out += fmt::format("  n{} [label=\"{}\", shape={}, class={}];\n", i, dot_text(graph.names[i]),
                       dot_shape(graph.vertices[i].kind), spelling(graph.vertices[i].kind));
  }
  for (const SortedEdge& edge : graph.edges) out += fmt::format("  n{} -> n{};\n", edge.from, edge.to);
  return out + "}\n";
}

std::string to_mermaid(const Program& program, const std::vector<bool>& wanted) {
  const SortedGraph graph = sorted(program, wanted);
  std::string out = "flowchart LR\n";
  for (std::size_t i = 0; i < graph.vertices.size(); ++i) {
    const auto [open, close] = mermaid_shape(graph.vertices[i].kind);
    out += fmt::format("  n{}{}\"{}\"{}\n", i, open, mermaid_text(graph.names[i]), close);
  }
  for (const SortedEdge& edge : graph.edges) out += fmt::format("  n{} --> n{}\n", edge.from, edge.to);
  return out;
}

std::string to_json(const Program& program, const std::vector<bool>& wanted) {
  const SortedGraph graph = sorted(program, wanted);
  nlohmann::ordered_json nodes = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < graph.vertices.size(); ++i) {
    nlohmann::ordered_json node = {{"id", i}, {"kind", spelling(graph.vertices[i].kind)}, {"name", graph.names[i]}};
    const std::string_view module = module_of(program, graph.vertices[i]);
    if (!module.empty()) node["module"] = module;
    nodes.push_back(std::move(node));
  }
  nlohmann::ordered_json edges = nlohmann::ordered_json::array();
  for (const SortedEdge& edge : graph.edges) {
    nlohmann::ordered_json entry = {{"from", edge.from}, {"to", edge.to}};
    if (program.sources && static_cast<std::size_t>(edge.span.file) < program.sources->size()) {
      const auto place = program.sources->line_column(edge.span.file, edge.span.begin);
      entry["path"] = program.sources->path(edge.span.file);
      entry["line"] = place.line;
      entry["column"] = place.column;
    }
    edges.push_back(std::move(entry));
  }
  const nlohmann::ordered_json whole = {{"nodes", std::move(nodes)}, {"edges", std::move(edges)}};
  return whole.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace writ::dependencies
