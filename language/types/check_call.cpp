// Calls: of functions of the program, and of built-in ones by their signatures.
#include <fmt/format.h>

#include <algorithm>

#include "language/types/arguments.hpp"
#include "language/types/check_expression.hpp"

namespace writ::types {

using diagnostics::Code;
using language::ExprKind;
using language::index;
using names::SymbolKind;

ExprId ExpressionChecker::call(const syntax::Expr& expr, TypeId hint) {
  const names::Found found = names_.value(expr.name.text);
  if (found.symbol && found.symbol->kind == SymbolKind::broken) return checking_.error(expr.span);
  if (!found.modules.empty()) {
    checking_.report_ambiguous(expr.name, found);
    return checking_.error(expr.span);
  }
  if (found.symbol && found.symbol->kind == SymbolKind::function) {
    return call_function(expr, static_cast<language::FunctionId>(found.symbol->id));
  }
  if (found.symbol && found.symbol->kind == SymbolKind::relation) {
    return call_relation(expr, static_cast<EntityId>(found.symbol->id));
  }
  if (const names::Found type = names_.type(expr.name.text);
      type.symbol && type.symbol->kind == SymbolKind::entity && type.modules.empty()) {
    return made_reference(expr, static_cast<EntityId>(type.symbol->id));
  }
  const auto& builtins = checking_.program.builtins;
  std::uint32_t first = 0;
  while (first < builtins.size() && builtins[first].name != expr.name.text) ++first;
  if (first == builtins.size()) {
    unknown_function(expr);
    return checking_.error(expr.span);
  }
  std::uint32_t count = 1;
  while (first + count < builtins.size() && builtins[first + count].name == expr.name.text) ++count;
  return call_builtin(expr, first, count, hint);
}

void ExpressionChecker::unknown_function(const syntax::Expr& expr) {
  const syntax::Name& name = expr.name;
  if (!expr.operands.empty()) {
    const ExprId receiver = infer(expr.operands[0], unknown).id;
    if (type_of(receiver) == unknown) return;
    if (checking_.field(types().strip_optional(type_of(receiver)), name.text)) {
      checking_.sink
          .add(Code::unknown_function, name.span, fmt::format("`{}` is a field, not a function", name.text),
               "called as a function")
          .fix("read it without parentheses", {name.span.file, name.span.end, expr.span.end}, "");
      return;
    }
  }
  auto& diagnostic = checking_.sink.add(Code::unknown_function, name.span,
                                        fmt::format("there is no function `{}`", name.text), "not known");
  if (const auto modules = names_.value_elsewhere(name.text); !modules.empty()) {
    diagnostic.help(
        fmt::format("`{}` declares it: write `use {}` at the head of the file", modules.front(), modules.front()));
    return;
  }
  std::vector<std::string_view> candidates = names_.value_names();
  for (const language::FunctionEntry& builtin : checking_.program.builtins) candidates.push_back(builtin.name);
  const std::string_view near = diagnostics::nearest(name.text, candidates);
  if (!near.empty()) diagnostic.fix("a similar name is known", name.span, std::string(near));
}

ExprId ExpressionChecker::call_function(const syntax::Expr& expr, language::FunctionId function) {
  checking_.functions_used[index(function)] = true;
  const std::uint32_t count = checking_.program.functions[index(function)].params;
  std::vector<std::string> copies;  // the table of functions may move while arguments are checked
  for (std::uint32_t i = 0; i < count; ++i)
    copies.push_back(checking_.program.functions[index(function)].locals[i].name);
  const auto slots = arranged({copies.begin(), copies.end()}, expr, tree_, &checking_.sink);
  if (!slots) return checking_.error(expr.span);
  std::vector<ExprId> arguments;
  bool sound = true;
  for (std::uint32_t i = 0; i < count; ++i) {
    const language::Local parameter = checking_.program.functions[index(function)].locals[i];
    const Asker asker{parameter.span, "declared as"};
    arguments.push_back(check((*slots)[i], parameter.type, &asker));
    sound = sound && type_of(arguments.back()) != unknown;
  }
  const TypeId result = checking_.program.functions[index(function)].result;
  if (!sound || result == unknown) return checking_.error(expr.span);
  return checking_.add(ExprKind::call, result, expr.span, std::move(arguments), index(function));
}

// A relation that is asked about: is there such a tuple?
ExprId ExpressionChecker::call_relation(const syntax::Expr& expr, EntityId relation) {
  const auto fields = [&]() -> const std::vector<language::FieldDef>& {
    return checking_.program.entity(relation).fields;
  };
  std::vector<std::string_view> labels;
  for (const language::FieldDef& field : fields()) labels.push_back(field.name);
  const auto slots = arranged(labels, expr, tree_, &checking_.sink);
  if (!slots) return checking_.error(expr.span);
  const TypeId tuple = types().entity(relation);
  const LocalId local = add_local({"", tuple, expr.name.span}, false);
  ExprId where = ExprId::none;
  bool sound = true;
  for (std::uint32_t i = 0; i < slots->size(); ++i) {
    const Asker asker{fields()[i].name_span, "declared as"};
    const TypeId type = fields()[i].type;
    const ExprId argument = check((*slots)[i], type, &asker);
    sound = sound && type_of(argument) != unknown;
    const Span span = span_of(argument);
    const ExprId record = checking_.add(ExprKind::local, tuple, span, {}, index(local));
    const ExprId column = checking_.add(ExprKind::field, type, span, {record}, i);
    const ExprId same = checking_.add(ExprKind::equal, simple(Kind::boolean), span, {column, argument});
    where = where == ExprId::none
                ? same
                : checking_.add(ExprKind::logical_and, simple(Kind::boolean), span, {where, same});
  }
  if (!sound) return checking_.error(expr.span);
  language::Query query;
  query.kind = syntax::QueryKind::some;
  const ExprId all = checking_.add(ExprKind::all, types().list(tuple), expr.name.span, {}, index(relation));
  query.clauses.push_back({local, all});
  query.where = where;
  const auto ref = static_cast<std::uint32_t>(checking_.program.queries.size());
  checking_.program.queries.push_back(std::move(query));
  return checking_.add(ExprKind::query, simple(Kind::boolean), expr.span, {}, ref);
}

namespace {

// Whether a literal whose type hangs on its context could be what a parameter takes.
bool plausible(const syntax::Tree& tree, SyntaxId id, const TypeTable& types, TypeId hint) {
  const Kind kind = types.kind(types.strip_optional(hint));
  if (kind == Kind::error) return true;
  const syntax::Expr& expr = tree.expr(id);
  switch (expr.kind) {
    case syntax::ExprKind::integer:
      return kind == Kind::integer || kind == Kind::floating;
    case syntax::ExprKind::string:
    case syntax::ExprKind::raw_string:
      return kind == Kind::string || kind == Kind::network;
    case syntax::ExprKind::missing:
      return types.is_optional(hint);
    case syntax::ExprKind::identifier:
      return kind == Kind::enumeration;
    case syntax::ExprKind::list:
    case syntax::ExprKind::set:
      return kind == Kind::list || kind == Kind::set;
    case syntax::ExprKind::unary:
    case syntax::ExprKind::parenthesis:
      return plausible(tree, expr.operands[0], types, hint);
    default:
      return true;
  }
}

}  // namespace

ExprId ExpressionChecker::call_builtin(const syntax::Expr& expr, std::uint32_t first, std::uint32_t count,
                                       TypeId hint) {
  const auto names_of = [&](std::uint32_t builtin) {
    std::vector<std::string_view> names;
    for (const Parameter& parameter : checking_.signatures[builtin].parameters) names.push_back(parameter.name);
    return names;
  };
  // Arguments whose types hang on nothing are typed once, for all forms of the function.
  const std::vector<Given> given = given_arguments(expr);
  std::vector<std::pair<SyntaxId, ExprId>> strong;
  const auto typed = [&](SyntaxId id) {
    const auto known =
        std::find_if(strong.begin(), strong.end(), [&](const auto& entry) { return entry.first == id; });
    return known == strong.end() ? ExprId::none : known->second;
  };
  for (const Given& argument : given) {
    if (!is_weak(argument.value)) strong.emplace_back(argument.value, infer_finished(argument.value, unknown));
  }
  for (const auto& [id, checked] : strong) {
    if (type_of(checked) == unknown) return checking_.error(expr.span);
  }
  std::optional<std::uint32_t> chosen;
  std::optional<std::uint32_t> of_arity;
  for (std::uint32_t builtin = first; builtin < first + count && !chosen; ++builtin) {
    const auto slots = arranged(names_of(builtin), expr, tree_, nullptr);
    if (!slots) continue;
    if (!of_arity) of_arity = builtin;
    Match match(checking_.signatures[builtin], checking_.program);
    bool all_fit = true;
    for (std::size_t i = 0; i < slots->size() && all_fit; ++i) {
      const ExprId checked = typed((*slots)[i]);
      if (checked != ExprId::none) all_fit = match.accept(i, type_of(checked)) != Fit::no;
    }
    for (std::size_t i = 0; i < slots->size() && all_fit; ++i) {
      if (typed((*slots)[i]) == ExprId::none) all_fit = plausible(tree_, (*slots)[i], types(), match.hint(i));
    }
    if (all_fit) chosen = builtin;
  }
  if (!chosen && count > 1 && of_arity) {
    auto& diagnostic = checking_.sink.add(Code::type_mismatch, expr.name.span,
                                          fmt::format("no form of `{}` takes these arguments", expr.name.text), "");
    for (const auto& [id, checked] : strong)
      diagnostic.label(span_of(checked), fmt::format("this is `{}`", spelling(type_of(checked))));
    for (std::uint32_t builtin = first; builtin < first + count; ++builtin) {
      diagnostic.note(
          fmt::format("there is `{}{}`", expr.name.text, checking_.program.builtins[builtin].signature));
    }
    return checking_.error(expr.span);
  }
  const std::uint32_t builtin = chosen.value_or(of_arity.value_or(first));
  const auto slots = arranged(names_of(builtin), expr, tree_, &checking_.sink);
  if (!slots) return checking_.error(expr.span);
  Match match(checking_.signatures[builtin], checking_.program);
  std::vector<ExprId> arguments(slots->size(), ExprId::none);
  const auto take = [&](std::size_t i, ExprId argument) {
    arguments[i] = argument;
    if (type_of(argument) == unknown) return false;
    const Fit fit = match.accept(i, type_of(argument));
    if (fit == Fit::yes) return true;
    if (fit == Fit::when_present) {
      not_narrowed(argument, fmt::format("{} is needed", match.expected(i)));
    } else {
      checking_.sink
          .add(Code::type_mismatch, span_of(argument),
               fmt::format("`{}` takes {} as its `{}`, found `{}`", expr.name.text, match.expected(i),
                           checking_.signatures[builtin].parameters[i].name, spelling(type_of(argument))),
               fmt::format("this is `{}`", spelling(type_of(argument))))
          .note(fmt::format("it is declared as `{}{}`", expr.name.text,
                            checking_.program.builtins[builtin].signature));
    }
    return false;
  };
  for (std::size_t i = 0; i < slots->size(); ++i) {
    const ExprId checked = typed((*slots)[i]);
    if (checked != ExprId::none && !take(i, checked)) return checking_.error(expr.span);
  }
  // Arguments that hang on each other alone take their elements' type from what the call is expected to give.
  const TypeId expected = types().strip_optional(hint);
  for (std::size_t i = 0; i < slots->size(); ++i) {
    if (arguments[i] != ExprId::none) continue;
    TypeId wanted = match.hint(i);
    if (has_error(types(), wanted) && types().is_collection(types().strip_optional(wanted)) &&
        types().is_collection(expected))
      wanted = expected;
    if (!take(i, infer(slots->at(i), wanted).id)) return checking_.error(expr.span);
  }
  for (std::size_t i = 0; i < slots->size(); ++i) {
    const Pattern::Written written = checking_.signatures[builtin].parameters[i].written;
    if (written == Pattern::Written::regex && !regex(slots->at(i))) return checking_.error(expr.span);
    if (written == Pattern::Written::time_format && !is_time_format(slots->at(i)))
      return checking_.error(expr.span);
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) arguments[i] = convert(arguments[i], match.wanted(i));
  return checking_.add(ExprKind::builtin, match.result(), expr.span, std::move(arguments), builtin);
}

}  // namespace writ::types
