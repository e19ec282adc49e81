#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "tests/unit/functions/call.hpp"

namespace writ::functions {

using facts::Value;
using support::Caller;

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

std::string of(std::string_view name, const Value& value, std::size_t overload = 0) {
  return Caller().shown(name, {value}, overload);
}

std::string read(std::string_view name, std::string_view text) {
  Caller caller;
  return caller.shown(name, {caller.text(text)});
}

}  // namespace

TEST_CASE("rounding to places goes by the digits that are read") {
  const auto rounded = [](double number, std::int64_t places) {
    return Caller().shown("round", {Value::floating(number), Value::integer(places)}, 2);
  };
  CHECK(rounded(2.675, 2) == "2.68");
  CHECK(rounded(-2.675, 2) == "-2.68");
  CHECK(rounded(0.125, 2) == "0.13");
  CHECK(rounded(9.996, 2) == "10.0");
  CHECK(rounded(0.004, 2) == "0.0");
  CHECK(rounded(-0.004, 2) == "0.0");
  CHECK(rounded(0.006, 2) == "0.01");
  CHECK(rounded(0.5, 0) == "1.0");
  CHECK(rounded(0.05, 0) == "0.0");
  CHECK(rounded(12345, -2) == "12300.0");
  CHECK(rounded(950, -2) == "1000.0");
  CHECK(rounded(950, -3) == "1000.0");
  CHECK(rounded(49, -2) == "0.0");
  CHECK(rounded(1.5, 10) == "1.5");
  CHECK(rounded(1e300, 300) == "1e+300");
  CHECK(rounded(1.7976931348623157e308, -301) == "error");
  CHECK(rounded(1, 301) == "error");
  CHECK(rounded(0, 2) == "0.0");
}

TEST_CASE("abs") {
  CHECK(of("abs", Value::integer(-3)) == "3");
  CHECK(of("abs", Value::integer(most)) == "9223372036854775807");
  CHECK(of("abs", Value::integer(least)) == "error");
  CHECK(of("abs", Value::floating(-0.5), 1) == "0.5");
  CHECK(of("abs", Caller::duration("-3 days"), 2) == "3 days");
  CHECK(of("abs", Caller::duration("3 days"), 2) == "3 days");
  CHECK(of("abs", Value::of(types::Duration{least, 0}), 2) == "error");
}

TEST_CASE("rounding, and what no Int holds") {
  CHECK(of("round", Value::floating(2.5), 1) == "3");
  CHECK(of("round", Value::floating(-2.5), 1) == "-3");
  CHECK(of("round", Value::floating(0.49999999999999994), 1) == "0");
  CHECK(of("floor", Value::floating(-0.5), 1) == "-1");
  CHECK(of("ceil", Value::floating(-0.5), 1) == "0");
  CHECK(of("ceil", Value::floating(2.1), 1) == "3");
  CHECK(of("floor", Value::floating(9223372036854775808.0), 1) == "error");
  CHECK(of("floor", Value::floating(-9223372036854775808.0), 1) == "-9223372036854775808");
  CHECK(of("ceil", Value::floating(1e300), 1) == "error");
  CHECK(of("floor", Value::integer(most)) == "9223372036854775807");
}

TEST_CASE("the lesser and the greater of two") {
  Caller caller;
  CHECK(caller.shown("least", {Value::integer(2), Value::integer(1)}) == "1");
  CHECK(caller.shown("greatest", {Value::integer(2), Value::integer(1)}) == "2");
  CHECK(caller.shown("least", {Caller::date("2026-01-02"), Caller::date("2026-01-01")}) == "2026-01-01");
  CHECK(caller.shown("greatest", {caller.text("b"), caller.text("é")}) == "é");
  CHECK(caller.shown("greatest", {Value::member(1), Value::member(3)}) == "member 3");
  CHECK(caller.shown("least", {Value::floating(-1.5), Value::floating(2.0)}) == "-1.5");
}

TEST_CASE("whole numbers in texts") {
  CHECK(read("int", "42") == "42");
  CHECK(read("int", "-0") == "0");
  CHECK(read("int", "007") == "7");
  CHECK(read("int", "-9223372036854775808") == "-9223372036854775808");
  for (const char* text :
       {"", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "9223372036854775808", "1_000", "x", "--1"}) {
    INFO(text);
    CHECK(read("int", text) == "missing");
  }
}

TEST_CASE("numbers in texts") {
  CHECK(read("float", "2.5e3") == "2500.0");
  CHECK(read("float", "-1") == "-1.0");
  CHECK(read("float", "1E-2") == "0.01");
  CHECK(read("float", "0.1") == "0.1");
  for (const char* text :
       {"", "-", "+1", " 1", "1.", ".5", "1e", "1e+", "nan", "inf", "-inf", "0x1p3", "1e999", "1,5"}) {
    INFO(text);
    CHECK(read("float", text) == "missing");
  }
}

TEST_CASE("values as texts") {
  Caller caller;
  CHECK(of("text", Value::boolean(true)) == "true");
  CHECK(of("text", Value::integer(-5)) == "-5");
  CHECK(of("text", Value::floating(5)) == "5.0");
  CHECK(of("text", Caller::date("2026-06-30")) == "2026-06-30");
  CHECK(of("text", Caller::instant("2026-06-30T12:00:00+02:00")) == "2026-06-30T10:00:00Z");
  CHECK(of("text", Caller::duration("36 hours")) == "1 day 12 hours");
  CHECK(of("text", Caller::period_of("1 year")) == "12 months");
  CHECK(of("text", caller.text("a b")) == "a b");
  CHECK(of("text", caller.network("2001:DB8::/32")) == "2001:db8::/32");
}

}  // namespace writ::functions
