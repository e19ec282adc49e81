#include "language/dependencies/graph.hpp"

#include <algorithm>
#include <boost/range/iterator_range.hpp>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/unit/dependencies/snippet.hpp"

namespace writ::dependencies {

namespace {

using support::Snippet;

constexpr std::string_view rules = R"(
enum Kind { human, service }

entity Person {
  id: String key
  name: String
  manager: Person?
  accounts: Account via owner
}

entity Account {
  id: String key
  owner: Person?
  kind: Kind
  enabled: Bool
}

entity System { id: String key }

param strict: Bool = true

fn owned(a: Account): Bool = a.owner is present
fn usable(a: Account): Bool = a.enabled and (owned(a) or not strict)

control ACC-01 "Accounts" {
  evidence Account, System within age_limit
  param age_limit: Duration = 7 days
  check owners "Owners" {
    for a in Account where usable(a)
    require owned(a) else "{a.id} has no owner"
  }
}
)";

std::vector<std::string> used_by(const Snippet& snippet, NodeKind kind, std::uint32_t id) {
  const Graph& graph = snippet.program.graph->value;
  std::vector<std::string> names;
  for (const auto edge : boost::make_iterator_range(boost::out_edges(vertex(snippet.program, kind, id), graph))) {
    names.push_back(name(snippet.program, graph[boost::target(edge, graph)]));
  }
  std::sort(names.begin(), names.end());
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("each use is an edge, one a pair") {
  const Snippet snippet(rules);
  REQUIRE_FALSE(snippet.sink.has_errors());
  const auto& program = snippet.program;
  CHECK(boost::num_vertices(program.graph->value) == 3u + 2u + 2u + 1u + 1u);
  CHECK(used_by(snippet, NodeKind::check, 0) == Names{"Account", "owned", "usable"});
  CHECK(used_by(snippet, NodeKind::function, snippet.function("usable")) == Names{"Account", "owned", "strict"});
  CHECK(used_by(snippet, NodeKind::function, snippet.function("owned")) == Names{"Account", "Person"});
  CHECK(used_by(snippet, NodeKind::control, 0) == Names{"ACC-01.age_limit", "ACC-01.owners", "Account", "System"});
  CHECK(used_by(snippet, NodeKind::entity, snippet.entity("Account")) == Names{"Person"});
  CHECK(used_by(snippet, NodeKind::entity, snippet.entity("Person")) == Names{"Account", "Person"});
  CHECK(used_by(snippet, NodeKind::entity, snippet.entity("System")).empty());
}

TEST_CASE("an edge says where the first use stands") {
  const Snippet snippet(rules);
  const auto& program = snippet.program;
  const Vertex check = vertex(program, NodeKind::check, 0);
  const Vertex owned = vertex(program, NodeKind::function, snippet.function("owned"));
  const auto [edge, exists] = boost::edge(check, owned, program.graph->value);
  REQUIRE(exists);
  CHECK(program.sources->text(program.graph->value[edge].span) == "owned(a)");
}

TEST_CASE("functions come after those that they call") {
  const Snippet snippet(rules);
  std::vector<std::uint32_t> cycle;
  const auto order = function_order(snippet.program, snippet.program.graph->value, cycle);
  CHECK(cycle.empty());
  REQUIRE(order.size() == 2);
  CHECK(snippet.program.functions[order[0]].name == "owned");
  CHECK(snippet.program.functions[order[1]].name == "usable");
}

TEST_CASE("a cycle is named, the shortest one from its first function") {
  const Snippet snippet(R"(
fn free(n: Int): Int = n
fn a(n: Int): Int = b(n) + free(n)
fn b(n: Int): Int = c(n) + a(n)
fn c(n: Int): Int = a(n)
)");
  std::vector<std::uint32_t> cycle;
  const Graph graph = build(snippet.program);
  CHECK(function_order(snippet.program, graph, cycle).empty());
  REQUIRE(cycle.size() == 2);
  CHECK(snippet.program.functions[cycle[0]].name == "a");
  CHECK(snippet.program.functions[cycle[1]].name == "b");
}

TEST_CASE("a function that calls itself is a cycle") {
  const Snippet snippet("fn f(n: Int): Int = f(n)\n");
  std::vector<std::uint32_t> cycle;
  CHECK(function_order(snippet.program, build(snippet.program), cycle).empty());
  CHECK(cycle == std::vector<std::uint32_t>{snippet.function("f")});
}

TEST_CASE("programs without functions, and without anything") {
  const Snippet snippet("");
  std::vector<std::uint32_t> cycle;
  CHECK(function_order(snippet.program, snippet.program.graph->value, cycle).empty());
  CHECK(cycle.empty());
  CHECK(to_dot(snippet.program) == "digraph writ {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n}\n");
  CHECK(to_mermaid(snippet.program) == "flowchart LR\n");
  CHECK(nlohmann::json::parse(to_json(snippet.program)).at("nodes").empty());
}

TEST_CASE("the graph is written sorted, in each notation") {
  const Snippet snippet(rules);
  const auto whole = nlohmann::json::parse(to_json(snippet.program));
  Names names;
  for (const auto& node : whole.at("nodes")) {
    names.push_back(node.at("kind").get<std::string>() + " " + node.at("name").get<std::string>());
  }
  CHECK(names == Names{"entity Account", "entity Person", "entity System", "function owned", "function usable",
                       "param ACC-01.age_limit", "param strict", "control ACC-01", "check ACC-01.owners"});
  const auto& first = whole.at("edges").at(0);
  CHECK(first.at("from") == 0);
  CHECK(first.at("to") == 1);
  CHECK(first.at("path") == "rules.writ");
  CHECK(first.at("line") == 13);
  CHECK(whole.at("edges").size() == boost::num_edges(snippet.program.graph->value));

  const std::string dot = to_dot(snippet.program);
  CHECK(dot.find("  n0 [label=\"Account\", shape=cylinder, class=entity];\n") != std::string::npos);
  CHECK(dot.find("  n8 -> n4;\n") != std::string::npos);
  const std::string mermaid = to_mermaid(snippet.program);
  CHECK(mermaid.find("  n0[(\"Account\")]\n") != std::string::npos);
  CHECK(mermaid.find("  n8 --> n4\n") != std::string::npos);
  CHECK(to_dot(Snippet(rules).program) == dot);
}

TEST_CASE("names are escaped") {
  Snippet snippet("entity A { id: String key }\n");
  snippet.program.entities[0].name = "a\"b\\c<d>#\n";
  CHECK(to_dot(snippet.program).find(R"([label="a\"b\\c<d>#\n",)") != std::string::npos);
  CHECK(to_mermaid(snippet.program).find("[(\"a#quot;b\\c#lt;d#gt;#35; \")]") != std::string::npos);
  CHECK(nlohmann::json::parse(to_json(snippet.program)).at("nodes").at(0).at("name") == "a\"b\\c<d>#\n");
}

}  // namespace writ::dependencies
