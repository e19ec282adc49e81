// Derivations of records: what they run over, and what becomes the fields of the record.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "language/dependencies/walk.hpp"
#include "language/types/check_declaration.hpp"
#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using language::DerivationDef;
using language::Expr;
using language::ExprKind;
using language::index;

namespace {

class DerivationChecker {
 public:
  DerivationChecker(Checking& checking, std::uint32_t file, const syntax::DeriveDecl& decl, EntityId target)
      : checking_(checking), file_(file), decl_(decl), expressions_(checking, file, def_.locals, std::nullopt) {
    def_.target = target;
    def_.span = decl.entity.span;
  }

  void run() {
    if (decl_.damaged || checking_.broken(decl_.span)) expressions_.forgive_names();
    check_steps(checking_, expressions_, decl_.steps, def_.steps);
    check_requirements(expressions_, decl_.requirements, def_.requirements);
    def_.values.resize(entity().fields.size(), ExprId::none);
    expressions_.allow_made_records();
    for (const syntax::FieldValue& value : decl_.fields) add(value);
    require_all();
    for (const LocalId local : expressions_.unused())
      checking_.unused_locals.push_back({file_, def_.locals[index(local)]});
    checking_.program.derivations.push_back(std::move(def_));
  }

 private:
  const language::EntityDef& entity() const { return checking_.program.entity(def_.target); }

  void add(const syntax::FieldValue& value) {
    const TypeId type = checking_.program.types.entity(def_.target);
    const std::optional<std::uint32_t> field = checking_.field(type, value.name.text);
    if (!field) {
      expressions_.unknown_field(type, value.name);
      return;
    }
    const auto [first, is_new] = given_.emplace(*field, value.name.span);
    if (!is_new) {
      checking_.sink
          .add(Code::duplicate_name, value.name.span, fmt::format("`{}` is given twice", value.name.text),
               "given again here")
          .label(first->second, "first given here");
      return;
    }
    const language::FieldDef def = entity().fields[*field];
    if (def.inverse) {
      const language::EntityDef& other = checking_.program.entity(def.inverse_entity);
      checking_.sink
          .add(Code::invalid_derivation, value.name.span,
               fmt::format("`{}` is an inverse, and holds nothing of its own", value.name.text),
               fmt::format("the records of `{}` that refer to this one", other.name))
          .help(fmt::format("derive the other side: `derive {} from … {{ {}: … }}`", other.name,
                            other.fields.size() > def.inverse_field ? other.fields[def.inverse_field].name : "…"));
      return;
    }
    if (value.value == SyntaxId::none) return;
    const Asker asker{def.name_span, "declared as"};
    const ExprId made = expressions_.check(value.value, def.type, def.type == unknown ? nullptr : &asker);
    def_.values[*field] = made;
    if (checking_.type(made) != unknown) keep_made(made);
  }

  bool makes(ExprId id) const {
    bool found = false;
    dependencies::Walk(checking_.program).run(id, [&](const Expr& part) {
      found = found || part.kind == ExprKind::reference || part.kind == ExprKind::record;
    });
    return found;
  }

  // What is made here is no record yet: it can become a field or a part of one, and nothing can be read of it.
  void keep_made(ExprId id) {
    const Expr expr = checking_.program.expr(id);
    const auto refuse = [&](ExprId part) {
      if (part == ExprId::none || !makes(part)) return;
      const Span span = checking_.program.expr(part).span;
      checking_.sink
          .add(Code::invalid_derivation, span, "something is asked of a record that is only made here",
               "the record itself can be a field's value, and no more")
          .help("ask what it is made of");
    };
    switch (expr.kind) {
      case ExprKind::reference:
      case ExprKind::record:
      case ExprKind::list:
      case ExprKind::set:
      case ExprKind::widen:
      case ExprKind::present:
      case ExprKind::coalesce:
        for (const ExprId operand : expr.operands) keep_made(operand);
        return;
      case ExprKind::conditional:
        refuse(expr.operands[0]);
        keep_made(expr.operands[1]);
        keep_made(expr.operands[2]);
        return;
      case ExprKind::query: {
        const language::Query query = checking_.program.queries[expr.ref];
        const bool collects =
            query.kind == language::QueryKind::collect_list || query.kind == language::QueryKind::collect_set;
        if (!collects) return refuse(id);
        for (const language::Clause& clause : query.clauses) refuse(clause.collection);
        refuse(query.where);
        refuse(query.order);
        keep_made(query.body);
        return;
      }
      default:
        refuse(id);
    }
  }

  // Fields that are left out are missing, or have their default.
  void require_all() {
    std::string lacking;
    Span declared;
    for (std::uint32_t i = 0; i < entity().fields.size(); ++i) {
      const language::FieldDef& field = entity().fields[i];
      if (field.inverse || given_.contains(i)) continue;
      if (field.has_default) {
        def_.values[i] = field.default_value;
        continue;
      }
      if (checking_.program.types.is_optional(field.type) || field.type == unknown) continue;
      if (lacking.empty()) declared = field.name_span;
      lacking += fmt::format("{}`{}`", lacking.empty() ? "" : ", ", field.name);
    }
    if (lacking.empty() || decl_.damaged || checking_.broken(decl_.span)) return;
    checking_.sink
        .add(Code::invalid_derivation, decl_.entity.span,
             fmt::format("`{}` is derived without {}", entity().name, lacking), "records must have it")
        .label(declared, "always there");
  }

  Checking& checking_;
  std::uint32_t file_;
  const syntax::DeriveDecl& decl_;
  DerivationDef def_;
  ExpressionChecker expressions_;
  std::map<std::uint32_t, Span> given_;  // by field
};

// Records are derived once, before any rule: neither parameters nor relations can be part of it.
class Inputs {
 public:
  explicit Inputs(Checking& checking) : checking_(checking), functions_(checking.program.functions.size()) {}

  void check(const DerivationDef& derivation) {
    bool reported = false;
    dependencies::for_each_root(derivation, [&](ExprId root) {
      if (root == ExprId::none || reported) return;
      dependencies::Walk(checking_.program).run(root, [&](const Expr& expr) {
        std::string what = of(expr);
        if (what.empty() && expr.kind == ExprKind::call) {
          what = of_function(expr.ref);
          if (!what.empty())
            what =
                fmt::format("the function `{}`, which uses {}", checking_.program.functions[expr.ref].name, what);
        }
        if (what.empty() || reported) return;
        reported = true;
        checking_.sink
            .add(Code::invalid_derivation, expr.span, fmt::format("a derivation uses {}", what),
                 "known only when checks are evaluated")
            .note("records are derived once, before any check; packs and runs that set a parameter share them");
      });
    });
  }

 private:
  std::string of(const Expr& expr) const {
    if (expr.kind == ExprKind::param)
      return fmt::format("the parameter `{}`", checking_.program.params[expr.ref].qualified_name);
    if (expr.kind == ExprKind::all && checking_.program.entities[expr.ref].relation)
      return fmt::format("the rule `{}`", checking_.program.entities[expr.ref].name);
    return "";
  }

  std::string of_function(std::uint32_t id) {
    Known& known = functions_[id];
    if (known.entered) return known.what;
    known.entered = true;
    std::vector<std::uint32_t> calls;
    std::string what;
    dependencies::Walk(checking_.program).run(checking_.program.functions[id].body, [&](const Expr& expr) {
      if (what.empty()) what = of(expr);
      if (expr.kind == ExprKind::call) calls.push_back(expr.ref);
    });
    for (const std::uint32_t call : calls) {
      if (what.empty()) what = of_function(call);
    }
    functions_[id].what = what;
    return what;
  }

  struct Known {
    bool entered = false;
    std::string what;
  };

  Checking& checking_;
  std::vector<Known> functions_;
};

}  // namespace

void check_derivations(Checking& checking) {
  const std::size_t first = checking.program.derivations.size();
  for (const auto& [decl, file] : checking.declarations.derivations) {
    const std::optional<EntityId> target = find_entity(checking, file, decl->entity);
    if (target) DerivationChecker(checking, file, *decl, *target).run();
  }
  Inputs inputs(checking);
  for (std::size_t i = first; i < checking.program.derivations.size(); ++i)
    inputs.check(checking.program.derivations[i]);
}

}  // namespace writ::types
