// The engine's second half: program and facts in, verdicts out. Deterministic: the same input gives the same
// verdicts with any number of threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/facts/functions.hpp"
#include "engine/facts/store.hpp"
#include "engine/plan/plan.hpp"
#include "engine/verdict/verdicts.hpp"
#include "language/dependencies/graph.hpp"
#include "language/diagnostics/diagnostic.hpp"
#include "language/program.hpp"

namespace writ::engine {

struct RunOptions {
  types::Timestamp now;
  types::Timestamp period_start, period_end;     // end exclusive
  std::vector<language::ParamSetting> settings;  // of the command line; they win over a pack's
  std::vector<std::string> only;                 // control ids or `CONTROL.check`; empty: all selected controls
  std::vector<language::WaiverId> waivers;       // of the pack, or of a test
  unsigned threads = 0;
  std::size_t max_explained = SIZE_MAX;  // findings a check whose `because` is filled
};

// What functions may know of a run; without an arena.
facts::CallContext clock_of(const RunOptions& options);

// The values of parameters, by ParamId: the command line's, else a pack's, else the default. Bounds are tested;
// what is unset or out of bounds is a diagnostic, with both places.
std::vector<facts::Value> bind_parameters(const language::Program& program, const RunOptions& options,
                                          facts::KernelTable kernels, facts::Arena& arena, diagnostics::Sink& sink);
// The same by a plan that is there already; `needed` (by ParamId) are those that must have a value.
std::vector<facts::Value> bind_parameters(const language::Program& program, const plan::Plan& plan,
                                          const std::vector<bool>& needed, const RunOptions& options,
                                          facts::KernelTable kernels, facts::Arena& arena, diagnostics::Sink& sink);
// What packs set, and what stands as a default, outside the bounds of parameters. Each pack is entered in turn; in the
// end the program is as it was compiled.
void check_bounds(language::Program& program, facts::KernelTable kernels, diagnostics::Sink& sink);
// The parameters that these checks with their controls and these expressions use, directly or through others, by
// ParamId.
std::vector<bool> used_parameters(const language::Program& program, const std::vector<language::CheckId>& checks,
                                  const std::vector<language::ExprId>& expressions);

// The checks that a run is about, grouped by control: those of the selected controls, or those that `only` names.
// Reports an id that names nothing, and that there is no control.
std::vector<language::CheckId> chosen_checks(const language::Program& program, const std::vector<std::string>& only,
                                             diagnostics::Sink& sink);
// Those of them that come to be evaluated: not those that the pack leaves out, of which no evidence is read, nor
// those that read what was not supplied. There relations would lead to records that nobody knows of.
std::vector<language::CheckId> evaluable_checks(const language::Program& program, const facts::FactStore& store,
                                                const std::vector<dependencies::Reads>& reads,
                                                std::vector<language::CheckId> checks);

// A check that the evidence at hand cannot decide, unless a finding does.
struct Undecided {
  language::CheckId check{};
  verdict::Verdict verdict{};        // error or no_evidence
  std::vector<std::string> reasons;  // as in verdict::CheckResult
};

// Derives records, then gives those of `checks`, in their order, whose evidence is lacking, too old or bad in part.
// Nothing is evaluated but the ages that controls ask for; an age that hangs on a parameter without a value could
// not be computed.
std::vector<Undecided> undecided_checks(const language::Program& program, facts::FactStore& store,
                                        facts::KernelTable kernels, const RunOptions& options,
                                        const std::vector<language::CheckId>& checks);

// Reports an id of `only` that names nothing, and parameters that have no value; gives empty verdicts then. What
// the rules of the checks derive is put into the store, in the place of what an earlier run has put there.
verdict::Verdicts evaluate(const language::Program& program, facts::FactStore& store, facts::KernelTable kernels,
                           const RunOptions& options, diagnostics::Sink& sink);

// The members of one check whose key is `key` (all members where it is empty), each with what decided it. Where no
// member has that key, the record of the first population with it, if there is one, and the condition that leaves
// it out.
std::vector<verdict::MemberTrace> explain_members(const language::Program& program, facts::FactStore& store,
                                                  facts::KernelTable kernels, const RunOptions& options,
                                                  language::CheckId check, std::string_view key,
                                                  diagnostics::Sink& sink);

}  // namespace writ::engine
