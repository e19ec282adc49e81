#include "engine/facts/reading_plan.hpp"

#include <algorithm>
#include <cassert>
#include <set>

#include "language/dependencies/graph.hpp"

namespace writ::facts {

namespace {

using language::ExprKind;
using language::FieldDef;
using language::index;
using language::PathStep;
using types::Kind;

class Planning {
 public:
  Planning(const language::Program& program, ReadingPlan& plan) : program_(program), plan_(plan) {}

  // Keys are known of every entity: those of one may be parts of another's.
  void key(EntityPlan& entity) {
    for (const std::uint32_t i : entity.def->key) entity.key.push_back(field(entity.def->fields[i], i));
  }

  void entity(std::uint32_t id, const std::set<std::uint32_t>& wanted) {
    EntityPlan& entity = plan_.entities[id];
    const std::vector<FieldDef>& fields = entity.def->fields;
    entity.read = true;
    for (std::uint32_t i = 0; i < fields.size(); ++i) {
      if (fields[i].inverse) continue;
      if (!fields[i].path.empty() && fields[i].path.front().kind == PathStep::Kind::member) {
        entity.known.push_back(fields[i].path.front().member);
      }
      if (!wanted.contains(i)) continue;
      entity.fields.push_back(field(fields[i], i));
      entity.fields.back().is_key =
          entity.key.size() == 1 && entity.key.front().field == i && entity.key.front().value.kind == Kind::string;
    }
    for (std::vector<FieldPlan>* group : {&entity.fields, &entity.key}) {
      for (FieldPlan& planned : *group) {
        const PathStep& first = planned.path->front();
        if (first.kind == PathStep::Kind::member) planned.position = position(entity, first.member);
      }
    }
    entity.entity_position = position(entity, "entity");
    entity.kind_position = position(entity, "kind");
    entity.positions = static_cast<std::uint16_t>(entity.wanted.size());
    entity.outside = steps_outside(entity);
  }

 private:
  FieldPlan field(const FieldDef& def, std::uint32_t number) {
    FieldPlan planned;
    planned.field = number;
    planned.name = def.name;
    planned.path = &def.path;
    planned.optional = program_.types.is_optional(def.type);
    planned.has_default = def.has_default;
    planned.collects = std::any_of(def.path.begin(), def.path.end(),
                                   [](const PathStep& step) { return step.kind == PathStep::Kind::each; });
    planned.value = value(program_.types.strip_optional(def.type));
    if (def.has_default) planned.fallback = constant(def.default_value);
    return planned;
  }

  ValuePlan value(types::TypeId type) {
    ValuePlan planned;
    const types::Type& of = program_.types.at(type);
    planned.type = type;
    planned.kind = of.kind;
    switch (of.kind) {
      case Kind::enumeration:
        planned.enumeration = &plan_.enums[of.decl];
        break;
      case Kind::entity:
        planned.target = of.decl;
        break;
      case Kind::list:
      case Kind::set:
        planned.element.push_back(value(program_.types.strip_optional(of.element)));
        break;
      case Kind::record: {
        const std::vector<FieldDef>& fields = program_.records[of.decl].fields;
        for (std::uint32_t i = 0; i < fields.size(); ++i) planned.fields.push_back(field(fields[i], i));
        break;
      }
      default:
        break;
    }
    return planned;
  }

  // The value of a constant. The checker has seen to it that it is one.
  Value constant(language::ExprId id) {
    const language::Expr& expr = program_.expr(id);
    switch (expr.kind) {
      case ExprKind::literal:
        return literal(program_.literals[expr.ref]);
      case ExprKind::enum_member:
        return Value::member(expr.ref);
      case ExprKind::widen: {
        const Value inner = constant(expr.operands[0]);
        const Kind kind = program_.types.kind(program_.types.strip_optional(expr.type));
        if (kind == Kind::floating && inner.kind == ValueKind::integer) {
          return Value::floating(static_cast<double>(inner.i));
        }
        return inner;
      }
      case ExprKind::negate: {
        Value inner = constant(expr.operands[0]);
        if (inner.kind == ValueKind::floating) {
          inner.f = -inner.f;
        } else if (inner.kind == ValueKind::duration) {
          inner = Value::of(types::negate(inner.as_duration()).value_or(types::Duration{}));
        } else {
          inner.i = inner.i == INT64_MIN ? inner.i : -inner.i;
        }
        return inner;
      }
      case ExprKind::list:
      case ExprKind::set: {
        std::vector<Value> items;
        for (const language::ExprId operand : expr.operands) {
          const Value item = constant(operand);
          const bool repeated =
              expr.kind == ExprKind::set &&
              std::any_of(items.begin(), items.end(), [&](const Value& other) { return equal(other, item); });
          if (!repeated) items.push_back(item);
        }
        Value list = Value::of(plan_.constants.list(items.data(), static_cast<std::uint32_t>(items.size())));
        list.is_set = expr.kind == ExprKind::set;
        return list;
      }
      default:
        return Value::missing();
    }
  }

  Value literal(const types::Literal& literal) {
    return std::visit(
        [&](const auto& value) -> Value {
          using T = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<T, bool>) {
            return Value::boolean(value);
          } else if constexpr (std::is_same_v<T, std::int64_t>) {
            return Value::integer(value);
          } else if constexpr (std::is_same_v<T, double>) {
            return Value::floating(value);
          } else if constexpr (std::is_same_v<T, std::string>) {
            return Value::of(plan_.constants.text(value));
          } else if constexpr (std::is_same_v<T, types::Network>) {
            return Value::of(plan_.constants.network(value));
          } else {
            return Value::of(value);
          }
        },
        literal);
  }

  static std::uint16_t position(EntityPlan& entity, std::string_view member) {
    const auto found = std::find(entity.wanted.begin(), entity.wanted.end(), member);
    if (found == entity.wanted.end()) {
      if (entity.wanted.size() >= FieldPlan::nowhere - 1) return FieldPlan::nowhere;
      entity.wanted.push_back(member);
      return static_cast<std::uint16_t>(entity.wanted.size() - 1);
    }
    return static_cast<std::uint16_t>(found - entity.wanted.begin());
  }

  // Documents are read element by element of the outermost array; where a field steps out further than that, by
  // what it steps out to.
  static std::size_t steps_outside(const EntityPlan& entity) {
    const language::Path& at = entity.def->at;
    std::size_t outside = at.size();
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (at[i].kind == PathStep::Kind::each) {
        outside = i + 1;
        break;
      }
    }
    std::size_t furthest = 0;
    for (const std::vector<FieldPlan>* group : {&entity.fields, &entity.key}) {
      for (const FieldPlan& field : *group) {
        const auto steps = static_cast<std::size_t>(
            std::count_if(field.path->begin(), field.path->end(),
                          [](const PathStep& step) { return step.kind == PathStep::Kind::parent; }));
        furthest = std::max(furthest, steps);
      }
    }
    // The object that `furthest` steps lead to holds the member that is the `furthest`-last of the path.
    for (std::size_t i = at.size(); i > 0 && furthest > 0; --i) {
      if (at[i - 1].kind != PathStep::Kind::member) continue;
      --furthest;
      outside = std::min(outside, furthest == 0 ? i - 1 : outside);
    }
    return outside;
  }

  const language::Program& program_;
  ReadingPlan& plan_;
};

}  // namespace

ReadingPlan plan_reading(const language::Program& program, bool all) {
  ReadingPlan plan;
  plan.program = &program;
  plan.entities.resize(program.entities.size());
  plan.enums.resize(program.enums.size());
  for (std::size_t i = 0; i < program.enums.size(); ++i) {
    plan.enums[i].def = &program.enums[i];
    const std::vector<std::string>& members = program.enums[i].members;
    for (std::size_t ordinal = 0; ordinal < members.size(); ++ordinal) {
      plan.enums[i].ordinals.emplace(members[ordinal], static_cast<std::uint16_t>(ordinal));
    }
  }
  std::vector<std::set<std::uint32_t>> fields(program.entities.size());
  std::vector<bool> wanted(program.entities.size(), all);
  for (std::size_t id = 0; id < program.entities.size(); ++id) {
    plan.entities[id].id = static_cast<EntityId>(id);
    plan.entities[id].def = &program.entities[id];
    if (program.entities[id].relation) wanted[id] = false;
    if (!wanted[id]) continue;
    for (std::uint32_t field = 0; field < program.entities[id].fields.size(); ++field) fields[id].insert(field);
  }
  if (!all) {
    const std::vector<dependencies::Reads> reads = dependencies::reads_of_checks(program);
    for (std::size_t check = 0; check < reads.size(); ++check) {
      const language::ControlId control = program.checks[check].control;
      if (!program.controls[index(control)].selected || program.checks[check].excluded) continue;
      for (const std::uint32_t entity : reads[check].entities) wanted[entity] = true;
      for (const dependencies::FieldUse& use : reads[check].fields) fields[use.entity].insert(use.field);
    }
  }
  Planning planning(program, plan);
  for (EntityPlan& entity : plan.entities) planning.key(entity);
  for (std::uint32_t id = 0; id < wanted.size(); ++id) {
    if (wanted[id]) planning.entity(id, fields[id]);
  }
  return plan;
}

}  // namespace writ::facts
