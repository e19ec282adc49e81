#include "engine/facts/evidence_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace writ::facts {

using language::PathStep;

namespace {

constexpr std::uint32_t no_token = JsonWalker::no_token;

}  // namespace

EvidenceReader::EvidenceReader(const ReadingPlan& reading, const EntityNames& entity_names)
    : plan(reading),
      names(entity_names),
      records(reading),
      bad(reading.entities.size()),
      bad_counts(reading.entities.size(), 0),
      shapes_(reading.entities.size()),
      strangers_(reading.entities.size()),
      rows_taken_(reading.entities.size(), 0) {
  std::size_t most = 2;
  for (const EntityPlan& entity : reading.entities) most = std::max<std::size_t>(most, entity.positions);
  positions.resize(most, no_token);
}

void EvidenceReader::bind(const JsonView& view, std::uint32_t file, std::uint64_t base) {
  walker.bind(view);
  records.bind(view);
  file_ = file;
  base_ = base;
}

EvidenceReader::Shape& EvidenceReader::shape(const EntityPlan& entity, bool mixed) {
  Shape& shape = shapes_[index(entity.id)][mixed ? 1 : 0];
  if (shape.names != nullptr) return shape;
  shape.names = &walker.make_names();
  for (const std::string_view name : entity.known) shape.names->give(name, MemberNames::none);
  for (std::size_t i = 0; i < entity.wanted.size(); ++i) {
    const bool is_mark = i == entity.entity_position || i == entity.kind_position;
    const bool is_field =
        std::find(entity.known.begin(), entity.known.end(), entity.wanted[i]) != entity.known.end();
    if (!is_mark || is_field || mixed) shape.names->give(entity.wanted[i], static_cast<std::uint16_t>(i));
  }
  return shape;
}

std::uint32_t EvidenceReader::walk_record(std::uint32_t token, const EntityPlan& entity, std::uint32_t depth,
                                          bool mixed) {
  if (view().at(token) != '{') return walker.value(token, depth);
  std::fill_n(positions.begin(), entity.positions, no_token);
  return walker.object(token, *shape(entity, mixed).names, depth, positions.data());
}

void EvidenceReader::accept(std::uint32_t token, const EntityPlan& entity, bool mixed) {
  if (view().at(token) != '{') {
    set_aside(index(entity.id), offset_of(token),
              fmt::format("{} stands where a record, an object, is expected", view().what_stands(token)));
    return;
  }
  if (entity.reports_unknown()) count_unknown(entity, shape(entity, mixed), token, mixed);
  single_.assign(1, token);
  read(entity, single_);
}

void EvidenceReader::read(const EntityPlan& entity, const ObjectPath& objects) {
  if (set_aside_repeated(index(entity.id))) return;
  const std::uint64_t place = packed({file_, offset_of(objects.back())});
  if (!records.read(entity, positions.data(), objects, place)) {
    set_aside(index(entity.id), base_ + records.fault, std::move(records.reason));
  }
}

void EvidenceReader::visit(std::uint32_t token, const EntityPlan& entity, std::size_t step,
                           std::vector<bool>& reached) {
  ObjectPath objects;
  visit(token, entity, step, objects, reached);
}

void EvidenceReader::visit(std::uint32_t token, const EntityPlan& entity, std::size_t step, ObjectPath& objects,
                           std::vector<bool>& reached) {
  const language::Path& at = entity.def->at;
  const char first = view().at(token);
  const std::size_t around = objects.size();
  if (first == '{') objects.push_back(token);
  if (step == at.size()) {
    reached[index(entity.id)] = true;
    if (first == '{') {
      note_members(token, entity);
      read(entity, objects);
    } else {
      set_aside(index(entity.id), offset_of(token),
                fmt::format("{} stands where a record, an object, is expected", view().what_stands(token)));
    }
  } else if (at[step].kind == PathStep::Kind::each) {
    if (first == '[') {
      reached[index(entity.id)] = true;
      std::uint32_t item = token + 1;
      while (view().at(item) != ']') {
        visit(item, entity, step + 1, objects, reached);
        item = view().behind(item);
        if (view().at(item) == ',') ++item;
      }
    } else if (first != 'n') {
      set_aside(index(entity.id), offset_of(token),
                fmt::format("{} stands where an array of records is expected", view().what_stands(token)));
    }
  } else if (at[step].kind == PathStep::Kind::member) {
    const std::uint32_t value = first == '{' ? records.member(token, at[step].member) : no_token;
    if (value != no_token && view().at(value) != 'n') visit(value, entity, step + 1, objects, reached);
  } else if (first == '[') {
    std::uint32_t item = token + 1;
    for (std::uint32_t i = 0; i < at[step].index && view().at(item) != ']'; ++i) {
      item = view().behind(item);
      if (view().at(item) == ',') ++item;
    }
    if (view().at(item) != ']') visit(item, entity, step + 1, objects, reached);
  }
  objects.resize(around);
}

// Where the wanted members of an object lie that has been walked already.
void EvidenceReader::note_members(std::uint32_t token, const EntityPlan& entity) {
  MemberNames& known = *shape(entity, false).names;
  std::fill_n(positions.begin(), entity.positions, no_token);
  std::uint32_t member = token + 1;
  while (view().at(member) == '"') {
    const std::uint16_t name = known.find(records.text(member));
    if (name != MemberNames::none && known[name].position != MemberNames::none) {
      positions[known[name].position] = member + 2;
    }
    member = view().behind(member + 2);
    if (view().at(member) != ',') break;
    ++member;
  }
}

void EvidenceReader::count_unknown(const EntityPlan& entity, Shape& shape, std::uint32_t token, bool mixed) {
  MemberNames& known = *shape.names;
  for (; shape.sized < known.size(); ++shape.sized) {
    const auto name = static_cast<std::uint16_t>(shape.sized);
    if (!known[name].known) shape.unknown_names[name / 64] |= std::uint64_t{1} << (name % 64);
  }
  shape.unknown.resize(known.size());
  bool first = false;
  for (std::size_t word = 0; word < known.words(); ++word) {
    std::uint64_t bits = walker.seen[word] & shape.unknown_names[word];
    while (bits != 0) {
      RawUnknown& unknown = shape.unknown[word * 64 + static_cast<std::size_t>(std::countr_zero(bits))];
      first |= unknown.count == 0;
      ++unknown.count;
      bits &= bits - 1;
    }
  }
  for (const std::uint32_t other : walker.others) {
    const std::string_view name = walker.name_text(other);
    if (!(mixed && (name == "entity" || name == "kind"))) {
      count_stranger(entity, name, packed({file_, offset_of(other)}));
    }
  }
  if (!first) return;
  // Their places are looked for once.
  std::uint32_t member = token + 1;
  while (view().at(member) == '"') {
    const std::uint16_t name = known.find(records.text(member));
    if (name != MemberNames::none && !known[name].known && shape.unknown[name].first == 0) {
      shape.unknown[name].first = packed({file_, offset_of(member)});
    }
    member = view().behind(member + 2);
    if (view().at(member) != ',') break;
    ++member;
  }
}

void EvidenceReader::count_stranger(const EntityPlan& entity, std::string_view name, std::uint64_t place) {
  RawUnknown& unknown = strangers_[index(entity.id)][std::string(name)];
  if (unknown.count++ == 0) unknown.first = place;
}

std::vector<std::map<std::string, RawUnknown>> EvidenceReader::unknown() {
  std::vector<std::map<std::string, RawUnknown>> out = strangers_;
  for (std::size_t id = 0; id < shapes_.size(); ++id) {
    for (const Shape& shape : shapes_[id]) {
      for (std::size_t i = 0; i < shape.unknown.size(); ++i) {
        if (shape.unknown[i].count == 0) continue;
        const MemberNames::Name& name = (*shape.names)[static_cast<std::uint16_t>(i)];
        RawUnknown& entry = out[id][std::string(name.text, name.length)];
        entry.first = entry.count == 0 ? shape.unknown[i].first : std::min(entry.first, shape.unknown[i].first);
        entry.count += shape.unknown[i].count;
      }
    }
  }
  return out;
}

void EvidenceReader::set_aside(std::uint32_t entity, std::uint64_t offset, std::string reason) {
  ++bad_counts[entity];
  std::vector<RawBad>& listed = bad[entity];
  listed.push_back({{file_, offset}, std::move(reason), std::nullopt, nullptr});
  if (listed.size() < 2 * FactStore::max_listed) return;
  std::sort(listed.begin(), listed.end(),
            [](const RawBad& a, const RawBad& b) { return packed(a.place) < packed(b.place); });
  listed.resize(FactStore::max_listed);
}

bool EvidenceReader::set_aside_repeated(std::uint32_t entity) {
  if (walker.duplicate == no_token) return false;
  set_aside(entity, offset_of(walker.duplicate),
            fmt::format("`{}` stands twice in one object", walker.name_text(walker.duplicate)));
  return true;
}

std::vector<PartResult::Rows> EvidenceReader::take_rows() {
  std::vector<PartResult::Rows> out;
  for (std::uint32_t id = 0; id < rows_taken_.size(); ++id) {
    const std::uint32_t rows = records.rows()[id].rows();
    if (rows > rows_taken_[id]) out.push_back({id, rows_taken_[id], rows});
    rows_taken_[id] = rows;
  }
  return out;
}

}  // namespace writ::facts
