#include "tests/support/dump_tree.hpp"

#include <fmt/format.h>

#include <string_view>
#include <variant>

namespace writ::tests {
namespace {

using namespace syntax;

std::string escaped(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '"' || c == '\\') {
      out += std::string("\\") + c;
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string_view word(Presence presence) {
  switch (presence) {
    case Presence::present:
      return "present";
    case Presence::missing:
      return "missing";
    case Presence::dangling:
      return "dangling";
  }
  return "";
}

class Dumper {
 public:
  explicit Dumper(const Tree& tree) : tree_(tree) {}

  std::string expr(ExprId id) const {
    if (id == ExprId::none) return "_";
    const Expr& e = tree_.expr(id);
    switch (e.kind) {
      case ExprKind::error:
        return "<error>";
      case ExprKind::integer:
      case ExprKind::decimal:
      case ExprKind::boolean:
      case ExprKind::date:
      case ExprKind::timestamp:
        return e.text;
      case ExprKind::percentage:
        return e.text + "%";
      case ExprKind::missing:
        return "missing";
      case ExprKind::string: {
        std::string out = "(string";
        for (const StringPart& part : e.parts) {
          out += " " + (part.expr == ExprId::none ? escaped(part.text) : expr(part.expr));
        }
        return out + ")";
      }
      case ExprKind::raw_string:
        return "r" + escaped(e.text);
      case ExprKind::quantity:
        return fmt::format("(quantity {} {})", e.text, e.name.text);
      case ExprKind::list:
        return "(list" + operands(e) + ")";
      case ExprKind::set:
        return "(set" + operands(e) + ")";
      case ExprKind::identifier:
        return e.name.text;
      case ExprKind::member:
        return fmt::format("(. {} {})", expr(e.operands[0]), e.name.text);
      case ExprKind::safe_member:
        return fmt::format("(?. {} {})", expr(e.operands[0]), e.name.text);
      case ExprKind::call:
        return call(e);
      case ExprKind::unary:
        return fmt::format("({} {})", e.unary == UnaryOp::negate ? "-" : "not", expr(e.operands[0]));
      case ExprKind::binary:
        return fmt::format("({} {} {})", spelling(e.binary), expr(e.operands[0]), expr(e.operands[1]));
      case ExprKind::presence:
        return fmt::format("(is {} {})", word(e.presence), expr(e.operands[0]));
      case ExprKind::coalesce:
        return "(??" + operands(e) + ")";
      case ExprKind::range:
        return "(.." + operands(e) + ")";
      case ExprKind::conditional:
        return "(if" + operands(e) + ")";
      case ExprKind::query:
        return query(*e.query);
      case ExprKind::parenthesis:
        return "(paren" + operands(e) + ")";
    }
    return "";
  }

  std::string type(TypeExprId id) const {
    if (id == TypeExprId::none) return "_";
    const TypeExpr& t = tree_.type(id);
    switch (t.kind) {
      case TypeExprKind::named:
        return t.name.text;
      case TypeExprKind::optional:
        return type(t.element) + "?";
      case TypeExprKind::list:
        return "List<" + type(t.element) + ">";
      case TypeExprKind::set:
        return "Set<" + type(t.element) + ">";
      case TypeExprKind::record: {
        std::string out = "{";
        for (const Field& f : t.fields) out += " " + field(f);
        return out + " }";
      }
      case TypeExprKind::error:
        return "<error>";
    }
    return "";
  }

  std::string operator()(const EnumDecl& d) const {
    std::string out =
        fmt::format("{}{}enum {}{}", doc(d.doc), d.ordered ? "ordered " : "", d.name.text, mark(d.damaged));
    for (const EnumMember& member : d.members) out += " " + doc(member.doc) + member.name.text;
    return out + '\n';
  }
  std::string operator()(const EntityDecl& d) const {
    std::string out = doc(d.doc) + "entity " + d.name.text + mark(d.damaged);
    if (d.from) out += " from " + escaped(d.from->text);
    if (d.at) out += " at " + escaped(d.at->text);
    out += '\n';
    for (const Field& f : d.fields) out += "  " + field(f) + '\n';
    return out;
  }
  std::string operator()(const FnDecl& d) const {
    std::string out = doc(d.doc) + "fn " + d.name.text + "(";
    for (const FnParam& param : d.params) {
      if (&param != &d.params.front()) out += ", ";
      out += param.name.text + ": " + type(param.type);
    }
    return out + "): " + type(d.result) + " = " + expr(d.body) + '\n';
  }
  std::string operator()(const ParamDecl& d) const {
    std::string out = doc(d.doc) + "param " + d.name.text + ": " + type(d.type);
    if (d.default_value != ExprId::none) out += " = " + expr(d.default_value);
    if (d.bound != ExprId::none) out += " where " + expr(d.bound);
    return out + '\n';
  }
  std::string operator()(const ControlDecl& d) const {
    std::string out = doc(d.doc) + "control " + d.id.text + title(d.title) + mark(d.damaged) + '\n';
    for (const MetadataEntry& entry : d.metadata) {
      out += "  " + entry.key.text;
      for (const Name& value : entry.values) out += " " + escaped(value.text);
      out += '\n';
    }
    for (const EvidenceClause& clause : d.evidence) {
      out += "  evidence";
      for (const Name& entity : clause.entities) out += " " + entity.text;
      if (clause.within != ExprId::none) out += " within " + expr(clause.within);
      out += '\n';
    }
    for (const ParamDecl& param : d.params) out += "  " + (*this)(param);
    for (const CheckDecl& check : d.checks) out += dump_check(check);
    return out;
  }
  std::string operator()(const PackDecl& d) const {
    std::string out = doc(d.doc) + "pack " + d.name.text + title(d.title) + mark(d.damaged) + '\n';
    if (d.version) out += "  version " + escaped(d.version->text) + '\n';
    for (const PackInclude& include : d.includes) out += "  include " + include.module.text + '\n';
    for (const PackSet& set : d.sets) out += "  set " + set.target.text + " = " + expr(set.value) + '\n';
    return out;
  }
  std::string operator()(const UseDecl& d) const { return "use " + d.module.text + '\n'; }
  std::string operator()(const ErrorDecl& d) const { return "error" + (d.name ? " " + d.name->text : "") + '\n'; }

 private:
  static std::string doc(const Doc& doc) { return doc.text.empty() ? "" : "[" + escaped(doc.text) + "] "; }
  static std::string mark(bool damaged) { return damaged ? " (damaged)" : ""; }
  static std::string title(const std::optional<StringLiteral>& title) {
    return title ? " " + escaped(title->text) : std::string();
  }

  std::string operands(const Expr& e) const {
    std::string out;
    for (const ExprId id : e.operands) out += " " + expr(id);
    return out;
  }

  std::string call(const Expr& e) const {
    std::string out = "(call " + e.name.text;
    if (!e.operands.empty()) out += " on " + expr(e.operands[0]);
    for (const Argument& argument : e.arguments) {
      out += " " + (argument.label ? argument.label->text + ": " : "") + expr(argument.value);
    }
    return out + ")";
  }

  std::string query(const Query& q) const {
    std::string out = fmt::format("({}", spelling(q.kind));
    for (const Binding& binding : q.bindings)
      out += fmt::format(" [{} {}]", binding.name.text, expr(binding.collection));
    if (q.where != ExprId::none) out += " where " + expr(q.where);
    if (q.body != ExprId::none) out += " body " + expr(q.body);
    if (q.order != ExprId::none) out += " by " + expr(q.order) + (q.descending ? " desc" : "");
    if (q.range != ExprId::none) out += " range " + expr(q.range);
    return out + ")";
  }

  std::string field(const Field& f) const {
    std::string out = doc(f.doc) + f.name.text + ": " + type(f.type);
    if (f.key) out += " key";
    if (f.via) out += " via " + f.via->text;
    if (f.default_value != ExprId::none) out += " = " + expr(f.default_value);
    if (f.at) out += " at " + escaped(f.at->text);
    return out;
  }

  std::string dump_check(const CheckDecl& check) const {
    std::string out =
        "  " + doc(check.doc) + "check " + check.name.text + title(check.title) + mark(check.damaged) + '\n';
    if (check.for_organization) out += "    for organization\n";
    for (const Step& step : check.steps) {
      switch (step.kind) {
        case StepKind::bind:
          out += fmt::format("    for {} in {}\n", step.name.text, expr(step.value));
          break;
        case StepKind::let:
          out += fmt::format("    let {} = {}\n", step.name.text, expr(step.value));
          break;
        case StepKind::where:
          out += fmt::format("    where {}\n", expr(step.value));
          break;
      }
    }
    for (const Requirement& requirement : check.requirements) {
      out += fmt::format("    require {} else {}\n", expr(requirement.condition), expr(requirement.message));
    }
    if (check.when_empty) out += "    when empty " + check.when_empty->text + '\n';
    if (check.basis) out += "    basis " + check.basis->text + '\n';
    if (check.nature) out += "    nature " + check.nature->text + '\n';
    return out;
  }

  const Tree& tree_;
};

}  // namespace

std::string dump(const Tree& tree) {
  std::string out;
  if (tree.module) {
    out += (tree.module_doc.text.empty() ? "" : "[" + escaped(tree.module_doc.text) + "] ") + "module " +
           tree.module->text + '\n';
  }
  const Dumper dumper(tree);
  for (const Declaration& declaration : tree.declarations) out += std::visit(dumper, declaration);
  return out;
}

std::string dump(const Tree& tree, ExprId id) { return Dumper(tree).expr(id); }
std::string dump(const Tree& tree, TypeExprId id) { return Dumper(tree).type(id); }

}  // namespace writ::tests
