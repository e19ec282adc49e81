#include "tests/support/generate_expression.hpp"

namespace writ::support {

std::string ExpressionGenerator::condition(int fuel, std::vector<Named>* gained) {
  if (fuel <= 0) return must_make(simple(Kind::boolean), 0, false);
  switch (choices_.below(10)) {
    case 0:
    case 1:
    case 2:
      return narrowing(fuel, gained);
    case 3:
    case 4: {
      const Mark before = mark();
      std::vector<Named> left;
      const std::string first = condition(fuel - 1, &left);
      know(left);
      std::vector<Named> right;
      const std::string second = condition(fuel - 1, &right);
      restore(before);
      if (gained != nullptr) {
        gained->insert(gained->end(), left.begin(), left.end());
        gained->insert(gained->end(), right.begin(), right.end());
      }
      return "(" + first + " and " + second + ")";
    }
    case 5:
      return "(" + condition(fuel - 1) + " or " + condition(fuel - 1) + ")";
    case 6:
      return "(not " + condition(fuel - 1) + ")";
    default:
      break;
  }
  if (auto made = make_boolean(fuel)) return *made;
  return must_make(simple(Kind::boolean), 0, false);
}

// A test for presence, and something that leans on it.
std::string ExpressionGenerator::narrowing(int fuel, std::vector<Named>* gained) {
  const auto place = optional_path();
  if (!place) {
    if (auto made = make_boolean(fuel)) return *made;
    return must_make(simple(Kind::boolean), 0, false);
  }
  const Named there{place->name, place->type.present()};
  const bool reference = there.type.kind == Kind::entity;
  if (const auto* fields = schema_.fields(there.type); fields != nullptr && choices_.chance(30)) {
    if (auto made = safely(*place, *fields, fuel)) return *made;
  }
  const auto under = [&] {
    const Mark before = mark();
    known_.push_back(there);
    std::string text = condition(fuel - 1);
    restore(before);
    return text;
  };
  switch (choices_.below(reference ? 8 : 7)) {
    case 0:
      if (gained != nullptr) gained->push_back(there);
      return "(" + place->name + " is present)";
    case 1:
    case 2:
      if (gained != nullptr) gained->push_back(there);
      return "(" + place->name + " is present and " + under() + ")";
    case 3:
    case 4:
      return "(" + place->name + " is missing or " + under() + ")";
    case 5:
      return "(" + place->name + " is missing)";
    case 6: {
      if (there.type.kind == Kind::record || there.type.is_collection()) break;
      if (const auto value = make(there.type, fuel - 1, false)) {
        if (gained != nullptr) gained->push_back(there);
        return "(" + place->name + " == " + *value + " and " + under() + ")";
      }
      break;
    }
    default:
      return "(" + place->name + " is dangling or " + condition(fuel - 1) + ")";
  }
  return "(if " + place->name + " is present then " + under() + " else " + condition(fuel - 1) + ")";
}

// A condition on a field of what may be missing.
std::optional<std::string> ExpressionGenerator::safely(const Named& place, const std::vector<FieldModel>& fields,
                                                       int fuel) {
  const FieldModel& field = choices_.pick(fields);
  if (field.inverse || is_closed(field.type)) return std::nullopt;
  const std::string text = place.name + "?." + field.name;
  if (choices_.chance(40) || field.type.is_collection() || field.type.kind == Kind::record)
    return "(" + text + (choices_.chance(50) ? " is present)" : " is missing)");
  const auto value = make(field.type.present(), fuel - 1, false);
  if (!value) return std::nullopt;
  if (schema_.is_ordered(field.type.present()) && choices_.chance(50))
    return "((" + text + " ?? " + *value + ") <= " + *value + ")";
  return "(" + text + " == " + *value + ")";
}

std::optional<std::string> ExpressionGenerator::make_boolean(int fuel) {
  if (!schema_.relations.empty() && choices_.chance(20)) {
    if (auto made = related(fuel)) return made;
  }
  switch (choices_.below(12)) {
    case 0:
    case 1:
    case 2:
      return comparison(fuel);
    case 3:
    case 4:
      return ordering(fuel);
    case 5:
    case 6:
      return membership(fuel);
    case 7:
      return pattern(fuel);
    case 8:
      return condition(fuel - 1);
    default:
      return quantifier(fuel);
  }
}

std::optional<std::string> ExpressionGenerator::comparison(int fuel) {
  const Ty type = any_comparable();
  const bool left_optional = choices_.chance(30);
  const auto left = make(left_optional ? type.maybe() : type, fuel - 1, false);
  if (!left) return std::nullopt;
  const char* operation = choices_.chance(70) ? " == " : " != ";
  if (choices_.chance(15) && type.kind != Kind::entity) {
    // A bare literal takes its type from the other side; a path says it.
    const auto strong = path(type);
    if (strong) return "(" + literal(schema_, type, true, choices_) + operation + *strong + ")";
  }
  const auto right = make(choices_.chance(25) ? type.maybe() : type, fuel - 1, false);
  if (!right) return std::nullopt;
  return "(" + *left + operation + *right + ")";
}

std::optional<std::string> ExpressionGenerator::ordering(int fuel) {
  static const std::vector<std::string> operations{" < ", " <= ", " > ", " >= "};
  const Ty type = any_ordered();
  if (choices_.chance(15)) {
    // Shares and averages, which are missing of nothing.
    if (const auto share = optional_aggregate(simple(Kind::floating).maybe(), fuel - 1))
      return "((" + *share + " ?? 1.0)" + choices_.pick(operations) + (choices_.chance(50) ? "50%)" : "1.5)");
  }
  const std::string left = must_make(type, fuel - 1, false);
  return "(" + left + choices_.pick(operations) + must_make(type, fuel - 1, false) + ")";
}

std::optional<std::string> ExpressionGenerator::membership(int fuel) {
  const std::string operation = choices_.chance(75) ? " in " : " not in ";
  switch (choices_.below(5)) {
    case 0: {
      const Ty type = simple(choices_.chance(50) ? Kind::timestamp : Kind::date);
      return "(" + must_make(type, fuel - 1, false) + operation + "period)";
    }
    case 1: {
      const Ty type = any_ordered();
      if (type.kind == Kind::enumeration) return std::nullopt;
      const std::string element = must_make(type, fuel - 1, false);
      const std::string start = must_make(type, fuel - 1, false);
      return "(" + element + operation + "(" + start + ".." + must_make(type, fuel - 1, false) + "))";
    }
    case 2: {
      const auto inner = path(simple(Kind::network));
      if (!inner) return std::nullopt;
      return "(" + *inner + operation + must_make(simple(Kind::network), 0, true) + ")";
    }
    default:
      break;
  }
  const Ty type = any_comparable();
  const auto element = make(type, fuel - 1, false);
  if (!element) return std::nullopt;
  const auto container = make(choices_.chance(60) ? set_of(type) : list_of(type), fuel - 1, false);
  if (!container) return std::nullopt;
  return "(" + *element + operation + *container + ")";
}

std::optional<std::string> ExpressionGenerator::pattern(int fuel) {
  static const std::vector<std::string> regexes{"r\"^a\"", "r\"b$\"",  "r\"[a-z]+@\"",
                                                "r\"\"",   "r\"^.$\"", "r\"\\d\""};
  static const std::vector<std::string> globs{"\"*\"",      "\"a*\"",    "\"?\"",  "\"*.example.com\"",
                                              "\"[a-c]*\"", "\"[!a]?\"", "\"*b\"", "\"??\""};
  const std::string subject = must_make(simple(Kind::string), fuel - 1, false);
  if (choices_.chance(50)) return "(" + subject + " matches " + choices_.pick(regexes) + ")";
  return "(" + subject + " like " + choices_.pick(globs) + ")";
}

// That a relation holds for what arguments say.
std::optional<std::string> ExpressionGenerator::related(int fuel) {
  const RelationModel& relation = choices_.pick(schema_.relations);
  std::vector<std::string> arguments;
  std::vector<std::string> labels;
  for (const FieldModel& column : relation.columns) {
    const auto argument = make(column.type, fuel - 1, true);
    if (!argument) return std::nullopt;
    arguments.push_back(*argument);
    labels.push_back(column.name);
  }
  return call_text(relation.name, arguments, labels);
}

std::optional<std::string> ExpressionGenerator::quantifier(int fuel) {
  const Mark before = mark();
  std::string where;
  const std::string over = clauses(fuel, true, where);
  std::string out;
  switch (choices_.below(4)) {
    case 0:
      out = "(no " + over + where + ")";
      break;
    case 1:
      out = "(every " + over + where + " satisfies " + condition(fuel - 1) + ")";
      break;
    default:
      out = "(some " + over + where + ")";
  }
  restore(before);
  return out;
}

}  // namespace writ::support
