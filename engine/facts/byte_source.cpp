#include "engine/facts/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace writ::facts {

std::string system_reason() {
  std::string reason = std::system_category().message(errno);
  if (!reason.empty() && reason.front() >= 'A' && reason.front() <= 'Z') {
    reason.front() = static_cast<char>(reason.front() - 'A' + 'a');
  }
  return reason;
}

ByteSource::ByteSource(const std::string& path) {
  file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0) {
    failed = system_reason();
    return;
  }
  struct stat status{};
  if (::fstat(file_, &status) != 0) {
    failed = system_reason();
  } else if (!S_ISREG(status.st_mode)) {
    failed = "not a regular file";
  } else {
    size_ = static_cast<std::uint64_t>(status.st_size);
  }
}

ByteSource ByteSource::memory(std::string_view text) { return ByteSource(text); }

ByteSource::~ByteSource() {
  if (file_ >= 0) ::close(file_);
}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : failed(std::move(other.failed)),
      file_(std::exchange(other.file_, -1)),
      size_(other.size_),
      text_(other.text_) {}

std::int64_t ByteSource::read(std::uint64_t offset, char* into, std::size_t count) const {
  if (offset >= size_) return 0;
  count = static_cast<std::size_t>(std::min<std::uint64_t>(count, size_ - offset));
  if (file_ < 0) {
    std::memcpy(into, text_.data() + offset, count);
    return static_cast<std::int64_t>(count);
  }
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got = ::pread(file_, into + done, count - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return static_cast<std::int64_t>(done);
}

}  // namespace writ::facts
