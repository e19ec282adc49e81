// Templates: each is checked once, against the types that its arguments are declared to have.
#include <fmt/format.h>

#include <algorithm>

#include "language/types/check_declaration.hpp"
#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using language::CheckDef;
using language::ExprKind;
using language::index;
using language::TemplateDef;

namespace {

class TemplateChecker {
 public:
  TemplateChecker(Checking& checking, std::uint32_t id)
      : checking_(checking),
        decl_(*checking.declarations.templates[id].decl),
        file_(checking.declarations.templates[id].file),
        names_(checking, file_, head_, std::nullopt),
        // What is checked adds to the program's tables; the definition is put back in the end.
        def_(std::move(checking.program.templates[id])) {}

  TemplateDef check() {
    types();
    for (std::size_t i = 0; i < decl_.arguments.size(); ++i)
      names_.declare(decl_.arguments[i].name, argument_type(i), true);
    for (std::size_t i = 0; i < decl_.params.size(); ++i)
      names_.declare(decl_.params[i].name, def_.params[i].type, true);
    used_.assign(head_.size(), false);
    defaults();
    evidence();
    for (std::size_t i = 0; i < decl_.checks.size(); ++i) check(decl_.checks[i], def_.checks[i]);
    unused();
    if (decl_.checks.empty() && !checking_.broken(decl_.span)) {
      checking_.sink.add(Code::check_without_requirement, decl_.name.span,
                         fmt::format("the template `{}` has no check", decl_.name.text),
                         "it brings nothing to the controls that include it");
    }
    return std::move(def_);
  }

 private:
  TypeId argument_type(std::size_t i) const { return def_.arguments[i].type; }

  void types() {
    for (std::size_t i = 0; i < decl_.arguments.size(); ++i) {
      const syntax::TemplateParam& argument = decl_.arguments[i];
      def_.arguments[i].type = check_param_type(checking_, file_, argument.name, argument.type, decl_.span);
    }
    for (std::size_t i = 0; i < decl_.params.size(); ++i) {
      const syntax::ParamDecl& param = decl_.params[i];
      def_.params[i].type = check_param_type(checking_, file_, param.name, param.type, param.span);
    }
  }

  void defaults() {
    for (std::size_t i = 0; i < decl_.arguments.size(); ++i) {
      const syntax::TemplateParam& argument = decl_.arguments[i];
      def_.defaults.push_back(
          check_default(checking_, file_, argument.default_value, argument.type, argument_type(i)));
    }
    for (std::size_t i = 0; i < decl_.params.size(); ++i) {
      const syntax::ParamDecl& param = decl_.params[i];
      def_.params[i].default_value =
          check_default(checking_, file_, param.default_value, param.type, def_.params[i].type);
      std::vector<language::Local> locals = head_;
      ExpressionChecker expressions(checking_, file_, locals, std::nullopt);
      expressions.adopt(names_);
      const auto local = static_cast<std::uint32_t>(decl_.arguments.size() + i);
      def_.params[i].bound =
          check_bound(checking_, expressions, param.bound, {ExprKind::local, local, param.name.span});
    }
  }

  void evidence() {
    std::vector<language::Local> locals = head_;
    ExpressionChecker expressions(checking_, file_, locals, std::nullopt);
    expressions.adopt(names_);
    def_.evidence = check_evidence(checking_, file_, decl_.evidence, expressions);
    mark_used(expressions);
  }

  void check(const syntax::CheckDecl& decl, CheckDef& def) {
    def.locals = head_;
    ExpressionChecker expressions(checking_, file_, def.locals, std::nullopt);
    expressions.adopt(names_);
    check_body(checking_, expressions, decl, def);
    mark_used(expressions);
    for (const LocalId local : expressions.unused()) {
      if (index(local) >= head_.size()) checking_.unused_locals.push_back({file_, def.locals[index(local)]});
    }
  }

  void mark_used(const ExpressionChecker& expressions) {
    std::vector<bool> used(head_.size(), true);
    for (const LocalId local : expressions.unused()) {
      if (index(local) < used.size()) used[index(local)] = false;
    }
    for (std::size_t i = 0; i < used.size(); ++i) used_[i] = used_[i] || used[i];
  }

  void unused() {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (!used_[i]) checking_.unused_locals.push_back({file_, head_[i]});
    }
  }

  Checking& checking_;
  const syntax::TemplateDecl& decl_;
  std::uint32_t file_;
  std::vector<language::Local> head_;  // the arguments and the parameters
  ExpressionChecker names_;            // knows them
  TemplateDef def_;
  std::vector<bool> used_;  // by local of the head
};

}  // namespace

void check_templates(Checking& checking) {
  for (std::uint32_t id = 0; id < checking.program.templates.size(); ++id) {
    TemplateDef def = TemplateChecker(checking, id).check();
    checking.program.templates[id] = std::move(def);
  }
}

}  // namespace writ::types
