#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "language/dependencies/graph.hpp"
#include "tests/unit/dependencies/snippet.hpp"

namespace writ::dependencies {

namespace {

constexpr std::string_view schema = R"(
entity Person {
  id: String key
  name: String
  email: String?
  manager: Person?
  accounts: Account via owner
  address: { city: String?, office: Site? }
}
entity Account {
  id: String key
  owner: Person?
  systems: List<System>
  enabled: Bool
}
entity System { id: String key name: String }
entity Site { id: String key }
param minimum: Int = 1
fn owner_name(a: Account): String = a.owner?.name ?? "nobody"
fn two_deep(a: Account): String = owner_name(a)
)";

// What a check of this one requirement reads, as `Account Person | Account.owner …`.
std::string reads(const std::string& population, const std::string& requirement) {
  const support::Snippet snippet(std::string(schema) + "control T-1 \"t\" {\n check c \"c\" {\n " + population +
                                 "\n require " + requirement + " else \"no\"\n }\n}\n");
  for (const auto& diagnostic : snippet.sink.all()) {
    if (diagnostic.severity == diagnostics::Severity::error) return snippet.diagnostics();
  }
  const auto all = reads_of_checks(snippet.program);
  REQUIRE(all.size() == 1);
  std::string text;
  for (const std::uint32_t entity : all[0].entities) text += snippet.program.entities[entity].name + " ";
  text += "|";
  for (const FieldUse& use : all[0].fields) {
    const auto& entity = snippet.program.entities[use.entity];
    text += " " + entity.name + "." + entity.fields[use.field].name;
  }
  return text;
}

}  // namespace

TEST_CASE("a field is read with its entity") {
  CHECK(reads("for a in Account", "a.enabled") == "Account | Account.enabled");
  CHECK(reads("for a in Account", "minimum > 0") == "Account |");
  CHECK(reads("", "minimum > 0") == "|");
}

TEST_CASE("a reference brings its target, whose key is implied") {
  CHECK(reads("for a in Account", "a.owner is present") == "Person Account | Account.owner");
  CHECK(reads("for a in Account where a.owner is present", "a.owner.name != \"\"") ==
        "Person Account | Person.name Account.owner");
  CHECK(reads("for a in Account", "(a.owner?.name ?? \"\") != \"\"") ==
        "Person Account | Person.name Account.owner");
  CHECK(reads("for a in Account, s in a.systems", "s.name != \"\"") ==
        "Account System | Account.systems System.name");
}

TEST_CASE("an inverse brings the other side, and the field that it runs over") {
  CHECK(reads("for p in Person", "count(a in p.accounts) > 0") == "Person Account | Account.owner");
  CHECK(reads("for p in Person", "every a in p.accounts satisfies a.enabled") ==
        "Person Account | Account.owner Account.enabled");
}

TEST_CASE("reads go through functions") {
  CHECK(reads("for a in Account", "owner_name(a) != \"\"") == "Person Account | Person.name Account.owner");
  CHECK(reads("for a in Account", "two_deep(a) != \"\"") == "Person Account | Person.name Account.owner");
}

TEST_CASE("every part of a query and of a check is read") {
  CHECK(reads("", "size([p.name for p in Person where p.email is present by p.id desc]) > 0") ==
        "Person | Person.id Person.name Person.email");
  CHECK(reads("for a in Account let o = a.owner where o is present", "o.email is present") ==
        "Person Account | Person.email Account.owner");
  CHECK(reads("for a in Account", "\"{a}\" != \"\"") == "Account |");
  CHECK(reads("for a in Account, b in Account where a == b", "true") == "Account |");
}

TEST_CASE("a nested record is read whole, with what it refers to") {
  CHECK(reads("for p in Person", "p.address.city is present") == "Person Site | Person.address");
}

TEST_CASE("checks do not see each other's reads") {
  const support::Snippet snippet(std::string(schema) + R"(
control T-1 "t" {
  check first "c" { for a in Account require owner_name(a) != "" else "no" }
  check second "c" { for a in Account require a.enabled else "no" }
  check third "c" { for a in Account require owner_name(a) != "" else "no" }
}
)");
  const auto all = reads_of_checks(snippet.program);
  REQUIRE(all.size() == 3);
  CHECK(all[0].fields == all[2].fields);
  CHECK(all[0].entities == all[2].entities);
  CHECK(all[0].fields.size() == 2);
  CHECK(all[1].fields.size() == 1);
  CHECK(all[1].entities == std::vector<std::uint32_t>{snippet.entity("Account")});
}

}  // namespace writ::dependencies
