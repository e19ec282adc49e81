// Writes random derivations: records of an entity, made of those of others. Some keys are their own, some are those
// of supplied records or of other derived ones; references lead to either, or nowhere.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/support/generate_expression.hpp"

namespace writ::support {

class DerivationGenerator {
 public:
  DerivationGenerator(Schema& schema, ExpressionGenerator& expressions, Choices& choices)
      : schema_(schema), expressions_(expressions), choices_(choices) {}

  // Which entities are derived, each of those before it and of what is supplied alone.
  std::vector<std::uint32_t> targets();
  // While this is on, expressions ask nothing that derivations of these cannot know. Parameters are none of it.
  void begin(const std::vector<std::uint32_t>& closed);
  void end();
  // The derivations of one entity, one a declaration.
  std::vector<std::string> run(std::uint32_t target);

 private:
  std::string derivation(std::uint32_t target);
  std::string let();
  std::string where(const char* word);
  std::string fields(const EntityModel& model);
  std::string value(const Ty& type);
  std::string reference(const Ty& type, bool may_be_missing);
  std::string key(const Ty& type, const std::string& letter, bool own);
  std::string record(const Ty& type);
  std::string list(const Ty& type);
  std::string scalar(const Ty& type);

  Schema& schema_;
  ExpressionGenerator& expressions_;
  Choices& choices_;
  std::vector<Named> params_;  // while they are out of sight
  Named first_;                // the first variable, a record
};

}  // namespace writ::support
