#include "engine/facts/folder.hpp"

#include <algorithm>
#include <cerrno>
#include <set>

#include "engine/facts/byte_source.hpp"

namespace writ::facts {

namespace {

namespace fs = std::filesystem;

class Search {
 public:
  Search(bool (*wanted)(const fs::path&), bool hidden_folders) : wanted_(wanted), hidden_folders_(hidden_folders) {}

  // What lies in the tree itself is read before what links lead to, and so has its own path.
  FolderFiles run(const fs::path& root) {
    folder(root);
    while (!links_.empty()) {
      std::set<fs::path> links;
      links.swap(links_);
      for (const fs::path& link : links) folder(link);
    }
    std::sort(found_.files.begin(), found_.files.end());
    std::sort(found_.unreadable.begin(), found_.unreadable.end());
    std::sort(found_.not_files.begin(), found_.not_files.end());
    return std::move(found_);
  }

 private:
  void folder(const fs::path& path) {
    std::error_code error;
    const fs::path own = fs::canonical(path, error);
    if (!error && !seen_.insert(own).second) return;
    for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) entry(*at);
    if (!error) return;
    errno = error.value();
    found_.unreadable.emplace_back(path.string(), system_reason());
  }

  void entry(const fs::directory_entry& entry) {
    std::error_code ignored;
    const fs::path& path = entry.path();
    const fs::file_status status = entry.status(ignored);
    if (fs::is_directory(status)) {
      if (!hidden_folders_ && path.filename().string().starts_with('.')) return;
      if (entry.is_symlink(ignored)) {
        links_.insert(path);
      } else {
        folder(path);
      }
    } else if (wanted_(path)) {
      if (fs::is_regular_file(status) || (entry.is_symlink(ignored) && !fs::exists(status))) {
        found_.files.push_back(path);
      } else {
        found_.not_files.push_back(path.string());
      }
    }
  }

  bool (*wanted_)(const fs::path&);
  bool hidden_folders_;
  FolderFiles found_;
  std::set<fs::path> seen_;
  std::set<fs::path> links_;
};

}  // namespace

FolderFiles files_below(const fs::path& folder, bool (*wanted)(const fs::path&), bool hidden_folders) {
  return Search(wanted, hidden_folders).run(folder);
}

}  // namespace writ::facts
