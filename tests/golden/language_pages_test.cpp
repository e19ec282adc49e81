// docs/language stays true: the list of functions is written from the table of functions, and every example of the
// pages (a block fenced as `writ`) passes `writ check`. WRIT_UPDATE_GOLDEN=1 writes the list.
#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "stdlib/functions/table.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path root = WRIT_SOURCE_DIR;
const fs::path pages = root / "docs/language";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// As a heading's link is spelled.
std::string anchor(std::string_view title) {
  std::string out;
  for (const char c : title) {
    if (c == ' ') out += '-';
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

std::string function_page() {
  const auto table = writ::functions::table();
  std::string text =
      "# Functions\n\nThe built-in functions. `x.f(y)` is `f(x, y)`. `Collection` is `List` or `Set`; `T` is any "
      "type, "
      "and `O` any with an order, the\nsame throughout a call. An `Int` is accepted where a `Float` is declared. A "
      "`Regex` "
      "is a text that is written out in the rule, best as\n`r\"…\"`: a regular expression in RE2's syntax, checked "
      "when "
      "rules are compiled, as a `TimeFormat` is. Each example holds. How the\nfunctions compare with those of "
      "other "
      "languages is [measured](conformance.md).\n\n";
  for (const auto& chapter : writ::functions::chapters()) {
    std::string names;
    std::string_view last;
    for (const auto& entry : table.subspan(chapter.first, chapter.count)) {
      if (entry.name != last)
        names += fmt::format("{}[`{}`](#{})", names.empty() ? "" : ", ", entry.name, entry.name);
      last = entry.name;
    }
    text += fmt::format("- [{}](#{}): {}\n", chapter.title, anchor(chapter.title), names);
  }
  for (const auto& chapter : writ::functions::chapters()) {
    text += fmt::format("\n## {}\n", chapter.title);
    std::string_view last;
    for (const auto& entry : table.subspan(chapter.first, chapter.count)) {
      if (entry.name != last) text += fmt::format("\n### {}\n", entry.name);
      last = entry.name;
      text += fmt::format("\n    {}{}\n\n{}\n\n    {}\n", entry.name, entry.signature, entry.doc, entry.example);
    }
  }
  return text;
}

// The blocks of a page that are fenced in this way.
std::vector<std::string> examples(const std::string& page, const std::string& fence = "```writ\n") {
  std::vector<std::string> found;
  for (auto at = page.find(fence); at != std::string::npos; at = page.find(fence, at)) {
    at += fence.size();
    const auto end = page.find("```", at);
    if (end == std::string::npos) break;
    found.push_back(page.substr(at, end - at));
    at = end + 3;
  }
  return found;
}

}  // namespace

TEST_CASE("the page of functions lists the table of functions") {
  const auto path = pages / "functions.md";
  if (std::getenv("WRIT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << function_page();
  }
  CHECK(read(path) == function_page());
}

// README.md shows tests/golden/readme whole: its files, and what the command says of them.
TEST_CASE("the example of the README is real") {
  const auto folder = root / "tests/golden/readme";
  const auto output = fs::path(WRIT_BINARY_DIR) / "readme_output.txt";
  const auto line = fmt::format(
      "cd '{}' && env -u COLUMNS NO_COLOR=1 LC_ALL=C.UTF-8 '{}' eval rules --facts evidence --now "
      "2026-06-30T00:00:00Z > '{}'",
      folder.string(), WRIT_COMMAND, output.string());
  const int status = std::system(line.c_str());
  CHECK(WEXITSTATUS(status) == 1);  // a control fails
  const auto block = [](std::string_view fence, const std::string& text) {
    return fmt::format("```{}\n{}```\n", fence, text);
  };
  const std::vector<std::string> wanted = {
      block("writ", read(folder / "rules/access.writ")), block("json", read(folder / "evidence/person.json")),
      block("json", read(folder / "evidence/account.json")),
      block("console", "$ writ eval rules --facts evidence --now 2026-06-30T00:00:00Z\n" + read(output))};
  auto page = read(root / "README.md");
  std::size_t at = 0;
  for (const auto& text : wanted) {
    const auto begin = page.find(text.substr(0, text.find('\n') + 1), at);
    REQUIRE(begin != std::string::npos);
    const auto end = page.find("\n```\n", begin) + 5;
    if (std::getenv("WRIT_UPDATE_GOLDEN") != nullptr) page.replace(begin, end - begin, text);
    CHECK(page.compare(begin, text.size(), text) == 0);
    at = begin + text.size();
  }
  if (std::getenv("WRIT_UPDATE_GOLDEN") != nullptr) std::ofstream(root / "README.md", std::ios::binary) << page;
}

// ```writ excerpt: a part of an example that stands whole on the same page, at any indentation.
TEST_CASE("excerpts are parts of what is checked") {
  const auto squeezed = [](const std::string& text) {
    std::string out;
    for (const char c : text) {
      if (c != ' ' && c != '\n') out += c;
    }
    return out;
  };
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(pages)) {
    const auto page = read(entry.path());
    std::string whole;
    for (const auto& example : examples(page)) whole += squeezed(example);
    for (const auto& excerpt : examples(page, "```writ excerpt\n")) {
      INFO(entry.path() << "\n" << excerpt);
      CHECK(whole.find(squeezed(excerpt)) != std::string::npos);
      ++count;
    }
  }
  CHECK(count >= 6);
}

TEST_CASE("the examples of the language's pages are sound") {
  const fs::path scratch = fs::path(WRIT_BINARY_DIR) / "page_examples";
  fs::create_directories(scratch);
  std::vector<fs::path> files = {root / "README.md"};
  for (const auto& entry : fs::directory_iterator(pages)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::size_t count = 0;
  for (const auto& file : files) {
    for (const auto& example : examples(read(file))) {
      const auto path = scratch / fmt::format("{}_{}.writ", file.stem().string(), ++count);
      std::ofstream(path, std::ios::binary) << example;
      const auto line = fmt::format("'{}' check '{}' > '{}.txt' 2>&1", WRIT_COMMAND, path.string(), path.string());
      const int status = std::system(line.c_str());
      INFO(file.string() << "\n" << example << read(path.string() + ".txt"));
      CHECK(status == 0);
      if (("\n" + example).find("\ntest \"") == std::string::npos) continue;
      const auto tests = fmt::format("'{}' test '{}' > '{}.txt' 2>&1", WRIT_COMMAND, path.string(), path.string());
      const int tested = std::system(tests.c_str());
      INFO(read(path.string() + ".txt"));
      CHECK(tested == 0);
    }
  }
  CHECK(count >= 8);
}
