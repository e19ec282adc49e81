#include "engine/report/evidence_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/report/findings_text.hpp"

namespace writ::report {

namespace {

using types::EntityId;

void title(Page& page, std::string_view text) {
  page.gap();
  page.paragraph(0, 0, {{std::string(text), Ink::bold}});
}

// Entities that were read, in order of their names.
std::vector<EntityId> entities_read(const language::Program& program, const facts::FactStore& store) {
  std::vector<EntityId> out;
  for (std::uint32_t i = 0; i < store.entities.size() && i < program.entities.size(); ++i) {
    if (store.entities[i].read) out.push_back(static_cast<EntityId>(i));
  }
  std::sort(out.begin(), out.end(),
            [&](EntityId a, EntityId b) { return program.entity(a).name < program.entity(b).name; });
  return out;
}

}  // namespace

std::string age_in_words(types::Timestamp collected_at, types::Timestamp now) {
  const bool future = collected_at > now;
  const std::int64_t seconds =
      future ? types::difference(collected_at, now).seconds : types::difference(now, collected_at).seconds;
  constexpr std::int64_t minute = 60;
  constexpr std::int64_t hour = 60 * minute;
  constexpr std::int64_t day = 24 * hour;
  std::string length;
  if (seconds >= 2 * day) {
    length = counted(static_cast<std::uint64_t>(seconds / day), "day");
  } else if (seconds >= 2 * hour) {
    length = counted(static_cast<std::uint64_t>(seconds / hour), "hour");
  } else {
    length = counted(static_cast<std::uint64_t>(seconds / minute), "minute");
  }
  return length + (future ? " after now" : " old");
}

void write_bad_records(Page& page, const language::Program& program, const facts::FactStore& store,
                       std::size_t most) {
  std::uint64_t total = 0;
  for (const facts::EntityFacts& entity : store.entities) total += entity.bad;
  if (total == 0) return;
  title(page, fmt::format("Bad records ({})", total));
  for (const EntityId entity : entities_read(program, store)) {
    const std::uint64_t bad = store.entity(entity).bad;
    if (bad == 0) continue;
    const std::string& name = program.entity(entity).name;
    std::size_t shown_here = 0;
    for (const facts::BadRecord& record : store.bad_records) {
      if (record.entity != entity) continue;
      if (shown_here == most) break;
      ++shown_here;
      std::vector<Piece> pieces = {{name + " "}, {shown(record.place), Ink::plain, true}};
      if (!record.place.pointer.empty()) {
        pieces.push_back({" "});
        pieces.push_back({record.place.pointer, Ink::dim, true});
      }
      page.paragraph(2, 6, pieces);
      page.paragraph(6, 6, with_code(record.reason));
    }
    if (shown_here < bad) {
      page.paragraph(2, 6, {{fmt::format("and {} more of {}", bad - shown_here, name), Ink::dim}});
    }
  }
}

void write_unknown_fields(Page& page, const language::Program& program, const facts::FactStore& store) {
  if (store.unknown_fields.empty()) return;
  title(page, "Unknown fields");
  for (const facts::UnknownField& field : store.unknown_fields) {
    std::string text =
        fmt::format("{} {} `{}`, which `{}` does not know", counted(field.count, "record"),
                    field.count == 1 ? "has" : "have", field.name, program.entity(field.entity).name);
    if (!field.nearest.empty()) text += fmt::format("; nearest `{}`", field.nearest);
    std::vector<Piece> pieces = with_code(text);
    pieces.push_back({", first at ", Ink::dim});
    pieces.push_back({shown(field.first), Ink::dim, true});
    page.paragraph(2, 6, pieces);
  }
}

void write_evidence_table(Page& page, const language::Program& program, const facts::FactStore& store,
                          types::Timestamp now) {
  const std::vector<EntityId> entities = entities_read(program, store);
  if (entities.empty()) return;
  title(page, "Evidence");
  std::uint32_t name_width = 0;
  std::size_t count_width = 0;
  for (const EntityId entity : entities) {
    name_width = std::max(name_width, display_width(program.entity(entity).name));
    count_width = std::max(count_width, counted(store.entity(entity).rows, "record").size());
  }
  for (const EntityId entity : entities) {
    const facts::EntityFacts& facts = store.entity(entity);
    const std::string name = padded(program.entity(entity).name, name_width) + "  ";
    const std::uint32_t hanging = 2 + name_width + 2;
    std::vector<Piece> pieces = {{name, Ink::plain, true}};
    if (facts.broken) {
      pieces.push_back({"broken", Ink::magenta});
      for (Piece& piece : with_code(": " + facts.broken_reason)) pieces.push_back(std::move(piece));
    } else if (!facts.supplied) {
      pieces.push_back({"not supplied", Ink::yellow});
    } else {
      const std::string count = counted(facts.rows, "record");
      pieces.push_back({std::string(count_width - count.size(), ' ') + count, Ink::plain, true});
      if (facts.bad > 0) pieces.push_back({fmt::format(", {} bad", facts.bad), Ink::magenta});
      if (facts.collected_at) {
        pieces.push_back({", collected " + types::to_text(*facts.collected_at)});
        pieces.push_back({", " + age_in_words(*facts.collected_at, now), Ink::dim});
      } else {
        pieces.push_back({", undated", Ink::dim});
      }
    }
    page.paragraph(2, hanging, pieces);
  }
}

}  // namespace writ::report
