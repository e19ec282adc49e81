// The declared types of built-in functions, and how a call's arguments fit them.
// In: FunctionEntry::signature, and the types of a call's arguments, in any order. Out: whether each fits, the
// types that they are to be converted to, and the type of the result. Type variables are bound by the arguments on
// the way.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/program.hpp"
#include "language/types/type.hpp"

namespace writ::types {

// A type with variables in it.
struct Pattern {
  enum class Kind : std::uint8_t {
    simple,    // `type`
    variable,  // `variable`: any type, the same throughout; `O` only one whose values have an order
    list,
    set,
    range,
    collection,  // a list or a set
  };
  // A text that must be written out in the rules, and what it must be.
  enum class Written : std::uint8_t { no, regex, time_format };
  Kind kind = Kind::simple;
  types::Kind type{};
  Written written = Written::no;
  char variable = 0;          // 'A' … 'Z'
  std::uint32_t element = 0;  // in Signature::patterns
};

struct Parameter {
  std::string_view name;
  std::vector<std::uint32_t> alternatives;  // in Signature::patterns; seldom more than one
  bool optional = false;
  Pattern::Written written = Pattern::Written::no;
};

// Views point into the function table's text.
struct Signature {
  std::string_view name;
  std::vector<Parameter> parameters;
  std::vector<Pattern> patterns;
  std::uint32_t result = 0;  // in `patterns`
  bool optional_result = false;

  std::optional<std::size_t> parameter(std::string_view label) const;
};

// Nothing where the text is no signature (see language/functions.hpp).
std::optional<Signature> parse_signature(std::string_view name, std::string_view text);
// Those of `program.builtins`, by BuiltinId. All of them must parse.
std::vector<Signature> parse_signatures(const language::Program& program);

enum class Fit : std::uint8_t {
  yes,
  when_present,  // it would, if it were known to be there
  no,
};

// One call being matched. Arguments may be taken in any order: give those first whose types hang on nothing, so
// that `hint` can tell the others (enum members, empty lists) what they are.
class Match {
 public:
  // Both outlive it. The program's type table is added to.
  Match(const Signature& signature, language::Program& program);

  // What an argument is expected to be, as far as is known now; `unknown` (Kind::error), alone or as an element,
  // where nothing is. A collection's hint is a List.
  TypeId hint(std::size_t parameter) const;
  // Takes an argument; binds variables where it fits and changes nothing where it does not. Types that are unknown
  // fit. Int fits where Float is declared, T where T? is, the literal `missing` where T? is.
  Fit accept(std::size_t parameter, TypeId argument);

  // After all arguments: what each is to be converted to (`convert` of the checker does it), and the result.
  TypeId wanted(std::size_t parameter) const;
  TypeId result() const;
  // What the parameter takes, for a message: "`Period` or `Duration`", "a list or a set of `Date`", "a value that
  // has an order".
  std::string expected(std::size_t parameter) const;

 private:
  struct Binding {
    TypeId type{};
    bool bound = false;
    bool fixed = false;  // by an element of a collection: it cannot widen any more
  };
  using Bindings = std::array<Binding, 26>;
  struct Taken {
    bool taken = false;
    TypeId type{};
    std::size_t alternative = 0;
  };

  bool unify(std::uint32_t pattern, TypeId type, bool element, bool widen, Bindings& bindings) const;
  bool bind(char variable, TypeId type, bool element, Bindings& bindings) const;
  TypeId substitute(std::uint32_t pattern, TypeId collection) const;
  std::string description(std::uint32_t pattern) const;

  const Signature& signature_;
  language::Program& program_;
  Bindings bindings_{};
  std::vector<Taken> taken_;
};

}  // namespace writ::types
