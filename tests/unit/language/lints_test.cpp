// What is sound and cannot be meant.
#include <catch2/catch.hpp>

#include "compiling.hpp"

namespace {

const char* const entities = R"(
enum Colour { red, green }
entity Person { id: String key  name: String  boss: Person?  left: Date?  colour: Colour  age: Int }
entity Account { id: String key  owner: Person?  login: String }
)";

// The codes of what is said of a check.
std::string of(const std::string& check) {
  return writ::testing::lint_text(std::string(entities) + "control T-1 \"t\" { criteria CC1.1 check c \"c\" {" +
                                  check + "} }")
      .codes();
}
std::string where(const std::string& condition) {
  return of("for p in Person where " + condition + " require p.age > 3 else \"x\"");
}
std::string require(const std::string& condition) {
  return of("for p in Person require " + condition + " else \"x\"");
}

}  // namespace

TEST_CASE("a condition that always comes out the same") {
  CHECK(require("p.name == p.name") == "constant-condition");
  CHECK(require("p.age > 3 and p.boss?.age == p.boss?.age") == "constant-condition");
  CHECK(require("1 == 2 or p.age > 3") == "constant-condition");
  CHECK(require("not (p.age != p.age)") == "constant-condition");
  CHECK(require("p.colour in {red, green}") == "constant-condition");
  CHECK(require("p.colour in {}") == "constant-condition");
  CHECK(require("if true then p.age > 3 else p.age > 4") == "constant-condition");
  CHECK(require("some a in Account where a.login == a.login") == "constant-condition");
  CHECK(require("p.name == p.id") == "");
  CHECK(require("p.colour in {red}") == "");
  CHECK(require("p.age > 3 or p.age < 3") == "");
}

TEST_CASE("asking whether something is there that is known to be") {
  CHECK(of("for p in Person where p.left is present require p.left is present else \"x\"") == "constant-condition");
  CHECK(require("p.left is missing or p.left is missing") == "constant-condition");
  CHECK(require("p.left is missing or p.left < today") == "");
  // Not missing is not there: the reference may dangle.
  CHECK(require("p.boss is missing or p.boss is present") == "");
}

TEST_CASE("nothing can be in a population") {
  CHECK(where("p.age < p.age") == "empty-population");
  CHECK(where("p.age > 3 and 1 == 2") == "empty-population");
  CHECK(where("p.age > 3") == "");
}

TEST_CASE("a check that looks at no evidence") {
  CHECK(of("for organization require today > 2020-01-01 else \"x\"") == "check-without-evidence");
  CHECK(of("for organization require some p in Person else \"x\"") == "");
}

TEST_CASE("products of entities") {
  CHECK(of("for p in Person, a in Account require p.name != a.login else \"x\"") == "expensive-product");
  CHECK(of("for p in Person, a in Account where p.age > 3 require p.name != a.login else \"x\"") ==
        "expensive-product");
  CHECK(of("for p in Person, a in Account where a.owner == p require p.name != a.login else \"x\"") == "");
  CHECK(of("for p in Person, a in Account where a.login == \"x\" require p.name != a.login else \"x\"") == "");
}

TEST_CASE("a control without criteria, where others have some") {
  const std::string check = "{ check c \"c\" { for p in Person require p.age > 3 else \"x\" } }";
  const std::string with =
      "control T-1 \"t\" { criteria CC1.1 check c \"c\" { for p in Person require p.age > 3 else \"x\" } }";
  CHECK(writ::testing::lint_text(std::string(entities) + with + "control T-2 \"t\" " + check).codes() ==
        "control-without-criteria");
  CHECK(writ::testing::lint_text(std::string(entities) + "control T-2 \"t\" " + check).codes() == "");
}

TEST_CASE("a rule that nothing uses, but for itself") {
  const std::string rules =
      "rule under(p: Person, m: Person) when p.boss == m\n"
      "rule under(p: Person, m: Person) when some q in Person where under(p, q) and q.boss == m\n";
  CHECK(writ::testing::lint_text(
            std::string(entities) + rules +
            "control T-1 \"t\" { check c \"c\" { for p in Person require p.age > 3 else \"x\" } }")
            .codes() == "unused-name");
  CHECK(writ::testing::lint_text(
            std::string(entities) + rules +
            "control T-1 \"t\" { check c \"c\" { for p in Person require not under(p, p) else \"x\" } }")
            .codes() == "");
}

TEST_CASE("who only runs rules is not told") {
  CHECK(writ::testing::compile_text(
            std::string(entities) +
            "control T-1 \"t\" { check c \"c\" { for p in Person require p.age == p.age else \"x\" } }")
            .codes() == "");
}
