// What `writ init` writes: a pack with a control of its own and its tests, controls of the library, evidence
// and CI. Texts as
// they are written, with the pack's name in place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace writ::cli {

struct StarterFile {
  std::string path;   // below the new folder
  std::string about;  // a few words, for the list that is shown
  std::string text;
};

// `name`: of the pack, in snake_case; `title`: as people write it.
std::vector<StarterFile> starter_files(std::string_view name, std::string_view title);

// The moment at which the evidence of the starter is judged.
constexpr std::string_view starter_now = "2026-03-31";

}  // namespace writ::cli
