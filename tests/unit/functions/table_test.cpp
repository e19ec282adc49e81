#include "stdlib/functions/table.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "language/types/signature.hpp"
#include "tests/support/scenario.hpp"

namespace writ::functions {

TEST_CASE("every function has its kernel, its documentation, and a signature that parses") {
  REQUIRE(table().size() == kernels().size());
  for (std::size_t i = 0; i < table().size(); ++i) {
    const language::FunctionEntry& entry = table()[i];
    INFO(entry.name);
    CHECK(kernels()[i] != nullptr);
    CHECK(types::parse_signature(entry.name, entry.signature));
    CHECK((entry.doc.ends_with('.') || entry.doc.ends_with(".)")));
    CHECK(entry.example.find(std::string(entry.name) + "(") != std::string_view::npos);
  }
}

TEST_CASE("functions of one name stand together, and each differs") {
  std::set<std::string_view> closed;
  std::set<std::string> signatures;
  std::string_view last;
  for (const language::FunctionEntry& entry : table()) {
    INFO(entry.name);
    if (entry.name != last) CHECK(closed.insert(entry.name).second);
    last = entry.name;
    CHECK(signatures.insert(std::string(entry.name) + std::string(entry.signature)).second);
  }
}

TEST_CASE("every example holds") {
  std::string rules = "control EX-1 \"Examples\" {\n";
  std::size_t number = 0;
  for (const language::FunctionEntry& entry : table()) {
    rules += "check example_" + std::to_string(number++) + " \"" + std::string(entry.name) + "\" {\n  require " +
             std::string(entry.example) + "\n    else \"no\"\n}\n";
  }
  support::Scenario scenario(rules + "}\n");
  scenario.run();
  REQUIRE(scenario.diagnostics() == "");
  for (std::size_t i = 0; i < number; ++i) {
    INFO(table()[i].example);
    CHECK(scenario.verdict_of("EX-1.example_" + std::to_string(i)) == "pass");
  }
}

}  // namespace writ::functions
