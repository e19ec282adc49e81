#include <catch2/catch.hpp>
#include <string>

#include "stdlib/functions/unicode.hpp"
#include "tests/unit/functions/call.hpp"

namespace writ::functions {

using facts::Value;
using support::Caller;

namespace {

std::string one(std::string_view name, std::string_view text) {
  Caller caller;
  return caller.shown(name, {caller.text(text)});
}

std::string two(std::string_view name, std::string_view a, std::string_view b, std::size_t overload = 0) {
  Caller caller;
  return caller.shown(name, {caller.text(a), caller.text(b)}, overload);
}

std::string replaced(std::string_view text, std::string_view old, std::string_view with) {
  Caller caller;
  return caller.shown("replace", {caller.text(text), caller.text(old), caller.text(with)});
}

}  // namespace

TEST_CASE("small letters and capitals, beyond ASCII too") {
  CHECK(one("lower", "") == "");
  CHECK(one("lower", "ANA@Example.COM 42") == "ana@example.com 42");
  CHECK(one("lower", "ÄÖÜÉÑÇ") == "äöüéñç");
  CHECK(one("lower", "ΑΣΩ") == "ασω");
  CHECK(one("lower", "ЖУК") == "жук");
  CHECK(one("lower", "ŁŻŃ") == "łżń");
  CHECK(one("lower", "\u0130") == "i");
  CHECK(one("lower", "\u2126") == "ω");  // the ohm sign
  CHECK(one("lower", "\U00010400") == "\U00010428");
  CHECK(one("upper", "äöüéñç") == "ÄÖÜÉÑÇ");
  CHECK(one("upper", "straße") == "STRAßE");
  CHECK(one("upper", "ς") == "Σ");
  CHECK(one("upper", "ÿ") == "Ÿ");
  CHECK(one("upper", "\u1f80") == "\u1f88");
  CHECK(one("upper", "\u0149") == "\u0149");
  CHECK(one("upper", "\U00010428") == "\U00010400");
  CHECK(one("upper", "中文 — 42") == "中文 — 42");
}

TEST_CASE("bytes that are no UTF-8 stay as they are") {
  CHECK(one("lower",
            "A\xff"
            "B\xc3") ==
        "a\xff"
        "b\xc3");
  CHECK(one("length", "a\xff") == "2");
  CHECK(one("trim", " \xff ") == "\xff");
}

TEST_CASE("a capital's small letter has it as its capital, for every letter of one pair") {
  int pairs = 0;
  for (char32_t c = 0; c <= 0x10ffff; ++c) {
    const char32_t small = to_lower(c);
    if (small == c) continue;
    if (to_lower(small) != small) FAIL(static_cast<std::uint32_t>(c));
    if (to_upper(small) == c) ++pairs;
  }
  CHECK(pairs > 1300);
}

TEST_CASE("trim takes Unicode's white space from the ends only") {
  CHECK(one("trim", "  a b\t\r\n") == "a b");
  CHECK(one("trim", "\u00a0\u2003x\u3000") == "x");
  CHECK(one("trim", " \t ") == "");
  CHECK(one("trim", "") == "");
  CHECK(one("trim", "\u200bx") == "\u200bx");  // the zero-width space is none
}

TEST_CASE("other characters are trimmed where they are named") {
  CHECK(two("trim", "/var/log/", "/", 1) == "var/log");
  CHECK(two("trim", "¡¡foo!¡", "!¡", 1) == "foo");
  CHECK(two("trim", "////", "/", 1) == "");
  CHECK(two("trim", " a ", "", 1) == " a ");
  CHECK(two("trim_prefix", "refs/heads/main", "refs/heads/") == "main");
  CHECK(two("trim_prefix", "main", "refs/heads/") == "main");
  CHECK(two("trim_suffix", "a.b.", ".") == "a.b");
  CHECK(two("trim_suffix", "", ".") == "");
}

TEST_CASE("folding makes what differs in case alone the same") {
  CHECK(one("casefold", "Straße") == "strasse");
  CHECK(one("casefold", "ΣΊΣΥΦΟΣ") == one("casefold", "σίσυφος"));
  CHECK(one("casefold", "ﬁx") == "fix");
  CHECK(one("casefold", "\u13a0") == "\u13a0");  // Cherokee folds to its capitals
  CHECK(one("casefold", "\uab70") == "\u13a0");
  CHECK(one("casefold", "K") == "k");  // the sign for kelvin
  CHECK(one("casefold", "") == "");
}

TEST_CASE("characters by their places") {
  Caller caller;
  const auto from = [&](std::string_view text, std::int64_t start) {
    return caller.shown("substring", {caller.text(text), Value::integer(start)});
  };
  const auto part = [&](std::string_view text, std::int64_t start, std::int64_t length) {
    return caller.shown("substring", {caller.text(text), Value::integer(start), Value::integer(length)}, 1);
  };
  CHECK(from("naïve", 3) == "ve");
  CHECK(from("abc", 3) == "");
  CHECK(from("abc", 99) == "");
  CHECK(from("abc", -1) == "error");
  CHECK(part("äöü", 1, 1) == "ö");
  CHECK(part("abc", 1, 99) == "bc");
  CHECK(part("abc", 1, 0) == "");
  CHECK(part("abc", 1, -1) == "error");
  CHECK(part("abc", -1, 1) == "error");
  CHECK(two("index_of", "skön var våren", "vår") == "9");
  CHECK(two("index_of", "abc", "") == "0");
  CHECK(two("index_of", "abc", "x") == "missing");
}

TEST_CASE("length counts characters") {
  CHECK(one("length", "") == "0");
  CHECK(one("length", "abc") == "3");
  CHECK(one("length", "naïve") == "5");
  CHECK(one("length", "🙂🙂") == "2");
  CHECK(one("length", "e\u0301") == "2");
}

TEST_CASE("parts of texts") {
  CHECK(two("contains", "payroll", "roll") == "true");
  CHECK(two("contains", "payroll", "Roll") == "false");
  CHECK(two("contains", "", "") == "true");
  CHECK(two("contains", "", "a") == "false");
  CHECK(two("starts_with", "svc-a", "svc-") == "true");
  CHECK(two("starts_with", "svc", "svc-") == "false");
  CHECK(two("starts_with", "svc", "") == "true");
  CHECK(two("ends_with", "a@b.c", "@b.c") == "true");
  CHECK(two("ends_with", "b.c", "@b.c") == "false");
}

TEST_CASE("replace goes from left to right, and not into what it has put in") {
  CHECK(replaced("a.b.c", ".", "-") == "a-b-c");
  CHECK(replaced("aaa", "aa", "b") == "ba");
  CHECK(replaced("aa", "a", "aa") == "aaaa");
  CHECK(replaced("abc", "x", "y") == "abc");
  CHECK(replaced("abc", "abc", "") == "");
  CHECK(replaced("abc", "", "x") == "error");
  CHECK(replaced("", "a", "x") == "");
  const std::string many(5000, 'a');
  CHECK(replaced(many, "a", many) == "error");
}

TEST_CASE("split and join") {
  CHECK(two("split", "a,b,,c", ",") == "[a, b, , c]");
  CHECK(two("split", "abc", ",") == "[abc]");
  CHECK(two("split", "", ",") == "[]");
  CHECK(two("split", "a--b-c", "--") == "[a, b-c]");
  CHECK(two("split", ",", ",") == "[, ]");
  CHECK(two("split", "abc", "") == "error");
  Caller caller;
  CHECK(facts::list_size(caller.call("split", {caller.text(""), caller.text(",")})) == 1);
  CHECK(caller.shown("join", {caller.list({caller.text("a"), caller.text("b")}), caller.text(", ")}) == "a, b");
  CHECK(caller.shown("join", {caller.list({}), caller.text(", ")}) == "");
  CHECK(caller.shown("join", {caller.list({caller.text("a")}), caller.text(", ")}) == "a");
  const facts::Value big = caller.text(std::string(9'000'000, 'x'));
  CHECK(caller.shown("join", {caller.list({big, big}), caller.text("")}) == "error");
}

}  // namespace writ::functions
