// What checks read of the evidence.
#include <algorithm>

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
  Reads reads;
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
          out.reads.entities.push_back(expr.ref);
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

 private:
  void field(const Expr& expr, Reads& out) {
    const TypeId object = program_.types.strip_optional(program_.expr(expr.operands[0]).type);
    const Type& type = program_.types.at(object);
    // A part of a nested record: the field that the record came from is read already, and whole.
    if (type.kind != Kind::entity) return;
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
}

void normalise(DirectReads& direct) {
  sort_unique(direct.reads.entities);
  sort_unique(direct.reads.fields);
  sort_unique(direct.calls);
}

}  // namespace

std::vector<Reads> reads_of_checks(const Program& program) {
  Collector collector(program);
  std::vector<DirectReads> functions(program.functions.size());
  for (std::size_t id = 0; id < functions.size(); ++id) {
    collector.add(program.functions[id].body, functions[id]);
    normalise(functions[id]);
  }
  std::vector<Reads> out;
  out.reserve(program.checks.size());
  std::vector<std::vector<ExprId>> conditions(program.checks.size());
  for (const language::WaiverDef& waiver : program.waivers) {
    if (waiver.check) conditions[language::index(*waiver.check)].push_back(waiver.where);
  }
  std::vector<std::size_t> entered(functions.size(), 0);  // the number of the check that entered it last, from 1
  for (std::size_t id = 0; id < program.checks.size(); ++id) {
    DirectReads check;
    for_each_root(program.checks[id], [&](ExprId root) { collector.add(root, check); });
    for (const ExprId condition : conditions[id]) collector.add(condition, check);
    std::vector<std::uint32_t> open = std::move(check.calls);
    while (!open.empty()) {
      const std::uint32_t function = open.back();
      open.pop_back();
      if (entered[function] == id + 1) continue;
      entered[function] = id + 1;
      append(check.reads, functions[function].reads);
      open.insert(open.end(), functions[function].calls.begin(), functions[function].calls.end());
    }
    check.calls.clear();
    normalise(check);
    out.push_back(std::move(check.reads));
  }
  return out;
}

}  // namespace writ::dependencies
