// What depends on what: entities, relations, functions, parameters, templates, controls and checks as vertices of a
// Boost graph. An edge goes from the user to the used. It decides which evidence is read, in which order things are
// computed, and what a control needs.
#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "language/source/source_set.hpp"

namespace writ::dependencies {

enum class NodeKind : std::uint8_t { entity, relation, function, param, template_, control, check };

struct Node {
  NodeKind kind{};
  std::uint32_t id = 0;  // index in the Program's table of that kind; a relation's is that of its entity
};

// Why: the expression that uses it.
struct Edge {
  source::Span span;
};

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, Node, Edge>;
using Vertex = boost::graph_traits<Graph>::vertex_descriptor;

// A type of its own, so that the many who read a Program need not read the graph library with it.
struct ProgramGraph {
  Graph value;
};

}  // namespace writ::dependencies

namespace writ::language {
struct Program;
}

namespace writ::dependencies {

// Adds a vertex for each entity, relation, function, parameter, control and check of the program, and an edge for
// each use (one a pair: the first use's span). Linear in the program.
Graph build(const language::Program& program);
// The vertex of a node. Vertices are laid out by kind, then id, so this is arithmetic. A relation is found as an
// entity is.
Vertex vertex(const language::Program& program, NodeKind kind, std::uint32_t id);
// Functions in an order in which each comes after those that it calls. A cycle leaves an empty result and the
// functions of one cycle, in order, in `cycle`.
std::vector<std::uint32_t> function_order(const language::Program& program, const Graph& graph,
                                          std::vector<std::uint32_t>& cycle);
// The name of a node as people know it: `Account`, `left_on`, `ACC-07.removal_grace`, `ACC-07`.
std::string name(const language::Program& program, Node node);

struct FieldUse {
  std::uint32_t entity = 0;
  std::uint32_t field = 0;
  auto operator<=>(const FieldUse&) const = default;
};

// What one check reads, through functions, relations and references: entities (sorted; the target of each reference
// that is read is among them, and the other side of each inverse), fields (sorted; inverses are given as the field
// that they run over, on its own entity), and relations (sorted; by the entities that hold their tuples).
struct Reads {
  std::vector<std::uint32_t> entities;  // of evidence
  std::vector<std::uint32_t> sources;   // those of them that are read only because others are derived from them
  std::vector<FieldUse> fields;
  std::vector<std::uint32_t> relations;
};
std::vector<Reads> reads_of_checks(const language::Program& program);  // by CheckId

// The vertices that `roots` use, directly or through others, and the roots, as a mask by vertex. It stops at
// entities of evidence: a check has an edge of its own to each entity that it reads, and what else such an entity
// refers to is not read.
std::vector<bool> reachable(const Graph& graph, const std::vector<Vertex>& roots);

// The part of the graph whose vertices `wanted` holds (a mask by vertex); all of it where `wanted` is empty.
std::string to_dot(const language::Program& program, const std::vector<bool>& wanted = {});
std::string to_mermaid(const language::Program& program, const std::vector<bool>& wanted = {});
std::string to_json(const language::Program& program, const std::vector<bool>& wanted = {});

}  // namespace writ::dependencies
