// A program, evidence and verdicts made by hand: every verdict, finding, failure and complaint that a report shows.
#pragma once

#include <string>

#include "engine/report/results.hpp"

namespace writ::report::test {

struct Run {
  language::Program program;
  facts::FactStore store;
  verdict::Verdicts verdicts;

  Run();
  Results results() const;

 private:
  source::Span span(std::string_view part) const;
  language::CheckId add_check(language::ControlId control, std::string name, std::string title);
  language::ControlId add_control(std::string id, std::string title, language::ControlSeverity severity);
  types::EntityId add_entity(std::string name);
};

// Compares with tests/golden/report/`name`, and writes it where WRIT_UPDATE_GOLDEN is set.
void check_golden(const std::string& name, const std::string& actual);

}  // namespace writ::report::test
