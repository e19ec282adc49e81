#include "engine/report/json.hpp"

#include <algorithm>

#include "engine/report/symbols.hpp"

namespace writ::report {

using nlohmann::ordered_json;

namespace {

ordered_json time_or_null(const std::optional<types::Timestamp>& time) {
  return time ? ordered_json(types::to_text(*time)) : ordered_json(nullptr);
}

ordered_json rule_to_json(const language::Program& program, source::Span span) {
  const RulePlace place = rule_place(program, span);
  if (place.path.empty()) return nullptr;
  return {{"path", place.path}, {"line", place.at.line}, {"column", place.at.column}};
}

ordered_json records_to_json(const std::vector<verdict::BoundRecord>& records) {
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

ordered_json because_to_json(const language::Program& program, const std::vector<verdict::Decider>& deciders) {
  ordered_json out = ordered_json::array();
  for (const verdict::Decider& decider : deciders) {
    out.push_back({{"expression", decider.expression},
                   {"value", decider.value},
                   {"depth", decider.depth},
                   {"rule", rule_to_json(program, decider.span)},
                   {"place", decider.place ? to_json(*decider.place) : ordered_json(nullptr)}});
  }
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
                          {"rule", rule_to_json(results.program, span)}};
  }
  out["records"] = records_to_json(finding.records);
  out["because"] = because_to_json(results.program, finding.because);
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

ordered_json text_or_null(std::string_view text) {
  return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json control_to_json(const Results& results, const verdict::ControlResult& result,
                             const JsonOptions& options) {
  const language::ControlDef& control = control_of(results, result);
  ordered_json out = {{"id", control.id},
                      {"title", control.title},
                      {"verdict", verdict::spelling(result.verdict)},
                      {"severity", language::spelling(control.severity)},
                      {"criteria", control.criteria},
                      {"owner", text_or_null(control.owner)},
                      {"frequency", text_or_null(control.frequency)},
                      {"tags", control.tags},
                      {"statement", text_or_null(control.statement)},
                      {"remediation", text_or_null(control.remediation)},
                      {"rule", rule_to_json(results.program, control.id_span)}};
  ordered_json checks = ordered_json::array();
  for (const verdict::CheckResult& check : result.checks) checks.push_back(check_to_json(results, check, options));
  out["checks"] = std::move(checks);
  return out;
}

}  // namespace

ordered_json to_json(const facts::TextPlace& place) {
  return {{"path", place.path}, {"line", place.line}, {"column", place.column}, {"pointer", place.pointer}};
}

ordered_json to_json(const language::Program& program, const verdict::MemberTrace& trace) {
  return {{"key", trace.key},
          {"outcome", verdict::spelling(trace.outcome)},
          {"message", trace.message},
          {"records", records_to_json(trace.records)},
          {"because", because_to_json(program, trace.because)}};
}

ordered_json check_to_json(const Results& results, const verdict::CheckResult& check, const JsonOptions& options) {
  const language::CheckDef& def = check_of(results, check);
  ordered_json out = {{"name", def.name},
                      {"id", def.qualified_name},
                      {"title", def.title},
                      {"verdict", verdict::spelling(check.verdict)},
                      {"basis", text_or_null(spelling_of(def.basis))},
                      {"nature", text_or_null(spelling_of(def.nature))},
                      {"population", check.population},
                      {"tested", check.tested},
                      {"exceptions", check.broken},
                      {"waived", check.waived},
                      {"reasons", check.reasons},
                      {"rule", rule_to_json(results.program, def.name_span)}};
  ordered_json findings = ordered_json::array();
  for (const verdict::Finding& finding : check.findings) {
    if (findings.size() == options.max_findings) break;
    findings.push_back(finding_to_json(results, check, finding));
  }
  out["findings_omitted"] = check.findings.size() - findings.size();
  out["findings"] = std::move(findings);
  ordered_json failures = ordered_json::array();
  for (const verdict::Failure& failure : check.failures) {
    if (failures.size() == options.max_findings) break;
    failures.push_back({{"key", failure.key},
                        {"reason", failure.reason},
                        {"rule", rule_to_json(results.program, failure.span)},
                        {"records", records_to_json(failure.records)}});
  }
  out["failures_omitted"] = check.failures.size() - failures.size();
  out["failures"] = std::move(failures);
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

std::string dump(const ordered_json& document) {
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string to_json(const Results& results, const JsonOptions& options) {
  const verdict::Verdicts& verdicts = results.verdicts;
  ordered_json packs = ordered_json::array();
  for (const language::PackDef& pack : results.program.packs) {
    packs.push_back({{"name", pack.name}, {"title", pack.title}, {"version", text_or_null(pack.version)}});
  }
  ordered_json parameters = ordered_json::array();
  for (const ParameterValue& parameter : results.parameters) {
    parameters.push_back(
        {{"name", parameter.name}, {"value", parameter.value}, {"origin", spelling(parameter.origin)}});
  }
  ordered_json totals;
  for (const verdict::Verdict verdict : all_verdicts) {
    totals[std::string(verdict::spelling(verdict))] = verdicts.totals[static_cast<std::size_t>(verdict)];
  }
  ordered_json controls = ordered_json::array();
  for (const verdict::ControlResult& control : verdicts.controls) {
    controls.push_back(control_to_json(results, control, options));
  }
  ordered_json out = {
      {"format", "writ-results/1"},
      {"writ", results.version},
      {"packs", std::move(packs)},
      {"now", types::to_text(verdicts.now)},
      {"now_from_clock", results.now_from_clock},
      {"period", {{"start", types::to_text(verdicts.period_start)}, {"end", types::to_text(verdicts.period_end)}}},
      {"parameters", std::move(parameters)},
      {"totals", std::move(totals)},
      {"controls", std::move(controls)}};
  out.update(evidence_to_json(results.program, results.store));
  return dump(out);
}

}  // namespace writ::report
