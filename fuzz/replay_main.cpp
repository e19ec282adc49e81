// Runs a fuzz target over files and folders of inputs, for builds without libFuzzer. A folder that holds nothing is
// a mistake: a test that looks at nothing cannot fail.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<std::filesystem::path> inputs_of(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> out;
  if (!std::filesystem::is_directory(path)) return {path};
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.is_regular_file()) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

int main(int count, char** arguments) {
  std::size_t run = 0;
  for (int i = 1; i < count; ++i) {
    for (const std::filesystem::path& path : inputs_of(arguments[i])) {
      // Flushed: where an input ends the program, its name is the last line.
      std::printf("%s\n", path.filename().string().c_str());
      std::fflush(stdout);
      std::ifstream file(path, std::ios::binary);
      if (!file) {
        std::fprintf(stderr, "cannot read %s\n", path.string().c_str());
        return 1;
      }
      const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
      ++run;
    }
  }
  std::printf("%zu inputs\n", run);
  return run == 0 ? 1 : 0;
}
