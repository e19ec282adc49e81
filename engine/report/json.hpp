// The results of a run for programs: everything that verdicts, findings and evidence hold, as one JSON document.
// Schema: docs/schemas/results.schema.json. Members stand in one order; the same results give the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/report/results.hpp"

namespace writ::report {

struct JsonOptions {
  std::size_t max_findings = SIZE_MAX;  // of each check; `findings_omitted` says how many were left out
};

// Indented by two, a line end at its end.
std::string to_json(const Results& results, const JsonOptions& options);
// The results of several packs in one run, one after another, with the evidence that they share; at least one.
// Schema: docs/schemas/pack-results.schema.json.
std::string to_json(const std::vector<Results>& packs, const JsonOptions& options);

// Parts that other reports share.
nlohmann::ordered_json to_json(const facts::TextPlace& place);
nlohmann::ordered_json to_json(const language::Program& program, source::Span rule);  // null where it is empty
nlohmann::ordered_json to_json(const std::vector<verdict::BoundRecord>& records);
nlohmann::ordered_json to_json(const language::Program& program, const std::vector<verdict::Decider>& deciders);
nlohmann::ordered_json to_json(const language::Program& program, const verdict::Failure& failure);
nlohmann::ordered_json to_json(const language::Program& program, const verdict::MemberTrace& trace);
nlohmann::ordered_json check_to_json(const Results& results, const verdict::CheckResult& check,
                                     const JsonOptions& options);
// {"evidence": […], "files": […], "bad_records": […], "unknown_fields": […]}
nlohmann::ordered_json evidence_to_json(const language::Program& program, const facts::FactStore& store);

}  // namespace writ::report
