#include <catch2/catch.hpp>
#include <string>

#include "language/types/literal.hpp"

namespace writ::types {

namespace {

std::string network(std::string_view text) {
  const auto value = parse_network(text);
  return value ? to_text(*value) : "none";
}

Network of(std::string_view text) { return parse_network(text).value(); }

}  // namespace

TEST_CASE("IPv4 addresses and blocks") {
  CHECK(network("10.0.0.1") == "10.0.0.1");
  CHECK(network("10.0.0.1/32") == "10.0.0.1");
  CHECK(network("10.0.0.0/8") == "10.0.0.0/8");
  CHECK(network("10.1.2.3/8") == "10.0.0.0/8");
  CHECK(network("0.0.0.0/0") == "0.0.0.0/0");
  CHECK(network("255.255.255.255/1") == "128.0.0.0/1");
  CHECK(network("192.168.255.255/20") == "192.168.240.0/20");
  CHECK(of("10.1.2.3/8") == of("10.0.0.0/8"));
}

TEST_CASE("what is no IPv4 network") {
  for (const char* text : {"",
                           "10",
                           "10.0.0",
                           "10.0.0.0.0",
                           "256.0.0.1",
                           "10.0.0.01",
                           "00.0.0.0",
                           "10.0.0.1/33",
                           "10.0.0.1/",
                           "10.0.0.1/08",
                           "10.0.0.1/-1",
                           "10.0.0.1/8/8",
                           "10.0.0.1 ",
                           " 10.0.0.1",
                           ".10.0.0",
                           "10..0.1",
                           "10.0.0.",
                           "1e1.0.0.0",
                           "0x0a.0.0.1",
                           "10.0.0.1%1",
                           "10.0.0.99999999999999999999"}) {
    INFO(text);
    CHECK(network(text) == "none");
  }
}

TEST_CASE("IPv6 is written by RFC 5952") {
  CHECK(network("::") == "::");
  CHECK(network("::/0") == "::/0");
  CHECK(network("::1") == "::1");
  CHECK(network("1::") == "1::");
  CHECK(network("2001:DB8::/32") == "2001:db8::/32");
  CHECK(network("2001:db8:0:0:0:0:2:1") == "2001:db8::2:1");
  CHECK(network("2001:db8:0:1:1:1:1:1") == "2001:db8:0:1:1:1:1:1");
  CHECK(network("2001:0:0:1:0:0:0:1") == "2001:0:0:1::1");
  CHECK(network("2001:db8:0:0:1:0:0:1") == "2001:db8::1:0:0:1");
  CHECK(network("2001:0db8:0000::0001") == "2001:db8::1");
  CHECK(network("1:2:3:4:5:6:7::") == "1:2:3:4:5:6:7:0");
  CHECK(network("::2:3:4:5:6:7:8") == "0:2:3:4:5:6:7:8");
  CHECK(network("::ffff:10.0.0.1") == "::ffff:10.0.0.1");
  CHECK(network("::ffff:a00:1") == "::ffff:10.0.0.1");
  CHECK(network("64:ff9b::10.0.0.1") == "64:ff9b::a00:1");
  CHECK(network("1:2:3:4:5:6:1.2.3.4") == "1:2:3:4:5:6:102:304");
  CHECK(network("2001:db8:ffff::1/33") == "2001:db8:8000::/33");
  CHECK(network("::1/128") == "::1");
}

TEST_CASE("what is no IPv6 network") {
  for (const char* text : {":",
                           ":::",
                           "1",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7:8::",
                           "::1:2:3:4:5:6:7:8",
                           "1::2::3",
                           ":1::2",
                           "1::2:",
                           "1:",
                           ":1",
                           "12345::",
                           "g::",
                           "::1/129",
                           "::1/",
                           "fe80::1%eth0",
                           "::1.2.3",
                           "::1.2.3.4.5",
                           "::1.2.3.04",
                           "1.2.3.4::",
                           "1:2:3:4:5:6:7:1.2.3.4",
                           "::1.2.3.4:5",
                           "1:::2",
                           "::10.0.0.1/x",
                           "[::1]"}) {
    INFO(text);
    CHECK(network(text) == "none");
  }
}

TEST_CASE("blocks in blocks") {
  CHECK(contains(of("10.0.0.0/8"), of("10.1.0.0/16")));
  CHECK(contains(of("10.0.0.0/8"), of("10.0.0.0/8")));
  CHECK_FALSE(contains(of("10.1.0.0/16"), of("10.0.0.0/8")));
  CHECK_FALSE(contains(of("10.0.0.0/9"), of("10.128.0.0/9")));
  CHECK(contains(of("0.0.0.0/0"), of("255.255.255.255")));
  CHECK_FALSE(contains(of("0.0.0.0/0"), of("::1")));
  CHECK_FALSE(contains(of("::/0"), of("10.0.0.1")));
  CHECK(contains(of("::/0"), of("ffff::1")));
  CHECK(contains(of("2001:db8::/33"), of("2001:db8:7fff::1")));
  CHECK_FALSE(contains(of("2001:db8::/33"), of("2001:db8:8000::1")));
  CHECK(contains(of("::1"), of("::1")));
  CHECK(overlaps(of("10.1.0.0/16"), of("10.0.0.0/8")));
  CHECK(overlaps(of("10.0.0.0/8"), of("10.1.0.0/16")));
  CHECK_FALSE(overlaps(of("10.0.0.0/9"), of("10.128.0.0/9")));
  CHECK_FALSE(overlaps(of("0.0.0.0/0"), of("::/0")));
}

}  // namespace writ::types
