#include "language/types/signature.hpp"

#include <fmt/format.h>

#include <cassert>
#include <utility>

#include "language/types/checking.hpp"

namespace writ::types {

namespace {

constexpr std::pair<std::string_view, Kind> simple_names[] = {
    {"Bool", Kind::boolean},      {"Int", Kind::integer},   {"Float", Kind::floating},
    {"String", Kind::string},     {"Date", Kind::date},     {"Timestamp", Kind::timestamp},
    {"Duration", Kind::duration}, {"Period", Kind::period}, {"Network", Kind::network},
};

// Texts that are checked when rules are compiled.
constexpr std::pair<std::string_view, Pattern::Written> written_names[] = {
    {"Regex", Pattern::Written::regex},
    {"TimeFormat", Pattern::Written::time_format},
};

constexpr std::pair<std::string_view, Pattern::Kind> generic_names[] = {
    {"List", Pattern::Kind::list},
    {"Set", Pattern::Kind::set},
    {"Range", Pattern::Kind::range},
    {"Collection", Pattern::Kind::collection},
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

// `(a: Collection<T>, every: Period | Duration) -> Set<T>?`
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool read(Signature& out) {
    if (!take("(")) return false;
    while (!take(")")) {
      if (!out.parameters.empty() && !take(",")) return false;
      if (!parameter(out)) return false;
    }
    if (!take("->") || !pattern(out, out.result)) return false;
    out.optional_result = take("?");
    skip();
    return at_ == text_.size();
  }

 private:
  bool parameter(Signature& out) {
    Parameter parameter;
    parameter.name = word();
    if (parameter.name.empty() || !take(":")) return false;
    do {
      std::uint32_t alternative = 0;
      if (!pattern(out, alternative)) return false;
      parameter.alternatives.push_back(alternative);
      parameter.written = out.patterns[alternative].written;
    } while (take("|"));
    parameter.optional = take("?");
    out.parameters.push_back(std::move(parameter));
    return true;
  }

  bool pattern(Signature& out, std::uint32_t& id) {
    const std::string_view name = word();
    Pattern made;
    if (name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z') {
      made.kind = Pattern::Kind::variable;
      made.variable = name[0];
    } else if (!simple(name, made)) {
      if (!generic(name, made) || !take("<") || !pattern(out, made.element) || !take(">")) return false;
    }
    id = static_cast<std::uint32_t>(out.patterns.size());
    out.patterns.push_back(made);
    return true;
  }

  static bool simple(std::string_view name, Pattern& made) {
    for (const auto& [known, kind] : simple_names) {
      if (name == known) {
        made.type = kind;
        return true;
      }
    }
    for (const auto& [known, written] : written_names) {
      if (name == known) {
        made.type = Kind::string;
        made.written = written;
        return true;
      }
    }
    return false;
  }

  static bool generic(std::string_view name, Pattern& made) {
    for (const auto& [known, kind] : generic_names) {
      if (name == known) {
        made.kind = kind;
        return true;
      }
    }
    return false;
  }

  std::string_view word() {
    skip();
    const std::size_t start = at_;
    if (at_ < text_.size() && is_letter(text_[at_])) {
      while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    }
    return text_.substr(start, at_ - start);
  }

  bool take(std::string_view token) {
    skip();
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }

  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::size_t letter(char variable) { return static_cast<std::size_t>(variable - 'A'); }

}  // namespace

std::optional<std::size_t> Signature::parameter(std::string_view label) const {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].name == label) return i;
  }
  return std::nullopt;
}

std::optional<Signature> parse_signature(std::string_view name, std::string_view text) {
  Signature signature;
  signature.name = name;
  if (!Reader(text).read(signature)) return std::nullopt;
  return signature;
}

std::vector<Signature> parse_signatures(const language::Program& program) {
  std::vector<Signature> out;
  out.reserve(program.builtins.size());
  for (const language::FunctionEntry& entry : program.builtins) {
    auto signature = parse_signature(entry.name, entry.signature);
    assert(signature && "a built-in function's signature does not parse");
    out.push_back(signature ? std::move(*signature) : Signature{});
  }
  return out;
}

Match::Match(const Signature& signature, language::Program& program)
    : signature_(signature), program_(program), taken_(signature.parameters.size()) {}

TypeId Match::substitute(std::uint32_t id, TypeId collection) const {
  const Pattern& pattern = signature_.patterns[id];
  TypeTable& types = program_.types;
  switch (pattern.kind) {
    case Pattern::Kind::simple:
      return TypeTable::simple(pattern.type);
    case Pattern::Kind::variable: {
      const Binding& binding = bindings_[letter(pattern.variable)];
      return binding.bound ? binding.type : unknown;
    }
    case Pattern::Kind::list:
      return types.list(substitute(pattern.element, collection));
    case Pattern::Kind::set:
      return types.set(substitute(pattern.element, collection));
    case Pattern::Kind::range:
      return types.range(substitute(pattern.element, collection));
    case Pattern::Kind::collection: {
      const TypeId element = substitute(pattern.element, collection);
      return types.kind(types.strip_optional(collection)) == Kind::set ? types.set(element) : types.list(element);
    }
  }
  return unknown;
}

TypeId Match::hint(std::size_t index) const {
  const Parameter& parameter = signature_.parameters[index];
  if (parameter.alternatives.size() > 1) return unknown;
  const TypeId type = substitute(parameter.alternatives[0], unknown);
  return parameter.optional && type != unknown ? program_.types.optional(type) : type;
}

bool Match::bind(char variable, TypeId type, bool element, Bindings& bindings) const {
  TypeTable& types = program_.types;
  if (has_error(types, type) || has_missing(types, type)) return true;
  if (variable == 'O' && !is_ordered(program_, type)) return false;
  Binding& binding = bindings[letter(variable)];
  if (!binding.bound) {
    binding = {type, true, element};
    return true;
  }
  if (binding.type == type) {
    binding.fixed |= element;
    return true;
  }
  if (element) {
    if (binding.fixed || !fits(types, binding.type, type)) return false;
    binding = {type, true, true};
    return true;
  }
  if (fits(types, type, binding.type)) return true;
  if (binding.fixed || !fits(types, binding.type, type)) return false;
  binding.type = type;
  return true;
}

bool Match::unify(std::uint32_t id, TypeId type, bool element, bool widen, Bindings& bindings) const {
  const Pattern& pattern = signature_.patterns[id];
  const TypeTable& types = program_.types;
  const Type at = types.at(type);
  if (at.kind == Kind::error || (element && at.kind == Kind::missing)) return true;
  switch (pattern.kind) {
    case Pattern::Kind::simple:
      return at.kind == pattern.type ||
             (widen && !element && at.kind == Kind::integer && pattern.type == Kind::floating);
    case Pattern::Kind::variable:
      return bind(pattern.variable, type, element, bindings);
    case Pattern::Kind::list:
      return at.kind == Kind::list && unify(pattern.element, at.element, true, widen, bindings);
    case Pattern::Kind::set:
      return at.kind == Kind::set && unify(pattern.element, at.element, true, widen, bindings);
    case Pattern::Kind::range:
      return at.kind == Kind::range && unify(pattern.element, at.element, true, widen, bindings);
    case Pattern::Kind::collection:
      return types.is_collection(type) && unify(pattern.element, at.element, true, widen, bindings);
  }
  return false;
}

Fit Match::accept(std::size_t index, TypeId argument) {
  const Parameter& parameter = signature_.parameters[index];
  const TypeTable& types = program_.types;
  Taken& taken = taken_[index];
  const Kind kind = types.kind(argument);
  if (kind == Kind::error || (kind == Kind::missing && parameter.optional)) {
    taken = {true, unknown, 0};
    return Fit::yes;
  }
  if (kind == Kind::missing) return Fit::when_present;
  const TypeId present = types.strip_optional(argument);
  for (const bool widen : {false, true}) {
    for (std::size_t i = 0; i < parameter.alternatives.size(); ++i) {
      Bindings bindings = bindings_;
      if (!unify(parameter.alternatives[i], present, false, widen, bindings)) continue;
      if (types.is_optional(argument) && !parameter.optional) return Fit::when_present;
      bindings_ = bindings;
      taken = {true, argument, i};
      return Fit::yes;
    }
  }
  return Fit::no;
}

TypeId Match::wanted(std::size_t index) const {
  const Parameter& parameter = signature_.parameters[index];
  const Taken& taken = taken_[index];
  const TypeId type = substitute(parameter.alternatives[taken.alternative], taken.taken ? taken.type : unknown);
  return parameter.optional ? program_.types.optional(type) : type;
}

TypeId Match::result() const {
  const TypeId type = substitute(signature_.result, unknown);
  return signature_.optional_result && type != unknown ? program_.types.optional(type) : type;
}

std::string Match::description(std::uint32_t id) const {
  const Pattern& pattern = signature_.patterns[id];
  const auto elements = [&](std::string_view whole) {
    const Pattern& element = signature_.patterns[pattern.element];
    if (element.kind == Pattern::Kind::variable && substitute(pattern.element, unknown) == unknown) {
      return element.variable == 'O' ? fmt::format("{} of values that have an order", whole) : std::string(whole);
    }
    return fmt::format("{} of {}", whole, description(pattern.element));
  };
  switch (pattern.kind) {
    case Pattern::Kind::simple:
      return fmt::format("`{}`", language::spelling(program_, TypeTable::simple(pattern.type)));
    case Pattern::Kind::variable: {
      const TypeId type = substitute(id, unknown);
      if (type != unknown) return fmt::format("`{}`", language::spelling(program_, type));
      return pattern.variable == 'O' ? "a value that has an order" : "a value";
    }
    case Pattern::Kind::list:
      return elements("a list");
    case Pattern::Kind::set:
      return elements("a set");
    case Pattern::Kind::range:
      return elements("a range");
    case Pattern::Kind::collection:
      return elements("a list or a set");
  }
  return "";
}

std::string Match::expected(std::size_t index) const {
  const Parameter& parameter = signature_.parameters[index];
  std::string text;
  for (std::size_t i = 0; i < parameter.alternatives.size(); ++i) {
    if (i != 0) text += i + 1 == parameter.alternatives.size() ? " or " : ", ";
    text += description(parameter.alternatives[i]);
  }
  return parameter.optional ? text + ", which may be missing" : text;
}

}  // namespace writ::types
