#include "language/types/signature.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "language/types/checking.hpp"

namespace writ::types {

namespace {

// A program with two enums, of which the second has an order, and an entity.
struct Types {
  language::Program program;
  TypeTable& table = program.types;
  TypeId boolean = TypeTable::simple(Kind::boolean);
  TypeId integer = TypeTable::simple(Kind::integer);
  TypeId floating = TypeTable::simple(Kind::floating);
  TypeId string = TypeTable::simple(Kind::string);
  TypeId date = TypeTable::simple(Kind::date);
  TypeId duration = TypeTable::simple(Kind::duration);
  TypeId period = TypeTable::simple(Kind::period);
  TypeId missing = TypeTable::simple(Kind::missing);
  TypeId status = table.enumeration(EnumId{0});
  TypeId severity = table.enumeration(EnumId{1});
  TypeId person = table.entity(EntityId{0});

  Types() {
    program.enums.push_back({"Status", "", false, {"active", "gone"}, {"", ""}, {}});
    program.enums.push_back({"Severity", "", true, {"low", "high"}, {"", ""}, {}});
    language::EntityDef entity;
    entity.name = "Person";
    program.entities.push_back(entity);
  }

  std::string name(TypeId type) const { return language::spelling(program, type); }
};

Signature signature(std::string_view text) {
  auto parsed = parse_signature("f", text);
  INFO(text);
  REQUIRE(parsed);
  return *parsed;
}

}  // namespace

TEST_CASE("signatures parse") {
  const Signature kept_up = signature("(dates: Collection<Date>, every: Period | Duration, since: Date) -> Bool");
  REQUIRE(kept_up.parameters.size() == 3);
  CHECK(kept_up.parameters[1].name == "every");
  CHECK(kept_up.parameters[1].alternatives.size() == 2);
  CHECK(kept_up.parameter("since") == 2u);
  CHECK(kept_up.parameter("until") == std::nullopt);
  CHECK(signature("() -> Timestamp").parameters.empty());
  CHECK(signature("(text: String?) -> Int?").parameters[0].optional);
  CHECK(signature("(text: String) -> Int?").optional_result);
  CHECK_FALSE(signature("(a: Range<T>) -> List<Set<T>>").optional_result);
}

TEST_CASE("what is no signature") {
  for (const char* text : {"", "()", "() ->", "(a) -> Int", "(a: ) -> Int", "(a: Strin) -> Int", "(a: List) -> Int",
                           "(a: List<>) -> Int", "(a: List<Int) -> Int", "(a: Int, ) -> Int", "(, a: Int) -> Int",
                           "(a: Int b: Int) -> Int", "(a: Int) -> Int x", "(a: Int |) -> Int", "(a: Int",
                           "a: Int -> Int", "(a: TT) -> Int", "(1: Int) -> Int", "(a: Int) -> Int??"}) {
    INFO(text);
    CHECK_FALSE(parse_signature("f", text));
  }
}

TEST_CASE("plain types fit, and Int fits where Float is declared") {
  Types t;
  const Signature one = signature("(number: Float) -> Int");
  Match match(one, t.program);
  CHECK(match.hint(0) == t.floating);
  CHECK(match.accept(0, t.string) == Fit::no);
  CHECK(match.accept(0, t.integer) == Fit::yes);
  CHECK(match.wanted(0) == t.floating);
  CHECK(match.result() == t.integer);
  CHECK(match.expected(0) == "`Float`");

  const Signature other = signature("(number: Int) -> Int");
  Match narrow(other, t.program);
  CHECK(narrow.accept(0, t.floating) == Fit::no);
}

TEST_CASE("optional values fit only where they are declared so") {
  Types t;
  const Signature one = signature("(text: String) -> Int?");
  Match match(one, t.program);
  CHECK(match.accept(0, t.table.optional(t.string)) == Fit::when_present);
  CHECK(match.accept(0, t.table.optional(t.integer)) == Fit::no);
  CHECK(match.accept(0, t.missing) == Fit::when_present);
  CHECK(t.name(match.result()) == "Int?");

  const Signature open = signature("(text: String?) -> Int");
  Match optional(open, t.program);
  CHECK(optional.accept(0, t.table.optional(t.string)) == Fit::yes);
  CHECK(optional.accept(0, t.missing) == Fit::yes);
  CHECK(optional.accept(0, t.string) == Fit::yes);
  CHECK(t.name(optional.wanted(0)) == "String?");
  CHECK(optional.expected(0) == "`String`, which may be missing");

  const Signature any = signature("(value: T) -> T");
  Match variable(any, t.program);
  CHECK(variable.accept(0, t.table.optional(t.person)) == Fit::when_present);
  CHECK(variable.accept(0, t.person) == Fit::yes);
  CHECK(variable.result() == t.person);
}

TEST_CASE("variables are the same throughout, and hint at what comes later") {
  Types t;
  const Signature minus = signature("(a: Collection<T>, b: Collection<T>) -> Set<T>");
  Match match(minus, t.program);
  CHECK(has_error(t.table, match.hint(1)));
  CHECK(match.expected(1) == "a list or a set");
  // The second argument is taken first.
  CHECK(match.accept(1, t.table.list(t.status)) == Fit::yes);
  CHECK(t.name(match.hint(0)) == "List<Status>");
  CHECK(match.expected(0) == "a list or a set of `Status`");
  CHECK(match.accept(0, t.table.set(t.severity)) == Fit::no);
  CHECK(match.accept(0, t.status) == Fit::no);
  CHECK(match.accept(0, t.table.set(t.status)) == Fit::yes);
  CHECK(t.name(match.wanted(0)) == "Set<Status>");
  CHECK(t.name(match.wanted(1)) == "List<Status>");
  CHECK(t.name(match.result()) == "Set<Status>");
}

TEST_CASE("collections of records, and empty literals") {
  Types t;
  const Signature size = signature("(items: Collection<T>) -> Int");
  Match people(size, t.program);
  CHECK(people.accept(0, t.table.list(t.person)) == Fit::yes);
  CHECK(people.accept(0, t.table.optional(t.table.list(t.person))) == Fit::when_present);

  const Signature unite = signature("(a: Collection<T>, b: Collection<T>) -> Set<T>");
  Match empty(unite, t.program);
  CHECK(empty.accept(1, t.table.set(unknown)) == Fit::yes);
  CHECK(empty.accept(0, t.table.list(t.person)) == Fit::yes);
  CHECK(t.name(empty.wanted(1)) == "Set<Person>");
}

TEST_CASE("elements do not widen, values do") {
  Types t;
  const Signature has = signature("(items: Collection<T>, item: T) -> Bool");
  Match fixed(has, t.program);
  CHECK(fixed.accept(0, t.table.list(t.floating)) == Fit::yes);
  CHECK(fixed.accept(1, t.integer) == Fit::yes);
  CHECK(fixed.wanted(1) == t.floating);

  Match whole(has, t.program);
  CHECK(whole.accept(0, t.table.list(t.integer)) == Fit::yes);
  CHECK(whole.accept(1, t.floating) == Fit::no);

  Match late(has, t.program);
  CHECK(late.accept(1, t.integer) == Fit::yes);
  CHECK(late.accept(0, t.table.list(t.floating)) == Fit::yes);
  CHECK(late.wanted(1) == t.floating);

  Match unfit(has, t.program);
  CHECK(unfit.accept(1, t.floating) == Fit::yes);
  CHECK(unfit.accept(0, t.table.list(t.integer)) == Fit::no);
  // What did not fit has bound nothing.
  CHECK(unfit.accept(0, t.table.list(t.floating)) == Fit::yes);
}

TEST_CASE("ordered variables") {
  Types t;
  const Signature least = signature("(a: O, b: O) -> O");
  Match match(least, t.program);
  CHECK(match.expected(0) == "a value that has an order");
  CHECK(match.accept(0, t.status) == Fit::no);
  CHECK(match.accept(0, t.person) == Fit::no);
  CHECK(match.accept(0, t.boolean) == Fit::no);
  CHECK(match.accept(0, t.severity) == Fit::yes);
  CHECK(match.hint(1) == t.severity);
  CHECK(match.accept(1, t.date) == Fit::no);
  CHECK(match.accept(1, t.severity) == Fit::yes);
  CHECK(match.result() == t.severity);

  Match numbers(least, t.program);
  CHECK(numbers.accept(0, t.integer) == Fit::yes);
  CHECK(numbers.accept(1, t.floating) == Fit::yes);
  CHECK(numbers.wanted(0) == t.floating);
  CHECK(numbers.result() == t.floating);
}

TEST_CASE("alternatives") {
  Types t;
  const Signature every = signature("(every: Period | Duration) -> Bool");
  Match match(every, t.program);
  CHECK(match.hint(0) == unknown);
  CHECK(match.accept(0, t.date) == Fit::no);
  CHECK(match.accept(0, t.duration) == Fit::yes);
  CHECK(match.wanted(0) == t.duration);
  CHECK(match.accept(0, t.table.optional(t.period)) == Fit::when_present);
  CHECK(match.expected(0) == "`Period` or `Duration`");

  // What fits as it is goes before what fits when widened.
  const Signature number = signature("(number: Float | Int | String) -> Bool");
  Match exact(number, t.program);
  CHECK(exact.accept(0, t.integer) == Fit::yes);
  CHECK(exact.wanted(0) == t.integer);
  CHECK(exact.expected(0) == "`Float`, `Int` or `String`");
}

TEST_CASE("what could not be typed fits everywhere") {
  Types t;
  const Signature minus = signature("(a: Collection<T>, b: Period | Duration) -> Set<T>");
  Match match(minus, t.program);
  CHECK(match.accept(0, unknown) == Fit::yes);
  CHECK(match.accept(1, unknown) == Fit::yes);
  CHECK(has_error(t.table, match.result()));
}

TEST_CASE("equal types have equal ids") {
  TypeTable types;
  const TypeId list = types.list(TypeTable::simple(Kind::date));
  CHECK(types.list(TypeTable::simple(Kind::date)) == list);
  CHECK(types.set(TypeTable::simple(Kind::date)) != list);
  CHECK(types.optional(types.optional(list)) == types.optional(list));
  CHECK(types.strip_optional(types.optional(list)) == list);
  CHECK(types.strip_optional(list) == list);
  CHECK(types.enumeration(EnumId{3}) == types.enumeration(EnumId{3}));
  CHECK(types.enumeration(EnumId{3}) != types.enumeration(EnumId{4}));
  CHECK(types.enumeration(EnumId{3}) != types.entity(EntityId{3}));
  CHECK(types.kind(TypeTable::simple(Kind::network)) == Kind::network);
  CHECK(types.is_collection(list));
  CHECK_FALSE(types.is_collection(types.range(TypeTable::simple(Kind::date))));
}

}  // namespace writ::types
