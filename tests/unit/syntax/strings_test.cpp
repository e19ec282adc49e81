#include "language/syntax/strings.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/unit/syntax/snippet.hpp"

using writ::syntax::bad_escapes;
using writ::syntax::decode_escapes;
using writ::syntax::dedent;
using writ::tests::complaint;
using writ::tests::expression;
using writ::tests::Snippet;

namespace {

std::vector<std::string> dedented(std::vector<std::string> pieces) {
  dedent(pieces);
  return pieces;
}

}  // namespace

TEST_CASE("escapes are decoded") {
  CHECK(decode_escapes(R"(a\n\t\"\\\{\}b)") == "a\n\t\"\\{}b");
  CHECK(decode_escapes(R"(\u{41}\u{e9}\u{20AC}\u{1F600})") == "Aé€😀");
  CHECK(bad_escapes(R"(a\n\t\"\\\{\}\u{10FFFF})").empty());
}

TEST_CASE("what is no escape is said with its place") {
  const auto bad = bad_escapes(R"(a\qb\u{D800}\u{110000}\u41\u{}\u{xyz}\é)");
  REQUIRE(bad.size() == 7);
  CHECK(bad[0].begin == 1);
  CHECK(bad[0].end == 3);
  CHECK(bad[0].reason == "`\\q` is no escape");
  CHECK(bad[1].reason == "U+D800 is not a Unicode character");
  CHECK(bad[2].reason == "U+110000 is not a Unicode character");
  CHECK(bad[3].reason == "`\\u` needs the number of a character in braces");
  CHECK(bad[4].reason == "`\\u{}` names no character");
  CHECK(bad[5].reason == "`xyz` is not a hexadecimal number");
  CHECK(bad[6].reason == "`\\é` is no escape");
  CHECK(decode_escapes(R"(a\qb)") == R"(a\qb)");
}

TEST_CASE("blocks lose the indentation that their lines share") {
  CHECK(dedented({"\n    a\n      b\n\n    c\n    "}) == std::vector<std::string>{"a\n  b\n\nc"});
  CHECK(dedented({"  \n\ta\n\tb"}) == std::vector<std::string>{"a\nb"});
  CHECK(dedented({"\r\n  a\r\n  b\r\n"}) == std::vector<std::string>{"a\nb"});
  CHECK(dedented({"a\n  b"}) == std::vector<std::string>{"a\nb"});
  CHECK(dedented({"\n  a ", " b\n    ", "\n  "}) == std::vector<std::string>{"a ", " b\n  ", ""});
  CHECK(dedented({""}) == std::vector<std::string>{""});
  CHECK(dedented({"\n"}) == std::vector<std::string>{""});
  CHECK(dedented({"\n  "}) == std::vector<std::string>{""});
}

TEST_CASE("strings in rules") {
  CHECK(expression(R"("")") == "(string)");
  CHECK(expression(R"("a {b.c} d{f("x", {1})}")") == R"((string "a " (. b c) " d" (call f (string "x") (set 1))))");
  CHECK(expression(R"("{"{a}"}")") == "(string (string a))");
  CHECK(expression(R"("\u{1F600} \{x\}")") == "(string \"😀 {x}\")");
  CHECK(expression(R"("a } b")") == "(string \"a } b\")");
  CHECK(expression(R"(r"a\d{2}")") == R"(r"a\\d{2}")");
  CHECK(expression(R"(r#"a"b"#)") == R"(r"a\"b")");
  CHECK(expression("\"\"\"\n    a {b}\n      c\n    \"\"\"") == "(string \"a \" b \"\\n  c\")");
  CHECK(expression("\"\"\"a \"b\" c\"\"\"") == R"((string "a \"b\" c"))");
}

TEST_CASE("strings that are wrong") {
  CHECK(complaint("\"a\\qb\"") == "`\\q` is no escape");
  CHECK(complaint("\"abc") == "a text is never closed");
  CHECK(complaint("r\"abc") == "a text is never closed");
  CHECK(complaint("r#\"abc\"") == "a text is never closed");
  CHECK(complaint("\"\"\"abc") == "a text is never closed");
  CHECK(complaint("\"{}\"") == "nothing stands between these braces");
  CHECK(complaint("\"{a\"") == "`{` is never closed");
  CHECK(complaint("\"{a:>5}\"") == "expected `}`, found `:`");
  CHECK(complaint("'a b'") == "a text stands in double quotes [write double quotes]");
  CHECK(complaint("“a”") == "a text stands in straight double quotes");
}

TEST_CASE("an unclosed string is reported where it opens, and costs no more than its declaration") {
  const Snippet line("fn a(): String = \"abc\nfn b(): Int = 1\n");
  CHECK(line.diagnosed() == "1:18 unclosed-block: a text is never closed\n");
  CHECK(line.dumped() == "error a\nfn b(): Int = 1\n");
  const Snippet block("fn a(): String = \"\"\"\n  abc\n\nfn b(): Int = 1\n");
  CHECK(block.diagnosed() == "1:18 unclosed-block: a text is never closed\n");
  CHECK(block.dumped() == "error a\nfn b(): Int = 1\n");
}

TEST_CASE("nothing is computed in a title") {
  const Snippet snippet("control A-1 \"a {b} c\" {\n}\n");
  CHECK(snippet.diagnosed() == "1:16 not-constant: nothing can be computed in this text\n");
  CHECK(snippet.dumped() == "control A-1 \"a  c\"\n");
}
