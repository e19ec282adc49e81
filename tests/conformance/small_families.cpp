// Amounts, encodings, and what a typed language has no use for.
#include <fmt/format.h>

#include "tests/conformance/literals.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

Case unit_case(const Line& line) {
  const bool bytes = line.function == "opa:units.parse_bytes";
  const auto text = line.args[0].get<std::string>();
  const std::string ours = call(bytes ? "parse_bytes" : "parse_quantity", {text_literal(text)});
  if (line.wants_error()) return missing(ours);
  if (text.starts_with('"')) return differs("a text in quotes of its own is no number", missing(ours));
  if (bytes && line.want() > 9.3e18)
    return differs("more bytes than an `Int` counts are missing, never rounded", missing(ours));
  return gives(ours, *literal(line.want()));
}

Case encoding_case(const Line& line) {
  const std::string& function = line.function;
  if (line.args.empty()) return not_had("a text taken from the context");
  if (function.find("encode") != std::string::npos) return not_had("encoding: rules read, and hand nothing on");
  if (function.starts_with("opa:json")) return not_had("values as JSON");
  if (function.starts_with("opa:crypto")) return not_had("digests");
  if (function == "opa:hex.decode") return not_had("hexadecimal: no export that rules read writes texts so");
  const bool url = function == "opa:urlquery.decode";
  return gives(call(url ? "url_decode" : "base64_decode", {*literal(line.args[0])}), *literal(line.want()));
}

Case type_case(const Line&) {
  return not_had("asking a value for its type: types are known when rules are compiled");
}

Case object_case(const Line&) {
  return not_had("objects without a type: records have the fields that their entity declares");
}

}  // namespace writ::conformance
