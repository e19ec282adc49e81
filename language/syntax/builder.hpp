// What the grammar's actions write to: an ExpressionBuilder that also puts declarations together, keeps the
// braced bodies that are open, and turns failures of the grammar into diagnostics.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/syntax/expression_builder.hpp"

namespace writ::syntax {

class Builder : public ExpressionBuilder {
 public:
  using ExpressionBuilder::ExpressionBuilder;

  Tree take_tree() { return std::move(tree_); }

  // ---- failures ----
  // The grammar is committed and what it expects does not stand at `offset`.
  [[noreturn]] void absent(const Expectation& expectation, std::uint32_t offset);
  // A requirement's condition has ended at `offset`, and no `else` stands there.
  void absent_message(std::uint32_t offset);

  struct Mark {
    Heights heights;
    std::size_t blocks;
  };
  Mark mark() const { return {heights(), blocks_.size()}; }
  // Takes what a failed member left; its diagnostic goes to the sink.
  void recover(const Mark& mark, const SyntaxFailure& failure, std::uint32_t begin);

  // ---- braced bodies ----
  void body_opened(Span brace) { brace_ = brace; }
  void open_block(Block block);
  void close_block(std::uint32_t brace);
  // The text goes on with what cannot stand in this body, or ends: its brace was never closed.
  void leave_block(std::uint32_t offset);

  // ---- declarations ----
  // Each begins at its first word, which may carry a doc comment.
  void begin(std::uint32_t offset);
  // The name that it declares.
  Name declared(Span span);
  Doc doc() const { return doc_before(begin_); }

  void module(Name path);
  void use(Name path);
  void begin_enum(std::uint32_t offset, bool ordered);
  void enum_member(Span place);
  void end_enum();
  void begin_entity(std::uint32_t offset);
  void field_type();
  void end_entity();
  void begin_fn(std::uint32_t offset);
  void end_fn_param();
  void end_fn();
  void begin_param(std::uint32_t offset);
  void end_param();
  void end_program_param();
  void begin_check(std::uint32_t offset);
  void begin_clause(std::uint32_t offset) { clause_ = offset; }
  // A word that may stand once in the entity's head, the field, the check, the pack or the test that is being read.
  void say_once(std::string_view word, std::uint32_t offset);
  void step(StepKind kind, std::uint32_t offset);
  void requirement();
  void end_check();
  void begin_control(std::uint32_t offset);
  void begin_evidence(std::uint32_t offset);
  void end_evidence();
  void begin_metadata(Span key);
  void metadata_string();
  void end_metadata();
  void end_control();
  void end_rule();
  void begin_derive(std::uint32_t offset);
  void end_derive();
  // A value of a derived or a given record.
  void begin_value(Span name);
  void end_value();
  void template_include();
  void template_include_without_arguments();
  void end_template_include();
  void begin_template(std::uint32_t offset);
  void begin_template_param(Span place) { template_decl.arguments.push_back({name(place), {}, ExprId::none}); }
  void end_template();
  void begin_pack(std::uint32_t offset);
  void pack_include(Name path);
  void pack_set();
  void begin_exclude(std::uint32_t offset);
  void end_exclude();
  void begin_pack_name(std::uint32_t offset);
  void end_pack_name();
  void begin_section(std::uint32_t offset);
  void end_section();
  void end_pack();
  void begin_profile(std::uint32_t offset);
  void end_profile();
  void begin_waive(std::uint32_t offset);
  // Takes the value of a clause; reports one that is written twice.
  void waive_value(ExprId& slot, std::string_view word);
  void waive_text(std::optional<StringLiteral>& slot, std::string_view word);
  void end_waive();
  void begin_test(std::uint32_t offset);
  void test_value(ExprId& slot);
  void begin_given(std::uint32_t offset);
  void end_given();
  void begin_test_entities(std::uint32_t offset);
  void end_absent();
  void end_collected();
  void begin_expect(std::uint32_t offset);
  void expect_condition();
  void expect_verdict(Name verdict);
  void end_expect();
  void end_test();

  // What is being read: one of a kind at a time, since declarations do not nest in themselves. `fn` also holds the
  // head of a relation, `check` the steps of a derivation, and `control` the members of a template.
  EnumDecl enum_decl;
  EntityDecl entity;
  FnDecl fn;
  Name fn_param_name;
  ParamDecl param;
  CheckDecl check;
  Name step_name;
  std::vector<Name> step_tuple;
  ControlDecl control;
  EvidenceClause evidence;
  MetadataEntry metadata;
  PackDecl pack;
  Name pack_target;
  PackExclude exclude;
  PackName pack_name;
  PackSection section;
  ProfileDecl profile;
  WaiveDecl waive;
  TestDecl test;
  TestGiven given;
  std::vector<Name> test_entities;
  TestExpect expect;
  Name include_name;
  TemplateDecl template_decl;
  DeriveDecl derive;
  Name value_name;

 private:
  struct OpenBlock {
    Block block{};
    Span brace;        // its `{`
    std::string what;  // "control `ACC-07`", for messages
    bool separator_reported = false;
  };
  // A body whose `}` is indented as that of the body around it: if that one lacks its brace, this one is to blame.
  struct Suspect {
    Span brace;
    std::string what;
    Span close;
  };

  template <typename Decl>
  void declare(Decl&& decl) {
    decl.span = span_from(begin_);
    declared_ = std::nullopt;
    tree_.declarations.emplace_back(std::forward<Decl>(decl));
  }
  std::string what_is_open(Block block) const;

  Span found_span(std::uint32_t offset) const;
  std::string found(std::uint32_t offset) const;
  // Whether a line ends between the last token and `offset`.
  bool on_new_line(std::uint32_t offset) const;
  diagnostics::Diagnostic expected_found(const Expectation& expectation, std::uint32_t offset) const;
  // Each of these fails if what stands at `offset` is the slip that it knows.
  void refuse_operator_slip(std::uint32_t offset) const;
  void refuse_foreign_quote(std::uint32_t offset) const;
  void refuse_stray(std::uint32_t offset) const;
  [[noreturn]] void absent_expression(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_bracket(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_quote(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_unit(std::uint32_t offset);
  [[noreturn]] void absent_number_end(std::uint32_t offset);
  [[noreturn]] void absent_date(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_name(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_presence(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_type(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_satisfies(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_branch(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_colon(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_equals(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_in(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_body(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_metadata(const Expectation& expectation, std::uint32_t offset);
  [[noreturn]] void absent_member(std::uint32_t offset);
  void refuse_metadata_slip(Span key) const;
  void mark_damaged(Block block);
  void refuse_twice(std::string_view word, Span first);
  // Puts an error where the value of the last member stands.
  void distrust_last_member(Block block);

  std::vector<OpenBlock> blocks_;
  Span brace_;
  std::optional<Suspect> suspect_;
  diagnostics::Diagnostic* unclosed_ = nullptr;  // of the last body that was left
  std::uint32_t unclosed_at_ = 0;                // and where
  std::optional<Name> declared_;                 // the name of the declaration that is being read
  std::uint32_t begin_ = 0;                      // of the declaration
  std::uint32_t inner_ = 0;                      // of the check, parameter or other member with a body of its own
  std::vector<std::pair<std::string_view, Span>> said_;  // of words that may stand once
  std::uint32_t clause_ = 0;                             // of the step, requirement or evidence clause
};

}  // namespace writ::syntax
