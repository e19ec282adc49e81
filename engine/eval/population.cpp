#include "engine/eval/population.hpp"

#include <algorithm>

#include "engine/eval/evaluator.hpp"

namespace writ::eval {

using language::CheckDef;

namespace {

constexpr std::uint32_t rows_per_range = 16 * 1024;

// The stages of one check after another; at the end, its requirements.
class CheckRun {
 public:
  CheckRun(Run& run, const Range& range, bool keep_all)
      : range_(range),
        check_(run.program.checks[language::index(range.check)]),
        plan_(run.plan.checks[language::index(range.check)]),
        evaluator_(run),
        keep_all_(keep_all) {}

  RangeResult run() {
    const auto locals = static_cast<std::uint32_t>(check_.locals.size());
    if (plan_.scans) {
      const plan::Pipeline& pipeline = plan_.stages.front().pipeline;
      for (std::uint32_t first = range_.first; first < range_.last; first += Evaluator::batch_size) {
        const std::uint32_t count = std::min(Evaluator::batch_size, range_.last - first);
        Tuples batch(evaluator_.pool(), count, locals);
        Buffer rows(evaluator_.pool(), count);
        for (std::uint32_t i = 0; i < count; ++i) rows[i] = Value::row(first + i);
        batch.bind(pipeline.operators.front().local, std::move(rows));
        StageSink sink(*this, 0);
        evaluator_.run(pipeline, 1, batch, std::vector<std::uint32_t>(count), sink);
      }
    } else {
      Tuples one(evaluator_.pool(), 1, locals);
      stage(0, one);
    }
    result_.arena = evaluator_.take_arena();
    return std::move(result_);
  }

 private:
  class StageSink : public PipelineSink {
   public:
    StageSink(CheckRun& check, std::size_t stage) : check_(check), stage_(stage) {}
    void failed(Tuples& tuples, std::uint32_t tuple, std::uint32_t, const Value& error) override {
      check_.fail(tuples, tuple, error);
    }
    void accept(Tuples& tuples, const std::vector<std::uint32_t>&, const std::vector<Value>& verdicts) override {
      std::vector<std::uint32_t> sound;
      for (std::uint32_t i = 0; i < tuples.size(); ++i) {
        if (verdicts[i].is_error()) {
          check_.fail(tuples, i, verdicts[i]);
        } else {
          sound.push_back(i);
        }
      }
      if (sound.size() == tuples.size()) {
        check_.stage(stage_ + 1, tuples);
      } else if (!sound.empty()) {
        Tuples rest(check_.evaluator_.pool(), tuples, std::move(sound));
        check_.stage(stage_ + 1, rest);
      }
    }

   private:
    CheckRun& check_;
    std::size_t stage_;
  };

  void stage(std::size_t at, Tuples& tuples) {
    if (at == plan_.stages.size()) {
      require(tuples);
      return;
    }
    StageSink sink(*this, at);
    evaluator_.run(plan_.stages[at].pipeline, 0, tuples, std::vector<std::uint32_t>(tuples.size()), sink);
  }

  // Requirements in order; whoever breaks one is done.
  void require(Tuples& tuples) {
    result_.population += tuples.size();
    if (keep_all_) {
      for (std::uint32_t i = 0; i < tuples.size(); ++i) result_.broken.push_back(member(tuples, i));
      return;
    }
    const std::size_t first_broken = result_.broken.size();
    std::vector<std::uint32_t> left(tuples.size());
    for (std::uint32_t i = 0; i < tuples.size(); ++i) left[i] = i;
    std::vector<std::pair<std::uint32_t, std::size_t>> order;  // tuple, position among the broken
    for (std::uint32_t r = 0; r < check_.requirements.size() && !left.empty(); ++r) {
      const language::Requirement& requirement = check_.requirements[r];
      std::vector<std::uint32_t> still;
      std::vector<std::uint32_t> broken;
      const auto sort = [&](std::uint32_t i, const Value& value) {
        if (value.is_true()) {
          still.push_back(i);
        } else if (value.is_false()) {
          broken.push_back(i);
        } else {
          ++result_.failed_in_scope;
          fail(tuples, i, value);
        }
      };
      if (left.size() == tuples.size()) {
        const Vec values = evaluator_.eval(requirement.condition, tuples);
        for (std::uint32_t i = 0; i < tuples.size(); ++i) sort(i, values[i]);
      } else {
        Tuples rest(evaluator_.pool(), tuples, left);
        const Vec values = evaluator_.eval(requirement.condition, rest);
        for (std::uint32_t k = 0; k < left.size(); ++k) sort(left[k], values[k]);
      }
      if (!broken.empty()) {
        Tuples rest(evaluator_.pool(), tuples, broken);
        const Vec messages = evaluator_.eval(requirement.message, rest);
        for (std::uint32_t k = 0; k < broken.size(); ++k) {
          Member found = member(tuples, broken[k]);
          found.requirement = r;
          found.message = messages[k];
          order.emplace_back(broken[k], result_.broken.size());
          result_.broken.push_back(std::move(found));
        }
      }
      left = std::move(still);
    }
    // Back into the order of the population.
    std::sort(order.begin(), order.end());
    std::vector<Member> sorted;
    sorted.reserve(order.size());
    for (const auto& [tuple, at] : order) sorted.push_back(std::move(result_.broken[at]));
    std::move(sorted.begin(), sorted.end(), result_.broken.begin() + static_cast<std::ptrdiff_t>(first_broken));
  }

  Member member(Tuples& tuples, std::uint32_t tuple) {
    Member out;
    out.locals.resize(check_.locals.size());
    out.bound.resize(check_.locals.size());
    for (std::uint32_t local = 0; local < out.locals.size(); ++local) {
      if (const Value* values = tuples.local(static_cast<LocalId>(local))) {
        out.locals[local] = values[tuple];
        out.bound[local] = true;
      }
    }
    return out;
  }

  void fail(Tuples& tuples, std::uint32_t tuple, const Value& error) {
    Member out = member(tuples, tuple);
    out.error = error;
    result_.failed.push_back(std::move(out));
  }

  const Range& range_;
  const CheckDef& check_;
  const plan::CheckPlan& plan_;
  Evaluator evaluator_;
  bool keep_all_;
  RangeResult result_;
};

}  // namespace

std::vector<Range> ranges(const Run& run, const std::vector<language::CheckId>& checks) {
  std::vector<Range> out;
  for (const language::CheckId check : checks) {
    const plan::CheckPlan& plan = run.plan.checks[language::index(check)];
    if (!plan.scans) {
      out.push_back({check, 0, 0});
      continue;
    }
    const std::uint32_t rows = run.store.entity(plan.stages.front().pipeline.operators.front().entity).rows;
    std::uint32_t first = 0;
    do {
      const std::uint32_t last = std::min(rows, first + rows_per_range);
      out.push_back({check, first, last});
      first = last;
    } while (first < rows);
  }
  return out;
}

RangeResult run_range(Run& run, const Range& range) { return CheckRun(run, range, false).run(); }

std::vector<Member> members(Run& run, const Range& range, facts::Arena& arena) {
  RangeResult result = CheckRun(run, range, true).run();
  arena = std::move(result.arena);
  return std::move(result.broken);
}

std::string_view reason(facts::EvalError error) {
  switch (error) {
    case facts::EvalError::overflow:
      return "a number is out of range";
    case facts::EvalError::division_by_zero:
      return "division by zero";
    case facts::EvalError::out_of_range_time:
      return "a time lies outside the years 1 to 9999";
    case facts::EvalError::dangling_reference:
      return "a reference names a record that is not there";
    case facts::EvalError::not_narrowed:
      return "a value is missing";
    case facts::EvalError::bad_argument:
      return "an argument has no meaning for its function";
    case facts::EvalError::unset_field:
      return "a field is read that the test leaves out";
  }
  return "evaluation failed";
}

}  // namespace writ::eval
