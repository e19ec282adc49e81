// Arithmetic, rounding, and numbers out of texts.
#include <fmt/format.h>

#include <cmath>
#include <map>

#include "tests/conformance/literals.hpp"
#include "tests/conformance/vectors.hpp"

namespace writ::conformance {

namespace {

const std::map<std::string, std::string_view> operators = {
    {"opa:plus", "+"}, {"opa:mul", "*"},  {"opa:div", "/"}, {"opa:rem", "%"},  {"opa:neq", "!="},
    {"opa:gt", ">"},   {"opa:gte", ">="}, {"opa:lt", "<"},  {"opa:lte", "<="},
};

const std::map<std::string, std::string_view> functions = {
    {"opa:round", "round"},  {"opa:abs", "abs"},        {"opa:ceil", "ceil"},        {"opa:floor", "floor"},
    {"jsonata:$abs", "abs"}, {"jsonata:$ceil", "ceil"}, {"jsonata:$floor", "floor"},
};

Case operation(const Line& line, std::string_view sign) {
  const std::string ours = fmt::format("{} {} {}", *literal(line.args[0]), sign, *literal(line.args[1]));
  if (line.args[0].type() != line.args[1].type() && line.args[0].is_string()) {
    return differs("values of two types are never equal, so comparing them is refused when rules are compiled",
                   refused(ours));
  }
  if (line.wants_error()) {
    if (sign == "%" && line.args[0].is_number_float())
      return differs("`Float`s have a remainder too", holds(fmt::format("abs({} - 0.1) < 0.000001", ours)));
    return fails(ours);
  }
  return gives(ours, *literal(line.want()));
}

bool is_tie(const Line& line) {
  if (line.args.size() == 1) return line.want() != std::round(line.args[0].get<double>());
  return line.args[0] == 4.525;
}

Case rounded(const Line& line) {
  std::vector<std::string> args;
  for (const auto& argument : line.args) args.push_back(*literal(argument));
  const std::string ours = call("round", args);
  if (is_tie(line)) {
    const std::string wanted = line.args.size() == 1
                                   ? fmt::format("({})", static_cast<int>(std::round(line.args[0].get<double>())))
                                   : "4.53";
    return differs("halves are rounded away from zero, as people do, and not to the even neighbour",
                   gives(ours, wanted));
  }
  if (line.args[0] == 12450) {
    return differs("halves are rounded away from zero, as people do, and not to the even neighbour",
                   gives(ours, "12500"));
  }
  return gives(ours, *literal(line.want()));
}

// `to_number` and `$number`
Case number(const Line& line) {
  if (line.args.size() != 1) return not_had("being called with any number of arguments");
  const auto& value = line.args[0];
  if (value.is_string()) {
    const std::string ours = call("float", {*literal(value)});
    return line.wants_error() ? missing(ours) : gives(ours, *literal(line.want()));
  }
  if (value.is_number()) return not_had("numbers out of numbers");
  const auto written = literal(value);
  if (value.is_boolean()) return differs("a `Bool` is no number", refused(call("float", {*written})));
  if (!written) return not_had("values of any type");
  return refused(call("float", {*written}));
}

Case in_base(const Line& line) {
  const auto& value = line.args[0];
  const bool ten = line.args.size() == 1 || line.args[1] == 10;
  if (!ten) return not_had("numbers in other bases than ten");
  const std::string whole = value.is_number_float() ? call("floor", {*literal(value)}) : *literal(value);
  return gives(call("text", {whole}), *literal(line.want()));
}

}  // namespace

Case number_case(const Line& line) {
  const std::string& function = line.function;
  if (const auto found = operators.find(function); found != operators.end()) return operation(line, found->second);
  if (function == "jsonata:$round") return rounded(line);
  if (const auto found = functions.find(function); found != functions.end())
    return gives(call(found->second, {*literal(line.args[0])}), *literal(line.want()));
  if (function == "opa:to_number" || function == "jsonata:$number") return number(line);
  if (function == "opa:format_int" || function == "jsonata:$formatBase") return in_base(line);
  if (function == "jsonata:$formatNumber") return not_had("pictures of numbers");
  return not_had("powers and roots");
}

}  // namespace writ::conformance
