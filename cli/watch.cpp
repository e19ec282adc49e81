#include "cli/watch.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <thread>
#include <tuple>

#include "cli/rules.hpp"
#include "engine/report/page.hpp"

namespace writ::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds pause{150};

using State = std::vector<std::tuple<std::string, fs::file_time_type, std::uintmax_t>>;

State look(const std::vector<std::string>& paths) {
  diagnostics::Sink ignored;  // what cannot be read is said when it is read
  State out;
  for (const std::string& file : find_rules(paths, ignored)) {
    std::error_code error;
    const fs::file_time_type time = fs::last_write_time(file, error);
    const std::uintmax_t size = fs::file_size(file, error);
    out.emplace_back(file, error ? fs::file_time_type{} : time, error ? 0 : size);
  }
  return out;
}

}  // namespace

void watch(const Session& session, const std::vector<std::string>& paths, const std::function<void()>& run) {
  for (State seen = look(paths);;) {
    run();
    session.remark(fmt::format("watching {}; Ctrl-C ends", report::counted(seen.size(), "file")));
    State now = look(paths);
    while (now == seen) {
      std::this_thread::sleep_for(pause);
      now = look(paths);
    }
    // Editors write in several steps.
    do {
      seen = std::move(now);
      std::this_thread::sleep_for(pause);
      now = look(paths);
    } while (now != seen);
  }
}

}  // namespace writ::cli
