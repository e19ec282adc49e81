#include "engine/report/findings_text.hpp"

#include <fmt/format.h>

#include "engine/report/symbols.hpp"
#include "engine/report/waivers_text.hpp"

namespace writ::report {

namespace {

// Source text is shown up to here; the whole of it stands in the rules, and in the JSON report.
constexpr std::uint32_t most_expression = 160;
constexpr std::uint32_t most_value = 120;

void write_places(Page& page, std::uint32_t indent, const std::vector<verdict::BoundRecord>& records) {
  for (const verdict::BoundRecord& record : records) {
    std::vector<Piece> pieces;
    if (record.place.path.empty()) {
      pieces = {{"with ", Ink::dim}, {fmt::format("{} = {}", record.variable, record.key), Ink::dim}};
    } else {
      // Where records have no key they are named by their place, which stands here anyhow.
      const std::string at = shown(record.place);
      const std::string name = record.key == at ? record.entity : fmt::format("{} {}", record.entity, record.key);
      pieces = {{"at ", Ink::dim}, {at, Ink::plain, true}, {" " + name, Ink::dim}};
    }
    page.paragraph(indent, indent + 3, pieces);
  }
}

// The path is left out where it is that of the place before, which stands a line or a few above.
void write_deciders(Page& page, std::uint32_t indent, const std::vector<verdict::Decider>& deciders,
                    std::string_view path) {
  const bool unicode = page.style().unicode;
  for (const verdict::Decider& decider : deciders) {
    const std::uint32_t from = indent + 2 * decider.depth;
    std::vector<Piece> pieces = {{shortened(decider.expression, most_expression, unicode)},
                                 {" = ", Ink::dim},
                                 {shortened(decider.value, most_value, unicode), Ink::bold}};
    if (decider.place) {
      const facts::TextPlace& place = *decider.place;
      const std::string at = place.path == path && place.line > 0
                                 ? fmt::format("{}:{}:{}", unicode ? "…" : "...", place.line, place.column)
                                 : shown(place);
      pieces.push_back({" "});
      pieces.push_back({"at " + at, Ink::dim, true});
      path = place.path;
    }
    page.paragraph(from, from + 4, pieces);
  }
}

void write_why(Page& page, std::uint32_t indent, const std::vector<verdict::BoundRecord>& records,
               const std::vector<verdict::Decider>& deciders) {
  if (deciders.empty()) return;
  page.paragraph(indent, indent, {{"because", Ink::dim}});
  std::string_view path;
  for (const verdict::BoundRecord& record : records) {
    if (!record.place.path.empty()) path = record.place.path;
  }
  write_deciders(page, indent + 2, deciders, path);
}

}  // namespace

void write_because(Page& page, std::uint32_t indent, const std::vector<verdict::Decider>& deciders) {
  write_why(page, indent, {}, deciders);
}

std::vector<Piece> with_code(std::string_view text, Ink ink) {
  std::vector<Piece> pieces;
  while (!text.empty()) {
    const std::size_t open = text.find('`');
    const std::size_t close = open == std::string_view::npos ? open : text.find('`', open + 1);
    if (close == std::string_view::npos) break;
    if (open > 0) pieces.push_back({std::string(text.substr(0, open)), ink});
    pieces.push_back({std::string(text.substr(open, close - open + 1)), Ink::bold});
    text.remove_prefix(close + 1);
  }
  if (!text.empty()) pieces.push_back({std::string(text), ink});
  return pieces;
}

void write_finding(Page& page, std::uint32_t indent, const language::Program& program,
                   const verdict::Finding& finding) {
  page.paragraph(indent, indent + 2, {{finding.message, Ink::bold}});
  if (finding.waiver) write_waiver_of(page, indent + 2, program.waivers[language::index(*finding.waiver)]);
  write_places(page, indent + 2, finding.records);
  write_why(page, indent + 2, finding.records, finding.because);
}

void write_failure(Page& page, std::uint32_t indent, const language::Program& program,
                   const verdict::Failure& failure) {
  page.paragraph(indent, indent + 2,
                 {{fmt::format("{} could not be evaluated: {}", failure.key, failure.reason), Ink::bold}});
  write_places(page, indent + 2, failure.records);
  const RulePlace rule = rule_place(program, failure.span);
  if (rule.path.empty()) return;
  const std::string text = shortened(program.sources->text(failure.span), most_expression, page.style().unicode);
  page.paragraph(indent + 2, indent + 5,
                 {{"in ", Ink::dim}, {shown(rule), Ink::plain, true}, {" `" + text + "`", Ink::dim}});
}

void write_trace(Page& page, std::uint32_t indent, const verdict::MemberTrace& trace) {
  const bool unicode = page.style().unicode;
  std::vector<Piece> head = {{std::string(symbol_of(trace.outcome, unicode)) + " ", ink_of(trace.outcome), true},
                             {std::string(verdict::spelling(trace.outcome)), ink_of(trace.outcome)},
                             {" " + trace.key, Ink::bold}};
  if (!trace.message.empty()) {
    // A message is the rule's own words; what holds, or leaves a record out, is a condition.
    const bool condition =
        trace.outcome == verdict::Outcome::holds || trace.outcome == verdict::Outcome::out_of_scope;
    head.push_back({": " + (condition ? shortened(trace.message, most_expression, unicode) : trace.message)});
  }
  page.paragraph(indent, indent + 4, head);
  write_places(page, indent + 4, trace.records);
  write_why(page, indent + 4, trace.records, trace.because);
}

}  // namespace writ::report
