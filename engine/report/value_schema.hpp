// JSON Schemas (2020-12) of values as the reader of evidence takes them. In: the checked program. Out: for each
// type a schema that its good values satisfy and bad ones do not, as far as a schema can tell. What is used more
// than once is defined once, and referred to.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "language/program.hpp"

namespace writ::report {

// What is known of a JSON value and of what lies in it: merged from the paths of several fields.
struct ShapeMember;
struct Shape {
  std::vector<ShapeMember> members;           // in the order in which they were first asked for
  std::map<std::uint32_t, Shape> items;       // `[0]`
  std::unique_ptr<Shape> each;                // `[*]`
  std::vector<nlohmann::ordered_json> holds;  // schemas of the value itself
  std::string description, comment;           // of the first field that lies here
  bool required = false;                      // it must be there, and not be null

  Shape& member(const std::string& name);
  Shape& step(const language::PathStep& step);  // member, index or each
};
struct ShapeMember {
  std::string name;
  Shape shape;
};

nlohmann::ordered_json to_schema(const Shape& shape);

class ValueSchemas {
 public:
  explicit ValueSchemas(const language::Program& program) : program_(program) {}

  // Of a value that is there.
  nlohmann::ordered_json value(types::TypeId type);
  // The key by which a record of the entity is referred to.
  nlohmann::ordered_json key(types::EntityId entity);
  // Adds a field to the shape in which the steps of its path from `first` on begin. `comment` says who reads it.
  void place(Shape& start, const language::FieldDef& field, std::size_t first, std::string comment);

  // What the schemas so far refer to, by name: `date`, `PersonStatus`, `Person.key`.
  const std::map<std::string, nlohmann::ordered_json>& definitions() const { return definitions_; }

 private:
  nlohmann::ordered_json scalar(types::Kind kind);
  nlohmann::ordered_json enumeration(types::EnumId id);
  nlohmann::ordered_json record(types::RecordId id);
  nlohmann::ordered_json key_parts(const language::EntityDef& entity);

  const language::Program& program_;
  std::map<std::string, nlohmann::ordered_json> definitions_;
  std::map<types::EnumId, std::string> enum_names_;
};

// The texts that are a Date or a Timestamp, as regular expressions of ECMA-262: leap years counted.
std::string date_pattern();
std::string timestamp_pattern();
std::string duration_pattern();
std::string period_pattern();
std::string network_pattern();

}  // namespace writ::report
