// The records that `derive` makes, by trial: every combination is put together and tested as it is written, and a
// reference leads to whichever record has its key when it is asked. In: the program, and the facts as they were
// read, before anything was derived of them. What is found is held to the facts as the engine left them: records
// and their order, values, keys, places, bad records with their reasons, and what is supplied and how old it is.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/oracle_evaluator.hpp"

namespace writ::support {

// A key with something else between its parts.
std::string parted(std::string_view key, std::string_view between);

class OracleRecords : public OracleRecordSource {
 public:
  OracleRecords(const language::Program& program, facts::FactStore& before, OracleEvaluator& evaluator);
  // Keys that no record has stay in the dictionaries of `before`, and so do their texts.
  ~OracleRecords() { before_.arenas.push_back(std::move(unknown_keys_)); }
  OracleRecords(const OracleRecords&) = delete;
  OracleRecords& operator=(const OracleRecords&) = delete;

  // Differences, one line each. The evaluator is left as it was.
  std::vector<std::string> compare(const facts::FactStore& engine);

  std::uint32_t count(std::uint32_t entity) override;
  Value field(std::uint32_t entity, std::uint32_t row, std::uint32_t field) override;
  std::string text(const Value& value, types::TypeId type) override;
  std::string key_part(const Value& value, types::TypeId type) override;

 private:
  // References in its fields are keys, as texts, and nested records lists of their fields.
  struct Record {
    std::string key;
    std::string place;
    std::vector<Value> fields;
  };
  struct Entity {
    std::vector<Record> records;
    std::uint64_t bad = 0;
    bool supplied = false;
    std::optional<types::Timestamp> collected_at;
  };

  void read(std::uint32_t entity);
  void derive_all();
  void derive(const language::DerivationDef& derivation);
  void make(const language::DerivationDef& derivation, OracleEvaluator::Locals& locals);
  void date(std::uint32_t entity);
  void drop_dangling();
  bool drop_one(std::uint32_t entity);
  // A reference in it, without which its record cannot be, leads nowhere.
  bool dangles(const Value& raw, types::TypeId type);
  void set_aside(const language::DerivationDef& derivation, OracleEvaluator::Locals& locals,
                 const std::string& reason);
  void failed(const language::DerivationDef& derivation, OracleEvaluator::Locals& locals, const std::string& what);
  std::string place_of(const language::DerivationDef& derivation, const OracleEvaluator::Locals& locals) const;

  bool is_read(std::uint32_t entity, std::uint32_t field) const;
  Value raw(const Value& value, types::TypeId type, const facts::FactStore* store);
  Value resolved(const Value& raw, types::TypeId type);
  std::uint32_t find(std::uint32_t entity, std::string_view key);
  std::string shown(const Value& raw, types::TypeId type, const facts::FactStore* engine);
  void compare_one(std::uint32_t entity, const facts::FactStore& engine, std::vector<std::string>& out);

  const language::Program& program_;
  facts::FactStore& before_;
  facts::Arena unknown_keys_;
  OracleEvaluator& evaluator_;
  facts::Arena arena_;
  std::vector<Entity> entities_;
  std::vector<std::string> bad_;  // places and reasons
  std::uint64_t looks_left_ = 20'000'000;
};

}  // namespace writ::support
