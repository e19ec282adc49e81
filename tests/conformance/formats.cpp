// Forms of texts.
#include <fmt/format.h>

#include <algorithm>

#include "tests/conformance/literals.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

namespace {

Case decided(const Line& line, std::string condition) {
  return line.want() == true ? holds(std::move(condition)) : lacks(std::move(condition));
}

bool is_absolute_with_host(const std::string& text) { return text.find("://") != std::string::npos; }

Case host_name(const Line& line) {
  const std::string ours = call("is_hostname", {*literal(line.args[0])});
  const auto text = line.args[0].get<std::string>();
  if (text.starts_with("xn--") && line.want() == false) {
    return differs("names in Punycode are not decoded: what they spell is not checked against IDNA", holds(ours));
  }
  return decided(line, ours);
}

Case duration(const Line& line) {
  const auto text = line.args[0].get<std::string>();
  const std::string ours = call("parse_duration", {text_literal(text)}) + " is present";
  const std::size_t time = std::min(text.find('T'), text.size());
  if (line.want() == true && text.substr(0, time).find_first_of("YM") != std::string::npos) {
    return not_had("lengths with months or years: a `Period` has no one length");
  }
  if (text == "PT0.5S" || text == "PT0,5S" || text == "PT1H2S") {
    return differs(
        "a fraction of the smallest unit is taken, with a point or a comma, and a unit may be left out (ISO 8601)",
        holds(ours));
  }
  if (line.want() == true && text.size() > 20)
    return differs("a length that no `Duration` holds is missing", lacks(ours));
  return decided(line, ours);
}

}  // namespace

Case format_case(const Line& line) {
  const std::string& function = line.function;
  if (!line.args[0].is_string()) return not_had("values of any type");
  const std::string text = *literal(line.args[0]);
  if (function == "is_date") return decided(line, call("parse_date", {text}) + " is present");
  if (function == "is_date_time") return decided(line, call("parse_timestamp", {text}) + " is present");
  if (function == "is_time")
    return decided(line, fmt::format("parse_timestamp(\"2026-06-30T\" + {}) is present", text));
  if (function == "is_duration") return duration(line);
  if (function == "is_email" || function == "is_ipv4" || function == "is_ipv6" || function == "is_uuid")
    return decided(line, call(function, {text}));
  if (function == "is_hostname") return host_name(line);
  if (function == "is_uri") {
    const std::string ours = call("is_url", {text});
    const auto url = line.args[0].get<std::string>();
    if (line.want() == true && !is_absolute_with_host(url)) return not_had("URIs without a host");
    if (url == "http://999.999.999.999/")
      return differs("a host that looks like an address must be one", lacks(ours));
    return decided(line, ours);
  }
  if (function == "is_regex")
    return holds(fmt::format("\"abc \" matches {}", raw_literal(line.args[0].get<std::string>())));
  return not_had("JSON pointers");
}

}  // namespace writ::conformance
