// The JSON Schema (2020-12) of the evidence that controls read: what an export must look like, so that whoever
// writes it can test it without Writ. In: the checked program and what its controls need. Out: one schema whose
// root fits the documents that are read by names (an object of arrays, an envelope, an array), and whose `$defs`
// fit the rest:
//   Person            a record
//   Person.records    an array of them
//   Person.file       a document in a file named for the entity
//   Person.line       a line of NDJSON in a file named for the entity: a record, or first the envelope
//   line              a line of NDJSON that says itself which entity it is of
//   SecurityGroup.document   a vendor's document, for entities with `from` or `at`
// A file that fits is read without a bad record, but for what no schema can tell: keys that stand twice, references
// that dangle, 5.0 for an Int, and members that stand twice in one object.
#pragma once

#include <string>
#include <vector>

#include "engine/report/needs.hpp"

namespace writ::report {

std::string evidence_schema(const language::Program& program, const std::vector<EntityNeed>& needs);

}  // namespace writ::report
