// The bytes of a file, read by position; or a text in memory. Several threads may read from one at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace writ::facts {

class ByteSource {
 public:
  // Opens a file. `failed` says why where that is not possible.
  explicit ByteSource(const std::string& path);
  static ByteSource memory(std::string_view text);  // the text must outlive it
  ~ByteSource();
  ByteSource(ByteSource&& other) noexcept;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ByteSource& operator=(ByteSource&&) = delete;

  std::string failed;  // as the system says it: `no such file or directory`
  std::uint64_t size() const { return size_; }
  // Up to `count` bytes from `offset`; fewer only at the end. Where the system refuses, −1.
  std::int64_t read(std::uint64_t offset, char* into, std::size_t count) const;

 private:
  explicit ByteSource(std::string_view text) : size_(text.size()), text_(text) {}

  int file_ = -1;
  std::uint64_t size_ = 0;
  std::string_view text_;
};

// The reason that the system gave last, in small letters.
std::string system_reason();

}  // namespace writ::facts
