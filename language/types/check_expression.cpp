#include "language/types/check_expression.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace writ::types {

using diagnostics::Code;
using language::ExprKind;
using language::index;

namespace {

// Nesting and chains of operators together. The parser bounds each; together they stay within a thread's stack.
constexpr int max_depth = 1250;

}  // namespace

ExpressionChecker::ExpressionChecker(Checking& checking, std::uint32_t file, std::vector<language::Local>& locals,
                                     std::optional<language::ControlId> control)
    : checking_(checking),
      tree_(checking.tree(file)),
      names_(checking.modules, checking.declarations, file),
      locals_(locals),
      control_(control),
      places_(checking.program) {}

ExprId ExpressionChecker::check(SyntaxId id, TypeId expected, const Asker* asker) {
  if (expected == unknown) return infer_finished(id, unknown);
  return coerce(infer(id, expected).id, expected, id, asker);
}

Typed ExpressionChecker::condition(SyntaxId id) {
  const TypeId boolean = simple(Kind::boolean);
  Typed typed = infer(id, boolean);
  typed.id = coerce(typed.id, boolean, id);
  return typed;
}

ExprId ExpressionChecker::collection(SyntaxId id, TypeId& element) {
  const ExprId over = infer_finished(id, unknown);
  const TypeId type = type_of(over);
  element = unknown;
  if (types().is_collection(type)) {
    element = types().at(type).element;
    return over;
  }
  if (type == unknown) return over;
  if (types().is_optional(type) && types().is_collection(types().strip_optional(type))) {
    not_narrowed(over, "its elements are asked for");
    return over;
  }
  auto& diagnostic = checking_.sink.add(Code::not_a_collection, span_of(over),
                                        fmt::format("{} is not a collection", quoted(span_of(over))),
                                        fmt::format("this is `{}`", spelling(type)));
  if (kind_of(types().strip_optional(type)) == Kind::range) {
    diagnostic.help("a range has a start and an end; `in` asks whether something lies between them");
  } else {
    diagnostic.help("run over an entity, a list or a set");
  }
  return over;
}

LocalId ExpressionChecker::declare(const syntax::Name& name, TypeId type, bool must_be_used) {
  const auto report = [&](Span first, const std::string& what) {
    checking_.sink
        .add(Code::shadowed_name, name.span, fmt::format("`{}` hides another name", name.text),
             "give it a name of its own")
        .label(first, what);
  };
  if (const auto alive = by_name_.find(name.text); alive != by_name_.end() && !alive->second.empty()) {
    report(locals_[index(alive->second.back())].span, fmt::format("the outer `{}`", name.text));
  } else if (name.text == "now" || name.text == "today" || name.text == "period") {
    checking_.sink.add(Code::shadowed_name, name.span,
                       fmt::format("`{}` hides the predefined `{}`", name.text, name.text),
                       "give it a name of its own");
  } else if (const auto other = variable(name); other) {
    const language::Expr& expr = checking_.program.expr(*other);
    if (expr.kind == ExprKind::param)
      report(checking_.program.params[expr.ref].name_span, fmt::format("the parameter `{}`", name.text));
  }
  const LocalId id = add_local({name.text, type, name.span}, must_be_used);
  by_name_[name.text].push_back(id);
  scope_.push_back(id);
  return id;
}

LocalId ExpressionChecker::add_local(language::Local local, bool must_be_used) {
  const auto id = static_cast<LocalId>(locals_.size());
  locals_.push_back(std::move(local));
  used_.push_back(false);
  must_be_used_.push_back(must_be_used);
  return id;
}

const language::EntityDef* ExpressionChecker::relation(TypeId type) const {
  if (kind_of(type) != Kind::entity) return nullptr;
  const language::EntityDef& entity = checking_.program.entities[types().at(type).decl];
  return entity.relation ? &entity : nullptr;
}

ExpressionChecker::Binder ExpressionChecker::bind(const syntax::Name& name, const std::vector<syntax::Name>& tuple,
                                                  ExprId over, TypeId element) {
  if (tuple.empty()) return {declare(name, element, false), {}};
  const Span span{tuple.front().span.file, tuple.front().span.begin, tuple.back().span.end};
  const language::EntityDef* of = relation(element);
  std::vector<TypeId> column_types(tuple.size(), unknown);
  if (of == nullptr) {
    if (element != unknown) {
      checking_.sink
          .add(Code::type_mismatch, span,
               fmt::format("a tuple is taken apart, and {} holds `{}`", quoted(span_of(over)), spelling(element)),
               "one name expected")
          .help("relations, which `rule` declares, hold tuples");
    }
  } else if (of->fields.size() != tuple.size()) {
    checking_.sink
        .add(Code::wrong_arguments, span,
             fmt::format("`{}` relates {} value{}, and {} are named", of->name, of->fields.size(),
                         of->fields.size() == 1 ? "" : "s", tuple.size()),
             fmt::format("{} names expected", of->fields.size()))
        .label(of->name_span, "declared here");
  } else {
    for (std::size_t i = 0; i < tuple.size(); ++i) column_types[i] = of->fields[i].type;
  }
  Binder binder{add_local({"", element, span}, false), {}};
  for (std::uint32_t i = 0; i < tuple.size(); ++i) {
    binder.columns.push_back(declare(tuple[i], column_types[i], false));
    if (column_types[i] != unknown) columns_[index(binder.columns.back())] = {binder.local, i};
  }
  return binder;
}

void ExpressionChecker::adopt(const ExpressionChecker& other) {
  by_name_ = other.by_name_;
  columns_ = other.columns_;
  scope_ = other.scope_;
  places_.adopt(other.places_);
  must_be_used_ = other.must_be_used_;
  must_be_used_.resize(locals_.size(), false);
  used_.assign(locals_.size(), false);
}

std::vector<LocalId> ExpressionChecker::unused() const {
  std::vector<LocalId> out;
  for (std::size_t i = 0; i < used_.size(); ++i) {
    if (must_be_used_[i] && !used_[i]) out.push_back(static_cast<LocalId>(i));
  }
  return out;
}

void ExpressionChecker::restore(Mark mark) {
  while (scope_.size() > mark.scope) {
    by_name_[locals_[index(scope_.back())].name].pop_back();
    scope_.pop_back();
  }
  places_.restore(mark.known);
}

Typed ExpressionChecker::infer(SyntaxId id, TypeId hint, Use use) {
  if (id == SyntaxId::none) return {checking_.error({tree_.file, 0, 0}), {}};
  if (depth_ >= max_depth) {
    checking_.sink.add(Code::nesting_too_deep, syntax_of(id).span, "this expression is nested too deeply",
                       fmt::format("more than {} levels", max_depth));
    return {checking_.error(syntax_of(id).span), {}};
  }
  ++depth_;
  Typed typed = infer_kind(id, hint, use);
  --depth_;
  if (use == Use::value) typed.id = narrowed(typed.id);
  return typed;
}

Typed ExpressionChecker::infer_kind(SyntaxId id, TypeId hint, Use use) {
  const syntax::Expr& expr = syntax_of(id);
  switch (expr.kind) {
    case syntax::ExprKind::error:
      return {checking_.error(expr.span), {}};
    case syntax::ExprKind::integer:
    case syntax::ExprKind::decimal:
    case syntax::ExprKind::percentage:
      return {number(expr, hint, false), {}};
    case syntax::ExprKind::boolean:
      return {checking_.literal(expr.text == "true", simple(Kind::boolean), expr.span), {}};
    case syntax::ExprKind::missing:
      return {checking_.add(ExprKind::missing, types().is_optional(hint) ? hint : simple(Kind::missing), expr.span),
              {}};
    case syntax::ExprKind::string:
      return {string(expr, hint), {}};
    case syntax::ExprKind::raw_string:
      return {text_literal(expr.text, expr.span, hint), {}};
    case syntax::ExprKind::date:
      return {date(expr), {}};
    case syntax::ExprKind::timestamp:
      return {timestamp(expr), {}};
    case syntax::ExprKind::quantity:
      return {quantity(expr, false), {}};
    case syntax::ExprKind::list:
    case syntax::ExprKind::set:
      return {elements(expr, hint), {}};
    case syntax::ExprKind::record:
      return {made_record(expr, hint), {}};
    case syntax::ExprKind::identifier:
      return {identifier(expr, hint), {}};
    case syntax::ExprKind::member:
      return {member(expr, id), {}};
    case syntax::ExprKind::safe_member:
      return {safe_member(expr), {}};
    case syntax::ExprKind::call:
      return {call(expr, hint), {}};
    case syntax::ExprKind::unary:
      return unary(expr, hint);
    case syntax::ExprKind::binary:
      return binary(expr);
    case syntax::ExprKind::presence:
      return presence(expr);
    case syntax::ExprKind::coalesce:
      return coalesce(expr, hint);
    case syntax::ExprKind::range:
      return {range(expr), {}};
    case syntax::ExprKind::conditional:
      return conditional(expr, hint);
    case syntax::ExprKind::query:
      return {query(expr, hint), {}};
    case syntax::ExprKind::parenthesis:
      return infer(expr.operands[0], hint, use);
  }
  return {checking_.error(expr.span), {}};
}

ExprId ExpressionChecker::infer_finished(SyntaxId id, TypeId hint) { return finished(infer(id, hint).id); }

ExprId ExpressionChecker::finished(ExprId id) {
  if (!has_missing(types(), type_of(id))) return id;
  checking_.sink
      .add(Code::needs_type, span_of(id), "nothing here says of what type `missing` is", "its type cannot be told")
      .help(
          "`missing` takes its type from where it stands: another branch of an `if`, a declared result, a "
          "comparison");
  return checking_.error(span_of(id));
}

ExprId ExpressionChecker::narrowed(ExprId id) {
  const TypeId type = type_of(id);
  if (!types().is_optional(type)) return id;
  const Place place = places_.of(id);
  if (place == 0 || !places_.known(place)) return id;
  return checking_.add(ExprKind::present, types().strip_optional(type), span_of(id), {id});
}

Typed ExpressionChecker::conditional(const syntax::Expr& expr, TypeId hint) {
  const Typed test = condition(expr.operands[0]);
  const auto branch = [&](SyntaxId id, const Known& known, TypeId branch_hint) {
    const std::size_t mark = places_.mark();
    places_.assume(known);
    Typed typed = infer(id, branch_hint);
    places_.restore(mark);
    return typed;
  };
  Typed then;
  Typed otherwise;
  // A branch whose type hangs on its context takes it from the other one, where that is not what was hinted at.
  const auto hint_beside = [&](const Typed& other) {
    return hint == unknown || !join(types(), type_of(other.id), hint) ? type_of(other.id) : hint;
  };
  if (is_weak(expr.operands[1]) && !is_weak(expr.operands[2])) {
    otherwise = branch(expr.operands[2], test.outcome.when_false, hint);
    then = branch(expr.operands[1], test.outcome.when_true, hint_beside(otherwise));
  } else {
    then = branch(expr.operands[1], test.outcome.when_true, hint);
    otherwise = branch(expr.operands[2], test.outcome.when_false, hint_beside(then));
  }
  const std::optional<TypeId> joined = join(types(), type_of(then.id), type_of(otherwise.id));
  if (!joined) {
    checking_.sink
        .add(Code::type_mismatch, span_of(otherwise.id), "the branches of this `if` have two types",
             fmt::format("this is `{}`", spelling(type_of(otherwise.id))))
        .label(span_of(then.id), fmt::format("this is `{}`", spelling(type_of(then.id))));
    return {checking_.error(expr.span), {}};
  }
  const auto made = [&](ExprId id) { return kind_of(*joined) == Kind::missing ? id : convert(id, *joined); };
  Typed out;
  const ExprId first = made(then.id);
  const ExprId second = made(otherwise.id);
  out.id = checking_.add(ExprKind::conditional, *joined, expr.span, {test.id, first, second});
  if (kind_of(*joined) == Kind::boolean) {
    // A branch that is written out as `false` is not the one that made the whole true.
    const auto never = [&](ExprId branch_id, bool value) {
      const language::Expr& made_branch = checking_.program.expr(branch_id);
      return made_branch.kind == ExprKind::literal &&
             std::get<bool>(checking_.program.literals[made_branch.ref]) != value;
    };
    const auto told = [&](bool value) {
      const auto side = [value](const Outcome& outcome) -> const Known& {
        return value ? outcome.when_true : outcome.when_false;
      };
      const Known by_first = both(test.outcome.when_true, side(then.outcome));
      const Known by_second = both(test.outcome.when_false, side(otherwise.outcome));
      if (never(first, value)) return by_second;
      if (never(second, value)) return by_first;
      return either(by_first, by_second);
    };
    out.outcome = {told(true), told(false)};
  }
  return out;
}

ExprId ExpressionChecker::convert(ExprId id, TypeId wanted) {
  const TypeId have = type_of(id);
  if (have == wanted || has_error(types(), have) || has_error(types(), wanted)) return id;
  const Span span = span_of(id);
  if (kind_of(have) == Kind::missing) {
    // An `if` of which every branch is missing has it inside, too.
    std::vector<ExprId> open{id};
    while (!open.empty()) {
      language::Expr& expr = checking_.program.exprs[index(open.back())];
      open.pop_back();
      if (kind_of(expr.type) != Kind::missing) continue;
      expr.type = wanted;
      if (expr.kind == ExprKind::conditional)
        open.insert(open.end(), expr.operands.begin() + 1, expr.operands.end());
    }
    return id;
  }
  if (kind_of(have) == Kind::integer) {
    const TypeId floating = simple(Kind::floating);
    if (types().strip_optional(wanted) == floating) {
      const language::Expr& expr = checking_.program.expr(id);
      if (expr.kind == ExprKind::literal) {
        id = checking_.literal(static_cast<double>(std::get<std::int64_t>(checking_.program.literals[expr.ref])),
                               floating, span);
      } else {
        id = checking_.add(ExprKind::widen, floating, span, {id});
      }
      if (wanted == floating) return id;
    }
  }
  return checking_.add(ExprKind::widen, wanted, span, {id});
}

ExprId ExpressionChecker::coerce(ExprId id, TypeId expected, SyntaxId at, const Asker* asker) {
  if (expected == unknown) return finished(id);
  if (fits(types(), type_of(id), expected)) return convert(id, expected);
  mismatch(id, expected, at, asker);
  return checking_.error(span_of(id));
}

// Whether the type of an expression hangs on its context.
bool ExpressionChecker::is_weak(SyntaxId id) const {
  if (id == SyntaxId::none) return false;
  const syntax::Expr& expr = syntax_of(id);
  switch (expr.kind) {
    case syntax::ExprKind::integer:
    case syntax::ExprKind::missing:
    case syntax::ExprKind::raw_string:
      return true;
    case syntax::ExprKind::string:
      return plain_text(id).has_value();
    case syntax::ExprKind::identifier: {
      const std::string& name = expr.name.text;
      if (name == "now" || name == "today" || name == "period") return false;
      if (const auto alive = by_name_.find(name); alive != by_name_.end() && !alive->second.empty()) return false;
      if (control_) {
        for (const language::ParamId param : checking_.program.controls[index(*control_)].params) {
          if (checking_.program.params[index(param)].name == name) return false;
        }
      }
      const auto value = names_.value(name).symbol;
      return !(value && value->kind != names::SymbolKind::function) && !names_.type(name).symbol;
    }
    case syntax::ExprKind::list:
    case syntax::ExprKind::set:
      return expr.operands.empty() || std::any_of(expr.operands.begin(), expr.operands.end(),
                                                  [this](SyntaxId item) { return is_weak(item); });
    case syntax::ExprKind::unary:
      return expr.unary == syntax::UnaryOp::negate && is_weak(expr.operands[0]);
    case syntax::ExprKind::parenthesis:
      return is_weak(expr.operands[0]);
    case syntax::ExprKind::conditional:
      return is_weak(expr.operands[1]) && is_weak(expr.operands[2]);
    default:
      return false;
  }
}

}  // namespace writ::types
