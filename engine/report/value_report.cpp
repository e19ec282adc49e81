#include "engine/report/value_report.hpp"

#include <fmt/format.h>

#include "engine/report/json.hpp"
#include "engine/report/results.hpp"

namespace writ::report {

using facts::Value;
using facts::ValueKind;
using nlohmann::ordered_json;
using types::EntityId;
using types::Kind;
using types::TypeId;

namespace {

std::string key_text(std::string_view key) {
  std::string out;
  for (const char c : key) out += c == '\x1f' ? '/' : c;
  return out;
}

// `Account a1 at accounts.json:2:3`
std::vector<Piece> record_line(const ValueContext& context, EntityId entity, std::uint32_t row) {
  std::vector<Piece> out = {{context.program.entity(entity).name, Ink::bold}};
  const std::string key = key_text(context.store.key(entity, row));
  if (!key.empty()) out.push_back({" " + printable(key), Ink::plain, true});
  out.push_back({" at ", Ink::dim});
  out.push_back({shown(context.store.locate(entity, row)), Ink::dim, true});
  return out;
}

void write_fields(Page& page, const ValueContext& context, EntityId entity, std::uint32_t row) {
  const language::EntityDef& def = context.program.entity(entity);
  const facts::EntityFacts& facts = context.store.entity(entity);
  for (std::size_t i = 0; i < def.fields.size() && i < facts.columns.size(); ++i) {
    // What no rule reads is no column; the key itself is said already.
    if (def.fields[i].inverse || facts.columns[i].size() <= row) continue;
    const std::string text =
        facts::to_text(facts.columns[i].at(row), def.fields[i].type, context.program, context.store);
    page.paragraph(2, 6, {{def.fields[i].name + " = "}, {printable(text)}});
  }
}

bool is_collection(const Value& value) {
  return value.kind == ValueKind::cells || value.kind == ValueKind::values || value.kind == ValueKind::rows;
}

void write_elements(Page& page, const ValueContext& context, const Value& value, TypeId element, std::size_t most) {
  const std::uint32_t size = facts::list_size(value);
  const types::Type of = context.program.types.at(context.program.types.strip_optional(element));
  for (std::uint32_t i = 0; i < size && i < most; ++i) {
    const Value one = facts::list_element(value, i);
    if (one.kind == ValueKind::row) {
      page.paragraph(0, 4, record_line(context, static_cast<EntityId>(of.decl), static_cast<std::uint32_t>(one.i)));
    } else {
      page.paragraph(0, 4, {{printable(facts::to_text(one, element, context.program, context.store))}});
    }
  }
  if (size > most) page.paragraph(0, 4, {{fmt::format("and {} more", size - most), Ink::dim}});
}

ordered_json record_to_json(const ValueContext& context, const Value& value, const types::Type& type) {
  const auto& fields = context.program.records[type.decl].fields;
  ordered_json out = ordered_json::object();
  for (std::size_t i = 0; i < fields.size() && i < value.column->children.size(); ++i) {
    out[fields[i].name] = value_to_json(context, value.column->children[i].at(value.aux), fields[i].type);
  }
  return out;
}

}  // namespace

std::string value_to_text(const ValueContext& context, const Value& value, TypeId type, const TextStyle& style,
                          std::size_t most) {
  Page page(style);
  const types::Type of = context.program.types.at(context.program.types.strip_optional(type));
  if (value.kind == ValueKind::row) {
    const auto entity = static_cast<EntityId>(of.decl);
    page.paragraph(0, 4, record_line(context, entity, static_cast<std::uint32_t>(value.i)));
    write_fields(page, context, entity, static_cast<std::uint32_t>(value.i));
    return page.take();
  }
  const std::uint32_t size = is_collection(value) ? facts::list_size(value) : 0;
  const bool of_records =
      size > 0 && context.program.types.kind(context.program.types.strip_optional(of.element)) == Kind::entity;
  if (!of_records && size <= most) {
    // On one line where it fits there.
    const std::string text = printable(facts::to_text(value, type, context.program, context.store));
    if (size == 0 || display_width(text) <= style.width) {
      page.paragraph(0, 0, {{text, Ink::plain, true}});
      return page.take();
    }
  }
  write_elements(page, context, value, of.element, most);
  page.paragraph(0, 0, {{counted(size, of_records ? "record" : "value"), Ink::dim}});
  return page.take();
}

ordered_json value_to_json(const ValueContext& context, const Value& value, TypeId type) {
  const types::Type of = context.program.types.at(context.program.types.strip_optional(type));
  switch (value.kind) {
    case ValueKind::missing:
    case ValueKind::error:
      return nullptr;
    case ValueKind::boolean:
      return value.i != 0;
    case ValueKind::integer:
      return of.kind == Kind::floating ? ordered_json(static_cast<double>(value.i)) : ordered_json(value.i);
    case ValueKind::floating:
      return value.f;
    case ValueKind::row: {
      const auto entity = static_cast<EntityId>(of.decl);
      const auto row = static_cast<std::uint32_t>(value.i);
      return {{"entity", context.program.entity(entity).name},
              {"key", key_text(context.store.key(entity, row))},
              {"place", to_json(context.store.locate(entity, row))}};
    }
    case ValueKind::dangling:
      return {{"entity", context.program.entities[of.decl].name},
              {"key", key_text(context.store.entities[of.decl].keys.key(value.aux))},
              {"place", nullptr}};
    case ValueKind::record:
      return record_to_json(context, value, of);
    case ValueKind::cells:
    case ValueKind::values:
    case ValueKind::rows: {
      ordered_json out = ordered_json::array();
      const std::uint32_t size = facts::list_size(value);
      for (std::uint32_t i = 0; i < size; ++i) {
        out.push_back(value_to_json(context, facts::list_element(value, i), of.element));
      }
      return out;
    }
    case ValueKind::range:
      return {{"from", value_to_json(context, value.list->items[0], of.element)},
              {"to", value_to_json(context, value.list->items[1], of.element)},
              {"includes_end", !value.exclusive}};
    default:
      return facts::to_text(value, type, context.program, context.store);
  }
}

}  // namespace writ::report
