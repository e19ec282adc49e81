// Lists, sets, and queries over them.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "tests/conformance/literals.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

namespace {

constexpr std::string_view no_objects = "objects without a type";
constexpr std::string_view mixed = "lists and sets of several types";

const std::map<std::string, std::string_view> queries = {
    {"opa:sum", "sum(x for x in {})"},         {"opa:max", "max(x for x in {})"},
    {"opa:min", "min(x for x in {})"},         {"opa:sort", "[x for x in {} by x]"},
    {"jsonata:$sum", "sum(x for x in {})"},    {"jsonata:$max", "max(x for x in {})"},
    {"jsonata:$min", "min(x for x in {})"},    {"jsonata:$average", "avg(x for x in {})"},
    {"jsonata:$sort", "[x for x in {} by x]"}, {"jsonata:$distinct", "[x for x in union({0}, {0})]"},
};

const std::map<std::string, std::string_view> absent = {
    {"opa:product", "products"},
    {"opa:numbers.range", "lists of numbers from … to"},
    {"opa:numbers.range_step", "lists of numbers from … to"},
    {"opa:array.concat", "lists one behind the other"},
    {"jsonata:$append", "lists one behind the other"},
    {"opa:array.slice", "parts of lists"},
    {"opa:array.reverse", "turning a list around"},
    {"jsonata:$zip", "lists side by side"},
    {"opa:internal.member_3", "keys of objects"},
};

bool has_object(const nlohmann::json& value) {
  if (const auto* items = elements(value)) {
    return std::any_of(items->begin(), items->end(), [](const auto& item) { return has_object(item); });
  }
  return value.is_object();
}

// An empty collection of numbers says what it is of.
std::string typed(const nlohmann::json& value) {
  const auto* items = elements(value);
  if (items == nullptr || !items->empty()) return literal(value).value_or("");
  return value.is_array() ? "[x for x in [0] where x != 0]" : "{x for x in [0] where x != 0}";
}

Case member(const Line& line) {
  const auto& container = line.args[1];
  if (has_object(line.args)) return not_had(std::string(no_objects));
  const std::string ours = fmt::format("{} in {}", *literal(line.args[0]), literal(container).value_or("[]"));
  if (elements(container) == nullptr) {
    return differs("what can hold nothing is refused when rules are compiled", refused(ours));
  }
  return line.want() == true ? holds(ours) : lacks(ours);
}

// Of a set of sets, two by two.
Case folded(const Line& line, std::string_view function) {
  const auto* sets = elements(line.args[0]);
  if (sets->empty()) return not_had("what an empty set of sets comes to");
  std::string ours = typed((*sets)[0]);
  for (std::size_t i = 1; i < sets->size(); ++i) ours = call(function, {ours, typed((*sets)[i])});
  return gives(ours, typed(line.want()));
}

Case set_operation(const Line& line, std::string_view function) {
  if (has_object(line.args)) return not_had(std::string(no_objects));
  const auto a = literal(line.args[0]);
  const auto b = literal(line.args[1]);
  if (!a || !b) return not_had(std::string(mixed));
  const std::string ours = call(function, {*a, *b});
  return line.wants_error() ? refused(ours) : gives(ours, *literal(line.want()));
}

Case count(const Line& line) {
  if (line.args.size() != 1) return not_had("being called with any number of arguments");
  const auto& value = line.args[0];
  if (has_object(value)) return not_had(std::string(no_objects));
  if (value.is_string()) return gives(call("length", {*literal(value)}), line.want().dump());
  if (line.function.starts_with("jsonata") && elements(value) == nullptr)
    return not_had("single values as lists of one");
  const std::string ours = call("size", {*literal(value)});
  return line.wants_error() ? refused(ours) : gives(ours, line.want().dump());
}

Case query(const Line& line, std::string_view pattern) {
  if (line.args.size() != 1) return not_had("being called with any number of arguments");
  const auto& value = line.args[0];
  if (elements(value) == nullptr) return not_had("single values as lists of one");
  const auto written = literal(value);
  if (!written) return not_had(std::string(mixed));
  const std::string ours = fmt::format(fmt::runtime(pattern), value.empty() ? typed(value) : *written);
  if (line.object.contains("undefined")) return missing(ours);
  if (line.wants_error() && line.function == "jsonata:$min") {
    return differs("texts have an order, so there is a least one", gives(ours, *literal(value[0])));
  }
  return line.wants_error() ? refused(ours) : gives(ours, *literal(line.want()));
}

Case flattened(const Line& line) {
  if (line.wants_error()) return refused(fmt::format("[x for l in {}, x in l]", *literal(line.args[0])));
  const auto lists = literal(line.args[0]);
  if (!lists) return not_had(std::string(mixed));
  return gives(fmt::format("[x for l in {}, x in l]", *lists), *literal(line.want()));
}

}  // namespace

Case collection_case(const Line& line) {
  const std::string& function = line.function;
  if (const auto found = absent.find(function); found != absent.end()) return not_had(std::string(found->second));
  if (const auto found = queries.find(function); found != queries.end()) return query(line, found->second);
  if (function == "opa:internal.member_2") return member(line);
  if (function == "opa:count" || function == "jsonata:$count") return count(line);
  if (function == "opa:array.flatten") return flattened(line);
  if (function == "opa:union") return folded(line, "union");
  if (function == "opa:intersection") return folded(line, "intersect");
  if (function == "opa:or") return set_operation(line, "union");
  if (function == "opa:and") return set_operation(line, "intersect");
  return set_operation(line, "minus");
}

}  // namespace writ::conformance
