// What people read: each file of messages/, or folder of files, is a program, and beside it stands what the
// compiler says of it. WRIT_UPDATE_GOLDEN=1 writes what it says now.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiling.hpp"
#include "stdlib/modules.hpp"

namespace {

std::string read(const std::filesystem::path& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("messages are as they are written down") {
  const std::filesystem::path folder = std::filesystem::path(WRIT_SOURCE_DIR) / "tests/unit/language/messages";
  std::vector<std::filesystem::path> programs;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_directory() || entry.path().extension() == ".writ") programs.push_back(entry.path());
  }
  std::sort(programs.begin(), programs.end());
  REQUIRE_FALSE(programs.empty());
  for (const std::filesystem::path& path : programs) {
    INFO(path.filename().string());
    std::vector<std::filesystem::path> files{path};
    if (std::filesystem::is_directory(path)) {
      files.assign(std::filesystem::directory_iterator(path), std::filesystem::directory_iterator());
      std::sort(files.begin(), files.end());
    }
    std::vector<writ::language::SourceText> texts;
    for (const std::filesystem::path& file : files) texts.push_back({file.filename().string(), read(file)});
    const auto compiled = writ::testing::compile_texts(std::move(texts), writ::stdlib::modules());
    std::filesystem::path golden = path;
    golden.replace_extension(".txt");
    if (std::getenv("WRIT_UPDATE_GOLDEN") != nullptr) std::ofstream(golden, std::ios::binary) << compiled.text();
    CHECK(compiled.text() == read(golden));
  }
}

TEST_CASE("every code of the language has its message written down") {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(WRIT_SOURCE_DIR) /
                                                               "tests/unit/language/messages")) {
    if (entry.path().extension() == ".txt") all += read(entry.path());
  }
  using writ::diagnostics::Code;
  // Those of literals, names, types and warnings stand together in the table; settings of packs are tested by
  // value.
  for (const Code code : writ::diagnostics::all_codes()) {
    const bool of_the_checker = (code >= Code::invalid_date && code <= Code::check_without_requirement) ||
                                (code >= Code::unused_name && code <= Code::unused_evidence) ||
                                code == Code::unknown_control;
    if (!of_the_checker) continue;
    INFO(writ::diagnostics::slug(code));
    CHECK(all.find("[" + std::string(writ::diagnostics::slug(code)) + "]") != std::string::npos);
  }
}
