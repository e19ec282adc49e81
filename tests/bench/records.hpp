// Writes the records of a generated company: one JSON object a line into one mixed file, whose records name their
// entity, and the same records into a file for each entity. In: fields in order. Out: company.ndjson and
// by-entity/*.ndjson below a folder. Members are written as given, so one seed gives one set of bytes.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace writ::bench {

// splitmix64: the same numbers on every machine, which the distributions of <random> do not promise.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // 0 … limit - 1.
  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(bits() % static_cast<std::uint64_t>(limit));
  }
  std::int64_t between(std::int64_t first, std::int64_t last) { return first + below(last - first + 1); }
  bool chance(double probability) { return static_cast<double>(bits() >> 11) * 0x1.0p-53 < probability; }
  template <typename T>
  const T& pick(const std::vector<T>& items) {
    return items[static_cast<std::size_t>(below(static_cast<std::int64_t>(items.size())))];
  }

 private:
  std::uint64_t state_;
};

// A file written through a large buffer.
class Output {
 public:
  explicit Output(const std::filesystem::path& path) : file_(std::fopen(path.c_str(), "wb")) {
    if (file_ == nullptr) throw std::runtime_error("cannot write " + path.string());
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { std::fclose(file_); }
  void write(std::string_view text) {
    buffer_ += text;
    if (buffer_.size() > (1 << 20)) flush();
  }
  void flush() {
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size())
      throw std::runtime_error("cannot write");
    buffer_.clear();
  }

 private:
  std::FILE* file_;
  std::string buffer_;
};

class Company;

// One record under way; `end` writes it. Texts are given as they stand between JSON's quotes.
class Record {
 public:
  Record(Company& company, std::string_view entity) : company_(company), entity_(entity) {}
  void end();

  Record& text(std::string_view name, std::string_view value) {
    member(name);
    body_ += '"';
    body_ += value;
    body_ += '"';
    return *this;
  }
  // Missing where it is empty.
  Record& maybe(std::string_view name, std::string_view value) {
    return value.empty() ? raw(name, "null") : text(name, value);
  }
  Record& number(std::string_view name, std::int64_t value) { return raw(name, fmt::format("{}", value)); }
  Record& flag(std::string_view name, bool value) { return raw(name, value ? "true" : "false"); }
  Record& raw(std::string_view name, std::string_view json) {
    member(name);
    body_ += json;
    return *this;
  }
  Record& texts(std::string_view name, const std::vector<std::string>& values) {
    member(name);
    body_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) body_ += ',';
      body_ += '"';
      body_ += values[i];
      body_ += '"';
    }
    body_ += ']';
    return *this;
  }

 private:
  void member(std::string_view name) {
    if (!body_.empty()) body_ += ',';
    body_ += '"';
    body_ += name;
    body_ += "\":";
  }

  Company& company_;
  std::string_view entity_;
  std::string body_;
};

class Company {
 public:
  // `by_entity`: whether to write the files for each entity as well.
  Company(std::filesystem::path folder, std::string collected_at, bool by_entity)
      : folder_(std::move(folder)), collected_at_(std::move(collected_at)), by_entity_(by_entity) {
    std::filesystem::create_directories(folder_ / "by-entity");
    mixed_ = std::make_unique<Output>(folder_ / "company.ndjson");
  }

  void add(std::string_view entity, std::string_view body) {
    line_.clear();
    fmt::format_to(std::back_inserter(line_), "{{\"entity\":\"{}\",{}}}\n", entity, body);
    mixed_->write(line_);
    auto& count = counts_[std::string(entity)];
    count.records += 1;
    count.bytes += line_.size();
    if (!by_entity_) return;
    if (count.file == nullptr) {
      count.file = std::make_unique<Output>(folder_ / "by-entity" / fmt::format("{}.ndjson", snake(entity)));
      count.file->write(fmt::format("{{\"entity\":\"{}\",\"source\":\"generated\",\"collected_at\":\"{}\"}}\n",
                                    entity, collected_at_));
    }
    line_.clear();
    fmt::format_to(std::back_inserter(line_), "{{{}}}\n", body);
    count.file->write(line_);
  }

  // Writes what is left in buffers, and says how much there is of each entity.
  void finish() {
    mixed_->flush();
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;
    for (auto& [entity, count] : counts_) {
      if (count.file != nullptr) count.file->flush();
      fmt::print("{:<20} {:>9} records {:>12} bytes\n", entity, count.records, count.bytes);
      records += count.records;
      bytes += count.bytes;
    }
    fmt::print("{:<20} {:>9} records {:>12} bytes\n", "all", records, bytes);
  }

 private:
  struct Count {
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;
    std::unique_ptr<Output> file;
  };

  static std::string snake(std::string_view name) {
    std::string result;
    for (const char c : name) {
      const bool upper = c >= 'A' && c <= 'Z';
      if (upper && !result.empty()) result += '_';
      result += upper ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return result;
  }

  std::filesystem::path folder_;
  std::string collected_at_;
  bool by_entity_;
  std::unique_ptr<Output> mixed_;
  std::map<std::string, Count> counts_;
  std::string line_;
};

inline void Record::end() { company_.add(entity_, body_); }

}  // namespace writ::bench
