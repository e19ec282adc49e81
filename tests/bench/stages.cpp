// The stages of `writ eval` one by one, with Google Benchmark: bench_stages FILE [--benchmark_…]. FILE is a
// company.ndjson of bench_company, best one of a few megabytes. One thread throughout, unless the name says
// otherwise.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/evaluate.hpp"
#include "engine/facts/ingest.hpp"
#include "engine/facts/json_index.hpp"
#include "engine/facts/json_walker.hpp"
#include "engine/report/json.hpp"
#include "engine/report/text.hpp"
#include "stdlib/functions/table.hpp"
#include "stdlib/modules.hpp"

namespace writ::bench {
namespace {

constexpr const char* pack =
    "pack generated_company \"Access controls\" {\n  include soc2.access\n"
    "  set program_started_on = 2023-07-01\n}\n";

std::string file_name;
std::string text;  // of the file

language::Program compile() {
  language::CompileInput input;
  input.texts.push_back({"pack.writ", pack});
  input.library = stdlib::modules();
  input.functions = functions::table();
  diagnostics::Sink sink;
  return language::compile(std::move(input), sink);
}

const language::Program& program() {
  static const language::Program compiled = compile();
  return compiled;
}

facts::FactStore read(unsigned threads) {
  facts::FactInput input;
  input.path = input.relative = file_name;
  facts::IngestOptions options;
  options.threads = threads;
  options.collected_at = types::parse_timestamp("2026-06-30T00:00:00Z");
  diagnostics::Sink sink;
  return facts::ingest(program(), {input}, options, sink);
}

facts::FactStore& store() {
  static facts::FactStore all = read(1);
  return all;
}

verdict::Verdicts judge(std::size_t explained) {
  engine::RunOptions options;
  options.now = *types::parse_timestamp("2026-06-30T00:00:00Z");
  options.period_start = *types::parse_timestamp("2025-07-01T00:00:00Z");
  options.period_end = *types::parse_timestamp("2026-07-01T00:00:00Z");
  options.threads = 1;
  options.max_explained = explained;
  diagnostics::Sink sink;
  return engine::evaluate(program(), store(), functions::kernels(), options, sink);
}

const verdict::Verdicts& verdicts() {
  static const verdict::Verdicts all = judge(SIZE_MAX);
  return all;
}

std::size_t findings() {
  std::size_t count = 0;
  for (const verdict::ControlResult& control : verdicts().controls) {
    for (const verdict::CheckResult& check : control.checks) count += check.findings.size();
  }
  return count;
}

// `each` of every iteration, all together.
std::int64_t total(const benchmark::State& state, std::size_t each) {
  return static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(each);
}

void bytes(benchmark::State& state) { state.SetBytesProcessed(total(state, text.size())); }

void compile_rules(benchmark::State& state) {
  std::size_t size = 0;
  for (auto _ : state) size += compile().checks.size();
  benchmark::DoNotOptimize(size);
}

// Buffers of 256 KiB, cut behind a line's end, as the reader has them.
template <typename Use>
void each_chunk(Use use) {
  constexpr std::size_t most = 256 * 1024;
  std::vector<char> buffer(most + facts::JsonView::slack);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t left = text.size() - begin;
    const std::size_t length = left <= most ? left : text.rfind('\n', begin + most - 1) + 1 - begin;
    std::copy_n(text.data() + begin, length, buffer.data());
    use(buffer.data(), length);
    begin += length;
  }
}

void index_json(benchmark::State& state) {
  facts::JsonIndex index;
  for (auto _ : state) {
    each_chunk([&](char* buffer, std::size_t length) {
      facts::JsonView view;
      benchmark::DoNotOptimize(index.build(buffer, length, view));
    });
  }
  bytes(state);
}

void walk_json(benchmark::State& state) {
  facts::JsonIndex index;
  facts::JsonWalker walker;
  bool sound = true;
  for (auto _ : state) {
    each_chunk([&](char* buffer, std::size_t length) {
      facts::JsonView view;
      sound &= index.build(buffer, length, view) == facts::IndexResult::ok;
      walker.bind(view);
      for (std::uint32_t token = 0; sound && token < view.count;) {
        token = walker.value(token, 0);
        sound = token != facts::JsonWalker::failed;
      }
    });
  }
  if (!sound) state.SkipWithError("the file is no NDJSON");
  bytes(state);
}

void look_up_keys(benchmark::State& state) {
  std::vector<std::string> keys;
  for (std::int64_t i = 0; i < state.range(0); ++i)
    keys.push_back(fmt::format("p-{:06}", i * 7'919 % state.range(0)));
  const std::vector<std::string_view> views(keys.begin(), keys.end());
  std::vector<std::uint32_t> codes(keys.size());
  facts::KeyDictionary dictionary;
  for (auto _ : state) {
    dictionary.codes(views, codes.data());
    benchmark::DoNotOptimize(codes.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void read_evidence(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(read(static_cast<unsigned>(state.range(0))).entities.data());
  bytes(state);
}

void evaluate_checks(benchmark::State& state) {
  store();
  for (auto _ : state) benchmark::DoNotOptimize(judge(0).controls.data());
  bytes(state);
}

void evaluate_and_explain(benchmark::State& state) {
  const std::size_t found = findings();
  for (auto _ : state) benchmark::DoNotOptimize(judge(SIZE_MAX).controls.data());
  state.SetItemsProcessed(total(state, found));
}

// Records in no order, as findings come.
void find_places(benchmark::State& state) {
  std::vector<std::pair<types::EntityId, std::uint32_t>> records;
  for (std::size_t id = 0; id < store().entities.size(); ++id) {
    const std::uint32_t rows = store().entities[id].rows;
    for (std::uint32_t row = 0; row < rows; row += 1 + rows / 100) {
      records.emplace_back(static_cast<types::EntityId>(id),
                           static_cast<std::uint32_t>(std::uint64_t{row} * 7'919 % rows));
    }
  }
  for (auto _ : state) {
    for (const auto& [entity, row] : records) benchmark::DoNotOptimize(store().locate(entity, row).line);
  }
  state.SetItemsProcessed(total(state, records.size()));
}

template <typename Write>
void report(benchmark::State& state, Write write) {
  const report::Results results{"bench", program(), store(), verdicts(), {}, false};
  std::size_t size = 0;
  for (auto _ : state) size = write(results).size();
  state.SetBytesProcessed(total(state, size));
  state.counters["findings"] = static_cast<double>(findings());
}

void write_json(benchmark::State& state) {
  report(state, [](const report::Results& results) { return report::to_json(results, report::JsonOptions{}); });
}

void write_text(benchmark::State& state) {
  report(state, [](const report::Results& results) {
    report::TextOptions options;
    options.max_findings = SIZE_MAX;
    return report::to_text(results, options);
  });
}

BENCHMARK(compile_rules)->Unit(benchmark::kMillisecond);
BENCHMARK(index_json)->Unit(benchmark::kMillisecond);
BENCHMARK(walk_json)->Unit(benchmark::kMillisecond);
BENCHMARK(look_up_keys)->Range(1 << 10, 1 << 20);
BENCHMARK(read_evidence)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(evaluate_checks)->Unit(benchmark::kMillisecond);
BENCHMARK(evaluate_and_explain)->Unit(benchmark::kMillisecond);
BENCHMARK(find_places)->Unit(benchmark::kMicrosecond);
BENCHMARK(write_json)->Unit(benchmark::kMillisecond);
BENCHMARK(write_text)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace writ::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::fprintf(stderr, "usage: bench_stages FILE [--benchmark_filter=…]\n");
    return 2;
  }
  writ::bench::file_name = argv[1];
  std::ifstream file(argv[1], std::ios::binary);
  writ::bench::text.assign(std::istreambuf_iterator<char>(file), {});
  if (writ::bench::text.empty()) {
    std::fprintf(stderr, "bench_stages: cannot read %s\n", argv[1]);
    return 1;
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
