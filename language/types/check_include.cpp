// Templates in controls: the arguments of an `include`, and the parameters, the evidence and the checks that come
// of it.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "language/types/check_declaration.hpp"
#include "language/types/check_expression.hpp"
#include "language/types/instantiate.hpp"

namespace writ::types {

using diagnostics::Code;
using language::CheckId;
using language::ControlId;
using language::IncludeDef;
using language::index;
using language::ParamId;
using language::TemplateDef;
using language::TemplateId;
using names::SymbolKind;

namespace {

class Including {
 public:
  Including(Checking& checking, ControlId control)
      : checking_(checking),
        control_(control),
        decl_(*checking.declarations.controls[index(control)].decl),
        file_(checking.declarations.controls[index(control)].file) {}

  void run() {
    if (decl_.includes.empty()) return;
    for (std::size_t i = 0; i < decl_.checks.size(); ++i) {
      // Of two checks of one name both have their entry.
      order_.emplace_back(decl_.checks[i].span.begin, def().checks[i]);
      checks_.emplace(decl_.checks[i].name.text, decl_.checks[i].name.span);
    }
    for (const ParamId param : def().params) {
      const language::ParamDef& known = checking_.program.params[index(param)];
      params_.emplace(known.name, known.name_span);
    }
    for (const syntax::TemplateInclude& include : decl_.includes) this->include(include);
    std::stable_sort(order_.begin(), order_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    def().checks.clear();
    for (const auto& [begin, check] : order_) def().checks.push_back(check);
  }

 private:
  language::ControlDef& def() { return checking_.program.controls[index(control_)]; }
  TemplateDef& of(TemplateId id) { return checking_.program.templates[index(id)]; }

  void include(const syntax::TemplateInclude& decl) {
    const names::Scope scope(checking_.modules, checking_.declarations, file_);
    const names::Found found = scope.template_(decl.name.text);
    if (!found.symbol) {
      unknown_template(scope, decl.name);
      return;
    }
    if (found.symbol->kind == SymbolKind::broken) return;
    if (!found.modules.empty()) {
      checking_.report_ambiguous(decl.name, found);
      return;
    }
    const auto id = static_cast<TemplateId>(found.symbol->id);
    checking_.templates_used[found.symbol->id] = true;
    std::vector<SyntaxId> arguments(of(id).arguments.size(), SyntaxId::none);
    std::vector<SyntaxId> values(of(id).params.size(), SyntaxId::none);
    if (!arrange(decl, id, arguments, values)) return;
    IncludeDef made;
    made.id = id;
    made.span = decl.name.span;
    for (std::size_t i = 0; i < arguments.size(); ++i) made.arguments.push_back(argument(id, i, arguments[i]));
    const std::string prefix = decl.alias ? decl.alias->text + "_" : "";
    for (std::size_t i = 0; i < values.size(); ++i) add_param(made, i, values[i], prefix);
    add_evidence(made);
    add_checks(made, decl, prefix);
    def().includes.push_back(std::move(made));
  }

  void unknown_template(const names::Scope& scope, const syntax::Name& name) {
    auto& diagnostic = checking_.sink.add(Code::unknown_template, name.span,
                                          fmt::format("there is no template `{}`", name.text), "not known");
    std::string module;
    if (const auto modules = scope.template_elsewhere(name.text); !modules.empty()) {
      module = modules.front();
    } else {
      module = names::module_declaring(checking_.library, "template", name.text);
    }
    if (!module.empty()) {
      diagnostic.help(fmt::format("`{}` declares it: write `use {}` at the head of the file", module, module));
      return;
    }
    const std::string_view near = diagnostics::nearest(name.text, scope.template_names());
    if (!near.empty()) diagnostic.fix("a template with a similar name", name.span, std::string(near));
  }

  // Values by argument and by parameter: those without a label are arguments, in order. False after a report.
  bool arrange(const syntax::TemplateInclude& decl, TemplateId id, std::vector<SyntaxId>& arguments,
               std::vector<SyntaxId>& values) {
    const auto report = [&](Span span, std::string message, std::string label) {
      std::string call;
      for (const language::Local& argument : of(id).arguments)
        call += fmt::format("{}{}", call.empty() ? "" : ", ", argument.name);
      auto& diagnostic = checking_.sink.add(Code::wrong_arguments, span, std::move(message), std::move(label));
      diagnostic.help(fmt::format("it is included as `include {}({})`", decl.name.text, call));
      return &diagnostic;
    };
    bool labelled = false;
    for (std::size_t i = 0; i < decl.arguments.size(); ++i) {
      const syntax::Argument& given = decl.arguments[i];
      if (given.value == SyntaxId::none) return false;
      const Span span = checking_.tree(file_).expr(given.value).span;
      SyntaxId* slot = nullptr;
      if (given.label) {
        labelled = true;
        slot = named(id, given.label->text, arguments, values);
        if (slot == nullptr) {
          const std::vector<std::string_view> names = names_of(id);
          auto* diagnostic =
              report(given.label->span,
                     fmt::format("`{}` has no argument or parameter `{}`", decl.name.text, given.label->text),
                     "not known to it");
          const std::string_view near = diagnostics::nearest(given.label->text, names);
          if (!near.empty()) diagnostic->fix("a similar name", given.label->span, std::string(near));
          return false;
        }
      } else if (labelled) {
        report(span, "an argument without a name stands behind one with a name",
               "which one this is cannot be told");
        return false;
      } else if (i >= arguments.size()) {
        report(span,
               fmt::format("`{}` takes {} argument{}, and {} are given", decl.name.text, arguments.size(),
                           arguments.size() == 1 ? "" : "s", decl.arguments.size()),
               "one too many");
        return false;
      } else {
        slot = &arguments[i];
      }
      if (*slot != SyntaxId::none) {
        report(given.label ? given.label->span : span,
               fmt::format("`{}` is given twice", given.label ? given.label->text : of(id).arguments[i].name),
               "given again here");
        return false;
      }
      *slot = given.value;
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (arguments[i] != SyntaxId::none || of(id).defaults[i] != ExprId::none) continue;
      const language::Local& argument = of(id).arguments[i];
      report(decl.name.span, fmt::format("`{}` is not told its `{}`", decl.name.text, argument.name),
             "an argument is missing")
          ->label(argument.span, "declared here without a default");
      return false;
    }
    return true;
  }

  SyntaxId* named(TemplateId id, std::string_view name, std::vector<SyntaxId>& arguments,
                  std::vector<SyntaxId>& values) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (of(id).arguments[i].name == name) return &arguments[i];
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (of(id).params[i].name == name) return &values[i];
    }
    return nullptr;
  }

  std::vector<std::string_view> names_of(TemplateId id) {
    std::vector<std::string_view> names;
    for (const language::Local& argument : of(id).arguments) names.push_back(argument.name);
    for (const language::ParamDef& param : of(id).params) names.push_back(param.name);
    return names;
  }

  ExprId value(SyntaxId written, TypeId type, Span declared, std::optional<ControlId> scope) {
    std::vector<language::Local> locals;
    ExpressionChecker expressions(checking_, file_, locals, scope);
    const Asker asker{declared, "declared as"};
    return expressions.check(written, type, type == unknown ? nullptr : &asker);
  }

  ExprId argument(TemplateId id, std::size_t at, SyntaxId written) {
    if (written == SyntaxId::none) return of(id).defaults[at];
    const language::Local declared = of(id).arguments[at];
    const ExprId made = value(written, declared.type, declared.span, control_);
    if (!is_settled(checking_.program, made)) {
      checking_.sink
          .add(Code::not_constant, checking_.program.expr(made).span,
               fmt::format("the argument `{}` must be known before any record is read", declared.name),
               "computed from records or the clock")
          .label(declared.span, "the argument");
    }
    return made;
  }

  // A parameter of the template becomes one of the control; a value in the `include` is its default there.
  void add_param(IncludeDef& made, std::size_t at, SyntaxId written, const std::string& prefix) {
    language::ParamDef param = of(made.id).params[at];
    if (written != SyntaxId::none) {
      param.default_value = value(written, param.type, param.name_span, std::nullopt);
      require_constant(checking_, param.default_value, "a default");
    }
    const std::string plain = param.name;
    param.name = prefix + plain;
    param.qualified_name = def().id + "." + param.name;
    param.control = control_;
    param.included_at = made.span;
    const auto id = static_cast<ParamId>(checking_.program.params.size());
    const auto [first, is_new] = params_.emplace(param.name, param.name_span);
    if (!is_new) {
      checking_.sink
          .add(Code::duplicate_name, made.span,
               fmt::format("`{}` would have two parameters `{}`", def().id, param.name),
               fmt::format("the template `{}` brings one", of(made.id).name))
          .label(first->second, "the other one")
          .help(fmt::format("give the template's another default in the `include`: `{}: …`; of two includes of one "
                            "template, name one with `as`",
                            plain));
    }
    made.params.push_back(id);
    checking_.program.params.push_back(std::move(param));
    checking_.params_used.push_back(true);  // whether the template reads it was said there
    if (is_new) def().params.push_back(id);
    // The bound speaks of the parameter that it is now.
    checking_.program.params[index(id)].bound =
        Instantiation(checking_.program, made).copy(of(made.id).params[at].bound);
  }

  void add_evidence(const IncludeDef& made) {
    Instantiation copies(checking_.program, made);
    const std::vector<language::EvidenceDef> evidence = of(made.id).evidence;
    for (language::EvidenceDef clause : evidence) {
      clause.within = copies.copy(clause.within);
      def().evidence.push_back(clause);
    }
  }

  void add_checks(IncludeDef& made, const syntax::TemplateInclude& decl, const std::string& prefix) {
    const std::size_t count = of(made.id).checks.size();
    for (std::size_t i = 0; i < count; ++i) {
      const language::CheckDef generic = of(made.id).checks[i];
      language::CheckDef check = Instantiation(checking_.program, made).copy(generic);
      check.name = prefix + check.name;
      check.qualified_name = def().id + "." + check.name;
      check.control = control_;
      const auto [first, is_new] = checks_.emplace(check.name, check.name_span);
      if (!is_new) {
        checking_.sink
            .add(Code::duplicate_name, made.span,
                 fmt::format("`{}` would have two checks `{}`", def().id, check.name),
                 fmt::format("the template `{}` brings one", of(made.id).name))
            .label(first->second, "the other one")
            .help(fmt::format("name the checks of this include: `include {}(…) as data`, which makes them "
                              "`data_{}` and so on",
                              decl.name.text, generic.name));
        break;
      }
      const auto id = static_cast<CheckId>(checking_.program.checks.size());
      made.checks.push_back(id);
      order_.emplace_back(decl.span.begin, id);
      checking_.program.checks.push_back(std::move(check));
    }
  }

  Checking& checking_;
  ControlId control_;
  const syntax::ControlDecl& decl_;
  std::uint32_t file_;
  std::vector<std::pair<std::uint32_t, CheckId>> order_;  // by place in the source
  std::map<std::string, Span, std::less<>> checks_;
  std::map<std::string, Span, std::less<>> params_;
};

}  // namespace

void check_includes(Checking& checking) {
  for (std::uint32_t id = 0; id < checking.program.controls.size(); ++id)
    Including(checking, static_cast<ControlId>(id)).run();
}

}  // namespace writ::types
