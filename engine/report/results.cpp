#include "engine/report/results.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace writ::report {

std::string_view spelling(Origin origin) {
  switch (origin) {
    case Origin::default_value:
      return "default";
    case Origin::pack:
      return "pack";
    case Origin::command_line:
      return "command line";
  }
  return "default";
}

std::vector<ParameterValue> parameter_values(const language::Program& program, const verdict::Verdicts& verdicts,
                                             const std::vector<language::ParamSetting>& command_line,
                                             const std::vector<facts::Value>& values) {
  const auto sets = [](const std::vector<language::ParamSetting>& settings, std::size_t param) {
    return std::any_of(settings.begin(), settings.end(),
                       [&](const auto& setting) { return language::index(setting.param) == param; });
  };
  const auto reported = [&](language::ControlId control) {
    return std::any_of(verdicts.controls.begin(), verdicts.controls.end(),
                       [&](const auto& result) { return result.control == control; });
  };
  const facts::FactStore nothing;
  std::vector<ParameterValue> out;
  for (std::size_t i = 0; i < program.params.size() && i < values.size(); ++i) {
    const language::ParamDef& param = program.params[i];
    if (param.control && !reported(*param.control)) continue;
    // A parameter of the program that nothing reported on reads, and nobody set.
    if (!values[i].is_present() && param.default_value == language::ExprId::none) continue;
    ParameterValue value;
    value.name = param.qualified_name;
    value.value = facts::to_text(values[i], param.type, program, nothing);
    value.origin = sets(command_line, i)       ? Origin::command_line
                   : sets(program.settings, i) ? Origin::pack
                                               : Origin::default_value;
    out.push_back(std::move(value));
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return out;
}

std::vector<ControlGroup> groups(const Results& results) {
  const std::vector<verdict::ControlResult>& controls = results.verdicts.controls;
  std::vector<ControlGroup> out;
  std::vector<bool> placed(controls.size());
  if (results.pack != nullptr) {
    for (const std::string& title : results.pack->sections) out.push_back({title, {}});
    for (const language::ControlNameDef& name : results.pack->names) {
      if (!name.section) continue;
      for (std::size_t i = 0; i < controls.size(); ++i) {
        if (controls[i].control != name.control) continue;
        placed[i] = true;
        out[*name.section].controls.push_back(&controls[i]);
      }
    }
  }
  ControlGroup rest{out.empty() ? "" : "Other controls", {}};
  for (std::size_t i = 0; i < controls.size(); ++i) {
    if (!placed[i]) rest.controls.push_back(&controls[i]);
  }
  out.push_back(std::move(rest));
  std::erase_if(out, [](const ControlGroup& group) { return group.controls.empty(); });
  return out;
}

ListedAs listed_as(const Results& results, const verdict::ControlResult& control) {
  const language::ControlDef& def = control_of(results, control);
  ListedAs out{def.id, def.title};
  const language::ControlNameDef* name = results.pack == nullptr ? nullptr : results.pack->name_of(control.control);
  if (name != nullptr && !name->reference.empty()) out.reference = name->reference;
  if (name != nullptr && !name->title.empty()) out.title = name->title;
  return out;
}

RulePlace rule_place(const language::Program& program, source::Span span) {
  // Only expressions that were never written (a setting's) have an empty span.
  if (span.begin == span.end || static_cast<std::size_t>(span.file) >= program.sources->size()) return {};
  return {program.sources->path(span.file), program.sources->line_column(span.file, span.begin)};
}

std::string shown(const facts::TextPlace& place) {
  if (place.line == 0) return place.path;
  return fmt::format("{}:{}:{}", place.path, place.line, place.column);
}

std::string shown(const RulePlace& place) {
  return place.path.empty() ? std::string() : fmt::format("{}:{}:{}", place.path, place.at.line, place.at.column);
}

const language::ControlDef& control_of(const Results& results, const verdict::ControlResult& control) {
  return results.program.controls[language::index(control.control)];
}

const language::CheckDef& check_of(const Results& results, const verdict::CheckResult& check) {
  return results.program.checks[language::index(check.check)];
}

}  // namespace writ::report
