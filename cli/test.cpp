// `writ test`: the tests that stand in rules, and which conditions they cover.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/moments.hpp"
#include "cli/output.hpp"
#include "cli/rules.hpp"
#include "cli/watch.hpp"
#include "engine/report/coverage.hpp"
#include "engine/report/tests.hpp"
#include "engine/tests/run.hpp"
#include "stdlib/functions/table.hpp"

namespace writ::cli {

using diagnostics::Code;

namespace {

constexpr std::size_t most_threads = 1024;

enum class Format : std::uint8_t { text, json, junit };
enum class CoverageFormat : std::uint8_t { text, json, lcov, cobertura };

// `90`, `90%`, `87.5%`: a share in percent.
std::optional<double> parse_percent(const std::string& option, const std::string& text, diagnostics::Sink& sink) {
  std::string_view number = text;
  if (number.ends_with('%')) number.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error == std::errc() && end == number.data() + number.size() && value >= 0 && value <= 100) return value;
  sink.add(Code::invalid_argument, argument_place(option, text, 0, text.size()),
           fmt::format("`{}` takes a share from 0% to 100%", option));
  return std::nullopt;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool contains(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

class TestCommand : public Command {
 public:
  const char* name() const override { return "test"; }
  const char* about() const override { return "Run the tests that stand in rules"; }
  const char* usage() const override { return "writ test [PATH...] [options]"; }
  const char* examples() const override {
    return R"(Examples:
  writ test
      every test in and below this folder
  writ test rules/acme --filter ACC-07
      those whose title holds the text, or that expect something of a control whose name does
  writ test rules/acme --watch
      again whenever a rule file is written
  writ test rules/acme --coverage --threshold 90%
      which conditions were never true or never false; status 1 where fewer than 90 % were both
  writ test rules/acme --format junit -o junit.xml --coverage-format cobertura --coverage-output coverage.xml
      for services that show tests; docs/schemas/tests.schema.json and coverage.schema.json describe the JSON

Exit status:
  0  every test passes, and no less is covered than --threshold asks for
  1  a test fails or is in error, or less is covered
  2  the rules or the command line are wrong, or there is no test to run)";
  }

  void configure(CLI::App& app) override {
    app.add_option("PATH", paths_, "Folders or files of rules; this folder where none is named")
        ->option_text("PATH...");
    app.add_option("--filter", filter_, "Run only tests with this text in their title, or in what they speak of")
        ->option_text("TEXT");
    app.add_option("--format", format_, "text, json or junit")->option_text("FORMAT");
    app.add_option("-o,--output", output_, "Write the results to a file; it is whole or not there at all")
        ->option_text("FILE");
    app.add_flag("--coverage", coverage_, "Tell which conditions of the rules were true and false");
    app.add_option("--coverage-format", coverage_format_, "text, json, lcov or cobertura")->option_text("FORMAT");
    app.add_option("--coverage-output", coverage_output_, "Write the coverage to a file")->option_text("FILE");
    app.add_option("--threshold", threshold_, "The least share of conditions that must be covered")
        ->option_text("N%");
    app.add_flag("--watch", watch_, "Run again whenever a rule file changes, until Ctrl-C");
    app.add_option("--threads", threads_, "Threads to use; else one a processor")->option_text("N");
  }

  ExitStatus run(Session& session) override {
    if (!read_arguments(session.sink())) return ExitStatus::wrong;
    if (!watch_) return run_once(session);
    watch(session, paths_, [&] {
      run_once(session);
      session.tell();
      std::fflush(stdout);
    });
  }

 private:
  bool read_arguments(diagnostics::Sink& sink) {
    static const std::vector<std::string_view> formats = {"text", "json", "junit"};
    static const std::vector<std::string_view> coverage_formats = {"text", "json", "lcov", "cobertura"};
    const auto format = parse_word("--format", format_, formats, sink);
    const auto coverage_format = parse_word("--coverage-format", coverage_format_, coverage_formats, sink);
    if (format) chosen_format_ = static_cast<Format>(*format);
    if (coverage_format) chosen_coverage_format_ = static_cast<CoverageFormat>(*coverage_format);
    if (!threads_.empty()) {
      const auto threads = parse_number("--threads", threads_, 1, most_threads, sink);
      options_.threads = static_cast<unsigned>(threads.value_or(1));
    }
    if (!threshold_.empty()) least_ = parse_percent("--threshold", threshold_, sink);
    // To ask for anything about coverage is to ask for it.
    options_.coverage = coverage_ || !threshold_.empty() || !coverage_output_.empty() || coverage_format_ != "text";
    const bool mixed = chosen_coverage_format_ != CoverageFormat::text || chosen_format_ != Format::text;
    if (options_.coverage && mixed && coverage_output_.empty() && output_.empty() && !sink.has_errors()) {
      sink.add(Code::invalid_argument, "results and coverage cannot both go to standard output in such formats")
          .help("name a file for one of them: `--coverage-output FILE`, or `-o FILE` for the results");
    }
    if (paths_.empty()) paths_ = {"."};
    return !sink.has_errors();
  }

  ExitStatus run_once(Session& session) {
    const auto rules = load_rules(session, paths_);
    if (!rules || !rules->sound) return ExitStatus::wrong;
    const std::vector<std::uint32_t> chosen = choose(rules->program, session.sink());
    if (chosen.empty()) return ExitStatus::wrong;
    session.tell();
    const tests::TestRun run = tests::run_tests(rules->program, functions::kernels(), chosen, options_);
    const report::TestReport report{WRIT_VERSION, rules->program, run.results};
    if (!write_result(session, output_, results_text(session, report))) return ExitStatus::wrong;
    const report::TestTotals sums = report::totals(run.results);
    if (is_file(output_)) {
      session.remark(fmt::format("{}: {} passed, {} failed, {} in error; written to {}",
                                 report::counted(sums.all(), "test"), sums.passed, sums.failed, sums.errors,
                                 output_));
    }
    bool good = sums.passed == sums.all();
    if (options_.coverage) {
      const auto enough = write_coverage(session, *rules, run.observed);
      if (!enough) return ExitStatus::wrong;
      good = good && *enough;
    }
    return good ? ExitStatus::well : ExitStatus::failed;
  }

  static bool is_file(const std::string& path) { return !path.empty() && path != "-"; }

  std::vector<std::uint32_t> choose(const language::Program& program, diagnostics::Sink& sink) const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t id = 0; id < program.tests.size(); ++id) {
      const language::TestDef& test = program.tests[id];
      const bool wanted = filter_.empty() || contains(test.title, filter_) ||
                          std::any_of(test.expectations.begin(), test.expectations.end(),
                                      [&](const language::Expectation& expectation) {
                                        return contains(expectation.target, filter_);
                                      });
      if (wanted) out.push_back(id);
    }
    if (program.tests.empty()) {
      std::string where;
      for (const std::string& path : paths_) where += fmt::format("{}`{}`", where.empty() ? "" : " or ", path);
      sink.add(Code::no_tests, fmt::format("there is no test in {}", where))
          .help("a test stands in any rule file: `test \"…\" { given … expect … }`");
    } else if (out.empty()) {
      sink.add(Code::no_tests, argument_place("--filter", filter_, 0, filter_.size()), "no test matches")
          .help(fmt::format("{} {} there, and none has this text in its title or in what it speaks of",
                            report::counted(program.tests.size(), "test"),
                            program.tests.size() == 1 ? "is" : "are"));
    }
    return out;
  }

  std::string results_text(const Session& session, const report::TestReport& report) const {
    switch (chosen_format_) {
      case Format::text:
        return report::tests_to_text(report, is_file(output_) ? session.file_output() : session.output());
      case Format::json:
        return report::tests_to_json(report);
      case Format::junit:
        return report::tests_to_junit(report);
    }
    return {};
  }

  std::string coverage_text(const Session& session, const report::CoverageReport& report) const {
    switch (chosen_coverage_format_) {
      case CoverageFormat::text:
        return report::coverage_to_text(report,
                                        is_file(coverage_output_) ? session.file_output() : session.output());
      case CoverageFormat::json:
        return report::coverage_to_json(report);
      case CoverageFormat::lcov:
        return report::coverage_to_lcov(report);
      case CoverageFormat::cobertura:
        return report::coverage_to_cobertura(report);
    }
    return {};
  }

  // Whether as much is covered as is asked for; no value where the coverage cannot be written.
  std::optional<bool> write_coverage(Session& session, const Rules& rules,
                                     const tests::Observations& observed) const {
    // The user's files come first among the sources; what they use of the library is not theirs to cover.
    std::vector<source::FileId> files;
    for (std::uint32_t file = 0; file < rules.files; ++file) files.push_back(static_cast<source::FileId>(file));
    const std::vector<tests::Condition> conditions = tests::conditions(rules.program, observed, files);
    const report::CoverageReport report{WRIT_VERSION, rules.program, conditions};
    std::string text = coverage_text(session, report);
    const bool both_on_output = coverage_output_.empty() && output_.empty();
    if (both_on_output) text.insert(0, "\n");
    if (!write_result(session, coverage_output_, text)) return std::nullopt;
    const double percent = report::totals(conditions).percent();
    const bool enough = !least_ || percent >= *least_;
    if (!enough) {
      session.remark(fmt::format("{} conditions are covered, fewer than the {}% that --threshold asks for",
                                 fmt::format("{:.1f} % of the", percent), *least_));
    }
    return enough;
  }

  std::vector<std::string> paths_;
  std::string filter_, format_ = "text", output_, coverage_format_ = "text", coverage_output_, threshold_, threads_;
  bool coverage_ = false;
  bool watch_ = false;
  Format chosen_format_{};
  CoverageFormat chosen_coverage_format_{};
  std::optional<double> least_;
  tests::TestOptions options_;
};

}  // namespace

std::unique_ptr<Command> test_command() { return std::make_unique<TestCommand>(); }

}  // namespace writ::cli
