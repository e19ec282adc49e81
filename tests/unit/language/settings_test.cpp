// Values of parameters that are written on the command line.
#include <catch2/catch.hpp>

#include "compiling.hpp"

using writ::diagnostics::Sink;
using writ::language::ExprId;
using writ::language::ParamId;
using writ::testing::compile_text;
using writ::testing::dump;

namespace {

// The value as text, or the codes of what is wrong.
std::string set(std::string_view type, std::string_view value) {
  auto compiled = compile_text("module m\nenum E { a, b }\nparam p: " + std::string(type) + "\n");
  REQUIRE(compiled.text() == "");
  writ::testing::Compiled second;
  const ExprId made =
      writ::language::compile_setting(compiled.program, static_cast<ParamId>(0), value, second.sink);
  CHECK((made == ExprId::none) == second.sink.has_errors());
  second.program.sources = compiled.program.sources;
  return made == ExprId::none ? second.codes() : dump(compiled.program, made, {});
}

}  // namespace

TEST_CASE("settings are constants of the parameter's type") {
  CHECK(set("Duration", "4 hours") == "4 hours");
  CHECK(set("Date", "2024-01-01") == "2024-01-01");
  CHECK(set("Int", "-3") == "-3");
  CHECK(set("Float", "95%") == "0.95");
  CHECK(set("Bool", "true") == "true");
  CHECK(set("E", "b") == "E.b");
  CHECK(set("E", "E.b") == "E.b");
  CHECK(set("Set<E>", "{a, b}") == "(set E.a E.b)");
  CHECK(set("Int?", "missing") == "missing:Int?");
  CHECK(set("Int", "\"x\"") == "type-mismatch");
  CHECK(set("Date", "2024-02-30") == "invalid-date");
  CHECK(set("E", "c") == "unknown-member");
  CHECK(set("Date", "today") == "not-constant");
  CHECK(set("Int", "1 + 1") == "not-constant");
}

TEST_CASE("text need not be quoted twice") {
  CHECK(set("String", "acme") == "\"acme\"");
  CHECK(set("String", "\"acme\"") == "\"acme\"");
  CHECK(set("String", "a \\ {b} \"c\"") == "\"a \\ {b} \"c\"\"");
  CHECK(set("Network", "10.0.0.0/8") == "10.0.0.0/8");
  CHECK(set("Network", "10.0.0.0/99") == "invalid-network");
}

TEST_CASE("a setting is one expression and nothing else") {
  CHECK(set("Int", "1 fn g(): Int = 2") == "invalid-argument");
  CHECK_FALSE(set("Int", "").empty());
  CHECK_FALSE(set("Int", "1 2").empty());
  CHECK_FALSE(set("Set<E>", "{a").empty());
  CHECK_FALSE(set("Int", "}").empty());
}
