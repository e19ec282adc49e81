// What is derived in which order. A target that needs itself is computed by repetition until nothing new comes;
// that ends, and means something, only where it needs no more than that its own tuples are there: a negation, an
// aggregate or a function asks about all of them, and a value that is computed might be a new one each time.
#include <fmt/format.h>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <deque>
#include <map>
#include <optional>
#include <set>

#include "language/dependencies/walk.hpp"
#include "language/types/check_declaration.hpp"

namespace writ::types {

using diagnostics::Code;
using language::DerivationDef;
using language::Expr;
using language::ExprKind;
using language::index;
using language::Step;
using language::StepKind;

namespace {

// One target's derivation uses another target.
struct Use {
  std::uint32_t from = 0;  // entities
  std::uint32_t to = 0;
  std::uint32_t derivation = 0;
  bool whole = false;  // all of its records must be known before
  Span span;
  std::string through;  // the function that uses it
};

class Strata {
 public:
  explicit Strata(Checking& checking)
      : checking_(checking),
        program_(checking.program),
        walk_(checking.program),
        is_target_(program_.entities.size()) {}

  void run() {
    if (program_.derivations.empty()) return;
    for (const DerivationDef& derivation : program_.derivations) is_target_[index(derivation.target)] = true;
    function_targets_.resize(program_.functions.size());
    entered_.resize(program_.functions.size());
    for (std::uint32_t id = 0; id < program_.derivations.size(); ++id) find_uses(id);
    group();
    for (const Use& use : uses_) {
      if (use.whole && component_[use.from] == component_[use.to]) report_cycle(use);
    }
    for (std::uint32_t id = 0; id < program_.derivations.size(); ++id) {
      const DerivationDef& derivation = program_.derivations[id];
      if (is_recursive(id) && program_.entity(derivation.target).relation) check_columns(derivation);
    }
  }

 private:
  // The targets that a function uses, directly or through others.
  const std::set<std::uint32_t>& targets_of(std::uint32_t function) {
    std::set<std::uint32_t>& targets = function_targets_[function];
    if (entered_[function]) return targets;
    entered_[function] = true;
    std::vector<std::uint32_t> calls;
    dependencies::Walk(program_).run(program_.functions[function].body, [&](const Expr& expr) {
      if (expr.kind == ExprKind::all && is_target_[expr.ref]) targets.insert(expr.ref);
      if (const auto read = read_of(expr); read && is_target_[*read]) targets.insert(*read);
      if (expr.kind == ExprKind::call) calls.push_back(expr.ref);
    });
    for (const std::uint32_t call : calls) {
      const std::set<std::uint32_t> below = targets_of(call);
      targets.insert(below.begin(), below.end());
    }
    return targets;
  }

  void find_uses(std::uint32_t id) {
    const DerivationDef& derivation = program_.derivations[id];
    const auto use = [&](std::uint32_t to, bool whole, Span span, std::string through) {
      uses_.push_back({index(derivation.target), to, id, whole, span, std::move(through)});
    };
    const auto all_within = [&](language::ExprId root) {
      walk_.run(root, [&](const Expr& expr) {
        if (expr.kind == ExprKind::all && is_target_[expr.ref]) use(expr.ref, true, expr.span, "");
        if (const auto read = read_of(expr); read && is_target_[*read]) use(*read, true, expr.span, "");
        if (expr.kind != ExprKind::call) return;
        for (const std::uint32_t to : targets_of(expr.ref))
          use(to, true, expr.span, program_.functions[expr.ref].name);
      });
    };
    for (const Step& step : derivation.steps) {
      const Expr& value = program_.expr(step.value);
      if (step.kind == StepKind::bind && value.kind == ExprKind::all) {
        // Records are made once: a derivation cannot go on from what it makes.
        const bool whole = !program_.entity(derivation.target).relation;
        if (is_target_[value.ref]) use(value.ref, whole, value.span, "");
      } else {
        all_within(step.value);
      }
    }
    for (const language::Requirement& requirement : derivation.requirements) {
      all_within(requirement.condition);
      if (requirement.message != language::ExprId::none) all_within(requirement.message);
    }
    for (const language::ExprId value : derivation.values) {
      if (value != language::ExprId::none) all_within(value);
    }
  }

  // The entity of whose records a field is read, whose records an inverse holds, or of which it is asked whether a
  // reference leads to a record of it.
  std::optional<std::uint32_t> read_of(const Expr& expr) const {
    if (expr.kind == ExprKind::is_present || expr.kind == ExprKind::is_dangling ||
        expr.kind == ExprKind::coalesce) {
      const Type& asked = program_.types.at(program_.types.strip_optional(checking_.type(expr.operands[0])));
      if (asked.kind != Kind::entity || program_.entities[asked.decl].relation) return std::nullopt;
      return asked.decl;
    }
    if (expr.kind != ExprKind::field && expr.kind != ExprKind::safe_field) return std::nullopt;
    const Type& object = program_.types.at(program_.types.strip_optional(checking_.type(expr.operands[0])));
    if (object.kind != Kind::entity || program_.entities[object.decl].relation) return std::nullopt;
    const language::FieldDef& field = program_.entities[object.decl].fields[expr.ref];
    return field.inverse ? index(field.inverse_entity) : object.decl;
  }

  // Components come in an order in which each stands behind those that it uses.
  void group() {
    using Targets = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
    Targets graph(program_.entities.size());
    for (const Use& use : uses_) boost::add_edge(use.from, use.to, graph);
    component_.resize(program_.entities.size());
    const std::size_t components = boost::strong_components(
        graph, boost::make_iterator_property_map(component_.begin(), boost::get(boost::vertex_index, graph)));
    std::vector<language::Stratum> strata(components);
    for (std::uint32_t id = 0; id < program_.derivations.size(); ++id)
      strata[component_[index(program_.derivations[id].target)]].derivations.push_back(id);
    for (const Use& use : uses_) {
      if (component_[use.from] == component_[use.to]) strata[component_[use.from]].recursive = true;
    }
    std::erase_if(strata, [](const language::Stratum& stratum) { return stratum.derivations.empty(); });
    program_.strata = std::move(strata);
  }

  bool is_recursive(std::uint32_t derivation) const {
    return std::any_of(uses_.begin(), uses_.end(), [&](const Use& use) {
      return use.derivation == derivation && component_[use.from] == component_[use.to];
    });
  }

  const std::string& name(std::uint32_t entity) const { return program_.entities[entity].name; }

  // The uses on the shortest way back from what is used.
  std::vector<const Use*> way_back(const Use& use) const {
    std::map<std::uint32_t, const Use*> reached_by;
    std::deque<std::uint32_t> open{use.to};
    while (!open.empty() && !reached_by.contains(use.from)) {
      const std::uint32_t from = open.front();
      open.pop_front();
      for (const Use& next : uses_) {
        if (next.from != from || component_[next.to] != component_[from]) continue;
        if (reached_by.emplace(next.to, &next).second) open.push_back(next.to);
      }
    }
    std::vector<const Use*> way;
    for (std::uint32_t at = use.from; at != use.to && reached_by.contains(at); at = way.front()->from)
      way.insert(way.begin(), reached_by.at(at));
    return way;
  }

  void report_cycle(const Use& use) {
    // That a derivation uses a rule has been said.
    if (program_.entities[use.from].relation != program_.entities[use.to].relation) return;
    if (!reported_.insert(component_[use.from]).second) return;
    const bool of_rules = program_.entities[use.from].relation;
    std::string through = of_rules ? "where it asks about all of it" : "here";
    if (!use.through.empty()) through = fmt::format("through the function `{}`", use.through);
    auto& diagnostic =
        checking_.sink.add(Code::unstratified_rule, use.span,
                           fmt::format("`{}` must be known before `{}` can be told", name(use.to), name(use.from)),
                           fmt::format("`{}` uses `{}` {}", name(use.from), name(use.to), through));
    for (const Use* next : way_back(use))
      diagnostic.label(next->span, fmt::format("`{}` uses `{}` here", name(next->from), name(next->to)));
    if (!of_rules) {
      diagnostic.note("records are derived once, so what they are made of cannot be made of them");
      return;
    }
    diagnostic
        .note(
            "a rule may use itself, also through others, as a condition that is joined by `and`, `or` and `some`; "
            "a negation, an aggregate or a function asks about everything that holds, which is not known yet")
        .help("put what is counted or denied into a rule that does not need this one");
  }

  // Whether a value is taken from records or written out, so that there is an end to such values.
  bool is_taken(language::ExprId id) const {
    const Expr& expr = program_.expr(id);
    switch (expr.kind) {
      case ExprKind::local:
      case ExprKind::literal:
      case ExprKind::missing:
      case ExprKind::param:
      case ExprKind::now:
      case ExprKind::today:
      case ExprKind::enum_member:
        return true;
      case ExprKind::field:
      case ExprKind::safe_field:
      case ExprKind::present:
      case ExprKind::widen:
        return is_taken(expr.operands[0]);
      case ExprKind::coalesce:
        return is_taken(expr.operands[0]) && is_taken(expr.operands[1]);
      case ExprKind::conditional:
        return is_taken(expr.operands[1]) && is_taken(expr.operands[2]);
      default:
        return false;
    }
  }

  void check_columns(const DerivationDef& derivation) {
    for (const Step& step : derivation.steps) {
      if (step.kind != StepKind::let) continue;
      const language::Local& local = derivation.locals[index(step.local)];
      if (program_.types.kind(local.type) == Kind::entity || is_taken(step.value)) continue;
      checking_.sink
          .add(Code::computed_column, program_.expr(step.value).span,
               fmt::format("`{}` is computed, and `{}` uses itself", local.name, name(index(derivation.target))),
               "might be another value each time")
          .label(local.span, "for this")
          .note("evaluation must always end, so a rule that uses itself holds values of records alone");
    }
  }

  Checking& checking_;
  language::Program& program_;
  dependencies::Walk walk_;
  std::vector<bool> is_target_;  // by entity
  std::vector<std::set<std::uint32_t>> function_targets_;
  std::vector<bool> entered_;
  std::vector<Use> uses_;
  std::vector<std::size_t> component_;  // by entity
  std::set<std::size_t> reported_;
};

}  // namespace

void check_strata(Checking& checking) { Strata(checking).run(); }

}  // namespace writ::types
