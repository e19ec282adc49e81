#include "language/syntax/builder.hpp"

#include <fmt/format.h>

#include <cassert>
#include <utility>

namespace writ::syntax {

using diagnostics::Code;

void Builder::begin(std::uint32_t offset) {
  begin_ = offset;
  declared_ = std::nullopt;
}

Name Builder::declared(Span place) {
  declared_ = name(place);
  return *declared_;
}

void Builder::module(Name path) {
  const bool first = tree_.declarations.empty() && !tree_.module;
  if (!first) {
    auto& diagnostic = sink_.add(Code::syntax_error, span(begin_, path.span.end),
                                 tree_.module ? "a file has one module" : "`module` is not the first declaration");
    if (tree_.module) {
      diagnostic.label(tree_.module->span, "the module is named here");
    } else {
      diagnostic.help("move it to the top of the file");
    }
    return;
  }
  tree_.module_doc = doc();
  tree_.module = DottedName{std::move(path.text), path.span};
}

void Builder::use(Name path) {
  UseDecl decl;
  decl.module = {std::move(path.text), path.span};
  declare(std::move(decl));
}

void Builder::begin_enum(std::uint32_t offset, bool ordered) {
  enum_decl = {};
  enum_decl.ordered = ordered;
  begin(offset);
}

void Builder::enum_member(Span place) { enum_decl.members.push_back({doc_before(place.begin), name(place)}); }

void Builder::end_enum() {
  enum_decl.doc = doc();
  declare(std::exchange(enum_decl, {}));
}

void Builder::field_type() {
  field().type = pop_type();
  said_.clear();  // what follows is said of this field
}

void Builder::begin_entity(std::uint32_t offset) {
  entity = {};
  said_.clear();
  begin(offset);
}

void Builder::end_entity() {
  entity.doc = doc();
  entity.fields = std::move(records_.back());
  records_.pop_back();
  declare(std::exchange(entity, {}));
}

void Builder::begin_fn(std::uint32_t offset) {
  fn = {};
  begin(offset);
}

void Builder::end_fn_param() { fn.params.push_back({std::move(fn_param_name), pop_type()}); }

void Builder::end_fn() {
  fn.doc = doc();
  fn.body = pop();
  declare(std::exchange(fn, {}));
}

void Builder::begin_param(std::uint32_t offset) {
  param = {};
  param.doc = doc_before(offset);
  inner_ = offset;
  if (blocks_.size() == 1) begin(offset);
}

void Builder::end_param() {
  param.span = span_from(inner_);
  if (blocks_.size() > 1) control.params.push_back(std::exchange(param, {}));
}

void Builder::end_program_param() { declare(std::exchange(param, {})); }

void Builder::begin_check(std::uint32_t offset) {
  check = {};
  said_.clear();
  check.doc = doc_before(offset);
  inner_ = offset;
}

void Builder::step(StepKind kind, std::uint32_t offset) {
  if (!check.requirements.empty()) {
    const std::string_view word = kind == StepKind::bind ? "for" : kind == StepKind::let ? "let" : "where";
    sink_
        .add(Code::syntax_error, span(clause_, clause_ + static_cast<std::uint32_t>(word.size())),
             fmt::format("`{}` after `require`", word))
        .label(check.requirements.front().span, "the first requirement")
        .help("`for`, `let` and `where` say who is judged; move them before the first `require`");
  }
  const ExprId value = pop();
  check.steps.push_back(
      {kind, std::exchange(step_name, {}), std::exchange(step_tuple, {}), value, span_from(offset)});
}

void Builder::requirement() {
  const ExprId message = pop();
  const ExprId condition = pop();
  check.requirements.push_back({condition, message, span_from(clause_)});
}

void Builder::end_check() {
  check.span = span_from(inner_);
  control.checks.push_back(std::exchange(check, {}));
}

void Builder::begin_control(std::uint32_t offset) {
  control = {};
  begin(offset);
}

void Builder::begin_evidence(std::uint32_t offset) {
  evidence = {};
  begin_clause(offset);
}

void Builder::end_evidence() {
  evidence.span = span_from(clause_);
  control.evidence.push_back(std::exchange(evidence, {}));
}

void Builder::begin_metadata(Span key) {
  refuse_metadata_slip(key);
  metadata = {};
  metadata.key = name(key);
}

void Builder::metadata_string() {
  StringLiteral literal = take_constant_string();
  metadata.values.push_back({std::move(literal.text), literal.span});
}

void Builder::end_metadata() {
  metadata.span = span_from(metadata.key.span.begin);
  control.metadata.push_back(std::exchange(metadata, {}));
}

void Builder::end_control() {
  control.doc = doc();
  declare(std::exchange(control, {}));
}

void Builder::begin_pack(std::uint32_t offset) {
  pack = {};
  said_.clear();
  begin(offset);
}

void Builder::pack_include(Name path) {
  const Span place = span(clause_, path.span.end);
  pack.includes.push_back({{std::move(path.text), path.span}, place});
}

void Builder::pack_set() {
  const ExprId value = pop();
  PackSet set{{std::move(pack_target.text), pack_target.span}, value, span_from(clause_)};
  switch (blocks_.back().block) {
    case Block::profile:
      profile.sets.push_back(std::move(set));
      return;
    case Block::test:
      test.sets.push_back(std::move(set));
      return;
    default:
      pack.sets.push_back(std::move(set));
  }
}

void Builder::begin_exclude(std::uint32_t offset) {
  exclude = {};
  begin_clause(offset);
}

void Builder::end_exclude() {
  exclude.span = span_from(clause_);
  pack.excludes.push_back(std::exchange(exclude, {}));
}

void Builder::begin_pack_name(std::uint32_t offset) {
  pack_name = {};
  begin_clause(offset);
}

void Builder::end_pack_name() {
  pack_name.span = span_from(clause_);
  auto& names = blocks_.back().block == Block::section ? section.names : pack.names;
  names.push_back(std::exchange(pack_name, {}));
}

void Builder::begin_section(std::uint32_t offset) {
  section = {};
  inner_ = offset;
}

void Builder::end_section() {
  section.span = span_from(inner_);
  pack.sections.push_back(std::exchange(section, {}));
}

void Builder::end_pack() {
  pack.doc = doc();
  declare(std::exchange(pack, {}));
}

void Builder::begin_profile(std::uint32_t offset) {
  profile = {};
  begin(offset);
}

void Builder::end_profile() {
  profile.doc = doc();
  declare(std::exchange(profile, {}));
}

// ---- relations, derived records, templates ------------------------------------------------------------------

void Builder::end_rule() {
  RuleDecl rule;
  rule.doc = doc();
  rule.name = std::move(fn.name);
  rule.params = std::move(fn.params);
  rule.body = pop();
  declare(std::move(rule));
  fn = {};
}

void Builder::begin_derive(std::uint32_t offset) {
  derive = {};
  check = {};
  said_.clear();
  begin(offset);
}

void Builder::end_derive() {
  derive.doc = doc();
  derive.steps = std::move(check.steps);
  derive.requirements = std::move(check.requirements);
  check = {};
  said_.clear();
  declare(std::exchange(derive, {}));
}

void Builder::begin_value(Span place) { value_name = name(place); }

void Builder::end_value() {
  const ExprId value = pop();
  const Span place = span_from(value_name.span.begin);
  auto& fields = blocks_.back().block == Block::given ? given.fields : derive.fields;
  fields.push_back({std::exchange(value_name, {}), value, place});
}

void Builder::template_include() {
  control.includes.push_back({std::exchange(include_name, {}), take_arguments(), std::nullopt, {}});
}

void Builder::template_include_without_arguments() {
  control.includes.push_back({std::exchange(include_name, {}), {}, std::nullopt, {}});
}

void Builder::end_template_include() { control.includes.back().span = span_from(clause_); }

void Builder::begin_template(std::uint32_t offset) {
  template_decl = {};
  control = {};
  begin(offset);
}

void Builder::end_template() {
  template_decl.doc = doc();
  template_decl.evidence = std::move(control.evidence);
  template_decl.params = std::move(control.params);
  template_decl.checks = std::move(control.checks);
  control = {};
  declare(std::exchange(template_decl, {}));
}

// ---- waivers ------------------------------------------------------------------------------------------------

void Builder::begin_waive(std::uint32_t offset) {
  waive = {};
  waive.doc = doc_before(offset);
  inner_ = offset;
  if (blocks_.size() == 1) begin(offset);
}

void Builder::refuse_twice(std::string_view word, Span first) {
  sink_
      .add(Code::syntax_error, span(clause_, clause_ + static_cast<std::uint32_t>(word.size())),
           fmt::format("`{}` stands twice", word))
      .label(first, "it stands here already");
}

void Builder::say_once(std::string_view word, std::uint32_t offset) {
  begin_clause(offset);
  const auto first = std::find_if(said_.begin(), said_.end(), [&](const auto& said) { return said.first == word; });
  if (first == said_.end()) {
    said_.emplace_back(word, span(offset, offset + static_cast<std::uint32_t>(word.size())));
  } else {
    refuse_twice(word, first->second);
  }
}

void Builder::waive_value(ExprId& slot, std::string_view word) {
  const ExprId value = pop();
  if (slot == ExprId::none) {
    slot = value;
  } else {
    refuse_twice(word, node_span(slot));
  }
}

void Builder::waive_text(std::optional<StringLiteral>& slot, std::string_view word) {
  StringLiteral text = take_constant_string();
  if (!slot) {
    slot = std::move(text);
  } else {
    refuse_twice(word, slot->span);
  }
}

void Builder::end_waive() {
  waive.span = span_from(inner_);
  if (blocks_.size() == 1) {
    declare(std::exchange(waive, {}));
  } else {
    test.waives.push_back(std::exchange(waive, {}));
  }
}

// ---- tests --------------------------------------------------------------------------------------------------

void Builder::begin_test(std::uint32_t offset) {
  test = {};
  said_.clear();
  begin(offset);
}

void Builder::test_value(ExprId& slot) {
  const ExprId value = pop();
  if (slot == ExprId::none) {
    slot = value;
    return;
  }
  sink_.add(Code::syntax_error, node_span(value), "a test has one such value")
      .label(node_span(slot), "it is given here already");
}

void Builder::begin_given(std::uint32_t offset) {
  given = {};
  inner_ = offset;
}

void Builder::end_given() {
  given.span = span_from(inner_);
  test.givens.push_back(std::exchange(given, {}));
}

void Builder::begin_test_entities(std::uint32_t offset) {
  test_entities.clear();
  begin_clause(offset);
}

void Builder::end_absent() { test.absent.push_back({std::exchange(test_entities, {}), span_from(clause_)}); }

void Builder::end_collected() {
  const ExprId at = pop();
  test.collected.push_back({std::exchange(test_entities, {}), at, span_from(clause_)});
}

void Builder::begin_expect(std::uint32_t offset) {
  expect = {};
  begin_clause(offset);
}

void Builder::expect_condition() {
  expect.kind = Expectancy::holds;
  expect.condition = pop();
}

void Builder::expect_verdict(Name verdict) {
  expect.kind = Expectancy::is;
  expect.verdict = std::move(verdict);
}

void Builder::end_expect() {
  expect.span = span_from(clause_);
  test.expects.push_back(std::exchange(expect, {}));
}

void Builder::end_test() {
  test.doc = doc();
  declare(std::exchange(test, {}));
}

}  // namespace writ::syntax
