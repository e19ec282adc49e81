// What a generated program declares: enums, entities, functions, parameters, with their types as the generator
// knows them, and the texts of the declarations of enums and entities.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "language/types/type.hpp"
#include "tests/support/generate_choices.hpp"

namespace writ::support {

using types::Kind;

// A type by structure. `decl` is an index into the Schema's enums, entities or records.
struct Ty {
  Kind kind = Kind::boolean;
  std::uint32_t decl = 0;
  bool optional = false;
  std::shared_ptr<const Ty> element;  // list, set

  bool operator==(const Ty& other) const;
  Ty present() const;  // without the optional
  Ty maybe() const;    // with it
  bool is_collection() const { return kind == Kind::list || kind == Kind::set; }
  bool is_ordered_scalar() const;
};

Ty simple(Kind kind);
Ty list_of(const Ty& element);
Ty set_of(const Ty& element);

struct FieldModel {
  std::string name;
  Ty type;
  std::string text;  // the whole declaration
  bool inverse = false;
  bool has_default = false;
};

struct EnumModel {
  std::string name;
  bool ordered = false;
  std::vector<std::string> members;
};

struct EntityModel {
  std::string name;
  std::vector<FieldModel> fields;
  bool referable = false;  // it has a key of one field
  bool derived = false;    // a derivation makes records of it
};

struct RecordModel {
  std::vector<FieldModel> fields;
};

// Of rules. A tuple's type is that of an entity, numbered behind those of evidence.
struct RelationModel {
  std::string name;
  std::vector<FieldModel> columns;
};

struct Schema {
  std::vector<EnumModel> enums;
  std::vector<EntityModel> entities;
  std::vector<RecordModel> records;
  std::vector<RelationModel> relations;

  const std::vector<FieldModel>* fields(const Ty& type) const;  // of an entity or a record
  std::string spelling(const Ty& type) const;                   // as the language writes it
  bool is_ordered(const Ty& type) const;
  std::vector<std::string> declarations() const;
};

Schema generate_schema(Choices& choices);

// A literal of a scalar type, as the language writes it; from few values, so that they meet. Where the type is not
// `known` from the context, an enum's member has its enum before it.
std::string literal(const Schema& schema, const Ty& type, bool known, Choices& choices);

}  // namespace writ::support
