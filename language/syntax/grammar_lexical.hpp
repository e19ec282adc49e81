// The lexical level of the grammar: white space, comments, words, numbers, dates, quantities, strings.
// Every token eats the gap after it, so that white space is read once; a rule's own text never ends with a gap.
// `must` marks where the grammar is committed: what follows has a message in expectations.hpp.
#pragma once

#include <cstddef>
#include <tao/pegtl.hpp>

namespace writ::syntax::grammar {

using tao::pegtl::any;
using tao::pegtl::at;
using tao::pegtl::digit;
using tao::pegtl::eolf;
using tao::pegtl::not_at;
using tao::pegtl::not_one;
using tao::pegtl::one;
using tao::pegtl::opt;
using tao::pegtl::plus;
using tao::pegtl::ranges;
using tao::pegtl::rep;
using tao::pegtl::rep_min_max;
using tao::pegtl::rep_opt;
using tao::pegtl::seq;
using tao::pegtl::sor;
using tao::pegtl::star;
using tao::pegtl::success;
using tao::pegtl::until;

// The grammar is committed: a failure of `Rule` is an error, at the place where `Rule` was to begin.
template <typename Rule>
struct must : sor<Rule, tao::pegtl::raise<Rule>> {};

// ---- gaps -------------------------------------------------------------------------------------------------

struct comment : seq<one<'#'>, until<at<eolf>>> {};
struct space : sor<one<' ', '\t', '\n'>, tao::pegtl::string<'\r', '\n'>> {};
struct gap : star<sor<plus<space>, comment>> {};
// White space within a line: a number and its unit stand on one.
struct line_gap : plus<one<' ', '\t'>> {};

template <typename... Rules>
struct token : seq<Rules..., gap> {};

template <char... Symbol>
struct symbol : token<tao::pegtl::string<Symbol...>> {};

// ---- words ------------------------------------------------------------------------------------------------

struct word_other : ranges<'a', 'z', 'A', 'Z', '0', '9', '_', '_'> {};
struct word : seq<ranges<'a', 'z', 'A', 'Z', '_', '_'>, star<word_other>> {};
// `within:`, `from :` label or declare something, whatever the word means elsewhere.
struct before_colon : at<gap, one<':'>> {};

template <typename Spelling>
struct keyword : token<Spelling, not_at<word_other>> {};

#define WRIT_KEYWORD(name, spelling) \
  struct name : keyword<TAO_PEGTL_STRING(spelling)> {}

WRIT_KEYWORD(kw_absent, "absent");
WRIT_KEYWORD(kw_and, "and");
WRIT_KEYWORD(kw_approved_by, "approved_by");
WRIT_KEYWORD(kw_as, "as");
WRIT_KEYWORD(kw_at, "at");
WRIT_KEYWORD(kw_basis, "basis");
WRIT_KEYWORD(kw_because, "because");
WRIT_KEYWORD(kw_by, "by");
WRIT_KEYWORD(kw_check, "check");
WRIT_KEYWORD(kw_collected, "collected");
WRIT_KEYWORD(kw_control, "control");
WRIT_KEYWORD(kw_dangling, "dangling");
WRIT_KEYWORD(kw_derive, "derive");
WRIT_KEYWORD(kw_desc, "desc");
WRIT_KEYWORD(kw_else, "else");
WRIT_KEYWORD(kw_empty, "empty");
WRIT_KEYWORD(kw_entity, "entity");
WRIT_KEYWORD(kw_enum, "enum");
WRIT_KEYWORD(kw_every, "every");
WRIT_KEYWORD(kw_evidence, "evidence");
WRIT_KEYWORD(kw_exclude, "exclude");
WRIT_KEYWORD(kw_expect, "expect");
WRIT_KEYWORD(kw_fails, "fails");
WRIT_KEYWORD(kw_false, "false");
WRIT_KEYWORD(kw_fn, "fn");
WRIT_KEYWORD(kw_for, "for");
WRIT_KEYWORD(kw_from, "from");
WRIT_KEYWORD(kw_given, "given");
WRIT_KEYWORD(kw_if, "if");
WRIT_KEYWORD(kw_in, "in");
WRIT_KEYWORD(kw_include, "include");
WRIT_KEYWORD(kw_is, "is");
WRIT_KEYWORD(kw_key, "key");
WRIT_KEYWORD(kw_let, "let");
WRIT_KEYWORD(kw_like, "like");
WRIT_KEYWORD(kw_list, "List");
WRIT_KEYWORD(kw_matches, "matches");
WRIT_KEYWORD(kw_missing, "missing");
WRIT_KEYWORD(kw_module, "module");
WRIT_KEYWORD(kw_name, "name");
WRIT_KEYWORD(kw_nature, "nature");
WRIT_KEYWORD(kw_no, "no");
WRIT_KEYWORD(kw_not, "not");
WRIT_KEYWORD(kw_now, "now");
WRIT_KEYWORD(kw_only, "only");
WRIT_KEYWORD(kw_or, "or");
WRIT_KEYWORD(kw_ordered, "ordered");
WRIT_KEYWORD(kw_organization, "organization");
WRIT_KEYWORD(kw_pack, "pack");
WRIT_KEYWORD(kw_param, "param");
WRIT_KEYWORD(kw_passes, "passes");
WRIT_KEYWORD(kw_period, "period");
WRIT_KEYWORD(kw_present, "present");
WRIT_KEYWORD(kw_profile, "profile");
WRIT_KEYWORD(kw_require, "require");
WRIT_KEYWORD(kw_rule, "rule");
WRIT_KEYWORD(kw_satisfies, "satisfies");
WRIT_KEYWORD(kw_saying, "saying");
WRIT_KEYWORD(kw_section, "section");
WRIT_KEYWORD(kw_set, "set");
WRIT_KEYWORD(kw_set_type, "Set");
WRIT_KEYWORD(kw_some, "some");
WRIT_KEYWORD(kw_template, "template");
WRIT_KEYWORD(kw_test, "test");
WRIT_KEYWORD(kw_that, "that");
WRIT_KEYWORD(kw_then, "then");
WRIT_KEYWORD(kw_true, "true");
WRIT_KEYWORD(kw_until, "until");
WRIT_KEYWORD(kw_use, "use");
WRIT_KEYWORD(kw_version, "version");
WRIT_KEYWORD(kw_via, "via");
WRIT_KEYWORD(kw_waive, "waive");
WRIT_KEYWORD(kw_when, "when");
WRIT_KEYWORD(kw_where, "where");
WRIT_KEYWORD(kw_within, "within");

#undef WRIT_KEYWORD

// Words that mean something inside an expression; all others (`by`, `from`, `key`, `control`, …) are plain names
// wherever a name is asked for.
struct reserved : sor<kw_and, kw_or, kw_not, kw_in, kw_is, kw_if, kw_then, kw_else, kw_true, kw_false, kw_missing,
                      kw_where, kw_satisfies, kw_for, kw_let, kw_require, kw_matches, kw_like> {};
struct quantifier : sor<kw_some, kw_no, kw_every> {};

struct name : seq<not_at<reserved>, word> {};
// A name that a declaration, a `let` or a binding introduces.
struct new_name : seq<not_at<sor<reserved, quantifier>>, word> {};

// `std.people`; `soc2.*` where a pack includes all below.
struct dotted : seq<word, star<one<'.'>, word>, opt<one<'.'>, one<'*'>>> {};
// With `*` for any characters: `PHY-*`, `soc2.*`.
struct pattern : seq<ranges<'a', 'z', 'A', 'Z', '_', '_', '*', '*'>,
                     star<sor<word_other, one<'*'>, seq<plus<one<'-', '.'>>, at<sor<word_other, one<'*'>>>>>>> {};
// `ACC-07`, `ACC-07.grace`, `CC6.2`: words that may hold hyphens and dots.
struct hyphenated
    : seq<ranges<'a', 'z', 'A', 'Z', '_', '_'>, star<sor<word_other, seq<plus<one<'-', '.'>>, at<word_other>>>>> {};

// ---- numbers, dates, quantities ---------------------------------------------------------------------------

struct digits : seq<digit, star<sor<digit, seq<one<'_'>, at<digit>>>>> {};
struct fraction : seq<one<'.'>, digits> {};
// A word glued to a number is no token of the language.
struct number_end : not_at<word_other> {};

struct date_shape : seq<rep<4, digit>, one<'-'>, rep<2, digit>, one<'-'>, rep<2, digit>, not_at<digit>> {};
struct loose_date_shape
    : seq<rep<4, digit>, one<'-'>, rep_min_max<1, 2, digit>, one<'-'>, rep_min_max<1, 2, digit>, not_at<digit>> {};
struct zone : sor<one<'Z'>, seq<one<'+', '-'>, rep<2, digit>, one<':'>, rep<2, digit>>> {};
struct time_of_day : seq<rep<2, digit>, one<':'>, rep<2, digit>,
                         opt<one<':'>, rep<2, digit>, opt<one<'.'>, plus<digit>>>, zone, number_end> {};
struct timestamp_literal : seq<date_shape, one<'T'>, must<time_of_day>> {};
struct date_end : not_at<word_other> {};
struct date_literal : seq<date_shape, must<date_end>> {};
struct loose_date : seq<at<loose_date_shape>, must<date_literal>> {};

struct percent_literal : seq<digits, opt<fraction>, one<'%'>, not_at<sor<word_other, one<'(', '"'>>>> {};
struct decimal_literal : seq<digits, fraction, number_end> {};
struct integer_literal : seq<digits, number_end> {};

struct unit : seq<sor<TAO_PEGTL_STRING("second"), TAO_PEGTL_STRING("minute"), TAO_PEGTL_STRING("hour"),
                      TAO_PEGTL_STRING("day"), TAO_PEGTL_STRING("week"), TAO_PEGTL_STRING("month"),
                      TAO_PEGTL_STRING("year")>,
                  opt<one<'s'>>, not_at<word_other>> {};
struct quantity_number : seq<digits, opt<fraction>> {};
struct quantity_unit : seq<unit, not_at<before_colon>> {};
// What may follow a number on its line without being a unit of it.
struct after_number
    : sor<reserved, kw_by, kw_desc, kw_when, kw_basis, kw_nature, kw_within, kw_key, kw_via, kw_at, kw_check,
          kw_param, kw_evidence, kw_set, kw_include, kw_version, kw_enum, kw_entity, kw_fn, kw_control, kw_pack,
          kw_use, kw_ordered, kw_rule, kw_template, kw_test, kw_derive, kw_waive, kw_exclude, kw_name, kw_profile,
          kw_section, kw_because, kw_until, kw_from, kw_approved_by, kw_given, kw_expect, kw_absent, kw_collected,
          keyword<TAO_PEGTL_STRING("elif")>, keyword<TAO_PEGTL_STRING("elsif")>,
          keyword<TAO_PEGTL_STRING("elseif")>, keyword<TAO_PEGTL_STRING("AND")>, keyword<TAO_PEGTL_STRING("OR")>,
          keyword<TAO_PEGTL_STRING("criteria")>, keyword<TAO_PEGTL_STRING("severity")>,
          keyword<TAO_PEGTL_STRING("owner")>, keyword<TAO_PEGTL_STRING("frequency")>,
          keyword<TAO_PEGTL_STRING("statement")>, keyword<TAO_PEGTL_STRING("rationale")>,
          keyword<TAO_PEGTL_STRING("remediation")>, keyword<TAO_PEGTL_STRING("references")>,
          keyword<TAO_PEGTL_STRING("tags")>> {};
struct quantity_literal : seq<at<quantity_number, line_gap, not_at<after_number>, word, not_at<before_colon>>,
                              quantity_number, line_gap, must<quantity_unit>> {};
// `5mins`, `30d`: a number with letters on it.
struct glued_number : seq<at<digits, opt<fraction>, word_other>, digits, opt<fraction>, must<number_end>> {};

// ---- strings ----------------------------------------------------------------------------------------------

// The braces of `\u{1F600}` belong to the escape; whether it names a character is for the decoder to say.
struct code_point_escape : seq<one<'u'>, one<'{'>, star<not_one<'}', '{', '"', '\n', '\r'>>, opt<one<'}'>>> {};
struct string_escape : seq<one<'\\'>, sor<code_point_escape, not_one<'\n', '\r'>>> {};
struct string_text : plus<sor<string_escape, not_one<'"', '\\', '{', '\n', '\r'>>> {};
struct string_open : one<'"'> {};
struct string_close : one<'"'> {};
struct block_mark : TAO_PEGTL_STRING("\"\"\"") {};
struct block_open : block_mark {};
struct block_close : block_mark {};
struct block_text : plus<not_at<block_mark>, sor<string_escape, not_one<'{'>>> {};

// r"…" or r#"…"#, on one line; the number of `#` on both sides is the same.
struct raw_string_shape {
  using rule_t = raw_string_shape;
  using subs_t = tao::pegtl::type_list<>;

  template <typename Input>
  static bool match(Input& in) {
    const std::size_t size = in.size();
    const char* text = in.current();
    std::size_t hashes = 0;
    while (1 + hashes < size && text[1 + hashes] == '#') ++hashes;
    for (std::size_t i = hashes + 2; i < size && text[i] != '\n'; ++i) {
      if (text[i] != '"' || size - i - 1 < hashes) continue;
      std::size_t closing = 0;
      while (closing < hashes && text[i + 1 + closing] == '#') ++closing;
      if (closing == hashes) {
        in.bump(i + 1 + hashes);
        return true;
      }
    }
    return false;
  }
};
struct raw_string : seq<at<one<'r'>, star<one<'#'>>, one<'"'>>, must<raw_string_shape>> {};

}  // namespace writ::syntax::grammar
