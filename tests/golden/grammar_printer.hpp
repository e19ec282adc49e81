// Prints rules of a PEGTL grammar as EBNF. In: a rule's type; the names of the rules that have a line of their own.
// Out: what it reads, with every other rule in the place of its name. What is only looked at (`at`, `not_at`),
// white space after tokens, and what is raised where a rule fails are left out.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <tao/pegtl.hpp>
#include <tao/pegtl/demangle.hpp>
#include <vector>

#include "language/syntax/grammar_declarations.hpp"

namespace writ::printer {

namespace grammar = syntax::grammar;
namespace internal = tao::pegtl::internal;

struct Term {
  enum class Kind { nothing, text, sequence, choice, repeated, optional };
  Kind kind = Kind::nothing;
  std::string text;  // text
  std::vector<Term> parts;

  bool operator==(const Term&) const = default;
};

inline Term text(std::string of) { return {Term::Kind::text, std::move(of), {}}; }

inline Term sequence(const std::vector<Term>& of) {
  Term out{Term::Kind::sequence, {}, {}};
  for (const Term& part : of) {
    if (part.kind == Term::Kind::nothing) continue;
    if (part.kind == Term::Kind::sequence) {
      out.parts.insert(out.parts.end(), part.parts.begin(), part.parts.end());
    } else {
      out.parts.push_back(part);
    }
  }
  if (out.parts.empty()) return {};
  return out.parts.size() == 1 ? Term(out.parts.front()) : out;
}

inline Term around(Term::Kind kind, Term of) {
  if (of.kind == Term::Kind::nothing || of.kind == kind) return of;
  return {kind, {}, {std::move(of)}};
}

inline Term choice(const std::vector<Term>& of) {
  Term out{Term::Kind::choice, {}, {}};
  bool none = false;
  for (const Term& part : of) {
    if (part.kind == Term::Kind::nothing) {
      none = true;
    } else if (part.kind == Term::Kind::choice) {
      out.parts.insert(out.parts.end(), part.parts.begin(), part.parts.end());
    } else if (std::find(out.parts.begin(), out.parts.end(), part) == out.parts.end()) {
      out.parts.push_back(part);
    }
  }
  if (out.parts.empty()) return {};
  if (out.parts.size() == 1) out = Term(out.parts.front());
  return none ? around(Term::Kind::optional, out) : out;
}

// The name of a rule of the grammar; empty for one that has none.
template <typename Rule>
std::string name_of() {
  constexpr std::string_view space = "writ::syntax::grammar::";
  std::string_view name = tao::pegtl::demangle<Rule>();
  if (!name.starts_with(space) || name.find('<') != std::string_view::npos) return {};
  return std::string(name.substr(space.size()));
}

using Lines = std::set<std::string>;

template <typename Rule>
Term term(const Lines& lines, bool inside = true);

// By what a rule is made of.
template <typename Made>
struct Shape {
  static Term of(const Lines&) {
    static_assert(sizeof(Made) == 0, "a kind of rule that the printer does not know");
    return {};
  }
};

template <typename... Rules>
struct Shape<internal::seq<Rules...>> {
  static Term of(const Lines& lines) { return sequence({term<Rules>(lines)...}); }
};
template <typename... Rules>
struct Shape<internal::sor<Rules...>> {
  static Term of(const Lines& lines) { return choice({term<Rules>(lines)...}); }
};
// `must`: what is raised reads nothing.
template <typename Rule, typename Raised>
struct Shape<internal::sor<Rule, tao::pegtl::raise<Raised>>> {
  static Term of(const Lines& lines) { return term<Rule>(lines); }
};
template <typename... Rules>
struct Shape<internal::star<Rules...>> {
  static Term of(const Lines& lines) { return around(Term::Kind::repeated, sequence({term<Rules>(lines)...})); }
};
template <typename... Rules>
struct Shape<internal::plus<Rules...>> {
  static Term of(const Lines& lines) {
    const Term once = sequence({term<Rules>(lines)...});
    return sequence({once, around(Term::Kind::repeated, once)});
  }
};
template <typename... Rules>
struct Shape<internal::opt<Rules...>> {
  static Term of(const Lines& lines) { return around(Term::Kind::optional, sequence({term<Rules>(lines)...})); }
};
template <typename... Rules>
struct Shape<internal::at<Rules...>> {
  static Term of(const Lines&) { return {}; }
};
template <typename... Rules>
struct Shape<internal::not_at<Rules...>> {
  static Term of(const Lines&) { return {}; }
};
template <>
struct Shape<internal::success> {
  static Term of(const Lines&) { return {}; }
};
template <char... Characters>
struct Shape<internal::string<Characters...>> {
  static Term of(const Lines&) { return text("\"" + std::string{Characters...} + "\""); }
};
template <char... Characters>
struct Shape<internal::one<internal::result_on_found::success, internal::peek_char, Characters...>> {
  static Term of(const Lines&) { return choice({text("\"" + std::string{Characters} + "\"")...}); }
};
template <syntax::Block block, typename Member>
struct Shape<grammar::members<block, Member>> {
  static Term of(const Lines& lines) {
    const Term all = around(Term::Kind::repeated, term<Member>(lines));
    return block == syntax::Block::file ? all : sequence({all, text("\"}\"")});
  }
};
template <>
struct Shape<grammar::anew> {
  static Term of(const Lines&) { return {}; }
};

// The word for a rule of the lexical level, of which words say more than characters do; empty for any other.
template <typename Rule>
constexpr std::string_view lexical() {
  if (std::is_base_of_v<grammar::name, Rule> || std::is_base_of_v<grammar::new_name, Rule>) return "name";
  if (std::is_base_of_v<grammar::word, Rule>) return "word";
  if (std::is_base_of_v<grammar::hyphenated, Rule>) return "id";
  if (std::is_base_of_v<grammar::dotted, Rule>) return "path";
  if (std::is_base_of_v<grammar::pattern, Rule>) return "pattern";
  if (std::is_base_of_v<grammar::number, Rule>) return "number";
  if (std::is_base_of_v<grammar::string_primary, Rule> || std::is_base_of_v<grammar::constant_string, Rule>)
    return "string";
  return {};
}

template <typename Rule>
Term term(const Lines& lines, bool inside) {
  const std::string name = name_of<Rule>();
  if constexpr (std::is_same_v<Rule, grammar::gap> || std::is_same_v<Rule, grammar::line_gap>) {
    return {};
  } else if constexpr (!lexical<Rule>().empty()) {
    return text(std::string(lexical<Rule>()));
  } else {
    if (inside && lines.contains(name)) return text(name);
    if constexpr (std::is_base_of_v<grammar::expression, Rule>) {
      if (inside) return text(name_of<grammar::expression>());
    }
    return Shape<typename Rule::rule_t>::of(lines);
  }
}

}  // namespace writ::printer
