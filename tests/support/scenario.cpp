#include "tests/support/scenario.hpp"

#include <algorithm>
#include <stdexcept>

#include "language/diagnostics/render.hpp"
#include "stdlib/functions/table.hpp"
#include "stdlib/modules.hpp"

namespace writ::support {

namespace {

types::Timestamp at(std::string_view text) {
  const auto value = types::parse_timestamp(text);
  if (!value) throw std::invalid_argument("not a timestamp: " + std::string(text));
  return *value;
}

}  // namespace

Scenario::Scenario(std::string rules) {
  texts_.push_back({"rules.writ", std::move(rules)});
  now("2026-06-30T00:00:00Z");
  period("2025-06-30T00:00:00Z", "2026-06-30T00:00:00Z");
}

Scenario& Scenario::facts(std::string name, std::string json) {
  facts::FactInput input;
  input.path = name;
  input.relative = std::move(name);
  input.contents = std::move(json);
  input.in_memory = true;
  inputs_.push_back(std::move(input));
  return *this;
}

Scenario& Scenario::now(std::string_view timestamp) {
  options_.now = at(timestamp);
  return *this;
}

Scenario& Scenario::period(std::string_view start, std::string_view end) {
  options_.period_start = at(start);
  options_.period_end = at(end);
  return *this;
}

Scenario& Scenario::collected_at(std::string_view timestamp) {
  ingest_.collected_at = at(timestamp);
  return *this;
}

Scenario& Scenario::threads(unsigned count) {
  options_.threads = count;
  ingest_.threads = count;
  return *this;
}

Scenario& Scenario::only(std::string id) {
  options_.only.push_back(std::move(id));
  return *this;
}

Scenario& Scenario::set(std::string name, std::string value) {
  settings_.emplace_back(std::move(name), std::move(value));
  return *this;
}

const verdict::Verdicts& Scenario::run() {
  program_ = language::compile({texts_, stdlib::modules(), functions::table()}, sink_);
  if (sink_.has_errors()) return verdicts_;
  for (const auto& [name, value] : settings_) {
    const auto found = std::find_if(program_.params.begin(), program_.params.end(),
                                    [&](const auto& param) { return param.qualified_name == name; });
    if (found == program_.params.end()) throw std::invalid_argument("no parameter " + name);
    const auto id = static_cast<language::ParamId>(found - program_.params.begin());
    const language::ExprId expr = language::compile_setting(program_, id, value, sink_);
    options_.settings.push_back({id, expr, {}});
  }
  if (sink_.has_errors()) return verdicts_;
  for (std::uint32_t id = 0; id < program_.waivers.size(); ++id) {
    if (!program_.waivers[id].of_test) options_.waivers.push_back(static_cast<language::WaiverId>(id));
  }
  store_ = facts::ingest(program_, inputs_, ingest_, sink_);
  verdicts_ = engine::evaluate(program_, store_, functions::kernels(), options_, sink_);
  return verdicts_;
}

std::string Scenario::diagnostics() const {
  if (sink_.all().empty()) return "";
  static const source::SourceSet nothing;
  return diagnostics::render_text(sink_, program_.sources ? *program_.sources : nothing, {});
}

const verdict::CheckResult& Scenario::check(std::string_view name) {
  for (const auto& control : verdicts_.controls) {
    for (const auto& check : control.checks) {
      if (program_.checks[language::index(check.check)].qualified_name == name) return check;
    }
  }
  throw std::invalid_argument("no check " + std::string(name) + "\n" + diagnostics());
}

std::string Scenario::verdict_of(std::string_view name) {
  for (const auto& control : verdicts_.controls) {
    if (program_.controls[language::index(control.control)].id == name)
      return std::string(verdict::spelling(control.verdict));
  }
  return std::string(verdict::spelling(check(name).verdict));
}

std::string Scenario::findings(std::string_view name) {
  std::vector<std::string> lines;
  for (const auto& finding : check(name).findings) lines.push_back(finding.key + ": " + finding.message);
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const auto& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out;
}

}  // namespace writ::support
