// docs/language/grammar.md is printed from the rules of the grammar. WRIT_UPDATE_GOLDEN=1 writes it.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/golden/grammar_printer.hpp"

namespace {

using namespace writ::printer;

struct Line {
  std::string name;
  Term (*term)(const Lines&);
};

template <typename Rule>
Line line() {
  return {name_of<Rule>(), [](const Lines& lines) { return term<Rule>(lines, false); }};
}

struct Group {
  std::string title, note;
  std::vector<Line> lines;
};

std::vector<Group> groups() {
  using namespace writ::syntax::grammar;
  return {
      {"Files",
       "A file is [declarations](controls.md) in any order.",
       {line<file>(), line<declaration>(), line<module_decl>(), line<use_decl>()}},
      {"Enums and entities",
       "See [Entities](entities.md) and [Types](types.md).",
       {line<enum_decl>(), line<entity_decl>(), line<field>(), line<type>()}},
      {"Functions, parameters, rules",
       "See [Controls](controls.md) and [Rules](rules.md).",
       {line<fn_decl>(), line<fn_param>(), line<param_decl>(), line<rule_decl>()}},
      {"Controls and checks",
       "See [Controls](controls.md). A `require` without `else` is read, and refused with a "
       "[message](../diagnostics/missing-else.md) of its own.\nThe keys of `metadata_entry` are `criteria`, "
       "`severity`, `owner`, "
       "`frequency`, "
       "`statement`, `rationale`,\n`remediation`, `references` and `tags`.",
       {line<control_decl>(), line<metadata_entry>(), line<evidence_clause>(), line<include_clause>(),
        line<check_decl>(), line<check_member>(), line<for_clause>(), line<step_binding>(), line<let_clause>(),
        line<where_clause>(), line<require_clause>()}},
      {"Templates", "See [Templates](templates.md).", {line<template_decl>(), line<template_param>()}},
      {"Derived records", "See [Derived records](derive.md).", {line<derive_decl>(), line<field_value>()}},
      {"Packs and profiles",
       "See [Packs](packs.md).",
       {line<pack_decl>(), line<pack_member>(), line<pack_set>(), line<pack_exclude>(), line<pack_control_name>(),
        line<profile_decl>()}},
      {"Waivers",
       "See [Waivers](waivers.md). Each clause stands once, in any order; `until`, `because` and `approved_by` "
       "must be there.",
       {line<waive_decl>(), line<waive_clause>()}},
      {"Tests",
       "See [Tests](tests.md).",
       {line<test_decl>(), line<test_member>(), line<test_given>(), line<test_expect>()}},
      {"Expressions",
       "A chain of operators is read flat and then folded by how tightly they bind, as the table of "
       "[Expressions](expressions.md) says.\n"
       "A `collection`, what a query or a `for` runs over, has no comparison and no `and`, `or` or `not`, so that "
       "what follows belongs to\n"
       "the query. See [Expressions](expressions.md) and [Queries](queries.md).",
       {line<expression>(),     line<collection>(),  line<operation>(),       line<tight_operator>(),
        line<loose_operator>(), line<operand>(),     line<postfix>(),         line<primary>(),
        line<some_query>(),     line<every_query>(), line<bound_query>(),     line<bindings>(),
        line<binding>(),        line<query_where>(), line<query_satisfies>(), line<query_by>(),
        line<comprehension>(),  line<call>(),        line<arguments>(),       line<argument>(),
        line<list>(),           line<set>(),         line<record_value>(),    line<conditional>()}},
  };
}

constexpr std::size_t width = 110;

std::string written(const Term& term, bool grouped = false) {
  std::string out;
  switch (term.kind) {
    case Term::Kind::nothing:
      break;
    case Term::Kind::text:
      return term.text;
    case Term::Kind::sequence:
      for (const Term& part : term.parts) out += (out.empty() ? "" : " ") + written(part, true);
      break;
    case Term::Kind::choice:
      for (const Term& part : term.parts) out += (out.empty() ? "" : " | ") + written(part);
      if (grouped) out = "( " + out + " )";
      break;
    case Term::Kind::repeated:
      return "{ " + written(term.parts.front()) + " }";
    case Term::Kind::optional:
      return "[ " + written(term.parts.front()) + " ]";
  }
  return out;
}

// Alternatives a line each where they do not fit on one; sequences are broken between their parts.
std::string laid_out(const std::string& name, const Term& term) {
  const std::string whole = written(term);
  if (name.size() + 3 + whole.size() <= width) return name + " = " + whole + "\n";
  std::string out = name + "\n";
  const bool choice = term.kind == Term::Kind::choice;
  std::vector<std::string> parts;
  for (const Term& part : term.parts) parts.push_back(written(part, !choice));
  std::string at = "  = ";
  for (const std::string& part : parts) {
    if (at.size() > 4 && at.size() + part.size() + 3 > width) {
      out += at + "\n";
      at = choice ? "  | " : "    ";
    } else if (at.size() > 4) {
      at += choice ? " | " : " ";
    }
    at += part;
  }
  return out + at + "\n";
}

std::string page() {
  const std::vector<Group> all = groups();
  Lines lines;
  for (const Group& group : all) {
    for (const Line& line : group.lines) lines.insert(line.name);
  }
  std::string text =
      "# Grammar\n\nPrinted from the rules of the parser, in EBNF: `[ ]` may be left out, `{ }` may stand any "
      "number of times, `|` is a choice. "
      "White space and\ncomments may stand between any two of what is listed here. `name`, `word`, `id` "
      "(`ACC-07`), `path` (`soc2.access`), "
      "`pattern`\n(`PHY-*`), `number` (with dates, times and quantities) and `string` are [lexical](lexical.md): a "
      "`name` is a word that is not "
      "reserved.\nWhere a word such as `key` begins a clause and is a name as well, what follows it decides, as a "
      "reader would.\n";
  for (const Group& group : all) {
    text += fmt::format("\n## {}\n\n{}\n\n```ebnf\n", group.title, group.note);
    for (const Line& line : group.lines) text += laid_out(line.name, line.term(lines));
    text += "```\n";
  }
  return text;
}

}  // namespace

TEST_CASE("the page of the grammar is what the parser reads by") {
  const auto path = std::filesystem::path(WRIT_SOURCE_DIR) / "docs/language/grammar.md";
  const std::string wanted = page();
  if (std::getenv("WRIT_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << wanted;
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  CHECK(text.str() == wanted);
}

TEST_CASE("every line of the grammar's page is reached from the first") {
  std::string text;
  Lines lines;
  for (const Group& group : groups()) {
    for (const Line& line : group.lines) lines.insert(line.name);
  }
  for (const Group& group : groups()) {
    for (const Line& line : group.lines) text += " " + written(line.term(lines)) + " ";
  }
  for (const std::string& name : lines) {
    INFO(name);
    CHECK((name == "file" || text.find(" " + name + " ") != std::string::npos));
  }
}
