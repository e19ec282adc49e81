// What is known to be there, and what is not.
#include <catch2/catch.hpp>

#include "compiling.hpp"

using writ::testing::codes_of;
using writ::testing::compile_text;
using writ::testing::typed;
using writ::testing::world;

namespace {

constexpr auto refused = "optional-not-narrowed";

std::string in_check(std::string_view body) {
  return compile_text(std::string(world) + "control T-1 \"t\" {\n  check c \"c\" {\n" + std::string(body) +
                      "\n  }\n}\n")
      .codes();
}

// Functions of the world that a check does not call are warned of.
std::string errors_of(std::string_view body) {
  std::string codes = in_check(body);
  for (std::size_t at = 0; (at = codes.find("unused-name")) != std::string::npos;) codes.erase(at, 11);
  const std::size_t first = codes.find_first_not_of(' ');
  return first == std::string::npos ? "" : codes.substr(first, codes.find_last_not_of(' ') - first + 1);
}

}  // namespace

TEST_CASE("a member of an optional is read only where it is known to be there") {
  CHECK(codes_of("t.owner.name == \"x\"") == refused);
  CHECK(codes_of("t.owner is present and t.owner.name == \"x\"").empty());
  CHECK(codes_of("t.owner is missing or t.owner.name == \"x\"").empty());
  CHECK(codes_of("t.owner is present or t.owner.name == \"x\"") == refused);
  CHECK(codes_of("t.owner is missing and t.owner.name == \"x\"") == refused);
  CHECK(codes_of("not (t.owner is present) or t.owner.name == \"x\"").empty());
  CHECK(codes_of("not (t.owner is missing) and t.owner.name == \"x\"").empty());
  CHECK(codes_of("not (not (t.owner is present)) and t.owner.name == \"x\"").empty());
  CHECK(codes_of("t.owner is dangling or t.owner.name == \"x\"") == refused);
  CHECK(codes_of("not (t.owner is dangling) and t.owner.name == \"x\"") == refused);
}

TEST_CASE("narrowing goes through conjunctions, disjunctions and their negations") {
  CHECK(codes_of("t.works and t.owner is present and t.owner.name == \"x\"").empty());
  CHECK(codes_of("(t.works and t.owner is present) and t.owner.name == \"x\"").empty());
  CHECK(codes_of("(t.works or t.owner is present) and t.owner.name == \"x\"") == refused);
  CHECK(codes_of("(t.sold is present or t.owner is present) and t.owner.name == \"x\"") == refused);
  CHECK(codes_of(
            "((t.works and t.owner is present) or (t.owner is present and t.count > 1)) and t.owner.name == \"x\"")
            .empty());
  CHECK(codes_of("not (t.works or t.owner is missing) and t.owner.name == \"x\"").empty());
  CHECK(codes_of("not (t.works and t.owner is missing) and t.owner.name == \"x\"") == refused);
  CHECK(codes_of("t.owner is missing or t.sold is missing or t.owner.born < t.sold").empty());
  CHECK(codes_of("t.owner is missing or t.owner.boss is missing or t.owner.boss.name == \"x\"").empty());
  CHECK(codes_of("t.owner is present and (t.works or t.owner.name == \"x\")").empty());
  CHECK(codes_of("(t.owner is present and t.works) or t.owner.name == \"x\"") == refused);
}

TEST_CASE("an if narrows both of its branches") {
  CHECK(codes_of("if t.owner is present then t.owner.name == \"x\" else false").empty());
  CHECK(codes_of("if t.owner is missing then false else t.owner.name == \"x\"").empty());
  CHECK(codes_of("if t.owner is missing then t.owner.name == \"x\" else false") == refused);
  CHECK(codes_of("(if t.works then t.owner is present else false) and t.owner.name == \"x\"").empty());
  CHECK(codes_of("(if t.works then t.owner is present else true) and t.owner.name == \"x\"") == refused);
}

TEST_CASE("equality with what is there narrows") {
  CHECK(codes_of("t.owner == p and t.owner.name == \"x\"").empty());
  CHECK(codes_of("p == t.owner and t.owner.name == \"x\"").empty());
  CHECK(codes_of("t.owner != p or t.owner.name == \"x\"").empty());
  CHECK(codes_of("t.owner == p or t.owner.name == \"x\"") == refused);
  CHECK(codes_of("t.owner == q and t.owner.name == \"x\"") == refused);
  CHECK(codes_of("t.most == 3 and t.most > 1").empty());
  CHECK(codes_of("t.owner != missing and t.owner.name == \"x\"") == refused);
}

TEST_CASE("paths, names and calls of functions are narrowed; other values are not") {
  CHECK(codes_of("t.maker.boss is present and t.maker.boss.boss is present and t.maker.boss.boss.name == \"x\"")
            .empty());
  CHECK(codes_of("t.maker.boss is present and t.maker.boss.boss.name == \"x\"") == refused);
  CHECK(codes_of("q is present and q.name == \"x\"").empty());
  CHECK(codes_of("keeper(t) is present and keeper(t).name == \"x\"").empty());
  CHECK(codes_of("on_day(t, today) is present and on_day(t, today) < today").empty());
  CHECK(codes_of("on_day(t, 2026-01-01) is present and on_day(t, 2026-01-01) < today").empty());
  CHECK(codes_of("on_day(t, 2026-01-01) is present and on_day(t, 2026-01-02) < today") == refused);
  CHECK(codes_of("on_day(t, t.made) is present and on_day(t, t.made) < today").empty());
  CHECK(codes_of("on_day(t, t.made + 1 day) is present and on_day(t, t.made + 1 day) < today") == refused);
  CHECK(codes_of("t.place.city is present and t.place.city == lower(t.place.city)").empty());
  CHECK(codes_of("(max(x.made for x in Thing)) is present and (max(x.made for x in Thing)) < today") == refused);
}

TEST_CASE("what is reached through ?. is there where its end is") {
  CHECK(codes_of("t.owner?.boss is present and t.owner.boss.name == \"x\"").empty());
  CHECK(codes_of("t.owner?.boss is present and t.owner?.boss?.nick is missing").empty());
  CHECK(codes_of("t.owner?.name == \"x\" and t.owner.born < today").empty());
  CHECK(codes_of("t.owner?.boss is missing or t.owner.name == \"x\"").empty());
  CHECK(codes_of("(t.tested ?? false) and t.tested").empty());
  CHECK(codes_of("(t.tested ?? true) and t.tested") == refused);
}

TEST_CASE("what is tested may be known already") {
  CHECK(codes_of("t.owner is present and (t.owner is missing or t.owner.name == \"x\")").empty());
  CHECK(codes_of("t.owner is present and (t.owner?.name ?? \"x\") == \"x\"").empty());
  CHECK(codes_of("t.owner is present and (t.owner ?? p).name == \"x\"").empty());
}

TEST_CASE("the where of a query narrows its body and its order") {
  CHECK(codes_of("some n in t.notes where n.on is present and n.on < today").empty());
  CHECK(codes_of("every n in t.notes where n.on is present satisfies n.on < today").empty());
  CHECK(codes_of("every n in t.notes satisfies n.on < today") == refused);
  CHECK(codes_of("(max(n.on for n in t.notes where n.on is present)) == today").empty());
  CHECK(codes_of("(max(n.on for n in t.notes)) == today") == refused);
  CHECK(codes_of("(latest(n in t.notes where n.on is present by n.on))?.text == \"x\"").empty());
  CHECK(codes_of("(latest(n in t.notes by n.on))?.text == \"x\"") == refused);
  CHECK(codes_of("today in [n.on for n in t.notes where n.on is present]").empty());
  CHECK(codes_of("(some n in t.notes where n.on is present) and t.notes == []") == "not-comparable");
  CHECK(codes_of("t.owner is present and (some f in t.owner.friends where f.name == t.owner.name)").empty());
}

TEST_CASE("steps of a check narrow what follows") {
  CHECK(errors_of("for t in Thing where t.owner is present require t.owner.name == \"x\" else \"{t.owner.name}\"")
            .empty());
  CHECK(errors_of("for t in Thing require t.owner.name == \"x\" else \"n\"") == refused);
  CHECK(errors_of("for t in Thing let o = t.owner where o is present require o.name == \"x\" else \"{o.name}\"")
            .empty());
  CHECK(errors_of("for t in Thing let o = if t.works then t.owner else missing where o is present require o.name "
                  "== \"x\" else \"n\"")
            .empty());
  CHECK(errors_of("for t in Thing let o = t.owner where t.owner is present require o.name == \"x\" else \"n\"") ==
        refused);
  CHECK(errors_of(
            "for t in Thing where t.owner is present for f in t.owner.friends require f.name == \"x\" else \"n\"")
            .empty());
  CHECK(errors_of("for t in Thing where t.owner is present let b = t.owner.boss where b is present require b.name "
                  "== \"x\" else \"n\"")
            .empty());
}

TEST_CASE("a requirement narrows later ones, and not its own message") {
  CHECK(errors_of("for t in Thing require t.owner is present else \"n\" require t.owner.name == \"x\" else "
                  "\"{t.owner.name}\"")
            .empty());
  CHECK(errors_of("for t in Thing require t.owner is present else \"{t.owner.name}\"") == refused);
  CHECK(errors_of("for t in Thing require t.owner is present else \"{t.owner?.name} {t.owner}\"").empty());
  CHECK(errors_of("for t in Thing require t.owner is missing or t.owner.name == \"x\" else \"n\" require "
                  "t.owner.name == \"x\" else \"n\"") == refused);
}

TEST_CASE("narrowed uses are marked") {
  CHECK(typed("t.owner is present and t.owner.name == \"x\"") ==
        "(logical_and (is_present t.owner) (equal (present t.owner).name \"x\"))");
  CHECK(typed("t.owner is missing or t.owner == p") ==
        "(logical_or (is_missing t.owner) (equal (present t.owner) p))");
  CHECK(typed("t.owner == p") == "(equal t.owner (widen Person? p))");
}
