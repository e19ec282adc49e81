// The catalogue as one HTML page: its style in its head, nothing fetched, no script. Made for a screen, light or
// dark, for paper, and for readers that speak.
#include <fmt/format.h>

#include <vector>

#include "engine/report/catalogue.hpp"
#include "engine/report/page.hpp"

namespace writ::report {

namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --faint: #57606a; --line: #d5dae0; --wash: #f5f7f9;
  --link: #0b57a4; --high: #b3261e; --medium: #7a4d00; --low: #205b3b; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171b; --ink: #e4e7eb; --faint: #a3acb8; --line: #363d46;
  --wash: #1d2228; --link: #8ab8f5; --high: #ff9a91; --medium: #f0bd6a; --low: #86d6a6; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Liberation Sans", sans-serif; }
a { color: var(--link); }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999em; }
.skip:focus { left: 1em; top: 1em; background: var(--paper); padding: .5em; }
.layout { display: grid; grid-template-columns: 19rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 2rem 1.25rem; border-right: 1px solid var(--line);
  background: var(--wash); font-size: .875rem; }
nav h2 { margin: 1.2rem 0 .3rem; font-size: .8rem; color: var(--faint); border: 0; padding: 0; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { margin: .15rem 0; }
nav a { display: block; padding: .1rem 0; text-decoration: none; color: var(--ink); }
nav a:hover { text-decoration: underline; }
nav b { color: var(--link); font-weight: 600; }
main { padding: 2.5rem clamp(1.25rem, 4vw, 4rem); max-width: 66rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 1rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
p { margin: .5rem 0; max-width: 46rem; }
.faint { color: var(--faint); }
code { font: .875em/1.5 ui-monospace, "Liberation Mono", monospace; background: var(--wash); padding: .08em .3em;
  border-radius: 3px; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0 1.2rem; font-size: .92rem; }
caption { text-align: left; color: var(--faint); padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .7rem .4rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--faint); font-weight: 600; }
.wide { overflow-x: auto; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.2rem; margin: .8rem 0; }
dt { color: var(--faint); }
dd { margin: 0; }
.test { border-left: 3px solid var(--line); padding-left: 1rem; margin: 1rem 0 1.4rem; }
.test h5 { margin: 0 0 .2rem; font-size: .95rem; }
.test ul { margin: .5rem 0; padding-left: 1.2rem; }
.severity { font-weight: 600; }
.critical, .high { color: var(--high); } .medium { color: var(--medium); } .low, .info { color: var(--low); }
@media (max-width: 60rem) { .layout { display: block; } nav { position: static; height: auto; border: 0; }
  nav ul { columns: 2; } }
@media print { :root { --paper: #fff; --ink: #000; --faint: #444; --line: #bbb; --wash: #f4f4f4; --link: #000;
    --high: #000; --medium: #000; --low: #000; }
  body { font-size: 10pt; } nav, .skip { display: none; } .layout { display: block; } main { padding: 0; max-width: none; }
  h3 { break-after: avoid; } h4, h5 { break-after: avoid; } .test, tr, dl { break-inside: avoid; }
  .control { break-before: page; } .control:first-of-type { break-before: auto; } a { text-decoration: none; } }
)";

// Text as text: whatever characters it holds.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        // HTML knows no other control characters.
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
        break;
    }
  }
  return out;
}

std::string code(std::string_view text) {
  return text.empty() ? std::string() : "<code>" + escaped(text) + "</code>";
}

// A line of prose, what stands between backticks as code.
std::string inline_prose(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('`');
    const std::size_t close = open == std::string_view::npos ? open : text.find('`', open + 1);
    if (close == std::string_view::npos) break;
    out += escaped(text.substr(0, open)) + code(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return out + escaped(text);
}

// An id for a heading: letters, digits and dashes of a name, behind what it is.
std::string id_of(std::string_view kind, std::string_view name) {
  std::string out(kind);
  out += '-';
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    out += plain ? std::string(1, c) : fmt::format("_{:02x}", static_cast<unsigned char>(c));
  }
  return out;
}

class Html {
 public:
  explicit Html(const Catalogue& catalogue) : catalogue_(catalogue) {}

  std::string write() {
    const std::string title = escaped(catalogue_.title);
    out_ +=
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out_ += "<title>" + title + "</title>\n<style>" + std::string(style) + "</style>\n</head>\n<body>\n";
    out_ += "<a class=\"skip\" href=\"#content\">To the content</a>\n<div class=\"layout\">\n";
    contents();
    out_ += "<main id=\"content\">\n<header>\n<h1>" + title + "</h1>\n";
    std::string about =
        fmt::format("{}, {}", counted(catalogue_.controls.size(), "control"), counted(catalogue_.checks, "check"));
    if (!catalogue_.version.empty()) about = "Version " + escaped(catalogue_.version) + ". " + about;
    out_ += "<p class=\"faint\">" + about + ".</p>\n</header>\n";
    overview();
    open_section("controls", "Controls");
    for (const CatalogueControl& control : catalogue_.controls) write(control);
    out_ += "</section>\n";
    criteria();
    if (!catalogue_.parameters.empty()) {
      open_section("parameters", "Parameters of the whole program");
      parameters(catalogue_.parameters);
      out_ += "</section>\n";
    }
    entities();
    enums();
    out_ += "</main>\n</div>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  void contents() {
    out_ += "<nav aria-label=\"Contents\">\n";
    const auto list = [&](const char* title, const std::vector<std::pair<std::string, std::string>>& entries) {
      if (entries.empty()) return;
      out_ += fmt::format("<h2>{}</h2>\n<ul>\n", title);
      for (const auto& [id, text] : entries) out_ += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", id, text);
      out_ += "</ul>\n";
    };
    std::vector<std::pair<std::string, std::string>> controls, records, parts;
    for (const CatalogueControl& control : catalogue_.controls) {
      controls.emplace_back(id_of("control", control.id),
                            "<b>" + escaped(control.id) + "</b> " + escaped(control.title));
    }
    for (const CatalogueEntity& entity : catalogue_.entities)
      records.emplace_back(id_of("record", entity.name), escaped(entity.name));
    parts.emplace_back("overview", "Overview");
    if (!catalogue_.criteria.empty()) parts.emplace_back("criteria", "Criteria");
    if (!catalogue_.parameters.empty()) parts.emplace_back("parameters", "Parameters");
    if (!catalogue_.enums.empty()) parts.emplace_back("values", "Values");
    list("Catalogue", parts);
    list("Controls", controls);
    list("Records", records);
    out_ += "</nav>\n";
  }

  void open_section(const char* id, const char* title) {
    out_ += fmt::format("<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n", id, title);
  }

  // Paragraphs, parted by empty lines; those of one line after another that begin with a dash are a list.
  void prose(std::string_view text, const char* of_class = nullptr) {
    while (!text.empty()) {
      const std::size_t end = text.find("\n\n");
      const std::string_view part = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
      if (part.find_first_not_of(" \n\t") == std::string_view::npos) continue;
      if (part.starts_with("- ")) {
        list(part);
      } else if (of_class != nullptr) {
        out_ += fmt::format("<p class=\"{}\">{}</p>\n", of_class, inline_prose(part));
      } else {
        out_ += "<p>" + inline_prose(part) + "</p>\n";
      }
    }
  }

  void list(std::string_view part) {
    out_ += "<ul>\n";
    part.remove_prefix(2);
    while (true) {
      const std::size_t end = part.find("\n- ");
      out_ += "<li>" + inline_prose(part.substr(0, end)) + "</li>\n";
      if (end == std::string_view::npos) break;
      part.remove_prefix(end + 3);
    }
    out_ += "</ul>\n";
  }

  void table(const std::string& caption, const std::vector<std::string>& head,
             const std::vector<std::vector<std::string>>& rows) {
    out_ += "<div class=\"wide\">\n<table>\n";
    if (!caption.empty()) out_ += "<caption>" + caption + "</caption>\n";
    out_ += "<thead><tr>";
    for (const std::string& one : head) out_ += "<th scope=\"col\">" + one + "</th>";
    out_ += "</tr></thead>\n<tbody>\n";
    for (const std::vector<std::string>& row : rows) {
      out_ += "<tr><th scope=\"row\">" + row.front() + "</th>";
      for (std::size_t i = 1; i < row.size(); ++i) out_ += "<td>" + row[i] + "</td>";
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table>\n</div>\n";
  }

  static std::string link(const std::string& kind, const std::string& name) {
    return fmt::format("<a href=\"#{}\">{}</a>", id_of(kind, name), escaped(name));
  }
  static std::string links(const std::string& kind, const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + link(kind, name);
    return out;
  }
  static std::string joined(const std::vector<std::string>& parts, bool as_code = false) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + (as_code ? code(part) : escaped(part));
    return out;
  }
  static std::string severity(const std::string& word) {
    return fmt::format("<span class=\"severity {0}\">{0}</span>", escaped(word));
  }

  void overview() {
    open_section("overview", "Overview");
    std::vector<std::vector<std::string>> rows;
    for (const CatalogueControl& control : catalogue_.controls) {
      rows.push_back({link("control", control.id), escaped(control.title), severity(control.severity),
                      links("criterion", control.criteria)});
    }
    table("", {"Control", "Title", "Severity", "Criteria"}, rows);
    out_ += "</section>\n";
  }

  void write(const CatalogueControl& control) {
    const std::string id = id_of("control", control.id);
    out_ += fmt::format("<article class=\"control\" aria-labelledby=\"{0}\">\n<h3 id=\"{0}\">{1} {2}</h3>\n", id,
                        escaped(control.id), escaped(control.title));
    prose(control.objective);
    prose(control.remarks, "faint");
    out_ += "<dl>\n";
    const auto entry = [&](const char* name, const std::string& value) {
      if (!value.empty()) out_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, value);
    };
    entry("Criteria", links("criterion", control.criteria));
    entry("Severity", severity(control.severity));
    entry("Owner", escaped(control.owner));
    entry("Frequency", escaped(control.frequency));
    entry("Tags", joined(control.tags));
    entry("Source", code(control.source));
    out_ += "</dl>\n<h4>How it is tested</h4>\n";
    for (const TestEntry& test : control.tests) write(test);
    if (!control.evidence.empty()) {
      std::vector<std::vector<std::string>> rows;
      for (const EvidenceEntry& one : control.evidence) {
        rows.push_back({link("record", one.entity), one.within.empty() ? "any" : "at most " + escaped(one.within),
                        joined(one.fields, true)});
      }
      out_ += "<h4>Evidence</h4>\n";
      table("", {"Records", "Age", "Fields that are read"}, rows);
    }
    if (!control.parameters.empty()) {
      out_ += "<h4>Parameters</h4>\n";
      parameters(control.parameters);
    }
    part("Why", control.rationale);
    part("What to do about a finding", control.remediation);
    if (!control.references.empty()) {
      out_ += "<h4>References</h4>\n<ul>\n";
      for (const std::string& one : control.references) out_ += "<li>" + inline_prose(one) + "</li>\n";
      out_ += "</ul>\n";
    }
    out_ += "</article>\n";
  }

  void part(const char* title, const std::string& text) {
    if (text.empty()) return;
    out_ += fmt::format("<h4>{}</h4>\n", title);
    prose(text);
  }

  void write(const TestEntry& test) {
    out_ += "<div class=\"test\">\n<h5>" + code(test.name);
    if (!test.title.empty()) out_ += " " + escaped(test.title);
    out_ += "</h5>\n";
    std::string kind = test.basis;
    if (!test.nature.empty()) kind += (kind.empty() ? "" : ", ") + test.nature;
    if (!kind.empty()) out_ += "<p class=\"faint\">" + kind + "</p>\n";
    prose(test.doc);
    out_ += "<ul>\n";
    for (std::size_t i = 0; i < test.steps.size(); ++i) {
      const TestStep& step = test.steps[i];
      if (step.nested) continue;
      out_ += "<li>" + words(step);
      if (i + 1 < test.steps.size() && test.steps[i + 1].nested) {
        out_ += "<ul><li>" + words(test.steps[i + 1]) + "</li></ul>";
      }
      out_ += "</li>\n";
    }
    out_ += "</ul>\n";
    prose(test.when_empty, "faint");
    out_ += "</div>\n";
  }

  static std::string words(const TestStep& step) {
    return escaped(step.words) + (step.code.empty() ? "" : " " + code(step.code));
  }

  void parameters(const std::vector<ParameterEntry>& parameters) {
    std::vector<std::vector<std::string>> rows;
    for (const ParameterEntry& one : parameters) {
      rows.push_back({code(one.name), code(one.type),
                      one.default_value.empty() ? "must be set" : code(one.default_value), code(one.bound),
                      code(one.set), inline_prose(one.doc)});
    }
    table("", {"Parameter", "Type", "Default", "Bound", "Set by the pack", "Meaning"}, rows);
  }

  void criteria() {
    if (catalogue_.criteria.empty()) return;
    open_section("criteria", "Criteria");
    std::vector<std::vector<std::string>> rows;
    for (const auto& [criterion, controls] : catalogue_.criteria) {
      rows.push_back({fmt::format("<span id=\"{}\">{}</span>", id_of("criterion", criterion), escaped(criterion)),
                      links("control", controls)});
    }
    table("", {"Criterion", "Controls"}, rows);
    out_ += "</section>\n";
  }

  void entities() {
    if (catalogue_.entities.empty()) return;
    open_section("records", "Records");
    for (const CatalogueEntity& entity : catalogue_.entities) {
      out_ += fmt::format("<h3 id=\"{}\">{}</h3>\n", id_of("record", entity.name), escaped(entity.name));
      prose(entity.doc);
      if (!entity.from.empty()) out_ += "<p>Read from " + code(entity.from) + ".</p>\n";
      std::vector<std::vector<std::string>> rows;
      for (const CatalogueField& field : entity.fields) {
        rows.push_back({code(field.name) + (field.key ? " key" : ""), code(field.type), inline_prose(field.doc),
                        links("control", field.controls)});
      }
      table("", {"Field", "Type", "Meaning", "Read by"}, rows);
    }
    out_ += "</section>\n";
  }

  void enums() {
    if (catalogue_.enums.empty()) return;
    open_section("values", "Values");
    for (const CatalogueEnum& one : catalogue_.enums) {
      out_ += "<h3>" + escaped(one.name) + "</h3>\n";
      prose(one.doc);
      if (one.ordered) out_ += "<p>In this order, from the least to the greatest.</p>\n";
      std::vector<std::vector<std::string>> rows;
      for (const auto& [member, doc] : one.members) rows.push_back({code(member), inline_prose(doc)});
      table("", {"Value", "Meaning"}, rows);
    }
    out_ += "</section>\n";
  }

  const Catalogue& catalogue_;
  std::string out_;
};

}  // namespace

std::string to_html(const Catalogue& catalogue) { return Html(catalogue).write(); }

}  // namespace writ::report
