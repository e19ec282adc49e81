// The entities whose records a check can come to look at, and the fields of theirs, by walking over all that it is
// written with: functions that it calls, clauses of rules that it names, what the records that it reads are derived
// of.
#pragma once

#include <cstdint>
#include <set>
#include <utility>

#include "language/program.hpp"

namespace writ::support {

using language::ExprId;

class OracleReads {
 public:
  OracleReads(const language::Program& program, language::CheckId check);  // with what waivers ask of its members
  // What the derivations of an entity read, but not what these records are derived of in turn.
  static OracleReads of_derivations(const language::Program& program, std::uint32_t entity);

  const std::set<std::uint32_t>& entities() const { return entities_; }
  const std::set<std::uint32_t>& relations() const { return relations_; }                      // likewise by entity
  const std::set<std::pair<std::uint32_t, std::uint32_t>>& fields() const { return fields_; }  // by entity
  // Entities of which it matters which records there are: by running over them, reading them, or asking whether a
  // reference leads to one.
  const std::set<std::uint32_t>& asked() const { return asked_; }

 private:
  explicit OracleReads(const language::Program& program) : program_(program) {}
  void walk(ExprId id);
  void derivation(const language::DerivationDef& derivation);
  void relation(std::uint32_t id);
  void field(const language::Expr& expr);
  void entity(std::uint32_t id);
  void entities_within(types::TypeId type);

  const language::Program& program_;
  bool sources_too_ = true;
  std::set<std::uint32_t> entities_;
  std::set<std::uint32_t> asked_;
  std::set<std::uint32_t> relations_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> fields_;
  std::set<std::uint32_t> functions_;
};

}  // namespace writ::support
