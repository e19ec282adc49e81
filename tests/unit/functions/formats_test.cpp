#include <catch2/catch.hpp>
#include <string>

#include "tests/unit/functions/call.hpp"

namespace writ::functions {

using support::Caller;

namespace {

bool holds(std::string_view name, std::string_view text) {
  Caller caller;
  return caller.call(name, {caller.text(text)}).is_true();
}

std::string compared(std::string_view a, std::string_view b) {
  Caller caller;
  return caller.shown("semver_compare", {caller.text(a), caller.text(b)});
}

}  // namespace

TEST_CASE("e-mail addresses") {
  for (const char* text :
       {"ana@example.com", "a.b+c@example.co.uk", "te~st@example.com", "\"joe@bloggs\"@example.com",
        "\"a\\\"b\"@example.com", "ana@[127.0.0.1]", "ana@[IPv6:::1]", "x@localhost", "o'neil@a-b.io"}) {
    INFO(text);
    CHECK(holds("is_email", text));
  }
  for (const char* text : {"",
                           "ana",
                           "ana@",
                           "@example.com",
                           ".a@example.com",
                           "a.@example.com",
                           "a..b@example.com",
                           "a b@example.com",
                           "ana@-example.com",
                           "ana@example-.com",
                           "ana@example..com",
                           "ana@.com",
                           "ana@example.com.",
                           "ana@[127.0.0.300]",
                           "ana@[::1]",
                           "ana@[10.0.0.0/8]",
                           "ana@10.0.0.1",
                           "Ana <ana@example.com>",
                           "ana@exa_mple.com",
                           "\"a\"b\"@example.com",
                           "\"a\\\"@example.com",
                           "ana@example.com\n",
                           "änä@example.com",
                           "a@b@c"}) {
    INFO(text);
    CHECK_FALSE(holds("is_email", text));
  }
  CHECK(holds("is_email", std::string(64, 'a') + "@example.com"));
  CHECK_FALSE(holds("is_email", std::string(65, 'a') + "@example.com"));
  CHECK_FALSE(holds("is_email", "a@" + std::string(64, 'b') + ".com"));
}

TEST_CASE("URLs") {
  for (const char* text : {"https://example.com", "http://example.com/", "https://a.b.c:8443/x/y?z=1&w#frag",
                           "ftp://user:pass@example.com/f", "https://10.0.0.1/", "https://[2001:db8::1]:443/x",
                           "https://[::1]", "https://example.com?x", "git+ssh://git@example.com/a.git",
                           "https://example.com/%C3%A4", "HTTPS://EXAMPLE.COM"}) {
    INFO(text);
    CHECK(holds("is_url", text));
  }
  for (const char* text : {"",
                           "example.com",
                           "https:",
                           "https://",
                           "https:///path",
                           "//example.com",
                           "mailto:a@b.c",
                           "1http://a.b",
                           "ht tp://a.b",
                           "https://exa mple.com",
                           "https://example.com/a b",
                           "https://example.com/%2",
                           "https://example.com/%zz",
                           "https://example.com:",
                           "https://example.com:99999",
                           "https://example.com:8a",
                           "https://[::1",
                           "https://[::1]x",
                           "https://[10.0.0.1]",
                           "https://256.1.1.1",
                           "https://example.com/<a>",
                           "https://example.com/\"",
                           "https://-a.com",
                           "https://example.com#a#b",
                           "https://exämple.com",
                           "://example.com",
                           "https://example.com\n"}) {
    INFO(text);
    CHECK_FALSE(holds("is_url", text));
  }
}

TEST_CASE("versions") {
  for (const char* text : {"0.0.0", "1.2.3", "1.2.3-rc.1", "1.2.3+build.01", "1.0.0-alpha-a.b+c-d",
                           "1.0.0-0A.is.legal", "99999999999999999999.0.0"}) {
    INFO(text);
    CHECK(holds("is_semver", text));
  }
  for (const char* text : {"",        "1",      "1.2",      "1.2.3.4",    "v1.2.3",   "01.2.3", "1.02.3",
                           "1.2.03",  "1.2.3-", "1.2.3-01", "1.2.3-a..b", "1.2.3-a.", "1.2.3+", "1.2.3+a+b",
                           "1.2.3-ä", " 1.2.3", "1.2.3 ",   "-1.2.3",     "1..3",     "a.b.c",  "1.2.3-.a"}) {
    INFO(text);
    CHECK_FALSE(holds("is_semver", text));
  }
}

TEST_CASE("names of hosts, addresses, blocks and UUIDs") {
  const auto is = [](std::string_view name, std::string_view text) {
    Caller caller;
    return caller.shown(name, {caller.text(text)}) == "true";
  };
  CHECK(is("is_hostname", "db-1.example.com"));
  CHECK(is("is_hostname", std::string(63, 'a') + ".com"));
  CHECK_FALSE(is("is_hostname", std::string(64, 'a') + ".com"));
  CHECK_FALSE(is("is_hostname", "10.0.0.1"));
  CHECK_FALSE(is("is_hostname", "a..b"));
  CHECK_FALSE(is("is_hostname", ""));
  CHECK(is("is_ipv4", "255.255.255.255"));
  CHECK_FALSE(is("is_ipv4", "256.0.0.1"));
  CHECK_FALSE(is("is_ipv4", "10.0.0.1/32"));
  CHECK(is("is_ipv6", "::ffff:10.0.0.1"));
  CHECK_FALSE(is("is_ipv6", "fe80::1%eth0"));
  CHECK(is("is_cidr", "10.0.0.1/32"));
  CHECK(is("is_cidr", "2001:db8::/32"));
  CHECK_FALSE(is("is_cidr", "10.0.0.1"));
  CHECK_FALSE(is("is_cidr", "10.0.0.0/33"));
  CHECK(is("is_uuid", "2EB8AA08-aa98-11ea-B4AA-73B441D16380"));
  CHECK_FALSE(is("is_uuid", "2eb8aa08aa9811eab4aa73b441d16380"));
  CHECK_FALSE(is("is_uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g"));
}

TEST_CASE("the precedence of versions") {
  const std::string_view ascending[] = {
      "0.9.9",      "1.0.0-1",      "1.0.0-alpha",   "1.0.0-alpha.1", "1.0.0-alpha.beta",
      "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",    "1.0.0",
      "1.0.1",      "1.9.0",        "1.10.0",        "2.0.0",         "10000000000000000000.0.0"};
  for (std::size_t i = 0; i < std::size(ascending); ++i) {
    for (std::size_t k = 0; k < std::size(ascending); ++k) {
      INFO(ascending[i] << " and " << ascending[k]);
      CHECK(compared(ascending[i], ascending[k]) == (i < k ? "-1" : i == k ? "0" : "1"));
    }
  }
  CHECK(compared("1.0.0+a", "1.0.0+b") == "0");
  CHECK(compared("1.0", "1.0.0") == "error");
  Caller caller;
  CHECK(caller.shown("semver_less", {caller.text("1.9.0"), caller.text("1.10.0")}) == "true");
  CHECK(caller.shown("semver_less", {caller.text("1.0.0"), caller.text("1.0.0")}) == "false");
  CHECK(caller.shown("semver_less", {caller.text("1.0.0"), caller.text("latest")}) == "error");
}

}  // namespace writ::functions
