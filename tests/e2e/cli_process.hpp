// Runs the real command as a user would, in a folder, and keeps what it wrote. WRIT_COMMAND is its path.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace writ::e2e {

struct Ran {
  int status = -1;  // of the exit; 128 + the signal where it was killed
  std::string out;
  std::string err;
};

struct Call {
  std::vector<std::string> arguments;
  std::string input;                            // standard input
  std::filesystem::path folder;                 // where it runs; tests/e2e where empty
  std::map<std::string, std::string> settings;  // of the environment, beside PATH and a UTF-8 locale
};

Ran run(const Call& call);
// Arguments split at spaces; '…' keeps a space.
Ran run(const std::string& arguments, const std::map<std::string, std::string>& settings = {});

// What a terminal would show of a call: the call, both outputs, the status.
std::string transcript(const std::string& arguments, const std::map<std::string, std::string>& settings = {});
// Compares with tests/golden/cli/`name`, and writes it where WRIT_UPDATE_GOLDEN is set.
void check_golden(const std::string& name, const std::string& actual);

// A copy of tests/e2e/acme, gone at the end of its life.
class Workplace {
 public:
  Workplace();
  ~Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  std::string read(const std::string& path) const;
  void write(const std::string& path, const std::string& text) const;
  // Replaces the one occurrence of `from`; ends the test where there is not exactly one.
  void edit(const std::string& path, const std::string& from, const std::string& to) const;
  void remove(const std::string& path) const;
  Ran run(const std::string& arguments) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace writ::e2e
