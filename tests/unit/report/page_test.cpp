#include "engine/report/page.hpp"

#include <catch2/catch.hpp>

using namespace writ::report;

namespace {

Page page_of(std::uint32_t width, bool color = false) { return Page({color, true, width}); }

}  // namespace

TEST_CASE("words are wrapped with a hanging indent") {
  Page page = page_of(24);
  page.paragraph(2, 4, {{"one two three four five six seven"}});
  CHECK(page.take() ==
        "  one two three four\n"
        "    five six seven\n");
}

TEST_CASE("pieces that touch are one word") {
  Page page = page_of(24);
  page.paragraph(0, 0, {{"a long enough start ("}, {"path/x", Ink::bold}, {"), end"}});
  CHECK(page.take() ==
        "a long enough start\n"
        "(path/x), end\n");
}

TEST_CASE("a word that is too long is broken, but a path is not") {
  Page page = page_of(20);
  page.paragraph(0, 2, {{"see aaaaaaaaaaaaaaaaaaaaaaaaa"}});
  page.paragraph(0, 2, {{"see "}, {"evidence/a/very/long/path.json:12:5", Ink::plain, true}, {" end"}});
  CHECK(page.take() ==
        "see\n"
        "  aaaaaaaaaaaaaaaaaa\n"
        "  aaaaaaa\n"
        "see\n"
        "  evidence/a/very/long/path.json:12:5\n"
        "  end\n");
}

TEST_CASE("a line is exactly as wide as the page at most") {
  Page page = page_of(20);
  page.paragraph(0, 0, {{"12345678 12345678901 x"}});
  CHECK(page.take() ==
        "12345678 12345678901\n"
        "x\n");
}

TEST_CASE("wide characters take two columns and combining marks none") {
  CHECK(display_width("日本") == 4);
  CHECK(display_width("e\u0301") == 1);
  CHECK(padded("日本", 6) == "日本  ");
  CHECK(shortened("日本語の文", 7, true) == "日本語…");
}

TEST_CASE("text is shortened to a width, with an ellipsis of the locale") {
  CHECK(shortened("abcdef", 6, true) == "abcdef");
  CHECK(shortened("abcdefg", 6, true) == "abcde…");
  CHECK(shortened("abcdefg", 6, false) == "abc...");
  CHECK(shortened("abc defg", 5, true) == "abc…");
}

TEST_CASE("what would steer a terminal is shown by number") {
  CHECK(printable("a\x1b[31mb") == "a\\u{1b}[31mb");
  CHECK(printable("a\u202eb") == "a\\u{202e}b");
  CHECK(printable("a\u009bb") == "a\\u{9b}b");
  CHECK(printable("a\nb\tc") == "a b c");
  CHECK(printable("a\xff"
                  "b") == "a\uFFFDb");
  Page page = page_of(40);
  page.paragraph(0, 0, {{"evil\x1b]0;title\x07"}});
  CHECK(page.take().find('\x1b') == std::string::npos);
}

TEST_CASE("colours wrap runs of one ink, not each word") {
  Page page = page_of(40, true);
  page.paragraph(0, 0, {{"two words", Ink::green}, {" plain"}});
  CHECK(page.take() == "\x1b[32mtwo words\x1b[0m plain\n");
}

TEST_CASE("the right part of a spread line stands at the edge, or below") {
  Page page = page_of(30);
  page.spread(0, 2, {{"left"}}, {{"right"}});
  page.spread(0, 2, {{"a left part that is long"}}, {{"right"}});
  CHECK(page.take() ==
        "left                     right\n"
        "a left part that is long\n"
        "  right\n");
}

TEST_CASE("gaps do not add up") {
  Page page = page_of(30);
  page.gap();
  page.paragraph(0, 0, {{"a"}});
  page.gap();
  page.gap();
  page.paragraph(0, 0, {{"b"}});
  CHECK(page.take() == "a\n\nb\n");
}

TEST_CASE("counts agree with their nouns") {
  CHECK(counted(0, "record") == "0 records");
  CHECK(counted(1, "record") == "1 record");
}
