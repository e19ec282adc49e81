#include "tests/conformance/cel_expression.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "language/types/literal.hpp"
#include "tests/conformance/cel_calls.hpp"
#include "tests/conformance/cel_tokens.hpp"
#include "tests/conformance/literals.hpp"

namespace writ::conformance {

namespace {

using Kind = CelKind;
using Tokens = std::vector<CelToken>;

class Parser {
 public:
  explicit Parser(Tokens tokens) : tokens_(std::move(tokens)) {}

  CelExpression all() {
    CelExpression out = conditional();
    if (token().kind != CelToken::Kind::end) throw NotHad("the syntax of CEL");
    out.divides = divides_;
    return out;
  }

 private:
  const CelToken& token() const { return tokens_[at_]; }
  bool is(std::string_view symbol) const {
    return token().kind == CelToken::Kind::symbol && token().text == symbol;
  }
  bool take(std::string_view symbol) {
    if (!is(symbol)) return false;
    ++at_;
    return true;
  }
  void expect(std::string_view symbol) {
    if (!take(symbol)) throw NotHad("the syntax of CEL");
  }

  CelExpression conditional() {
    const CelExpression condition = disjunction();
    if (!take("?")) return condition;
    const CelExpression first = disjunction();
    expect(":");
    const CelExpression second = conditional();
    return {fmt::format("(if {} then {} else {})", condition.text, first.text, second.text), first.kind};
  }

  CelExpression disjunction() {
    CelExpression left = conjunction();
    while (take("||")) left = {fmt::format("({} or {})", left.text, conjunction().text), Kind::boolean};
    return left;
  }

  CelExpression conjunction() {
    CelExpression left = relation();
    while (take("&&")) left = {fmt::format("({} and {})", left.text, relation().text), Kind::boolean};
    return left;
  }

  CelExpression relation() {
    CelExpression left = sum();
    while (true) {
      std::string sign;
      for (const std::string_view one : {"==", "!=", "<=", ">=", "<", ">"}) {
        if (sign.empty() && take(one)) sign = one;
      }
      if (sign.empty() && token().kind == CelToken::Kind::name && token().text == "in") {
        ++at_;
        sign = "in";
      }
      if (sign.empty()) return left;
      left = {fmt::format("({} {} {})", left.text, sign, sum().text), Kind::boolean};
    }
  }

  CelExpression sum() {
    CelExpression left = product();
    while (is("+") || is("-")) {
      const std::string sign = tokens_[at_++].text;
      const CelExpression right = product();
      if (left.kind == Kind::list) throw NotHad("lists one behind the other");
      Kind kind = left.kind;
      if (left.kind == Kind::length && right.kind == Kind::instant) kind = Kind::instant;
      if (left.kind == Kind::instant && right.kind == Kind::instant) kind = Kind::length;
      left = {fmt::format("({} {} {})", left.text, sign, right.text), kind};
    }
    return left;
  }

  CelExpression product() {
    CelExpression left = unary();
    while (is("*") || is("/") || is("%")) {
      const std::string sign = tokens_[at_++].text;
      const CelExpression right = unary();
      if (sign == "/" && left.kind != Kind::floating) divides_ = true;
      left = {fmt::format("({} {} {})", left.text, sign, right.text), left.kind};
    }
    return left;
  }

  CelExpression unary() {
    if (take("!")) return {fmt::format("(not {})", unary().text), Kind::boolean};
    if (!take("-")) return postfix();
    const bool number = token().kind == CelToken::Kind::integer || token().kind == CelToken::Kind::floating;
    const CelExpression of = unary();
    return {number ? fmt::format("(-{})", of.text) : fmt::format("(-({}))", of.text), of.kind, of.literal};
  }

  CelExpression postfix() {
    CelExpression out = primary();
    while (true) {
      if (is("[") || is("{")) throw NotHad("elements by their place, and maps");
      if (!take(".")) return out;
      if (token().kind != CelToken::Kind::name) throw NotHad("optional values of CEL");
      const std::string name = tokens_[at_++].text;
      if (!take("(")) throw NotHad("messages and maps");
      out = is_macro(name) ? macro(out, name) : cel_method(out, name, arguments(")"));
    }
  }

  static bool is_macro(std::string_view name) {
    return name == "exists" || name == "all" || name == "exists_one" || name == "existsOne" || name == "map" ||
           name == "filter";
  }

  // `list.all(x, condition)`
  CelExpression macro(const CelExpression& list, const std::string& name) {
    if (list.kind != Kind::list) throw NotHad("messages and maps");
    const std::string variable = tokens_[at_].text;
    if (tokens_[at_++].kind != CelToken::Kind::name) throw NotHad("the syntax of CEL");
    variables_.push_back(variable);
    expect(",");
    if (token().kind == CelToken::Kind::name && tokens_[at_ + 1].text == ",")
      throw NotHad("the place of an element");
    const std::vector<CelExpression> parts = arguments(")");
    variables_.pop_back();
    const std::string& first = parts[0].text;
    if (parts.size() > 2 || (parts.size() == 2 && name != "map")) throw NotHad("the place of an element");
    if (name == "exists")
      return {fmt::format("(some {} in {} where {})", variable, list.text, first), Kind::boolean};
    if (name == "all")
      return {fmt::format("(every {} in {} satisfies {})", variable, list.text, first), Kind::boolean};
    if (name == "filter")
      return {fmt::format("[{0} for {0} in {1} where {2}]", variable, list.text, first), Kind::list};
    if (name == "map" && parts.size() == 2)
      return {fmt::format("[{} for {} in {} where {}]", parts[1].text, variable, list.text, first), Kind::list};
    if (name == "map") return {fmt::format("[{} for {} in {}]", first, variable, list.text), Kind::list};
    return {fmt::format("(count({} in {} where {}) == 1)", variable, list.text, first), Kind::boolean};
  }

  std::vector<CelExpression> arguments(std::string_view close) {
    std::vector<CelExpression> out;
    while (!take(close)) {
      if (!out.empty()) expect(",");
      if (is("?")) throw NotHad("optional values of CEL");
      out.push_back(conditional());
    }
    return out;
  }

  CelExpression primary() {
    const CelToken here = tokens_[at_++];
    switch (here.kind) {
      case CelToken::Kind::integer:
        return {here.text, Kind::integer, true};
      case CelToken::Kind::floating:
        return {*literal(std::stod(here.text)), Kind::floating, true};
      case CelToken::Kind::text:
        return {text_literal(here.text), Kind::text, true};
      case CelToken::Kind::name:
        return named(here.text);
      case CelToken::Kind::symbol:
        break;
      case CelToken::Kind::end:
        throw NotHad("the syntax of CEL");
    }
    if (here.text == "(") {
      CelExpression inner = conditional();
      expect(")");
      return {fmt::format("({})", inner.text), inner.kind, inner.literal};
    }
    if (here.text == "[") return list();
    throw NotHad(here.text == "{" ? "elements by their place, and maps" : "the syntax of CEL");
  }

  CelExpression list() {
    const std::vector<CelExpression> items = arguments("]");
    if (items.empty()) throw NotHad("empty lists of no type");
    std::vector<std::string> texts;
    bool all_literal = true;
    for (const CelExpression& item : items) {
      if (item.kind != items[0].kind) throw NotHad("lists and sets of several types");
      texts.push_back(item.text);
      all_literal = all_literal && item.literal;
    }
    return {list_literal(texts), Kind::list, all_literal};
  }

  CelExpression named(const std::string& name) {
    if (name == "true" || name == "false") return {name, Kind::boolean, true};
    if (name == "null") throw NotHad("null as a value");
    for (const std::string& variable : variables_) {
      if (variable == name) return {name, Kind::unknown};
    }
    if (take("(")) return cel_call(name, arguments(")"));
    if (!take(".")) throw NotHad("names that nothing declares, and types as values");
    const std::string member = tokens_[at_++].text;
    if (!take("(")) throw NotHad("names that nothing declares, and types as values");
    return cel_call(name + "." + member, arguments(")"));
  }

  Tokens tokens_;
  std::size_t at_ = 0;
  std::vector<std::string> variables_;
  bool divides_ = false;
};

}  // namespace

CelExpression translated(const std::string& source) { return Parser(cel_tokens(source)).all(); }

}  // namespace writ::conformance
