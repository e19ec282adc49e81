#include "tests/support/generate_rules.hpp"

#include <algorithm>

namespace writ::support {

namespace {

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : between) + part;
  return out;
}

}  // namespace

std::vector<std::string> RuleGenerator::run() {
  std::vector<Ty> columns;
  const std::uint32_t count = 1 + choices_.weighted({25, 60, 15});
  for (std::uint32_t i = 0; i < count; ++i) {
    Ty type = expressions_.any_scalar();
    if (choices_.chance(78)) {
      type = simple(Kind::entity);
      // Often one of the same, so that the relation can go on from where it leads.
      type.decl = choices_.below(static_cast<std::uint32_t>(schema_.entities.size()));
      if (i > 0 && columns.front().kind == Kind::entity && choices_.chance(60)) type = columns.front();
    }
    columns.push_back(type);
  }
  const bool recursive = choices_.chance(60);
  const std::uint32_t relations = recursive ? 1 + choices_.weighted({60, 22, 18}) : 1;
  together_.clear();
  for (std::uint32_t i = 0; i < relations; ++i) {
    RelationModel relation{"rel" + std::to_string(schema_.relations.size() + i), {}};
    for (const Ty& type : columns) relation.columns.push_back({expressions_.fresh(), type, ""});
    together_.push_back(relation);
  }
  std::vector<std::string> out;
  for (std::size_t at = 0; at < together_.size(); ++at) {
    const RelationModel& relation = together_[at];
    // Each goes on from the next, so that there is a way through all of them.
    next_ = (at + 1) % together_.size();
    const std::uint32_t clauses = recursive ? 2 + choices_.below(2) : 1 + choices_.below(3);
    for (std::uint32_t i = 0; i < clauses; ++i) out.push_back(clause(relation, i == 0, recursive && i > 0));
  }
  for (const RelationModel& relation : together_) schema_.relations.push_back(relation);
  return out;
}

std::string RuleGenerator::clause(const RelationModel& relation, bool first, bool recursive) {
  expressions_.clear();
  expressions_.limit_loops(1);
  head_.clear();
  std::string out = "rule " + relation.name + "(";
  for (const FieldModel& column : relation.columns) {
    // The first clause names the columns; others can have names of their own.
    head_.push_back({first || choices_.chance(60) ? column.name : expressions_.fresh(), column.type});
    out += (head_.size() == 1 ? "" : ", ") + head_.back().name + ": " + schema_.spelling(column.type);
    if (column.type.kind == Kind::entity) expressions_.declare(head_.back());
  }
  std::string condition = alternative(recursive);
  if (choices_.chance(20)) {
    const std::string other = alternative(recursive && choices_.chance(50));
    condition = "((" + condition + ")\n    or (" + other + "))";
  }
  return out + ")\n  when " + condition + "\n";
}

std::string RuleGenerator::alternative(bool recursive) {
  const auto before = expressions_.mark();
  std::vector<Named> bound;
  std::string over;
  if (choices_.chance(recursive ? 80 : 55)) over = binder(bound);
  if (!over.empty() && choices_.chance(20)) over += ", " + binder(bound);
  std::vector<std::string> parts;
  std::vector<Named> untold;
  for (const Named& variable : head_) {
    if (variable.type.kind != Kind::entity) untold.push_back(variable);
  }
  if (recursive) parts.push_back(use(together_[choices_.chance(70) ? next_ : 0], bound, untold));
  if (recursive && choices_.chance(30)) parts.push_back(use(choices_.pick(together_), bound, untold));
  for (const Named& variable : head_) {
    const bool told =
        std::none_of(untold.begin(), untold.end(), [&](const Named& other) { return other.name == variable.name; });
    if (variable.type.kind == Kind::entity) {
      if (choices_.chance(60)) link(variable, parts);
    } else if (!told) {
      tell(variable, recursive, parts);
    }
  }
  for (const Named& variable : head_) {
    if (variable.type.kind != Kind::entity) expressions_.declare(variable);
  }
  if (!schema_.relations.empty() && choices_.chance(30)) parts.push_back(about_all());
  if (parts.empty() || choices_.chance(50)) {
    std::string condition = expressions_.condition(recursive ? 1 : 2);
    // Before or behind the others: their order means nothing.
    const bool leans = condition.find("is present") != std::string::npos;
    const bool first = !leans && choices_.chance(30) && head_.size() == untold.size();
    parts.insert(first ? parts.begin() : parts.end(), std::move(condition));
  }
  expressions_.restore(before);
  const std::string all = joined(parts, " and ");
  return over.empty() ? all : "some " + over + " where " + all;
}

// What one runs over, its variables among what is bound.
std::string RuleGenerator::binder(std::vector<Named>& bound) {
  const std::size_t known = expressions_.scope().size();
  std::string out;
  if (choices_.chance(30)) {
    const RelationModel& relation = choices_.pick(together_);
    if (!schema_.relations.empty() && choices_.chance(50)) {
      out = expressions_.tuple(choices_.pick(schema_.relations));
    } else {
      // Any record of a type that the relation is about.
      const FieldModel& column = choices_.pick(relation.columns);
      if (column.type.kind == Kind::entity) {
        const Named variable{expressions_.fresh(), column.type};
        out = variable.name + " in " + schema_.entities[column.type.decl].name;
        expressions_.declare(variable);
        expressions_.open_loop();
      }
    }
  }
  if (out.empty()) out = expressions_.binding(1);
  const auto& scope = expressions_.scope();
  bound.insert(bound.end(), scope.begin() + static_cast<std::ptrdiff_t>(known), scope.end());
  return out;
}

std::string RuleGenerator::equation(const std::string& left, const std::string& right) {
  return choices_.chance(70) ? left + " == " + right : right + " == " + left;
}

// A value is computed only where it cannot be a new one each time.
void RuleGenerator::tell(const Named& variable, bool recursive, std::vector<std::string>& parts) {
  std::optional<std::string> value;
  if (choices_.chance(25) && !recursive) {
    if (const auto place = expressions_.path(variable.type.maybe())) value = place;
  }
  if (!value) value = recursive ? expressions_.path(variable.type) : expressions_.make(variable.type, 2, false);
  if (!value) value = literal(schema_, variable.type, variable.type.kind == Kind::network, choices_);
  parts.push_back(equation(variable.name, *value));
}

// A reference to it, or another record.
void RuleGenerator::link(const Named& variable, std::vector<std::string>& parts) {
  std::vector<std::string> places;
  for (const Named& place : expressions_.paths()) {
    if (place.type.present() == variable.type && place.name != variable.name) places.push_back(place.name);
  }
  if (!places.empty()) {
    parts.push_back(equation(variable.name, choices_.pick(places)));
    return;
  }
  if (const auto place = expressions_.path(set_of(variable.type)); place && choices_.chance(50))
    parts.push_back(variable.name + " in " + *place);
}

// What asks about all of a relation that is known before: a denial or an aggregate.
std::string RuleGenerator::about_all() {
  const auto before = expressions_.mark();
  const std::string over = expressions_.tuple(choices_.pick(schema_.relations));
  // Often about what the variables stand for.
  std::vector<std::string> told;
  for (const Named& own : expressions_.scope()) {
    for (const Named& variable : head_) {
      if (own.type == variable.type && own.name != variable.name) told.push_back(own.name + " == " + variable.name);
    }
  }
  const std::string where =
      " where " + (told.empty() || choices_.chance(30) ? expressions_.condition(1) : choices_.pick(told));
  std::string out;
  switch (choices_.below(4)) {
    case 0:
    case 1:
      out = "(no " + over + where + ")";
      break;
    case 2:
      out = "(every " + over + where + " satisfies " + expressions_.condition(1) + ")";
      break;
    default:
      out = "(count(" + over + where + ") <= " + std::to_string(choices_.below(3)) + ")";
  }
  expressions_.restore(before);
  return out;
}

std::string RuleGenerator::use(const RelationModel& relation, const std::vector<Named>& bound,
                               std::vector<Named>& untold) {
  const bool as_collection = choices_.chance(25) && relation.columns.size() > 1;
  std::vector<std::string> arguments;
  for (const FieldModel& column : relation.columns) {
    std::vector<std::string> fitting;
    for (const Named& variable : bound) {
      if (variable.type == column.type) fitting.push_back(variable.name);
    }
    if (column.type.kind == Kind::entity) {
      if (const auto place = expressions_.path(column.type)) fitting.push_back(*place);
    }
    for (const Named& variable : head_) {
      if (variable.type == column.type) fitting.push_back(variable.name);
    }
    if (fitting.empty())
      fitting.push_back(literal(schema_, column.type, column.type.kind == Kind::network, choices_));
    arguments.push_back(choices_.pick(fitting));
    std::erase_if(untold, [&](const Named& variable) { return variable.name == arguments.back(); });
  }
  if (!as_collection) {
    std::string out = relation.name + "(";
    for (std::size_t i = 0; i < arguments.size(); ++i) out += (i == 0 ? "" : ", ") + arguments[i];
    return out + ")";
  }
  // The same, written out.
  std::string names;
  std::vector<std::string> parts;
  for (const std::string& argument : arguments) {
    const std::string name = expressions_.fresh();
    names += (names.empty() ? "" : ", ") + name;
    parts.push_back(equation(name, argument));
  }
  return "(some (" + names + ") in " + relation.name + " where " + joined(parts, " and ") + ")";
}

}  // namespace writ::support
