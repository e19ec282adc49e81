// Types of expressions: literals by their context, members, operators, conversions.
#include <catch2/catch.hpp>

#include "compiling.hpp"

using writ::testing::codes_of;
using writ::testing::typed;

TEST_CASE("literals") {
  CHECK(typed("1_000", "Int") == "1000");
  CHECK(typed("-9223372036854775808", "Int") == "-9223372036854775808");
  CHECK(codes_of("9223372036854775808", "Int") == "invalid-number");
  CHECK(typed("5", "Float") == "5.0");
  CHECK(typed("95%", "Float") == "0.95");
  CHECK(typed("99.9%", "Float") == "0.999");
  CHECK(codes_of("5.5", "Int") == "type-mismatch");
  CHECK(typed("2026-06-30", "Date") == "2026-06-30");
  CHECK(codes_of("2026-02-30", "Date") == "invalid-date");
  CHECK(codes_of("2026-06-30T25:00:00Z", "Timestamp") == "invalid-date");
  CHECK(typed("2 weeks", "Duration") == "14 days");
  CHECK(typed("-4 hours", "Duration") == "-4 hours");
  CHECK(typed("1 year", "Period") == "12 months");
  CHECK(codes_of("3 dais", "Duration") == "unknown-unit");
  CHECK(codes_of("1 month", "Duration") == "type-mismatch");
  CHECK(codes_of("\"x\"", "Int") == "type-mismatch");
}

TEST_CASE("a text takes the type that its context asks for") {
  CHECK(typed("\"10.0.0.0/8\"", "Network") == "10.0.0.0/8");
  CHECK(codes_of("\"10.0.0.0/33\"", "Network") == "invalid-network");
  CHECK(typed("t.net == \"10.0.0.1\"") == "(equal t.net 10.0.0.1)");
  CHECK(typed("\"10.0.0.1\" in t.net") == "(in 10.0.0.1 t.net)");
  CHECK(typed("t.net in \"10.0.0.0/8\"") == "(in t.net 10.0.0.0/8)");
  CHECK(typed("t.net in [\"10.0.0.0/8\", \"192.168.0.0/16\"]") == "(in t.net (list 10.0.0.0/8 192.168.0.0/16))");
  CHECK(typed("\"10.0.0.1\" in t.nets") == "(in 10.0.0.1 t.nets)");
  CHECK(typed("t.made == \"2026-01-01\"") == "(equal t.made 2026-01-01)");
  CHECK(codes_of("t.made == \"2026-13-01\"") == "invalid-date");
  CHECK(typed("t.name == \"2026-01-01\"") == "(equal t.name \"2026-01-01\")");
}

TEST_CASE("members of enums are bare where their enum is expected") {
  CHECK(typed("t.colour == blue") == "(equal t.colour Colour.blue)");
  CHECK(typed("blue == t.colour") == "(equal Colour.blue t.colour)");
  CHECK(typed("t.maker.mood == blue") == "(equal t.maker.mood Mood.blue)");
  CHECK(typed("t.colour in {red, blue}") == "(in t.colour (set Colour.red Colour.blue))");
  CHECK(typed("blue in t.tags") == "(in Colour.blue t.tags)");
  CHECK(typed("blue not in t.tags") == "(logical_not (in Colour.blue t.tags))");
  CHECK(typed("t.tags == {red}") == "(equal t.tags (set Colour.red))");
  CHECK(typed("subset_of(t.tags, {red, blue})") == "(subset_of t.tags (set Colour.red Colour.blue))");
  CHECK(typed("minus({red, blue}, t.tags) == {}") == "(equal (minus (set Colour.red Colour.blue) t.tags) (set))");
  CHECK(typed("if t.works then red else blue", "Colour") == "(conditional t.works Colour.red Colour.blue)");
  CHECK(typed("t.colour == (if t.works then red else blue)") ==
        "(equal t.colour (conditional t.works Colour.red Colour.blue))");
  CHECK(typed("Mood.blue == p.mood") == "(equal Mood.blue p.mood)");
  CHECK(typed("{t.colour, red}", "Set<Colour>") == "(set t.colour Colour.red)");
  CHECK(codes_of("t.colour == bleu") == "unknown-member");
  CHECK(codes_of("t.colour == Colour.bleu") == "unknown-member");
  CHECK(codes_of("t.colour == happy") == "unknown-member");
  CHECK(codes_of("blue == blue") == "unknown-name");
  CHECK(codes_of("t.colour == \"blue\"") == "not-comparable");
  CHECK(codes_of("some blue in Thing where blue.colour == blue") == "shadowed-name");
}

TEST_CASE("equality takes optionals on either side") {
  CHECK(typed("t.most == 3") == "(equal t.most (widen Int? 3))");
  CHECK(typed("t.most == t.share") == "(equal (widen Float? t.most) (widen Float? t.share))");
  CHECK(typed("t.count == 2.5") == "(equal (widen Float t.count) 2.5)");
  CHECK(typed("t.share == 2") == "(equal t.share 2.0)");
  CHECK(typed("t.sold == missing") == "(equal t.sold missing:Date?)");
  CHECK(codes_of("t.made == missing") == "not-optional");
  CHECK(codes_of("missing == missing") == "needs-type");
  CHECK(codes_of("t.made == t.seen") == "not-comparable");
  CHECK(codes_of("t.name == t.count") == "not-comparable");
  CHECK(codes_of("t == p") == "not-comparable");
  CHECK(codes_of("t.place == t.place") == "not-comparable");
}

TEST_CASE("only ordered types are ordered") {
  CHECK(typed("t.level < high") == "(less t.level Level.high)");
  CHECK(typed("t.count <= 2.5") == "(less_equal (widen Float t.count) 2.5)");
  CHECK(codes_of("t.colour < blue") == "not-ordered");
  CHECK(codes_of("t.works < true") == "not-ordered");
  CHECK(codes_of("t < t") == "not-ordered");
  CHECK(codes_of("t.made < t.seen") == "not-comparable");
  CHECK(codes_of("t.life < t.warranty") == "not-comparable");
  CHECK(codes_of("t.made < missing") == "not-ordered");
  CHECK(codes_of("t.most < 3") == "optional-not-narrowed");
}

TEST_CASE("membership") {
  CHECK(typed("t.count in 1..5") == "(in t.count (range 1 5))");
  CHECK(typed("t.seen in period") == "(in t.seen period)");
  CHECK(typed("t.made in period") == "(in (widen Timestamp t.made) period)");
  CHECK(typed("t.made in 2026-01-01..today") == "(in t.made (range 2026-01-01 today))");
  CHECK(typed("p in t.maker.friends") == "(in p t.maker.friends)");
  CHECK(typed("t in Thing") == "(in t Thing)");
  CHECK(codes_of("t.name in \"abc\"") == "not-a-collection");
  CHECK(codes_of("t.count in t.count") == "not-a-collection");
  CHECK(codes_of("t.owner in t.maker.friends") == "optional-not-narrowed");
  CHECK(codes_of("t.name in t.tags") == "not-comparable");
  CHECK(codes_of("1..\"x\" == 3") == "type-mismatch");
}

TEST_CASE("arithmetic") {
  CHECK(typed("t.made + 30 days", "Date") == "(add t.made 30 days)");
  CHECK(typed("t.made + t.warranty", "Date") == "(add t.made t.warranty)");
  CHECK(typed("t.seen - 1 month", "Timestamp") == "(subtract t.seen 1 month)");
  CHECK(typed("today - t.made", "Duration") == "(subtract today t.made)");
  CHECK(typed("now - t.seen", "Duration") == "(subtract now t.seen)");
  CHECK(typed("t.life * 2", "Duration") == "(multiply t.life 2)");
  CHECK(typed("t.count / 2", "Float") == "(divide (widen Float t.count) 2.0)");
  CHECK(typed("t.count % 2", "Int") == "(remainder t.count 2)");
  CHECK(typed("1 + t.share", "Float") == "(add 1.0 t.share)");
  CHECK(typed("t.count + t.share", "Float") == "(add (widen Float t.count) t.share)");
  CHECK(typed("-t.count", "Int") == "(negate t.count)");
  CHECK(typed("t.name + \"x\"", "String") == "(add t.name \"x\")");
  CHECK(codes_of("t.made + 30", "Date") == "no-such-operation");
  CHECK(codes_of("t.made - t.seen", "Duration") == "no-such-operation");
  CHECK(codes_of("t.life + t.warranty", "Duration") == "no-such-operation");
  CHECK(codes_of("t.made + t.made", "Date") == "no-such-operation");
  CHECK(codes_of("t.name + 1", "String") == "no-such-operation");
  CHECK(codes_of("-t.name", "Int") == "no-such-operation");
  CHECK(codes_of("t.most + 1", "Int") == "optional-not-narrowed");
}

TEST_CASE("presence and values for when there is none") {
  CHECK(codes_of("t.name is present") == "not-optional");
  CHECK(codes_of("t.nets is missing") == "not-optional");
  CHECK(codes_of("t.name ?? \"x\" == \"x\"") == "not-optional");
  CHECK(codes_of("t.maker?.name == \"x\"") == "not-optional");
  CHECK(codes_of("t.sold is dangling") == "no-such-operation");
  CHECK(codes_of("t.owner is dangling").empty());
  CHECK(typed("t.owner ?? p", "Person") == "(coalesce t.owner p)");
  CHECK(typed("t.owner ?? t.maker.boss", "Person?") == "(coalesce t.owner t.maker.boss)");
  CHECK(typed("t.most ?? 0", "Int") == "(coalesce t.most 0)");
  CHECK(typed("t.most ?? 0.5", "Float") == "(coalesce (widen Float? t.most) 0.5)");
  CHECK(typed("t.owner?.boss", "Person?") == "t.owner?.boss");
  CHECK(typed("t.owner?.name ?? \"nobody\"", "String") == "(coalesce t.owner?.name \"nobody\")");
  CHECK(codes_of("t.owner ?? 3", "Person") == "type-mismatch");
}

TEST_CASE("branches of an if agree on a type") {
  CHECK(typed("if t.works then t.sold else missing", "Date?") == "(conditional t.works t.sold missing:Date?)");
  CHECK(typed("if t.works then t.made else missing", "Date?") ==
        "(conditional t.works (widen Date? t.made) missing:Date?)");
  CHECK(typed("if t.works then 1 else t.share", "Float") == "(conditional t.works 1.0 t.share)");
  CHECK(codes_of("(if t.works then 1 else \"x\") == 1") == "type-mismatch");
  CHECK(codes_of("(if t.count then 1 else 2) == 1") == "type-mismatch");
  CHECK(typed("if t.works then missing else missing", "Date?") ==
        "(conditional t.works missing:Date? missing:Date?)");
}

TEST_CASE("patterns are checked when rules are compiled") {
  CHECK(typed("t.name matches r\"^a+$\"") == "(matches t.name ^a+$)");
  CHECK(codes_of("t.name matches r\"(a\"") == "invalid-regex");
  CHECK(codes_of("t.name matches t.id") == "not-constant");
  CHECK(codes_of("t.count matches r\"a\"") == "type-mismatch");
  CHECK(typed("t.name like \"*.example.com\"") == "(like t.name \"*.example.com\")");
  CHECK(typed("t.name like t.id") == "(like t.name t.id)");
  CHECK(codes_of("t.name like \"[a-\"") == "invalid-glob");
}

TEST_CASE("fields of records and ranges") {
  CHECK(typed("t.place.country == \"DE\"") == "(equal t.place.country \"DE\")");
  CHECK(typed("period.start < t.seen") == "(less (range_start period) t.seen)");
  CHECK(typed("(2026-01-01..today).end == today") == "(equal (range_end (range 2026-01-01 today)) today)");
  CHECK(codes_of("t.nmae == \"x\"") == "unknown-field");
  CHECK(codes_of("t.place.town == \"x\"") == "unknown-field");
  CHECK(codes_of("t.name.x == \"x\"") == "unknown-field");
  CHECK(codes_of("t.nets.x == \"x\"") == "unknown-field");
  CHECK(codes_of("period.middle < now") == "unknown-field");
}

TEST_CASE("names that are not known") {
  CHECK(codes_of("nobody == 3") == "unknown-name");
  CHECK(codes_of("colour == red") == "unknown-name");
  CHECK(codes_of("keeper == p") == "unknown-name");
  CHECK(codes_of("Colour == red") == "unknown-name");
  CHECK(codes_of("Thing.count > 3") == "unknown-field");
}

TEST_CASE("texts take any value") {
  CHECK(typed("\"{t} {t.owner} {t.tags} {t.most} {1 + 2}\"", "String") ==
        "(interpolate t \" \" t.owner \" \" t.tags \" \" t.most \" \" (add 1 2))");
  CHECK(codes_of("\"{missing}\"", "String") == "needs-type");
  CHECK(typed("\"\"", "String") == "\"\"");
}

TEST_CASE("empty collections take their type from their context") {
  CHECK(typed("t.tags == {}") == "(equal t.tags (set))");
  CHECK(typed("[]", "List<Int>") == "(list)");
  CHECK(codes_of("size([]) == 0") == "needs-type");
  CHECK(codes_of("[]", "Int") == "type-mismatch");
  CHECK(codes_of("{}", "List<Int>") == "type-mismatch");
  CHECK(codes_of("[1, \"x\"]", "List<Int>") == "type-mismatch");
  CHECK(codes_of("size([t.count, t.name]) == 0") == "type-mismatch");
  CHECK(typed("[t.count, 2.5]", "List<Float>") == "(list (widen Float t.count) 2.5)");
}
