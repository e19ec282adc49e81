// Waivers: what they name, that they say why, by whose word and until when, and their conditions.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "language/names/styles.hpp"
#include "language/types/check_declaration.hpp"
#include "language/types/check_expression.hpp"
#include "language/types/instantiate.hpp"

namespace writ::types {

using diagnostics::Code;
using language::CheckDef;
using language::CheckId;
using language::ControlId;
using language::index;
using language::WaiverDef;

namespace {

class WaiverChecker {
 public:
  WaiverChecker(Checking& checking, std::uint32_t file, const syntax::WaiveDecl& decl)
      : checking_(checking), file_(file), decl_(decl), errors_(error_count()) {}

  std::optional<WaiverDef> check() {
    def_.span = decl_.target.span;
    if (decl_.target.text.empty()) return std::nullopt;  // a syntax error
    if (!find_target()) return std::nullopt;
    texts();
    times();
    keys();
    if (decl_.where != SyntaxId::none) condition();
    if (error_count() != errors_) return std::nullopt;
    if (def_.keys.empty() && def_.where == ExprId::none) {
      checking_.sink
          .add(Code::blanket_waiver, def_.span,
               fmt::format("this waiver covers whatever `{}` finds", decl_.target.text), "no key and no condition")
          .help("say which findings are accepted: `for \"key\"`, or `where …`");
    }
    return std::move(def_);
  }

 private:
  std::size_t error_count() const { return checking_.sink.count(diagnostics::Severity::error); }
  const language::ControlDef& control() const { return checking_.program.controls[index(def_.control)]; }

  bool find_target() {
    const std::string& text = decl_.target.text;
    const auto& controls = checking_.declarations.controls_by_id;
    if (const auto found = controls.find(text); found != controls.end()) {
      def_.control = found->second;
      return true;
    }
    const std::size_t dot = text.rfind('.');
    const auto found = dot == std::string::npos ? controls.end() : controls.find(text.substr(0, dot));
    if (found == controls.end()) {
      const std::size_t length = dot == std::string::npos || !has_check_name(dot) ? text.size() : dot;
      Span id = decl_.target.span;
      id.end = id.begin + static_cast<std::uint32_t>(length);
      unknown_control(checking_, id, std::string_view(text).substr(0, length));
      return false;
    }
    def_.control = found->second;
    std::vector<std::string_view> names;
    for (const CheckId check : control().checks) {
      const CheckDef& candidate = checking_.program.checks[index(check)];
      if (candidate.qualified_name == text) def_.check = check;
      names.push_back(candidate.qualified_name);
    }
    if (def_.check) return true;
    if (checking_.broken(checking_.declarations.controls[index(def_.control)].decl->span)) return false;
    auto& diagnostic =
        checking_.sink.add(Code::unknown_control, decl_.target.span,
                           fmt::format("`{}` has no check `{}`", control().id, text.substr(dot + 1)), "not known");
    const std::string_view near = diagnostics::nearest(text, names);
    if (!near.empty()) diagnostic.fix("a check with a similar name", decl_.target.span, std::string(near));
    return false;
  }

  // Behind the last dot stands what may be a check's name, and no part of a control's id.
  bool has_check_name(std::size_t dot) const {
    return names::has_style(std::string_view(decl_.target.text).substr(dot + 1), names::Style::snake_case);
  }

  void texts() {
    const auto missing = [](const std::optional<syntax::StringLiteral>& text) {
      return !text || text->text.find_first_not_of(" \t\r\n") == std::string::npos;
    };
    const auto span = [&](const std::optional<syntax::StringLiteral>& text) {
      return text ? text->span : def_.span;
    };
    if (missing(decl_.reason)) {
      checking_.sink
          .add(Code::waiver_without_reason, span(decl_.reason), "a waiver does not say why",
               "its reason is missing")
          .help("write it behind: `because \"the vendor closes accounts monthly\"`");
    } else {
      def_.reason = decl_.reason->text;
    }
    if (missing(decl_.approved_by)) {
      checking_.sink
          .add(Code::waiver_without_approver, span(decl_.approved_by), "a waiver does not say who approved it",
               "its approver is missing")
          .help("write it behind: `approved_by \"ciso@acme.example\"`");
    } else {
      def_.approved_by = decl_.approved_by->text;
    }
  }

  void times() {
    if (decl_.until == SyntaxId::none) {
      checking_.sink
          .add(Code::waiver_without_expiry, def_.span, "a waiver does not say until when it holds",
               "its last day is missing")
          .help("write it behind: `until 2026-12-31`; it holds through the whole of that day, in UTC");
    } else if (const auto end = moment(decl_.until, true)) {
      def_.until = *end;
      def_.until_text = std::string(checking_.text(checking_.tree(file_).expr(decl_.until).span));
    }
    if (decl_.from == SyntaxId::none) return;
    def_.from = moment(decl_.from, false);
    if (!def_.from || decl_.until == SyntaxId::none || def_.until_text.empty() || *def_.from < def_.until) return;
    checking_.sink
        .add(Code::invalid_waiver, checking_.tree(file_).expr(decl_.until).span, "this waiver is never in force",
             "it ends here")
        .label(checking_.tree(file_).expr(decl_.from).span, "before it begins here");
  }

  // A day means its first moment, or with `end` the first moment behind it.
  std::optional<Timestamp> moment(SyntaxId id, bool end) {
    std::vector<language::Local> locals;
    ExpressionChecker expressions(checking_, file_, locals, std::nullopt);
    const ExprId value = expressions.check(id, unknown);
    const language::Expr& expr = checking_.program.expr(value);
    const TypeId type = expr.type;
    if (type == unknown) return std::nullopt;
    const Kind kind = checking_.program.types.kind(type);
    if ((kind != Kind::date && kind != Kind::timestamp) || expr.kind != language::ExprKind::literal) {
      checking_.sink
          .add(kind == Kind::date || kind == Kind::timestamp ? Code::not_constant : Code::type_mismatch, expr.span,
               kind == Kind::date || kind == Kind::timestamp
                   ? "a waiver's time is written as a day or a timestamp"
                   : fmt::format("expected `Date` or `Timestamp`, found `{}`", checking_.spelling(type)),
               "a literal expected")
          .help("write it as `2026-12-31`");
      return std::nullopt;
    }
    const Literal& literal = checking_.program.literals[expr.ref];
    if (const auto* instant = std::get_if<Timestamp>(&literal)) return *instant;
    const Date day = std::get<Date>(literal);
    return start_of(end ? Date{day.days + 1} : day);
  }

  void keys() {
    std::map<std::string_view, Span> seen;
    for (const syntax::StringLiteral& key : decl_.keys) {
      const auto [first, is_new] = seen.emplace(key.text, key.span);
      if (!is_new) {
        checking_.sink
            .add(Code::duplicate_name, key.span, fmt::format("the key `{}` is named twice", key.text),
                 "named again here")
            .label(first->second, "first named here");
        continue;
      }
      def_.keys.push_back(key.text);
    }
    if (!decl_.keys.empty() && decl_.where != SyntaxId::none) {
      checking_.sink
          .add(Code::invalid_waiver, checking_.tree(file_).expr(decl_.where).span,
               "a waiver goes by keys or by a condition, not by both", "a condition")
          .label(decl_.keys.front().span, "a key");
    }
  }

  // Over the names that the check's population binds, with what its conditions tell.
  void condition() {
    if (!def_.check) {
      std::string names;
      for (const CheckId check : control().checks)
        names +=
            fmt::format("{}`{}`", names.empty() ? "" : ", ", checking_.program.checks[index(check)].qualified_name);
      checking_.sink
          .add(Code::invalid_waiver, def_.span, "a waiver with a condition names one check",
               "names a whole control")
          .help(fmt::format("a condition speaks of the names of a check; `{}` has {}", control().id, names));
      return;
    }
    const CheckId id = *def_.check;
    const bool included = index(id) >= checking_.declarations.checks.size();
    if (included) {
      for (const language::IncludeDef& include : control().includes) {
        for (std::size_t i = 0; i < include.checks.size(); ++i) {
          if (include.checks[i] == id) included_condition(id, include, i);
        }
      }
      return;
    }
    const auto& [check, file] = checking_.declarations.checks[index(id)];
    if (check->damaged || checking_.broken(check->span)) return;  // what it binds is not known
    CheckDef scratch;
    ExpressionChecker population(checking_, file, scratch.locals, def_.control);
    check_steps(checking_, population, check->steps, scratch.steps);
    if (error_count() != errors_) return;  // the check's own, said again; the sink drops repeats
    // Requirements have locals of their own behind those of the population.
    std::vector<language::Local> locals = scratch.locals;
    const auto& known = checking_.program.checks[index(id)].locals;
    locals.insert(locals.end(), known.begin() + static_cast<std::ptrdiff_t>(locals.size()), known.end());
    def_.where = typed(population, locals, def_.control);
    checking_.program.checks[index(id)].locals = std::move(locals);
  }

  // In a template's check the condition is checked as part of the template, and then made that of the control.
  void included_condition(CheckId id, const language::IncludeDef& include, std::size_t at) {
    const auto& [decl, file] = checking_.declarations.templates[index(include.id)];
    const language::TemplateDef& def = checking_.program.templates[index(include.id)];
    if (decl->damaged || checking_.broken(decl->span)) return;
    std::vector<language::Local> head = def.arguments;
    for (const language::ParamDef& param : def.params) head.push_back({param.name, param.type, param.name_span});
    const std::size_t heads = head.size();
    CheckDef scratch;
    ExpressionChecker names(checking_, file, scratch.locals, std::nullopt);
    for (const language::Local& local : head) names.declare({local.name, local.span}, local.type, false);
    check_steps(checking_, names, decl->checks[at].steps, scratch.steps);
    if (error_count() != errors_) return;
    std::vector<language::Local> locals = scratch.locals;
    const auto& known = checking_.program.checks[index(id)].locals;
    locals.insert(locals.end(), known.begin() + static_cast<std::ptrdiff_t>(locals.size() - heads), known.end());
    const ExprId generic = typed(names, locals, std::nullopt);
    locals.erase(locals.begin(), locals.begin() + static_cast<std::ptrdiff_t>(heads));
    checking_.program.checks[index(id)].locals = std::move(locals);
    if (error_count() == errors_) def_.where = Instantiation(checking_.program, include).copy(generic);
  }

  ExprId typed(const ExpressionChecker& population, std::vector<language::Local>& locals,
               std::optional<ControlId> scope) {
    ExpressionChecker expressions(checking_, file_, locals, scope);
    expressions.adopt(population);
    return expressions.condition(decl_.where).id;
  }

  Checking& checking_;
  std::uint32_t file_;
  const syntax::WaiveDecl& decl_;
  std::size_t errors_;
  WaiverDef def_;
};

}  // namespace

std::optional<WaiverDef> check_waiver(Checking& checking, std::uint32_t file, const syntax::WaiveDecl& decl) {
  return WaiverChecker(checking, file, decl).check();
}

void check_waivers(Checking& checking) {
  for (const auto& [decl, file] : checking.declarations.waivers) {
    auto def = check_waiver(checking, file, *decl);
    if (!def) continue;
    const auto id = static_cast<language::WaiverId>(checking.program.waivers.size());
    const ControlId control = def->control;
    bool applies = checking.program.packs.empty() && checking.program.controls[index(control)].selected;
    for (const std::size_t pack : packs_of(checking, file)) {
      language::PackDef& into = checking.program.packs[pack];
      if (std::find(into.controls.begin(), into.controls.end(), control) == into.controls.end()) continue;
      into.waivers.push_back(id);
      applies = true;
    }
    if (!applies) {
      checking.sink.add(Code::unknown_control, def->span,
                        fmt::format("no pack here has `{}`", checking.program.controls[index(control)].id),
                        "there is nothing to waive");
    }
    checking.program.waivers.push_back(std::move(*def));
  }
}

}  // namespace writ::types
