// IP addresses and blocks: RFC 4632 and RFC 4291 in, RFC 5952 out.
#include <fmt/format.h>

#include <algorithm>

#include "language/types/literal.hpp"

namespace writ::types {

namespace {

// A decimal number without sign or leading zeros, from the front of `text`; -1 where there is none up to `limit`.
int read_decimal(std::string_view& text, int limit) {
  int value = 0;
  std::size_t length = 0;
  while (length < text.size() && text[length] >= '0' && text[length] <= '9') {
    if (length == 1 && text[0] == '0') return -1;
    value = value * 10 + (text[length] - '0');
    if (value > limit) return -1;
    ++length;
  }
  text.remove_prefix(length);
  return length == 0 ? -1 : value;
}

// All of `text` as four octets.
bool read_v4(std::string_view text, std::uint8_t* out) {
  for (int i = 0; i < 4; ++i) {
    if (i != 0) {
      if (text.empty() || text.front() != '.') return false;
      text.remove_prefix(1);
    }
    const int octet = read_decimal(text, 255);
    if (octet < 0) return false;
    out[i] = static_cast<std::uint8_t>(octet);
  }
  return text.empty();
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool read_v6(std::string_view text, std::array<std::uint8_t, 16>& out) {
  constexpr std::size_t none = 17;
  std::size_t size = 0;    // bytes that are read
  std::size_t gap = none;  // where `::` stands
  if (text.starts_with("::")) {
    gap = 0;
    text.remove_prefix(2);
  }
  while (!text.empty()) {
    if (size == 16) return false;
    std::size_t length = 0;
    unsigned group = 0;
    while (length < text.size() && length < 5 && hex_digit(text[length]) >= 0) {
      group = group * 16 + static_cast<unsigned>(hex_digit(text[length++]));
    }
    if (length < text.size() && text[length] == '.') {
      if (size > 12 || !read_v4(text, out.data() + size)) return false;
      size += 4;
      break;
    }
    if (length == 0 || length > 4) return false;
    out[size++] = static_cast<std::uint8_t>(group >> 8);
    out[size++] = static_cast<std::uint8_t>(group & 0xff);
    text.remove_prefix(length);
    if (text.empty()) break;
    if (text.front() != ':') return false;
    text.remove_prefix(1);
    if (text.starts_with(':')) {
      if (gap != none) return false;
      gap = size;
      text.remove_prefix(1);
    } else if (text.empty()) {
      return false;
    }
  }
  if (gap == none) return size == 16;
  if (size > 14) return false;
  std::copy_backward(out.begin() + static_cast<std::ptrdiff_t>(gap),
                     out.begin() + static_cast<std::ptrdiff_t>(size), out.end());
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(gap), out.end() - static_cast<std::ptrdiff_t>(size - gap),
            std::uint8_t{0});
  return true;
}

void clear_host_bits(Network& network) {
  const std::size_t whole = network.prefix / 8u;
  if (whole >= network.address.size()) return;
  network.address[whole] &= static_cast<std::uint8_t>(0xff00u >> (network.prefix % 8u));
  std::fill(network.address.begin() + static_cast<std::ptrdiff_t>(whole) + 1, network.address.end(),
            std::uint8_t{0});
}

bool same_bits(const Network& a, const Network& b, unsigned bits) {
  const std::size_t whole = bits / 8;
  if (!std::equal(a.address.begin(), a.address.begin() + static_cast<std::ptrdiff_t>(whole), b.address.begin())) {
    return false;
  }
  const unsigned mask = 0xff00u >> (bits % 8) & 0xffu;
  return mask == 0 || ((a.address[whole] ^ b.address[whole]) & mask) == 0;
}

bool is_v4_mapped(const Network& network) {
  const auto& bytes = network.address;
  return network.prefix >= 96 &&
         std::all_of(bytes.begin(), bytes.begin() + 10, [](auto byte) { return byte == 0; }) && bytes[10] == 0xff &&
         bytes[11] == 0xff;
}

std::string v4_text(const std::uint8_t* bytes) {
  return fmt::format("{}.{}.{}.{}", bytes[0], bytes[1], bytes[2], bytes[3]);
}

// RFC 5952: lower case, no leading zeros, `::` for the longest run of two or more zero groups, the first of equals.
std::string v6_text(const Network& network) {
  if (is_v4_mapped(network)) return "::ffff:" + v4_text(network.address.data() + 12);
  std::array<unsigned, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) groups[i] = network.address[2 * i] * 256u + network.address[2 * i + 1];
  std::size_t gap = 8;
  std::size_t gap_length = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t length = 0;
    while (i + length < 8 && groups[i + length] == 0) ++length;
    if (length > gap_length) {
      gap = i;
      gap_length = length;
    }
  }
  std::string text;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == gap) {
      text += "::";
      i += gap_length - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    text += fmt::format("{:x}", groups[i]);
  }
  return text;
}

}  // namespace

std::optional<Network> parse_network(std::string_view text) {
  Network network;
  const std::size_t slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  if (address.find(':') == std::string_view::npos) {
    if (!read_v4(address, network.address.data())) return std::nullopt;
  } else {
    network.version = 6;
    network.prefix = 128;
    if (!read_v6(address, network.address)) return std::nullopt;
  }
  if (slash != std::string_view::npos) {
    std::string_view prefix = text.substr(slash + 1);
    const int bits = read_decimal(prefix, network.prefix);
    if (bits < 0 || !prefix.empty()) return std::nullopt;
    network.prefix = static_cast<std::uint8_t>(bits);
  }
  clear_host_bits(network);
  return network;
}

std::string to_text(Network value) {
  const bool v4 = value.version == 4;
  std::string text = v4 ? v4_text(value.address.data()) : v6_text(value);
  if (value.prefix != (v4 ? 32 : 128)) text += fmt::format("/{}", value.prefix);
  return text;
}

bool contains(const Network& outer, const Network& inner) {
  return outer.version == inner.version && outer.prefix <= inner.prefix && same_bits(outer, inner, outer.prefix);
}

bool overlaps(const Network& a, const Network& b) {
  return a.version == b.version && same_bits(a, b, std::min(a.prefix, b.prefix));
}

}  // namespace writ::types
