#include "engine/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/report/evidence_text.hpp"
#include "engine/report/findings_text.hpp"
#include "engine/report/symbols.hpp"
#include "engine/report/waivers_text.hpp"

namespace writ::report {

using verdict::CheckResult;
using verdict::ControlResult;
using verdict::Verdict;

namespace {

// From here on verdicts and ids stand in columns, and numbers at the right edge.
constexpr std::uint32_t wide = 72;
constexpr std::uint32_t verdict_width = 14;  // `not applicable`

std::string numbers(Verdict verdict, std::uint64_t population, std::uint64_t tested, std::uint64_t broken,
                    std::uint64_t waived) {
  if (population == 0 && broken == 0) {
    const bool decided = verdict != Verdict::error && verdict != Verdict::no_evidence;
    return decided ? "nothing in scope" : "";
  }
  std::string out = fmt::format("{} in scope", population);
  if (tested != population) out += fmt::format(", {} tested", tested);
  out += fmt::format(", {}", broken == 0 ? "no exceptions" : counted(broken, "exception"));
  if (waived == 0) return out;
  return out + (waived == broken ? std::string(", waived") : fmt::format(", {} waived", waived));
}

// Why all of a control is left out, where it is.
const std::string* left_out(const ControlResult& control) {
  if (control.checks.empty()) return nullptr;
  for (const CheckResult& check : control.checks) {
    if (!check.excluded || *check.excluded != *control.checks.front().excluded) return nullptr;
  }
  return &*control.checks.front().excluded;
}

// The period as days where it begins and ends at midnight, both included.
std::string period_text(types::Timestamp start, types::Timestamp end) {
  const auto midnight = [](types::Timestamp t) { return types::start_of(types::date_of(t)) == t; };
  if (!midnight(start) || !midnight(end) || end <= start) {
    return fmt::format("{} to {}, exclusive", types::to_text(start), types::to_text(end));
  }
  const types::Date last{types::date_of(end).days - 1};
  return fmt::format("{} to {}", types::to_text(types::date_of(start)), types::to_text(last));
}

class Writing {
 public:
  Writing(const Results& results, const TextOptions& options, Page& page)
      : results_(results), options_(options), page_(page), wide_(options.style.width >= wide) {}

  void write() {
    header();
    for (const ControlResult& control : results_.verdicts.controls)
      id_width_ = std::max(id_width_, display_width(listed_as(results_, control).reference));
    bool detailed = true;
    for (const ControlGroup& group : groups(results_)) {
      if (!group.title.empty()) {
        page_.gap();
        page_.paragraph(0, 2, {{group.title, Ink::bold}});
        detailed = false;
      }
      for (const ControlResult* control : group.controls) {
        const bool details = is_detailed(control->verdict);
        if (details || detailed) page_.gap();
        this->control(*control);
        detailed = details;
      }
    }
    write_waivers(page_, results_);
  }

  void summary() {
    page_.gap();
    const verdict::Verdicts& verdicts = results_.verdicts;
    std::vector<Piece> pieces = {{counted(verdicts.controls.size(), "control"), Ink::bold}};
    std::string separator = ": ";
    for (const Verdict verdict : all_verdicts) {
      const std::uint64_t count = verdicts.totals[static_cast<std::size_t>(verdict)];
      if (count == 0) continue;
      pieces.push_back({separator});
      pieces.push_back({fmt::format("{} {}", count, words_of(verdict)), ink_of(verdict)});
      separator = ", ";
    }
    page_.paragraph(0, 2, pieces);
  }

 private:
  static bool is_detailed(Verdict verdict) {
    return verdict != Verdict::pass && verdict != Verdict::not_applicable;
  }

  void header() {
    if (results_.pack != nullptr) {
      const language::PackDef& pack = *results_.pack;
      std::vector<Piece> pieces = {{pack.title.empty() ? pack.name : pack.title, Ink::bold}};
      const std::string version = pack.version.empty() ? pack.name : fmt::format("{} {}", pack.name, pack.version);
      if (!pack.title.empty() || !pack.version.empty()) pieces.push_back({fmt::format(" ({})", version), Ink::dim});
      page_.paragraph(0, 2, pieces);
    }
    const verdict::Verdicts& verdicts = results_.verdicts;
    page_.paragraph(0, 8,
                    {{"now     ", Ink::dim, true},
                     {types::to_text(verdicts.now)},
                     {results_.now_from_clock ? ", from the clock" : "", Ink::dim}});
    page_.paragraph(0, 8,
                    {{"period  ", Ink::dim, true}, {period_text(verdicts.period_start, verdicts.period_end)}});
    for (const ParameterValue& parameter : results_.parameters) {
      if (parameter.origin != Origin::command_line) continue;
      page_.paragraph(0, 8,
                      {{"set     ", Ink::dim, true}, {fmt::format("{} = {}", parameter.name, parameter.value)}});
    }
  }

  void control(const ControlResult& result) {
    const language::ControlDef& control = control_of(results_, result);
    const ListedAs listed = listed_as(results_, result);
    std::uint64_t population = 0;
    std::uint64_t tested = 0;
    std::uint64_t broken = 0;
    std::uint64_t waived = 0;
    for (const CheckResult& check : result.checks) {
      population += check.population;
      tested += check.tested;
      broken += check.broken;
      waived += check.waived;
    }
    const std::string symbol(symbol_of(result.verdict, options_.style.unicode));
    const std::string word(words_of(result.verdict));
    const Ink ink = ink_of(result.verdict);
    std::vector<Piece> left;
    if (wide_) {
      left = {{symbol + " " + padded(word, verdict_width) + "  ", ink, true},
              {padded(listed.reference, id_width_) + "  ", Ink::bold, true},
              {listed.title}};
    } else {
      left = {{symbol + " " + word, ink, true},
              {"  ", Ink::plain, true},
              {listed.reference, Ink::bold, true},
              {" " + listed.title}};
    }
    // The library's id is what findings, waivers and options go by.
    if (listed.reference != control.id) left.push_back({" " + control.id, Ink::dim, true});
    const std::string* excluded = left_out(result);
    const std::uint32_t hanging = wide_ ? 2 + verdict_width + 2 + id_width_ + 2 : 2;
    page_.spread(0, hanging, left,
                 {{excluded != nullptr ? std::string("excluded")
                                       : numbers(result.verdict, population, tested, broken, waived),
                   Ink::dim}});
    if (excluded != nullptr) page_.paragraph(hanging, hanging, {{*excluded, Ink::dim}});
    // Checks that lack the same evidence are told of together.
    for (auto check = result.checks.begin(); check != result.checks.end();) {
      auto end = std::next(check);
      while (end != result.checks.end() && check->findings.empty() && check->failures.empty() &&
             end->findings.empty() && end->failures.empty() && end->verdict == check->verdict &&
             end->reasons == check->reasons) {
        ++end;
      }
      if (is_detailed(check->verdict)) checks(check, end);
      check = end;
    }
  }

  using CheckIterator = std::vector<CheckResult>::const_iterator;

  void checks(CheckIterator begin, CheckIterator end) {
    const std::uint32_t indent = wide_ ? 4 : 2;
    for (CheckIterator check = begin; check != end; ++check) {
      const language::CheckDef& def = check_of(results_, *check);
      std::vector<Piece> left = {
          {std::string(symbol_of(check->verdict, options_.style.unicode)) + " ", ink_of(check->verdict), true},
          {def.name + "  ", Ink::bold, true},
          {def.title}};
      page_.spread(
          indent, indent + 2, left,
          {{numbers(check->verdict, check->population, check->tested, check->broken, check->waived), Ink::dim}});
    }
    for (const std::string& reason : begin->reasons) page_.paragraph(indent + 4, indent + 6, with_code(reason));
    details(*begin, indent + 4);
  }

  void details(const CheckResult& check, std::uint32_t indent) {
    std::size_t shown_findings = 0;
    for (const bool waived : {false, true}) {
      for (const verdict::Finding& finding : check.findings) {
        if (finding.waiver.has_value() != waived) continue;
        if (shown_findings++ >= options_.max_findings) break;
        page_.gap();
        write_finding(page_, indent, results_.program, finding);
      }
    }
    more(check.findings.size(), "finding", indent);
    std::size_t shown_failures = 0;
    for (const verdict::Failure& failure : check.failures) {
      if (shown_failures++ == options_.max_findings) break;
      page_.gap();
      write_failure(page_, indent, results_.program, failure);
    }
    more(check.failures.size(), "member", indent);
    if (!check.findings.empty() || !check.failures.empty()) page_.gap();
  }

  void more(std::size_t count, std::string_view noun, std::uint32_t indent) {
    if (count <= options_.max_findings) return;
    page_.gap();
    const std::size_t rest = count - options_.max_findings;
    page_.paragraph(indent, indent + 2,
                    {{fmt::format("and {} more {}{}", rest, noun, rest == 1 ? "" : "s"), Ink::dim}});
  }

  const Results& results_;
  const TextOptions& options_;
  Page& page_;
  bool wide_;
  std::uint32_t id_width_ = 0;
};

}  // namespace

std::string summary_line(const verdict::Verdicts& verdicts) {
  std::string out = counted(verdicts.controls.size(), "control");
  std::string separator = ": ";
  for (const Verdict verdict : all_verdicts) {
    const std::uint64_t count = verdicts.totals[static_cast<std::size_t>(verdict)];
    if (count == 0) continue;
    out += fmt::format("{}{} {}", separator, count, words_of(verdict));
    separator = ", ";
  }
  return out;
}

std::string to_text(const std::vector<Results>& packs, const TextOptions& options) {
  Page page(options.style);
  for (const Results& results : packs) {
    page.gap();
    Writing writing(results, options, page);
    writing.write();
    if (packs.size() > 1) writing.summary();
  }
  if (packs.empty()) return page.take();
  const Results& any = packs.front();
  write_bad_records(page, any.program, any.store, options.max_findings);
  write_unknown_fields(page, any.program, any.store);
  write_evidence_table(page, any.program, any.store, any.verdicts.now);
  if (packs.size() == 1) Writing(any, options, page).summary();
  return page.take();
}

std::string to_text(const Results& results, const TextOptions& options) {
  return to_text(std::vector<Results>{results}, options);
}

}  // namespace writ::report
