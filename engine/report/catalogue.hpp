// The catalogue of controls: what each asks for, how it is tested and on which evidence, for people who do not read
// rules. In: the checked program and the checks that it is to be about. Out: plain data, which the writers of
// Markdown and HTML lay out. The same program gives the same catalogue.
#pragma once

#include <string>
#include <vector>

#include "engine/report/needs.hpp"
#include "language/program.hpp"

namespace writ::report {

// A line of a check, as it is read aloud: words, then what stands in the rule.
struct TestStep {
  std::string words;  // `for each`, `in scope when`
  std::string code;
  bool nested = false;  // belongs to the line before it
};

struct TestEntry {
  std::string name, title, doc;
  std::string basis, nature;  // empty where unsaid
  std::vector<TestStep> steps;
  std::string when_empty;  // what an empty population comes to, in words
};

struct EvidenceEntry {
  std::string entity;
  std::string within;               // `7 days`; empty where any age will do
  std::vector<std::string> fields;  // that the control's checks read
};

struct ParameterEntry {
  std::string name, type, doc;
  std::string default_value;  // as the rule says it; empty: it must be set
  std::string bound;
  std::string set;  // by a pack; empty where none does
};

struct CatalogueControl {
  std::string id, title, module;
  std::string severity, owner, frequency;
  std::vector<std::string> criteria, references, tags;
  std::string objective, remarks;  // the statement, else the doc comment; the doc comment beside a statement
  std::string rationale, remediation;
  std::vector<TestEntry> tests;
  std::vector<EvidenceEntry> evidence;
  std::vector<ParameterEntry> parameters;
  std::string source;  // `rules/access.writ:12`
};

struct CatalogueField {
  std::string name, type, doc;
  bool key = false;
  std::vector<std::string> controls;  // that read it
};

struct CatalogueEntity {
  std::string name, doc, from;
  std::vector<CatalogueField> fields;
};

struct CatalogueEnum {
  std::string name, doc;
  bool ordered = false;
  std::vector<std::pair<std::string, std::string>> members;  // with their doc comments
};

struct Catalogue {
  std::string title, version, about;
  std::size_t checks = 0;
  std::vector<CatalogueControl> controls;                                  // by id
  std::vector<std::pair<std::string, std::vector<std::string>>> criteria;  // each with its controls
  std::vector<ParameterEntry> parameters;                                  // of the whole program
  std::vector<CatalogueEntity> entities;                                   // that the checks read, by name
  std::vector<CatalogueEnum> enums;                                        // of their fields, by name
};

Catalogue catalogue(const language::Program& program, const std::vector<language::CheckId>& checks);

std::string to_markdown(const Catalogue& catalogue);
// One page with nothing outside of it; whatever texts hold stands in it as text.
std::string to_html(const Catalogue& catalogue);

}  // namespace writ::report
