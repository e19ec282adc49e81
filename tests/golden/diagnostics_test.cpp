// Every diagnostic as a person sees it. tests/golden/diagnostics/<slug>/ holds cases: `name.writ` is run through
// `writ check`, a folder `name/` through the command in its file `command`; what goes to standard error must be
// `name.txt` or `name/expected.txt`. The case `example` stands in docs/diagnostics/<slug>.md as well, under
// "Example". With WRIT_UPDATE_GOLDEN=1 in the environment, expectations and pages are written instead of compared.
#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "language/diagnostics/diagnostic.hpp"

namespace {

namespace fs = std::filesystem;
using writ::diagnostics::all_codes;
using writ::diagnostics::slug;

const fs::path root = WRIT_SOURCE_DIR;
const fs::path cases_folder = root / "tests/golden/diagnostics";
const fs::path pages_folder = root / "docs/diagnostics";

bool updating() { return std::getenv("WRIT_UPDATE_GOLDEN") != nullptr; }

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
}

struct Case {
  std::string slug;
  std::string name;
  fs::path folder;      // where the command runs
  std::string command;  // without `writ`
  fs::path expected;
  std::vector<fs::path> inputs;  // files to show on the page, relative to `folder`
};

std::vector<fs::path> entries(const fs::path& folder, bool recursive) {
  std::vector<fs::path> found;
  if (recursive) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) found.push_back(entry.path());
  } else if (fs::exists(folder)) {
    for (const auto& entry : fs::directory_iterator(folder)) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Case> cases_of(const std::string& slug) {
  std::vector<Case> cases;
  for (const auto& path : entries(cases_folder / slug, false)) {
    const auto name = path.stem().string();
    if (path.extension() == ".writ") {
      const auto file = path.filename().string();
      cases.push_back(
          {slug, name, path.parent_path(), "check " + file, path.parent_path() / (name + ".txt"), {file}});
    } else if (fs::is_directory(path)) {
      auto command = read(path / "command");
      while (!command.empty() && command.back() == '\n') command.pop_back();
      Case found{slug, name, path, command, path / "expected.txt", {}};
      for (const auto& input : entries(path, true)) {
        const auto relative = fs::relative(input, path);
        if (fs::is_regular_file(input) && relative != "command" && relative != "expected.txt") {
          found.inputs.push_back(relative);
        }
      }
      cases.push_back(std::move(found));
    }
  }
  return cases;
}

std::string quoted(const std::string& text) { return "'" + text + "'"; }

// What the command writes to standard error.
std::string run(const Case& golden) {
  const auto line = fmt::format("cd {} && env -u COLUMNS NO_COLOR=1 {} {} 2>&1 >/dev/null",
                                quoted(golden.folder.string()), quoted(WRIT_COMMAND), golden.command);
  std::FILE* pipe = popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  char buffer[4096];
  std::size_t size = 0;
  while ((size = std::fread(buffer, 1, sizeof buffer, pipe)) > 0) output.append(buffer, size);
  const int status = pclose(pipe);
  INFO(output);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) <= 3);
  return output;
}

// The codes that an output reports, by the first words of each diagnostic.
std::vector<std::string> reported(const std::string& output) {
  static const std::regex head("(?:^|\n)(?:error|warning)\\[([a-z0-9-]+)\\]:");
  std::vector<std::string> found;
  for (std::sregex_iterator at(output.begin(), output.end(), head), end; at != end; ++at) found.push_back((*at)[1]);
  return found;
}

std::string block(const std::string& language, const std::string& text) {
  return fmt::format("```{}\n{}{}```\n", language, text, text.ends_with('\n') ? "" : "\n");
}

// The section of the page that shows a case.
std::string example_section(const Case& golden, const std::string& output) {
  std::string text = "## Example\n";
  for (const auto& input : golden.inputs) {
    auto contents = read(golden.folder / input);
    const auto extension = input.extension().string();
    const auto language =
        extension == ".writ" ? "writ" : (extension == ".json" || extension == ".ndjson" ? "json" : "text");
    // A page is UTF-8 even where the case is not.
    if (golden.slug == "invalid-utf8") {
      contents = std::regex_replace(contents, std::regex("[\xc0-\xff]"), "\xef\xbf\xbd");
    }
    text += fmt::format("\n`{}`\n\n{}", input.string(), block(language, contents));
  }
  return text + fmt::format("\n`writ {}` says\n\n{}", golden.command, block("text", output));
}

std::optional<std::pair<std::size_t, std::size_t>> section(const std::string& page) {
  const auto begin = page.find("## Example\n");
  if (begin == std::string::npos) return std::nullopt;
  auto end = page.find("\n## ", begin + 3);
  end = end == std::string::npos ? page.size() : end;
  return std::pair{begin, end};
}

void check_page(const Case& golden, const std::string& output) {
  const auto path = pages_folder / (golden.slug + ".md");
  auto page = read(path);
  INFO(path.string());
  REQUIRE_FALSE(page.empty());
  CHECK(page.starts_with(fmt::format("# `{}`\n", golden.slug)));
  const auto place = section(page);
  REQUIRE(place.has_value());
  const auto wanted = example_section(golden, output);
  if (updating()) {
    page.replace(place->first, place->second - place->first, wanted);
    write(path, page);
  } else {
    CHECK(page.substr(place->first, place->second - place->first) == wanted);
  }
}

}  // namespace

TEST_CASE("every diagnostic has an example, a page, and says what its cases expect") {
  for (const auto code : all_codes()) {
    const std::string name(slug(code));
    const auto cases = cases_of(name);
    INFO(name);
    CHECK(std::any_of(cases.begin(), cases.end(), [](const Case& c) { return c.name == "example"; }));
    for (const auto& golden : cases) {
      INFO(golden.folder.string() << ": writ " << golden.command);
      const auto output = run(golden);
      for (const auto& other : reported(output)) CHECK(other == name);
      CHECK_FALSE(reported(output).empty());
      if (updating()) {
        write(golden.expected, output);
      } else {
        CHECK(output == read(golden.expected));
      }
      if (golden.name == "example") check_page(golden, output);
    }
  }
}

TEST_CASE("there is no case and no page of a diagnostic that does not exist") {
  std::vector<std::string> slugs;
  for (const auto code : all_codes()) slugs.emplace_back(slug(code));
  const auto list = read(pages_folder / "README.md");
  for (const auto& name : slugs) {
    INFO(name);
    CHECK(list.find(fmt::format("[`{0}`]({0}.md)", name)) != std::string::npos);
  }
  const auto known = [&](const std::string& name) {
    return std::find(slugs.begin(), slugs.end(), name) != slugs.end();
  };
  for (const auto& path : entries(cases_folder, false)) {
    INFO(path.string());
    CHECK(known(path.filename().string()));
  }
  for (const auto& path : entries(pages_folder, false)) {
    INFO(path.string());
    CHECK((path.filename() == "README.md" || known(path.stem().string())));
  }
}
