#include "engine/report/json.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "engine/report/dump.hpp"
#include "engine/report/symbols.hpp"
#include "engine/report/waivers_text.hpp"

namespace writ::report {

using nlohmann::ordered_json;

namespace {

ordered_json time_or_null(const std::optional<types::Timestamp>& time) {
  return time ? ordered_json(types::to_text(*time)) : ordered_json(nullptr);
}

ordered_json text_or_null(std::string_view text) {
  return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json waiver_to_json(const Results& results, language::WaiverId id) {
  const language::WaiverDef& waiver = results.program.waivers[language::index(id)];
  return {{"names", waiver_title(results.program, waiver)},
          {"reason", waiver.reason},
          {"approved_by", waiver.approved_by},
          {"from", time_or_null(waiver.from)},
          {"until", waiver.until_text},
          {"rule", to_json(results.program, waiver.span)}};
}

std::string_view spelling_of(verdict::KeyOutcome outcome) {
  switch (outcome) {
    case verdict::KeyOutcome::broken:
      return "broken";
    case verdict::KeyOutcome::holds:
      return "holds";
    case verdict::KeyOutcome::unknown:
      return "no_member";
  }
  return "no_member";
}

ordered_json waiver_result_to_json(const Results& results, const verdict::WaiverResult& result) {
  const language::WaiverDef& waiver = results.program.waivers[language::index(result.waiver)];
  ordered_json out = waiver_to_json(results, result.waiver);
  out["control"] = results.program.controls[language::index(waiver.control)].id;
  out["check"] = waiver.check ? ordered_json(results.program.checks[language::index(*waiver.check)].name)
                              : ordered_json(nullptr);
  ordered_json keys = ordered_json::array();
  for (std::size_t i = 0; i < waiver.keys.size(); ++i) {
    keys.push_back({{"key", waiver.keys[i]},
                    {"outcome", result.decided || result.keys[i] == verdict::KeyOutcome::broken
                                    ? ordered_json(spelling_of(result.keys[i]))
                                    : ordered_json(nullptr)}});
  }
  out["keys"] = std::move(keys);
  out["where"] = waiver.where == language::ExprId::none
                     ? ordered_json(nullptr)
                     : ordered_json(results.program.sources->text(results.program.expr(waiver.where).span));
  out["state"] = verdict::spelling(result.state);
  out["decided"] = result.decided;
  out["covered"] = result.covered;
  out["stale"] = result.stale();
  out["covers_all"] = result.covers_all;
  out["remarks"] = waiver_remarks(results.program, result);
  return out;
}

ordered_json finding_to_json(const Results& results, const verdict::CheckResult& check,
                             const verdict::Finding& finding) {
  const language::CheckDef& def = check_of(results, check);
  ordered_json out = {{"key", finding.key}, {"message", finding.message}, {"fingerprint", finding.fingerprint}};
  // A check that fails because nothing is in scope breaks no requirement: it has no records.
  if (finding.records.empty() && finding.because.empty() && check.population == 0) {
    out["requirement"] = nullptr;
  } else {
    const source::Span span = results.program.expr(def.requirements[finding.requirement].condition).span;
    out["requirement"] = {{"index", finding.requirement},
                          {"expression", results.program.sources->text(span)},
                          {"rule", to_json(results.program, span)}};
  }
  out["waiver"] = finding.waiver ? waiver_to_json(results, *finding.waiver) : ordered_json(nullptr);
  out["records"] = to_json(finding.records);
  out["because"] = to_json(results.program, finding.because);
  return out;
}

std::string_view spelling_of(language::Basis basis) {
  switch (basis) {
    case language::Basis::unsaid:
      return "";
    case language::Basis::stated:
      return "stated";
    case language::Basis::implied:
      return "implied";
  }
  return "";
}

std::string_view spelling_of(language::Nature nature) {
  switch (nature) {
    case language::Nature::unsaid:
      return "";
    case language::Nature::design:
      return "design";
    case language::Nature::operation:
      return "operation";
  }
  return "";
}

ordered_json listed_to_json(const Results& results, const verdict::ControlResult& result) {
  const language::ControlNameDef* name = results.pack == nullptr ? nullptr : results.pack->name_of(result.control);
  if (name == nullptr) return nullptr;
  return {
      {"reference", text_or_null(name->reference)},
      {"title", text_or_null(name->title)},
      {"section", name->section ? ordered_json(results.pack->sections[*name->section]) : ordered_json(nullptr)}};
}

std::size_t listed(const verdict::CheckResult& check, const JsonOptions& options) {
  return std::min(check.findings.size(), options.max_findings);
}

// All of a check but its findings, whose array is left empty.
ordered_json check_frame(const Results& results, const verdict::CheckResult& check, const JsonOptions& options) {
  const language::CheckDef& def = check_of(results, check);
  ordered_json out = {
      {"name", def.name},
      {"id", def.qualified_name},
      {"title", def.title},
      {"verdict", verdict::spelling(check.verdict)},
      {"basis", text_or_null(spelling_of(def.basis))},
      {"nature", text_or_null(spelling_of(def.nature))},
      {"population", check.population},
      {"tested", check.tested},
      {"exceptions", check.broken},
      {"waived", check.waived},
      {"excluded", check.excluded ? ordered_json(*check.excluded) : ordered_json(nullptr)},
      {"reasons", check.reasons},
      {"rule", to_json(results.program, def.name_span)},
      {"included_at", def.included_at ? to_json(results.program, *def.included_at) : ordered_json(nullptr)}};
  out["findings_omitted"] = check.findings.size() - listed(check, options);
  out["findings"] = ordered_json::array();
  ordered_json failures = ordered_json::array();
  for (const verdict::Failure& failure : check.failures) {
    if (failures.size() == options.max_findings) break;
    failures.push_back(to_json(results.program, failure));
  }
  out["failures_omitted"] = check.failures.size() - failures.size();
  out["failures"] = std::move(failures);
  return out;
}

// The findings of each check of a report, in the order of the checks: most of what is written, so written on all
// threads.
using FindingTexts = std::vector<std::vector<std::string>>;

std::vector<std::string> finding_texts(const Results& results, const verdict::CheckResult& check,
                                       const JsonOptions& options) {
  std::vector<std::string> out(listed(check, options));
  tbb::parallel_for(std::size_t{0}, out.size(), [&](std::size_t i) {
    out[i] = dump_element(finding_to_json(results, check, check.findings[i]));
  });
  return out;
}

ordered_json control_to_json(const Results& results, const verdict::ControlResult& result,
                             const JsonOptions& options, FindingTexts& findings) {
  const language::ControlDef& control = control_of(results, result);
  ordered_json out = {{"id", control.id},
                      {"title", control.title},
                      {"listed_as", listed_to_json(results, result)},
                      {"verdict", verdict::spelling(result.verdict)},
                      {"severity", language::spelling(control.severity)},
                      {"criteria", control.criteria},
                      {"owner", text_or_null(control.owner)},
                      {"frequency", text_or_null(control.frequency)},
                      {"tags", control.tags},
                      {"statement", text_or_null(control.statement)},
                      {"remediation", text_or_null(control.remediation)},
                      {"rule", to_json(results.program, control.id_span)}};
  ordered_json checks = ordered_json::array();
  for (const verdict::CheckResult& check : result.checks) {
    checks.push_back(check_frame(results, check, options));
    findings.push_back(finding_texts(results, check, options));
  }
  out["checks"] = std::move(checks);
  return out;
}

}  // namespace

ordered_json to_json(const language::Program& program, source::Span rule) {
  const RulePlace place = rule_place(program, rule);
  if (place.path.empty()) return nullptr;
  return {{"path", place.path}, {"line", place.at.line}, {"column", place.at.column}};
}

ordered_json to_json(const std::vector<verdict::BoundRecord>& records) {
  ordered_json out = ordered_json::array();
  for (const verdict::BoundRecord& record : records) {
    ordered_json one = {
        {"variable", record.variable}, {"entity", nullptr}, {"key", record.key}, {"place", nullptr}};
    if (!record.entity.empty()) one["entity"] = record.entity;
    if (!record.place.path.empty()) one["place"] = to_json(record.place);
    out.push_back(std::move(one));
  }
  return out;
}

ordered_json to_json(const language::Program& program, const std::vector<verdict::Decider>& deciders) {
  ordered_json out = ordered_json::array();
  for (const verdict::Decider& decider : deciders) {
    out.push_back({{"expression", decider.expression},
                   {"value", decider.value},
                   {"depth", decider.depth},
                   {"rule", to_json(program, decider.span)},
                   {"place", decider.place ? to_json(*decider.place) : ordered_json(nullptr)}});
  }
  return out;
}

ordered_json to_json(const language::Program& program, const verdict::Failure& failure) {
  return {{"key", failure.key},
          {"reason", failure.reason},
          {"rule", to_json(program, failure.span)},
          {"records", to_json(failure.records)}};
}

ordered_json to_json(const facts::TextPlace& place) {
  return {{"path", place.path}, {"line", place.line}, {"column", place.column}, {"pointer", place.pointer}};
}

ordered_json to_json(const language::Program& program, const verdict::MemberTrace& trace) {
  return {{"key", trace.key},
          {"outcome", verdict::spelling(trace.outcome)},
          {"message", trace.message},
          {"records", to_json(trace.records)},
          {"because", to_json(program, trace.because)}};
}

ordered_json check_to_json(const Results& results, const verdict::CheckResult& check, const JsonOptions& options) {
  ordered_json out = check_frame(results, check, options);
  for (std::size_t i = 0; i < listed(check, options); ++i)
    out["findings"].push_back(finding_to_json(results, check, check.findings[i]));
  return out;
}

ordered_json evidence_to_json(const language::Program& program, const facts::FactStore& store) {
  std::vector<std::uint32_t> read;
  for (std::uint32_t i = 0; i < store.entities.size(); ++i) {
    if (store.entities[i].read) read.push_back(i);
  }
  std::sort(read.begin(), read.end(),
            [&](auto a, auto b) { return program.entities[a].name < program.entities[b].name; });
  ordered_json evidence = ordered_json::array();
  for (const std::uint32_t i : read) {
    const facts::EntityFacts& entity = store.entities[i];
    ordered_json files = ordered_json::array();
    for (const std::uint32_t file : entity.files) files.push_back(store.files[file].path);
    evidence.push_back({{"entity", program.entities[i].name},
                        {"supplied", entity.supplied},
                        {"broken", entity.broken ? ordered_json(entity.broken_reason) : ordered_json(nullptr)},
                        {"records", entity.rows},
                        {"bad_records", entity.bad},
                        {"collected_at", time_or_null(entity.collected_at)},
                        {"files", std::move(files)}});
  }
  ordered_json files = ordered_json::array();
  for (const facts::FactFile& file : store.files) {
    files.push_back({{"path", file.path},
                     {"bytes", file.bytes},
                     {"source", text_or_null(file.source)},
                     {"collected_at", time_or_null(file.collected_at)}});
  }
  ordered_json bad = ordered_json::array();
  for (const facts::BadRecord& record : store.bad_records) {
    bad.push_back({{"entity", program.entity(record.entity).name},
                   {"place", to_json(record.place)},
                   {"reason", record.reason}});
  }
  ordered_json unknown = ordered_json::array();
  for (const facts::UnknownField& field : store.unknown_fields) {
    unknown.push_back({{"entity", program.entity(field.entity).name},
                       {"name", field.name},
                       {"records", field.count},
                       {"nearest", text_or_null(field.nearest)},
                       {"first", to_json(field.first)}});
  }
  return {{"evidence", std::move(evidence)},
          {"files", std::move(files)},
          {"bad_records", std::move(bad)},
          {"unknown_fields", std::move(unknown)}};
}

namespace {

// What is of one pack: its name, the values, the verdicts.
ordered_json pack_to_json(const language::PackDef& pack) {
  return {{"name", pack.name}, {"title", pack.title}, {"version", text_or_null(pack.version)}};
}

void add_verdicts(ordered_json& out, const Results& results, const JsonOptions& options, FindingTexts& findings) {
  ordered_json parameters = ordered_json::array();
  for (const ParameterValue& parameter : results.parameters) {
    parameters.push_back(
        {{"name", parameter.name}, {"value", parameter.value}, {"origin", spelling(parameter.origin)}});
  }
  ordered_json totals;
  for (const verdict::Verdict verdict : all_verdicts) {
    totals[std::string(verdict::spelling(verdict))] = results.verdicts.totals[static_cast<std::size_t>(verdict)];
  }
  ordered_json waivers = ordered_json::array();
  for (const verdict::WaiverResult& waiver : results.verdicts.waivers)
    waivers.push_back(waiver_result_to_json(results, waiver));
  ordered_json controls = ordered_json::array();
  for (const ControlGroup& group : groups(results)) {
    for (const verdict::ControlResult* control : group.controls)
      controls.push_back(control_to_json(results, *control, options, findings));
  }
  out["parameters"] = std::move(parameters);
  out["totals"] = std::move(totals);
  out["waivers"] = std::move(waivers);
  out["controls"] = std::move(controls);
}

ordered_json head(std::string_view format, const Results& results) {
  const verdict::Verdicts& verdicts = results.verdicts;
  return {
      {"format", format},
      {"writ", results.version},
      {"packs", ordered_json::array()},
      {"now", types::to_text(verdicts.now)},
      {"now_from_clock", results.now_from_clock},
      {"period", {{"start", types::to_text(verdicts.period_start)}, {"end", types::to_text(verdicts.period_end)}}}};
}

}  // namespace

std::string to_json(const Results& results, const JsonOptions& options) {
  ordered_json out = head("writ-results/1", results);
  if (results.pack != nullptr) out["packs"].push_back(pack_to_json(*results.pack));
  FindingTexts findings;
  add_verdicts(out, results, options, findings);
  out.update(evidence_to_json(results.program, results.store));
  return dump_with_elements(out, "findings", findings);
}

std::string to_json(const std::vector<Results>& packs, const JsonOptions& options) {
  ordered_json out = head("writ-pack-results/1", packs.front());
  FindingTexts findings;
  for (const Results& results : packs) {
    ordered_json pack = pack_to_json(*results.pack);
    add_verdicts(pack, results, options, findings);
    out["packs"].push_back(std::move(pack));
  }
  out.update(evidence_to_json(packs.front().program, packs.front().store));
  return dump_with_elements(out, "findings", findings);
}

}  // namespace writ::report
