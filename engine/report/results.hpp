// What a report is made of: the verdicts of a run, the program and the evidence that they speak of, and how the run
// was asked for. Reports read this and nothing else; they take no clock and touch no file but through the store.
#pragma once

#include <string>
#include <vector>

#include "engine/evaluate.hpp"
#include "engine/facts/store.hpp"
#include "engine/verdict/verdicts.hpp"
#include "language/program.hpp"

namespace writ::report {

enum class Origin : std::uint8_t { default_value, pack, command_line };
std::string_view spelling(Origin origin);  // `default`, `pack`, `command line`

// The value that a parameter had in the run.
struct ParameterValue {
  std::string name;   // qualified
  std::string value;  // as messages show values; empty where it has none
  Origin origin{};
};

struct Results {
  std::string_view version;  // of writ
  const language::Program& program;
  const facts::FactStore& store;
  const verdict::Verdicts& verdicts;
  std::vector<ParameterValue> parameters;  // of the whole program and of the controls reported on, by name
  bool now_from_clock = false;
  const language::PackDef* pack = nullptr;  // that the verdicts are for; none where the rules have no pack
};

// The controls of a run under the headings of the pack's own list: its sections in their order, then what stands in
// none. One group without a title where the pack has no sections.
struct ControlGroup {
  std::string title;
  std::vector<const verdict::ControlResult*> controls;
};
std::vector<ControlGroup> groups(const Results& results);
// What the pack's own list calls a control; the control's own title and id where it says nothing.
struct ListedAs {
  std::string reference, title;
};
ListedAs listed_as(const Results& results, const verdict::ControlResult& control);

// The parameters of the verdicts' controls and of the whole program, by name, each with where its value comes from.
// `values` are those of engine::bind_parameters.
std::vector<ParameterValue> parameter_values(const language::Program& program, const verdict::Verdicts& verdicts,
                                             const std::vector<language::ParamSetting>& command_line,
                                             const std::vector<facts::Value>& values);

// A place in a rule text.
struct RulePlace {
  std::string_view path;  // empty where the span is
  source::LineColumn at;
};
RulePlace rule_place(const language::Program& program, source::Span span);

// `accounts.json:12:5`; only the path where there is no line.
std::string shown(const facts::TextPlace& place);
std::string shown(const RulePlace& place);

const language::ControlDef& control_of(const Results& results, const verdict::ControlResult& control);
const language::CheckDef& check_of(const Results& results, const verdict::CheckResult& check);

}  // namespace writ::report
