// Which files are evidence.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <set>

#include "engine/facts/byte_source.hpp"
#include "engine/facts/folder.hpp"
#include "engine/facts/ingest.hpp"

namespace writ::facts {

namespace {

namespace fs = std::filesystem;
using diagnostics::Code;

bool is_evidence(const fs::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".json" || ending == ".ndjson" || ending == ".jsonl";
}

diagnostics::ForeignPlace place_of(const std::string& path) { return {path, 0, 0, {}, {}, 1}; }

// Standard input, or a pipe: what cannot be read twice is kept.
bool read_stream(std::FILE* stream, std::string& contents) {
  char buffer[64 * 1024];
  while (true) {
    const std::size_t got = std::fread(buffer, 1, sizeof buffer, stream);
    contents.append(buffer, got);
    if (got < sizeof buffer) return std::ferror(stream) == 0;
  }
}

std::string reason_of(const std::error_code& error) {
  errno = error.value();
  return system_reason();
}

class Finding {
 public:
  explicit Finding(diagnostics::Sink& sink) : sink_(sink) {}

  void path(const std::string& given) {
    if (given == "-") return standard_input();
    std::error_code error;
    const fs::file_status status = fs::status(given, error);
    if (status.type() == fs::file_type::not_found || error) {
      sink_.add(Code::unreadable_file, place_of(given), fmt::format("`{}` cannot be read", given),
                error ? reason_of(error) : std::string("no such file or directory"));
      return;
    }
    if (fs::is_directory(status)) return folder(given);
    const std::string name = fs::path(given).filename().string();
    if (fs::is_regular_file(status)) return add(given, name);
    // A pipe ends when whoever writes to it does, a device such as /dev/zero never.
    if (fs::is_character_file(status) || fs::is_block_file(status)) {
      sink_.add(Code::unreadable_file, place_of(given), fmt::format("`{}` cannot be read", given),
                "not a file: devices are not read");
      return;
    }
    FactInput input;
    std::FILE* const stream = std::fopen(given.c_str(), "rb");
    if (stream == nullptr || !read_stream(stream, input.contents)) {
      sink_.add(Code::unreadable_file, place_of(given), fmt::format("`{}` cannot be read", given), system_reason());
    } else {
      input.path = given;
      input.relative = name;
      input.in_memory = true;
      found.push_back(std::move(input));
    }
    if (stream != nullptr) std::fclose(stream);
  }

  std::vector<FactInput> found;

 private:
  void standard_input() {
    FactInput input;
    input.path = "-";
    input.relative = "-";
    input.in_memory = true;
    if (!read_stream(stdin, input.contents)) {
      sink_.add(Code::unreadable_file, place_of("-"), "standard input cannot be read", system_reason());
      return;
    }
    found.push_back(std::move(input));
  }

  void folder(const std::string& given) {
    const FolderFiles below = files_below(given, is_evidence, true);
    for (const auto& [path, why] : below.unreadable) {
      sink_.add(Code::unreadable_file, place_of(path),
                fmt::format("the folder `{}` cannot be read to its end", path), why);
    }
    for (const std::string& path : below.not_files) {
      sink_.add(Code::unreadable_file, place_of(path), fmt::format("`{}` cannot be read", path),
                "not a file: in a folder of evidence, pipes and devices are not opened");
    }
    if (below.files.empty() && below.unreadable.empty() && below.not_files.empty()) {
      sink_
          .add(Code::no_evidence_files, place_of(given), fmt::format("there is no evidence in `{}`", given),
               "no file that ends in .json, .ndjson or .jsonl")
          .help("a folder of evidence holds files named for entities, such as `person.json` or `account.ndjson`");
    }
    for (const fs::path& file : below.files) add(file.string(), file.lexically_relative(given).generic_string());
  }

  // A file that is given twice is read once.
  void add(std::string path, std::string relative) {
    std::error_code error;
    const fs::path canonical = fs::canonical(path, error);
    if (!seen_.insert(error ? path : canonical.string()).second) return;
    FactInput input;
    input.path = std::move(path);
    input.relative = std::move(relative);
    found.push_back(std::move(input));
  }

  diagnostics::Sink& sink_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<FactInput> find_files(const std::vector<std::string>& paths, diagnostics::Sink& sink) {
  Finding finding(sink);
  for (const std::string& path : paths) finding.path(path);
  return std::move(finding.found);
}

}  // namespace writ::facts
