#include "engine/tests/fixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/eval/population.hpp"
#include "engine/facts/column_builder.hpp"
#include "engine/facts/inverses.hpp"

namespace writ::tests {

using facts::Column;
using facts::EntityFacts;
using facts::EntityPlan;
using facts::FieldPlan;
using facts::Value;
using facts::ValuePlan;
using language::GivenField;
using language::GivenRecord;
using language::GivenValue;
using language::index;
using types::Kind;

namespace {

constexpr char part_mark = '\x1f';  // between the parts of a key

// `account` for `Account`, `github_pull` for `GithubPull`.
std::string snake_case(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !out.empty()) out += '_';
    out += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

const GivenField* find(const std::vector<GivenField>& fields, std::uint32_t field) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const GivenField& given) { return given.field == field; });
  return found == fields.end() ? nullptr : &*found;
}

class Building {
 public:
  Building(const language::Program& program, const facts::ReadingPlan& plan, const language::TestDef& test,
           eval::Run& values)
      : program_(program), plan_(plan), test_(test), values_(values), rows_(program.entities.size()) {}

  Fixture run() {
    out_.store.entities.resize(program_.entities.size());
    supply();
    for (const GivenRecord& given : test_.givens) rows_[index(given.entity)].push_back({&given, {}});
    for (std::size_t id = 0; id < rows_.size(); ++id) make_keys(id);
    for (std::size_t id = 0; id < rows_.size(); ++id) make_columns(id);
    facts::make_inverses(program_, out_.store);
    out_.store.arenas.push_back(std::move(arena_));
    return std::move(out_);
  }

 private:
  struct Row {
    const GivenRecord* given = nullptr;
    std::map<std::uint32_t, Value> made_up;  // by field: parts of the key that the test leaves out
  };

  EntityFacts& facts(std::size_t id) { return out_.store.entities[id]; }

  void supply() {
    for (EntityFacts& facts : out_.store.entities) {
      facts.read = true;
      facts.supplied = true;
      facts.collected_at = values_.clock.now;
    }
    for (const types::EntityId entity : test_.absent) facts(index(entity)).supplied = false;
    for (const language::GivenAge& age : test_.collected) {
      const Value at = value(age.at);
      if (at.is_present()) facts(index(age.entity)).collected_at = at.as_timestamp();
    }
  }

  Value value(language::ExprId id) {
    const Value result = values_.constant(id);
    if (!result.is_error()) return result;
    out_.faults.push_back(
        {fmt::format("the value cannot be computed: {}", eval::reason(static_cast<facts::EvalError>(result.aux))),
         program_.expr(id).span,
         {},
         {}});
    return Value::missing();
  }

  // ---- keys

  std::string key_part(const ValuePlan& plan, const GivenValue& given) {
    if (plan.kind == Kind::entity) return key(plan_.entities[plan.target], given.fields);
    const Value part = value(given.value);
    if (!part.is_present()) return {};
    switch (plan.kind) {
      case Kind::integer:
        return fmt::format("{}", part.i);
      case Kind::date:
        return types::to_text(part.as_date());
      case Kind::enumeration:
        return plan.enumeration->def->members[static_cast<std::size_t>(part.i)];
      default:
        return std::string(part.view());
    }
  }

  // The key of a record, or that by which one is referred to, of fields that hold all of its parts.
  std::string key(const EntityPlan& entity, const std::vector<GivenField>& fields) {
    std::string out;
    for (const FieldPlan& part : entity.key) {
      if (&part != &entity.key.front()) out += part_mark;
      if (const GivenField* given = find(fields, part.field)) out += key_part(part.value, given->value);
    }
    return out;
  }

  void make_keys(std::size_t id) {
    const EntityPlan& entity = plan_.entities[id];
    EntityFacts& facts = this->facts(id);
    facts.rows = static_cast<std::uint32_t>(rows_[id].size());
    if (entity.key.empty()) return;
    std::vector<std::string> keys(rows_[id].size());
    std::set<std::string> taken;
    const auto is_whole = [&](const Row& row) {
      return std::all_of(entity.key.begin(), entity.key.end(),
                         [&](const FieldPlan& part) { return find(row.given->fields, part.field) != nullptr; });
    };
    for (std::size_t row = 0; row < keys.size(); ++row) {
      if (!is_whole(rows_[id][row])) continue;
      keys[row] = key(entity, rows_[id][row].given->fields);
      taken.insert(keys[row]);
    }
    std::size_t count = 0;
    for (std::size_t row = 0; row < keys.size(); ++row) {
      if (is_whole(rows_[id][row])) continue;
      do keys[row] = made_up_key(entity, rows_[id][row], ++count);
      while (!taken.insert(keys[row]).second);
    }
    std::vector<const facts::Text*> texts;
    texts.reserve(keys.size());
    for (const std::string& text : keys) texts.push_back(arena_.text(text));
    for (const facts::KeyDictionary::Repeated& repeated : facts.keys.take_rows(std::move(texts))) {
      out_.faults.push_back({fmt::format("two records of `{}` have the key `{}`", entity.def->name,
                                         out_.store.shown_key(entity.id, repeated.first)),
                             rows_[id][repeated.row].given->span, "the first of them",
                             rows_[id][repeated.first].given->span});
    }
  }

  // The key with its missing parts made up of a number. The checker has seen to it that one of them can be.
  std::string made_up_key(const EntityPlan& entity, Row& row, std::size_t number) {
    std::string out;
    for (const FieldPlan& part : entity.key) {
      if (&part != &entity.key.front()) out += part_mark;
      if (const GivenField* given = find(row.given->fields, part.field)) {
        out += key_part(part.value, given->value);
      } else if (part.value.kind == Kind::integer) {
        row.made_up[part.field] = Value::integer(static_cast<std::int64_t>(number));
        out += fmt::format("{}", number);
      } else {
        const facts::Text* text = arena_.text(fmt::format("{}-{}", snake_case(entity.def->name), number));
        row.made_up[part.field] = Value::of(text);
        out += text->view();
      }
    }
    return out;
  }

  // ---- columns

  void set_targets(Column& column, const ValuePlan& plan) {
    if (plan.kind == Kind::entity) column.target = &facts(plan.target).keys;
    if (!plan.element.empty()) set_targets(column.children.front(), plan.element.front());
    for (std::size_t i = 0; i < plan.fields.size(); ++i) set_targets(column.children[i], plan.fields[i].value);
  }

  void make_columns(std::size_t id) {
    const EntityPlan& entity = plan_.entities[id];
    EntityFacts& facts = this->facts(id);
    facts.columns.resize(entity.def->fields.size());
    for (const FieldPlan& field : entity.fields) {
      Column& column = facts.columns[field.field];
      column = facts::make_column(field.value, field.optional);
      set_targets(column, field.value);
      for (std::uint32_t row = 0; row < facts.rows; ++row) {
        at_ = {entity.id, row, {}, rows_[id][row].given->span};
        if (field.is_key) {
          column.texts.push_back(facts.keys.text(row));
        } else if (const auto made_up = rows_[id][row].made_up.find(field.field);
                   made_up != rows_[id][row].made_up.end()) {
          facts::append_value(column, made_up->second);
        } else {
          append_field(column, field, find(rows_[id][row].given->fields, field.field));
        }
      }
      facts::finish(column);
    }
    for (const Row& row : rows_[id]) {
      facts::GivenPlaces places{place(row.given->span), {}};
      note_places(entity.fields, row.given->fields, {}, places);
      facts.given.push_back(std::move(places));
    }
  }

  void append_field(Column& column, const FieldPlan& field, const GivenField* given) {
    const std::size_t around = at_.name.size();
    at_.name += fmt::format("{}{}", around == 0 ? "" : ".", field.name);
    if (given != nullptr) {
      append(column, field.value, given->value);
    } else if (field.has_default) {
      facts::append_value(column, field.fallback);
    } else if (field.optional) {
      facts::append_missing(column);
    } else {
      out_.unset.push_back(at_);
      facts::append_unset(column, static_cast<std::uint32_t>(out_.unset.size()));
    }
    at_.name.resize(around);
  }

  void append(Column& column, const ValuePlan& plan, const GivenValue& given) {
    switch (given.kind) {
      case GivenValue::Kind::value:
        facts::append_value(column, value(given.value));
        return;
      case GivenValue::Kind::reference: {
        const std::string text = key(plan_.entities[plan.target], given.fields);
        column.codes.push_back(facts(plan.target).keys.adopt(arena_.text(text)));
        return;
      }
      case GivenValue::Kind::record:
        column.bytes.push_back(1);
        for (std::size_t i = 0; i < plan.fields.size(); ++i) {
          append_field(column.children[i], plan.fields[i], find(given.fields, plan.fields[i].field));
        }
        return;
      case GivenValue::Kind::elements: {
        Column& elements = column.children.front();
        for (const GivenValue& element : given.elements) {
          append(elements, plan.element.front(), element);
          if (plan.kind == Kind::set) drop_repeated(elements, column.starts.back());
        }
        column.starts.push_back(elements.size());
        return;
      }
    }
  }

  // Takes the last element back where the set that begins at `first` has it already.
  static void drop_repeated(Column& elements, std::uint32_t first) {
    const std::uint32_t last = elements.size() - 1;
    for (std::uint32_t i = first; i < last; ++i) {
      if (facts::same_element(elements, i, last)) {
        facts::truncate(elements, last);
        return;
      }
    }
  }

  // ---- places

  facts::TextPlace place(source::Span span) const {
    const source::LineColumn at = program_.sources->line_column(span.file, span.begin);
    return {std::string(program_.sources->path(span.file)), at.line, at.column, {}};
  }

  void note_places(const std::vector<FieldPlan>& fields, const std::vector<GivenField>& given,
                   const language::Path& around, facts::GivenPlaces& places) const {
    for (const GivenField& value : given) {
      const auto field = std::find_if(fields.begin(), fields.end(),
                                      [&](const FieldPlan& plan) { return plan.field == value.field; });
      if (field == fields.end()) continue;
      language::Path path = around;
      path.insert(path.end(), field->path->begin(), field->path->end());
      places.values.emplace_back(path, place(value.value.span));
      if (value.value.kind == GivenValue::Kind::record)
        note_places(field->value.fields, value.value.fields, path, places);
    }
  }

  const language::Program& program_;
  const facts::ReadingPlan& plan_;
  const language::TestDef& test_;
  eval::Run& values_;
  std::vector<std::vector<Row>> rows_;  // by entity
  UnsetField at_;                       // what is being appended
  facts::Arena arena_;
  Fixture out_;
};

}  // namespace

Fixture make_fixture(const language::Program& program, const facts::ReadingPlan& plan,
                     const language::TestDef& test, eval::Run& values) {
  return Building(program, plan, test, values).run();
}

}  // namespace writ::tests
