// The population of a check or a derivation: every combination that its steps leave, one after another.
#pragma once

#include <functional>
#include <vector>

#include "tests/support/oracle_evaluator.hpp"

namespace writ::support {

class OracleSteps {
 public:
  OracleSteps(OracleEvaluator& evaluator, const std::vector<language::Step>& steps, OracleEvaluator::Locals& locals)
      : evaluator_(evaluator), steps_(steps), locals_(locals) {}

  // `member`: for each combination, under what is bound. `failed`: a step failed, so that what would come of it is
  // not known; those before it have bound what they bind.
  void run(const std::function<void()>& member,
           const std::function<void(std::size_t step, const Value& error)>& failed);

 private:
  void step(std::size_t at);
  bool excluded(std::size_t at);

  OracleEvaluator& evaluator_;
  const std::vector<language::Step>& steps_;
  OracleEvaluator::Locals& locals_;
  const std::function<void()>* member_ = nullptr;
  const std::function<void(std::size_t, const Value&)>* failed_ = nullptr;
};

}  // namespace writ::support
