// Entities, functions, parameters, controls, packs: what of them is sound, and what is made of them.
#include <catch2/catch.hpp>

#include "compiling.hpp"
#include "language/dependencies/graph.hpp"

using writ::language::index;
using writ::testing::compile_text;
using writ::testing::dump;

namespace {

std::string codes(std::string_view text) {
  return compile_text(std::string("module declared\n") + std::string(text)).codes();
}

std::string field(std::string_view declaration) {
  return codes(
      "enum E { a, b }\nentity B { id: String key  x: X? }\nentity K { n: Int }\nentity X { id: String key  " +
      std::string(declaration) + " }");
}

}  // namespace

TEST_CASE("fields of entities") {
  CHECK(field("n: Int = 3").empty());
  CHECK(field("n: Set<E> = {a}").empty());
  CHECK(field("n: { a: Int, b: String? }").empty());
  CHECK(field("bs: B via x").empty());
  CHECK(field("bs: List<B> via x").empty());
  CHECK(field("n: Int = \"x\"") == "type-mismatch");
  CHECK(field("n: Date = today") == "not-constant");
  CHECK(field("n: Nit") == "unknown-type");
  CHECK(field("n: Int n: Int") == "duplicate-name");
  CHECK(field("nN: Int") == "wrong-name-style");
  CHECK(field("n: List<Int?>") == "invalid-field");
  CHECK(field("n: K") == "invalid-field");
  CHECK(field("n: List<K>") == "invalid-field");
  CHECK(field("bs: B via y") == "unknown-field");
  CHECK(field("bs: B via id") == "invalid-field");
  CHECK(field("bs: E via x") == "invalid-field");
  CHECK(field("n: { bs: B via x }") == "invalid-field");
  CHECK(field("n: { i: Int key }") == "invalid-field");
}

TEST_CASE("an inverse runs over references, optional ones and collections of them") {
  const auto compiled = compile_text(R"(
module declared
entity Change { id: String key  deployments: Deployment via changes  reviews: Review via change }
entity Deployment { id: String key  changes: List<Change> = [] }
entity Review { id: String key  change: Change? }
)");
  CHECK(compiled.text().empty());
  const auto& change = compiled.program.entities[0];
  REQUIRE(change.fields.size() == 3);
  CHECK(change.fields[1].inverse);
  CHECK(index(change.fields[1].inverse_entity) == 1);
  CHECK(change.fields[1].inverse_field == 1);
  CHECK(writ::language::spelling(compiled.program, change.fields[1].type) == "List<Deployment>");
  CHECK(change.fields[1].path.empty());
  CHECK(writ::language::spelling(compiled.program, change.fields[2].type) == "List<Review>");
}

TEST_CASE("keys") {
  CHECK(codes("entity A { a: String key  b: Int key  c: Date key }").empty());
  CHECK(codes("enum E { a }\nentity A { e: E key }\nentity B { a: A key }").empty());
  CHECK(codes("entity A { a: String? key }") == "invalid-key");
  CHECK(codes("entity A { a: Float key }") == "invalid-key");
  CHECK(codes("entity A { a: List<String> key }") == "invalid-key");
  CHECK(codes("entity A { a: Bool key }") == "invalid-key");
  CHECK(codes("entity A { a: String key = \"x\" }") == "invalid-field");
  const auto compiled = compile_text("module declared\nentity A { x: Int  b: Int key  a: String key }");
  CHECK(compiled.program.entities[0].key == std::vector<std::uint32_t>{1, 2});
}

TEST_CASE("paths into vendors' documents") {
  const auto compiled = compile_text(R"(
module declared
entity Rule from "aws/*.json" at "Groups[*].Rules[*]" {
  port: Int at "From.Port"
  group: String at "^.GroupId"
  owner: String at "^.^.Account"
  first: String? at "Ranges[0].Cidr"
  ranges: List<String> at "Ranges[*].Cidr"
  odd: String? at "[\"a.b\"].c"
}
)");
  CHECK(compiled.text().empty());
  const auto& rule = compiled.program.entities[0];
  CHECK(rule.from == "aws/*.json");
  CHECK(rule.at.size() == 4);
  CHECK(rule.fields[0].path.size() == 2);
  CHECK(rule.fields[1].path[0].kind == writ::language::PathStep::Kind::parent);
  CHECK(rule.fields[1].path[1].member == "GroupId");
  CHECK(rule.fields[3].path[1].kind == writ::language::PathStep::Kind::index);
  CHECK(rule.fields[4].path[1].kind == writ::language::PathStep::Kind::each);
  CHECK(rule.fields[5].path[0].member == "a.b");

  CHECK(codes("entity A { a: Int at \"a..b\" }") == "invalid-path");
  CHECK(codes("entity A { a: Int at \"\" }") == "invalid-path");
  CHECK(codes("entity A { a: Int at \"a[x]\" }") == "invalid-path");
  CHECK(codes("entity A { a: Int at \"a[0\" }") == "invalid-path");
  CHECK(codes("entity A { a: Int at \"a.\" }") == "invalid-path");
  CHECK(codes("entity A { a: Int at \"^.b\" }") == "invalid-path");
  CHECK(codes("entity A { a: Int at \"a.^.b\" }") == "invalid-path");
  CHECK(codes("entity A { a: Int at \"a[*].b\" }") == "invalid-path");
  CHECK(codes("entity A at \"x[*]\" { a: Int at \"^.^.b\" }") == "invalid-path");
  CHECK(codes("entity A at \"x[*]\" { a: Int at \"^\" }") == "invalid-path");
  CHECK(codes("entity A at \"^.x\" { a: Int }") == "invalid-path");
}

TEST_CASE("functions of a program") {
  CHECK(codes("fn f(a: Int): Int = a + 1").empty());
  CHECK(codes("fn f(a: Int): String = a + 1") == "type-mismatch");
  CHECK(codes("fn f(a: Int): Int? = a").empty());
  CHECK(codes("fn f(a: Int?): Int = a") == "optional-not-narrowed");
  CHECK(codes("fn f(a: Int, a: Int): Int = a") == "shadowed-name");
  CHECK(codes("fn F(a: Int): Int = a") == "wrong-name-style");
  CHECK(codes("fn f(a: Int): Int = a\nfn f(a: Int): Int = a") == "duplicate-name");
  CHECK(codes("fn lower(a: Int): Int = a") == "shadowed-name");
}

TEST_CASE("functions may not call themselves") {
  CHECK(codes("fn f(a: Int): Int = f(a - 1)") == "recursive-function");
  CHECK(codes("fn f(a: Int): Int = g(a)\nfn g(a: Int): Int = h(a)\nfn h(a: Int): Int = f(a)") ==
        "recursive-function");
  CHECK(codes("fn f(a: Int): Int = f(a)\nfn g(a: Int): Int = f(a) + h(a)\nfn h(a: Int): Int = g(a)") ==
        "recursive-function recursive-function");
  CHECK(codes("fn f(a: Int): Int = g(a) + g(a)\nfn g(a: Int): Int = h(a)\nfn h(a: Int): Int = a").empty());
}

TEST_CASE("parameters of controls") {
  const std::string rest = "\nenum E { a, b }\nentity A { id: String key }\n";
  const auto control = [&](std::string_view param) {
    return codes("control T-1 \"t\" { " + std::string(param) + " check c \"c\" { require p == p else \"x\" } }" +
                 rest);
  };
  CHECK(control("param p: Int = 3").empty());
  CHECK(control("param p: Int").empty());
  CHECK(control("param p: Int = 3 where p >= 1").empty());
  CHECK(control("param p: Set<E> = {a, b} where size(p) > 0").empty());
  CHECK(control("param p: Duration = -1 day").empty());
  CHECK(control("param p: Int = \"x\"") == "type-mismatch");
  CHECK(control("param p: Int = 1 + 2") == "not-constant");
  CHECK(control("param p: Date = today") == "not-constant");
  CHECK(control("param p: Int = 3 where p") == "type-mismatch");
  CHECK(control("param q: Int = 1 param p: Int = 3 where p >= q") == "not-constant");
  CHECK(control("param p: Date = 2026-01-01 where p < today") == "not-constant");
  CHECK(control("param p: A?") == "not-constant");
  CHECK(control("param p: Int = 1 param p: Int = 1") == "duplicate-name");
  CHECK(control("param p: Int = 1 param q: Int = 1") == "unused-name");
}

TEST_CASE("controls") {
  const auto control = [](std::string_view body) {
    return codes("entity A { id: String key  b: B? }\nentity B { id: String key }\ncontrol T-1 \"t\" { " +
                 std::string(body) + " }");
  };
  const std::string check = " check c \"c\" { for a in A require a.id == \"x\" else \"x\" }";
  CHECK(control("severity high criteria CC1.1, CC1.2" + check).empty());
  CHECK(control("severity hihg" + check) == "invalid-metadata");
  CHECK(control("severty high" + check) == "unknown-metadata");
  CHECK(control("severity high severity low" + check) == "duplicate-name");
  CHECK(control("evidence A within 7 days" + check).empty());
  CHECK(control("evidence A within 1 month" + check).empty());
  CHECK(control("evidence A" + check).empty());
  CHECK(control("param age: Duration = 7 days evidence A within age" + check).empty());
  CHECK(control("evidence A within 7" + check) == "type-mismatch");
  CHECK(control("evidence A within today - 2026-01-01" + check) == "not-constant");
  CHECK(control("evidence A, AA within 7 days" + check) == "unknown-entity");
  CHECK(control("evidence A evidence A within 7 days" + check) == "duplicate-name");
  CHECK(control("evidence A, B within 7 days" + check) == "unused-evidence");
  CHECK(control("evidence A within 7 days check c \"c\" { for a in A require a.b is present and a.b.id == \"x\" "
                "else \"x\" }") == "undeclared-evidence");
  CHECK(control("check c \"c\" { for a in A where a.id == \"x\" }") == "check-without-requirement");
  CHECK(control("severity high") == "check-without-requirement");
  CHECK(control(check + check) == "duplicate-name");
  CHECK(control("check c \"c\" { for a in A let i = a.id require true else \"x\" }") == "unused-name");
  CHECK(control("check c \"c\" { for a in A require a else \"x\" }") == "type-mismatch");
  CHECK(control("check c \"c\" { for a in A, a in A require true else \"x\" }") == "shadowed-name");
  CHECK(control("check c \"c\" { for organization require count(a in A) > 0 else \"x\" when empty fail }").empty());
}

TEST_CASE("what a check is made of") {
  const auto compiled = compile_text(R"(
module declared
entity A { id: String key  n: Int?  bs: B via a }
entity B { id: String key  a: A }
control T-1 "t" {
  severity critical
  criteria CC1.1, CC1.2
  param least: Int = 3
  check c "c" {
    basis stated
    nature design
    for a in A, b in a.bs
    where a.n is present
    let twice = a.n * 2
    require twice > least else "{a} {twice}"
    when empty pass
  }
}
)");
  CHECK(compiled.text().empty());
  const auto& control = compiled.program.controls[0];
  CHECK(control.severity == writ::language::ControlSeverity::critical);
  CHECK(control.criteria == std::vector<std::string>{"CC1.1", "CC1.2"});
  CHECK(control.selected);
  const auto& check = compiled.program.checks[0];
  CHECK(check.qualified_name == "T-1.c");
  CHECK(check.when_empty == writ::language::WhenEmpty::pass);
  CHECK(check.basis == writ::language::Basis::stated);
  CHECK(check.nature == writ::language::Nature::design);
  REQUIRE(check.steps.size() == 4);
  CHECK(dump(compiled.program, check.steps[1].value, check.locals) == "a.bs");
  CHECK(dump(compiled.program, check.steps[2].value, check.locals) == "(is_present a.n)");
  CHECK(dump(compiled.program, check.steps[3].value, check.locals) == "(multiply (present a.n) 2)");
  CHECK(dump(compiled.program, check.requirements[0].condition, check.locals) == "(greater twice T-1.least)");
  CHECK(dump(compiled.program, check.requirements[0].message, check.locals) == "(interpolate a \" \" twice)");
}

TEST_CASE("packs set parameters") {
  const std::string rules =
      "enum E { a, b }\nparam since: Date\ncontrol T-1 \"t\" { param p: Set<E> = {a}  param q: Duration = 1 day\n"
      "check c \"c\" { require a in p and q > 1 day and today > since else \"x\" } }\n";
  const auto pack = [&](std::string_view body) {
    return compile_text(rules + "pack acme \"Acme\" { version \"1\" " + std::string(body) + " }");
  };
  const auto compiled = pack("set T-1.p = {b} set since = 2024-01-01");
  CHECK(compiled.text() == "");
  REQUIRE(compiled.program.settings.size() == 2);
  CHECK(dump(compiled.program, compiled.program.settings[0].value, {}) == "(set E.b)");
  CHECK(compiled.program.packs[0].version == "1");
  CHECK(pack("set T-1.p = 3").codes() == "type-mismatch");
  CHECK(pack("set T-1.pp = 3").codes() == "unknown-param");
  CHECK(pack("set T-11.p = {b}").codes() == "unknown-control");
  CHECK(pack("set sinc = 2024-01-01").codes() == "unknown-param");
  CHECK(pack("set T-1.q = 1 day set T-1.q = 2 days").codes() == "duplicate-name");
  CHECK(pack("set T-1.q = q").codes() == "unknown-name");
  CHECK(pack("include soc2.acess").codes() == "unknown-module");
}
