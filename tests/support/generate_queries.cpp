#include "tests/support/generate_expression.hpp"

namespace writ::support {

std::optional<std::string> ExpressionGenerator::everything(Ty& element) {
  element = simple(Kind::entity);
  element.decl = choices_.below(static_cast<std::uint32_t>(schema_.entities.size()));
  if (is_closed(element)) return std::nullopt;
  return schema_.entities[element.decl].name;
}

std::string ExpressionGenerator::collection(Ty& element, int fuel) {
  if (loops_ < max_loops_ && choices_.chance(40)) {
    if (const auto all = everything(element)) return *all;
  }
  const auto place =
      path_where([](const Schema&, const Ty& type) { return type.is_collection() && !type.optional; });
  if (place && choices_.chance(85)) {
    element = *place->type.element;
    return place->name;
  }
  if (loops_ < max_loops_ && choices_.chance(50)) {
    if (const auto all = everything(element)) return *all;
  }
  element = any_scalar();
  if (auto made = make(choices_.chance(50) ? list_of(element) : set_of(element), fuel > 0 ? 1 : 0, false))
    return *made;
  element = simple(Kind::integer);
  return "[1, 2, 3]";
}

std::string ExpressionGenerator::tuple(const RelationModel& relation) {
  // There may be as many as there are combinations of records.
  loops_ += static_cast<std::uint32_t>(relation.columns.size());
  if (relation.columns.size() == 1 || choices_.chance(40)) {
    Named variable{fresh(), simple(Kind::entity)};
    for (std::size_t i = 0; i < schema_.relations.size(); ++i) {
      if (schema_.relations[i].name == relation.name)
        variable.type.decl = static_cast<std::uint32_t>(schema_.entities.size() + i);
    }
    declare(variable);
    return variable.name + " in " + relation.name;
  }
  std::string names;
  for (const FieldModel& column : relation.columns) {
    const Named variable{fresh(), column.type};
    names += (names.empty() ? "" : ", ") + variable.name;
    declare(variable);
  }
  return "(" + names + ") in " + relation.name;
}

std::string ExpressionGenerator::binding(int fuel) {
  if (!schema_.relations.empty() && loops_ < max_loops_ && choices_.chance(20))
    return tuple(choices_.pick(schema_.relations));
  Named variable;
  const std::string over = collection(variable.type, fuel);
  variable.name = fresh();
  declare(variable);
  open_loop();
  return variable.name + " in " + over;
}

std::string ExpressionGenerator::clauses(int fuel, bool may_be_two, std::string& where) {
  std::string out;
  const std::uint32_t count = may_be_two && choices_.chance(20) ? 2 : 1;
  for (std::uint32_t i = 0; i < count; ++i) {
    out += (i == 0 ? "" : ", ") + binding(fuel - 1);
  }
  if (choices_.chance(65)) {
    std::vector<Named> gained;
    where = " where " + condition(fuel - 1, &gained);
    know(gained);
  }
  return out;
}

// count and sum, which always have a value, and the longest gap.
std::optional<std::string> ExpressionGenerator::aggregate(const Ty& want, int fuel) {
  if (want.kind != Kind::integer && want.kind != Kind::floating && want.kind != Kind::duration) {
    if (want.is_collection()) return comprehension(want, fuel);
    return std::nullopt;
  }
  const Mark before = mark();
  std::string where;
  std::string out;
  if (want.kind == Kind::duration && choices_.chance(60)) {
    const std::string over = clauses(fuel, true, where);
    const Ty moment = simple(choices_.chance(70) ? Kind::date : Kind::timestamp);
    out = "max_gap(" + must_make(moment, fuel - 1, false) + " for " + over + where + "; period)";
  } else {
    const std::string over = clauses(fuel, true, where);
    if (want.kind == Kind::integer && choices_.chance(60)) {
      out = "count(" + over + where + ")";
    } else {
      out = "sum(" + must_make(want, fuel - 1, false) + " for " + over + where + ")";
    }
  }
  restore(before);
  return out;
}

std::optional<std::string> ExpressionGenerator::optional_aggregate(const Ty& want, int fuel) {
  const Ty inner = want.present();
  if (inner.kind == Kind::entity || inner.kind == Kind::record || choices_.chance(15)) return chosen(want, fuel);
  const Mark before = mark();
  std::string where;
  std::optional<std::string> out;
  if (inner.kind == Kind::floating && choices_.chance(60)) {
    const std::string over = clauses(fuel, true, where);
    if (choices_.chance(50)) {
      out = "percent(" + over + where + " satisfies " + condition(fuel - 1) + ")";
    } else {
      const Ty number = simple(choices_.chance(60) ? Kind::integer : Kind::floating);
      out = "avg(" + must_make(number, fuel - 1, false) + " for " + over + where + ")";
    }
  } else if (schema_.is_ordered(inner)) {
    const std::string over = clauses(fuel, true, where);
    out = std::string(choices_.chance(50) ? "max(" : "min(") + must_make(inner, fuel - 1, false) + " for " + over +
          where + ")";
  }
  restore(before);
  return out;
}

// latest and first: an element of a collection of the wanted type.
std::optional<std::string> ExpressionGenerator::chosen(const Ty& want, int fuel) {
  const Ty inner = want.present();
  const auto wanted = [&](const Ty& type) {
    return type.is_collection() && !type.optional && *type.element == inner;
  };
  std::vector<std::string> sources;
  for (const Named& place : paths()) {
    if (wanted(place.type)) sources.push_back(place.name);
  }
  if (inner.kind == Kind::entity && loops_ < max_loops_ && !is_closed(inner))
    sources.push_back(schema_.entities[inner.decl].name);
  if (sources.empty()) return std::nullopt;
  const Mark before = mark();
  const Named variable{fresh(), inner};
  std::string out = variable.name + " in " + choices_.pick(sources);
  declare(variable);
  open_loop();
  if (choices_.chance(60)) {
    std::vector<Named> gained;
    out += " where " + condition(fuel - 1, &gained);
    know(gained);
  }
  if (choices_.chance(15)) {
    out = "first(" + out + ")";
  } else {
    out = std::string(choices_.chance(60) ? "latest(" : "first(") + out + " by " +
          must_make(any_ordered(), fuel - 1, false) + ")";
  }
  restore(before);
  return out;
}

std::optional<std::string> ExpressionGenerator::comprehension(const Ty& want, int fuel) {
  const Mark before = mark();
  std::string where;
  const std::string over = clauses(fuel, true, where);
  const auto body = make(*want.element, fuel - 1, false);
  std::string order;
  if (want.kind == Kind::list && choices_.chance(40)) {
    order = " by " + must_make(any_ordered(), fuel - 1, false) + (choices_.chance(40) ? " desc" : "");
  }
  restore(before);
  if (!body) return std::nullopt;
  const std::string inside = *body + " for " + over + where + order;
  return want.kind == Kind::list ? "[" + inside + "]" : "{" + inside + "}";
}

}  // namespace writ::support
