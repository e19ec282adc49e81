// The declaration level of the grammar: a file, its declarations, and their members. A braced body is a
// `members<…>`: it reads member by member, and passes over one that does not parse (recovery.hpp).
#pragma once

#include "language/syntax/grammar_expressions.hpp"
#include "language/syntax/recovery.hpp"

namespace writ::syntax::grammar {

// A title, a path, a version: a string in which nothing is computed.
struct constant_string : token<any_string> {};
struct begins_string : at<sor<one<'"'>, seq<one<'r'>, star<one<'#'>>, one<'"'>>>> {};
struct body_open : symbol<'{'> {};
struct member_comma : symbol<','> {};

// ---- enums ------------------------------------------------------------------------------------------------

struct enum_member_word : name {};
struct enum_member : seq<token<enum_member_word>, opt<member_comma>> {};
struct enum_ordered : kw_ordered {};
struct enum_word : kw_enum {};
struct plain_enum_word : kw_enum {};
struct enum_name_word : new_name {};
struct enum_name : token<enum_name_word> {};
struct enum_decl : seq<sor<seq<enum_ordered, must<enum_word>>, plain_enum_word>, must<enum_name>, must<body_open>,
                       members<Block::enumeration, enum_member>> {};

// ---- entities ---------------------------------------------------------------------------------------------

struct field_name_word : word {};
struct field_name : token<field_name_word> {};
struct field_colon : symbol<':'> {};
struct field_key_word : kw_key {};
struct field_key : seq<not_at<kw_key, one<':'>>, field_key_word> {};
struct via_word : word {};
struct via_name : token<via_word> {};
struct field_via_word : kw_via {};
struct field_via : seq<not_at<kw_via, one<':'>>, field_via_word, must<via_name>> {};
struct field_default_sign : symbol<'='> {};
struct field_default : seq<field_default_sign, must<expression>> {};
struct field_path : constant_string {};
struct field_at_word : kw_at {};
struct field_at : seq<not_at<kw_at, one<':'>>, field_at_word, must<field_path>> {};
struct field_modifier : sor<field_key, field_via, field_default, field_at> {};
struct field_type : seq<must<type>> {};
struct field : seq<field_name, must<field_colon>, field_type, star<field_modifier>> {};

struct entity_field : seq<field> {};
struct entity_word : kw_entity {};
struct entity_name_word : new_name {};
struct entity_name : token<entity_name_word> {};
struct entity_from_path : constant_string {};
struct entity_from_word : kw_from {};
struct entity_from : seq<entity_from_word, must<entity_from_path>> {};
struct entity_at_path : constant_string {};
struct entity_at_word : kw_at {};
struct entity_at : seq<entity_at_word, must<entity_at_path>> {};
struct entity_decl : seq<entity_word, must<entity_name>, star<sor<entity_from, entity_at>>, must<body_open>,
                         members<Block::entity, entity_field>> {};

// ---- functions and parameters -----------------------------------------------------------------------------

struct fn_word : kw_fn {};
struct fn_name_word : new_name {};
struct fn_name : token<fn_name_word> {};
struct fn_param_word : new_name {};
struct fn_param : seq<token<fn_param_word>, must<field_colon>, must<type>> {};
struct fn_params : sor<at<one<')'>>,
                       seq<must<fn_param>, star<symbol<','>, not_at<one<')'>>, must<fn_param>>, opt<symbol<','>>>> {
};
struct fn_params_open : symbol<'('> {};
struct fn_params_close : symbol<')'> {};
struct fn_result_colon : symbol<':'> {};
struct fn_result : seq<must<fn_result_colon>, must<type>> {};
struct fn_equals : token<one<'='>, not_at<one<'='>>> {};
struct fn_decl : seq<fn_word, must<fn_name>, must<fn_params_open>, fn_params, must<fn_params_close>, fn_result,
                     must<fn_equals>, must<expression>> {};

struct param_word : kw_param {};
struct param_name_word : new_name {};
struct param_name : token<param_name_word> {};
struct param_type : seq<must<type>> {};
struct param_default : seq<token<one<'='>, not_at<one<'='>>>, must<expression>> {};
struct param_bound : seq<kw_where, must<expression>> {};
struct param_decl
    : seq<param_word, must<param_name>, must<field_colon>, param_type, opt<param_default>, opt<param_bound>> {};
// At the top level, a parameter of the whole program.
struct program_param : seq<param_decl> {};

// ---- relations --------------------------------------------------------------------------------------------

struct rule_word : kw_rule {};
struct rule_name_word : new_name {};
struct rule_name : token<rule_name_word> {};
struct rule_when : kw_when {};
struct rule_decl : seq<rule_word, must<rule_name>, must<fn_params_open>, fn_params, must<fn_params_close>,
                       must<rule_when>, must<expression>> {};

// ---- checks -----------------------------------------------------------------------------------------------

struct step_word : kw_for {};
struct for_organization : seq<kw_organization, not_at<kw_in>> {};
struct step_name : new_name {};
struct step_tuple_word : new_name {};
struct step_tuple_name : token<step_tuple_word> {};
struct step_tuple
    : seq<at<tuple_shape>, symbol<'('>, step_tuple_name, plus<symbol<','>, step_tuple_name>, symbol<')'>> {};
struct step_binding : seq<sor<step_tuple, token<step_name>>, must<binding_in>, must<collection>> {};
struct step_bindings : seq<must<step_binding>, star<symbol<','>, must<step_binding>>> {};
struct for_clause : seq<step_word, sor<for_organization, step_bindings>> {};
struct let_word : kw_let {};
struct let_name : token<step_name> {};
struct let_equals : token<one<'='>, not_at<one<'='>>> {};
struct let_clause : seq<let_word, must<let_name>, must<let_equals>, must<expression>> {};
struct where_word : kw_where {};
struct where_clause : seq<where_word, must<expression>> {};
struct require_word : kw_require {};
struct require_else : kw_else {};
struct require_message : expression {};
struct no_message : success {};
struct require_clause
    : seq<require_word, must<expression>, sor<seq<require_else, must<require_message>>, no_message>> {};
struct empty_word : kw_empty {};
struct empty_choice : sor<keyword<TAO_PEGTL_STRING("pass")>, keyword<TAO_PEGTL_STRING("fail")>,
                          keyword<TAO_PEGTL_STRING("not_applicable")>> {};
struct when_word : kw_when {};
struct when_empty : seq<when_word, must<empty_word>, must<empty_choice>> {};
struct basis_choice : sor<keyword<TAO_PEGTL_STRING("stated")>, keyword<TAO_PEGTL_STRING("implied")>> {};
struct basis_word : kw_basis {};
struct basis_clause : seq<basis_word, must<basis_choice>> {};
struct nature_choice : sor<keyword<TAO_PEGTL_STRING("design")>, keyword<TAO_PEGTL_STRING("operation")>> {};
struct nature_word : kw_nature {};
struct nature_clause : seq<nature_word, must<nature_choice>> {};

struct check_member
    : sor<for_clause, let_clause, where_clause, require_clause, when_empty, basis_clause, nature_clause> {};
struct check_word : kw_check {};
struct check_name_word : new_name {};
struct check_name : token<check_name_word> {};
struct check_title : constant_string {};
struct check_decl : seq<check_word, must<check_name>, opt<begins_string, check_title>, must<body_open>,
                        members<Block::check, check_member>> {};

// ---- controls ---------------------------------------------------------------------------------------------

struct control_word : kw_control {};
struct control_id_word : hyphenated {};
struct control_id : token<control_id_word> {};
struct control_title : constant_string {};

struct evidence_word : kw_evidence {};
struct evidence_entity_word : new_name {};
struct evidence_entity : token<evidence_entity_word> {};
struct evidence_within : seq<kw_within, must<expression>> {};
struct evidence_clause
    : seq<evidence_word, must<evidence_entity>, star<symbol<','>, must<evidence_entity>>, opt<evidence_within>> {};

struct metadata_key_word : word {};
struct metadata_key : token<metadata_key_word> {};
struct metadata_string : constant_string {};
struct metadata_word : hyphenated {};
struct metadata_value : sor<seq<begins_string, metadata_string>, token<metadata_word>> {};
struct metadata_entry : seq<metadata_key, must<metadata_value>, star<symbol<','>, must<metadata_value>>> {};

struct include_word : kw_include {};
struct include_name_word : name {};
struct include_name : token<include_name_word> {};
struct include_arguments_open : symbol<'('> {};
struct include_arguments_close : symbol<')'> {};
struct include_arguments
    : seq<include_arguments_open,
          sor<at<one<')'>>, seq<argument, star<call_separator, not_at<one<')'>>, argument>, opt<call_separator>>>,
          must<include_arguments_close>> {};
struct include_no_arguments : success {};
struct include_alias_word : new_name {};
struct include_alias : token<include_alias_word> {};
struct include_clause : seq<include_word, must<include_name>, sor<include_arguments, include_no_arguments>,
                            opt<kw_as, must<include_alias>>> {};

struct control_member : sor<evidence_clause, param_decl, check_decl, include_clause, metadata_entry> {};
struct control_decl : seq<control_word, must<control_id>, opt<begins_string, control_title>, must<body_open>,
                          members<Block::control, control_member>> {};

// ---- templates --------------------------------------------------------------------------------------------

struct template_word : kw_template {};
struct template_name_word : new_name {};
struct template_name : token<template_name_word> {};
struct template_param_word : new_name {};
struct template_param_type : seq<must<type>> {};
struct template_param_default : seq<token<one<'='>, not_at<one<'='>>>, must<expression>> {};
struct template_param
    : seq<token<template_param_word>, must<field_colon>, template_param_type, opt<template_param_default>> {};
struct template_params
    : sor<at<one<')'>>,
          seq<must<template_param>, star<symbol<','>, not_at<one<')'>>, must<template_param>>, opt<symbol<','>>>> {
};
struct template_member : sor<evidence_clause, param_decl, check_decl> {};
struct template_decl : seq<template_word, must<template_name>, must<fn_params_open>, template_params,
                           must<fn_params_close>, must<body_open>, members<Block::template_body, template_member>> {
};

// ---- derived records --------------------------------------------------------------------------------------

struct value_name_word : word {};
struct value_name : token<value_name_word> {};
struct value_colon : symbol<':'> {};
struct field_value : seq<value_name, must<value_colon>, must<expression>, opt<member_comma>> {};

struct derive_word : kw_derive {};
struct derive_entity_word : new_name {};
struct derive_entity : token<derive_entity_word> {};
struct derive_from : kw_from {};
struct derive_decl : seq<derive_word, must<derive_entity>, must<derive_from>, step_bindings,
                         star<sor<let_clause, where_clause, for_clause, require_clause>>, must<body_open>,
                         members<Block::derivation, field_value>> {};

// ---- packs ------------------------------------------------------------------------------------------------

struct pack_word : kw_pack {};
struct pack_name_word : new_name {};
struct pack_name : token<pack_name_word> {};
struct pack_title : constant_string {};
struct pack_version_text : constant_string {};
struct pack_version_word : kw_version {};
struct pack_version : seq<pack_version_word, must<pack_version_text>> {};
struct pack_module_word : pattern {};
struct pack_module : token<pack_module_word> {};
struct pack_include_word : kw_include {};
struct pack_include : seq<pack_include_word, must<pack_module>> {};
struct pack_set_target_word : hyphenated {};
struct pack_set_target : token<pack_set_target_word> {};
struct pack_set_word : kw_set {};
struct pack_set : seq<pack_set_word, must<pack_set_target>, must<let_equals>, must<expression>> {};
struct pack_because : kw_because {};
struct pack_reason : constant_string {};
struct pack_exclude_word : kw_exclude {};
struct pack_exclude_property : sor<kw_basis, kw_nature> {};
struct pack_exclude_value : sor<keyword<TAO_PEGTL_STRING("stated")>, keyword<TAO_PEGTL_STRING("implied")>,
                                keyword<TAO_PEGTL_STRING("design")>, keyword<TAO_PEGTL_STRING("operation")>> {};
struct pack_exclude_target_word : pattern {};
struct pack_exclude_target : token<pack_exclude_target_word> {};
struct pack_exclude
    : seq<pack_exclude_word, sor<seq<pack_exclude_property, must<pack_exclude_value>>, must<pack_exclude_target>>,
          must<pack_because>, must<pack_reason>> {};
struct pack_name_key : kw_name {};
struct pack_control_word : hyphenated {};
struct pack_control : token<pack_control_word> {};
struct pack_control_title : constant_string {};
struct pack_control_reference : constant_string {};
struct pack_control_name
    : seq<pack_name_key, must<pack_control>, must<pack_control_title>, opt<kw_as, must<pack_control_reference>>> {};
struct section_word : kw_section {};
struct section_title : constant_string {};
struct pack_section
    : seq<section_word, must<section_title>, must<body_open>, members<Block::section, pack_control_name>> {};
struct pack_profile_key : kw_profile {};
struct pack_profile_word : new_name {};
struct pack_profile : seq<pack_profile_key, must<token<pack_profile_word>>> {};
struct pack_member
    : sor<pack_version, pack_include, pack_exclude, pack_set, pack_control_name, pack_section, pack_profile> {};
struct pack_decl : seq<pack_word, must<pack_name>, opt<begins_string, pack_title>, must<body_open>,
                       members<Block::pack, pack_member>> {};

struct profile_word : kw_profile {};
struct profile_name_word : new_name {};
struct profile_name : token<profile_name_word> {};
struct profile_title : constant_string {};
struct profile_member : seq<pack_set> {};
struct profile_decl : seq<profile_word, must<profile_name>, opt<begins_string, profile_title>, must<body_open>,
                          members<Block::profile, profile_member>> {};

// ---- waivers ----------------------------------------------------------------------------------------------

struct waive_word : kw_waive {};
struct waive_target_word : hyphenated {};
struct waive_target : token<waive_target_word> {};
struct waive_key : constant_string {};
struct waive_for : seq<kw_for, must<waive_key>, star<symbol<','>, must<waive_key>>> {};
struct waive_where_word : kw_where {};
struct waive_where : seq<waive_where_word, must<expression>> {};
struct waive_from_word : kw_from {};
struct waive_from : seq<waive_from_word, must<expression>> {};
struct waive_until_word : kw_until {};
struct waive_until : seq<waive_until_word, must<expression>> {};
struct waive_reason_word : kw_because {};
struct waive_reason : constant_string {};
struct waive_because : seq<waive_reason_word, must<waive_reason>> {};
struct waive_approver_word : kw_approved_by {};
struct waive_approver : constant_string {};
struct waive_approved_by : seq<waive_approver_word, must<waive_approver>> {};
struct waive_clause : sor<waive_for, waive_where, waive_from, waive_until, waive_because, waive_approved_by> {};
struct waive_decl : seq<waive_word, must<waive_target>, star<waive_clause>> {};

// ---- tests ------------------------------------------------------------------------------------------------

struct test_word : kw_test {};
struct test_title : constant_string {};
struct test_now : seq<kw_now, must<expression>> {};
struct test_period : seq<kw_period, must<expression>> {};
struct test_pack_word : new_name {};
struct test_pack_key : kw_pack {};
struct test_pack : seq<test_pack_key, must<token<test_pack_word>>> {};
struct given_word : kw_given {};
struct given_no : seq<at<kw_no, new_name>, kw_no> {};
struct given_entity_word : new_name {};
struct given_entity : token<given_entity_word> {};
struct given_record : seq<must<body_open>, members<Block::given, field_value>> {};
struct given_none : seq<given_no, must<given_entity>> {};
struct test_given : seq<given_word, sor<given_none, seq<must<given_entity>, given_record>>> {};
struct test_entity_word : new_name {};
struct test_entity : token<test_entity_word> {};
struct test_entities : seq<must<test_entity>, star<symbol<','>, must<test_entity>>> {};
struct absent_word : kw_absent {};
struct test_absent : seq<absent_word, test_entities> {};
struct collected_word : kw_collected {};
struct collected_at : kw_at {};
struct test_collected : seq<collected_word, test_entities, must<collected_at>, must<expression>> {};
struct expect_word : kw_expect {};
struct expect_that : seq<kw_that, must<expression>> {};
struct expect_target_word : hyphenated {};
struct expect_target : token<expect_target_word> {};
struct expect_passes : kw_passes {};
struct expect_fails : kw_fails {};
struct expect_verdict_word : new_name {};
struct expect_verdict : token<expect_verdict_word> {};
struct expect_is : seq<kw_is, must<expect_verdict>> {};
struct expect_outcome : sor<expect_passes, expect_fails, expect_is> {};
struct expect_only : kw_only {};
struct expect_key : constant_string {};
struct expect_keys : seq<kw_for, must<expect_key>, star<symbol<','>, must<expect_key>>> {};
struct expect_text : constant_string {};
struct expect_saying : seq<kw_saying, must<expect_text>> {};
struct expect_verdicts
    : seq<must<expect_target>, must<expect_outcome>, opt<expect_only>, opt<expect_keys>, opt<expect_saying>> {};
struct test_expect : seq<expect_word, sor<expect_that, expect_verdicts>> {};

struct test_member : sor<test_now, test_period, test_pack, pack_set, test_given, test_absent, test_collected,
                         waive_decl, test_expect> {};
struct test_decl : seq<test_word, must<test_title>, must<body_open>, members<Block::test, test_member>> {};

// ---- files ------------------------------------------------------------------------------------------------

struct module_word : kw_module {};
struct module_path_word : dotted {};
struct module_path : token<module_path_word> {};
struct module_decl : seq<module_word, must<module_path>> {};
struct use_word : kw_use {};
struct use_path_word : dotted {};
struct use_path : token<use_path_word> {};
struct use_decl : seq<use_word, must<use_path>> {};

struct declaration
    : sor<module_decl, use_decl, enum_decl, entity_decl, fn_decl, rule_decl, derive_decl, program_param,
          template_decl, control_decl, pack_decl, profile_decl, waive_decl, test_decl> {};
struct file : seq<gap, members<Block::file, declaration>> {};

}  // namespace writ::syntax::grammar
