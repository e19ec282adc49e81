#include "engine/verdict/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/eval/trace.hpp"

namespace writ::verdict {

using facts::Value;
using facts::ValueKind;
using language::CheckDef;

namespace {

std::string shown_key(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '\x1f') {
      out += ", ";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string shown_place(const facts::TextPlace& place) {
  return fmt::format("{}:{}:{}", place.path, place.line, place.column);
}

// The entity whose records a local holds; none where it holds something else.
std::optional<types::EntityId> entity_of(const eval::Run& run, const CheckDef& check, language::LocalId local) {
  const types::Type& type =
      run.program.types.at(run.program.types.strip_optional(check.locals[language::index(local)].type));
  if (type.kind != types::Kind::entity) return std::nullopt;
  return static_cast<types::EntityId>(type.decl);
}

std::string binder_key(const eval::Run& run, const CheckDef& check, const eval::Member& member,
                       language::LocalId local) {
  const Value& value = member.locals[language::index(local)];
  const auto entity = entity_of(run, check, local);
  if (!entity || value.kind != ValueKind::row) {
    return facts::to_text(value, check.locals[language::index(local)].type, run.program, run.store);
  }
  if (run.program.entity(*entity).relation)
    return facts::to_text(value, check.locals[language::index(local)].type, run.program, run.store);
  const auto row = static_cast<std::uint32_t>(value.i);
  if (run.program.entity(*entity).key.empty()) return shown_place(run.store.locate(*entity, row));
  return shown_key(run.store.key(*entity, row));
}

}  // namespace

std::string member_key(const eval::Run& run, const CheckDef& check, const eval::Member& member) {
  std::string out;
  for (const language::Step& step : check.steps) {
    if (step.kind != language::StepKind::bind || !member.bound[language::index(step.local)]) continue;
    if (!out.empty()) out += ", ";
    out += binder_key(run, check, member, step.local);
  }
  return out.empty() ? std::string(organization_key) : out;
}

namespace {

// A variable that holds a record or another value.
BoundRecord bound_record(const eval::Run& run, const std::string& variable, const Value& value, types::TypeId id) {
  BoundRecord record;
  record.variable = variable;
  record.key = facts::to_text(value, id, run.program, run.store);
  const types::Type& type = run.program.types.at(id);
  if (type.kind == types::Kind::entity && value.kind == ValueKind::row) {
    record.entity = run.program.entities[type.decl].name;
    record.place = run.store.locate(static_cast<types::EntityId>(type.decl), static_cast<std::uint32_t>(value.i));
  }
  return record;
}

}  // namespace

std::vector<BoundRecord> bound_records(const eval::Run& run, const CheckDef& check, const eval::Member& member) {
  std::vector<BoundRecord> out;
  for (const language::Step& step : check.steps) {
    if (step.kind != language::StepKind::bind || !member.bound[language::index(step.local)]) continue;
    const Value& value = member.locals[language::index(step.local)];
    // A tuple is shown as what it relates.
    if (const auto of = entity_of(run, check, step.local); of && run.program.entity(*of).relation) {
      const facts::EntityFacts& tuples = run.store.entity(*of);
      const auto& fields = run.program.entity(*of).fields;
      for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string& name =
            step.columns.empty() ? fields[i].name : check.locals[language::index(step.columns[i])].name;
        out.push_back(
            bound_record(run, name, tuples.columns[i].at(static_cast<std::uint32_t>(value.i)), fields[i].type));
      }
      continue;
    }
    BoundRecord record;
    record.variable = check.locals[language::index(step.local)].name;
    record.key = binder_key(run, check, member, step.local);
    const auto entity = entity_of(run, check, step.local);
    if (entity && value.kind == ValueKind::row) {
      record.entity = run.program.entity(*entity).name;
      record.place = run.store.locate(*entity, static_cast<std::uint32_t>(value.i));
    }
    out.push_back(std::move(record));
  }
  return out;
}

std::string fingerprint(std::string_view qualified_check, std::string_view key) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  const auto add = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  };
  add(qualified_check);
  add(std::string_view("\0", 1));
  add(key);
  return fmt::format("{:016x}", hash);
}

eval::Tuples batch_of(eval::Evaluator& evaluator, const eval::Member& member) {
  eval::Tuples one(evaluator.pool(), 1, static_cast<std::uint32_t>(member.locals.size()));
  for (std::uint32_t local = 0; local < member.locals.size(); ++local) {
    if (member.bound[local]) one.bind(static_cast<language::LocalId>(local), eval::Vec(member.locals[local]));
  }
  return one;
}

Finding finding(const eval::Run& run, language::CheckId id, const eval::Member& member) {
  const CheckDef& check = run.program.checks[language::index(id)];
  Finding out;
  out.key = member_key(run, check, member);
  out.requirement = member.requirement;
  out.message = member.message.is_error()
                    ? fmt::format("the message could not be made: {}",
                                  eval::reason(static_cast<facts::EvalError>(member.message.aux)))
                    : std::string(member.message.view());
  out.unset = member.message.unset_number();
  out.fingerprint = fingerprint(check.qualified_name, out.key);
  return out;
}

void explain(eval::Evaluator& evaluator, language::CheckId id, const eval::Member& member, Finding& finding) {
  const eval::Run& run = evaluator.shared();
  const CheckDef& check = run.program.checks[language::index(id)];
  finding.records = bound_records(run, check, member);
  eval::Tuples one = batch_of(evaluator, member);
  finding.because = eval::Tracer(evaluator).trace(check.requirements[member.requirement].condition, one);
}

Failure failure(const eval::Run& run, const CheckDef& check, const eval::Member& member) {
  Failure out;
  out.key = member_key(run, check, member);
  out.records = bound_records(run, check, member);
  out.reason = eval::reason(static_cast<facts::EvalError>(member.error.aux));
  const std::uint32_t at = member.error.failed_expr();
  if (at != 0) out.span = run.program.exprs[at - 1].span;
  out.unset = member.error.unset_number();
  return out;
}

}  // namespace writ::verdict
