// How well a mistake is found again. Sound rule files are broken in one place each (a token is deleted, doubled or
// changed), and compiled: where is the first diagnostic, and how many are there? WRIT_UPDATE_GOLDEN=1 writes the
// figures to docs/recovery.md; they move with the library, so only the bars are held to.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "language/compile.hpp"
#include "stdlib/functions/table.hpp"
#include "stdlib/modules.hpp"

namespace {

using namespace writ;
namespace fs = std::filesystem;

constexpr std::size_t programs = 200;
constexpr std::uint32_t near_lines = 2;
constexpr std::size_t few = 3;

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Words, numbers, strings of one line and signs; comments and blocks of text are passed over.
std::vector<Token> tokens_of(const std::string& text) {
  std::vector<Token> out;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    std::size_t end = at + 1;
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (c == ' ' || c == '\n') {
      ++at;
      continue;
    }
    if (text.compare(at, 3, "\"\"\"") == 0) {
      at = std::min(text.find("\"\"\"", at + 3), text.size() - 3) + 3;
      continue;
    }
    if (c == '"') {
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
      ++end;
    } else if (is_word(c)) {
      while (end < text.size() && is_word(text[end])) ++end;
    }
    out.push_back({at, std::min(end, text.size())});
    at = end;
  }
  return out;
}

struct Broken {
  std::string text;
  std::string how;
  std::uint32_t line = 0;
};

Broken break_one(const std::string& text, const std::vector<Token>& tokens, std::mt19937& random) {
  const Token token = tokens[random() % tokens.size()];
  const std::string word = text.substr(token.begin, token.end - token.begin);
  Broken out{text,
             {},
             static_cast<std::uint32_t>(
                 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(token.begin), '\n'))};
  switch (random() % 3) {
    case 0:
      out.how = "deleted";
      out.text.erase(token.begin, word.size());
      break;
    case 1:
      out.how = "doubled";
      out.text.insert(token.end, " " + word);
      break;
    default: {
      out.how = "changed";
      std::string other = word;
      if (is_word(word[0]) && word.size() > 2) {
        std::swap(other[word.size() / 2], other[word.size() / 2 - 1]);  // two letters in the wrong order
        if (other == word) other.pop_back();
      } else {
        const Token instead = tokens[random() % tokens.size()];
        other = text.substr(instead.begin, instead.end - instead.begin);
      }
      out.text.replace(token.begin, word.size(), other);
    }
  }
  return out;
}

struct Said {
  std::size_t count = 0;
  std::uint32_t line = 0;  // of the first in the text; 0: in another file
};

Said compile(const std::string& path, const std::string& text) {
  std::vector<language::LibraryModule> library;
  for (const language::LibraryModule& module : stdlib::modules()) {
    if (!path.ends_with(module.path)) library.push_back(module);
  }
  language::CompileInput input;
  input.texts.push_back({path, text});
  input.library = library;
  input.functions = functions::table();
  diagnostics::Sink sink;
  const language::Program program = language::compile(std::move(input), sink);
  Said said;
  for (const diagnostics::Diagnostic& diagnostic : sink.all()) {
    if (diagnostic.severity != diagnostics::Severity::error) continue;
    ++said.count;
    if (said.line != 0 || diagnostic.labels.empty()) continue;
    const source::Span span = diagnostic.labels.front().span;
    if (program.sources->path(span.file) == path)
      said.line = program.sources->line_column(span.file, span.begin).line;
  }
  return said;
}

struct Figures {
  std::size_t broken = 0, near_it = 0, few_said = 0;
};

std::string row(const std::string& what, const Figures& figures) {
  const auto percent = [&](std::size_t part) {
    return figures.broken == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(figures.broken);
  };
  return fmt::format("| {} | {} | {:.1f} % | {:.1f} % |\n", what, figures.broken, percent(figures.near_it),
                     percent(figures.few_said));
}

}  // namespace

TEST_CASE("a broken place is found again, and little else is said") {
  const fs::path root = WRIT_SOURCE_DIR;
  std::vector<fs::path> files;
  for (const char* folder : {"stdlib", "tests/e2e/acme/rules", "tests/golden/readme"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() == ".writ") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  // Files that are sound by themselves and with the library.
  std::vector<std::pair<std::string, std::string>> sound;
  for (const fs::path& file : files) {
    const std::string text = read(file);
    if (compile(file.string(), text).count == 0) sound.emplace_back(file.string(), text);
  }
  REQUIRE(sound.size() >= 15);

  std::mt19937 random(20260630);
  std::map<std::string, Figures> by_way;
  Figures all;
  std::string worst;
  while (all.broken < programs) {
    const auto& [path, text] = sound[random() % sound.size()];
    const Broken broken = break_one(text, tokens_of(text), random);
    const Said said = compile(path, broken.text);
    if (said.count == 0) continue;  // still a sound program
    const bool near_it =
        said.line != 0 && said.line + near_lines >= broken.line && said.line <= broken.line + near_lines;
    for (Figures* figures : {&all, &by_way[broken.how]}) {
      ++figures->broken;
      if (near_it) ++figures->near_it;
      if (said.count <= few) ++figures->few_said;
    }
    if (!near_it || said.count > few) {
      worst += fmt::format("{}:{} {}: first at line {}, {} in all\n", fs::path(path).filename().string(),
                           broken.line, broken.how, said.line, said.count);
    }
  }
  INFO(worst);
  CHECK(all.near_it * 10 >= all.broken * 9);
  CHECK(all.few_said * 10 >= all.broken * 9);

  std::string page =
      "# Recovery\n\nHow well one mistake is found again: sound rule files of this repository are broken in one "
      "place each, by a script with a fixed seed, and\ncompiled. A break after which the program is still sound "
      "does not count. `tests/recovery` makes these figures, and fails below 90 %.\n\n";
  page +=
      "| a token is | programs | first message within two lines | at most three messages |\n| --- | --- | --- | "
      "--- |\n";
  for (const auto& [how, figures] : by_way) page += row(how, figures);
  page += row("all", all);
  const fs::path path = root / "docs/recovery.md";
  if (std::getenv("WRIT_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << page;
}
