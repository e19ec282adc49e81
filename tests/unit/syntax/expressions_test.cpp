#include <catch2/catch.hpp>
#include <string>

#include "tests/unit/syntax/snippet.hpp"

using writ::tests::complaint;
using writ::tests::expression;

TEST_CASE("literals") {
  CHECK(expression("42") == "42");
  CHECK(expression("1_000") == "1_000");
  CHECK(expression("3.5") == "3.5");
  CHECK(expression("95%") == "95%");
  CHECK(expression("99.9%") == "99.9%");
  CHECK(expression("true") == "true");
  CHECK(expression("missing") == "missing");
  CHECK(expression("2026-06-30") == "2026-06-30");
  CHECK(expression("2026-06-30T12:00:00Z") == "2026-06-30T12:00:00Z");
  CHECK(expression("2026-06-30T12:00:00.125+02:00") == "2026-06-30T12:00:00.125+02:00");
  CHECK(expression("90 days") == "(quantity 90 days)");
  CHECK(expression("1 day") == "(quantity 1 day)");
  CHECK(expression("1.5 hours") == "(quantity 1.5 hours)");
  CHECK(expression("-5 minutes") == "(- (quantity 5 minutes))");
  for (const char* unit : {"second", "minute", "hour", "day", "week", "month", "year"}) {
    CHECK(expression(fmt::format("2 {}s", unit)) == fmt::format("(quantity 2 {}s)", unit));
  }
}

TEST_CASE("precedence, from loosest to tightest") {
  CHECK(expression("a or b and c") == "(or a (and b c))");
  CHECK(expression("a and b or c") == "(or (and a b) c)");
  CHECK(expression("not a and b") == "(and (not a) b)");
  CHECK(expression("not a == b") == "(not (== a b))");
  CHECK(expression("a == b ?? c") == "(== a (?? b c))");
  CHECK(expression("a ?? b ?? c") == "(?? a (?? b c))");
  CHECK(expression("a in b..c + 1") == "(in a (.. b (+ c 1)))");
  CHECK(expression("a + b * c - d") == "(- (+ a (* b c)) d)");
  CHECK(expression("a - b - c") == "(- (- a b) c)");
  CHECK(expression("a * b / c % d") == "(% (/ (* a b) c) d)");
  CHECK(expression("-a.b * c") == "(* (- (. a b)) c)");
  CHECK(expression("a - -b") == "(- a (- b))");
  CHECK(expression("not not a") == "(not (not a))");
  CHECK(expression("(a or b) and c") == "(and (paren (or a b)) c)");
  CHECK(expression("a not in b and c") == "(and (not in a b) c)");
  CHECK(expression("a + b is present and c") == "(and (is present (+ a b)) c)");
  CHECK(expression("not a is missing or b is dangling") == "(or (not (is missing a)) (is dangling b))");
  CHECK(expression("x matches r\"a\\d\" or y like \"*.b\"") ==
        "(or (matches x r\"a\\\\d\") (like y (string \"*.b\")))");
  CHECK(expression("a != b") == "(!= a b)");
  CHECK(expression("10 % 3") == "(% 10 3)");
  CHECK(expression("10 %(3)") == "(% 10 (paren 3))");
}

TEST_CASE("members and calls") {
  CHECK(expression("a.b.c") == "(. (. a b) c)");
  CHECK(expression("a?.b ?? c") == "(?? (?. a b) c)");
  CHECK(expression("f()") == "(call f)");
  CHECK(expression("f(a, b)") == "(call f a b)");
  CHECK(expression("f(a, b,)") == "(call f a b)");
  CHECK(expression("a.f(b).c") == "(. (call f on a b) c)");
  CHECK(expression("kept_up(d, every: 12 months, since: s)") ==
        "(call kept_up d every: (quantity 12 months) since: s)");
  CHECK(expression("a.at <= b.from and c.in.key") == "(and (<= (. a at) (. b from)) (. (. c in) key))");
  CHECK(expression("min(a, b)") == "(call min a b)");
  CHECK(expression("count(a)") == "(call count a)");
  CHECK(expression("by and from and key") == "(and (and by from) key)");
  CHECK(expression("x in {yes, no}") == "(in x (set yes no))");
}

TEST_CASE("lists, sets, conditionals") {
  CHECK(expression("[]") == "(list)");
  CHECK(expression("{}") == "(set)");
  CHECK(expression("[a, b,]") == "(list a b)");
  CHECK(expression("{a, {b}}") == "(set a (set b))");
  CHECK(expression("if a then b else c or d") == "(if a b (or c d))");
  CHECK(expression("if a then b else if c then d else e") == "(if a b (if c d e))");
  CHECK(expression("1 + if a then b else c") == "(+ 1 (if a b c))");
}

TEST_CASE("queries") {
  CHECK(expression("some a in x where a.b and c") == "(some [a x] where (and (. a b) c))");
  CHECK(expression("no a in x") == "(no [a x])");
  CHECK(expression("every a in x, b in a.ys where b satisfies c or d") ==
        "(every [a x] [b (. a ys)] where b body (or c d))");
  CHECK(expression("count(a in x where b)") == "(count [a x] where b)");
  CHECK(expression("percent(p in Person where p.a satisfies p.b)") ==
        "(percent [p Person] where (. p a) body (. p b))");
  CHECK(expression("sum(x.n for x in xs where x.k)") == "(sum [x xs] where (. x k) body (. x n))");
  CHECK(expression("max(a.t for a in p.xs, b in a.ys)") == "(max [a (. p xs)] [b (. a ys)] body (. a t))");
  CHECK(expression("latest(v in p.vs where v.a by v.b)?.c") ==
        "(?. (latest [v (. p vs)] where (. v a) by (. v b)) c)");
  CHECK(expression("first(v in vs)") == "(first [v vs])");
  CHECK(expression("max_gap(r.on for r in Review; period)") == "(max_gap [r Review] body (. r on) range period)");
  CHECK(expression("[x.n for x in xs where x.a by x.n desc]") ==
        "([… for …] [x xs] where (. x a) body (. x n) by (. x n) desc)");
  CHECK(expression("{t for v in PolicyVersion, t in v.topics where serves(v, k)}") ==
        "({… for …} [v PolicyVersion] [t (. v topics)] where (call serves v k) body t)");
  CHECK(expression("some a in x where some b in a.y where b") == "(some [a x] where (some [b (. a y)] where b))");
  CHECK(expression("a and some b in [1, 2] + c where d") == "(and a (some [b (+ (list 1 2) c)] where d))");
  CHECK(expression("[x for x in union([r.on for r in p.rs], [v.on for v in p.vs])]") ==
        "([… for …] [x (call union ([… for …] [r (. p rs)] body (. r on)) ([… for …] [v (. p vs)] body (. v on)))] "
        "body x)");
}

TEST_CASE("layout is free, and a field's name after an expression is no operator") {
  CHECK(expression("a\n  and b # so\n  or\n\tc") == "(or (and a b) c)");
  CHECK(expression("a\r\n  and b") == "(and a b)");
  const writ::tests::Snippet snippet(
      "entity E {\n  a: Int = 5\n  matches: Int\n  b: Int = 6 in: Int days: Int\n}\n");
  CHECK(snippet.diagnosed().empty());
  CHECK(snippet.dumped() == "entity E\n  a: Int = 5\n  matches: Int\n  b: Int = 6\n  in: Int\n  days: Int\n");
}

TEST_CASE("what an expression cannot be") {
  CHECK(complaint("1 < x < 3") == "comparisons do not chain");
  CHECK(complaint("a is present == b") == "comparisons do not chain");
  CHECK(complaint("a == b is missing") == "comparisons do not chain");
  CHECK(complaint("1..2..3") == "a range has two ends");
  CHECK(complaint("a == not b") == "`not` needs parentheses here");
  CHECK(complaint("count(x for x in xs)") == "`count` takes no `for`");
  CHECK(complaint("f(a, b for b in c)") == "expected `)`, found `for`");
  CHECK(complaint("percent(x in xs)") == "`percent` does not say which share it asks for");
  CHECK(complaint("count(x in xs satisfies a)") == "`count` has no `satisfies`");
  CHECK(complaint("count(x in xs by a)") == "`count` takes no `by`");
  CHECK(complaint("sum(x for x in xs by x)") == "`sum` takes no `by`");
  CHECK(complaint("sum(x for x in xs; period)") == "`sum` takes no range");
  CHECK(complaint("max_gap(x for x in xs)") == "`max_gap` does not say of which stretch of time");
  CHECK(complaint("{x for x in xs by x}") == "a set has no order");
}
