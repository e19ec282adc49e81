// The expression level of the grammar, and types. A chain of operators is read flat and folded by precedence in
// the builder (operators.hpp), so that neither parsing nor precedence levels cost stack; only what is truly nested
// (parentheses, lists, calls, queries, `if`, interpolation, types) recurses, and the builder counts it.
#pragma once

#include <string_view>

#include "language/syntax/grammar_lexical.hpp"
#include "language/syntax/recovery.hpp"

namespace writ::syntax::grammar {

struct expression;
// What a query runs over, a collection: an expression without comparisons and `and`, `or`, `not`, so that `in`,
// `where`, `,` and `satisfies` after it belong to the query.
struct collection;

// ---- strings ----------------------------------------------------------------------------------------------

struct interpolation_open : symbol<'{'> {};
struct interpolation_close : one<'}'> {};
struct interpolation : seq<interpolation_open, must<expression>, must<interpolation_close>> {};
struct plain_string : seq<string_open, star<sor<string_text, interpolation>>, must<string_close>> {};
struct block_string : seq<block_open, star<sor<block_text, interpolation>>, must<block_close>> {};
struct any_string : sor<raw_string, block_string, plain_string> {};

// ---- operators --------------------------------------------------------------------------------------------

struct prefix_not : kw_not {};
struct prefix_minus : token<one<'-'>> {};
struct prefix : sor<prefix_not, prefix_minus> {};

struct op_or : kw_or {};
struct op_and : kw_and {};
struct op_in : kw_in {};
struct op_not_in : seq<kw_not, kw_in> {};
struct op_matches : kw_matches {};
struct op_like : kw_like {};
struct op_equal : token<tao::pegtl::string<'=', '='>, not_at<one<'='>>> {};
struct op_not_equal : token<tao::pegtl::string<'!', '='>, not_at<one<'='>>> {};
struct op_less_equal : symbol<'<', '='> {};
struct op_less : token<one<'<'>, not_at<one<'>'>>> {};
struct op_greater_equal : symbol<'>', '='> {};
struct op_greater : symbol<'>'> {};
struct op_coalesce : symbol<'?', '?'> {};
struct op_range : symbol<'.', '.'> {};
struct op_add : symbol<'+'> {};
struct op_subtract : symbol<'-'> {};
struct op_multiply : token<one<'*'>, not_at<one<'*'>>> {};
struct op_divide : token<one<'/'>, not_at<one<'/'>>> {};
struct op_remainder : symbol<'%'> {};

struct tight_operator : sor<op_coalesce, op_range, op_add, op_subtract, op_multiply, op_divide, op_remainder> {};
// A word before a colon is the name of the next field, not an operator.
struct loose_operator : sor<op_or, op_and, op_in, op_not_in, op_matches, op_like, op_equal, op_not_equal,
                            op_less_equal, op_less, op_greater_equal, op_greater> {};

struct presence_is : TAO_PEGTL_STRING("is") {};
struct is_present : kw_present {};
struct is_missing : kw_missing {};
struct is_dangling : kw_dangling {};
struct presence_word : sor<is_present, is_missing, is_dangling> {};
struct presence_test : seq<at<kw_is>, presence_is, gap, must<presence_word>> {};

// ---- primaries --------------------------------------------------------------------------------------------

struct number : token<sor<timestamp_literal, date_literal, loose_date, quantity_literal, percent_literal,
                          decimal_literal, integer_literal, glued_number>> {};
struct boolean_literal : sor<kw_true, kw_false> {};
struct missing_literal : kw_missing {};

struct paren_open : symbol<'('> {};
struct paren_close : symbol<')'> {};
struct parenthesis : seq<paren_open, must<expression>, must<paren_close>> {};

struct binding_word : new_name {};
struct binding_name : token<binding_word> {};
struct binding_in : kw_in {};
// `(a, b) in relation`
struct tuple_shape : seq<symbol<'('>, token<new_name>, plus<symbol<','>, token<new_name>>, symbol<')'>, kw_in> {};
struct tuple_word : new_name {};
struct tuple_name : token<tuple_word> {};
struct tuple : seq<at<tuple_shape>, symbol<'('>, tuple_name, plus<symbol<','>, tuple_name>, symbol<')'>> {};
struct binding_shape : sor<seq<token<new_name>, kw_in>, tuple_shape> {};
struct binding : seq<sor<tuple, binding_name>, must<binding_in>, must<collection>> {};
struct another_binding : at<symbol<','>, binding_shape> {};
struct bindings : seq<must<binding>, star<another_binding, symbol<','>, binding>> {};

struct query_where : seq<kw_where, must<expression>> {};
struct query_satisfies : seq<kw_satisfies, must<expression>> {};
struct query_descending : kw_desc {};
struct query_by : seq<kw_by, must<expression>, opt<query_descending>> {};
struct query_range : seq<symbol<';'>, must<expression>> {};
struct required_satisfies : seq<kw_satisfies, must<expression>> {};

// some | no a in c where w; every a in c where w satisfies b
struct some_word : kw_some {};
struct no_word : kw_no {};
struct every_word : kw_every {};
struct begins_binding : at<binding_shape> {};
// `no` may also be a plain name (an enum's member); `no x …` is a query.
struct quantified_no : seq<at<kw_no, sor<new_name, tuple_shape>>, no_word> {};
struct quantified_some : seq<at<kw_some, not_at<one<':'>>>, some_word> {};
struct some_query : seq<sor<quantified_some, quantified_no>, bindings, opt<query_where>> {};
struct every_query
    : seq<at<kw_every, not_at<one<':'>>>, every_word, bindings, opt<query_where>, must<required_satisfies>> {};

// count(a in c where w), percent(… satisfies b), latest | first(… by k)
struct bound_query_word : sor<keyword<TAO_PEGTL_STRING("count")>, keyword<TAO_PEGTL_STRING("percent")>,
                              keyword<TAO_PEGTL_STRING("latest")>, keyword<TAO_PEGTL_STRING("first")>> {};
struct bound_query_open : bound_query_word {};
struct call_open : symbol<'('> {};
struct call_close : symbol<')'> {};
struct bound_query : seq<at<bound_query_word, call_open, begins_binding>, bound_query_open, call_open, bindings,
                         opt<query_where>, opt<query_satisfies>, opt<query_by>, must<call_close>> {};

// f(a, label: b), and sum(e for a in c where w), max_gap(e for … ; range)
struct call_word : name {};
struct argument_label_word : word {};
struct argument_label : seq<at<word, before_colon>, token<argument_label_word>, symbol<':'>> {};
struct argument : seq<opt<argument_label>, must<expression>> {};
struct comprehension_for : kw_for {};
struct comprehension : seq<comprehension_for, bindings, opt<query_where>> {};
struct query_call_tail : seq<comprehension, opt<query_by>, opt<query_range>> {};
struct call_separator : symbol<','> {};
struct arguments
    : seq<argument,
          sor<query_call_tail, seq<star<call_separator, not_at<one<')'>>, argument>, opt<call_separator>>>> {};
struct call
    : seq<at<token<name>, one<'('>>, token<call_word>, call_open, sor<at<one<')'>>, arguments>, must<call_close>> {
};

struct identifier_word : name {};
struct identifier : token<identifier_word> {};

struct list_open : symbol<'['> {};
struct list_close : symbol<']'> {};
struct list_elements : seq<star<symbol<','>, not_at<one<']'>>, must<expression>>, opt<symbol<','>>> {};
struct list_tail : sor<seq<comprehension, opt<query_by>>, list_elements> {};
struct list : seq<list_open, sor<at<one<']'>>, seq<must<expression>, list_tail>>, must<list_close>> {};

struct set_open : symbol<'{'> {};
struct set_close : symbol<'}'> {};
struct set_elements : seq<star<symbol<','>, not_at<one<'}'>>, must<expression>>, opt<symbol<','>>> {};
struct set_tail : sor<seq<comprehension, opt<query_by>>, set_elements> {};
struct set : seq<set_open, sor<at<one<'}'>>, seq<must<expression>, set_tail>>, must<set_close>> {};

// { city: "Oslo", country: "NO" }
struct record_shape : seq<one<'{'>, gap, word, gap, one<':'>> {};
struct record_value_open : symbol<'{'> {};
struct record_value_close : symbol<'}'> {};
struct record_field_word : word {};
struct record_field_name : token<record_field_word> {};
struct record_field_colon : symbol<':'> {};
struct record_field : seq<record_field_name, must<record_field_colon>, must<expression>> {};
struct record_value : seq<at<record_shape>, record_value_open, must<record_field>,
                          star<not_at<one<'}'>>, opt<symbol<','>>, not_at<one<'}'>>, must<record_field>>,
                          opt<symbol<','>>, must<record_value_close>> {};

struct if_word : kw_if {};
struct then_word : kw_then {};
struct else_word : kw_else {};
struct conditional
    : seq<if_word, must<expression>, must<then_word>, must<expression>, must<else_word>, must<expression>> {};

struct string_primary : token<any_string> {};

struct primary : sor<seq<at<digit>, number>, seq<at<sor<one<'"'>, seq<one<'r'>, one<'"', '#'>>>>, string_primary>,
                     parenthesis, list, record_value, set, boolean_literal, missing_literal, conditional,
                     some_query, every_query, bound_query, call, identifier> {};

// ---- postfix, chains --------------------------------------------------------------------------------------

struct member_word : word {};
struct member_name : token<member_word> {};
struct method_name : seq<member_name> {};
struct method_call
    : seq<at<token<word>, one<'('>>, method_name, call_open, sor<at<one<')'>>, arguments>, must<call_close>> {};
struct plain_member : seq<member_name> {};
struct member_dot : token<one<'.'>, not_at<one<'.'>>> {};
struct member : sor<method_call, plain_member> {};
struct safe_member : seq<member_name> {};
struct postfix : sor<seq<member_dot, must<member>>, seq<symbol<'?', '.'>, must<safe_member>>> {};

// The next member or declaration, where an expression was left unfinished on the line before.
struct anew {
  using rule_t = anew;
  using subs_t = tao::pegtl::type_list<>;

  template <typename Input>
  static bool match(Input& in) {
    const std::string_view text(in.begin(), static_cast<std::size_t>(in.end() - in.begin()));
    return begins_anew(text, static_cast<std::size_t>(in.current() - in.begin()));
  }
};
struct operand : seq<not_at<anew>, primary, star<postfix>> {};
struct prefixed_operand : seq<star<prefix>, must<operand>> {};
struct operation : sor<presence_test, seq<sor<tight_operator, loose_operator>, prefixed_operand>> {};
struct chain : seq<prefixed_operand, star<not_at<word, before_colon>, operation>> {};
struct tight_chain
    : seq<star<prefix_minus>, must<operand>, star<tight_operator, star<prefix_minus>, must<operand>>> {};

struct open_chain : success {};
struct expression : seq<open_chain, chain> {};
struct collection : seq<open_chain, tight_chain> {};

// ---- types ------------------------------------------------------------------------------------------------

struct type;
struct field;

struct type_word : new_name {};
struct type_open_angle : symbol<'<'> {};
struct type_close_angle : symbol<'>'> {};
struct list_type : seq<at<kw_list, one<'<'>>, kw_list, type_open_angle, must<type>, must<type_close_angle>> {};
struct set_type : seq<at<kw_set_type, one<'<'>>, kw_set_type, type_open_angle, must<type>, must<type_close_angle>> {
};
struct named_type : token<type_word> {};
struct record_open : symbol<'{'> {};
struct record_close : symbol<'}'> {};
struct record_type : seq<record_open, star<not_at<one<'}'>>, must<field>, opt<symbol<','>>>, must<record_close>> {};
struct optional_mark : symbol<'?'> {};
struct open_type : success {};
struct type : seq<open_type, sor<list_type, set_type, record_type, named_type>, opt<optional_mark>> {};

}  // namespace writ::syntax::grammar
