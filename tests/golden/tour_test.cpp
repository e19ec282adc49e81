// docs/language/tour.md happens as it is written: its files are written in a fresh folder and its commands run
// there, from top to bottom, and say what the page shows. WRIT_UPDATE_GOLDEN=1 writes what they say into the page.
//
// A file is a block under a line that holds its name alone, in backquotes, with a colon. Commands are the lines of
// a `console` block that begin with "$ "; what they say follows each. `echo $?` gives the status of the command
// before.
#include <fmt/format.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path page_path = fs::path(WRIT_SOURCE_DIR) / "docs/language/tour.md";

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// `rules/laptops.writ`:
std::string file_named_by(const std::string& line) {
  if (!line.starts_with('`') || !line.ends_with("`:") || line.find('`', 1) != line.size() - 2) return {};
  return line.substr(1, line.size() - 3);
}

// A place to follow the tour in. The command is found as it would be once it is installed.
class Folder {
 public:
  Folder() : folder_(fs::path(WRIT_BINARY_DIR) / "tour") {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "bin");
    fs::create_symlink(WRIT_COMMAND, folder_ / "bin/writ");
    fs::create_directories(folder_ / "at");
  }

  void write(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / "at" / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  std::string run(const std::string& command) {
    if (command == "echo $?") return fmt::format("{}\n", status_);
    std::ofstream(folder_ / "command", std::ios::binary) << command << '\n';
    const std::string line = fmt::format(
        "cd '{}' && env -u COLUMNS -u GITHUB_ACTIONS NO_COLOR=1 LC_ALL=C.UTF-8 PATH=\"{}:$PATH\" sh ../command > "
        "../said 2>&1",
        (folder_ / "at").string(), (folder_ / "bin").string());
    status_ = WEXITSTATUS(std::system(line.c_str()));
    return read(folder_ / "said");
  }

 private:
  fs::path folder_;
  int status_ = 0;
};

struct Followed {
  std::string page;  // as it should be
  std::size_t files = 0, commands = 0;
};

Followed follow(const std::string& page) {
  Followed out;
  Folder folder;
  std::string file;
  const std::vector<std::string> lines = lines_of(page);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    out.page += lines[at] + "\n";
    if (const std::string named = file_named_by(lines[at]); !named.empty()) file = named;
    if (!lines[at].starts_with("```")) continue;
    const bool console = lines[at] == "```console";
    std::string body;
    for (++at; at < lines.size() && lines[at] != "```"; ++at) {
      if (!console) {
        body += lines[at] + "\n";
      } else if (lines[at].starts_with("$ ")) {
        ++out.commands;
        body += lines[at] + "\n" + folder.run(lines[at].substr(2));
      }
    }
    if (!file.empty() && !console) {
      ++out.files;
      folder.write(std::exchange(file, {}), body);
    }
    out.page += body + "```\n";
  }
  return out;
}

}  // namespace

TEST_CASE("the tour happens as it is written") {
  const std::string page = read(page_path);
  const Followed followed = follow(page);
  if (std::getenv("WRIT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(page_path, std::ios::binary) << followed.page;
  } else {
    CHECK(page == followed.page);
  }
  CHECK(followed.files >= 12);
  CHECK(followed.commands >= 25);
}
