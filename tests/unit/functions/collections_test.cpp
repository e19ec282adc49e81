#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/unit/functions/call.hpp"

namespace writ::functions {

using facts::Value;
using support::Caller;

namespace {

std::vector<Value> numbers(std::initializer_list<int> items) {
  std::vector<Value> out;
  for (const int item : items) out.push_back(Value::integer(item));
  return out;
}

std::string of(std::string_view name, std::initializer_list<int> a, std::initializer_list<int> b) {
  Caller caller;
  return caller.shown(name, {caller.list(numbers(a)), caller.list(numbers(b))});
}

}  // namespace

TEST_CASE("sizes") {
  Caller caller;
  CHECK(caller.shown("size", {caller.list(numbers({3, 3, 4}))}) == "3");
  CHECK(caller.shown("size", {caller.list({})}) == "0");
  CHECK(caller.shown("is_empty", {caller.list({})}) == "true");
  CHECK(caller.shown("is_empty", {caller.list(numbers({1}))}) == "false");
}

TEST_CASE("set algebra keeps the order of first appearance, and nothing twice") {
  CHECK(of("union", {3, 1, 3}, {2, 1}) == "[3, 1, 2]");
  CHECK(of("union", {}, {}) == "[]");
  CHECK(of("intersect", {3, 1, 3, 2}, {2, 3}) == "[3, 2]");
  CHECK(of("intersect", {1}, {}) == "[]");
  CHECK(of("minus", {3, 1, 3, 2}, {1}) == "[3, 2]");
  CHECK(of("minus", {}, {1}) == "[]");
  CHECK(of("subset_of", {1, 1, 2}, {2, 1}) == "true");
  CHECK(of("subset_of", {}, {}) == "true");
  CHECK(of("subset_of", {1, 3}, {2, 1}) == "false");
  CHECK(of("subset_of", {1}, {}) == "false");
}

TEST_CASE("elements are compared by value, records by record") {
  Caller caller;
  const Value texts = caller.list({caller.text("a"), caller.text("b")});
  CHECK(caller.shown("intersect", {texts, caller.list({caller.text("b")})}) == "[b]");
  const std::uint32_t rows[] = {4, 7};
  Value records;
  records.kind = facts::ValueKind::rows;
  records.rows = rows;
  records.aux = 2;
  CHECK(caller.shown("minus", {records, caller.list({Value::row(7)})}) == "[row 4]");
  CHECK(caller.shown("size", {records}) == "2");
  // A reference to no record equals only one to the same key.
  CHECK(caller.shown("union", {caller.list({Value::dangling(1), Value::row(1)}),
                               caller.list({Value::dangling(1), Value::dangling(2), Value::missing()})}) ==
        "[dangling 1, row 1, dangling 2, missing]");
}

TEST_CASE("what set algebra gives is compared without regard to order") {
  Caller caller;
  const auto a = caller.list(numbers({1}));
  const auto b = caller.list(numbers({2}));
  CHECK(facts::equal(caller.call("union", {a, b}), caller.call("union", {b, a})));
  CHECK_FALSE(facts::equal(caller.call("union", {a, b}), caller.call("union", {a, a})));
}

TEST_CASE("large sets") {
  Caller caller;
  std::vector<Value> even;
  std::vector<Value> all;
  for (int i = 0; i < 100000; ++i) {
    all.push_back(Value::integer(i));
    if (i % 2 == 0) even.push_back(Value::integer(i));
  }
  CHECK(facts::list_size(caller.call("minus", {caller.list(all), caller.list(even)})) == 50000);
  CHECK(facts::list_size(caller.call("union", {caller.list(even), caller.list(all)})) == 100000);
  CHECK(caller.shown("subset_of", {caller.list(even), caller.list(all)}) == "true");
}

}  // namespace writ::functions
