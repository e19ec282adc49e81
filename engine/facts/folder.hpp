// The files below a folder, for whoever searches one. Nothing is passed over in silence: what cannot be read is
// told.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace writ::facts {

struct FolderFiles {
  // In order. A link that leads nowhere is among them: whoever opens it says so.
  std::vector<std::filesystem::path> files;
  // Folders that cannot be read to their end, and why.
  std::vector<std::pair<std::string, std::string>> unreadable;
  // Pipes and devices: to open one might wait for ever.
  std::vector<std::string> not_files;
};

// Those whose name is `wanted`. Links to folders are followed, and no folder is read twice, so that a link to the
// folder that it lies in does no harm.
FolderFiles files_below(const std::filesystem::path& folder, bool (*wanted)(const std::filesystem::path&),
                        bool hidden_folders);

}  // namespace writ::facts
