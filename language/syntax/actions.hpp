// What each rule of the grammar tells the builder. A rule without an action here tells it nothing.
#pragma once

#include "language/syntax/builder.hpp"
#include "language/syntax/grammar_declarations.hpp"

namespace writ::syntax::grammar {

template <typename Rule>
struct action : tao::pegtl::nothing<Rule> {};

// An action that calls the builder, given as `b`, when `rule` has matched `place`.
#define WRIT_ACTION(rule, ...)                                             \
  template <>                                                              \
  struct action<rule> {                                                    \
    template <typename Input>                                              \
    static void apply(const Input& in, Builder& b) {                       \
      const Span place = b.span(b.offset(in.begin()), b.offset(in.end())); \
      static_cast<void>(place);                                            \
      __VA_ARGS__;                                                         \
    }                                                                      \
  }
// The same for a rule whose place does not matter.
#define WRIT_ACTION0(rule, ...)                     \
  template <>                                       \
  struct action<rule> {                             \
    static void apply0(Builder& b) { __VA_ARGS__; } \
  }

// `place` of a rule that ends with a gap, without the gap.
inline Span without_gap(const Builder& b, Span place) {
  std::uint32_t end = place.begin;
  const std::string_view text = b.text(place);
  while (end < place.end) {
    const char c = text[end - place.begin];
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!word) break;
    ++end;
  }
  return b.span(place.begin, end);
}

// `place` shortened to `length` bytes.
inline Span first_bytes(const Builder& b, Span place, std::uint32_t length) {
  return b.span(place.begin, place.begin + length);
}

// ---- lexical ------------------------------------------------------------------------------------------------

WRIT_ACTION(gap, b.token_ended(place.begin));
WRIT_ACTION(comment, b.add_comment(place));

WRIT_ACTION(timestamp_literal, b.literal(ExprKind::timestamp, place));
WRIT_ACTION(date_literal, b.literal(ExprKind::date, place));
WRIT_ACTION(percent_literal, b.literal(ExprKind::percentage, place));
WRIT_ACTION(decimal_literal, b.literal(ExprKind::decimal, place));
WRIT_ACTION(integer_literal, b.literal(ExprKind::integer, place));
WRIT_ACTION(quantity_number, b.quantity_number(place));
WRIT_ACTION(quantity_unit, b.quantity(place));
WRIT_ACTION(raw_string, b.raw_string(place));
WRIT_ACTION(string_open, b.open_string(place));
WRIT_ACTION(block_open, b.open_string(place));
WRIT_ACTION(string_text, b.string_text(place));
WRIT_ACTION(block_text, b.string_text(place));
WRIT_ACTION(string_close, b.close_string(place.end));
WRIT_ACTION(block_close, b.close_string(place.end));

// ---- expressions --------------------------------------------------------------------------------------------

WRIT_ACTION(interpolation_open, b.open_interpolation(first_bytes(b, place, 1)));
WRIT_ACTION0(interpolation_close, b.drop_frame());
WRIT_ACTION(interpolation, b.string_expression(place));

WRIT_ACTION(prefix_not, b.prefix(Operator::logical_not, first_bytes(b, place, 3)));
WRIT_ACTION(prefix_minus, b.prefix(Operator::negate, first_bytes(b, place, 1)));
WRIT_ACTION(op_or, b.infix(Operator::logical_or, first_bytes(b, place, 2)));
WRIT_ACTION(op_and, b.infix(Operator::logical_and, first_bytes(b, place, 3)));
WRIT_ACTION(op_in, b.infix(Operator::in, first_bytes(b, place, 2)));
WRIT_ACTION(op_not_in, b.infix(Operator::not_in, b.span_from(place.begin)));
WRIT_ACTION(op_matches, b.infix(Operator::matches, first_bytes(b, place, 7)));
WRIT_ACTION(op_like, b.infix(Operator::like, first_bytes(b, place, 4)));
WRIT_ACTION(op_equal, b.infix(Operator::equal, first_bytes(b, place, 2)));
WRIT_ACTION(op_not_equal, b.infix(Operator::not_equal, first_bytes(b, place, 2)));
WRIT_ACTION(op_less_equal, b.infix(Operator::less_equal, first_bytes(b, place, 2)));
WRIT_ACTION(op_less, b.infix(Operator::less, first_bytes(b, place, 1)));
WRIT_ACTION(op_greater_equal, b.infix(Operator::greater_equal, first_bytes(b, place, 2)));
WRIT_ACTION(op_greater, b.infix(Operator::greater, first_bytes(b, place, 1)));
WRIT_ACTION(op_coalesce, b.infix(Operator::coalesce, first_bytes(b, place, 2)));
WRIT_ACTION(op_range, b.infix(Operator::range, first_bytes(b, place, 2)));
WRIT_ACTION(op_add, b.infix(Operator::add, first_bytes(b, place, 1)));
WRIT_ACTION(op_subtract, b.infix(Operator::subtract, first_bytes(b, place, 1)));
WRIT_ACTION(op_multiply, b.infix(Operator::multiply, first_bytes(b, place, 1)));
WRIT_ACTION(op_divide, b.infix(Operator::divide, first_bytes(b, place, 1)));
WRIT_ACTION(op_remainder, b.infix(Operator::remainder, first_bytes(b, place, 1)));
WRIT_ACTION(presence_is, b.begin_presence(place));
WRIT_ACTION(is_present, b.presence(Presence::present, without_gap(b, place)));
WRIT_ACTION(is_missing, b.presence(Presence::missing, without_gap(b, place)));
WRIT_ACTION(is_dangling, b.presence(Presence::dangling, without_gap(b, place)));
WRIT_ACTION(open_chain, b.open_chain(place.begin));
WRIT_ACTION0(expression, b.close_chain());
WRIT_ACTION0(collection, b.close_chain());

WRIT_ACTION(boolean_literal, b.literal(ExprKind::boolean, without_gap(b, place)));
WRIT_ACTION(missing_literal, b.literal(ExprKind::missing, without_gap(b, place)));
WRIT_ACTION(identifier_word, b.identifier(place));
WRIT_ACTION(member_word, b.begin_member(place));
WRIT_ACTION0(plain_member, b.member(ExprKind::member));
WRIT_ACTION0(safe_member, b.member(ExprKind::safe_member));

WRIT_ACTION(paren_open, b.open(place.begin, first_bytes(b, place, 1)));
WRIT_ACTION0(parenthesis, b.close_parenthesis());
WRIT_ACTION(list_open, b.open(place.begin, first_bytes(b, place, 1)));
WRIT_ACTION0(list, b.close_elements(ExprKind::list));
WRIT_ACTION(set_open, b.open(place.begin, first_bytes(b, place, 1)));
WRIT_ACTION0(set, b.close_elements(ExprKind::set));
WRIT_ACTION(record_value_open, b.open(place.begin, first_bytes(b, place, 1)));
WRIT_ACTION(record_field_word, b.label(place));
WRIT_ACTION0(record_field, b.argument());
WRIT_ACTION0(record_value, b.close_record_value());
WRIT_ACTION(if_word, b.open(place.begin, first_bytes(b, place, 2)));
WRIT_ACTION0(conditional, b.close_conditional());

WRIT_ACTION(call_word, b.open_function_call(place));
WRIT_ACTION0(method_name, b.open_method_call());
WRIT_ACTION(call_open, b.call_opened(first_bytes(b, place, 1)));
WRIT_ACTION(argument_label_word, b.label(place));
WRIT_ACTION0(argument, b.argument());
WRIT_ACTION0(call, b.close_call());
WRIT_ACTION0(method_call, b.close_call());

WRIT_ACTION(binding_word, b.begin_binding(place));
WRIT_ACTION(tuple_word, b.tuple_binding(place));
WRIT_ACTION0(binding, b.binding());
WRIT_ACTION(some_word, b.open_query(QueryKind::some, without_gap(b, place)));
WRIT_ACTION(no_word, b.open_query(QueryKind::no, without_gap(b, place)));
WRIT_ACTION(every_word, b.open_query(QueryKind::every, without_gap(b, place)));
WRIT_ACTION0(some_query, b.close_query());
WRIT_ACTION0(every_query, b.close_query());
WRIT_ACTION(bound_query_open, b.open_bound_query(without_gap(b, place)));
WRIT_ACTION0(bound_query, b.close_query());
WRIT_ACTION(comprehension_for, b.comprehension(place.begin));
WRIT_ACTION0(query_where, b.query_where());
WRIT_ACTION(query_satisfies, b.query_satisfies(place.begin));
WRIT_ACTION(required_satisfies, b.query_satisfies(place.begin));
WRIT_ACTION0(query_by, b.query_by());
WRIT_ACTION0(query_descending, b.query_descending());
WRIT_ACTION0(query_range, b.query_range());

// ---- types --------------------------------------------------------------------------------------------------

WRIT_ACTION(open_type, b.open_type(place.begin));
WRIT_ACTION(type_word, b.named_type(place));
WRIT_ACTION0(list_type, b.element_type(TypeExprKind::list));
WRIT_ACTION0(set_type, b.element_type(TypeExprKind::set));
WRIT_ACTION(record_open, b.open_record(first_bytes(b, place, 1)));
WRIT_ACTION0(record_type, b.close_record());
WRIT_ACTION0(optional_mark, b.element_type(TypeExprKind::optional));
WRIT_ACTION0(type, b.close_type());

// ---- declarations -------------------------------------------------------------------------------------------

WRIT_ACTION(body_open, b.body_opened(first_bytes(b, place, 1)));

WRIT_ACTION(module_word, b.begin(place.begin));
WRIT_ACTION(module_path_word, b.module(b.name(place)));
WRIT_ACTION(use_word, b.begin(place.begin));
WRIT_ACTION(use_path_word, b.use(b.name(place)));

WRIT_ACTION(enum_ordered, b.begin_enum(place.begin, true));
WRIT_ACTION(plain_enum_word, b.begin_enum(place.begin, false));
WRIT_ACTION(enum_name_word, b.enum_decl.name = b.declared(place));
WRIT_ACTION(enum_member_word, b.enum_member(place));
WRIT_ACTION0(enum_decl, b.end_enum());

WRIT_ACTION(entity_word, b.begin_entity(place.begin));
WRIT_ACTION(entity_name_word, b.entity.name = b.declared(place));
WRIT_ACTION(entity_from_word, b.say_once("from", place.begin));
WRIT_ACTION0(entity_from_path, b.entity.from = b.take_constant_string());
WRIT_ACTION(entity_at_word, b.say_once("at", place.begin));
WRIT_ACTION0(entity_at_path, b.entity.at = b.take_constant_string());
WRIT_ACTION0(entity_decl, b.end_entity());

WRIT_ACTION(field_name_word, b.begin_field(place));
WRIT_ACTION0(field_type, b.field_type());
WRIT_ACTION(field_key_word, b.say_once("key", place.begin));
WRIT_ACTION0(field_key, b.field().key = true);
WRIT_ACTION(field_via_word, b.say_once("via", place.begin));
WRIT_ACTION(via_word, b.field().via = b.name(place));
WRIT_ACTION(field_default_sign, b.say_once("=", place.begin));
WRIT_ACTION0(field_default, b.field().default_value = b.pop());
WRIT_ACTION(field_at_word, b.say_once("at", place.begin));
WRIT_ACTION0(field_path, b.field().at = b.take_constant_string());
WRIT_ACTION0(field, b.end_field());

WRIT_ACTION(fn_word, b.begin_fn(place.begin));
WRIT_ACTION(fn_name_word, b.fn.name = b.declared(place));
WRIT_ACTION(fn_params_open, b.open(place.begin, first_bytes(b, place, 1)));
WRIT_ACTION0(fn_params_close, b.drop_frame());
WRIT_ACTION(fn_param_word, b.fn_param_name = b.name(place));
WRIT_ACTION0(fn_param, b.end_fn_param());
WRIT_ACTION0(fn_result, b.fn.result = b.pop_type());
WRIT_ACTION0(fn_decl, b.end_fn());

WRIT_ACTION(rule_word, b.begin_fn(place.begin));
WRIT_ACTION(rule_name_word, b.fn.name = b.declared(place));
WRIT_ACTION0(rule_decl, b.end_rule());

WRIT_ACTION(derive_word, b.begin_derive(place.begin));
WRIT_ACTION(derive_entity_word, b.derive.entity = b.name(place));
WRIT_ACTION0(derive_decl, b.end_derive());
WRIT_ACTION(value_name_word, b.begin_value(place));
WRIT_ACTION0(field_value, b.end_value());

WRIT_ACTION(param_word, b.begin_param(place.begin));
WRIT_ACTION(param_name_word, b.param.name = b.name(place));
WRIT_ACTION0(param_type, b.param.type = b.pop_type());
WRIT_ACTION0(param_default, b.param.default_value = b.pop());
WRIT_ACTION0(param_bound, b.param.bound = b.pop());
WRIT_ACTION0(param_decl, b.end_param());
WRIT_ACTION0(program_param, b.end_program_param());

// ---- controls and checks ------------------------------------------------------------------------------------

WRIT_ACTION(control_word, b.begin_control(place.begin));
WRIT_ACTION(control_id_word, b.control.id = b.declared(place));
WRIT_ACTION0(control_title, b.control.title = b.take_constant_string());
WRIT_ACTION0(control_decl, b.end_control());

WRIT_ACTION(evidence_word, b.begin_evidence(place.begin));
WRIT_ACTION(evidence_entity_word, b.evidence.entities.push_back(b.name(place)));
WRIT_ACTION0(evidence_within, b.evidence.within = b.pop());
WRIT_ACTION0(evidence_clause, b.end_evidence());

WRIT_ACTION(metadata_key_word, b.begin_metadata(place));
WRIT_ACTION0(metadata_string, b.metadata_string());
WRIT_ACTION(metadata_word, b.metadata.values.push_back(b.name(place)));
WRIT_ACTION0(metadata_entry, b.end_metadata());

WRIT_ACTION(check_word, b.begin_check(place.begin));
WRIT_ACTION(check_name_word, b.check.name = b.name(place));
WRIT_ACTION0(check_title, b.check.title = b.take_constant_string());
WRIT_ACTION0(check_decl, b.end_check());

WRIT_ACTION(step_word, b.begin_clause(place.begin));
WRIT_ACTION0(for_organization, b.check.for_organization = true);
WRIT_ACTION(step_name, b.step_name = b.name(place));
WRIT_ACTION(step_tuple_word, b.step_tuple.push_back(b.name(place)));
WRIT_ACTION(step_binding, b.step(StepKind::bind, place.begin));
WRIT_ACTION(let_word, b.begin_clause(place.begin));
WRIT_ACTION(let_clause, b.step(StepKind::let, place.begin));
WRIT_ACTION(where_word, b.begin_clause(place.begin));
WRIT_ACTION(where_clause, b.step(StepKind::where, place.begin));
WRIT_ACTION(require_word, b.begin_clause(place.begin));
WRIT_ACTION0(require_message, b.close_chain());
WRIT_ACTION(no_message, b.absent_message(place.begin));
WRIT_ACTION0(require_clause, b.requirement());
WRIT_ACTION(when_word, b.say_once("when", place.begin));
WRIT_ACTION(empty_choice, b.check.when_empty = b.name(without_gap(b, place)));
WRIT_ACTION(basis_word, b.say_once("basis", place.begin));
WRIT_ACTION(basis_choice, b.check.basis = b.name(without_gap(b, place)));
WRIT_ACTION(nature_word, b.say_once("nature", place.begin));
WRIT_ACTION(nature_choice, b.check.nature = b.name(without_gap(b, place)));

WRIT_ACTION(include_word, b.begin_clause(place.begin));
WRIT_ACTION(include_name_word, b.include_name = b.name(place));
WRIT_ACTION(include_arguments_open, b.open(place.begin, first_bytes(b, place, 1)));
WRIT_ACTION0(include_arguments_close, b.template_include());
WRIT_ACTION0(include_no_arguments, b.template_include_without_arguments());
WRIT_ACTION(include_alias_word, b.control.includes.back().alias = b.name(place));
WRIT_ACTION0(include_clause, b.end_template_include());

WRIT_ACTION(template_word, b.begin_template(place.begin));
WRIT_ACTION(template_name_word, b.template_decl.name = b.declared(place));
WRIT_ACTION(template_param_word, b.begin_template_param(place));
WRIT_ACTION0(template_param_type, b.template_decl.arguments.back().type = b.pop_type());
WRIT_ACTION0(template_param_default, b.template_decl.arguments.back().default_value = b.pop());
WRIT_ACTION0(template_decl, b.end_template());

// ---- packs --------------------------------------------------------------------------------------------------

WRIT_ACTION(pack_word, b.begin_pack(place.begin));
WRIT_ACTION(pack_name_word, b.pack.name = b.declared(place));
WRIT_ACTION0(pack_title, b.pack.title = b.take_constant_string());
WRIT_ACTION(pack_version_word, b.say_once("version", place.begin));
WRIT_ACTION0(pack_version_text, b.pack.version = b.take_constant_string());
WRIT_ACTION(pack_include_word, b.begin_clause(place.begin));
WRIT_ACTION(pack_module_word, b.pack_include(b.name(place)));
WRIT_ACTION(pack_set_word, b.begin_clause(place.begin));
WRIT_ACTION(pack_set_target_word, b.pack_target = b.name(place));
WRIT_ACTION0(pack_set, b.pack_set());
WRIT_ACTION(pack_exclude_word, b.begin_exclude(place.begin));
WRIT_ACTION(pack_exclude_property, b.exclude.property = b.name(without_gap(b, place)));
WRIT_ACTION(pack_exclude_value, b.exclude.value = b.name(without_gap(b, place)));
WRIT_ACTION(pack_exclude_target_word, b.exclude.target = {std::string(b.text(place)), place});
WRIT_ACTION0(pack_reason, b.exclude.reason = b.take_constant_string());
WRIT_ACTION0(pack_exclude, b.end_exclude());
WRIT_ACTION(pack_name_key, b.begin_pack_name(place.begin));
WRIT_ACTION(pack_control_word, b.pack_name.control = {std::string(b.text(place)), place});
WRIT_ACTION0(pack_control_title, b.pack_name.title = b.take_constant_string());
WRIT_ACTION0(pack_control_reference, b.pack_name.reference = b.take_constant_string());
WRIT_ACTION0(pack_control_name, b.end_pack_name());
WRIT_ACTION(section_word, b.begin_section(place.begin));
WRIT_ACTION0(section_title, b.section.title = b.take_constant_string());
WRIT_ACTION0(pack_section, b.end_section());
WRIT_ACTION(pack_profile_word, b.pack.profiles.push_back(b.name(place)));
WRIT_ACTION0(pack_decl, b.end_pack());

WRIT_ACTION(profile_word, b.begin_profile(place.begin));
WRIT_ACTION(profile_name_word, b.profile.name = b.declared(place));
WRIT_ACTION0(profile_title, b.profile.title = b.take_constant_string());
WRIT_ACTION0(profile_decl, b.end_profile());

// ---- waivers ------------------------------------------------------------------------------------------------

WRIT_ACTION(waive_word, b.begin_waive(place.begin));
WRIT_ACTION(waive_target_word, b.waive.target = {std::string(b.text(place)), place});
WRIT_ACTION0(waive_key, b.waive.keys.push_back(b.take_constant_string()));
WRIT_ACTION(waive_where_word, b.begin_clause(place.begin));
WRIT_ACTION0(waive_where, b.waive_value(b.waive.where, "where"));
WRIT_ACTION(waive_from_word, b.begin_clause(place.begin));
WRIT_ACTION0(waive_from, b.waive_value(b.waive.from, "from"));
WRIT_ACTION(waive_until_word, b.begin_clause(place.begin));
WRIT_ACTION0(waive_until, b.waive_value(b.waive.until, "until"));
WRIT_ACTION(waive_reason_word, b.begin_clause(place.begin));
WRIT_ACTION0(waive_reason, b.waive_text(b.waive.reason, "because"));
WRIT_ACTION(waive_approver_word, b.begin_clause(place.begin));
WRIT_ACTION0(waive_approver, b.waive_text(b.waive.approved_by, "approved_by"));
WRIT_ACTION0(waive_decl, b.end_waive());

// ---- tests --------------------------------------------------------------------------------------------------

WRIT_ACTION(test_word, b.begin_test(place.begin));
WRIT_ACTION0(test_title, b.test.title = b.take_constant_string());
WRIT_ACTION0(test_now, b.test_value(b.test.now));
WRIT_ACTION0(test_period, b.test_value(b.test.period));
WRIT_ACTION(test_pack_key, b.say_once("pack", place.begin));
WRIT_ACTION(test_pack_word, b.test.pack = b.name(place));
WRIT_ACTION(given_word, b.begin_given(place.begin));
WRIT_ACTION0(given_no, b.given.none = true);
WRIT_ACTION(given_entity_word, b.given.entity = b.name(place));
WRIT_ACTION0(test_given, b.end_given());
WRIT_ACTION(absent_word, b.begin_test_entities(place.begin));
WRIT_ACTION(test_entity_word, b.test_entities.push_back(b.name(place)));
WRIT_ACTION0(test_absent, b.end_absent());
WRIT_ACTION(collected_word, b.begin_test_entities(place.begin));
WRIT_ACTION0(test_collected, b.end_collected());
WRIT_ACTION(expect_word, b.begin_expect(place.begin));
WRIT_ACTION0(expect_that, b.expect_condition());
WRIT_ACTION(expect_target_word, b.expect.target = {std::string(b.text(place)), place});
WRIT_ACTION0(expect_passes, b.expect.kind = Expectancy::passes);
WRIT_ACTION0(expect_fails, b.expect.kind = Expectancy::fails);
WRIT_ACTION(expect_verdict_word, b.expect_verdict(b.name(place)));
WRIT_ACTION0(expect_only, b.expect.only = true);
WRIT_ACTION0(expect_key, b.expect.keys.push_back(b.take_constant_string()));
WRIT_ACTION0(expect_text, b.expect.saying = b.take_constant_string());
WRIT_ACTION0(test_expect, b.end_expect());
WRIT_ACTION0(test_decl, b.end_test());

#undef WRIT_ACTION
#undef WRIT_ACTION0

}  // namespace writ::syntax::grammar
