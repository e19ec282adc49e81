// Turns one record, walked and found sound, into a row of its entity's columns. What does not fit the entity's
// declaration leaves no trace in the columns, and is told. One a thread.
// References and keys are noted while records are read and looked up together when the text that they stand in
// is about to be overwritten.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/facts/json_index.hpp"
#include "engine/facts/reading_plan.hpp"
#include "engine/facts/store.hpp"

namespace writ::facts {

// What is read of one entity by one thread.
struct EntityRows {
  std::vector<Column> columns;    // by field; of kind `error` where it is not read
  std::vector<const Text*> keys;  // of the rows; empty where the entity has none
  std::vector<std::uint64_t> places;
  KeyDictionary referred;  // keys of references to the entity
  std::uint32_t rows() const { return static_cast<std::uint32_t>(places.size()); }
};

// Where a record's objects are: itself last, what lies around it before.
using ObjectPath = std::vector<std::uint32_t>;

class RecordReader {
 public:
  explicit RecordReader(const ReadingPlan& plan);

  void bind(const JsonView& view) {
    view_ = view;
    around_.clear();
  }

  // `positions`: the tokens of the values of the plan's wanted members, JsonWalker::no_token where there is none.
  // `objects`: the record's token, last, and those of the objects around it. False where it is a bad record; then
  // `reason` and `fault` (a byte of the view) say what is wrong.
  bool read(const EntityPlan& entity, const std::uint32_t* positions, const ObjectPath& objects,
            std::uint64_t place);
  std::string reason;
  std::uint32_t fault = 0;

  // Looks up the keys that have been noted. To be called before the bytes of the view change.
  void settle();

  std::vector<EntityRows>& rows() { return rows_; }
  Arena& arena() { return arena_; }

  // Finds a member of an object; no_token where there is none.
  std::uint32_t member(std::uint32_t object, std::string_view name);
  std::string_view text(std::uint32_t token);  // of a string; lives until `settle`

 private:
  struct KeySlot {
    std::vector<std::uint32_t>* codes;
    std::uint32_t at;
  };
  struct Unsettled {
    std::vector<std::string_view> keys;
    std::vector<KeySlot> slots;
  };

  // The elements of a set while it is read: from `first` on; by hash, once there are many.
  struct SetIndex {
    std::uint32_t first = 0;
    std::unordered_multimap<std::uint64_t, std::uint32_t> by_hash;
  };

  bool field(Column& column, const FieldPlan& plan, const std::uint32_t* positions, const ObjectPath& objects);
  bool value(Column& column, const ValuePlan& plan, std::uint32_t token);
  bool absent(Column& column, const FieldPlan& plan, std::uint32_t token);
  bool list(Column& column, const ValuePlan& plan, std::uint32_t token);
  bool collected(Column& column, const FieldPlan& plan, std::uint32_t start, std::size_t first_step);
  bool element(Column& column, const ValuePlan& plan, std::uint32_t token, SetIndex& index);
  bool nested(Column& column, const ValuePlan& plan, std::uint32_t token);
  bool reference(Column& column, const ValuePlan& plan, std::uint32_t token);
  bool enum_member(Column& column, const ValuePlan& plan, std::uint32_t token);
  bool integer(const ValuePlan& plan, std::uint32_t token, std::int64_t& out);
  bool floating(const ValuePlan& plan, std::uint32_t token, double& out);

  // The text of a key, of one field or of several.
  bool own_key(const EntityPlan& entity, const std::uint32_t* positions, const ObjectPath& objects);
  bool key_of(const EntityPlan& target, std::uint32_t token, std::string_view& out);
  bool key_part(const FieldPlan& part, std::uint32_t token, std::string_view& out, bool alone);
  void note(std::uint32_t target, std::string_view key, std::vector<std::uint32_t>& codes);

  // The value that a path leads to from an object; no_token where something on the way is not there.
  std::uint32_t follow(const language::Path& path, std::size_t first_step, std::uint32_t token);
  // The same of a field, from where it starts. What lies around records is looked for once in each object around.
  std::uint32_t follow_from(const FieldPlan& plan, std::size_t first_step, std::uint32_t object);
  std::uint32_t start(const FieldPlan& plan, const std::uint32_t* positions, const ObjectPath& objects,
                      std::size_t& first_step);
  bool gather_tokens(const language::Path& path, std::size_t step, std::uint32_t token,
                     std::vector<std::uint32_t>& out, bool& there);
  bool is_repeated(const Column& elements, const ValuePlan& type, SetIndex& index);
  static void forget(Unsettled& keys);

  const Text* shared_text(std::string_view text);
  bool fail(std::uint32_t token, std::string what);
  bool wrong_type(std::uint32_t token, types::TypeId expected);
  bool not_a(std::uint32_t token, std::string_view what);
  std::string label() const;
  std::string quoted(std::uint32_t token) const;

  const ReadingPlan& plan_;
  JsonView view_;
  std::vector<EntityRows> rows_;
  std::vector<Unsettled> unsettled_;  // by entity
  std::vector<std::uint32_t> codes_;
  Arena arena_;    // texts in columns
  Arena decoded_;  // texts of keys with escapes or several parts, until they are settled
  std::string scratch_;
  std::array<const Text*, 1024> recent_{};  // texts that were read lately, by hash

  // Where a field that lies around records was last found, of the view.
  struct Around {
    const FieldPlan* field = nullptr;
    std::uint32_t object = 0;
    std::uint32_t token = 0;
  };
  std::vector<Around> around_;

  // How messages name the value that is being read: the field, and what is nested in it.
  struct Step {
    std::string_view name;
    std::uint32_t index = 0;
  };
  std::vector<Step> steps_;
  std::uint32_t record_ = 0;  // token
  std::size_t key_depth_ = 0;
};

}  // namespace writ::facts
