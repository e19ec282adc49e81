#include "tests/e2e/cli_process.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace writ::e2e {

namespace fs = std::filesystem;

namespace {

const fs::path here = fs::path(WRIT_SOURCE_DIR) / "tests/e2e";

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

fs::path temporary_folder() {
  std::string pattern = (fs::temp_directory_path() / "writ-e2e-XXXXXX").string();
  REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  return pattern;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  std::string word;
  bool quoted = false, any = false;
  for (const char c : text) {
    if (c == '\'') {
      quoted = !quoted;
      any = true;
    } else if (c == ' ' && !quoted) {
      if (any) out.push_back(word);
      word.clear();
      any = false;
    } else {
      word += c;
      any = true;
    }
  }
  if (any) out.push_back(word);
  return out;
}

[[noreturn]] void become(const Call& call, const fs::path& files) {
  const auto attach = [](const fs::path& path, int flags, int descriptor) {
    const int opened = ::open(path.c_str(), flags, 0600);
    if (opened < 0 || ::dup2(opened, descriptor) < 0) ::_exit(126);
  };
  attach(files / "in", O_RDONLY, 0);
  attach(files / "out", O_WRONLY | O_CREAT | O_TRUNC, 1);
  attach(files / "err", O_WRONLY | O_CREAT | O_TRUNC, 2);
  // Root reads whatever there is; without these two it is bound to permissions as everybody else is.
  if (::geteuid() == 0) {
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
  }
  const fs::path folder = call.folder.empty() ? here : call.folder;
  if (::chdir(folder.c_str()) != 0) ::_exit(126);
  std::map<std::string, std::string> settings = {{"LC_ALL", "C.UTF-8"}, {"PATH", "/usr/bin:/bin"}};
  for (const auto& [name, value] : call.settings) settings[name] = value;
  std::vector<std::string> environment, arguments = {"writ"};
  for (const auto& [name, value] : settings) environment.push_back(name + "=" + value);
  arguments.insert(arguments.end(), call.arguments.begin(), call.arguments.end());
  std::vector<char*> environment_pointers, argument_pointers;
  for (std::string& one : environment) environment_pointers.push_back(one.data());
  for (std::string& one : arguments) argument_pointers.push_back(one.data());
  environment_pointers.push_back(nullptr);
  argument_pointers.push_back(nullptr);
  ::execve(WRIT_COMMAND, argument_pointers.data(), environment_pointers.data());
  ::_exit(127);
}

}  // namespace

Ran run(const Call& call) {
  const fs::path files = temporary_folder();
  std::ofstream(files / "in", std::ios::binary) << call.input;
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) become(call, files);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  Ran ran;
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ran.out = read_file(files / "out");
  ran.err = read_file(files / "err");
  fs::remove_all(files);
  return ran;
}

Ran run(const std::string& arguments, const std::map<std::string, std::string>& settings) {
  return run(Call{split(arguments), "", {}, settings});
}

std::string transcript(const std::string& arguments, const std::map<std::string, std::string>& settings) {
  const Ran ran = run(arguments, settings);
  std::string text = "$ writ " + arguments + "\n";
  if (!ran.out.empty()) text += "--- standard output\n" + ran.out;
  if (!ran.err.empty()) text += "--- standard error\n" + ran.err;
  return text + "--- status " + std::to_string(ran.status) + "\n";
}

void check_golden(const std::string& name, const std::string& actual) {
  const fs::path path = fs::path(WRIT_SOURCE_DIR) / "tests/golden/cli" / name;
  if (std::getenv("WRIT_UPDATE_GOLDEN") != nullptr) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  INFO("golden file " << path << "; WRIT_UPDATE_GOLDEN=1 writes it");
  CHECK(actual == read_file(path));
}

Workplace::Workplace() : folder_(temporary_folder()) {
  fs::copy(here / "acme", folder_, fs::copy_options::recursive);
}

Workplace::~Workplace() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string Workplace::read(const std::string& path) const { return read_file(folder_ / path); }

void Workplace::write(const std::string& path, const std::string& text) const {
  fs::create_directories((folder_ / path).parent_path());
  std::ofstream(folder_ / path, std::ios::binary) << text;
}

void Workplace::edit(const std::string& path, const std::string& from, const std::string& to) const {
  std::string text = read(path);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  REQUIRE(text.find(from, at + 1) == std::string::npos);
  write(path, text.replace(at, from.size(), to));
}

void Workplace::remove(const std::string& path) const { REQUIRE(fs::remove(folder_ / path)); }

Ran Workplace::run(const std::string& arguments) const { return e2e::run(Call{split(arguments), "", folder_, {}}); }

}  // namespace writ::e2e
