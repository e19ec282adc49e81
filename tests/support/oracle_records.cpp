#include "tests/support/oracle_records.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tests/support/oracle_reads.hpp"
#include "tests/support/oracle_steps.hpp"

namespace writ::support {

using facts::FactStore;
using facts::ValueKind;
using language::DerivationDef;
using language::FieldDef;
using language::index;
using types::EntityId;
using types::Kind;
using types::TypeId;

namespace {

constexpr std::uint32_t nowhere = facts::KeyDictionary::none;

std::string text_of(const facts::TextPlace& place) {
  return fmt::format("{}:{}:{}", place.path, place.line, place.column);
}

constexpr const char* leads_nowhere = "a reference leads nowhere";

std::string bad_record(const std::string& entity, const std::string& place, const std::string& reason) {
  // Which of several failures or of several references is named says nothing.
  if (reason.find(" refers to the ") != std::string::npos)
    return fmt::format("{} at {}: {}", entity, place, leads_nowhere);
  return fmt::format("{} at {}: {}", entity, place, reason.substr(0, reason.find(" could not be told")));
}

}  // namespace

OracleRecords::OracleRecords(const language::Program& program, FactStore& before, OracleEvaluator& evaluator)
    : program_(program), before_(before), evaluator_(evaluator), entities_(program.entities.size()) {
  for (std::uint32_t id = 0; id < entities_.size(); ++id) read(id);
  for (const facts::BadRecord& bad : before.bad_records)
    bad_.push_back(bad_record(program.entity(bad.entity).name, text_of(bad.place), bad.reason));
}

bool OracleRecords::is_read(std::uint32_t entity, std::uint32_t field) const {
  const auto& columns = before_.entities[entity].columns;
  return field < columns.size() && columns[field].kind != Kind::error;
}

void OracleRecords::read(std::uint32_t id) {
  const facts::EntityFacts& facts = before_.entities[id];
  Entity& entity = entities_[id];
  entity.bad = facts.bad;
  entity.supplied = facts.supplied;
  entity.collected_at = facts.collected_at;
  if (program_.entities[id].relation) return;
  for (std::uint32_t row = 0; row < facts.rows; ++row) {
    Record record;
    record.key = before_.key(static_cast<EntityId>(id), row);
    record.place = text_of(before_.locate(static_cast<EntityId>(id), row));
    const std::vector<FieldDef>& fields = program_.entities[id].fields;
    for (std::uint32_t i = 0; i < fields.size(); ++i) {
      const bool has = is_read(id, i) && !fields[i].inverse;
      record.fields.push_back(has ? raw(facts.columns[i].at(row), fields[i].type, &before_) : Value::missing());
    }
    entity.records.push_back(std::move(record));
  }
}

// ---- derivations ------------------------------------------------------------------------------------------

// Each behind what is asked of other derived records.
void OracleRecords::derive_all() {
  std::map<std::uint32_t, std::set<std::uint32_t>> open;
  for (const DerivationDef& derivation : program_.derivations) {
    const std::uint32_t target = index(derivation.target);
    if (!program_.entities[target].relation && before_.entities[target].read)
      open.emplace(target, OracleReads::of_derivations(program_, target).asked());
  }
  while (!open.empty()) {
    const auto ready = std::find_if(open.begin(), open.end(), [&](const auto& entry) {
      return std::none_of(entry.second.begin(), entry.second.end(),
                          [&](std::uint32_t asked) { return open.contains(asked); });
    });
    if (ready == open.end()) {
      bad_.push_back("derivations that need each other");
      return;
    }
    const std::uint32_t target = ready->first;
    for (const DerivationDef& derivation : program_.derivations) {
      if (index(derivation.target) == target) derive(derivation);
    }
    date(target);
    open.erase(target);
  }
}

void OracleRecords::derive(const DerivationDef& derivation) {
  OracleEvaluator::Locals locals(derivation.locals.size());
  OracleSteps(evaluator_, derivation.steps, locals)
      .run([&] { make(derivation, locals); },
           [&](std::size_t at, const Value&) {
             // What the steps behind it would bind is not known.
             for (std::size_t i = at; i < derivation.steps.size(); ++i) {
               if (derivation.steps[i].kind != language::StepKind::where)
                 locals[index(derivation.steps[i].local)] = Value::missing();
             }
             failed(derivation, locals, "the condition");
           });
}

void OracleRecords::make(const DerivationDef& derivation, OracleEvaluator::Locals& locals) {
  const std::uint32_t target = index(derivation.target);
  const language::EntityDef& entity = program_.entity(derivation.target);
  for (const language::Requirement& requirement : derivation.requirements) {
    const Value holds = evaluator_.eval(requirement.condition, locals);
    if (holds.is_true()) continue;
    if (holds.is_error()) return failed(derivation, locals, "what is required");
    const Value message = evaluator_.eval(requirement.message, locals);
    if (message.is_error()) return failed(derivation, locals, "what is required");
    return set_aside(derivation, locals, fmt::format("no {} is derived: {}", entity.name, message.view()));
  }
  Record record;
  record.place = place_of(derivation, locals);
  for (std::uint32_t i = 0; i < derivation.values.size(); ++i) {
    const bool is_key = std::find(entity.key.begin(), entity.key.end(), i) != entity.key.end();
    Value value;
    if (derivation.values[i] != ExprId::none && (is_key || is_read(target, i)))
      value = evaluator_.eval(derivation.values[i], locals);
    if (value.is_error()) return failed(derivation, locals, fmt::format("`{}`", entity.fields[i].name));
    record.fields.push_back(raw(value, entity.fields[i].type, nullptr));
  }
  for (const std::uint32_t part : entity.key)
    record.key +=
        (part == entity.key.front() ? "" : "\x1f") + key_part(record.fields[part], entity.fields[part].type);
  if (const std::uint32_t other = entity.key.empty() ? nowhere : find(target, record.key); other != nowhere)
    return set_aside(derivation, locals,
                     fmt::format("the key `{}` of a derived {} is taken already by the record at {}",
                                 parted(record.key, ", "), entity.name, entities_[target].records[other].place));
  entities_[target].records.push_back(std::move(record));
}

// That of the record that the first binder stands for.
std::string OracleRecords::place_of(const DerivationDef& derivation, const OracleEvaluator::Locals& locals) const {
  for (const language::Step& step : derivation.steps) {
    if (step.kind != language::StepKind::bind) continue;
    const types::Type& type = program_.types.at(derivation.locals[index(step.local)].type);
    const Value& value = locals[index(step.local)];
    if (type.kind == Kind::entity && value.kind == ValueKind::row)
      return entities_[type.decl].records[static_cast<std::size_t>(value.i)].place;
  }
  return text_of({});
}

void OracleRecords::set_aside(const DerivationDef& derivation, OracleEvaluator::Locals& locals,
                              const std::string& reason) {
  ++entities_[index(derivation.target)].bad;
  bad_.push_back(bad_record(program_.entity(derivation.target).name, place_of(derivation, locals), reason));
}

void OracleRecords::failed(const DerivationDef& derivation, OracleEvaluator::Locals& locals,
                           const std::string& what) {
  set_aside(derivation, locals,
            fmt::format("{} of a derived {} could not be told", what, program_.entity(derivation.target).name));
}

// Supplied where all that its derivations run over is, and as old as the oldest of that and of its own evidence.
void OracleRecords::date(std::uint32_t id) {
  std::set<std::uint32_t> sources;
  for (const DerivationDef& derivation : program_.derivations) {
    for (const language::Step& step : derivation.steps) {
      const types::Type& type = program_.types.at(derivation.locals[index(step.local)].type);
      const bool runs_over = step.kind == language::StepKind::bind && type.kind == Kind::entity && type.decl != id;
      if (index(derivation.target) == id && runs_over) sources.insert(type.decl);
    }
  }
  for (const std::uint32_t source : sources) {
    if (!entities_[source].supplied) return;
  }
  if (entities_[id].supplied) sources.insert(id);
  std::optional<types::Timestamp> oldest;
  bool dated = true;
  for (const std::uint32_t source : sources) {
    const auto& at = entities_[source].collected_at;
    dated = dated && at.has_value();
    if (at && (!oldest || *at < *oldest)) oldest = at;
  }
  entities_[id].supplied = true;
  entities_[id].collected_at = dated ? oldest : std::nullopt;
}

// ---- references that lead nowhere -------------------------------------------------------------------------

bool OracleRecords::dangles(const Value& raw, TypeId id) {
  const types::Type& type = program_.types.at(program_.types.strip_optional(id));
  if (raw.kind == ValueKind::missing) return false;
  if (type.kind == Kind::entity) {
    const facts::EntityFacts& facts = before_.entities[type.decl];
    const bool judged = facts.read && entities_[type.decl].supplied && !facts.broken;
    return judged && !program_.types.is_optional(id) && find(type.decl, raw.view()) == nowhere;
  }
  if (type.kind != Kind::list && type.kind != Kind::set && type.kind != Kind::record) return false;
  for (std::uint32_t i = 0; i < facts::list_size(raw); ++i) {
    const TypeId of = type.kind == Kind::record ? program_.records[type.decl].fields[i].type : type.element;
    if (dangles(facts::list_element(raw, i), of)) return true;
  }
  return false;
}

// Records one by one, until each has what it cannot be without.
void OracleRecords::drop_dangling() {
  for (bool more = true; more;) {
    more = false;
    for (std::uint32_t id = 0; id < entities_.size(); ++id) {
      while (drop_one(id)) more = true;
    }
  }
}

bool OracleRecords::drop_one(std::uint32_t id) {
  const std::vector<FieldDef>& fields = program_.entities[id].fields;
  std::vector<Record>& records = entities_[id].records;
  for (std::size_t row = 0; row < records.size(); ++row) {
    for (std::uint32_t i = 0; i < fields.size(); ++i) {
      const bool has = is_read(id, i) && !fields[i].inverse;
      if (!has || !dangles(records[row].fields[i], fields[i].type)) continue;
      bad_.push_back(bad_record(program_.entities[id].name, records[row].place, leads_nowhere));
      ++entities_[id].bad;
      records.erase(records.begin() + static_cast<std::ptrdiff_t>(row));
      return true;
    }
  }
  return false;
}

// ---- the engine's -----------------------------------------------------------------------------------------

void OracleRecords::compare_one(std::uint32_t id, const FactStore& engine, std::vector<std::string>& out) {
  const std::string& name = program_.entities[id].name;
  const facts::EntityFacts& found = engine.entities[id];
  const Entity& mine = entities_[id];
  const auto say = [&](const std::string& what, const std::string& theirs, const std::string& ours) {
    if (theirs != ours) out.push_back(fmt::format("{}: {}: engine `{}`, oracle `{}`", name, what, theirs, ours));
  };
  const auto dated = [](const std::optional<types::Timestamp>& at) { return at ? types::to_text(*at) : "no date"; };
  say("records", std::to_string(found.rows), std::to_string(mine.records.size()));
  say("bad records", std::to_string(found.bad), std::to_string(mine.bad));
  say("supplied", found.supplied ? "yes" : "no", mine.supplied ? "yes" : "no");
  say("collected", dated(found.collected_at), dated(mine.collected_at));
  for (std::uint32_t row = 0; row < found.rows && row < mine.records.size(); ++row) {
    const Record& record = mine.records[row];
    const std::string where = fmt::format("record {}, ", row);
    say(where + "key", std::string(engine.key(static_cast<EntityId>(id), row)), record.key);
    say(where + "place", text_of(engine.locate(static_cast<EntityId>(id), row)), record.place);
    for (std::uint32_t i = 0; i < record.fields.size(); ++i) {
      const FieldDef& field = program_.entities[id].fields[i];
      if (!is_read(id, i) || field.inverse) continue;
      say(where + field.name, shown(found.columns[i].at(row), field.type, &engine),
          shown(resolved(record.fields[i], field.type), field.type, nullptr));
    }
  }
}

std::vector<std::string> OracleRecords::compare(const FactStore& engine) {
  evaluator_.records = this;
  derive_all();
  drop_dangling();
  evaluator_.records = nullptr;
  std::vector<std::string> out;
  for (std::uint32_t id = 0; id < entities_.size(); ++id) {
    if (before_.entities[id].read && !program_.entities[id].relation) compare_one(id, engine, out);
  }
  std::vector<std::string> theirs;
  for (const facts::BadRecord& bad : engine.bad_records)
    theirs.push_back(bad_record(program_.entity(bad.entity).name, text_of(bad.place), bad.reason));
  // No more than so many are listed.
  if (!out.empty() || bad_.size() >= FactStore::max_listed) return out;
  std::sort(theirs.begin(), theirs.end());
  std::sort(bad_.begin(), bad_.end());
  for (const std::string& bad : theirs) {
    if (!std::binary_search(bad_.begin(), bad_.end(), bad)) out.push_back("only the engine sets aside " + bad);
  }
  for (const std::string& bad : bad_) {
    if (!std::binary_search(theirs.begin(), theirs.end(), bad)) out.push_back("only the oracle sets aside " + bad);
  }
  if (out.empty() && theirs != bad_) out.emplace_back("bad records come several times in one alone");
  return out;
}

}  // namespace writ::support
