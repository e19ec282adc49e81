// Waivers in the report for a person: what each covers, and what is wrong with it.
#pragma once

#include <string>
#include <vector>

#include "engine/report/page.hpp"
#include "engine/report/results.hpp"

namespace writ::report {

// `ACC-07.disabled_in_time for "a-17"`
std::string waiver_title(const language::Program& program, const language::WaiverDef& waiver);
// What is to be known of a waiver beside what it covers, a line each: that it has expired, that a key of it names
// nothing, …; nothing where all is as it should be.
std::vector<std::string> waiver_remarks(const language::Program& program, const verdict::WaiverResult& result);

// The waivers of a run, in the order of the source; nothing where there are none.
void write_waivers(Page& page, const Results& results);
// Below a finding: by which waiver it is covered.
void write_waiver_of(Page& page, std::uint32_t indent, const language::WaiverDef& waiver);

}  // namespace writ::report
