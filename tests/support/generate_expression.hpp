// Writes random expressions of a wanted type, over what is in scope: variables, parameters, functions, entities and
// the built-in functions. What may be missing is used as if it were there only where the language knows that it is.
// Nothing is given where no expression of a type can be written (a record, say, that no name leads to).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "language/functions.hpp"
#include "language/types/signature.hpp"
#include "tests/support/generate_model.hpp"

namespace writ::support {

struct Named {
  std::string name;
  Ty type;
};

struct FunctionModel {
  std::string name;
  std::vector<Named> params;
  Ty result;
};

class ExpressionGenerator {
 public:
  ExpressionGenerator(const Schema& schema, language::FunctionTable builtins, Choices& choices);

  // An expression; `hinted` where its place says the type, so that literals may lean on it.
  std::optional<std::string> make(const Ty& want, int fuel, bool hinted);
  // A condition; what it tells to be there, where it holds, is added to `gained`.
  std::string condition(int fuel, std::vector<Named>* gained = nullptr);
  // What something runs over, behind its variables, which are declared: `a in as`, `(a, b) in related`.
  std::string binding(int fuel);
  std::string tuple(const RelationModel& relation);  // likewise, of a relation
  // A message: a string with something computed in it.
  std::string message(int fuel);
  // A name of what has the type.
  std::optional<std::string> path(const Ty& want);
  std::vector<Named> paths();  // all names that are not too long
  // Names of a few values in scope that may be missing, for an alias (`let owner = a.owner`).
  std::optional<Named> optional_path();

  void declare(const Named& variable) { scope_.push_back(variable); }
  void know(const std::vector<Named>& places) { known_.insert(known_.end(), places.begin(), places.end()); }
  // A variable, parameter or function that stays.
  void add_param(const Named& param) { params_.push_back(param); }
  void drop_params(std::size_t keep) { params_.resize(keep); }
  std::size_t params() const { return params_.size(); }
  void add_function(const FunctionModel& function) { functions_.push_back(function); }
  std::string fresh() { return "v" + std::to_string(next_name_++); }
  Ty any_scalar();
  // Forgets variables and what is known.
  void clear();
  void limit_loops(std::uint32_t loops) { max_loops_ = loops; }
  // Entities of whose records nothing is asked, nor whether a reference leads to one: their references are handed
  // on.
  void close(std::set<std::uint32_t> entities) { closed_ = std::move(entities); }
  bool is_closed(const Ty& type) const { return type.kind == Kind::entity && closed_.contains(type.decl); }
  bool asks_closed(const FieldModel& field) const { return field.inverse && is_closed(*field.type.element); }
  // Stands in for the parameters.
  std::vector<Named> exchange_params(std::vector<Named> params) {
    return std::exchange(params_, std::move(params));
  }
  void open_loop() { ++loops_; }
  const std::vector<Named>& scope() const { return scope_; }

  struct Mark {
    std::size_t scope, known;
    std::uint32_t loops;
  };
  Mark mark() const { return {scope_.size(), known_.size(), loops_}; }
  void restore(const Mark& mark);

 private:
  void explore(const Named& from, int depth, std::vector<Named>& out);
  bool is_known(const std::string& text) const;
  std::optional<Named> path_where(bool (*wanted)(const Schema&, const Ty&));
  Ty any_comparable();
  Ty any_ordered();
  std::optional<std::string> everything(Ty& element);
  std::string must_make(const Ty& want, int fuel, bool hinted);

  std::optional<std::string> make_present(const Ty& want, int fuel, bool hinted);
  std::optional<std::string> make_optional(const Ty& want, int fuel);
  std::optional<std::string> make_boolean(int fuel);
  std::optional<std::string> conditional(const Ty& want, int fuel);
  std::optional<std::string> arithmetic(const Ty& want, int fuel);
  std::optional<std::string> text(int fuel);
  std::optional<std::string> list(const Ty& want, int fuel, bool hinted);
  std::optional<std::string> call(const Ty& want, int fuel);
  std::optional<std::string> builtin(const Ty& want, int fuel);
  std::optional<std::string> arguments(const types::Signature& signature, std::vector<std::optional<Ty>>& variables,
                                       int fuel);
  std::string call_text(const std::string& name, const std::vector<std::string>& arguments,
                        const std::vector<std::string>& labels);
  // The type that a pattern of a signature gets; a variable that nothing has bound is given a scalar type.
  Ty type_of(const types::Signature& signature, std::uint32_t pattern, std::vector<std::optional<Ty>>& variables);
  bool unify(const types::Signature& signature, std::uint32_t pattern, const Ty& type,
             std::vector<std::optional<Ty>>& variables);

  // generate_conditions.cpp
  std::string narrowing(int fuel, std::vector<Named>* gained);
  std::optional<std::string> safely(const Named& place, const std::vector<FieldModel>& fields, int fuel);
  std::optional<std::string> comparison(int fuel);
  std::optional<std::string> ordering(int fuel);
  std::optional<std::string> membership(int fuel);
  std::optional<std::string> pattern(int fuel);
  std::optional<std::string> quantifier(int fuel);
  std::optional<std::string> related(int fuel);

  // generate_queries.cpp
  std::string collection(Ty& element, int fuel);
  // The clauses of a query, its variables left in scope.
  std::string clauses(int fuel, bool may_be_two, std::string& where);
  std::optional<std::string> aggregate(const Ty& want, int fuel);
  std::optional<std::string> optional_aggregate(const Ty& want, int fuel);
  std::optional<std::string> chosen(const Ty& want, int fuel);
  std::optional<std::string> comprehension(const Ty& want, int fuel);

  const Schema& schema_;
  Choices& choices_;
  std::vector<types::Signature> signatures_;
  std::vector<Named> scope_;
  std::vector<Named> known_;
  std::vector<Named> params_;
  std::vector<FunctionModel> functions_;
  std::set<std::uint32_t> closed_;
  std::uint32_t next_name_ = 0;
  std::uint32_t loops_ = 0;
  std::uint32_t max_loops_ = 3;
};

}  // namespace writ::support
