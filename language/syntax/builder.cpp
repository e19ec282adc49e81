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

void Builder::begin_entity(std::uint32_t offset) {
  entity = {};
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
  check.steps.push_back({kind, std::exchange(step_name, {}), value, span_from(offset)});
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
  begin(offset);
}

void Builder::pack_include(Name path) {
  const Span place = span(clause_, path.span.end);
  pack.includes.push_back({{std::move(path.text), path.span}, place});
}

void Builder::pack_set() {
  const ExprId value = pop();
  pack.sets.push_back({{std::move(pack_target.text), pack_target.span}, value, span_from(clause_)});
}

void Builder::end_pack() {
  pack.doc = doc();
  declare(std::exchange(pack, {}));
}

}  // namespace writ::syntax
