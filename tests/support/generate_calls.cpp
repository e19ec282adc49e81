#include <algorithm>

#include "tests/support/generate_expression.hpp"

namespace writ::support {

using types::Pattern;
using types::Signature;
using Variables = std::vector<std::optional<Ty>>;

std::string ExpressionGenerator::call_text(const std::string& name, const std::vector<std::string>& arguments,
                                           const std::vector<std::string>& labels) {
  std::size_t from = 0;
  std::string out = name + "(";
  const auto is_path = [](const std::string& text) {
    return std::all_of(
               text.begin(), text.end(),
               [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; }) &&
           !(text[0] >= '0' && text[0] <= '9');
  };
  if (!arguments.empty() && is_path(arguments[0]) && choices_.chance(20)) {
    out = arguments[0] + "." + out;
    from = 1;
  }
  const bool named = choices_.chance(10);
  for (std::size_t i = from; i < arguments.size(); ++i) {
    if (i > from) out += ", ";
    if (named && !labels[i].empty()) out += labels[i] + ": ";
    out += arguments[i];
  }
  return out + ")";
}

std::optional<std::string> ExpressionGenerator::call(const Ty& want, int fuel) {
  std::vector<const FunctionModel*> fitting;
  for (const FunctionModel& function : functions_) {
    if (function.result == want) fitting.push_back(&function);
  }
  if (fitting.empty()) return std::nullopt;
  const FunctionModel& function = *choices_.pick(fitting);
  std::vector<std::string> arguments;
  std::vector<std::string> labels;
  for (const Named& param : function.params) {
    auto argument = make(param.type, fuel - 1, true);
    if (!argument && param.type.optional) argument = make(param.type.present(), fuel - 1, true);
    if (!argument) return std::nullopt;
    arguments.push_back(*argument);
    labels.push_back(param.name);
  }
  return call_text(function.name, arguments, labels);
}

bool ExpressionGenerator::unify(const Signature& signature, std::uint32_t pattern, const Ty& type,
                                Variables& variables) {
  const Pattern& wanted = signature.patterns[pattern];
  switch (wanted.kind) {
    case Pattern::Kind::simple:
      return type.kind == wanted.type;
    case Pattern::Kind::variable: {
      if (wanted.variable == 'O' && !schema_.is_ordered(type)) return false;
      auto& bound = variables[static_cast<std::size_t>(wanted.variable - 'A')];
      if (bound) return *bound == type;
      bound = type;
      return true;
    }
    case Pattern::Kind::list:
      return type.kind == Kind::list && unify(signature, wanted.element, *type.element, variables);
    case Pattern::Kind::set:
      return type.kind == Kind::set && unify(signature, wanted.element, *type.element, variables);
    case Pattern::Kind::range:
    case Pattern::Kind::collection:
      return false;
  }
  return false;
}

Ty ExpressionGenerator::type_of(const Signature& signature, std::uint32_t pattern, Variables& variables) {
  const Pattern& wanted = signature.patterns[pattern];
  switch (wanted.kind) {
    case Pattern::Kind::simple:
      return simple(wanted.type);
    case Pattern::Kind::variable: {
      auto& bound = variables[static_cast<std::size_t>(wanted.variable - 'A')];
      if (!bound) bound = wanted.variable == 'O' ? any_ordered() : any_comparable();
      return *bound;
    }
    case Pattern::Kind::list:
      return list_of(type_of(signature, wanted.element, variables));
    case Pattern::Kind::set:
      return set_of(type_of(signature, wanted.element, variables));
    case Pattern::Kind::range:
    case Pattern::Kind::collection: {
      const Ty element = type_of(signature, wanted.element, variables);
      return choices_.chance(50) ? list_of(element) : set_of(element);
    }
  }
  return simple(Kind::boolean);
}

std::optional<std::string> ExpressionGenerator::arguments(const Signature& signature, Variables& variables,
                                                          int fuel) {
  std::vector<std::string> texts;
  std::vector<std::string> labels;
  for (const types::Parameter& parameter : signature.parameters) {
    const std::uint32_t pattern = choices_.pick(parameter.alternatives);
    const Pattern& wanted = signature.patterns[pattern];
    if (parameter.written == Pattern::Written::regex) {
      static const std::vector<std::string> patterns = {"r\"a\"", "r\"^[a-z]+\"", "r\"x*\""};
      texts.push_back(choices_.pick(patterns));
    } else if (parameter.written == Pattern::Written::time_format) {
      static const std::vector<std::string> formats = {"\"%Y-%m-%d\"", "\"%d/%m/%Y\""};
      texts.push_back(choices_.pick(formats));
    } else if (wanted.kind == Pattern::Kind::range) {
      const Ty element = type_of(signature, wanted.element, variables);
      if (element.kind == Kind::timestamp && choices_.chance(60)) {
        texts.emplace_back("period");
      } else {
        const auto start = make(element, fuel - 1, false);
        const auto end = make(element, fuel - 1, false);
        if (!start || !end) return std::nullopt;
        texts.push_back("(" + *start + ".." + *end + ")");
      }
    } else {
      const Ty type = type_of(signature, pattern, variables);
      // Where variables or the choice of a signature hang on the arguments, literals do not say enough.
      const bool fixed =
          wanted.kind == Pattern::Kind::simple && parameter.alternatives.size() == 1 && type.kind != Kind::floating;
      const auto text = make(type, fuel - 1, fixed);
      if (!text) return std::nullopt;
      texts.push_back(*text);
    }
    labels.emplace_back(parameter.name);
  }
  return call_text(std::string(signature.name), texts, labels);
}

std::optional<std::string> ExpressionGenerator::builtin(const Ty& want, int fuel) {
  std::vector<const Signature*> fitting;
  for (const Signature& signature : signatures_) {
    Variables variables(26);
    if (signature.optional_result != want.optional) continue;
    if (unify(signature, signature.result, want.present(), variables)) fitting.push_back(&signature);
  }
  if (fitting.empty()) return std::nullopt;
  const Signature& signature = *choices_.pick(fitting);
  Variables variables(26);
  unify(signature, signature.result, want.present(), variables);
  return arguments(signature, variables, fuel);
}

}  // namespace writ::support
