// Addresses and blocks.
#include <fmt/format.h>

#include "tests/conformance/literals.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

namespace {

// A text that is known to be a network, as one.
std::string network(const nlohmann::json& text) {
  return fmt::format("(network({}) ?? \"::\")", text_literal(text.get<std::string>()));
}

Case decided(const Line& line, std::string condition) {
  return line.want() == true ? holds(std::move(condition)) : lacks(std::move(condition));
}

Case contains(const Line& line) {
  if (!line.wants_error()) return decided(line, network(line.args[1]) + " in " + network(line.args[0]));
  const auto& bad = line.args[0] == "not-a-cidr" ? line.args[0] : line.args[1];
  return missing(call("network", {text_literal(bad.get<std::string>())}));
}

Case merge(const Line& line) {
  const nlohmann::json want = line.want();
  std::vector<std::string> wanted;
  for (const auto& block : *elements(want)) wanted.push_back(text_literal(block.get<std::string>()));
  return gives(call("merge_networks", {*literal(line.args[0])}), set_literal(wanted));
}

Case in_blocks(const Line& line, std::initializer_list<std::string_view> blocks) {
  std::string condition;
  for (const std::string_view block : blocks) {
    condition += fmt::format("{}{} in \"{}\"", condition.empty() ? "" : " or ", network(line.args[0]), block);
  }
  return decided(line, condition);
}

Case parsed(const Line& line) {
  const auto text = line.args[0].get<std::string>();
  const std::string ours = call("network", {text_literal(text)});
  if (text.starts_with("::ffff:")) {
    return differs("an IPv4 address in IPv6 form is an IPv6 one, as RFC 4291 has it",
                   gives(ours, text_literal("::/24")));
  }
  return missing(ours);
}

}  // namespace

Case network_case(const Line& line) {
  const std::string& function = line.function;
  if (function == "opa:net.cidr_contains" || function.starts_with("cel:cidr.contains")) return contains(line);
  if (function == "opa:net.cidr_intersects")
    return decided(line, call("overlaps", {network(line.args[0]), network(line.args[1])}));
  if (function == "opa:net.cidr_is_valid") return decided(line, call("is_cidr", {*literal(line.args[0])}));
  if (function == "opa:net.cidr_merge") return merge(line);
  if (function == "opa:net.cidr_expand") return not_had("all addresses of a block: there can be 2^128");
  if (function == "opa:net.cidr_contains_matches") return not_had("pairs from two collections: a query says them");
  if (function == "cel:isIP")
    return decided(line, fmt::format("is_ipv4({0}) or is_ipv6({0})", *literal(line.args[0])));
  if (function == "cel:ip" || function == "cel:cidr") return parsed(line);
  if (function == "cel:ip.family") return gives(call("ip_version", {network(line.args[0])}), line.want().dump());
  if (function == "cel:cidr.prefixLength")
    return gives(call("prefix_length", {network(line.args[0])}), line.want().dump());
  if (function == "cel:ip.isLoopback") return in_blocks(line, {"127.0.0.0/8", "::1"});
  if (function == "cel:ip.isUnspecified") return in_blocks(line, {"0.0.0.0", "::"});
  if (function == "cel:ip.isLinkLocalUnicast") return in_blocks(line, {"169.254.0.0/16", "fe80::/10"});
  if (function == "cel:ip.isLinkLocalMulticast") return in_blocks(line, {"224.0.0.0/24", "ff02::/16"});
  Case ours = in_blocks(line, {"0.0.0.0", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "255.255.255.255",
                               "::", "::1", "fe80::/10", "ff00::/8"});
  return {fmt::format("not ({})", ours.expression), ours.expect, {}, {}, false, {}};
}

}  // namespace writ::conformance
