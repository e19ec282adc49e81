#include "cli/output.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace writ::cli {

using diagnostics::Code;

namespace {

bool complain(Session& session, const std::string& what, int error) {
  session.sink().add(Code::invalid_argument, fmt::format("{}: {}", what, std::strerror(error)));
  return false;
}

// All of `text` to a descriptor; the error's number, 0 where there is none.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

// The file behind symbolic links; the path itself where there is none yet.
std::string resolved(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : path;
}

mode_t mode_of_new_files() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

bool replace_file(Session& session, const std::string& path, mode_t mode, std::string_view text) {
  const std::string target = resolved(path);
  const std::string pattern = target + ".XXXXXX";
  std::vector<char> name(pattern.begin(), pattern.end());
  name.push_back('\0');
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) return complain(session, fmt::format("cannot write `{}`", path), errno);
  int error = write_all(descriptor, text);
  if (error == 0 && ::fchmod(descriptor, mode) != 0) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(name.data(), target.c_str()) != 0) error = errno;
  if (error == 0) return true;
  ::unlink(name.data());
  return complain(session, fmt::format("cannot write `{}`", path), error);
}

}  // namespace

bool write_result(Session& session, const std::string& path, std::string_view text) {
  if (path.empty() || path == "-") {
    const int error = write_all(STDOUT_FILENO, text);
    return error == 0 || complain(session, "cannot write to standard output", error);
  }
  struct stat status{};
  const bool there = ::stat(path.c_str(), &status) == 0;
  if (there && S_ISDIR(status.st_mode)) return complain(session, fmt::format("cannot write `{}`", path), EISDIR);
  if (!there || S_ISREG(status.st_mode)) {
    return replace_file(session, path, there ? status.st_mode & 07777 : mode_of_new_files(), text);
  }
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) return complain(session, fmt::format("cannot write `{}`", path), errno);
  const int error = write_all(::fileno(file), text);
  std::fclose(file);
  return error == 0 || complain(session, fmt::format("cannot write `{}`", path), error);
}

}  // namespace writ::cli
