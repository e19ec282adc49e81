#include "language/program.hpp"

namespace writ::language {

using types::Kind;
using types::Type;

std::string_view spelling(ControlSeverity severity) {
  switch (severity) {
    case ControlSeverity::info:
      return "info";
    case ControlSeverity::low:
      return "low";
    case ControlSeverity::medium:
      return "medium";
    case ControlSeverity::high:
      return "high";
    case ControlSeverity::critical:
      return "critical";
  }
  return "medium";
}

const ControlNameDef* PackDef::name_of(ControlId control) const {
  for (const ControlNameDef& listed : names) {
    if (listed.control == control) return &listed;
  }
  return nullptr;
}

namespace {

std::string record_spelling(const Program& program, const RecordDef& record) {
  std::string text = "{ ";
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    if (i != 0) text += ", ";
    text += record.fields[i].name + ": " + spelling(program, record.fields[i].type);
  }
  return text + " }";
}

}  // namespace

std::string spelling(const Program& program, TypeId id) {
  const Type& type = program.types.at(id);
  switch (type.kind) {
    case Kind::error:
      return "unknown";
    case Kind::missing:
      return "missing";
    case Kind::boolean:
      return "Bool";
    case Kind::integer:
      return "Int";
    case Kind::floating:
      return "Float";
    case Kind::string:
      return "String";
    case Kind::date:
      return "Date";
    case Kind::timestamp:
      return "Timestamp";
    case Kind::duration:
      return "Duration";
    case Kind::period:
      return "Period";
    case Kind::network:
      return "Network";
    case Kind::enumeration:
      return program.enums[type.decl].name;
    case Kind::entity:
      return program.entities[type.decl].name;
    case Kind::record:
      return record_spelling(program, program.records[type.decl]);
    case Kind::list:
      return "List<" + spelling(program, type.element) + ">";
    case Kind::set:
      return "Set<" + spelling(program, type.element) + ">";
    case Kind::range:
      return "Range<" + spelling(program, type.element) + ">";
    case Kind::optional:
      return spelling(program, type.element) + "?";
  }
  return "unknown";
}

}  // namespace writ::language
