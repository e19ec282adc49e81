#include "engine/tests/run.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <memory>

#include "engine/derive/derive.hpp"
#include "engine/derive/records.hpp"
#include "engine/evaluate.hpp"
#include "engine/facts/reading_plan.hpp"
#include "engine/tests/fixture.hpp"
#include "engine/tests/judge.hpp"
#include "engine/verdict/decide.hpp"

namespace writ::tests {

using facts::Value;
using language::CheckId;
using language::ExprId;
using language::index;
using language::Program;
using language::TestDef;

namespace {

// What all tests of a program share.
struct Shared {
  const Program& program;
  facts::KernelTable kernels;
  const plan::Plan plan;
  const facts::ReadingPlan reading;
};

std::vector<CheckId> checks_of(const TestDef& test) {
  std::vector<CheckId> out;
  for (const language::Expectation& expectation : test.expectations)
    out.insert(out.end(), expectation.checks.begin(), expectation.checks.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// One test, from its clock to its expectations.
class Running {
 public:
  Running(const Shared& shared, std::uint32_t id, Observations* observed)
      : shared_(shared), test_(shared.program.tests[id]), observed_(observed) {
    result_.test = id;
  }

  TestResult run() {
    set_clock();
    set_parameters();
    if (result_.faults.empty()) evaluate();
    const bool met = std::all_of(result_.expectations.begin(), result_.expectations.end(),
                                 [](const ExpectationResult& expectation) { return expectation.met; });
    result_.status = !result_.faults.empty() ? Status::error : met ? Status::passed : Status::failed;
    return std::move(result_);
  }

 private:
  const Program& program() const { return shared_.program; }

  // Values that need no records, no parameters and, but for givens, no clock.
  Value constant(ExprId id) {
    eval::Run run(program(), shared_.plan, nothing_, shared_.kernels, std::vector<Value>(program().params.size()),
                  clock_);
    return run.constant(id);
  }

  void set_clock() {
    nothing_.entities.resize(program().entities.size());
    // What depends on the clock has made the checker ask for `now`; without it, any instant will do.
    if (test_.now != ExprId::none) clock_.now = constant(test_.now).as_timestamp();
    clock_.today = types::date_of(clock_.now);
    clock_.period_start = types::add(clock_.now, types::Period{-12}).value_or(clock_.now);
    clock_.period_end = clock_.now;
    if (test_.period == ExprId::none) return;
    const language::Expr& range = program().expr(test_.period);
    Value start = constant(range.operands[0]);
    Value end = constant(range.operands[1]);
    if (start.kind == facts::ValueKind::date) {
      start = Value::of(types::start_of(start.as_date()));
      const types::Timestamp last = types::start_of(end.as_date());
      end = Value::of(types::add(last, types::Duration{24 * 60 * 60, 0}).value_or(last));
    }
    clock_.period_start = start.as_timestamp();
    clock_.period_end = end.as_timestamp();
    if (clock_.period_end <= clock_.period_start)
      result_.faults.push_back({"the period ends before it begins", range.span, {}, {}});
  }

  // The parameters that the checks and conditions of the test use must have values.
  void set_parameters() {
    std::vector<ExprId> conditions;
    for (const language::Expectation& expectation : test_.expectations) conditions.push_back(expectation.condition);
    engine::RunOptions options;
    options.now = clock_.now;
    options.period_start = clock_.period_start;
    options.period_end = clock_.period_end;
    options.settings = test_.settings;
    diagnostics::Sink sink;
    params_ = engine::bind_parameters(program(), shared_.plan,
                                      engine::used_parameters(program(), checks_of(test_), conditions), options,
                                      shared_.kernels, arena_, sink);
    for (const diagnostics::Diagnostic& diagnostic : sink.all()) {
      const bool unset = diagnostic.code == diagnostics::Code::param_unset;
      const source::Span at = diagnostic.labels.empty() ? source::Span{} : diagnostic.labels.front().span;
      result_.faults.push_back(unset ? Fault{diagnostic.message + "; the test gives it one with `set`",
                                             test_.title_span, "the parameter", at}
                                     : Fault{diagnostic.message, at, {}, {}});
    }
  }

  void evaluate() {
    eval::Run values(program(), shared_.plan, nothing_, shared_.kernels, params_, clock_);
    Fixture fixture = make_fixture(program(), shared_.reading, test_, values);
    if (!fixture.faults.empty()) {
      result_.faults = std::move(fixture.faults);
      return;
    }
    derive::derive_records(program(), shared_.plan, fixture.store, shared_.kernels, clock_);
    // What is absent stays so where nothing was derived: that the sources are there, and empty, the test did not say.
    for (const types::EntityId entity : test_.absent) {
      facts::EntityFacts& facts = fixture.store.entities[index(entity)];
      if (facts.rows == 0) facts.supplied = false;
    }
    eval::Run run(program(), shared_.plan, fixture.store, shared_.kernels, params_, clock_);
    derive::derive(run, fixture.store, derive::all_relations(program()));
    const verdict::Verdicts verdicts = verdict::decide(run, checks_of(test_), {.waivers = test_.waivers});
    judge(run, test_, fixture, verdicts, result_);
    if (observed_ != nullptr) observe(run, test_, *observed_);
  }

  const Shared& shared_;
  const TestDef& test_;
  Observations* observed_;
  facts::FactStore nothing_;
  facts::CallContext clock_{};
  facts::Arena arena_;
  std::vector<Value> params_;
  TestResult result_;
};

}  // namespace

TestRun run_tests(const Program& program, facts::KernelTable kernels, const std::vector<std::uint32_t>& chosen,
                  const TestOptions& options) {
  const Shared shared{program, kernels, plan::lower(program, {.fields_may_fail = true}),
                      facts::plan_reading(program, true)};
  std::unique_ptr<tbb::global_control> limit;
  if (options.threads > 0) {
    limit = std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism, options.threads);
  }
  TestRun out;
  out.results.resize(chosen.size());
  const Observations none{std::vector<std::uint64_t>(program.exprs.size()),
                          std::vector<std::uint64_t>(program.exprs.size())};
  // Counts are added up, so that it does not matter which thread runs which test.
  tbb::enumerable_thread_specific<Observations> observed(none);
  tbb::parallel_for(
      tbb::blocked_range<std::size_t>(0, chosen.size(), 1),
      [&](const tbb::blocked_range<std::size_t>& part) {
        for (std::size_t i = part.begin(); i != part.end(); ++i) {
          out.results[i] = Running(shared, chosen[i], options.coverage ? &observed.local() : nullptr).run();
        }
      },
      tbb::simple_partitioner());
  out.observed = none;
  for (const Observations& part : observed) out.observed.add(part);
  return out;
}

}  // namespace writ::tests
