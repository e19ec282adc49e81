// The catalogue as Markdown (GitHub's, for its tables).
#include <fmt/format.h>

#include <algorithm>

#include "engine/report/catalogue.hpp"
#include "engine/report/page.hpp"

namespace writ::report {

namespace {

// Prose: its own backticks stay, nothing of it becomes HTML.
std::string prose(std::string_view text) {
  std::string out;
  bool code = false;
  for (const char c : text) {
    if (c == '`') code = !code;
    if (c == '<' && !code) {
      out += "&lt;";
    } else if (c == '&' && !code) {
      out += "&amp;";
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n') {
      out += c;
    }
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

// In a table a line end would end the row.
std::string cell(std::string text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

// A span of code, fenced by more backticks than it holds.
std::string code(std::string_view text) {
  if (text.empty()) return {};
  std::size_t most = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    most = std::max(most, run);
  }
  const std::string fence(most + 1, '`');
  const std::string pad = text.front() == '`' || text.back() == '`' ? " " : "";
  return fence + pad + printable(text) + pad + fence;
}

std::string joined(const std::vector<std::string>& parts, bool as_code = false) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += ", ";
    out += as_code ? code(part) : prose(part);
  }
  return out;
}

// Where a heading leads to, as GitHub makes it: of `ACC-07 Removal of access`, `acc-07-removal-of-access`.
std::string anchor(std::string_view heading) {
  std::string out;
  for (const char c : heading) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               static_cast<unsigned char>(c) >= 0x80) {
      out += c;
    } else if (c == ' ') {
      out += '-';
    }
  }
  return out;
}

class Markdown {
 public:
  explicit Markdown(const Catalogue& catalogue) : catalogue_(catalogue) {}

  std::string write() {
    line("# " + prose(catalogue_.title));
    std::string about =
        fmt::format("{}, {}", counted(catalogue_.controls.size(), "control"), counted(catalogue_.checks, "check"));
    if (!catalogue_.version.empty()) about = "Version " + prose(catalogue_.version) + ". " + about;
    paragraph(about + ".");
    overview();
    heading("## Controls");
    for (const CatalogueControl& control : catalogue_.controls) write(control);
    criteria();
    if (!catalogue_.parameters.empty()) {
      heading("## Parameters of the whole program");
      parameters(catalogue_.parameters);
    }
    entities();
    enums();
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += text + "\n"; }
  void paragraph(const std::string& text) {
    if (!text.empty()) out_ += "\n" + text + "\n";
  }
  void heading(const std::string& text) { paragraph(text); }
  void row(const std::vector<std::string>& cells) {
    out_ += '|';
    for (const std::string& one : cells) out_ += " " + cell(one) + " |";
    out_ += '\n';
  }
  void table(const std::vector<std::string>& head) {
    out_ += '\n';
    row(head);
    out_ += '|';
    for (std::size_t i = 0; i < head.size(); ++i) out_ += " --- |";
    out_ += '\n';
  }

  std::string link(const std::string& id) const {
    for (const CatalogueControl& control : catalogue_.controls) {
      if (control.id == id) return fmt::format("[{}](#{})", id, anchor(control.id + " " + control.title));
    }
    return id;
  }
  std::string links(const std::vector<std::string>& ids) const {
    std::string out;
    for (const std::string& id : ids) out += (out.empty() ? "" : ", ") + link(id);
    return out;
  }

  void overview() {
    table({"Control", "Title", "Severity", "Criteria"});
    for (const CatalogueControl& control : catalogue_.controls) {
      row({link(control.id), prose(control.title), control.severity, joined(control.criteria)});
    }
  }

  void write(const CatalogueControl& control) {
    heading("### " + control.id + " " + prose(control.title));
    paragraph(prose(control.objective));
    paragraph(prose(control.remarks));
    table({"", ""});
    const auto entry = [&](const char* name, const std::string& value) {
      if (!value.empty()) row({name, value});
    };
    entry("Criteria", joined(control.criteria));
    entry("Severity", control.severity);
    entry("Owner", prose(control.owner));
    entry("Frequency", prose(control.frequency));
    entry("Tags", joined(control.tags));
    entry("Source", code(control.source));
    heading("#### How it is tested");
    for (const TestEntry& test : control.tests) write(test);
    if (!control.evidence.empty()) {
      heading("#### Evidence");
      table({"Records", "Age", "Fields that are read"});
      for (const EvidenceEntry& entry_of : control.evidence) {
        row({code(entry_of.entity), entry_of.within.empty() ? "any" : "at most " + entry_of.within,
             joined(entry_of.fields, true)});
      }
    }
    if (!control.parameters.empty()) {
      heading("#### Parameters");
      parameters(control.parameters);
    }
    section("Why", control.rationale);
    section("What to do about a finding", control.remediation);
    if (!control.references.empty()) {
      heading("#### References");
      out_ += '\n';
      for (const std::string& reference : control.references) line("- " + prose(reference));
    }
  }

  void section(const char* title, const std::string& text) {
    if (text.empty()) return;
    heading(std::string("#### ") + title);
    paragraph(prose(text));
  }

  void write(const TestEntry& test) {
    std::string kind = test.basis;
    if (!test.nature.empty()) kind += (kind.empty() ? "" : ", ") + test.nature;
    std::string head = "**" + test.name + "**";
    if (!test.title.empty()) head += ": " + prose(test.title);
    if (!kind.empty()) head += " (" + kind + ")";
    paragraph(head);
    paragraph(prose(test.doc));
    out_ += '\n';
    for (const TestStep& step : test.steps) {
      line(std::string(step.nested ? "  - " : "- ") + step.words +
           (step.code.empty() ? "" : " " + code(step.code)));
    }
    paragraph(test.when_empty);
  }

  void parameters(const std::vector<ParameterEntry>& parameters) {
    table({"Parameter", "Type", "Default", "Bound", "Set by the pack", "Meaning"});
    for (const ParameterEntry& one : parameters) {
      row({code(one.name), code(one.type), one.default_value.empty() ? "must be set" : code(one.default_value),
           code(one.bound), code(one.set), prose(one.doc)});
    }
  }

  void criteria() {
    if (catalogue_.criteria.empty()) return;
    heading("## Criteria");
    table({"Criterion", "Controls"});
    for (const auto& [criterion, controls] : catalogue_.criteria) row({prose(criterion), links(controls)});
  }

  void entities() {
    if (catalogue_.entities.empty()) return;
    heading("## Records");
    for (const CatalogueEntity& entity : catalogue_.entities) {
      heading("### " + entity.name);
      paragraph(prose(entity.doc));
      if (!entity.from.empty()) paragraph("Read from " + code(entity.from) + ".");
      table({"Field", "Type", "Meaning", "Read by"});
      for (const CatalogueField& field : entity.fields) {
        row({code(field.name) + (field.key ? " (key)" : ""), code(field.type), prose(field.doc),
             links(field.controls)});
      }
    }
  }

  void enums() {
    if (catalogue_.enums.empty()) return;
    heading("## Values");
    for (const CatalogueEnum& one : catalogue_.enums) {
      heading("### " + one.name);
      paragraph(prose(one.doc));
      if (one.ordered) paragraph("In this order, from the least to the greatest.");
      table({"Value", "Meaning"});
      for (const auto& [member, doc] : one.members) row({code(member), prose(doc)});
    }
  }

  const Catalogue& catalogue_;
  std::string out_;
};

}  // namespace

std::string to_markdown(const Catalogue& catalogue) { return Markdown(catalogue).write(); }

}  // namespace writ::report
