#include "engine/facts/evidence_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/facts/entity_names.hpp"

namespace writ::facts {

void EvidenceFindings::list_unknown_fields(const Readers& readers) {
  std::vector<std::map<std::string, RawUnknown>> all(store_.entities.size());
  for (const std::unique_ptr<EvidenceReader>& reader : readers) {
    const auto found = reader->unknown();
    for (std::size_t id = 0; id < all.size(); ++id) {
      for (const auto& [name, unknown] : found[id]) {
        RawUnknown& entry = all[id][name];
        entry.first = entry.count == 0 ? unknown.first : std::min(entry.first, unknown.first);
        entry.count += unknown.count;
      }
    }
  }
  for (std::size_t id = 0; id < all.size(); ++id) {
    if (all[id].empty()) continue;
    // A member is named as the first step of its field's path, which mostly is the field's name.
    std::vector<std::string_view> members;
    std::vector<std::string_view> fields;
    for (const language::FieldDef& field : program_.entities[id].fields) {
      if (field.inverse || field.path.front().kind != language::PathStep::Kind::member) continue;
      members.push_back(field.path.front().member);
      fields.push_back(field.name);
    }
    std::vector<std::pair<std::uint64_t, UnknownField>> listed;
    for (const auto& [name, unknown] : all[id]) {
      UnknownField field;
      field.entity = static_cast<EntityId>(id);
      field.name = name;
      field.count = unknown.count;
      const std::string_view near = nearest_name(name, members);
      if (!near.empty()) {
        const auto at = std::find(members.begin(), members.end(), near) - members.begin();
        field.nearest = fields[static_cast<std::size_t>(at)];
      }
      listed.emplace_back(unknown.first, std::move(field));
    }
    std::sort(listed.begin(), listed.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second.name < b.second.name;
    });
    if (listed.size() > FactStore::max_listed) listed.resize(FactStore::max_listed);
    for (auto& [first, field] : listed) {
      const Place place = unpacked(first);
      field.first = finder(place.file).at(place.offset);
      store_.unknown_fields.push_back(std::move(field));
    }
  }
}

void EvidenceFindings::list_bad_records(std::vector<std::vector<RawBad>> bad) {
  std::vector<std::pair<std::uint32_t, RawBad>> all;
  for (std::uint32_t id = 0; id < bad.size(); ++id) {
    const auto earlier = [](const RawBad& a, const RawBad& b) { return packed(a.place) < packed(b.place); };
    std::stable_sort(bad[id].begin(), bad[id].end(), earlier);
    if (bad[id].size() > FactStore::max_listed) bad[id].resize(FactStore::max_listed);
    for (RawBad& raw : bad[id]) all.emplace_back(id, std::move(raw));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return packed(a.second.place) < packed(b.second.place); });
  for (auto& [id, raw] : all) {
    BadRecord record;
    record.entity = static_cast<EntityId>(id);
    PlaceFinder& places = finder(raw.place.file);
    record.place = raw.path != nullptr ? places.value(raw.place.offset, *raw.path) : places.at(raw.place.offset);
    record.reason = std::move(raw.reason);
    if (raw.other) {
      const TextPlace other = finder(raw.other->file).at(raw.other->offset);
      record.reason += fmt::format(" {}:{}:{}", other.path, other.line, other.column);
    }
    store_.bad_records.push_back(std::move(record));
  }
}

void EvidenceFindings::report(std::vector<Complaint> complaints, diagnostics::Sink& sink) {
  std::stable_sort(complaints.begin(), complaints.end(), [](const Complaint& a, const Complaint& b) {
    return a.file != b.file ? a.file < b.file : a.offset.value_or(0) < b.offset.value_or(0);
  });
  for (const Complaint& complaint : complaints) {
    diagnostics::ForeignPlace place;
    place.path = store_.files[complaint.file].path;
    if (complaint.offset) {
      PlaceFinder& places = finder(complaint.file);
      const TextPlace at = places.at(*complaint.offset);
      place.line = at.line;
      place.column = at.column;
      place.pointer = at.pointer;
      place.line_text = places.line_text(*complaint.offset);
    }
    diagnostics::Diagnostic& diagnostic = sink.add(complaint.code, place, complaint.message, complaint.label);
    if (complaint.further > 0) {
      diagnostic.note(fmt::format("{} more line{} of this file {} no JSON", complaint.further,
                                  complaint.further == 1 ? "" : "s", complaint.further == 1 ? "is" : "are"));
    }
    if (!complaint.help.empty()) diagnostic.help(complaint.help);
  }
}

PlaceFinder& EvidenceFindings::finder(std::uint32_t file) {
  constexpr std::size_t most_open = 64;
  const auto found = finders_.find(file);
  if (found != finders_.end()) return *found->second;
  if (finders_.size() >= most_open) finders_.clear();
  return *finders_.emplace(file, std::make_unique<PlaceFinder>(store_.files[file])).first->second;
}

}  // namespace writ::facts
