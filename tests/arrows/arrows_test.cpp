// The house's arrows: who may include and link whom, and what the library must not touch. Reads every source file
// and every CMakeLists.txt of the repository.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

const fs::path root = WRIT_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool is_source(const fs::path& path) {
  const auto extension = path.extension();
  return extension == ".cpp" || extension == ".hpp" || extension == ".def" || extension == ".in";
}

// Files below a folder of the repository, as paths from the root, in order.
std::vector<fs::path> sources(const std::string& folder) {
  std::vector<fs::path> found;
  if (!fs::exists(root / folder)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    if (entry.is_regular_file() && is_source(entry.path())) found.push_back(fs::relative(entry.path(), root));
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) found.push_back((*at)[1]);
  return found;
}

std::vector<std::string> own_includes(const fs::path& path) {
  return matches(read(root / path), "#include \"([^\"]+)\"");
}
std::vector<std::string> foreign_includes(const fs::path& path) {
  return matches(read(root / path), "#include <([^>]+)>");
}

bool starts_with_any(const std::string& text, const Names& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const auto& prefix) { return text.starts_with(prefix); });
}

// For every source below each folder: what it may include of our own.
void check_includes(const std::map<std::string, Names>& allowed) {
  for (const auto& [folder, targets] : allowed) {
    const auto files = sources(folder);
    for (const auto& file : files) {
      for (const auto& include : own_includes(file)) {
        INFO(file.string() << " includes \"" << include << '"');
        CHECK(starts_with_any(include, targets));
      }
    }
  }
}

}  // namespace

TEST_CASE("includes follow the arrows between the folders at the root") {
  REQUIRE(sources("language").size() > 20);
  REQUIRE(sources("engine").size() > 20);
  check_includes({{"language", {"language/"}},
                  {"engine", {"language/", "engine/"}},
                  {"stdlib", {"language/", "engine/", "stdlib/"}},
                  {"cli", {"language/", "engine/", "stdlib/", "cli/"}},
                  {"editors/features", {"language/", "stdlib/", "editors/features/"}},
                  {"editors/server", {"language/", "engine/", "stdlib/", "editors/"}}});
}

TEST_CASE("includes follow the stages within the language and the engine") {
  check_includes(
      {{"language/source", {"language/source/"}},
       {"language/diagnostics", {"language/source/", "language/diagnostics/"}},
       {"language/syntax", {"language/source/", "language/diagnostics/", "language/syntax/"}},
       {"language/format", {"language/source/", "language/diagnostics/", "language/syntax/", "language/format/"}},
       {"engine/facts", {"language/", "engine/facts/"}},
       {"engine/plan", {"language/", "engine/facts/", "engine/plan/"}},
       {"engine/eval",
        {"language/", "engine/facts/", "engine/plan/", "engine/eval/", "engine/verdict/verdicts.hpp",
         "engine/evaluate.hpp"}},
       {"engine/derive", {"language/", "engine/facts/", "engine/plan/", "engine/eval/", "engine/derive/"}},
       {"engine/tests",
        {"language/", "engine/facts/", "engine/plan/", "engine/eval/", "engine/derive/", "engine/verdict/",
         "engine/tests/", "engine/evaluate.hpp"}},
       {"engine/report",
        {"language/", "engine/facts/", "engine/plan/plan.hpp", "engine/verdict/", "engine/tests/", "engine/report/",
         "engine/evaluate.hpp"}}});
}

TEST_CASE("each target links only what its folder may know") {
  // Our targets, from the first folder of the arrows to the last.
  const std::map<std::string, Names> allowed = {
      {"language", {"writ_options", "writ_diagnostics", "writ_syntax", "writ_format", "writ_language"}},
      {"engine",
       {"writ_options", "writ_diagnostics", "writ_syntax", "writ_language", "writ_facts", "writ_engine",
        "writ_report"}},
      {"stdlib", {"writ_options", "writ_language", "writ_facts", "writ_engine", "writ_functions", "writ_stdlib"}}};
  for (const auto& [folder, targets] : allowed) {
    const auto text = read(root / folder / "CMakeLists.txt");
    const auto named = matches(text, "\\b(writ_[a-z_]+)\\b(?!\\s*\\()");
    CHECK_FALSE(named.empty());
    for (const auto& target : named) {
      INFO(folder << "/CMakeLists.txt names " << target);
      CHECK(std::find(targets.begin(), targets.end(), target) != targets.end());
    }
  }
}

TEST_CASE("the language is pure, and the library never prints, exits or throws away errors") {
  // No files, no clock, no threads, no printing in the language.
  const std::set<std::string> outside = {"iostream", "fstream",  "filesystem", "cstdio", "stdio.h",
                                         "chrono",   "ctime",    "thread",     "mutex",  "random",
                                         "fcntl.h",  "unistd.h", "simdjson.h"};
  for (const auto& file : sources("language")) {
    for (const auto& include : foreign_includes(file)) {
      INFO(file.string() << " includes <" << include << '>');
      CHECK_FALSE(outside.contains(include));
    }
  }
  for (const auto* folder : {"language", "engine", "stdlib"}) {
    for (const auto& file : sources(folder)) {
      INFO(file.string());
      CHECK(matches(read(root / file), "(\\b(?:std::exit|std::abort|exit|abort|std::terminate|quick_exit)\\s*\\()")
                .empty());
      CHECK(matches(read(root / file), "(\\bstd::(?:cout|cerr|clog|puts|printf)\\b|\\bfmt::print\\b)").empty());
    }
  }
}

TEST_CASE("no folder, file or namespace is a drawer for anything") {
  const std::regex drawer("(^|_)(utils?|common|misc|helpers?)($|_)");
  for (const auto* folder : {"language", "engine", "stdlib", "cli", "editors", "tests", "fuzz", "rules", "docs"}) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      INFO(entry.path().string());
      CHECK_FALSE(std::regex_search(entry.path().stem().string(), drawer));
    }
  }
}

TEST_CASE("sources are read in one sitting, and headers say what they are for") {
  for (const auto* folder : {"language", "engine", "stdlib", "cli", "editors"}) {
    for (const auto& file : sources(folder)) {
      const auto text = read(root / file);
      INFO(file.string());
      if (file.extension() == ".hpp") CHECK(text.starts_with("//"));
      if (file.extension() != ".def") CHECK(std::count(text.begin(), text.end(), '\n') <= 450);
    }
  }
}
