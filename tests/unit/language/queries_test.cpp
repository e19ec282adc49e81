// Queries: their binders, their types and what they refuse.
#include <catch2/catch.hpp>

#include "compiling.hpp"

using writ::testing::codes_of;
using writ::testing::typed;

TEST_CASE("each kind of query has its type") {
  CHECK(typed("some n in t.notes where n.text == \"x\"") == "(some [n in t.notes] where (equal n.text \"x\"))");
  CHECK(typed("no x in Thing where x.maker == p") == "(no [x in Thing] where (equal x.maker p))");
  CHECK(typed("every x in Thing where x.works satisfies x.count > 3") ==
        "(every [x in Thing] where x.works body (greater x.count 3))");
  CHECK(typed("count(x in Thing where x.works)", "Int") == "(count [x in Thing] where x.works)");
  CHECK(typed("sum(x.count for x in Thing)", "Int") == "(sum [x in Thing] body x.count)");
  CHECK(typed("sum(x.share for x in Thing)", "Float") == "(sum [x in Thing] body x.share)");
  CHECK(typed("sum(x.life for x in Thing)", "Duration") == "(sum [x in Thing] body x.life)");
  CHECK(typed("max(x.made for x in Thing)", "Date?") == "(max [x in Thing] body x.made)");
  CHECK(typed("min(x.level for x in Thing)", "Level?") == "(min [x in Thing] body x.level)");
  CHECK(typed("avg(x.count for x in Thing)", "Float?") == "(avg [x in Thing] body x.count)");
  CHECK(typed("percent(x in Thing satisfies x.works)", "Float?") == "(percent [x in Thing] body x.works)");
  CHECK(typed("latest(x in Thing where x.works by x.made)", "Thing?") ==
        "(latest [x in Thing] where x.works by x.made)");
  CHECK(typed("first(x in Thing by x.made)", "Thing?") == "(first [x in Thing] by x.made)");
  CHECK(typed("first(x in p.things)", "Thing?") == "(first [x in p.things])");
  CHECK(typed("{x.maker for x in Thing}", "Set<Person>") == "(collect_set [x in Thing] body x.maker)");
  CHECK(typed("[x.name for x in Thing by x.made desc]", "List<String>") ==
        "(collect_list [x in Thing] body x.name by x.made desc)");
  CHECK(typed("[x.owner for x in Thing]", "List<Person?>") == "(collect_list [x in Thing] body x.owner)");
  CHECK(typed("max_gap(x.made for x in Thing; period)", "Duration") ==
        "(max_gap [x in Thing] body x.made over period)");
}

TEST_CASE("several binders nest from left to right") {
  CHECK(typed("some x in Person, y in x.things where y.maker == x") ==
        "(some [x in Person] [y in x.things] where (equal y.maker x))");
  CHECK(typed("{c for x in p.things, c in x.tags}", "Set<Colour>") ==
        "(collect_set [x in p.things] [c in x.tags] body c)");
  CHECK(codes_of("some y in x.things, x in Person where y.maker == x") == "unknown-name");
}

TEST_CASE("a binder lives in its query alone") {
  CHECK(codes_of("(some x in Thing where x.works) or (some x in Person where x.name == \"a\")").empty());
  CHECK(codes_of("(some x in Thing where x.works) or x.works") == "unknown-name");
  CHECK(codes_of("some t in Thing where t.works") == "shadowed-name");
  CHECK(codes_of("some today in Thing where true") == "shadowed-name");
  CHECK(codes_of("some x in Thing where (some x in Person where true)") == "shadowed-name");
}

TEST_CASE("queries run over collections of what is there") {
  CHECK(codes_of("some x in t.owner where true") == "not-a-collection");
  CHECK(codes_of("some x in t.name where true") == "not-a-collection");
  CHECK(codes_of("some x in 1..3 where true") == "not-a-collection");
  CHECK(codes_of("some x in Colour where true") == "unknown-name");
  CHECK(codes_of("sum(x.most for x in Thing) == 3") == "optional-not-narrowed");
  CHECK(codes_of("sum(x.name for x in Thing) == 3") == "no-such-operation");
  CHECK(codes_of("avg(x.made for x in Thing) is present") == "no-such-operation");
  CHECK(codes_of("max(x.colour for x in Thing) is present") == "not-ordered");
  CHECK(codes_of("max(x.sold for x in Thing) is present") == "optional-not-narrowed");
  CHECK(codes_of("latest(x in Thing by x.sold) is present") == "optional-not-narrowed");
  CHECK(codes_of("latest(x in Thing by x.colour) is present") == "not-ordered");
  CHECK(codes_of("max_gap(x.name for x in Thing; period) < 3 days") == "no-such-operation");
  CHECK(codes_of("max_gap(x.made for x in Thing; 1..3) < 3 days") == "type-mismatch");
  CHECK(codes_of("(some x in Thing where x.count) and true") == "type-mismatch");
}

TEST_CASE("a body takes its type from what is asked for") {
  CHECK(typed("[red for x in Thing]", "List<Colour>") == "(collect_list [x in Thing] body Colour.red)");
  CHECK(typed("max(1 for x in Thing)", "Float?") == "(max [x in Thing] body 1.0)");
}

TEST_CASE("one mistake in a query is told once") {
  CHECK(codes_of("(max(x.mdae for x in Thing)) is present") == "unknown-field");
  CHECK(codes_of("some x in Thnig where x.works and x.count > 3") == "unknown-entity");
  CHECK(codes_of("some x in t.nots where x.on < today") == "unknown-field");
  CHECK(codes_of("[x.mdae for x in Thing] == []") == "unknown-field");
}
