#include "engine/derive/records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/derive/dangling.hpp"
#include "engine/eval/evaluator.hpp"
#include "engine/eval/population.hpp"
#include "engine/facts/column_builder.hpp"
#include "engine/facts/inverses.hpp"
#include "engine/facts/key_text.hpp"
#include "language/dependencies/graph.hpp"

namespace writ::derive {

using eval::Evaluator;
using eval::Tuples;
using eval::Vec;
using facts::Column;
using facts::EntityFacts;
using facts::Value;
using facts::ValueKind;
using language::DerivationDef;
using language::index;
using types::EntityId;
using types::Kind;

namespace {

bool is_read(const EntityFacts& facts, std::size_t field) {
  return field < facts.columns.size() && facts.columns[field].kind != Kind::error;
}

// Where a record comes from: that of the first binder.
struct Source {
  EntityId entity{};
  std::uint32_t row = 0;
};

class Deriving {
 public:
  Deriving(const language::Program& program, facts::FactStore& store) : program_(program), store_(store) {}

  // All derivations of one entity.
  void run(eval::Run& run, const std::vector<std::uint32_t>& derivations) {
    Evaluator evaluator(run);
    evaluator_ = &evaluator;
    for (const std::uint32_t id : derivations) {
      const DerivationDef& derivation = program_.derivations[id];
      EntityFacts& facts = store_.entities[index(derivation.target)];
      if (facts.derived_from == facts::KeyDictionary::none) facts.derived_from = facts.rows;
      Tuples one(evaluator.pool(), 1, static_cast<std::uint32_t>(derivation.locals.size()));
      stage(derivation, run.plan.derivations[id].stages, 0, one);
    }
    store_.arenas.push_back(std::exchange(texts_, facts::Arena()));
    evaluator_ = nullptr;
    for (Column& column : store_.entities[index(program_.derivations[derivations.front()].target)].columns) {
      if (column.kind != Kind::error) facts::finish(column);
    }
    facts::make_inverses(program_, store_);
  }

  // `changed`: by entity, whether it was derived.
  void drop_dangling(std::vector<bool> changed) {
    derive::drop_dangling(program_, store_, std::move(changed),
                          [&](EntityId entity, std::uint32_t row, std::string reason) {
                            set_aside(entity, {entity, row}, std::move(reason));
                          });
  }

  void sort_bad_records() {
    std::map<std::string, std::size_t> order;
    for (std::size_t file = 0; file < store_.files.size(); ++file) order.emplace(store_.files[file].path, file);
    const auto place = [&](const facts::BadRecord& record) {
      const auto file = order.find(record.place.path);
      return std::tuple(file == order.end() ? order.size() : file->second, record.place.line, record.place.column);
    };
    std::stable_sort(store_.bad_records.begin(), store_.bad_records.end(),
                     [&](const facts::BadRecord& a, const facts::BadRecord& b) { return place(a) < place(b); });
  }

 private:
  class Sink : public eval::PipelineSink {
   public:
    Sink(Deriving& deriving, const DerivationDef& derivation, const std::vector<plan::Stage>& stages,
         std::size_t next)
        : deriving_(deriving), derivation_(derivation), stages_(stages), next_(next) {}
    void failed(Tuples& tuples, std::uint32_t tuple, std::uint32_t, const Value& error) override {
      deriving_.fail(derivation_, deriving_.source(derivation_, tuples, tuple), "the condition", error);
    }
    void accept(Tuples& tuples, const std::vector<std::uint32_t>&, const std::vector<Value>& verdicts) override {
      std::vector<std::uint32_t> left;
      for (std::uint32_t tuple = 0; tuple < tuples.size(); ++tuple) {
        if (verdicts[tuple].is_error()) {
          failed(tuples, tuple, 0, verdicts[tuple]);
        } else {
          left.push_back(tuple);
        }
      }
      if (left.empty()) return;
      if (left.size() == tuples.size()) return deriving_.stage(derivation_, stages_, next_, tuples);
      Tuples rest(deriving_.evaluator_->pool(), tuples, std::move(left));
      deriving_.stage(derivation_, stages_, next_, rest);
    }

   private:
    Deriving& deriving_;
    const DerivationDef& derivation_;
    const std::vector<plan::Stage>& stages_;
    std::size_t next_;
  };

  // From one stage on; behind the last one records are made.
  void stage(const DerivationDef& derivation, const std::vector<plan::Stage>& stages, std::size_t at,
             Tuples& tuples) {
    if (at == stages.size()) return take(derivation, tuples);
    Sink sink(*this, derivation, stages, at + 1);
    evaluator_->run(stages[at].pipeline, 0, tuples, std::vector<std::uint32_t>(tuples.size()), sink);
  }

  Source source(const DerivationDef& derivation, Tuples& tuples, std::uint32_t tuple) {
    for (const language::Step& step : derivation.steps) {
      if (step.kind != language::StepKind::bind) continue;
      const types::Type& type = program_.types.at(derivation.locals[index(step.local)].type);
      const Value* values = tuples.local(step.local);
      if (type.kind != Kind::entity || values == nullptr || values[tuple].kind != ValueKind::row) continue;
      return {static_cast<EntityId>(type.decl), static_cast<std::uint32_t>(values[tuple].i)};
    }
    return {derivation.target, facts::KeyDictionary::none};
  }

  // Those that meet what is required.
  void take(const DerivationDef& derivation, Tuples& tuples) {
    std::vector<std::uint32_t> left(tuples.size());
    for (std::uint32_t tuple = 0; tuple < tuples.size(); ++tuple) left[tuple] = tuple;
    for (const language::Requirement& requirement : derivation.requirements) {
      if (!left.empty()) require(derivation, requirement, tuples, left);
    }
    if (left.empty()) return;
    if (left.size() == tuples.size()) return make(derivation, tuples);
    Tuples rest(evaluator_->pool(), tuples, std::move(left));
    make(derivation, rest);
  }

  // Takes those that break the requirement out of `left`: they are bad records, for the reason that its message
  // gives.
  void require(const DerivationDef& derivation, const language::Requirement& requirement, Tuples& tuples,
               std::vector<std::uint32_t>& left) {
    std::vector<std::uint32_t> broken;
    {
      Tuples rest(evaluator_->pool(), tuples, left);
      const Vec verdicts = evaluator_->eval(requirement.condition, rest);
      std::vector<std::uint32_t> still;
      for (std::uint32_t i = 0; i < rest.size(); ++i) {
        if (verdicts[i].is_true()) {
          still.push_back(left[i]);
        } else if (verdicts[i].is_false()) {
          broken.push_back(left[i]);
        } else {
          fail(derivation, source(derivation, tuples, left[i]), "what is required", verdicts[i]);
        }
      }
      left = std::move(still);
    }
    if (broken.empty()) return;
    Tuples rest(evaluator_->pool(), tuples, std::move(broken));
    const Vec messages = evaluator_->eval(requirement.message, rest);
    for (std::uint32_t i = 0; i < rest.size(); ++i) {
      const Source from = source(derivation, rest, i);
      if (messages[i].is_error()) {
        fail(derivation, from, "what is required", messages[i]);
      } else {
        set_aside(derivation.target, from,
                  fmt::format("no {} is derived: {}", program_.entity(derivation.target).name, messages[i].view()));
      }
    }
  }

  void make(const DerivationDef& derivation, Tuples& tuples) {
    EntityFacts& facts = store_.entities[index(derivation.target)];
    const language::EntityDef& entity = program_.entity(derivation.target);
    // Fields that nothing reads are not made, but for those of the key.
    std::vector<Vec> fields;
    fields.reserve(derivation.values.size());
    for (std::uint32_t i = 0; i < derivation.values.size(); ++i) {
      const bool is_key = std::find(entity.key.begin(), entity.key.end(), i) != entity.key.end();
      const bool wanted = derivation.values[i] != language::ExprId::none && (is_key || is_read(facts, i));
      fields.push_back(wanted ? evaluator_->eval(derivation.values[i], tuples) : Vec(Value::missing()));
    }
    for (std::uint32_t tuple = 0; tuple < tuples.size(); ++tuple) {
      const Source from = source(derivation, tuples, tuple);
      std::vector<Value> values;
      values.reserve(fields.size());
      std::size_t failed = fields.size();
      for (std::size_t i = 0; i < fields.size(); ++i) {
        values.push_back(fields[i][tuple]);
        if (values.back().is_error() && failed == fields.size()) failed = i;
      }
      if (failed < fields.size()) {
        fail(derivation, from, fmt::format("`{}`", entity.fields[failed].name), values[failed]);
      } else {
        add(derivation, from, values);
      }
    }
  }

  void add(const DerivationDef& derivation, const Source& from, const std::vector<Value>& values) {
    EntityFacts& facts = store_.entities[index(derivation.target)];
    const language::EntityDef& entity = program_.entity(derivation.target);
    if (!entity.key.empty() && !take_key(derivation, from, values)) return;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (is_read(facts, i)) append(facts.columns[i], values[i]);
    }
    // A record of a test stands in the rules.
    const EntityFacts& sources = store_.entity(from.entity);
    if (from.row < sources.given.size()) {
      facts.given.push_back({sources.given[from.row].record, {}});
    } else {
      facts.places.push_back(from.row < sources.places.size() ? sources.places[from.row] : 0);
    }
    ++facts.rows;
  }

  bool take_key(const DerivationDef& derivation, const Source& from, const std::vector<Value>& values) {
    EntityFacts& facts = store_.entities[index(derivation.target)];
    const language::EntityDef& entity = program_.entity(derivation.target);
    std::string key;
    for (const std::uint32_t part : entity.key) {
      if (part != entity.key.front()) key += facts::key_mark;
      facts::append_key(key, values[part], entity.fields[part].type, program_, store_);
    }
    const std::uint32_t code = facts.keys.adopt(texts_.text(key));
    if (const std::uint32_t other = facts.keys.row_of(code); other != facts::KeyDictionary::none) {
      const facts::TextPlace place = store_.locate(derivation.target, other);
      set_aside(derivation.target, from,
                fmt::format("the key `{}` of a derived {} is taken already by the record at {}:{}:{}",
                            store_.shown_key(derivation.target, other), entity.name, place.path, place.line,
                            place.column));
      return false;
    }
    if (facts.key_codes.empty()) {
      for (std::uint32_t row = 0; row < facts.rows; ++row) facts.key_codes.push_back(row);
    }
    facts.keys.set_row(code, facts.rows);
    facts.key_codes.push_back(code);
    return true;
  }

  // References become codes of their target's keys, nested records columns of their fields.
  void append(Column& column, const Value& value) {
    if (value.kind == ValueKind::missing) return facts::append_missing(column);
    switch (column.kind) {
      case Kind::entity:
        column.codes.push_back(code_of(program_.types.at(column.type).decl, value));
        return;
      case Kind::record:
        column.bytes.push_back(1);
        for (std::uint32_t i = 0; i < column.children.size(); ++i) {
          append(column.children[i], value.kind == ValueKind::record ? value.column->children[i].at(value.aux)
                                                                     : facts::list_element(value, i));
        }
        return;
      case Kind::list:
      case Kind::set: {
        Column& elements = column.children.front();
        const std::uint32_t first = column.starts.back();
        for (std::uint32_t i = 0; i < facts::list_size(value); ++i) {
          append(elements, facts::list_element(value, i));
          if (column.kind == Kind::set) drop_repeated(elements, first);
        }
        column.starts.push_back(elements.size());
        return;
      }
      case Kind::string:  // a literal's text ends with the run
        column.texts.push_back(texts_.text(value.view()));
        return;
      default:
        facts::append_value(column, value);
    }
  }

  static void drop_repeated(Column& elements, std::uint32_t first) {
    const std::uint32_t last = elements.size() - 1;
    for (std::uint32_t i = first; i < last; ++i) {
      if (facts::same_element(elements, i, last)) return facts::truncate(elements, last);
    }
  }

  std::uint32_t code_of(std::uint32_t target, const Value& value) {
    EntityFacts& facts = store_.entities[target];
    if (value.kind == ValueKind::row) {
      const auto row = static_cast<std::uint32_t>(value.i);
      return facts.key_codes.empty() ? row : facts.key_codes[row];
    }
    if (value.kind == ValueKind::dangling) return value.aux;
    return facts.keys.adopt(texts_.text(value.view()));
  }

  void fail(const DerivationDef& derivation, const Source& from, const std::string& what, const Value& error) {
    set_aside(derivation.target, from,
              fmt::format("{} of a derived {} could not be told: {}", what, program_.entity(derivation.target).name,
                          eval::reason(static_cast<facts::EvalError>(error.aux))));
  }

  void set_aside(EntityId target, const Source& from, std::string reason) {
    ++store_.entities[index(target)].bad;
    std::size_t& listed = listed_[index(target)];
    if (++listed > facts::FactStore::max_listed) return;
    facts::TextPlace place;
    if (from.row != facts::KeyDictionary::none) place = store_.locate(from.entity, from.row);
    store_.bad_records.push_back({target, std::move(place), std::move(reason)});
  }

  const language::Program& program_;
  facts::FactStore& store_;
  facts::Arena texts_;  // of derived records
  Evaluator* evaluator_ = nullptr;
  std::map<std::uint32_t, std::size_t> listed_;  // bad records, by entity
};

// The entities that each entity is derived from, by entity; sorted.
std::vector<std::set<std::uint32_t>> sources_of(const language::Program& program) {
  std::vector<std::set<std::uint32_t>> out(program.entities.size());
  for (const DerivationDef& derivation : program.derivations) {
    for (const language::Step& step : derivation.steps) {
      if (step.kind != language::StepKind::bind) continue;
      const types::Type& type = program.types.at(derivation.locals[index(step.local)].type);
      // References to records that are yet to be made can be handed on.
      if (type.kind == Kind::entity && type.decl != index(derivation.target))
        out[index(derivation.target)].insert(type.decl);
    }
  }
  return out;
}

// A derived record is as old as what it is made of, and is there where all of that is.
void date(facts::FactStore& store, EntityFacts& facts, const std::set<std::uint32_t>& sources) {
  const bool all_supplied = std::all_of(sources.begin(), sources.end(),
                                        [&](std::uint32_t source) { return store.entities[source].supplied; });
  if (!all_supplied) return;
  bool dated = !facts.supplied || facts.collected_at.has_value();
  std::optional<types::Timestamp> oldest = facts.supplied ? facts.collected_at : std::nullopt;
  for (const std::uint32_t source : sources) {
    const EntityFacts& from = store.entities[source];
    if (!from.collected_at && dated) facts.undated_file = from.undated_file;
    dated = dated && from.collected_at.has_value();
    if (from.collected_at && (!oldest || *from.collected_at < *oldest)) oldest = from.collected_at;
    facts.files.insert(facts.files.end(), from.files.begin(), from.files.end());
  }
  std::sort(facts.files.begin(), facts.files.end());
  facts.files.erase(std::unique(facts.files.begin(), facts.files.end()), facts.files.end());
  facts.supplied = true;
  facts.undated = !dated;
  facts.collected_at = dated ? oldest : std::nullopt;
}

}  // namespace

void derive_records(const language::Program& program, const plan::Plan& plan, facts::FactStore& store,
                    facts::KernelTable kernels, const facts::CallContext& clock) {
  if (store.derived) return;
  store.derived = true;
  Deriving deriving(program, store);
  const std::vector<std::set<std::uint32_t>> sources = sources_of(program);
  std::vector<bool> derived(program.entities.size());
  bool any = false;
  for (const language::Stratum& stratum : program.strata) {
    const EntityId target = program.derivations[stratum.derivations.front()].target;
    if (program.entity(target).relation || !store.entity(target).read) continue;
    any = true;
    derived[index(target)] = true;
    // A run of its own for each, since what it keeps of an entity must not outlive the entity's growth.
    eval::Run run(program, plan, store, kernels, std::vector<Value>(program.params.size()), clock);
    deriving.run(run, stratum.derivations);
    date(store, store.entities[index(target)], sources[index(target)]);
  }
  if (!any) return;
  deriving.drop_dangling(std::move(derived));
  deriving.sort_bad_records();
}

}  // namespace writ::derive
