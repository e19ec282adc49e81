#include "cli/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>

#include "engine/facts/byte_source.hpp"
#include "engine/facts/folder.hpp"
#include "stdlib/functions/table.hpp"
#include "stdlib/modules.hpp"

namespace writ::cli {

using diagnostics::Code;
using diagnostics::Sink;
namespace fs = std::filesystem;

namespace {

// Offsets inside Writ have 32 bits; nobody writes a rule file of this size.
constexpr std::size_t largest_file = 64U << 20U;

// A path as it is shown: without a leading `./`.
std::string shown(const fs::path& path) {
  const fs::path normal = path.lexically_normal();
  return normal.empty() ? "." : normal.generic_string();
}

// What lies beside a path that is not there and is spelled much like it.
std::string neighbour(const fs::path& path) {
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    names.push_back(entry->path().filename().string());
  std::sort(names.begin(), names.end());
  const std::string wanted =
      path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string_view nearest = diagnostics::nearest(wanted, candidates);
  return nearest.empty() ? std::string() : shown(folder / nearest);
}

void missing(const std::string& path, Sink& sink) {
  auto& diagnostic = sink.add(Code::no_rules, fmt::format("there is no file or folder `{}`", path));
  const std::string near = neighbour(path);
  if (!near.empty()) diagnostic.help(fmt::format("did you mean `{}`?", near));
}

bool is_rule_file(const fs::path& path) { return path.extension() == ".writ"; }

void unreadable(const std::string& path, const std::string& why, Sink& sink) {
  sink.add(Code::unreadable_file, fmt::format("cannot read `{}`: {}", path, why));
}

std::vector<std::string> files_of_folder(const std::string& folder, Sink& sink) {
  const facts::FolderFiles below = facts::files_below(folder, is_rule_file, false);
  for (const auto& [path, why] : below.unreadable) unreadable(shown(path), why, sink);
  for (const std::string& path : below.not_files) {
    unreadable(shown(path), "not a file: in a folder of rules, pipes and devices are not opened", sink);
  }
  std::vector<std::string> out;
  for (const fs::path& file : below.files) out.push_back(shown(file));
  std::sort(out.begin(), out.end());
  if (out.empty() && below.unreadable.empty() && below.not_files.empty()) {
    sink.add(Code::no_rules, fmt::format("there is no rule file in `{}`", folder))
        .help("rule files end in `.writ`; a folder is searched with the folders in it");
  }
  return out;
}

// A pipe is read as well, and a device may have no end.
std::optional<std::string> read(const std::string& path, Sink& sink) {
  const std::unique_ptr<std::FILE, decltype(&std::fclose)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  std::string text;
  std::array<char, std::size_t{64} * 1024> buffer{};
  std::size_t got = buffer.size();
  while (file && got == buffer.size() && text.size() <= largest_file) {
    got = std::fread(buffer.data(), 1, buffer.size(), file.get());
    if (std::ferror(file.get()) != 0) break;
    text.append(buffer.data(), got);
  }
  if (!file || std::ferror(file.get()) != 0) {
    unreadable(path, facts::system_reason(), sink);
    return std::nullopt;
  }
  if (text.size() > largest_file) {
    sink.add(Code::unreadable_file, fmt::format("`{}` is larger than a rule file can be (64 MiB)", path));
    return std::nullopt;
  }
  return text;
}

}  // namespace

std::vector<std::string> find_rules(const std::vector<std::string>& paths, Sink& sink) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found || status.type() == fs::file_type::none) {
      missing(path, sink);
    } else if (fs::is_directory(status)) {
      for (std::string& file : files_of_folder(path, sink)) files.push_back(std::move(file));
    } else {
      files.push_back(shown(path));
    }
  }
  std::set<fs::path> seen;
  std::erase_if(files, [&](const std::string& file) {
    std::error_code error;
    return !seen.insert(fs::weakly_canonical(file, error)).second;
  });
  return files;
}

std::optional<std::vector<language::SourceText>> read_rules(Session& session,
                                                            const std::vector<std::string>& paths) {
  Sink& sink = session.sink();
  std::vector<language::SourceText> texts;
  for (const std::string& file : find_rules(paths, sink)) {
    if (auto text = read(file, sink)) texts.push_back({file, std::move(*text)});
  }
  if (sink.has_errors() || texts.empty()) return std::nullopt;
  std::sort(texts.begin(), texts.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return texts;
}

std::optional<Rules> load_rules(Session& session, const std::vector<std::string>& paths, bool lints) {
  auto texts = read_rules(session, paths);
  if (!texts) return std::nullopt;
  language::CompileInput input;
  input.texts = std::move(*texts);
  input.lints = lints;
  Rules rules;
  rules.files = input.texts.size();
  input.library = stdlib::modules();
  input.functions = functions::table();
  Sink found;
  rules.input = input;
  rules.program = language::compile(std::move(input), found);
  rules.sound = !found.has_errors();
  session.use(rules.program.sources);
  session.take(found);
  return rules;
}

}  // namespace writ::cli
