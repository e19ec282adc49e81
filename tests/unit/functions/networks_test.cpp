#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/unit/functions/call.hpp"

namespace writ::functions {

using support::Caller;

namespace {

std::string of(std::string_view name, std::string_view block) {
  Caller caller;
  return caller.shown(name, {caller.network(block)});
}

}  // namespace

TEST_CASE("texts that spell networks") {
  Caller caller;
  CHECK(caller.shown("network", {caller.text("10.1.2.3/8")}) == "10.0.0.0/8");
  CHECK(caller.shown("network", {caller.text("10.0.0")}) == "missing");
  CHECK(caller.shown("network", {caller.text("")}) == "missing");
}

TEST_CASE("blocks are merged to the fewest") {
  Caller caller;
  const auto merged = [&](std::initializer_list<std::string_view> blocks) {
    std::vector<facts::Value> items;
    for (const std::string_view block : blocks) items.push_back(caller.network(block));
    return caller.shown("merge_networks", {caller.list(items)});
  };
  CHECK(merged({}) == "[]");
  CHECK(merged({"192.0.2.112/30", "192.0.2.116/31", "192.0.2.118/31"}) == "[192.0.2.112/29]");
  CHECK(merged({"192.0.129.0/24", "192.0.130.0/24"}) == "[192.0.129.0/24, 192.0.130.0/24]");
  CHECK(merged({"10.1.2.3", "10.0.0.0/8", "10.1.2.3"}) == "[10.0.0.0/8]");
  CHECK(merged({"128.0.0.0/1", "0.0.0.0/1"}) == "[0.0.0.0/0]");
  CHECK(merged({"::/1", "8000::/1", "10.0.0.0/8"}) == "[10.0.0.0/8, ::/0]");
  CHECK(merged({"10.0.0.0/9", "10.0.0.0/10", "10.128.0.0/9"}) == "[10.0.0.0/8]");
}

TEST_CASE("ranges for private use, to their edges") {
  for (const char* block : {"10.0.0.0/8", "10.255.255.255", "172.16.0.0/12", "172.31.255.255", "192.168.0.0/16",
                            "127.0.0.1", "169.254.1.1", "fc00::/7", "fdff::1", "::1", "fe80::1", "febf::/16",
                            "::ffff:10.0.0.1", "::ffff:192.168.0.0/112"}) {
    INFO(block);
    CHECK(of("is_private", block) == "true");
  }
  for (const char* block : {"0.0.0.0/0", "10.0.0.0/7", "11.0.0.0", "172.15.255.255", "172.32.0.0", "172.16.0.0/11",
                            "192.169.0.0", "128.0.0.0", "169.255.0.0", "8.8.8.8", "::/0", "::", "::2", "fec0::1",
                            "2001:db8::1", "fe00::", "::ffff:8.8.8.8", "::ffff:0.0.0.0/96", "::ffff:0:0/95"}) {
    INFO(block);
    CHECK(of("is_private", block) == "false");
  }
}

TEST_CASE("prefixes and versions") {
  CHECK(of("prefix_length", "10.0.0.0/24") == "24");
  CHECK(of("prefix_length", "10.0.0.1") == "32");
  CHECK(of("prefix_length", "::/0") == "0");
  CHECK(of("prefix_length", "::1") == "128");
  CHECK(of("ip_version", "10.0.0.1") == "4");
  CHECK(of("ip_version", "::ffff:10.0.0.1") == "6");
}

TEST_CASE("overlapping blocks") {
  Caller caller;
  CHECK(caller.shown("overlaps", {caller.network("10.0.0.0/8"), caller.network("10.1.2.3")}) == "true");
  CHECK(caller.shown("overlaps", {caller.network("10.1.2.3"), caller.network("10.0.0.0/8")}) == "true");
  CHECK(caller.shown("overlaps", {caller.network("10.0.0.0/9"), caller.network("10.128.0.0/9")}) == "false");
}

}  // namespace writ::functions
