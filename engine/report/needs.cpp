#include "engine/report/needs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/report/dump.hpp"
#include "engine/report/evidence_text.hpp"
#include "engine/report/findings_text.hpp"
#include "engine/report/json.hpp"
#include "language/dependencies/graph.hpp"

namespace writ::report {

using language::CheckId;
using language::Program;
using nlohmann::ordered_json;

namespace {

std::string from_of(const language::EntityDef& entity) {
  return entity.from.empty() ? std::string() : fmt::format("from \"{}\"", entity.from);
}

bool is_key(const language::EntityDef& entity, std::uint32_t field) {
  return std::find(entity.key.begin(), entity.key.end(), field) != entity.key.end();
}

// `ACC-07.disabled_in_time, .not_used`: the checks of one control share its id.
std::string list_of_checks(const Program& program, const std::vector<CheckId>& checks) {
  std::string out;
  std::optional<language::ControlId> control;
  for (const CheckId id : checks) {
    const language::CheckDef& check = program.checks[language::index(id)];
    if (!out.empty()) out += ", ";
    out += control == check.control ? "." + check.name : check.qualified_name;
    control = check.control;
  }
  return out;
}

void write_entity(Page& page, const Program& program, const EntityNeed& need) {
  const language::EntityDef& entity = program.entity(need.entity);
  page.gap();
  std::vector<Piece> head = {{entity.name, Ink::bold}};
  if (const std::string from = from_of(entity); !from.empty()) head.push_back({" " + from, Ink::dim});
  page.paragraph(0, 4, head);
  for (const AgeNeed& age : need.ages) {
    page.paragraph(2, 4,
                   {{"at most " + age.within + " old"},
                    {" for " + program.controls[language::index(age.control)].id, Ink::dim}});
  }
  const auto type_of = [&](const FieldNeed& field) {
    const std::string type = language::spelling(program, entity.fields[field.field].type);
    return is_key(entity, field.field) ? type + ", key" : type;
  };
  std::uint32_t name_width = 0;
  std::uint32_t type_width = 0;
  for (const FieldNeed& field : need.fields) {
    name_width = std::max(name_width, display_width(entity.fields[field.field].name));
    type_width = std::max(type_width, display_width(type_of(field)));
  }
  // The checks stand in a column of their own where that leaves them half of the width.
  const std::uint32_t column = 2 + name_width + 2 + type_width + 2;
  const bool in_columns = 2 * column <= page.style().width;
  for (const FieldNeed& field : need.fields) {
    const std::string& name = entity.fields[field.field].name;
    const std::string checks = list_of_checks(program, field.checks);
    if (in_columns) {
      page.paragraph(
          2, column,
          {{padded(name, name_width) + "  " + padded(type_of(field), type_width) + "  ", Ink::plain, true},
           {checks, Ink::dim}});
    } else {
      page.paragraph(2, 6, {{name + "  ", Ink::plain, true}, {type_of(field) + " "}, {checks, Ink::dim}});
    }
  }
  if (need.fields.empty()) {
    page.paragraph(2, 6,
                   {{"records are counted, no field is read; "}, {list_of_checks(program, need.checks), Ink::dim}});
  }
}

// A line a control and reason, with the checks that it holds for.
void write_undecided(Page& page, const Program& program, const std::vector<engine::Undecided>& undecided) {
  if (undecided.empty()) return;
  struct Line {
    language::ControlId control{};
    verdict::Verdict verdict{};
    std::string_view reason;
    std::vector<CheckId> checks;
  };
  std::vector<Line> lines;
  for (const engine::Undecided& check : undecided) {
    const language::ControlId control = program.checks[language::index(check.check)].control;
    for (const std::string& reason : check.reasons) {
      const auto same = std::find_if(lines.begin(), lines.end(), [&](const Line& line) {
        return line.control == control && line.verdict == check.verdict && line.reason == reason;
      });
      Line& line = same == lines.end() ? lines.emplace_back(Line{control, check.verdict, reason, {}}) : *same;
      line.checks.push_back(check.check);
    }
  }
  page.gap();
  page.paragraph(0, 0, {{"Cannot be decided", Ink::bold}});
  for (const Line& line : lines) {
    const bool error = line.verdict == verdict::Verdict::error;
    std::vector<Piece> pieces = {
        {std::string(verdict::spelling(line.verdict)) + " ", error ? Ink::magenta : Ink::yellow},
        {list_of_checks(program, line.checks) + ": "}};
    for (Piece& piece : with_code(line.reason)) pieces.push_back(std::move(piece));
    page.paragraph(2, 6, pieces);
  }
}

}  // namespace

std::vector<EntityNeed> needs(const Program& program, const std::vector<CheckId>& checks) {
  const std::vector<dependencies::Reads> reads = dependencies::reads_of_checks(program);
  std::map<std::string_view, EntityNeed> by_name;
  std::map<dependencies::FieldUse, std::vector<CheckId>> fields;
  for (const CheckId id : checks) {
    if (program.checks[language::index(id)].excluded) continue;
    const dependencies::Reads& read = reads[language::index(id)];
    for (const std::uint32_t entity : read.entities) {
      EntityNeed& need = by_name[program.entities[entity].name];
      need.entity = static_cast<types::EntityId>(entity);
      need.checks.push_back(id);
      const language::ControlId control_id = program.checks[language::index(id)].control;
      const language::ControlDef& control = program.controls[language::index(control_id)];
      for (const language::EvidenceDef& evidence : control.evidence) {
        if (evidence.entity != need.entity || evidence.within == language::ExprId::none) continue;
        const bool known = std::any_of(need.ages.begin(), need.ages.end(),
                                       [&](const AgeNeed& age) { return age.control == control_id; });
        if (known) continue;
        need.ages.push_back({control_id, std::string(program.sources->text(program.expr(evidence.within).span))});
      }
    }
    for (const dependencies::FieldUse& use : read.fields) fields[use].push_back(id);
  }
  std::vector<EntityNeed> out;
  for (auto& [name, need] : by_name) {
    const language::EntityDef& entity = program.entity(need.entity);
    for (std::uint32_t field = 0; field < entity.fields.size(); ++field) {
      const auto use = fields.find({language::index(need.entity), field});
      // A key is read with every record, whether or not a rule names it.
      if (use == fields.end() && !is_key(entity, field)) continue;
      need.fields.push_back({field, use == fields.end() ? std::vector<CheckId>{} : use->second});
    }
    out.push_back(std::move(need));
  }
  return out;
}

bool sufficient(const std::vector<EntityNeed>& needs, const facts::FactStore& store) {
  return std::all_of(needs.begin(), needs.end(), [&](const EntityNeed& need) {
    const facts::EntityFacts& facts = store.entity(need.entity);
    return facts.supplied && !facts.broken && facts.bad == 0;
  });
}

std::string needs_to_text(const Program& program, const std::vector<EntityNeed>& needs,
                          const std::optional<EvidenceAtHand>& evidence, const TextStyle& style) {
  Page page(style);
  if (!evidence) {
    for (const EntityNeed& need : needs) write_entity(page, program, need);
    page.gap();
    page.paragraph(0, 2,
                   {{fmt::format("{} {} read", needs.size(), needs.size() == 1 ? "entity is" : "entities are")}});
    return page.take();
  }
  write_evidence_table(page, program, evidence->store, evidence->now);
  write_bad_records(page, program, evidence->store, facts::FactStore::max_listed);
  write_unknown_fields(page, program, evidence->store);
  write_undecided(page, program, evidence->undecided);
  std::uint64_t bad = 0;
  std::uint64_t absent = 0;
  std::uint64_t broken = 0;
  for (const EntityNeed& need : needs) {
    const facts::EntityFacts& facts = evidence->store.entity(need.entity);
    bad += facts.bad;
    broken += facts.broken ? 1 : 0;
    absent += !facts.supplied && !facts.broken ? 1 : 0;
  }
  page.gap();
  std::string summary = fmt::format("{} {} read", needs.size(), needs.size() == 1 ? "entity is" : "entities are");
  summary += fmt::format(": {} not supplied, {} broken, {}", absent, broken, counted(bad, "bad record"));
  if (!evidence->undecided.empty()) {
    summary += fmt::format("; {} cannot be decided", counted(evidence->undecided.size(), "check"));
  }
  page.paragraph(0, 2, {{summary}});
  return page.take();
}

std::string needs_to_json(const Program& program, const std::vector<EntityNeed>& needs,
                          const std::optional<EvidenceAtHand>& evidence) {
  const auto names = [&](const std::vector<CheckId>& checks) {
    ordered_json out = ordered_json::array();
    for (const CheckId id : checks) out.push_back(program.checks[language::index(id)].qualified_name);
    return out;
  };
  ordered_json entities = ordered_json::array();
  for (const EntityNeed& need : needs) {
    const language::EntityDef& entity = program.entity(need.entity);
    ordered_json ages = ordered_json::array();
    for (const AgeNeed& age : need.ages) {
      ages.push_back({{"control", program.controls[language::index(age.control)].id}, {"within", age.within}});
    }
    ordered_json fields = ordered_json::array();
    for (const FieldNeed& field : need.fields) {
      const language::FieldDef& def = entity.fields[field.field];
      fields.push_back({{"name", def.name},
                        {"type", language::spelling(program, def.type)},
                        {"key", is_key(entity, field.field)},
                        {"checks", names(field.checks)}});
    }
    entities.push_back({{"entity", entity.name},
                        {"module", entity.module},
                        {"from", entity.from.empty() ? ordered_json(nullptr) : ordered_json(entity.from)},
                        {"ages", std::move(ages)},
                        {"checks", names(need.checks)},
                        {"fields", std::move(fields)}});
  }
  ordered_json out = {{"format", "writ-needs/1"}, {"entities", std::move(entities)}};
  if (evidence) {
    out["now"] = types::to_text(evidence->now);
    out.update(evidence_to_json(program, evidence->store));
    ordered_json undecided = ordered_json::array();
    for (const engine::Undecided& check : evidence->undecided) {
      undecided.push_back({{"check", program.checks[language::index(check.check)].qualified_name},
                           {"verdict", verdict::spelling(check.verdict)},
                           {"reasons", check.reasons}});
    }
    out["undecided"] = std::move(undecided);
  }
  return dump(out);
}

}  // namespace writ::report
