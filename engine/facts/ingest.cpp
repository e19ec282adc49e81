#include "engine/facts/ingest.hpp"

#include <fmt/format.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <memory>
#include <thread>

#include "engine/facts/assemble.hpp"
#include "engine/facts/byte_source.hpp"
#include "engine/facts/document_reader.hpp"
#include "engine/facts/evidence_findings.hpp"
#include "engine/facts/evidence_reader.hpp"
#include "engine/facts/line_reader.hpp"
#include "engine/facts/route.hpp"

namespace writ::facts {

namespace {

using diagnostics::Code;

constexpr std::uint64_t largest_file = std::uint64_t{1} << place_offset_bits;
constexpr std::size_t most_files = std::size_t{1} << (64 - place_offset_bits);

// A file, or a part of an NDJSON file: what one thread reads on its own.
struct Task {
  std::uint32_t file = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

class Ingesting {
 public:
  Ingesting(const language::Program& program, std::vector<FactInput> inputs, const IngestOptions& options,
            diagnostics::Sink& sink)
      : program_(program),
        inputs_(std::move(inputs)),
        options_(options),
        sink_(sink),
        plan_(plan_reading(program, options.all_entities)),
        names_(program),
        bad_(program.entities.size()) {}

  FactStore run() {
    store_.entities.resize(program_.entities.size());
    for (std::size_t id = 0; id < store_.entities.size(); ++id) store_.entities[id].read = plan_.entities[id].read;
    open_files();
    read_files();
    describe_files();
    for (const std::unique_ptr<EvidenceReader>& reader : readers_) {
      for (std::size_t id = 0; id < bad_.size(); ++id) {
        store_.entities[id].bad += reader->bad_counts[id];
        std::move(reader->bad[id].begin(), reader->bad[id].end(), std::back_inserter(bad_[id]));
      }
    }
    EvidenceFindings findings(program_, store_);
    findings.list_unknown_fields(readers_);
    tbb::task_arena(static_cast<int>(readers_.size())).execute([&] {
      assemble(plan_, readers_, results_, store_, bad_);
    });
    store_.arenas.push_back(std::move(plan_.constants));
    findings.list_bad_records(std::move(bad_));
    findings.report(std::move(complaints_), sink_);
    return std::move(store_);
  }

 private:
  void open_files() {
    if (inputs_.size() >= most_files) {
      sink_.add(Code::unreadable_file, fmt::format("there are more than {} files of evidence", most_files - 1));
      inputs_.resize(most_files - 1);
    }
    store_.files.resize(inputs_.size());
    for (std::uint32_t i = 0; i < inputs_.size(); ++i) {
      FactInput& input = inputs_[i];
      FactFile& file = store_.files[i];
      file.path = input.path;
      if (input.relative.empty()) input.relative = input.path.substr(input.path.rfind('/') + 1);
      file.in_memory = input.in_memory;
      if (input.in_memory) file.contents = std::move(input.contents);
    }
    // Texts in memory are looked at where they stay.
    for (std::uint32_t i = 0; i < inputs_.size(); ++i) open_file(i);
  }

  void open_file(std::uint32_t number) {
    const FactInput& input = inputs_[number];
    FactFile& file = store_.files[number];
    sources_.push_back(input.in_memory ? std::make_unique<ByteSource>(ByteSource::memory(file.contents))
                                       : std::make_unique<ByteSource>(input.path));
    const ByteSource& source = *sources_.back();
    routes_.emplace_back();
    if (source.failed.empty() && source.size() < largest_file) {
      routes_.back() = route_file(input, source, number, plan_, names_);
    } else {
      const std::string why = source.failed.empty() ? "it is larger than 1 TiB" : source.failed;
      complaints_.push_back({Code::unreadable_file,
                             number,
                             std::nullopt,
                             fmt::format("`{}` cannot be read", input.path),
                             why,
                             {},
                             0});
      // Whatever the file would have given is not whole.
      const FileRoute route = route_file(input, ByteSource::memory({}), number, plan_, names_);
      const std::string reason = fmt::format("`{}` cannot be read: {}", input.path, why);
      Doubt doubt{{}, {number, 0}, "not read: " + why, reason};
      for (const EntityPlan& entity : plan_.entities) {
        const auto id = static_cast<std::uint32_t>(entity.id);
        if (!route.may_hold(entity)) continue;
        if (route.names(entity)) {
          break_entity(id, reason);
        } else {
          doubt.entities.push_back(id);
        }
      }
      doubts_.push_back(std::move(doubt));
    }
    file.bytes = source.size();
    const FileRoute& route = routes_.back();
    file.ndjson = route.kind == FileRoute::Kind::lines;
    file.source = route.source;
    file.collected_at = route.collected_at;
    complaints_.insert(complaints_.end(), route.complaints.begin(), route.complaints.end());
    if (route.kind == FileRoute::Kind::document) {
      tasks_.push_back({number, 0, source.size()});
    } else if (route.kind == FileRoute::Kind::lines) {
      if (route.lines.entity != nullptr) supply(static_cast<std::uint32_t>(route.lines.entity->id), number);
      for (const EntityPlan* entity : route.lines.vendor) supply(static_cast<std::uint32_t>(entity->id), number);
      const std::uint64_t part = std::max<std::uint64_t>(options_.part_bytes, 1);
      for (std::uint64_t begin = route.first_line; begin < source.size(); begin += part) {
        tasks_.push_back({number, begin, std::min(begin + part, source.size())});
      }
    }
  }

  void read_files() {
    results_.resize(tasks_.size());
    unsigned count = options_.threads != 0 ? options_.threads : std::max(1U, std::thread::hardware_concurrency());
    count = static_cast<unsigned>(std::clamp<std::size_t>(tasks_.size(), 1, count));
    for (unsigned i = 0; i < count; ++i) readers_.push_back(std::make_unique<EvidenceReader>(plan_, names_));
    std::atomic<std::size_t> next = 0;
    std::vector<std::exception_ptr> failures(count);
    const auto work = [&](unsigned thread) {
      try {
        LineReader lines(*readers_[thread], options_.chunk_bytes);
        DocumentReader documents(*readers_[thread], options_.chunk_bytes);
        for (std::size_t at = next++; at < tasks_.size(); at = next++) {
          const Task& task = tasks_[at];
          const FileRoute& route = routes_[task.file];
          PartResult& result = results_[at];
          result.file = task.file;
          result.thread = thread;
          if (route.kind == FileRoute::Kind::document) {
            documents.read(*sources_[task.file], route.document, result);
          } else {
            lines.read(*sources_[task.file], route.lines, route.first_line, task.begin, task.end, result);
          }
          result.rows = readers_[thread]->take_rows();
        }
      } catch (...) {
        failures[thread] = std::current_exception();  // out of memory
        next = tasks_.size();
      }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < count; ++i) threads.emplace_back(work, i);
    work(0);
    for (std::thread& thread : threads) thread.join();
    for (const std::exception_ptr& failure : failures) {
      if (failure) std::rethrow_exception(failure);
    }
    sources_.clear();
  }

  // What the parts have told about their files.
  void describe_files() {
    std::vector<std::uint64_t> lines(store_.files.size(), 0);
    std::vector<std::uint64_t> values(store_.files.size(), 0);
    std::map<std::pair<std::uint32_t, std::string>, std::uint64_t> kinds;
    std::vector<std::size_t> not_json(store_.files.size(), complaints_.max_size());
    for (PartResult& result : results_) {
      FactFile& file = store_.files[result.file];
      if (file.ndjson) {
        // The envelope's line, and those before it, were counted by nobody.
        if (file.checkpoints.empty()) lines[result.file] = lines_before(result.file);
        for (Checkpoint& point : result.checkpoints) {
          point.line += static_cast<std::uint32_t>(lines[result.file]) + 1;
        }
        lines[result.file] += result.lines;
        values[result.file] += result.values;
      } else {
        file.collected_at = result.collected_at;
        file.source = result.source;
        file.arrays = std::move(result.arrays);
        // A second pass over a document comes by places that lie before those of the first.
        std::stable_sort(result.checkpoints.begin(), result.checkpoints.end(),
                         [](const Checkpoint& a, const Checkpoint& b) { return a.offset < b.offset; });
      }
      file.checkpoints.insert(file.checkpoints.end(), result.checkpoints.begin(), result.checkpoints.end());
      for (Complaint& complaint : result.complaints) {
        if (file.ndjson && complaint.code == Code::invalid_json) {
          std::size_t& first = not_json[result.file];
          if (first != complaints_.max_size()) {
            complaints_[first].further += complaint.further + 1;
            continue;
          }
          first = complaints_.size();
        }
        complaints_.push_back(std::move(complaint));
      }
      for (const std::uint32_t entity : result.supplied) supply(entity, result.file);
      for (const auto& [entity, reason] : result.broken) break_entity(entity, reason);
      doubts_.push_back(std::move(result.doubt));
      for (const auto& [kind, count] : result.unknown_kinds) kinds[{result.file, kind}] += count;
    }
    for (const auto& [kind, count] : kinds) {
      const std::string_view near = names_.nearest(kind.second);
      complaints_.push_back({Code::unknown_evidence,
                             kind.first,
                             std::nullopt,
                             fmt::format("`{}` is no entity: {} record{} of `{}` not read", kind.second, count,
                                         count == 1 ? "" : "s", store_.files[kind.first].path),
                             {},
                             near.empty() ? std::string() : fmt::format("`{}` may be meant", near),
                             0});
    }
    for (std::uint32_t i = 0; i < store_.files.size(); ++i) {
      const FileRoute& route = routes_[i];
      if (route.kind != FileRoute::Kind::lines || route.envelope || values[i] != 0) continue;
      const std::string what = fmt::format("`{}` is empty", store_.files[i].path);
      complaints_.push_back({Code::unexpected_shape,
                             i,
                             std::nullopt,
                             what,
                             {},
                             "where there are no records, an envelope says so: `{\"entity\": \"Person\", "
                             "\"collected_at\": \"2026-06-30T12:00:00Z\"}`",
                             0});
      if (route.lines.entity != nullptr) break_entity(static_cast<std::uint32_t>(route.lines.entity->id), what);
      for (const EntityPlan* entity : route.lines.vendor)
        break_entity(static_cast<std::uint32_t>(entity->id), what);
    }
    for (std::uint32_t i = 0; i < store_.files.size(); ++i) {
      FactFile& file = store_.files[i];
      if (file.checkpoints.empty()) file.checkpoints.push_back({});
      if (!file.collected_at) file.collected_at = options_.collected_at;
    }
    for (const Doubt& doubt : doubts_) apply(doubt);
    for (EntityFacts& entity : store_.entities) date(entity);
  }

  std::uint64_t lines_before(std::uint32_t file) const {
    const std::uint64_t end = routes_[file].first_line;
    if (end == 0) return 0;
    const FactFile& of = store_.files[file];
    const ByteSource source = of.in_memory ? ByteSource::memory(of.contents) : ByteSource(of.path);
    std::string text(static_cast<std::size_t>(end), '\0');
    const std::int64_t got = source.read(0, text.data(), text.size());
    return static_cast<std::uint64_t>(
        std::count(text.begin(), text.begin() + std::max<std::int64_t>(got, 0), '\n'));
  }

  void supply(std::uint32_t entity, std::uint32_t file) {
    EntityFacts& facts = store_.entities[entity];
    facts.supplied = true;
    if (facts.files.empty() || facts.files.back() != file) facts.files.push_back(file);
  }

  void break_entity(std::uint32_t entity, const std::string& reason) {
    EntityFacts& facts = store_.entities[entity];
    if (!facts.broken) facts.broken_reason = reason;
    facts.broken = true;
  }

  // Where other files give records of an entity they are judged, and it lacks some, as if one had been set aside.
  void apply(const Doubt& doubt) {
    for (const std::uint32_t entity : doubt.entities) {
      if (!store_.entities[entity].supplied) {
        break_entity(entity, doubt.broken);
        continue;
      }
      ++store_.entities[entity].bad;
      bad_[entity].push_back({doubt.place, doubt.reason, std::nullopt, nullptr});
    }
  }

  void date(EntityFacts& entity) const {
    std::sort(entity.files.begin(), entity.files.end());
    entity.files.erase(std::unique(entity.files.begin(), entity.files.end()), entity.files.end());
    for (const std::uint32_t number : entity.files) {
      const FactFile& file = store_.files[number];
      if (!file.collected_at) {
        if (!entity.undated) entity.undated_file = file.path;
        entity.undated = true;
      } else if (!entity.collected_at || *file.collected_at < *entity.collected_at) {
        entity.collected_at = file.collected_at;
      }
    }
    if (entity.undated) entity.collected_at.reset();
  }

  const language::Program& program_;
  std::vector<FactInput> inputs_;
  const IngestOptions& options_;
  diagnostics::Sink& sink_;
  ReadingPlan plan_;
  EntityNames names_;
  FactStore store_;
  std::vector<std::unique_ptr<ByteSource>> sources_;
  std::vector<FileRoute> routes_;
  std::vector<Task> tasks_;
  std::vector<PartResult> results_;
  Readers readers_;
  std::vector<std::vector<RawBad>> bad_;  // by entity
  std::vector<Complaint> complaints_;
  std::vector<Doubt> doubts_;
};

}  // namespace

FactStore ingest(const language::Program& program, std::vector<FactInput> inputs, const IngestOptions& options,
                 diagnostics::Sink& sink) {
  return Ingesting(program, std::move(inputs), options, sink).run();
}

}  // namespace writ::facts
