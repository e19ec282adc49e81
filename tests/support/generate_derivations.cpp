#include "tests/support/generate_derivations.hpp"

#include <algorithm>

namespace writ::support {

std::vector<std::uint32_t> DerivationGenerator::targets() {
  std::vector<std::uint32_t> out;
  const auto entities = static_cast<std::uint32_t>(schema_.entities.size());
  const std::uint32_t most = std::min(entities - 1, 1 + choices_.below(2));
  while (out.size() < most) {
    const std::uint32_t target = choices_.below(entities);
    if (std::find(out.begin(), out.end(), target) == out.end()) out.push_back(target);
  }
  return out;
}

void DerivationGenerator::begin(const std::vector<std::uint32_t>& closed) {
  expressions_.close(std::set<std::uint32_t>(closed.begin(), closed.end()));
  params_ = expressions_.exchange_params({{"some_network()", simple(Kind::network)}});
}

void DerivationGenerator::end() {
  expressions_.close({});
  expressions_.exchange_params(std::move(params_));
}

std::vector<std::string> DerivationGenerator::run(std::uint32_t target) {
  std::vector<std::string> out;
  const std::uint32_t count = 1 + choices_.weighted({65, 35});
  for (std::uint32_t i = 0; i < count; ++i) out.push_back(derivation(target));
  schema_.entities[target].derived = true;
  return out;
}

std::string DerivationGenerator::derivation(std::uint32_t target) {
  expressions_.clear();
  std::vector<std::uint32_t> open;
  std::vector<std::uint32_t> chained;
  for (std::uint32_t i = 0; i < schema_.entities.size(); ++i) {
    Ty type = simple(Kind::entity);
    type.decl = i;
    if (expressions_.is_closed(type)) continue;
    open.push_back(i);
    if (schema_.entities[i].derived) chained.push_back(i);
  }
  first_ = {expressions_.fresh(), simple(Kind::entity)};
  first_.type.decl = !chained.empty() && choices_.chance(60) ? choices_.pick(chained) : choices_.pick(open);
  const EntityModel& model = schema_.entities[target];
  std::string out =
      "derive " + model.name + " from " + first_.name + " in " + schema_.entities[first_.type.decl].name;
  expressions_.declare(first_);
  expressions_.open_loop();
  // What runs over two entities grows, and what is derived of that the more.
  const bool grown = schema_.entities[first_.type.decl].derived;
  expressions_.limit_loops(!grown && choices_.chance(25) ? 2 : 1);
  if (choices_.chance(20)) out += ", " + expressions_.binding(1);
  out += "\n";
  if (choices_.chance(25)) out += let();
  if (choices_.chance(40)) out += where("where");
  if (choices_.chance(15)) out += "  for " + expressions_.binding(1) + "\n";
  if (choices_.chance(30)) out += let();
  if (choices_.chance(15)) out += where("where");
  const std::uint32_t requirements = choices_.weighted({60, 30, 10});
  for (std::uint32_t i = 0; i < requirements; ++i) {
    std::vector<Named> gained;
    const std::string test = expressions_.condition(2, &gained);
    out += "  require " + test + "\n    else " + expressions_.message(1) + "\n";
    expressions_.know(gained);
  }
  return out + "{\n" + fields(model) + "}\n";
}

std::string DerivationGenerator::where(const char* word) {
  std::vector<Named> gained;
  const std::string text = expressions_.condition(2, &gained);
  expressions_.know(gained);
  return "  " + std::string(word) + " " + text + "\n";
}

std::string DerivationGenerator::let() {
  Named named{expressions_.fresh(), expressions_.any_scalar()};
  std::string value;
  const auto alias = choices_.chance(35) ? expressions_.optional_path() : std::nullopt;
  if (alias) {
    named.type = alias->type;
    value = alias->name;
  } else {
    if (choices_.chance(25)) named.type.optional = true;
    const auto made = expressions_.make(named.type, 2, false);
    if (!made) return "";
    value = *made;
  }
  expressions_.declare(named);
  return "  let " + named.name + " = " + value + "\n";
}

std::string DerivationGenerator::fields(const EntityModel& model) {
  std::string out;
  for (const FieldModel& field : model.fields) {
    if (field.inverse) continue;
    const bool is_key =
        field.text.find("  key") != std::string::npos || field.text.find(" key") != std::string::npos;
    const bool may_lack = field.type.optional || field.has_default;
    if (may_lack && choices_.chance(30)) continue;
    const std::string text =
        is_key && model.referable ? key(field.type, model.name.substr(0, 1), true) : value(field.type);
    out += "  " + field.name + ": " + text + "\n";
  }
  return out;
}

std::string DerivationGenerator::scalar(const Ty& type) {
  if (const auto made = expressions_.make(type, 2, true)) return *made;
  return literal(schema_, type, true, choices_);
}

std::string DerivationGenerator::value(const Ty& type) {
  const Ty inner = type.present();
  if (inner.is_collection()) return list(inner);
  if (inner.kind == Kind::entity) {
    if (choices_.chance(30)) {
      if (const auto place = expressions_.path(choices_.chance(50) ? type : inner)) return *place;
    }
    const std::string made = reference(inner, type.optional);
    if (type.optional && choices_.chance(20))
      return "(if " + expressions_.condition(1) + " then " + made + " else missing)";
    return made;
  }
  if (inner.kind == Kind::record) {
    if (choices_.chance(20)) {
      if (const auto place = expressions_.path(type)) return *place;
    }
    return record(inner);
  }
  return scalar(type.optional && choices_.chance(60) ? inner : type);
}

std::string DerivationGenerator::reference(const Ty& type, bool may_be_missing) {
  const EntityModel& target = schema_.entities[type.decl];
  const Ty& key_type = target.fields.front().type;
  if (may_be_missing && choices_.chance(25)) {
    if (const auto place = expressions_.path(key_type.maybe())) return target.name + "(" + *place + ")";
  }
  return target.name + "(" + key(key_type, target.name.substr(0, 1), choices_.chance(50)) + ")";
}

// The text of a key: `own` ones are often those that derived records get, others those of supplied ones.
std::string DerivationGenerator::key(const Ty& type, const std::string& letter, bool own) {
  const std::vector<FieldModel>& source = schema_.entities[first_.type.decl].fields;
  const bool has_key = schema_.entities[first_.type.decl].referable;
  const auto number = [&] {
    const auto place = expressions_.path(simple(Kind::integer));
    return place && choices_.chance(60) ? *place : std::to_string(choices_.below(4));
  };
  if (type.kind == Kind::integer) {
    if (has_key && source.front().type == type && choices_.chance(own ? 60 : 30))
      return first_.name + ".id" + (own ? " + 100" : "");
    return choices_.chance(70) ? number() : scalar(type);
  }
  if (has_key && choices_.chance(own ? 60 : 25)) return "\"d-{" + first_.name + ".id}\"";
  switch (choices_.below(4)) {
    case 0:
      return scalar(type);
    case 1:
      if (has_key && source.front().type == type) return first_.name + ".id";
      [[fallthrough]];
    default:
      return "\"" + letter + "{" + number() + "}\"";
  }
}

std::string DerivationGenerator::record(const Ty& type) {
  std::string out;
  const std::vector<FieldModel>& fields = schema_.records[type.decl].fields;
  for (const FieldModel& field : fields) {
    // Braces with nothing in them would be a set.
    const bool last = out.empty() && &field == &fields.back();
    if (field.type.optional && !last && choices_.chance(30)) continue;
    out += (out.empty() ? "" : ", ") + field.name + ": " + value(field.type);
  }
  return "{ " + out + " }";
}

std::string DerivationGenerator::list(const Ty& type) {
  const Ty& element = *type.element;
  const bool made = element.kind == Kind::entity || element.kind == Kind::record;
  if (!made || choices_.chance(20)) {
    if (const auto text = expressions_.make(type, 2, true)) return *text;
    if (!made) return type.kind == Kind::list ? "[]" : "{}";
  }
  const auto one = [&] { return element.kind == Kind::entity ? reference(element, false) : record(element); };
  std::string inside;
  if (choices_.chance(60)) {
    const ExpressionGenerator::Mark before = expressions_.mark();
    const std::string over = expressions_.binding(1);
    const std::string body = one();
    const std::string condition = choices_.chance(40) ? " where " + expressions_.condition(1) : "";
    expressions_.restore(before);
    inside = body + " for " + over + condition;
  } else {
    const std::uint32_t count = choices_.below(3);
    for (std::uint32_t i = 0; i < count; ++i) inside += (i == 0 ? "" : ", ") + one();
  }
  return type.kind == Kind::list ? "[" + inside + "]" : "{" + inside + "}";
}

}  // namespace writ::support
