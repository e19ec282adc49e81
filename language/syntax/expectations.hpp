// What each rule that the grammar insists on is called in a message.
#pragma once

#include <tao/pegtl.hpp>

#include "language/syntax/builder.hpp"
#include "language/syntax/grammar_declarations.hpp"

namespace writ::syntax::grammar {

template <typename Rule>
inline constexpr Expectation expected{};

#define WRIT_EXPECT(rule, ...)                  \
  template <>                                   \
  inline constexpr Expectation expected<rule> { \
    __VA_ARGS__                                 \
  }

// ---- lexical ------------------------------------------------------------------------------------------------
WRIT_EXPECT(time_of_day, "a time such as `12:00:00Z` after `T`", Absence::date);
WRIT_EXPECT(date_end, "the end of the date", Absence::date);
WRIT_EXPECT(date_literal, "a date such as `2026-06-30`", Absence::date);
WRIT_EXPECT(quantity_unit, "a unit", Absence::unit);
WRIT_EXPECT(number_end, "the end of the number", Absence::number_end);
WRIT_EXPECT(raw_string_shape, "a closing `\"`", Absence::string_close);
WRIT_EXPECT(string_close, "a closing `\"`", Absence::string_close);
WRIT_EXPECT(block_close, "a closing `\"\"\"`", Absence::string_close);

// ---- expressions --------------------------------------------------------------------------------------------
WRIT_EXPECT(expression, "an expression", Absence::expression);
WRIT_EXPECT(collection, "a collection", Absence::expression);
WRIT_EXPECT(operand, "an expression", Absence::expression);
WRIT_EXPECT(interpolation_close, "`}`", Absence::closing);
WRIT_EXPECT(paren_close, "`)`", Absence::closing);
WRIT_EXPECT(list_close, "`]`", Absence::closing);
WRIT_EXPECT(set_close, "`}`", Absence::closing);
WRIT_EXPECT(call_close, "`)`", Absence::closing);
WRIT_EXPECT(record_close, "`}`", Absence::closing);
WRIT_EXPECT(presence_word, "`present`, `missing` or `dangling`", Absence::presence);
WRIT_EXPECT(binding, "a name for each element", Absence::new_name);
WRIT_EXPECT(binding_in, "`in` and a collection", Absence::binding_in);
WRIT_EXPECT(required_satisfies, "`satisfies` and a condition", Absence::satisfies);
WRIT_EXPECT(then_word, "`then`", Absence::after_expression);
WRIT_EXPECT(else_word, "`else`", Absence::branch_else);
WRIT_EXPECT(member, "the name of a field or a function");
WRIT_EXPECT(safe_member, "the name of a field");

WRIT_EXPECT(record_field, "a field and its value");
WRIT_EXPECT(record_field_colon, "`:` and a value", Absence::colon);
WRIT_EXPECT(record_value_close, "`}`", Absence::closing);

// ---- types --------------------------------------------------------------------------------------------------
WRIT_EXPECT(type, "a type", Absence::type);
WRIT_EXPECT(type_close_angle, "`>`");
WRIT_EXPECT(field, "a field");

// ---- declarations -------------------------------------------------------------------------------------------
WRIT_EXPECT(declaration, "", Absence::member);
WRIT_EXPECT(body_open, "`{`", Absence::body);
WRIT_EXPECT(module_path, "a module's name, such as `soc2.access`");
WRIT_EXPECT(use_path, "a module's name, such as `std.people`");
WRIT_EXPECT(enum_word, "`enum`");
WRIT_EXPECT(enum_name, "a name for the enum", Absence::new_name);
WRIT_EXPECT(enum_member, "", Absence::member);
WRIT_EXPECT(entity_field, "", Absence::member);
WRIT_EXPECT(entity_name, "a name for the entity", Absence::new_name);
WRIT_EXPECT(entity_from_path, "the pattern of its files, in quotes");
WRIT_EXPECT(entity_at_path, "the path of its records, in quotes");
WRIT_EXPECT(field_colon, "`:` and a type", Absence::colon);
WRIT_EXPECT(via_name, "the field that refers back");
WRIT_EXPECT(field_path, "a path, in quotes");
WRIT_EXPECT(fn_name, "a name for the function", Absence::new_name);
WRIT_EXPECT(fn_params_open, "`(` and its parameters");
WRIT_EXPECT(fn_params_close, "`)`", Absence::closing);
WRIT_EXPECT(fn_param, "a parameter", Absence::new_name);
WRIT_EXPECT(fn_result_colon, "`:` and the type of its result", Absence::colon);
WRIT_EXPECT(fn_equals, "`=` and an expression", Absence::equals);
WRIT_EXPECT(param_name, "a name for the parameter", Absence::new_name);
WRIT_EXPECT(control_id, "an id for the control, such as `ACC-07`");
WRIT_EXPECT(control_member, "", Absence::member);
WRIT_EXPECT(evidence_entity, "the name of an entity");
WRIT_EXPECT(metadata_value, "a value: a word, or a text in quotes", Absence::metadata);
WRIT_EXPECT(check_name, "a name for the check", Absence::new_name);
WRIT_EXPECT(check_member, "", Absence::member);
WRIT_EXPECT(step_binding, "a name for each member", Absence::new_name);
WRIT_EXPECT(let_name, "a name for the value", Absence::new_name);
WRIT_EXPECT(let_equals, "`=` and an expression", Absence::equals);
WRIT_EXPECT(require_message, "a message, in quotes", Absence::expression);
WRIT_EXPECT(empty_word, "`empty`");
WRIT_EXPECT(empty_choice, "`pass`, `fail` or `not_applicable`");
WRIT_EXPECT(basis_choice, "`stated` or `implied`");
WRIT_EXPECT(nature_choice, "`design` or `operation`");
WRIT_EXPECT(pack_name, "a name for the pack", Absence::new_name);
WRIT_EXPECT(pack_member, "", Absence::member);
WRIT_EXPECT(pack_version_text, "the version, in quotes");
WRIT_EXPECT(pack_module, "a module or a control, such as `soc2.access` or `ACC-07`");
WRIT_EXPECT(pack_set_target, "a parameter, such as `ACC-07.grace`");

WRIT_EXPECT(pack_because, "`because` and a reason", Absence::after_expression);
WRIT_EXPECT(pack_reason, "the reason, in quotes");
WRIT_EXPECT(pack_exclude_value, "`stated`, `implied`, `design` or `operation`");
WRIT_EXPECT(pack_exclude_target,
            "a control, such as `PHY-01` or `PHY-*`, or a class of checks, such as `basis implied`");
WRIT_EXPECT(pack_control, "a control, such as `ACC-07`");
WRIT_EXPECT(pack_control_title, "the control's title in this pack, in quotes");
WRIT_EXPECT(pack_control_reference, "the organisation's own number, in quotes");
WRIT_EXPECT(section_title, "the section's title, in quotes");
WRIT_EXPECT(pack_control_name, "", Absence::member);
WRIT_EXPECT(token<pack_profile_word>, "the name of a profile");
WRIT_EXPECT(profile_name, "a name for the profile", Absence::new_name);
WRIT_EXPECT(profile_member, "", Absence::member);
WRIT_EXPECT(rule_name, "a name for the relation", Absence::new_name);
WRIT_EXPECT(rule_when, "`when` and a condition", Absence::after_expression);
WRIT_EXPECT(include_name, "the name of a template");
WRIT_EXPECT(include_arguments_close, "`)`", Absence::closing);
WRIT_EXPECT(include_alias, "a name to put before its checks", Absence::new_name);
WRIT_EXPECT(template_name, "a name for the template", Absence::new_name);
WRIT_EXPECT(template_param, "a parameter", Absence::new_name);
WRIT_EXPECT(template_member, "", Absence::member);
WRIT_EXPECT(derive_entity, "the entity whose records are derived");
WRIT_EXPECT(derive_from, "`from`, a name and a collection");
WRIT_EXPECT(field_value, "", Absence::member);
WRIT_EXPECT(value_colon, "`:` and a value", Absence::colon);
WRIT_EXPECT(waive_target, "a control or a check, such as `ACC-07.disabled_in_time`");
WRIT_EXPECT(waive_key, "the key of a finding, in quotes");
WRIT_EXPECT(waive_reason, "the reason, in quotes");
WRIT_EXPECT(waive_approver, "who approved it, in quotes");
WRIT_EXPECT(test_title, "what the test shows, in quotes");
WRIT_EXPECT(test_member, "", Absence::member);
WRIT_EXPECT(token<test_pack_word>, "the name of a pack");
WRIT_EXPECT(given_entity, "the name of an entity");
WRIT_EXPECT(test_entity, "the name of an entity");
WRIT_EXPECT(collected_at, "`at` and the time", Absence::plain);
WRIT_EXPECT(expect_target, "a control or a check, such as `ACC-07.disabled_in_time`, or `that` and a condition");
WRIT_EXPECT(expect_outcome, "`passes`, `fails` or `is` and a verdict");
WRIT_EXPECT(expect_verdict, "a verdict, such as `no_evidence`");
WRIT_EXPECT(expect_key, "the key of a record, in quotes");
WRIT_EXPECT(expect_text, "a part of the message, in quotes");

#undef WRIT_EXPECT

// Rules as PEGTL runs them, but a failure where the grammar is committed is the builder's to explain.
template <typename Rule>
struct control : tao::pegtl::normal<Rule> {
  template <typename Input>
  [[noreturn]] static void raise(const Input& in, Builder& builder) {
    static_assert(!expected<Rule>.what.empty() || expected<Rule>.absence == Absence::member,
                  "a rule that is insisted on needs a message");
    builder.absent(expected<Rule>, builder.offset(in.current()));
  }
};

}  // namespace writ::syntax::grammar
