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
      case ExprKind::record: {
        std::string out = "(record";
        for (const Argument& argument : e.arguments)
          out += " " + argument.label->text + ": " + expr(argument.value);
        return out + ")";
      }
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
    for (const EvidenceClause& clause : d.evidence) out += dump_evidence(clause);
    for (const ParamDecl& param : d.params) out += "  " + (*this)(param);
    for (const CheckDecl& check : d.checks) out += dump_check(check);
    for (const TemplateInclude& include : d.includes) {
      out += "  include " + include.name.text + arguments(include.arguments);
      out += (include.alias ? " as " + include.alias->text : std::string()) + '\n';
    }
    return out;
  }
  std::string operator()(const RuleDecl& d) const {
    std::string out = doc(d.doc) + "rule " + d.name.text + "(";
    for (const FnParam& param : d.params) {
      if (&param != &d.params.front()) out += ", ";
      out += param.name.text + ": " + type(param.type);
    }
    return out + ") when " + expr(d.body) + '\n';
  }
  std::string operator()(const DeriveDecl& d) const {
    std::string out = doc(d.doc) + "derive " + d.entity.text + mark(d.damaged) + '\n';
    for (const Step& step : d.steps) out += dump_step(step);
    for (const Requirement& requirement : d.requirements)
      out += fmt::format("    require {} else {}\n", expr(requirement.condition), expr(requirement.message));
    return out + values(d.fields);
  }
  std::string operator()(const TemplateDecl& d) const {
    std::string out = doc(d.doc) + "template " + d.name.text + "(";
    for (const TemplateParam& param : d.arguments) {
      if (&param != &d.arguments.front()) out += ", ";
      out += param.name.text + ": " + type(param.type);
      if (param.default_value != ExprId::none) out += " = " + expr(param.default_value);
    }
    out += ")" + mark(d.damaged) + '\n';
    for (const EvidenceClause& clause : d.evidence) out += dump_evidence(clause);
    for (const ParamDecl& param : d.params) out += "  " + (*this)(param);
    for (const CheckDecl& check : d.checks) out += dump_check(check);
    return out;
  }
  std::string operator()(const ProfileDecl& d) const {
    return doc(d.doc) + "profile " + d.name.text + title(d.title) + mark(d.damaged) + '\n' + dump_sets(d.sets);
  }
  std::string operator()(const WaiveDecl& d) const {
    std::string out = doc(d.doc) + "waive " + d.target.text + keys(d.keys);
    if (d.where != ExprId::none) out += " where " + expr(d.where);
    if (d.from != ExprId::none) out += " from " + expr(d.from);
    if (d.until != ExprId::none) out += " until " + expr(d.until);
    if (d.reason) out += " because " + escaped(d.reason->text);
    if (d.approved_by) out += " approved_by " + escaped(d.approved_by->text);
    return out + '\n';
  }
  std::string operator()(const TestDecl& d) const {
    std::string out = doc(d.doc) + "test " + escaped(d.title.text) + mark(d.damaged) + '\n';
    if (d.now != ExprId::none) out += "  now " + expr(d.now) + '\n';
    if (d.period != ExprId::none) out += "  period " + expr(d.period) + '\n';
    if (d.pack) out += "  pack " + d.pack->text + '\n';
    out += dump_sets(d.sets);
    for (const TestGiven& given : d.givens) {
      out += fmt::format("  given {}{}{}\n", given.none ? "no " : "", given.entity.text, mark(given.damaged));
      out += values(given.fields);
    }
    for (const TestAbsent& absent : d.absent) out += "  absent" + names(absent.entities) + '\n';
    for (const TestCollected& collected : d.collected) {
      out += "  collected" + names(collected.entities) + " at " + expr(collected.at) + '\n';
    }
    for (const WaiveDecl& waive : d.waives) out += "  " + (*this)(waive);
    for (const TestExpect& expect : d.expects) out += dump_expect(expect);
    return out;
  }
  std::string operator()(const PackDecl& d) const {
    std::string out = doc(d.doc) + "pack " + d.name.text + title(d.title) + mark(d.damaged) + '\n';
    if (d.version) out += "  version " + escaped(d.version->text) + '\n';
    for (const PackInclude& include : d.includes) out += "  include " + include.module.text + '\n';
    out += dump_sets(d.sets);
    for (const PackExclude& exclude : d.excludes) {
      out += "  exclude ";
      out += exclude.property ? exclude.property->text + " " + (exclude.value ? exclude.value->text : "_")
                              : exclude.target.text;
      out += " because " + (exclude.reason ? escaped(exclude.reason->text) : "_") + '\n';
    }
    for (const PackName& name : d.names) out += "  " + dump_name(name);
    for (const PackSection& section : d.sections) {
      out += "  section " + escaped(section.title.text) + mark(section.damaged) + '\n';
      for (const PackName& name : section.names) out += "    " + dump_name(name);
    }
    if (!d.profiles.empty()) out += "  profiles" + names(d.profiles) + '\n';
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

  static std::string names(const std::vector<Name>& names) {
    std::string out;
    for (const Name& name : names) out += " " + name.text;
    return out;
  }
  static std::string keys(const std::vector<StringLiteral>& keys) {
    std::string out = keys.empty() ? "" : " for";
    for (const StringLiteral& key : keys) out += " " + escaped(key.text);
    return out;
  }
  static std::string dump_name(const PackName& name) {
    std::string out = "name " + name.control.text + title(name.title);
    if (name.reference) out += " as " + escaped(name.reference->text);
    return out + '\n';
  }
  std::string dump_evidence(const EvidenceClause& clause) const {
    std::string out = "  evidence" + names(clause.entities);
    if (clause.within != ExprId::none) out += " within " + expr(clause.within);
    return out + '\n';
  }
  std::string dump_sets(const std::vector<PackSet>& sets) const {
    std::string out;
    for (const PackSet& set : sets) out += "  set " + set.target.text + " = " + expr(set.value) + '\n';
    return out;
  }
  std::string values(const std::vector<FieldValue>& values) const {
    std::string out;
    for (const FieldValue& value : values) out += "    " + value.name.text + ": " + expr(value.value) + '\n';
    return out;
  }
  std::string arguments(const std::vector<Argument>& arguments) const {
    std::string out;
    for (const Argument& argument : arguments) {
      out += " " + (argument.label ? argument.label->text + ": " : "") + expr(argument.value);
    }
    return out;
  }
  std::string dump_expect(const TestExpect& expect) const {
    std::string out = "  expect ";
    switch (expect.kind) {
      case Expectancy::holds:
        out += "that " + expr(expect.condition);
        break;
      case Expectancy::passes:
        out += expect.target.text + " passes";
        break;
      case Expectancy::fails:
        out += expect.target.text + " fails";
        break;
      case Expectancy::is:
        out += expect.target.text + " is " + (expect.verdict ? expect.verdict->text : "_");
        break;
    }
    out += (expect.only ? " only" : "") + keys(expect.keys);
    if (expect.saying) out += " saying " + escaped(expect.saying->text);
    return out + '\n';
  }

  std::string operands(const Expr& e) const {
    std::string out;
    for (const ExprId id : e.operands) out += " " + expr(id);
    return out;
  }

  std::string call(const Expr& e) const {
    std::string out = "(call " + e.name.text;
    if (!e.operands.empty()) out += " on " + expr(e.operands[0]);
    return out + arguments(e.arguments) + ")";
  }

  std::string query(const Query& q) const {
    std::string out = fmt::format("({}", spelling(q.kind));
    for (const Binding& binding : q.bindings)
      out += fmt::format(" [{} {}]", bound(binding.name, binding.tuple), expr(binding.collection));
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

  static std::string bound(const Name& name, const std::vector<Name>& tuple) {
    return tuple.empty() ? name.text : "(" + names(tuple).substr(1) + ")";
  }

  std::string dump_step(const Step& step) const {
    switch (step.kind) {
      case StepKind::bind:
        return fmt::format("    for {} in {}\n", bound(step.name, step.tuple), expr(step.value));
      case StepKind::let:
        return fmt::format("    let {} = {}\n", step.name.text, expr(step.value));
      case StepKind::where:
        return fmt::format("    where {}\n", expr(step.value));
    }
    return "";
  }

  std::string dump_check(const CheckDecl& check) const {
    std::string out =
        "  " + doc(check.doc) + "check " + check.name.text + title(check.title) + mark(check.damaged) + '\n';
    if (check.for_organization) out += "    for organization\n";
    for (const Step& step : check.steps) out += dump_step(step);
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
