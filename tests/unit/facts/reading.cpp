#include "tests/unit/facts/reading.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "language/diagnostics/render.hpp"
#include "stdlib/functions/table.hpp"

namespace writ::facts {

Reading::Reading(std::string entities) {
  diagnostics::Sink sink;
  program_ = language::compile({{{"entities.writ", std::move(entities)}}, {}, functions::table()}, sink);
  if (sink.has_errors()) throw std::invalid_argument(diagnostics::render_text(sink, *program_.sources, {}));
  options_.all_entities = true;
  options_.threads = 1;
}

Reading& Reading::file(std::string name, std::string text) {
  FactInput input;
  input.path = name;
  input.relative = std::move(name);
  input.contents = std::move(text);
  input.in_memory = true;
  inputs_.push_back(std::move(input));
  return *this;
}

Reading& Reading::missing_file(std::string path) {
  FactInput input;
  input.relative = path;
  input.path = std::move(path);
  inputs_.push_back(std::move(input));
  return *this;
}

Reading& Reading::no_files() {
  inputs_.clear();
  return *this;
}

Reading& Reading::chunk(std::size_t bytes) {
  options_.chunk_bytes = bytes;
  return *this;
}

Reading& Reading::part(std::size_t bytes) {
  options_.part_bytes = bytes;
  return *this;
}

Reading& Reading::threads(unsigned count) {
  options_.threads = count;
  return *this;
}

Reading& Reading::collected_at(std::string_view timestamp) {
  options_.collected_at = types::parse_timestamp(timestamp);
  return *this;
}

Reading& Reading::only_what_checks_read() {
  options_.all_entities = false;
  return *this;
}

const FactStore& Reading::run() {
  sink_ = {};
  store_ = ingest(program_, inputs_, options_, sink_);
  return store_;
}

EntityId Reading::id(std::string_view name) const {
  for (std::size_t id = 0; id < program_.entities.size(); ++id) {
    if (program_.entities[id].name == name) return static_cast<EntityId>(id);
  }
  throw std::invalid_argument("no entity " + std::string(name));
}

const EntityFacts& Reading::entity(std::string_view name) const { return store_.entity(id(name)); }

std::string Reading::rows() const {
  std::string out;
  for (std::size_t id = 0; id < program_.entities.size(); ++id) {
    const EntityFacts& facts = store_.entities[id];
    const language::EntityDef& def = program_.entities[id];
    for (std::uint32_t row = 0; row < facts.rows; ++row) {
      out += def.name + " {";
      bool first = true;
      for (std::size_t field = 0; field < def.fields.size(); ++field) {
        Value value;
        if (def.fields[field].inverse) {
          const auto rows = facts.inverses[field].of(row);
          value.kind = ValueKind::rows;
          value.rows = rows.data();
          value.aux = static_cast<std::uint32_t>(rows.size());
        } else if (facts.columns[field].kind == types::Kind::error) {
          continue;
        } else {
          value = facts.columns[field].at(row);
        }
        std::string text = to_text(value, def.fields[field].type, program_, store_);
        if (value.kind == ValueKind::dangling) text = "dangling " + text;
        out += fmt::format("{}{}: {}", first ? "" : ", ", def.fields[field].name, text);
        first = false;
      }
      out += "}\n";
    }
  }
  return out;
}

std::string Reading::bad() const {
  std::string out;
  for (const BadRecord& record : store_.bad_records) {
    out += fmt::format("{} {}:{}:{} {} {}\n", program_.entity(record.entity).name, record.place.path,
                       record.place.line, record.place.column, record.place.pointer, record.reason);
  }
  return out;
}

std::string Reading::unknown() const {
  std::string out;
  for (const UnknownField& field : store_.unknown_fields) {
    out +=
        fmt::format("{} {} ×{} → {} at {}:{}:{} {}\n", program_.entity(field.entity).name, field.name, field.count,
                    field.nearest, field.first.path, field.first.line, field.first.column, field.first.pointer);
  }
  return out;
}

std::string Reading::diagnostics() const {
  std::string out;
  for (const diagnostics::Diagnostic& diagnostic : sink_.all()) {
    out += slug(diagnostic.code);
    for (const diagnostics::Label& label : diagnostic.labels) {
      if (!label.foreign) continue;
      out += fmt::format(" {}:{}:{}", label.foreign->path, label.foreign->line, label.foreign->column);
    }
    out += " " + diagnostic.message;
    for (const diagnostics::Label& label : diagnostic.labels) out += " | " + label.text;
    for (const std::string& note : diagnostic.notes) out += " | " + note;
    for (const std::string& help : diagnostic.helps) out += " | " + help;
    out += '\n';
  }
  return out;
}

std::string Reading::everything() const {
  std::string out = rows() + bad() + unknown() + diagnostics();
  for (std::size_t id = 0; id < program_.entities.size(); ++id) {
    const EntityFacts& facts = store_.entities[id];
    out += fmt::format("{} rows {} bad {} supplied {} broken {} {} keys", program_.entities[id].name, facts.rows,
                       facts.bad, facts.supplied, facts.broken, facts.broken_reason);
    for (std::uint32_t code = 0; code < facts.keys.size(); ++code) {
      const std::uint32_t row = facts.keys.row_of(code);
      out += fmt::format(" {}={}", facts.keys.key(code),
                         row == KeyDictionary::none ? std::string("-") : fmt::to_string(row));
    }
    for (std::uint32_t row = 0; row < facts.rows; ++row) {
      const TextPlace place = store_.locate(static_cast<EntityId>(id), row);
      out += fmt::format("\n  {}:{}:{} {}", place.path, place.line, place.column, place.pointer);
    }
    out += '\n';
  }
  return out;
}

}  // namespace writ::facts
