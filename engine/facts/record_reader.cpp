// Records and the shapes of values: fields, lists, nested records. Scalars and keys: read_scalar.cpp, read_key.cpp.
#include "engine/facts/record_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/facts/column_builder.hpp"
#include "engine/facts/hash.hpp"
#include "engine/facts/json_text.hpp"
#include "engine/facts/json_walker.hpp"

namespace writ::facts {

using language::PathStep;
using types::Kind;

namespace {

constexpr std::uint32_t no_token = JsonWalker::no_token;

}  // namespace

RecordReader::RecordReader(const ReadingPlan& plan)
    : plan_(plan), rows_(plan.entities.size()), unsettled_(plan.entities.size()), arena_(256 * 1024) {
  for (std::size_t id = 0; id < plan.entities.size(); ++id) {
    const EntityPlan& entity = plan.entities[id];
    if (!entity.read) continue;
    rows_[id].columns.resize(entity.def->fields.size());
    for (const FieldPlan& field : entity.fields) {
      rows_[id].columns[field.field] = make_column(field.value, field.optional);
    }
  }
}

bool RecordReader::read(const EntityPlan& entity, const std::uint32_t* positions, const ObjectPath& objects,
                        std::uint64_t place) {
  EntityRows& rows = rows_[static_cast<std::uint32_t>(entity.id)];
  const std::uint32_t row = rows.rows();
  record_ = objects.back();
  steps_.clear();
  bool good = entity.key.empty() || own_key(entity, positions, objects);
  for (const FieldPlan& plan : entity.fields) {
    if (!good) break;
    if (!plan.is_key) good = field(rows.columns[plan.field], plan, positions, objects);
  }
  if (good) {
    rows.places.push_back(place);
    return true;
  }
  for (const FieldPlan& plan : entity.fields) truncate(rows.columns[plan.field], row);
  if (rows.keys.size() > row) rows.keys.resize(row);
  for (Unsettled& keys : unsettled_) forget(keys);
  return false;
}

// Drops the keys whose places in the columns have been cut off.
void RecordReader::forget(Unsettled& keys) {
  while (!keys.slots.empty() && keys.slots.back().at >= keys.slots.back().codes->size()) {
    keys.slots.pop_back();
    keys.keys.pop_back();
  }
}

void RecordReader::settle() {
  for (std::size_t id = 0; id < unsettled_.size(); ++id) {
    Unsettled& keys = unsettled_[id];
    if (keys.keys.empty()) continue;
    codes_.resize(keys.keys.size());
    rows_[id].referred.codes(keys.keys, codes_.data());
    for (std::size_t i = 0; i < codes_.size(); ++i) (*keys.slots[i].codes)[keys.slots[i].at] = codes_[i];
    keys.keys.clear();
    keys.slots.clear();
  }
  decoded_.clear();
}

std::uint32_t RecordReader::member(std::uint32_t object, std::string_view name) {
  std::uint32_t token = object + 1;
  while (view_.at(token) == '"') {
    if (text(token) == name) return token + 2;
    token = view_.behind(token + 2);
    if (view_.at(token) != ',') break;
    ++token;
  }
  return no_token;
}

std::uint32_t RecordReader::follow(const language::Path& path, std::size_t first_step, std::uint32_t token) {
  for (std::size_t i = first_step; i < path.size() && token != no_token; ++i) {
    const PathStep& step = path[i];
    if (step.kind == PathStep::Kind::member) {
      token = view_.at(token) == '{' ? member(token, step.member) : no_token;
    } else {
      if (view_.at(token) != '[' || view_.at(token + 1) == ']') return no_token;
      ++token;
      for (std::uint32_t k = 0; k < step.index; ++k) {
        token = view_.behind(token);
        if (view_.at(token) != ',') return no_token;
        ++token;
      }
    }
  }
  return token;
}

std::uint32_t RecordReader::follow_from(const FieldPlan& plan, std::size_t first_step, std::uint32_t object) {
  if (plan.position != FieldPlan::nowhere || first_step == 0) return follow(*plan.path, first_step, object);
  for (Around& found : around_) {
    if (found.field != &plan) continue;
    if (found.object != object) found = {&plan, object, follow(*plan.path, first_step, object)};
    return found.token;
  }
  around_.push_back({&plan, object, follow(*plan.path, first_step, object)});
  return around_.back().token;
}

// Where a field's path starts: at a member that has been noted, at the record, or at an object around it.
std::uint32_t RecordReader::start(const FieldPlan& plan, const std::uint32_t* positions, const ObjectPath& objects,
                                  std::size_t& first_step) {
  first_step = 0;
  if (plan.position != FieldPlan::nowhere) {
    first_step = 1;
    return positions[plan.position];
  }
  const language::Path& path = *plan.path;
  while (first_step < path.size() && path[first_step].kind == PathStep::Kind::parent) ++first_step;
  return first_step < objects.size() ? objects[objects.size() - 1 - first_step] : no_token;
}

bool RecordReader::field(Column& column, const FieldPlan& plan, const std::uint32_t* positions,
                         const ObjectPath& objects) {
  steps_.push_back({plan.name, 0});
  std::size_t first_step = 0;
  std::uint32_t token = start(plan, positions, objects, first_step);
  bool good = true;
  if (plan.collects) {
    good = collected(column, plan, token, first_step);
  } else {
    if (first_step < plan.path->size()) token = follow_from(plan, first_step, token);
    const bool there = token != no_token && view_.at(token) != 'n';
    good = there ? value(column, plan.value, token) : absent(column, plan, token);
  }
  steps_.pop_back();
  return good;
}

// What stands for a value that is not there, or null.
bool RecordReader::absent(Column& column, const FieldPlan& plan, std::uint32_t token) {
  if (plan.has_default) {
    append_value(column, plan.fallback);
    return true;
  }
  if (plan.optional) {
    append_missing(column);
    return true;
  }
  if (token != no_token) return wrong_type(token, plan.value.type);
  return fail(record_, fmt::format("`{}` is missing", label()));
}

bool RecordReader::value(Column& column, const ValuePlan& plan, std::uint32_t token) {
  const char first = view_.at(token);
  switch (plan.kind) {
    case Kind::boolean:
      if (first != 't' && first != 'f') return wrong_type(token, plan.type);
      column.bytes.push_back(first == 't' ? 1 : 0);
      return true;
    case Kind::integer: {
      std::int64_t number = 0;
      if (!integer(plan, token, number)) return false;
      column.longs.push_back(number);
      return true;
    }
    case Kind::floating: {
      double number = 0;
      if (!floating(plan, token, number)) return false;
      column.doubles.push_back(number);
      return true;
    }
    case Kind::enumeration:
      return enum_member(column, plan, token);
    case Kind::entity:
      return reference(column, plan, token);
    case Kind::list:
    case Kind::set:
      return list(column, plan, token);
    case Kind::record:
      return nested(column, plan, token);
    default:
      break;
  }
  if (first != '"') return wrong_type(token, plan.type);
  const std::string_view spelling = text(token);
  switch (plan.kind) {
    case Kind::string:
      column.texts.push_back(shared_text(spelling));
      return true;
    case Kind::date: {
      const auto date = types::parse_date(spelling);
      if (!date) return not_a(token, types::parse_timestamp(spelling) ? "date without a time" : "date");
      column.days.push_back(date->days);
      return true;
    }
    case Kind::timestamp: {
      const auto instant = types::parse_timestamp(spelling);
      if (!instant) return not_a(token, "timestamp with an offset");
      append_nanos(column, instant->nanos);
      column.longs.push_back(instant->seconds);
      return true;
    }
    case Kind::duration: {
      const auto duration = types::parse_duration(spelling);
      if (!duration) return not_a(token, "duration");
      append_nanos(column, duration->nanos);
      column.longs.push_back(duration->seconds);
      return true;
    }
    case Kind::period: {
      const auto period = types::parse_period(spelling);
      if (!period) return not_a(token, "period");
      column.longs.push_back(period->months);
      return true;
    }
    case Kind::network: {
      const auto network = types::parse_network(spelling);
      if (!network) return not_a(token, "address or block of addresses");
      column.networks.push_back(*network);
      return true;
    }
    default:
      return fail(token, "no value of this type can be read");
  }
}

bool RecordReader::list(Column& column, const ValuePlan& plan, std::uint32_t token) {
  if (view_.at(token) != '[') return wrong_type(token, plan.type);
  Column& elements = column.children.front();
  SetIndex index{elements.size(), {}};
  ++token;
  for (std::uint32_t i = 0; view_.at(token) != ']'; ++i) {
    steps_.push_back({{}, i});
    if (!element(elements, plan, token, index)) return false;
    steps_.pop_back();
    token = view_.behind(token);
    if (view_.at(token) == ',') ++token;
  }
  column.starts.push_back(elements.size());
  return true;
}

bool RecordReader::element(Column& column, const ValuePlan& plan, std::uint32_t token, SetIndex& index) {
  const std::uint32_t size = column.size();
  const ValuePlan& type = plan.element.front();
  if (view_.at(token) == 'n') return wrong_type(token, type.type);
  if (!value(column, type, token)) return false;
  if (plan.kind == Kind::set && is_repeated(column, type, index)) {
    truncate(column, size);
    for (Unsettled& keys : unsettled_) forget(keys);
  }
  return true;
}

// Whether the last element is equal to another of its set.
bool RecordReader::is_repeated(const Column& elements, const ValuePlan& type, SetIndex& index) {
  constexpr std::uint32_t worth_hashing = 16;
  const std::uint32_t last = elements.size() - 1;
  const bool reference = type.kind == Kind::entity;
  if (type.kind == Kind::record || type.kind == Kind::list || type.kind == Kind::set) settle();
  // References have no codes yet: their keys are compared as texts. Those of one set lie one behind the other.
  const std::vector<std::string_view>& keys = unsettled_[type.target].keys;
  const auto key = [&](std::uint32_t at) { return keys[keys.size() - 1 - (last - at)]; };
  const auto same = [&](std::uint32_t a, std::uint32_t b) {
    return reference ? key(a) == key(b) : same_element(elements, a, b);
  };
  if (last - index.first < worth_hashing) {
    for (std::uint32_t i = index.first; i < last; ++i) {
      if (same(i, last)) return true;
    }
    return false;
  }
  const auto hash_of = [&](std::uint32_t at) {
    return reference ? hash_text(key(at)) : hash_element(elements, at);
  };
  if (index.by_hash.empty()) {
    for (std::uint32_t i = index.first; i < last; ++i) index.by_hash.emplace(hash_of(i), i);
  }
  const std::uint64_t own = hash_of(last);
  const auto [begin, end] = index.by_hash.equal_range(own);
  for (auto it = begin; it != end; ++it) {
    if (same(it->second, last)) return true;
  }
  index.by_hash.emplace(own, last);
  return false;
}

bool RecordReader::gather_tokens(const language::Path& path, std::size_t step, std::uint32_t token,
                                 std::vector<std::uint32_t>& out, bool& there) {
  std::size_t each = step;
  while (each < path.size() && path[each].kind != PathStep::Kind::each) ++each;
  const language::Path part(path.begin() + static_cast<std::ptrdiff_t>(step),
                            path.begin() + static_cast<std::ptrdiff_t>(each));
  const std::uint32_t target = follow(part, 0, token);
  if (target == no_token || view_.at(target) == 'n') {
    there = false;
    return true;
  }
  if (each == path.size()) {
    out.push_back(target);
    return true;
  }
  if (view_.at(target) != '[')
    return fail(target,
                fmt::format("`{}`: {} stands where an array is expected", label(), view_.what_stands(target)));
  std::uint32_t item = target + 1;
  while (view_.at(item) != ']') {
    if (!gather_tokens(path, each + 1, item, out, there)) return false;
    if (!there) return fail(item, fmt::format("`{}`: this element has no such value", label()));
    item = view_.behind(item);
    if (view_.at(item) == ',') ++item;
  }
  return true;
}

// The values that a path with `[*]` leads to. An element without the value is a fault: passing over it would let a
// misspelt path pass for an empty list.
bool RecordReader::collected(Column& column, const FieldPlan& plan, std::uint32_t start_token,
                             std::size_t first_step) {
  if (start_token == no_token) return absent(column, plan, no_token);
  std::vector<std::uint32_t> tokens;
  bool there = true;
  if (!gather_tokens(*plan.path, first_step, start_token, tokens, there)) return false;
  if (!there) return absent(column, plan, no_token);
  Column& elements = column.children.front();
  SetIndex index{elements.size(), {}};
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    steps_.push_back({{}, i});
    if (!element(elements, plan.value, tokens[i], index)) return false;
    steps_.pop_back();
  }
  column.starts.push_back(elements.size());
  return true;
}

bool RecordReader::nested(Column& column, const ValuePlan& plan, std::uint32_t token) {
  if (view_.at(token) != '{') return wrong_type(token, plan.type);
  for (std::size_t i = 0; i < plan.fields.size(); ++i) {
    const FieldPlan& field = plan.fields[i];
    Column& child = column.children[i];
    steps_.push_back({field.name, 0});
    if (field.collects) {
      if (!collected(child, field, token, 0)) return false;
    } else {
      const std::uint32_t target = follow(*field.path, 0, token);
      const bool there = target != no_token && view_.at(target) != 'n';
      if (!there && target == no_token && !field.has_default && !field.optional) {
        return fail(token, fmt::format("`{}` is missing", label()));
      }
      if (!(there ? value(child, field.value, target) : absent(child, field, target))) return false;
    }
    steps_.pop_back();
  }
  column.bytes.push_back(1);
  return true;
}

}  // namespace writ::facts
