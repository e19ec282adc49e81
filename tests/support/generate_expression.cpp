#include "tests/support/generate_expression.hpp"

#include <algorithm>

namespace writ::support {

ExpressionGenerator::ExpressionGenerator(const Schema& schema, language::FunctionTable builtins, Choices& choices)
    : schema_(schema), choices_(choices) {
  for (const language::FunctionEntry& entry : builtins) {
    if (auto signature = types::parse_signature(entry.name, entry.signature)) signatures_.push_back(*signature);
  }
}

void ExpressionGenerator::clear() { restore({0, 0, 0}); }

void ExpressionGenerator::restore(const Mark& mark) {
  scope_.resize(mark.scope);
  known_.resize(mark.known);
  loops_ = mark.loops;
}

Ty ExpressionGenerator::any_scalar() {
  static const std::vector<Kind> kinds{Kind::boolean,    Kind::integer, Kind::integer, Kind::floating,
                                       Kind::string,     Kind::string,  Kind::date,    Kind::timestamp,
                                       Kind::duration,   Kind::period,  Kind::network, Kind::enumeration,
                                       Kind::enumeration};
  Ty out = simple(choices_.pick(kinds));
  if (out.kind == Kind::enumeration) out.decl = choices_.below(static_cast<std::uint32_t>(schema_.enums.size()));
  return out;
}

Ty ExpressionGenerator::any_comparable() {
  if (choices_.chance(75)) return any_scalar();
  Ty out = simple(Kind::entity);
  out.decl = choices_.below(static_cast<std::uint32_t>(schema_.entities.size()));
  return out;
}

Ty ExpressionGenerator::any_ordered() {
  for (;;) {
    const Ty type = any_scalar();
    if (schema_.is_ordered(type)) return type;
  }
}

// ---- names and paths --------------------------------------------------------------------------------------

bool ExpressionGenerator::is_known(const std::string& text) const {
  return std::any_of(known_.begin(), known_.end(), [&](const Named& place) { return place.name == text; });
}

void ExpressionGenerator::explore(const Named& from, int depth, std::vector<Named>& out) {
  Named here = from;
  if (here.type.optional && is_known(here.name)) here.type.optional = false;
  out.push_back(here);
  const auto* fields = schema_.fields(here.type);
  if (here.type.optional || fields == nullptr || depth == 0 || is_closed(here.type)) return;
  for (const FieldModel& field : *fields) {
    if (!asks_closed(field)) explore({here.name + "." + field.name, field.type}, depth - 1, out);
  }
}

std::vector<Named> ExpressionGenerator::paths() {
  std::vector<Named> out;
  for (const Named& variable : scope_) explore(variable, 2, out);
  for (const Named& place : known_) {
    const bool call = place.name.find('(') != std::string::npos;
    if (call || std::count(place.name.begin(), place.name.end(), '.') > 1)
      explore({place.name, place.type}, 1, out);
  }
  for (const Named& param : params_) out.push_back(param);
  return out;
}

std::optional<std::string> ExpressionGenerator::path(const Ty& want) {
  std::vector<std::string> found;
  for (const Named& place : paths()) {
    if (place.type == want) found.push_back(place.name);
  }
  if (found.empty()) return std::nullopt;
  return choices_.pick(found);
}

std::optional<Named> ExpressionGenerator::path_where(bool (*wanted)(const Schema&, const Ty&)) {
  std::vector<Named> found;
  for (Named& place : paths()) {
    if (wanted(schema_, place.type) && !is_closed(place.type)) found.push_back(std::move(place));
  }
  if (found.empty()) return std::nullopt;
  return choices_.pick(found);
}

std::optional<Named> ExpressionGenerator::optional_path() {
  if (!functions_.empty() && choices_.chance(20)) {
    const FunctionModel& function = choices_.pick(functions_);
    if (function.result.optional && function.params.size() == 1 && !is_closed(function.result)) {
      if (const auto argument = path(function.params[0].type))
        return Named{function.name + "(" + *argument + ")", function.result};
    }
  }
  return path_where([](const Schema&, const Ty& type) { return type.optional; });
}

// ---- by type ----------------------------------------------------------------------------------------------

std::string ExpressionGenerator::must_make(const Ty& want, int fuel, bool hinted) {
  if (auto made = make(want, fuel, hinted)) return *made;
  return literal(schema_, want, hinted, choices_);
}

std::optional<std::string> ExpressionGenerator::make(const Ty& want, int fuel, bool hinted) {
  return want.optional ? make_optional(want, fuel) : make_present(want, fuel, hinted);
}

std::optional<std::string> ExpressionGenerator::make_present(const Ty& want, int fuel, bool hinted) {
  const bool scalar = !want.is_collection() && want.kind != Kind::entity && want.kind != Kind::record;
  const bool can_be_literal = scalar && (want.kind != Kind::network || hinted);
  for (int attempt = 0; fuel > 0 && attempt < 3; ++attempt) {
    std::optional<std::string> made;
    switch (choices_.below(10)) {
      case 0:
      case 1:
      case 2:
        made = path(want);
        break;
      case 3:
        made = conditional(want, fuel);
        break;
      case 4:
        made = call(want, fuel);
        break;
      case 5:
        made = builtin(want, fuel);
        break;
      case 6:
        if (is_closed(want)) break;
        if (const auto optional = make_optional(want.maybe(), fuel - 1)) {
          if (const auto other = make(want, fuel - 1, true)) made = "(" + *optional + " ?? " + *other + ")";
        }
        break;
      case 7:
        made = aggregate(want, fuel);
        break;
      default:
        if (want.kind == Kind::boolean)
          made = make_boolean(fuel);
        else if (want.kind == Kind::string)
          made = text(fuel);
        else if (want.is_collection())
          made = list(want, fuel, hinted);
        else
          made = arithmetic(want, fuel);
    }
    if (made) return made;
  }
  if (choices_.chance(can_be_literal ? 65 : 100)) {
    if (auto found = path(want)) return found;
  }
  if (want.kind == Kind::date && choices_.chance(30)) return "today";
  if (want.kind == Kind::timestamp && choices_.chance(30)) return "now";
  if (can_be_literal) return literal(schema_, want, hinted, choices_);
  if (want.is_collection()) return list(want, 0, hinted);
  return std::nullopt;
}

std::optional<std::string> ExpressionGenerator::make_optional(const Ty& want, int fuel) {
  const Ty inner = want.present();
  for (int attempt = 0; attempt < 3; ++attempt) {
    std::optional<std::string> made;
    switch (choices_.below(fuel > 0 ? 6 : 2)) {
      case 0:
        made = path(want);
        break;
      case 1: {
        // x?.y of an optional entity or record.
        const auto object = path_where(
            [](const Schema& schema, const Ty& type) { return type.optional && schema.fields(type) != nullptr; });
        if (!object) break;
        std::vector<std::string> fitting;
        for (const FieldModel& field : *schema_.fields(object->type)) {
          if (field.type.present() == inner && !asks_closed(field)) fitting.push_back(field.name);
        }
        if (!fitting.empty()) made = object->name + "?." + choices_.pick(fitting);
        break;
      }
      case 2:
        made = call(want, fuel);
        break;
      case 3:
        made = builtin(want, fuel);
        break;
      case 4:
        made = optional_aggregate(want, fuel);
        break;
      default:
        if (const auto value = make(inner, fuel - 1, false))
          made = "(if " + condition(fuel - 1) + " then " + *value + " else missing)";
    }
    if (made) return made;
  }
  return path(want);
}

std::optional<std::string> ExpressionGenerator::conditional(const Ty& want, int fuel) {
  std::vector<Named> gained;
  const std::string test = condition(fuel - 1, &gained);
  const Mark before = mark();
  know(gained);
  const auto yes = make(want, fuel - 1, false);
  restore(before);
  const auto no = make(want, fuel - 1, false);
  if (!yes || !no) return std::nullopt;
  return "(if " + test + " then " + *yes + " else " + *no + ")";
}

std::optional<std::string> ExpressionGenerator::arithmetic(const Ty& want, int fuel) {
  struct Form {
    Kind result, left;
    const char* operation;
    Kind right;
  };
  static const std::vector<Form> forms{
      {Kind::integer, Kind::integer, "+", Kind::integer},
      {Kind::integer, Kind::integer, "-", Kind::integer},
      {Kind::integer, Kind::integer, "*", Kind::integer},
      {Kind::integer, Kind::integer, "%", Kind::integer},
      {Kind::floating, Kind::integer, "/", Kind::integer},
      {Kind::floating, Kind::floating, "/", Kind::floating},
      {Kind::floating, Kind::floating, "+", Kind::integer},
      {Kind::floating, Kind::floating, "-", Kind::floating},
      {Kind::floating, Kind::integer, "*", Kind::floating},
      {Kind::floating, Kind::duration, "/", Kind::duration},
      {Kind::date, Kind::date, "+", Kind::duration},
      {Kind::date, Kind::date, "-", Kind::duration},
      {Kind::date, Kind::date, "+", Kind::period},
      {Kind::date, Kind::date, "-", Kind::period},
      {Kind::timestamp, Kind::timestamp, "+", Kind::duration},
      {Kind::timestamp, Kind::timestamp, "-", Kind::duration},
      {Kind::timestamp, Kind::timestamp, "+", Kind::period},
      {Kind::timestamp, Kind::timestamp, "-", Kind::period},
      {Kind::duration, Kind::date, "-", Kind::date},
      {Kind::duration, Kind::timestamp, "-", Kind::timestamp},
      {Kind::duration, Kind::duration, "+", Kind::duration},
      {Kind::duration, Kind::duration, "-", Kind::duration},
      {Kind::duration, Kind::duration, "*", Kind::integer},
      {Kind::duration, Kind::integer, "*", Kind::duration},
      {Kind::period, Kind::period, "*", Kind::integer},
  };
  std::vector<Form> fitting;
  for (const Form& form : forms) {
    if (form.result == want.kind) fitting.push_back(form);
  }
  if (fitting.empty()) return std::nullopt;
  if ((want.kind == Kind::integer || want.kind == Kind::duration) && choices_.chance(10)) {
    return "(-" + must_make(want, fuel - 1, false) + ")";
  }
  const Form& form = choices_.pick(fitting);
  const std::string left = must_make(simple(form.left), fuel - 1, false);
  return "(" + left + " " + form.operation + " " + must_make(simple(form.right), fuel - 1, false) + ")";
}

std::optional<std::string> ExpressionGenerator::text(int fuel) {
  if (choices_.chance(60)) return message(fuel - 1);
  return "(" + must_make(simple(Kind::string), fuel - 1, false) + " + " +
         must_make(simple(Kind::string), fuel - 1, false) + ")";
}

std::string ExpressionGenerator::message(int fuel) {
  static const std::vector<std::string> words{"is late", "by", "\\{x\\}", "of", "a \\\"b\\\"", "was"};
  std::string out = "\"";
  const std::uint32_t parts = 1 + choices_.below(3);
  for (std::uint32_t i = 0; i < parts; ++i) {
    out += choices_.pick(words) + " ";
    if (choices_.chance(60)) {
      const auto value = path_where([](const Schema&, const Ty&) { return true; });
      if (value) out += "{" + value->name + "} ";
    } else if (const auto made = make(any_scalar(), std::min(fuel, 1), false)) {
      out += "{" + *made + "} ";
    }
  }
  return out + "\"";
}

std::optional<std::string> ExpressionGenerator::list(const Ty& want, int fuel, bool hinted) {
  if (fuel > 0 && choices_.chance(50)) {
    if (auto made = comprehension(want, fuel)) return made;
  }
  const std::uint32_t count = hinted ? choices_.below(4) : 1 + choices_.below(3);
  std::string out;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto element = make(*want.element, fuel > 0 ? fuel - 1 : 0, hinted);
    if (!element) return std::nullopt;
    out += (i == 0 ? "" : ", ") + *element;
  }
  return want.kind == Kind::list ? "[" + out + "]" : "{" + out + "}";
}

}  // namespace writ::support
