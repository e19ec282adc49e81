// Keys: the record's own, and those by which it refers to others. A key is a text: a String as it is, an Int in
// decimal, a Date as it is written, an enum's member by its name, a reference by the key of what it refers to. The
// parts of a key of several fields are joined with U+001F.
#include <fmt/format.h>

#include "engine/facts/json_walker.hpp"
#include "engine/facts/record_reader.hpp"

namespace writ::facts {

using types::Kind;

namespace {

constexpr char part_mark = '\x1f';
constexpr std::uint32_t no_token = JsonWalker::no_token;

}  // namespace

void RecordReader::note(std::uint32_t target, std::string_view key, std::vector<std::uint32_t>& codes) {
  Unsettled& keys = unsettled_[target];
  keys.keys.push_back(key);
  keys.slots.push_back({&codes, static_cast<std::uint32_t>(codes.size())});
  codes.push_back(KeyDictionary::none);
}

bool RecordReader::own_key(const EntityPlan& entity, const std::uint32_t* positions, const ObjectPath& objects) {
  const auto id = static_cast<std::uint32_t>(entity.id);
  std::string joined;
  std::string_view key;
  for (const FieldPlan& part : entity.key) {
    steps_.push_back({part.name, 0});
    std::size_t first_step = 0;
    std::uint32_t token = start(part, positions, objects, first_step);
    if (first_step < part.path->size()) token = follow_from(part, first_step, token);
    if (token == no_token) return fail(record_, fmt::format("`{}` is missing", label()));
    if (!key_part(part, token, key, entity.key.size() == 1)) return false;
    if (entity.key.size() > 1) {
      if (&part != &entity.key.front()) joined += part_mark;
      joined += key;
    }
    steps_.pop_back();
  }
  rows_[id].keys.push_back(arena_.text(entity.key.size() > 1 ? std::string_view(joined) : key));
  return true;
}

bool RecordReader::key_part(const FieldPlan& part, std::uint32_t token, std::string_view& out, bool alone) {
  const ValuePlan& plan = part.value;
  switch (plan.kind) {
    case Kind::integer: {
      std::int64_t number = 0;
      if (!integer(plan, token, number)) return false;
      out = decoded_.text(fmt::format("{}", number))->view();
      return true;
    }
    case Kind::entity: {
      // Keys may be made of keys, but not of themselves.
      if (key_depth_ > plan_.entities.size()) {
        return fail(token, fmt::format("the key of {} refers to itself", plan_.entities[plan.target].def->name));
      }
      ++key_depth_;
      const bool good = key_of(plan_.entities[plan.target], token, out);
      --key_depth_;
      return good;
    }
    default:
      break;
  }
  if (view_.at(token) != '"') return wrong_type(token, plan.type);
  out = text(token);
  if (plan.kind == Kind::date && !types::parse_date(out)) return not_a(token, "date");
  if (plan.kind == Kind::enumeration && plan.enumeration->ordinals.find(out) == plan.enumeration->ordinals.end()) {
    return not_a(token, fmt::format("member of {}", plan.enumeration->def->name));
  }
  if (plan.kind == Kind::string && !alone && out.find(part_mark) != std::string_view::npos) {
    return fail(
        token, fmt::format("`{}` holds the control character U+001F, which no key of several fields may", label()));
  }
  return true;
}

// The key by which a value refers to a record: of one field, its value; of several, an array of their values in
// order, or an object with them.
bool RecordReader::key_of(const EntityPlan& target, std::uint32_t token, std::string_view& out) {
  if (target.key.size() == 1) return key_part(target.key.front(), token, out, true);
  const char first = view_.at(token);
  if (first != '[' && first != '{') {
    return fail(token,
                fmt::format("`{}` is {}; an array of the {} parts of the key of {} is expected, or an object with "
                            "them",
                            label(), view_.what_stands(token), target.key.size(), target.def->name));
  }
  std::string joined;
  std::uint32_t item = token + 1;
  std::size_t parts = 0;
  if (first == '[') {
    for (std::uint32_t at = item; view_.at(at) != ']';) {
      ++parts;
      at = view_.behind(at);
      if (view_.at(at) == ',') ++at;
    }
    if (parts != target.key.size()) {
      return fail(token, fmt::format("`{}` has {} part{}, the key of {} has {}", label(), parts,
                                     parts == 1 ? "" : "s", target.def->name, target.key.size()));
    }
  }
  for (std::size_t i = 0; i < target.key.size(); ++i) {
    const FieldPlan& part = target.key[i];
    std::uint32_t value = item;
    if (first == '{') {
      value = member(token, part.name);
      if (value == no_token) return fail(token, fmt::format("`{}` has no `{}`", label(), part.name));
    }
    std::string_view key;
    steps_.push_back({part.name, 0});
    if (!key_part(part, value, key, false)) return false;
    steps_.pop_back();
    if (i != 0) joined += part_mark;
    joined += key;
    if (first == '[') {
      item = view_.behind(item);
      if (view_.at(item) == ',') ++item;
    }
  }
  out = decoded_.text(joined)->view();
  return true;
}

bool RecordReader::reference(Column& column, const ValuePlan& plan, std::uint32_t token) {
  std::string_view key;
  if (!key_of(plan_.entities[plan.target], token, key)) return false;
  note(plan.target, key, column.codes);
  return true;
}

}  // namespace writ::facts
