// Calls of functions: of the program's own, and of built-in ones by their signatures.
#include <catch2/catch.hpp>

#include "compiling.hpp"

using writ::testing::codes_of;
using writ::testing::typed;

TEST_CASE("arguments are given in order or by name") {
  CHECK(typed("on_day(t, today) is present") == "(is_present (on_day t today))");
  CHECK(typed("on_day(t, d: today) is present") == "(is_present (on_day t today))");
  CHECK(typed("on_day(d: today, t: t) is present") == "(is_present (on_day t today))");
  CHECK(codes_of("on_day(t) is present") == "wrong-arguments");
  CHECK(codes_of("on_day(t, today, today) is present") == "wrong-arguments");
  CHECK(codes_of("on_day(t, e: today) is present") == "wrong-arguments");
  CHECK(codes_of("on_day(t, t: t) is present") == "wrong-arguments");
  CHECK(codes_of("on_day(d: today, t) is present") == "wrong-arguments");
}

TEST_CASE("x.f(y) is f(x, y)") {
  CHECK(typed("t.on_day(today) is present") == "(is_present (on_day t today))");
  CHECK(typed("t.name.lower() == \"x\"") == "(equal (lower t.name) \"x\")");
  CHECK(codes_of("t.name() == \"x\"") == "unknown-function");
  CHECK(codes_of("t.nmae() == \"x\"") == "unknown-function");
  CHECK(codes_of("t.sold.on_day() == today") == "wrong-arguments");
}

TEST_CASE("arguments have the declared types") {
  CHECK(codes_of("on_day(p, today) is present") == "type-mismatch");
  CHECK(codes_of("on_day(t, now) is present") == "type-mismatch");
  CHECK(codes_of("on_day(t, t.sold) is present") == "optional-not-narrowed");
  CHECK(codes_of("on_day(t, t.slod) is present") == "unknown-field");
}

TEST_CASE("built-in functions") {
  CHECK(typed("size(t.tags) > 0") == "(greater (size t.tags) 0)");
  CHECK(typed("end_of_day(t.made) < now") == "(less (end_of_day t.made) now)");
  CHECK(typed("date(now) == today") == "(equal (date now) today)");
  CHECK(typed("overlaps(t.net, \"10.0.0.0/8\")") == "(overlaps t.net 10.0.0.0/8)");
  CHECK(typed("kept_up([x.made for x in Thing], every: 12 months, since: p.born)") ==
        "(kept_up (collect_list [x in Thing] body x.made) 12 months p.born)");
  CHECK(typed("kept_up([x.made for x in Thing], 90 days, p.born)") ==
        "(kept_up (collect_list [x in Thing] body x.made) 90 days p.born)");
  CHECK(typed("t.colour in union({red}, t.tags)") == "(in t.colour (union (set Colour.red) t.tags))");
  CHECK(codes_of("size(t.name) > 0") == "type-mismatch");
  CHECK(codes_of("lower(t.maker.nick) == \"x\"") == "optional-not-narrowed");
  CHECK(codes_of("lower(t.count) == \"x\"") == "type-mismatch");
  CHECK(codes_of("lower() == \"x\"") == "wrong-arguments");
  CHECK(codes_of("union(t.tags, t.nets) == {}") == "type-mismatch");
  CHECK(codes_of("kept_up([x.made for x in Thing], every: 3, since: p.born)") == "type-mismatch");
  CHECK(codes_of("loewr(t.name) == \"x\"") == "unknown-function");
}
