// Addresses and blocks of addresses.
#include <algorithm>
#include <tuple>
#include <vector>

#include "stdlib/functions/family.hpp"

namespace writ::functions {

using facts::CallContext;
using facts::Value;
using types::Network;

namespace {

// RFC 1918 (private), RFC 1122 (loopback), RFC 3927 (link-local); RFC 4193, RFC 4291.
const std::vector<Network>& private_blocks() {
  static const std::vector<Network> blocks = [] {
    std::vector<Network> made;
    for (const std::string_view text : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8",
                                        "169.254.0.0/16", "fc00::/7", "::1/128", "fe80::/10"}) {
      made.push_back(*types::parse_network(text));
    }
    return made;
  }();
  return blocks;
}

// ::ffff:10.0.0.1 reaches the host that 10.0.0.1 reaches.
Network unmapped(const Network& network) {
  static const Network mapped = *types::parse_network("::ffff:0.0.0.0/96");
  if (!types::contains(mapped, network)) return network;
  Network v4;
  std::copy(network.address.begin() + 12, network.address.end(), v4.address.begin());
  v4.prefix = static_cast<std::uint8_t>(network.prefix - 96);
  return v4;
}

Value network(Arguments arguments, CallContext& context) {
  const auto parsed = types::parse_network(arguments[0].view());
  return parsed ? Value::of(context.arena->network(*parsed)) : Value::missing();
}

Value is_private(Arguments arguments, CallContext&) {
  const Network asked = unmapped(*arguments[0].network);
  const auto& blocks = private_blocks();
  return Value::boolean(std::any_of(blocks.begin(), blocks.end(),
                                    [&](const Network& block) { return types::contains(block, asked); }));
}

Value prefix_length(Arguments arguments, CallContext&) { return Value::integer(arguments[0].network->prefix); }
Value ip_version(Arguments arguments, CallContext&) { return Value::integer(arguments[0].network->version); }

Value overlaps(Arguments arguments, CallContext&) {
  return Value::boolean(types::overlaps(*arguments[0].network, *arguments[1].network));
}

// Whether the two are the halves of one block.
bool are_halves(const Network& a, const Network& b) {
  if (a.version != b.version || a.prefix != b.prefix || a.prefix == 0) return false;
  Network low = a;
  Network high = b;
  --low.prefix;
  --high.prefix;
  return types::overlaps(low, high);
}

Network doubled(Network low) {
  --low.prefix;
  return low;
}

// Sorted by address, so that a block stands before what lies in it, and halves stand side by side.
Value merge_networks(Arguments arguments, CallContext& context) {
  std::vector<Network> blocks;
  const std::uint32_t count = facts::list_size(arguments[0]);
  blocks.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) blocks.push_back(*facts::list_element(arguments[0], i).network);
  std::sort(blocks.begin(), blocks.end(), [](const Network& a, const Network& b) {
    return std::tie(a.version, a.address, a.prefix) < std::tie(b.version, b.address, b.prefix);
  });
  std::vector<Network> merged;
  for (const Network& block : blocks) {
    if (!merged.empty() && types::contains(merged.back(), block)) continue;
    merged.push_back(block);
    while (merged.size() > 1 && are_halves(merged[merged.size() - 2], merged.back())) {
      merged.pop_back();
      merged.back() = doubled(merged.back());
    }
  }
  std::vector<Value> items;
  items.reserve(merged.size());
  for (const Network& block : merged) items.push_back(Value::of(context.arena->network(block)));
  Value set = Value::of(context.arena->list(items.data(), static_cast<std::uint32_t>(items.size())));
  set.is_set = true;
  return set;
}

constexpr Function all[] = {
    {{"network", "(text: String) -> Network?",
      "The address or the block (CIDR) that the text spells; missing where it spells none.",
      "network(\"10.0.0.0/8\") is present and network(\"10.0.0\") is missing"},
     network},
    {{"is_private", "(block: Network) -> Bool",
      "Whether all of the block lies in one range for private use: RFC 1918, unique local (RFC 4193), loopback or "
      "link-local. An IPv4 block written as IPv6 (`::ffff:10.0.0.1`) counts as the IPv4 one.",
      "is_private(\"10.1.0.0/16\") and not is_private(\"0.0.0.0/0\")"},
     is_private},
    {{"prefix_length", "(block: Network) -> Int", "How many bits are fixed: 24 for 10.0.0.0/24, 32 for an address.",
      "prefix_length(\"10.0.0.0/24\") == 24"},
     prefix_length},
    {{"ip_version", "(block: Network) -> Int", "4 or 6.", "ip_version(\"2001:db8::/32\") == 6"}, ip_version},
    {{"overlaps", "(a: Network, b: Network) -> Bool",
      "Whether the blocks share an address. (`a in b` asks whether all of `a` lies in `b`.)",
      "overlaps(\"10.0.0.0/8\", \"10.1.2.3\")"},
     overlaps},
    {{"merge_networks", "(blocks: Collection<Network>) -> Set<Network>",
      "The fewest blocks that hold the same addresses, in the order of their addresses, IPv4 first. So `some b in "
      "merge_networks(blocks) where a in b` asks whether the blocks together cover `a`.",
      "merge_networks([\"10.0.0.0/9\", \"10.128.0.0/9\"]) == {\"10.0.0.0/8\"}"},
     merge_networks},
};

}  // namespace

Family networks() { return {"Networks", all}; }

}  // namespace writ::functions
