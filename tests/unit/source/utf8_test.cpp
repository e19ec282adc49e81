#include "language/source/utf8.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

using writ::source::decode_utf8;
using writ::source::display_width;

TEST_CASE("valid sequences of every length") {
  const auto check = [](std::string_view text, char32_t value) {
    const auto point = decode_utf8(text);
    CHECK(point.valid);
    CHECK(point.value == value);
    CHECK(point.length == text.size());
  };
  check("a", U'a');
  check(std::string_view("\0", 1), 0);
  check("\xC2\x80", 0x80);
  check("\xDF\xBF", 0x7FF);
  check("\xE0\xA0\x80", 0x800);
  check("\xED\x9F\xBF", 0xD7FF);
  check("\xEE\x80\x80", 0xE000);
  check("\xF0\x90\x80\x80", 0x10000);
  check("\xF4\x8F\xBF\xBF", 0x10FFFF);
}

TEST_CASE("what is not UTF-8 is one invalid byte") {
  for (const std::string_view text :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2",
        "\xC2"
        "a",
        "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xE2\x82", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xFF", "\xF0\x9F\x98"}) {
    const auto point = decode_utf8(text);
    CHECK_FALSE(point.valid);
    CHECK(point.length == 1);
  }
}

TEST_CASE("columns of a terminal") {
  CHECK(display_width(U'a') == 1);
  CHECK(display_width(U'é') == 1);
  CHECK(display_width(0x0301) == 0);  // combining acute accent
  CHECK(display_width(0x200D) == 0);  // zero width joiner
  CHECK(display_width(0xFE0F) == 0);  // variation selector
  CHECK(display_width(U'漢') == 2);
  CHECK(display_width(U'한') == 2);
  CHECK(display_width(U'Ａ') == 2);
  CHECK(display_width(U'😀') == 2);
  CHECK(display_width(U'→') == 1);
}
