// Whether a text has a known form.
#include <algorithm>

#include "stdlib/functions/family.hpp"

namespace writ::functions {

using facts::CallContext;
using facts::Value;

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_digit(c) || is_letter(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_one_of(char c, std::string_view characters) { return characters.find(c) != std::string_view::npos; }

// RFC 1123: labels of 1 to 63 letters, digits and inner hyphens; 253 characters in all. The last one is no number,
// so that an IPv4 address with a slip in it is no name.
bool is_hostname(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view label = text.substr(0, dot);
    const bool sound =
        !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
        std::all_of(label.begin(), label.end(), [](char c) { return is_alphanumeric(c) || c == '-'; });
    if (!sound) return false;
    if (dot == std::string_view::npos) return !std::all_of(label.begin(), label.end(), is_digit);
    text.remove_prefix(dot + 1);
  }
}

bool is_address(std::string_view text, int version) {
  if (text.find('/') != std::string_view::npos) return false;
  const auto network = types::parse_network(text);
  return network && network->version == version;
}

// RFC 5321: [127.0.0.1] or [IPv6:::1]
bool is_address_literal(std::string_view text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return false;
  text = text.substr(1, text.size() - 2);
  constexpr std::string_view mark = "IPv6:";
  return text.starts_with(mark) ? is_address(text.substr(mark.size()), 6) : is_address(text, 4);
}

bool is_atom(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_alphanumeric(c) || is_one_of(c, "!#$%&'*+-/=?^_`{|}~");
  });
}

bool is_dotted_atom(std::string_view text) {
  while (true) {
    const std::size_t dot = text.find('.');
    if (!is_atom(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

// "…" with printable ASCII within; a quote or a backslash stands behind a backslash.
bool is_quoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return false;
  text = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') return false;
    if (text[i] == '\\' && ++i == text.size()) return false;
    if (text[i] < ' ' || text[i] > '~') return false;
  }
  return true;
}

// RFC 5321, a Mailbox.
Value is_email(Arguments arguments, CallContext&) {
  const std::string_view text = arguments[0].view();
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return Value::boolean(false);
  const std::string_view local = text.substr(0, at);
  const std::string_view domain = text.substr(at + 1);
  return Value::boolean(local.size() <= 64 && (is_dotted_atom(local) || is_quoted(local)) &&
                        (is_hostname(domain) || is_address_literal(domain)));
}

// RFC 3986: characters of a part, percent-encoded ones checked.
bool are_uri_characters(std::string_view text, std::string_view also) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
      i += 2;
    } else if (!is_alphanumeric(text[i]) && !is_one_of(text[i], "-._~!$&'()*+,;=") && !is_one_of(text[i], also)) {
      return false;
    }
  }
  return true;
}

// host[:port], with or without a user before it.
bool is_authority(std::string_view text) {
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    if (!are_uri_characters(text.substr(0, at), ":")) return false;
    text.remove_prefix(at + 1);
  }
  std::size_t end = text.find(':');
  if (text.starts_with('[')) {
    end = text.find(']');
    if (end == std::string_view::npos || !is_address(text.substr(1, end - 1), 6)) return false;
    ++end;
    if (end == text.size()) return true;
  } else if (!is_hostname(text.substr(0, end)) && !is_address(text.substr(0, end), 4)) {
    return false;
  }
  if (end == std::string_view::npos) return true;
  if (text[end] != ':') return false;
  const std::string_view port = text.substr(end + 1);
  std::uint32_t number = 0;
  for (const char c : port) {
    if (!is_digit(c) || number > 65535) return false;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return !port.empty() && number <= 65535;
}

Value is_url(Arguments arguments, CallContext&) {
  std::string_view text = arguments[0].view();
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0 || !is_letter(text.front())) return Value::boolean(false);
  for (const char c : text.substr(0, colon)) {
    if (!is_alphanumeric(c) && !is_one_of(c, "+-.")) return Value::boolean(false);
  }
  text.remove_prefix(colon + 3);
  const std::size_t end = text.find_first_of("/?#");
  if (!is_authority(text.substr(0, end))) return Value::boolean(false);
  if (end == std::string_view::npos) return Value::boolean(true);
  text.remove_prefix(end);
  const std::size_t hash = text.find('#');
  if (hash != std::string_view::npos && !are_uri_characters(text.substr(hash + 1), ":@/?")) {
    return Value::boolean(false);
  }
  return Value::boolean(are_uri_characters(text.substr(0, hash), ":@/?"));
}

Value is_host_name(Arguments arguments, CallContext&) { return Value::boolean(is_hostname(arguments[0].view())); }

Value is_ipv4(Arguments arguments, CallContext&) { return Value::boolean(is_address(arguments[0].view(), 4)); }
Value is_ipv6(Arguments arguments, CallContext&) { return Value::boolean(is_address(arguments[0].view(), 6)); }

Value is_cidr(Arguments arguments, CallContext&) {
  const std::string_view text = arguments[0].view();
  return Value::boolean(text.find('/') != std::string_view::npos && types::parse_network(text).has_value());
}

// RFC 9562: 8-4-4-4-12 hexadecimal digits.
Value is_uuid(Arguments arguments, CallContext&) {
  const std::string_view text = arguments[0].view();
  if (text.size() != 36) return Value::boolean(false);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex(text[i])) return Value::boolean(false);
  }
  return Value::boolean(true);
}

constexpr Function all[] = {
    {{"is_email", "(text: String) -> Bool",
      "Whether the text has the form of one e-mail address (RFC 5321, in ASCII). It does not say that it reaches "
      "anybody.",
      "is_email(\"ana@example.com\") and not is_email(\"ana@\")"},
     is_email},
    {{"is_url", "(text: String) -> Bool",
      "Whether the text is an absolute URL with a host (RFC 3986), such as `https://example.com/a?b#c`.",
      "is_url(\"https://example.com/policy\") and not is_url(\"example.com\")"},
     is_url},
    {{"is_hostname", "(text: String) -> Bool",
      "Whether the text has the form of a host's name (RFC 1123): labels of letters, digits and inner hyphens, the "
      "last of which is no number. It does not say that there is such a host.",
      "is_hostname(\"db-1.example.com\") and not is_hostname(\"10.0.0.1\")"},
     is_host_name},
    {{"is_ipv4", "(text: String) -> Bool", "Whether the text is one IPv4 address, such as `10.0.0.1`.",
      "is_ipv4(\"10.0.0.1\") and not is_ipv4(\"10.0.0.0/8\")"},
     is_ipv4},
    {{"is_ipv6", "(text: String) -> Bool", "Whether the text is one IPv6 address, such as `2001:db8::1`.",
      "is_ipv6(\"2001:db8::1\") and not is_ipv6(\"10.0.0.1\")"},
     is_ipv6},
    {{"is_cidr", "(text: String) -> Bool",
      "Whether the text is a block of addresses with its length, such as `10.0.0.0/8` or `2001:db8::/32`. "
      "(`network` "
      "takes a single address too.)",
      "is_cidr(\"10.0.0.0/8\") and not is_cidr(\"10.0.0.1\")"},
     is_cidr},
    {{"is_uuid", "(text: String) -> Bool",
      "Whether the text is a UUID as RFC 9562 writes it, of any version, in either case.",
      "is_uuid(\"2eb8aa08-aa98-11ea-b4aa-73b441d16380\")"},
     is_uuid},
};

}  // namespace

Family formats() { return {"Forms of texts", all}; }

}  // namespace writ::functions
