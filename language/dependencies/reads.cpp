// What checks read of the evidence.
#include <algorithm>
#include <iterator>
#include <utility>

#include "language/dependencies/graph.hpp"
#include "language/dependencies/walk.hpp"
#include "language/program.hpp"

namespace writ::dependencies {

using language::Expr;
using language::ExprId;
using language::ExprKind;
using language::Program;
using types::Kind;
using types::Type;
using types::TypeId;

namespace {

struct DirectReads {
  Reads reads;  // its relations are those that are named in it
  std::vector<std::uint32_t> calls;
};

template <typename T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

class Collector {
 public:
  explicit Collector(const Program& program) : program_(program), walk_(program) {}

  void add(ExprId root, DirectReads& out) {
    walk_.run(root, [&](const Expr& expr) {
      switch (expr.kind) {
        case ExprKind::all:
          entity(expr.ref, out.reads);
          break;
        case ExprKind::call:
          out.calls.push_back(expr.ref);
          break;
        case ExprKind::field:
        case ExprKind::safe_field:
          field(expr, out.reads);
          break;
        default:
          break;
      }
    });
  }

  // A relation is about the records that its variables stand for, even where nothing runs over them.
  void add_columns(types::EntityId target, DirectReads& out) const {
    if (!program_.entity(target).relation) return;
    for (const language::FieldDef& column : program_.entity(target).fields) targets(column.type, out.reads);
  }

 private:
  void entity(std::uint32_t id, Reads& out) const {
    (program_.entities[id].relation ? out.relations : out.entities).push_back(id);
  }

  void field(const Expr& expr, Reads& out) {
    const TypeId object = program_.types.strip_optional(program_.expr(expr.operands[0]).type);
    const Type& type = program_.types.at(object);
    // A part of a nested record: the field that the record came from is read already, and whole.
    if (type.kind != Kind::entity) return;
    // A column of a relation holds what its rules give it.
    if (program_.entities[type.decl].relation) return;
    const language::FieldDef& def = program_.entities[type.decl].fields[expr.ref];
    out.entities.push_back(type.decl);
    if (def.inverse) {
      const auto other = static_cast<std::uint32_t>(def.inverse_entity);
      out.entities.push_back(other);
      out.fields.push_back({other, def.inverse_field});
      return;
    }
    out.fields.push_back({type.decl, expr.ref});
    targets(def.type, out);
  }

  // The entities that values of a type refer to, those within nested records included: a record field is read
  // whole.
  void targets(TypeId id, Reads& out) const {
    const Type& type = program_.types.at(id);
    switch (type.kind) {
      case Kind::entity:
        out.entities.push_back(type.decl);
        break;
      case Kind::list:
      case Kind::set:
      case Kind::optional:
        targets(type.element, out);
        break;
      case Kind::record:
        for (const language::FieldDef& field : program_.records[type.decl].fields) targets(field.type, out);
        break;
      default:
        break;
    }
  }

  const Program& program_;
  Walk walk_;
};

void append(Reads& to, const Reads& from) {
  to.entities.insert(to.entities.end(), from.entities.begin(), from.entities.end());
  to.fields.insert(to.fields.end(), from.fields.begin(), from.fields.end());
  to.relations.insert(to.relations.end(), from.relations.begin(), from.relations.end());
}

void normalise(DirectReads& direct) {
  sort_unique(direct.reads.entities);
  sort_unique(direct.reads.fields);
  sort_unique(direct.reads.relations);
  sort_unique(direct.calls);
}

}  // namespace

namespace {

// What declarations read, with what those that they call or name read in turn.
class Closure {
 public:
  explicit Closure(const Program& program)
      : collector_(program),
        functions_(program.functions.size()),
        derived_(program.entities.size()),
        function_entered_(program.functions.size(), 0),
        entered_(program.entities.size(), 0) {
    for (std::size_t id = 0; id < functions_.size(); ++id)
      collector_.add(program.functions[id].body, functions_[id]);
    for (const language::DerivationDef& derivation : program.derivations) {
      DirectReads& reads = derived_[language::index(derivation.target)];
      for_each_root(derivation, [&](ExprId root) { collector_.add(root, reads); });
      collector_.add_columns(derivation.target, reads);
    }
    for (DirectReads& reads : functions_) normalise(reads);
    for (DirectReads& reads : derived_) normalise(reads);
  }

  void add(ExprId root) { collector_.add(root, open_); }

  // What the roots read that were added since the last call.
  Reads take() {
    ++run_;
    DirectReads out;
    follow(out);
    const std::vector<std::uint32_t> direct = out.reads.entities;
    std::vector<std::uint32_t> found = direct;
    while (!found.empty()) {
      const std::vector<std::uint32_t> before = out.reads.entities;
      for (const std::uint32_t entity : found) enter(derived_[entity], entered_[entity]);
      follow(out);
      found = difference(out.reads.entities, before);
    }
    out.reads.sources = difference(out.reads.entities, direct);
    return std::move(out.reads);
  }

 private:
  static std::vector<std::uint32_t> difference(const std::vector<std::uint32_t>& all,
                                               const std::vector<std::uint32_t>& without) {
    std::vector<std::uint32_t> out;
    std::set_difference(all.begin(), all.end(), without.begin(), without.end(), std::back_inserter(out));
    return out;
  }

  // Adds what is open, and what functions and relations in it read.
  void follow(DirectReads& out) {
    while (!open_.calls.empty() || !open_.reads.relations.empty()) {
      const DirectReads next = std::exchange(open_, {});
      append(out.reads, next.reads);
      for (const std::uint32_t function : next.calls) enter(functions_[function], function_entered_[function]);
      for (const std::uint32_t relation : next.reads.relations) enter(derived_[relation], entered_[relation]);
    }
    append(out.reads, std::exchange(open_, {}).reads);
    normalise(out);
  }

  void enter(const DirectReads& reads, std::size_t& entered) {
    if (entered == run_) return;
    entered = run_;
    append(open_.reads, reads.reads);
    open_.calls.insert(open_.calls.end(), reads.calls.begin(), reads.calls.end());
  }

  Collector collector_;
  std::vector<DirectReads> functions_;
  std::vector<DirectReads> derived_;           // by EntityId: of what it is derived
  std::vector<std::size_t> function_entered_;  // the run that entered it last, from 1
  std::vector<std::size_t> entered_;           // likewise, by EntityId
  std::size_t run_ = 0;
  DirectReads open_;
};

}  // namespace

std::vector<Reads> reads_of_checks(const Program& program) {
  Closure closure(program);
  std::vector<Reads> out;
  out.reserve(program.checks.size());
  std::vector<std::vector<ExprId>> conditions(program.checks.size());
  for (const language::WaiverDef& waiver : program.waivers) {
    if (waiver.check && !waiver.of_test) conditions[language::index(*waiver.check)].push_back(waiver.where);
  }
  for (std::size_t id = 0; id < program.checks.size(); ++id) {
    for_each_root(program.checks[id], [&](ExprId root) { closure.add(root); });
    for (const ExprId condition : conditions[id]) closure.add(condition);
    out.push_back(closure.take());
  }
  return out;
}

}  // namespace writ::dependencies
