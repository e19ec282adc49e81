// Waivers over the findings of checks. In: the waivers of a run, and members of populations. Out: which waiver
// covers a finding, and what became of each waiver. A waiver whose condition cannot be evaluated for a member does
// not cover it. Cost: linear in the findings; where a waiver names members that break nothing, or goes by a
// condition, linear in the populations of its checks once more.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/evaluator.hpp"
#include "engine/eval/population.hpp"
#include "engine/verdict/verdicts.hpp"

namespace writ::verdict {

// What waivers match among some findings of one check.
struct Matches {
  std::vector<std::uint64_t> findings;  // by waiver of the run
  std::vector<std::vector<bool>> keys;  // by waiver, then key
};

class Waivers {
 public:
  Waivers(eval::Run& run, const std::vector<language::WaiverId>& waivers);

  bool any() const { return !waivers_.empty(); }
  Matches none() const;
  // Marks the findings, which are of the members of the same index, and counts what matches.
  void mark(eval::Evaluator& evaluator, language::CheckId check, const std::vector<eval::Member>& members,
            std::vector<Finding>& findings, Matches& matches) const;
  // A finding that is about no member: that nothing is in scope.
  void mark_empty(language::CheckId check, Finding& finding, Matches& matches) const;
  static void add(Matches& to, const Matches& from);

  // `results` are all that were asked for, `sound` by result: it was evaluated, for every member.
  std::vector<WaiverResult> outcomes(const std::vector<CheckResult>& results, const std::vector<bool>& sound,
                                     const Matches& matches) const;

 private:
  const language::WaiverDef& def(std::size_t at) const;
  bool concerns(std::size_t at, language::CheckId check) const;
  WaiverState state(std::size_t at) const;
  bool has_key(std::size_t at, const std::string& key, Matches& matches) const;
  // Looks at every member of the check.
  void scan(std::size_t at, language::CheckId check, WaiverResult& result) const;

  eval::Run& run_;
  std::vector<language::WaiverId> waivers_;
};

}  // namespace writ::verdict
