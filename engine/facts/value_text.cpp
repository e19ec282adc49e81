// Values as messages show them.
#include <fmt/format.h>

#include "engine/facts/store.hpp"
#include "engine/facts/value.hpp"
#include "language/program.hpp"

namespace writ::facts {

namespace {

using types::Kind;
using types::TypeId;

class ValueWriter {
 public:
  ValueWriter(const language::Program& program, const FactStore& store) : program_(program), store_(store) {}

  void write(const Value& value, TypeId type) {
    const types::Type& of = program_.types.at(program_.types.strip_optional(type));
    switch (value.kind) {
      case ValueKind::missing:
        out += "missing";
        return;
      case ValueKind::error:
        out += "error";
        return;
      case ValueKind::dangling:
        write_key(store_.entities[of.decl].keys.key(value.aux));
        return;
      case ValueKind::boolean:
        out += value.i != 0 ? "true" : "false";
        return;
      case ValueKind::integer:
        // An Int may stand where the type is Float: it is shown as what it is used as.
        out +=
            of.kind == Kind::floating ? types::to_text(static_cast<double>(value.i)) : fmt::format("{}", value.i);
        return;
      case ValueKind::floating:
        out += types::to_text(value.f);
        return;
      case ValueKind::text:
        out += value.view();
        return;
      case ValueKind::date:
        out += types::to_text(value.as_date());
        return;
      case ValueKind::timestamp:
        out += types::to_text(value.as_timestamp());
        return;
      case ValueKind::duration:
        out += types::to_text(value.as_duration());
        return;
      case ValueKind::period:
        out += types::to_text(value.as_period());
        return;
      case ValueKind::network:
        out += types::to_text(*value.network);
        return;
      case ValueKind::member:
        write_member(value, of);
        return;
      case ValueKind::row:
        write_row(static_cast<std::uint32_t>(value.i), of);
        return;
      case ValueKind::record:
        write_record(value, of);
        return;
      case ValueKind::cells:
      case ValueKind::values:
      case ValueKind::rows:
        write_list(value, of);
        return;
      case ValueKind::range:
        write(value.list->items[0], of.element);
        out += "..";
        write(value.list->items[1], of.element);
        return;
    }
  }

  std::string out;

 private:
  void write_member(const Value& value, const types::Type& of) {
    const auto& members = program_.enums[of.decl].members;
    out += members[static_cast<std::size_t>(value.i)];
  }

  // Parts of a key of several fields are shown with a slash between them.
  void write_key(std::string_view key) {
    for (const char c : key) out += c == '\x1f' ? '/' : c;
  }

  void write_row(std::uint32_t row, const types::Type& of) {
    const auto id = static_cast<EntityId>(of.decl);
    if (program_.entity(id).relation) {
      write_tuple(row, id);
      return;
    }
    if (!program_.entity(id).key.empty()) {
      write_key(store_.key(id, row));
      return;
    }
    const Place place = store_.place(id, row);
    const TextPlace shown = store_.locate(id, row);
    out += place.file < store_.files.size()
               ? fmt::format("{} at {}:{}:{}", program_.entity(id).name, shown.path, shown.line, shown.column)
               : program_.entity(id).name;
  }

  void write_tuple(std::uint32_t row, EntityId relation) {
    const auto& columns = program_.entity(relation).fields;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i != 0) out += ", ";
      write(store_.entity(relation).columns[i].at(row), columns[i].type);
    }
  }

  void write_record(const Value& value, const types::Type& of) {
    const auto& fields = program_.records[of.decl].fields;
    out += '{';
    for (std::size_t i = 0; i < fields.size() && i < value.column->children.size(); ++i) {
      if (i != 0) out += ", ";
      out += fields[i].name + ": ";
      write(value.column->children[i].at(value.aux), fields[i].type);
    }
    out += '}';
  }

  void write_list(const Value& value, const types::Type& of) {
    const bool set = of.kind == Kind::set;
    out += set ? '{' : '[';
    const std::uint32_t size = list_size(value);
    for (std::uint32_t i = 0; i < size; ++i) {
      if (i != 0) out += ", ";
      write(list_element(value, i), of.element);
    }
    out += set ? '}' : ']';
  }

  const language::Program& program_;
  const FactStore& store_;
};

}  // namespace

std::string to_text(const Value& value, TypeId type, const language::Program& program, const FactStore& store) {
  ValueWriter writer(program, store);
  writer.write(value, type);
  return std::move(writer.out);
}

}  // namespace writ::facts
