// Findings, failures and traces for a person: the message, the records with their places, and what decided,
// indented as it is nested.
#pragma once

#include "engine/report/page.hpp"
#include "engine/report/results.hpp"

namespace writ::report {

// All of them start at column `indent`.
void write_finding(Page& page, std::uint32_t indent, const language::Program& program,
                   const verdict::Finding& finding);
void write_failure(Page& page, std::uint32_t indent, const language::Program& program,
                   const verdict::Failure& failure);
void write_trace(Page& page, std::uint32_t indent, const verdict::MemberTrace& trace);
// What decided, without a record that it is about.
void write_because(Page& page, std::uint32_t indent, const std::vector<verdict::Decider>& deciders);

// Words of a report with its code, between backticks, in bold: `Account`.
std::vector<Piece> with_code(std::string_view text, Ink ink = Ink::plain);

}  // namespace writ::report
