// Writes random rules: the clauses of a relation, or of two that use each other. A relation uses itself only as a
// condition that is joined by `and`, `or` and `some`, so that it can be computed; those before it in any way.
#pragma once

#include <string>
#include <vector>

#include "tests/support/generate_expression.hpp"

namespace writ::support {

class RuleGenerator {
 public:
  RuleGenerator(Schema& schema, ExpressionGenerator& expressions, Choices& choices)
      : schema_(schema), expressions_(expressions), choices_(choices) {}

  // The declarations, one a clause. What they declare is known to the expressions from then on.
  std::vector<std::string> run();

 private:
  std::string clause(const RelationModel& relation, bool first, bool recursive);
  // All of it must hold; it says what each variable is that stands for no record.
  std::string alternative(bool recursive);
  std::string binder(std::vector<Named>& bound);
  std::string equation(const std::string& left, const std::string& right);
  void tell(const Named& variable, bool recursive, std::vector<std::string>& parts);
  void link(const Named& variable, std::vector<std::string>& parts);
  // A relation that is being declared, with variables and what is bound beside them as arguments.
  std::string use(const RelationModel& relation, const std::vector<Named>& bound, std::vector<Named>& untold);
  std::string about_all();

  Schema& schema_;
  ExpressionGenerator& expressions_;
  Choices& choices_;
  std::vector<RelationModel> together_;
  std::size_t next_ = 0;  // of these, the one that the relation at hand goes on from
  std::vector<Named> head_;
};

}  // namespace writ::support
