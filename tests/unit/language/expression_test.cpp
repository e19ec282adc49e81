// Expressions that stand beside a program: what is open in them, what they define, where their mistakes are.
#include "language/expression.hpp"

#include <catch2/catch.hpp>

#include "stdlib/functions/table.hpp"

using namespace writ::language;
using writ::diagnostics::Sink;

namespace {

const std::string rules =
    "module shop\nentity Item { id: String key  price: Int }\nfn dear(i: Item): Bool = i.price > 9\n";

struct Answer {
  CompiledExpression compiled;
  Sink sink;

  std::string type() const {
    if (!compiled.check) return "nothing";
    const CheckDef& check = compiled.program.checks[index(*compiled.check)];
    return spelling(compiled.program, check.locals[index(compiled.value)].type);
  }
  // Where the first mistake is, in the text as it was written.
  std::string mistake() const {
    if (sink.all().empty()) return "none";
    const auto span = sink.all().front().labels.front().span;
    return std::string(compiled.program.sources->path(span.file)) + ":" + std::to_string(span.begin) + ".." +
           std::to_string(span.end);
  }
};

Answer ask(const std::string& text, const std::vector<std::string>& before = {}) {
  CompileInput input;
  input.texts = {{"shop.writ", rules}};
  input.functions = writ::functions::table();
  Sink none;
  const Program base = compile(input, none);
  REQUIRE_FALSE(none.has_errors());
  ExpressionInput expression{"input", text, {}};
  for (const std::string& one : before) expression.definitions.push_back(*as_definition(one));
  Answer answer;
  answer.compiled = compile_expression(input, base, expression, answer.sink);
  CHECK(answer.compiled.sound != answer.sink.has_errors());
  return answer;
}

}  // namespace

TEST_CASE("an expression knows the names of every module") {
  CHECK(ask("count(i in Item where dear(i))").type() == "Int");
  CHECK(ask("[i for i in Item by i.price]").type() == "List<Item>");
  CHECK(ask("lower(\"A\")").type() == "String");
  CHECK(ask("first(i in Item by i.price)").type() == "Item?");
}

TEST_CASE("an expression may begin with any word that begins one") {
  for (const char* text : {"some i in Item where dear(i)", "no i in Item where dear(i)",
                           "every i in Item satisfies dear(i)", "not small", "if small then true else false"}) {
    INFO(text);
    const Answer answer = ask(text, {"let small = 1 < 2"});
    CHECK(answer.type() == "Bool");
  }
}

TEST_CASE("definitions last, and the last one of a name counts") {
  CHECK(ask("a + 1", {"let a = 1"}).type() == "Int");
  CHECK(ask("b", {"let a = 1", "let b = a", "let a = \"x\""}).type() == "String");
  CHECK(ask("b", {"let a = 1", "let b = 2", "let a = b"}).type() == "Int");
  CHECK(ask("let a = a", {"let a = 1"}).mistake() == "input:8..9");
  CHECK(ask("cheap(first(i in Item by i.price))", {"fn cheap(i: Item?): Bool = i is missing or not dear(i)"})
            .type() == "Bool");
  CHECK(ask("s == Size.small", {"enum Size { small, large }", "let s = Size.large"}).type() == "Bool");
  CHECK(ask("fn f(): Int = 1").type() == "nothing");
  CHECK(ask("fn f(): Int = \"x\"").mistake() == "input:14..17");
  CHECK(ask("use nowhere").mistake() == "input:4..11");
}

TEST_CASE("mistakes lie where they were written") {
  CHECK(ask("1 + nope").mistake() == "input:4..8");
  CHECK(ask("count(i in Itm)").mistake() == "input:11..14");
  CHECK(ask("x + nope", {"let x = 1"}).mistake() == "input:4..8");
  CHECK(ask("1 }").mistake() == "input:2..3");
  CHECK(ask("1 2").mistake() == "input:2..3");
  CHECK(ask("1 fn g(): Int = 2").mistake() == "input:2..17");
  CHECK(ask("1 require false else \"\"").mistake().starts_with("input:2.."));
  CHECK(ask("").compiled.sound == false);
  CHECK(ask("\"a\\q\"").mistake().starts_with("input:2.."));
}

TEST_CASE("what is open in a text") {
  const auto open = [](std::string_view text) { return balance(text).open; };
  CHECK(open("count(a in [1, {2}])") == 0);
  CHECK(open("count(a in [1, {2") == 3);
  CHECK(open("\"a ( b\"") == 0);
  CHECK(open("\"a {f(") == 3);
  CHECK(open("\"a {f(\")\")}\"") == 0);
  CHECK(open("\"\\\"\\{\"") == 0);
  CHECK(open("r\"\\\"") == 0);
  CHECK(open("\"\"\" \" ( \"\"\"") == 0);
  CHECK(open("\"\"\" \"\"") == 1);
  CHECK(open("( # )") == 1);
  CHECK(open("( # (\n)") == 0);
  CHECK(balance("a)(").stray == 1U);
  CHECK(balance("(]").stray == 1U);
  CHECK(balance("\")\"").stray == std::nullopt);
}

TEST_CASE("what a text defines") {
  CHECK(as_definition("let x = 1")->name == "x");
  CHECK(as_definition("# a name\n let x=1")->name == "x");
  CHECK(as_definition("ordered enum Size { a }")->name == "Size");
  CHECK(as_definition("use std.people")->name == "std.people");
  CHECK(as_definition("rule r(a: A) when true")->adds);
  CHECK_FALSE(as_definition("letter + 1"));
  CHECK_FALSE(as_definition("count(a in Account)"));
  CHECK_FALSE(as_definition("let"));
  CHECK_FALSE(as_definition(""));
}
