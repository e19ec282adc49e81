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
struct field_key : seq<not_at<kw_key, one<':'>>, kw_key> {};
struct via_word : word {};
struct via_name : token<via_word> {};
struct field_via : seq<not_at<kw_via, one<':'>>, kw_via, must<via_name>> {};
struct field_default : seq<symbol<'='>, must<expression>> {};
struct field_path : constant_string {};
struct field_at : seq<not_at<kw_at, one<':'>>, kw_at, must<field_path>> {};
struct field_modifier : sor<field_key, field_via, field_default, field_at> {};
struct field_type : seq<must<type>> {};
struct field : seq<field_name, must<field_colon>, field_type, star<field_modifier>> {};

struct entity_field : seq<field> {};
struct entity_word : kw_entity {};
struct entity_name_word : new_name {};
struct entity_name : token<entity_name_word> {};
struct entity_from_path : constant_string {};
struct entity_from : seq<kw_from, must<entity_from_path>> {};
struct entity_at_path : constant_string {};
struct entity_at : seq<kw_at, must<entity_at_path>> {};
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

// ---- checks -----------------------------------------------------------------------------------------------

struct step_word : kw_for {};
struct for_organization : seq<kw_organization, not_at<kw_in>> {};
struct step_name : new_name {};
struct step_binding : seq<token<step_name>, must<binding_in>, must<collection>> {};
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
struct when_empty : seq<kw_when, must<empty_word>, must<empty_choice>> {};
struct basis_choice : sor<keyword<TAO_PEGTL_STRING("stated")>, keyword<TAO_PEGTL_STRING("implied")>> {};
struct basis_clause : seq<kw_basis, must<basis_choice>> {};
struct nature_choice : sor<keyword<TAO_PEGTL_STRING("design")>, keyword<TAO_PEGTL_STRING("operation")>> {};
struct nature_clause : seq<kw_nature, must<nature_choice>> {};

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

struct control_member : sor<evidence_clause, param_decl, check_decl, metadata_entry> {};
struct control_decl : seq<control_word, must<control_id>, opt<begins_string, control_title>, must<body_open>,
                          members<Block::control, control_member>> {};

// ---- packs ------------------------------------------------------------------------------------------------

struct pack_word : kw_pack {};
struct pack_name_word : new_name {};
struct pack_name : token<pack_name_word> {};
struct pack_title : constant_string {};
struct pack_version_text : constant_string {};
struct pack_version : seq<kw_version, must<pack_version_text>> {};
struct pack_module_word : dotted {};
struct pack_module : token<pack_module_word> {};
struct pack_include_word : kw_include {};
struct pack_include : seq<pack_include_word, must<pack_module>> {};
struct pack_set_target_word : hyphenated {};
struct pack_set_target : token<pack_set_target_word> {};
struct pack_set_word : kw_set {};
struct pack_set : seq<pack_set_word, must<pack_set_target>, must<let_equals>, must<expression>> {};
struct pack_member : sor<pack_version, pack_include, pack_set> {};
struct pack_decl : seq<pack_word, must<pack_name>, opt<begins_string, pack_title>, must<body_open>,
                       members<Block::pack, pack_member>> {};

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
    : sor<module_decl, use_decl, enum_decl, entity_decl, fn_decl, program_param, control_decl, pack_decl> {};
struct file : seq<gap, members<Block::file, declaration>> {};

}  // namespace writ::syntax::grammar
